/**
 * @file
 * A parser with guarded buffers, and its events as lines of the notation.
 */
#ifndef ATWIRE_TESTS_TEST_PARSER_H
#define ATWIRE_TESTS_TEST_PARSER_H

#include <atwire/atwire.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/** The configuration of a test; zero means the tools' defaults. */
typedef struct test_options {
    uint8_t family;        /**< atw_family */
    uint16_t line_size;    /**< 0: 1024 */
    uint32_t ceiling;      /**< as in atw_config */
    uint8_t command_size;  /**< 0: 32 */
    bool no_command;       /**< no command buffer at all */
    bool closed_ends_data; /**< as in atw_config */
} test_options;

/** What test_receive() returns in `kind` if no event came. */
enum { TEST_NO_EVENT = 255 };

/** A parser and its buffers. */
typedef struct test_parser {
    atw_parser parser;
    atw_config config;
    uint8_t *line_block;    /**< guard octets, the line buffer, guard octets */
    uint8_t *command_block; /**< the same with the command buffer */
    atw_event event;        /**< the last one */
    size_t consumed;        /**< by the last call of atw_parse() */
} test_parser;

/** Make a parser; test_close() frees its buffers. */
void test_open(test_parser *test, const test_options *options);

/** Look at the guard octets and free the buffers. */
void test_close(test_parser *test);

/** Report a text as sent. */
void test_send(test_parser *test, const char *text);

/**
 * Feed octets up to the first event.
 *
 * @return the event, its kind TEST_NO_EVENT if none came; valid until the next call
 */
const atw_event *test_receive_octets(test_parser *test, const void *octets, size_t count);

/** The same with a text, which must stay while the event's spans are used. */
const atw_event *test_receive(test_parser *test, const char *text);

/** Fails the running test if an octet beside a buffer has changed. */
void test_check_guards(const test_parser *test);

/** @return whether the span lies in the line buffer. */
bool test_in_line_buffer(const test_parser *test, const uint8_t *octets, size_t count);

/**
 * Write an event as a line of the notation, without spans that belong to a payload or to transparent data.
 *
 * @return octets written, the newline at the end included
 */
size_t test_describe(const atw_event *event, char *line, size_t size);

/**
 * Write octets in double quotes, escaped as in the notation.
 *
 * @return octets written
 */
size_t test_quote(const uint8_t *octets, size_t count, char *text, size_t size);

#endif
