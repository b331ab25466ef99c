/**
 * @file
 * Scripts for the parser's tests: what the host sends, what the module answers, which events must have come.
 *
 * A script is played uncut, in chunks of every width, and cut at every pair of places. In each of these runs every
 * event is held against the parser's promises: its spans hold the octets received at its offset and lie in the chunk
 * or in the line buffer, and no octet outside the buffers is touched. A chunk is a heap block of exactly its size and
 * is gone once its events are read.
 */
#ifndef ATWIRE_TESTS_TEST_SCRIPT_H
#define ATWIRE_TESTS_TEST_SCRIPT_H

#include "test_parser.h"

/** What a step of a script does. */
typedef enum test_action {
    TEST_SENT,     /**< the host writes `text`; cut like the input, but whole if it begins with `+++` */
    TEST_RECEIVED, /**< the module sends `text` */
    TEST_ESCAPE,   /**< the host leaves data mode by DTR */
    TEST_ABANDON,  /**< the host gives up */
    TEST_EVENTS,   /**< these lines came since the last such step and no others; the last step is at the end of input */
    TEST_EVENTS_AT /**< the same, each line with `@offset ` before it */
} test_action;

/** One step. */
typedef struct test_step {
    const char *text;
    size_t count;
    test_action action;
} test_step;

#define SENT(octets) \
    { \
        octets, sizeof octets - 1, TEST_SENT \
    }
#define RECEIVED(octets) \
    { \
        octets, sizeof octets - 1, TEST_RECEIVED \
    }
#define ESCAPE \
    { \
        "", 0, TEST_ESCAPE \
    }
#define ABANDON \
    { \
        "", 0, TEST_ABANDON \
    }
/** Lines of the notation, each ended by a newline. */
#define EVENTS(lines) \
    { \
        lines, sizeof lines - 1, TEST_EVENTS \
    }
#define EVENTS_AT(lines) \
    { \
        lines, sizeof lines - 1, TEST_EVENTS_AT \
    }

/** Play a script with the default configuration. */
#define PLAY(...) PLAY_WITH(((test_options){0}), __VA_ARGS__)

/** Play a script with a test_options: a variable or, in parentheses, a compound literal. */
#define PLAY_WITH(options, ...) \
    test_play(&options, (const test_step[]){__VA_ARGS__}, COUNT_OF(((const test_step[]){__VA_ARGS__})), __FILE__, \
              __LINE__)

/**
 * Play a script in every way of cutting it; fails the running test at the first difference.
 *
 * @param file  and `line`: where the script stands, for the message
 */
void test_play(const test_options *options, const test_step *steps, size_t count, const char *file, int line);

/* Play one line, given without its end: it must be this event and no other. */
void test_line(uint8_t family, const char *line, const char *event);

#endif
