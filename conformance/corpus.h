/**
 * @file
 * The corpus: all cases below its folder, and which of them are meant.
 */
#ifndef ATWIRE_CONFORMANCE_CORPUS_H
#define ATWIRE_CONFORMANCE_CORPUS_H

#include "transcript.h"

/** One case. */
typedef struct corpus_case {
    const char *id;   /**< path below the corpus folder without `.at` */
    const char *path; /**< to open it */
    const char *file; /**< as reports name it: `corpus/` and the path below the folder */
    transcript transcript;
} corpus_case;

/** All cases, in the order of their ids. */
typedef struct corpus {
    corpus_case *cases;
    size_t count;
    uint64_t hash; /**< FNV-1a over ids and contents, each with a NUL behind it, in the order of ids */
    arena memory;
} corpus;

/** @return the corpus folder: $ATWIRE_CORPUS, or the one that the program was built with. */
const char *corpus_folder(void);

/**
 * Read every `.at` file below a folder.
 *
 * @param[out] to  to be freed by corpus_free() whatever comes back
 * @retval false   the folder cannot be read, or a file breaks a rule of the format: the first of them is reported
 */
bool corpus_load(corpus *to, const char *folder, source_error *error);

/** Free everything that belongs to the corpus. */
void corpus_free(corpus *from);

/**
 * Whether a case's id matches a pattern of the shell's kind (`*` also matches `/`). A pattern without its first folder
 * is tried below transcripts/, too: `a76xx/session/` and a star.
 */
bool corpus_id_matches(const char *id, const char *pattern);

#endif
