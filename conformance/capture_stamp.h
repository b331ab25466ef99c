/**
 * @file
 * What terminal programs and loggers put before the octets of a log line: a time stamp and a direction mark.
 */
#ifndef ATWIRE_CONFORMANCE_CAPTURE_STAMP_H
#define ATWIRE_CONFORMANCE_CAPTURE_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A point in time as a log gives it; only differences mean something. */
typedef struct capture_stamp {
    int64_t time_us;
    bool clock_only; /**< a time of day without a date: it starts again at midnight */
} capture_stamp;

/**
 * Read a time stamp at the start of a line: `[12:34:56.789]`, `2024-01-31 12:34:56,789`, `31.01.2024 12:34:56.789`,
 * `Jan 31 12:34:56`, `[   12.345678]` (seconds), `12.345678` (seconds), `(12345)` (milliseconds).
 *
 * @param text   NUL-terminated
 * @param[out] to  written if there is one
 * @return octets it takes with the blanks behind it, or 0 if there is none
 */
size_t capture_stamp_read(const char *text, capture_stamp *to);

/** Whom a direction mark names. */
typedef enum capture_mark { CAPTURE_MARK_NONE, CAPTURE_MARK_SENT, CAPTURE_MARK_RECEIVED } capture_mark;

/**
 * Read a direction mark at the start of a line, behind its time stamp: `TX`, `[RX] -`, `TX>`, `host:`, `-->`, `<<`.
 *
 * @param text      NUL-terminated
 * @param[out] mark  written if there is one
 * @return octets it takes with what separates it from the text, or 0 if there is none
 */
size_t capture_mark_read(const char *text, capture_mark *mark);

/** @return the direction that a channel's name speaks of (`UART TX`), CAPTURE_MARK_NONE if it does not. */
capture_mark capture_mark_in(const char *name);

#endif
