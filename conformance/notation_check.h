/**
 * @file
 * Checks that a text is a line that the event notation can print: an expectation that no event could ever meet is a
 * mistake of whoever wrote it, and is reported as such.
 */
#ifndef ATWIRE_CONFORMANCE_NOTATION_CHECK_H
#define ATWIRE_CONFORMANCE_NOTATION_CHECK_H

#include <stdbool.h>
#include <stddef.h>

/** Where a line stops being an event line, and what would have been right there. */
typedef struct notation_fault {
    size_t column; /**< from 1 */
    char expected[200];
} notation_fault;

/**
 * Check one event line: its kind, the NAME where the kind has one, fields with known keys, values, canonical escapes,
 * known notes in the order of note.def.
 *
 * @param line  NUL-terminated, without indentation and line end
 * @retval false  it is none; *fault says where and what was expected
 */
bool notation_check(const char *line, notation_fault *fault);

#endif
