/**
 * @file
 * The list of cases that are known to fail, each with its reason. A line is `ID REASON`; or `reason: REASON`, which is that of
 * the indented lines below it, each an id. Ids may be patterns. Lines that begin with `#` are comments.
 */
#ifndef ATWIRE_CONFORMANCE_EXPECTED_FAILURES_H
#define ATWIRE_CONFORMANCE_EXPECTED_FAILURES_H

#include "corpus.h"

/** One entry. */
typedef struct expected_failure {
    const char *pattern; /**< of ids, as corpus_id_matches() reads it */
    const char *reason;
    size_t line; /**< in the file */
} expected_failure;

/** The list. Zero-initialised it is empty. */
typedef struct expected_failures {
    const char *file; /**< borrowed from whoever loaded it */
    expected_failure *entries;
    size_t count;
    arena memory;
} expected_failures;

/** Read a list. @retval false  it cannot be read or breaks a rule; free it all the same */
bool expected_failures_load(expected_failures *to, const char *file, source_error *error);

/** Free everything that belongs to the list. */
void expected_failures_free(expected_failures *from);

/** @return why this case is expected to fail, or NULL if it is not. */
const char *expected_failures_reason(const expected_failures *in, const char *id);

/** Append one line for each entry that no case of the corpus matches. @return how many */
size_t expected_failures_stale(const expected_failures *in, const corpus *cases, buffer *to);

#endif
