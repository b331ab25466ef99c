/**
 * @file
 * What a script expects, compared with what came.
 */
#ifndef ATWIRE_CONFORMANCE_EXPECTATION_H
#define ATWIRE_CONFORMANCE_EXPECTATION_H

#include "event_log.h"
#include "script.h"

/** The first event line that differs. The texts are borrowed from script and log. */
typedef struct difference {
    size_t line;          /**< in the file: of the expected line, or of the step by which nothing more was expected */
    const char *expected; /**< NULL: nothing more */
    const char *got;      /**< NULL: nothing more */
} difference;

/**
 * Compare a play's log with the script's expectations. The lines of a block are exactly the events since the block
 * before; what comes after the last block is not expected.
 *
 * @param[out] first  written if there is a difference
 * @return whether there is none
 */
bool expectation_met(const script *what, const event_log *log, difference *first);

#endif
