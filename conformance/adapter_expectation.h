/**
 * @file
 * What a script expects of an adapter of some level, compared with what it answered.
 *
 * An answer has no steps: it is held against all events that are due by the end of the last step that was put.
 */
#ifndef ATWIRE_CONFORMANCE_ADAPTER_EXPECTATION_H
#define ATWIRE_CONFORMANCE_ADAPTER_EXPECTATION_H

#include "adapter.h"
#include "expectation.h"

/** A script and the level it is read at. */
typedef struct adapter_expectation {
    const script *what;
    adapter_level level;
    buffer *lines; /* ADAPTER_FRAMING: octets of the lines behind the events that do not quote them, in order */
    size_t line_count;
} adapter_expectation;

/** An event, or spans that follow each other, as far as it is compared. */
typedef struct adapter_event {
    size_t part; /* where its part begins in the list's memory */
    bool span;
    const char *text; /**< the event line itself; NULL: it was put together of several */
    size_t line;      /**< in the file; 0: of an answer */
} adapter_event;

/** Events in their order. Zero-initialise; to be freed by adapter_events_free(). */
typedef struct adapter_events {
    adapter_event *events;
    size_t count;
    buffer parts; /* each with a NUL behind it */
} adapter_events;

/**
 * Prepare a script for comparison.
 *
 * @param[out] to  to be freed by adapter_expectation_free() whatever comes back
 * @retval false   ADAPTER_FRAMING only: the parser in this process reads the script otherwise than it expects, so
 *                 the octets of its lines are not known
 */
bool adapter_expectation_open(adapter_expectation *to, const script *what, adapter_level level);

/** Free what was prepared. */
void adapter_expectation_free(adapter_expectation *from);

/** Collect what is due by the end of a step; `to` is replaced. */
void adapter_events_expected(adapter_events *to, const adapter_expectation *from, size_t last);

/**
 * Collect what was answered.
 *
 * @param[in,out] to       replaced; its texts are those of `from`
 * @param[in]     goes_on  whether the script goes on behind what was put: a payload that says it is not whole is no
 *                         event yet
 */
void adapter_events_answered(adapter_events *to, adapter_level level, const adapter_answer *from, bool goes_on);

/**
 * Compare.
 *
 * @param whole       what the whole script expects: if it goes on with a payload or an echo of which the answer has
 *                    the start, that is no difference
 * @param[out] first  written if there is a difference; `line` is 0 where nothing was expected
 */
bool adapter_events_equal(const adapter_events *expected, const adapter_events *got, const adapter_events *whole,
                          difference *first);

/** Free a list; it is empty then and may be used again. */
void adapter_events_free(adapter_events *from);

#endif
