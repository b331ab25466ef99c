/**
 * @file
 * `atwire conform` as a child process, on small corpora of a test's own or on the project's.
 */
#ifndef ATWIRE_CONFORMANCE_TESTS_ADAPTER_RUNS_H
#define ATWIRE_CONFORMANCE_TESTS_ADAPTER_RUNS_H

#include <jansson.h>

#include "buffer.h"

/** What a run of the program left behind. To be freed by conform_answer_free(). */
typedef struct conform_answer {
    int status;
    buffer output;
    buffer errors;
} conform_answer;

/** Run `atwire conform` with these arguments; the list ends with NULL. */
conform_answer conform_ask(const char *const arguments[]);

/** Free an answer. */
void conform_answer_free(conform_answer *from);

/** A corpus in a folder of its own. */
typedef struct small_corpus {
    char folder[32];
} small_corpus;

/** Make an empty one, with a ledger of one row that all its cases cover. */
void small_corpus_open(small_corpus *to);

/** Add a case of family `any` that consists of these lines of a transcript. */
void small_corpus_add(const small_corpus *to, const char *id, const char *steps);

/** Write a file into its folder, not a case; its path is printed into `path`. */
void small_corpus_file(const small_corpus *to, const char *name, const char *text, char path[64]);

/** Remove the folder and what is in it. */
void small_corpus_close(const small_corpus *from);

/**
 * Run with `--json -`.
 *
 * @param arguments  more arguments; the list ends with NULL
 * @return the result; to be freed by json_decref()
 */
json_t *conform_result(const char *const arguments[]);

/** @return a case of a result; the test fails if it is not there. */
const json_t *case_of_result(const json_t *result, const char *id);

/** @return a text member, or "" if it is null. */
const char *text_member(const json_t *of, const char *key);

#endif
