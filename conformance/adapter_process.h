/**
 * @file
 * A child process that reads lines and writes lines, whatever it does: everything has a deadline and a bound.
 */
#ifndef ATWIRE_CONFORMANCE_ADAPTER_PROCESS_H
#define ATWIRE_CONFORMANCE_ADAPTER_PROCESS_H

#include <sys/types.h>

#include "buffer.h"

/** Most octets that a child may print between two calls of adapter_process_expect(). */
#define ADAPTER_OUTPUT_MAX ((size_t)8 << 20)

/** How sending or reading ended. */
typedef enum adapter_io {
    ADAPTER_IO_DONE,
    ADAPTER_IO_ENDED,  /**< the child has ended or closed its output */
    ADAPTER_IO_DEAF,   /**< it lives but has closed its input */
    ADAPTER_IO_SILENT, /**< the deadline passed */
    ADAPTER_IO_FLOOD   /**< it printed more than ADAPTER_OUTPUT_MAX */
} adapter_io;

/** A running child. Its members are private. */
typedef struct adapter_process {
    pid_t group; /* of the child and what it starts; 0: none */
    int input;
    int output;
    int errors;
    buffer received;  /* printed, … */
    size_t taken;     /* … read as lines so far, … */
    size_t searched;  /* … and known to have no LF behind that */
    buffer complaint; /* end of what it printed on standard error */
    double deadline_ms;
} adapter_process;

/**
 * Start `/bin/sh -c command` as a process group of its own. A simple command takes the shell's place, so that its
 * end and its closing of a pipe are seen at once; of a list or a pipeline only the end as a whole is.
 *
 * @param[out] to  written whole; to be ended by adapter_process_kill() or adapter_process_finish()
 * @retval false   there are no resources for it: errno says which
 */
bool adapter_process_start(adapter_process *to, const char *command);

/** From now on the child has so much time, and may print ADAPTER_OUTPUT_MAX anew. */
void adapter_process_expect(adapter_process *with, unsigned timeout_ms);

/** Write to the child, and take what it prints meanwhile: neither can block the other. */
adapter_io adapter_process_send(adapter_process *with, const void *octets, size_t count);

/**
 * Read one line.
 *
 * @param[out] line   NUL-terminated, without its LF and one CR before that; valid until the next call
 * @param[out] count  its octets
 */
adapter_io adapter_process_line(adapter_process *with, const char **line, size_t *count);

/** @return whether the child has printed something that was not read yet, as far as can be known without waiting. */
bool adapter_process_has_more(adapter_process *with);

/**
 * End the child and all it has started.
 *
 * @param wait_ms      so long it may end by itself
 * @param[out] reason  appended: the status or signal it ended with if it did, and the last line that it complained
 */
void adapter_process_kill(adapter_process *from, unsigned wait_ms, buffer *reason);

/**
 * Close the child's input, wait until it ends, and end it if the time is over.
 *
 * @param[out] reason  why the end was not a good one is appended
 * @retval false       the child did not exit with status 0 in time
 */
bool adapter_process_finish(adapter_process *from, unsigned timeout_ms, buffer *reason);

#endif
