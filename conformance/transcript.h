/**
 * @file
 * Transcripts: the `.at` files of the corpus, read strictly.
 */
#ifndef ATWIRE_CONFORMANCE_TRANSCRIPT_H
#define ATWIRE_CONFORMANCE_TRANSCRIPT_H

#include "memory.h"
#include "script.h"
#include "source.h"

/** One case. Everything it points to lives until transcript_free(). */
typedef struct transcript {
    const char *title;
    const char *source;
    const char *level; /**< `must`, `should` or `may` */
    const char *note;  /**< NULL where there is none */
    const char **covers;
    size_t covers_count;
    script script;
    arena memory;
} transcript;

/**
 * Read a transcript.
 *
 * @param[out] to     written whole; to be freed by transcript_free() whatever comes back
 * @param[in]  from   opened, at its first line
 * @retval false  it breaks a rule of the format; the error says file, line and what was expected
 */
bool transcript_read(transcript *to, source *from, source_error *error);

/** Open a file (`-` is standard input) and read it as transcript_read() does. */
bool transcript_load(transcript *to, const char *file, source_error *error);

/** Free everything that belongs to the transcript. */
void transcript_free(transcript *from);

#endif
