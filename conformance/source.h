/**
 * @file
 * Text that people write (transcripts, ledgers, lists), read line by line, and what is wrong with it.
 */
#ifndef ATWIRE_CONFORMANCE_SOURCE_H
#define ATWIRE_CONFORMANCE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "buffer.h"

/** A message for the user, `file:line: expected …`, without a line end. */
typedef struct source_error {
    char message[600];
} source_error;

/** A text being read. Zero-initialise; fill by source_open() or source_from_text(). */
typedef struct source {
    const char *file; /**< the name for messages; borrowed */
    buffer content;
    size_t next;   /* where the next line begins */
    size_t number; /**< of the line read last, from 1 */
    char *line;    /**< the line read last, NUL-terminated, without its end */
    size_t length; /**< of that line */
} source;

/**
 * Read a whole file.
 *
 * @param[out] from  to be closed by source_close() if this succeeds
 * @param[in]  file  its name, borrowed until then; `-` is standard input
 * @retval false  it cannot be read; the error says why
 */
bool source_open(source *from, const char *file, source_error *error);

/** Read from octets in memory, which are copied. `file` is the name for messages. To be closed by source_close(). */
void source_from_octets(source *from, const char *file, const void *octets, size_t count);

/** Free what source_open() took. */
void source_close(source *from);

/**
 * Go to the next line. Lines are printable ASCII and TAB, ended by LF.
 *
 * @param[in]  tabs  whether TABs are allowed
 * @retval 1   `line`, `length`, `number` are set
 * @retval 0   no more lines
 * @retval -1  an octet that does not belong into such a text: the error is set
 */
int source_next(source *from, bool tabs, source_error *error);

/**
 * Describe what is wrong with the line read last.
 *
 * @param column  from 1; 0 if the whole line is meant
 * @return false, so that a reader can return it
 */
__attribute__((format(printf, 4, 5))) bool source_fail(const source *from, size_t column, source_error *error,
                                                       const char *format, ...);

#endif
