/**
 * @file
 * The event notation: one line of text for an event of the parser.
 */
#ifndef ATWIRE_CONFORMANCE_NOTATION_H
#define ATWIRE_CONFORMANCE_NOTATION_H

#include <atwire/atwire.h>

#include "buffer.h"

/** @return the notation's word for a kind (`info`), or "" outside the enumeration. */
const char *notation_kind_text(atw_kind kind);

/** Read a kind's word of `length` octets. @retval false there is no such word; *kind is untouched. */
bool notation_kind_from_text(const char *text, size_t length, atw_kind *kind);

/** @return whether a NAME may have that octet: a visible one that begins nothing else of a line. */
bool notation_is_name_octet(char octet);

/**
 * Whether the event is a span of something longer, to be merged with those that follow it: data, stream, a part of a
 * payload's echo.
 */
bool notation_is_span(const atw_event *event);

/**
 * Append the line of an event that is not a span, without a line end. A command without a row is named as the host wrote it, blanks as
 * `-`: `?` stands for each octet that no NAME has, and for a name that is empty or was not kept (`done ? ok`).
 */
void notation_event(buffer *to, const atw_event *event);

/**
 * Append the line of merged spans, without a line end.
 *
 * @param first     the first span's event; only its kind, total, hex and notes are used
 * @param octets    all spans' octets
 * @param complete  false: `data` was cut and says how much came (`got=`)
 */
void notation_spans(buffer *to, const atw_event *first, const buffer *octets, bool complete);

#endif
