/**
 * @file
 * What the manuals say about something that came and deviates, as one line of text with its clause.
 */
#ifndef ATWIRE_CONFORMANCE_CHECK_MANUAL_H
#define ATWIRE_CONFORMANCE_CHECK_MANUAL_H

#include <atwire/atwire.h>

#include "buffer.h"

/** Append the documented shapes of a malformed line's prefix, each with its clause. */
void check_manual_shapes(buffer *to, const atw_event *event);

/** Append the meaning of one note of an event, what is documented instead, and the clause. */
void check_manual_note(buffer *to, const atw_event *event, atw_note_bit note, atw_family family);

/** Append which manual and section have a command; ITU-T V.250 for one without a row. */
void check_manual_command(buffer *to, atw_name id);

/**
 * @param line  a line without a row, not NUL-terminated
 * @return the whole line (`OK`, `ERROR`, …) that it is but for blanks, case, octets that are not printable or one octet
 *         wrong, lost or doubled, or NULL
 */
const char *check_resembled(const uint8_t *line, size_t count);

#endif
