/**
 * @file
 * A growing log of event lines: what the parser delivered, in the event notation, spans merged.
 */
#ifndef ATWIRE_CONFORMANCE_EVENT_LOG_H
#define ATWIRE_CONFORMANCE_EVENT_LOG_H

#include "notation.h"

/** One line of the log. */
typedef struct event_line {
    size_t start;    /**< of its text in event_log.text */
    size_t length;   /**< of its text */
    size_t step;     /**< the step (event_log.step) at which it was complete */
    uint32_t offset; /**< of its first octet among all octets received */
    uint8_t kind;    /**< atw_kind */
    bool complete;   /**< false: data that was cut */
    uint32_t notes;  /**< of the event */
    size_t octets;   /**< how many octets of the input it stands for, line ends not counted */
} event_line;

/** Zero-initialise. */
typedef struct event_log {
    buffer text; /**< all lines, each with a NUL behind it */
    event_line *lines;
    size_t count;
    size_t room;      /**< kept when the log is emptied: millions of plays fill the same one */
    size_t step;      /**< written into lines that become complete; set by whoever plays */
    bool open;        /**< a line of spans is being merged: */
    atw_event first;  /**< its first event */
    buffer spans;     /**< its octets so far */
    size_t span_step; /**< the step of the last of them */
} event_log;

/** Add an event. Its spans are copied. */
void event_log_add(event_log *log, const atw_event *event);

/**
 * The host did something, or expectations stand here: an open `stream` line is complete. `data` and `echo` stay open.
 */
void event_log_end_stream(event_log *log);

/** The input ended or the exchange was abandoned: whatever is open becomes a line. */
void event_log_end(event_log *log);

/** @return the text of a line, valid until the log changes. */
const char *event_log_text(const event_log *log, size_t line);

/** @return whether both logs hold the same lines, complete at the same steps. */
bool event_log_equal(const event_log *a, const event_log *b);

/** Add a line that somebody else printed, as it is; of the event itself only kind and notes are known, if they are known words. */
void event_log_add_text(event_log *log, const char *line);

/** Exchange two logs, each with its room: a log is kept and the next play fills the other one. */
void event_log_swap(event_log *a, event_log *b);

/** Empty the log, keep its room. */
void event_log_clear(event_log *log);

/** Free everything; the log is empty then and may be used again. */
void event_log_free(event_log *log);

#endif
