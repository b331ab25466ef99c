/**
 * @file
 * Octets as logs and analysers write them: hex digits, escapes of C and Python, names in angle brackets.
 */
#ifndef ATWIRE_CONFORMANCE_CAPTURE_OCTETS_H
#define ATWIRE_CONFORMANCE_CAPTURE_OCTETS_H

#include "buffer.h"

/** How a log writes octets. */
typedef enum capture_style {
    CAPTURE_TEXT,    /**< as they are; line ends left out */
    CAPTURE_ESCAPES, /**< `AT\r`, `b'AT\r\n'`, `\x1a` */
    CAPTURE_NAMES,   /**< `AT<CR><LF>`, `<1A>` */
    CAPTURE_HEX      /**< `41 54 0D`, `4154 0d0a`, perhaps with an offset before and the text behind */
} capture_style;

/**
 * Append the octets that a text stands for.
 *
 * @param text  NUL-terminated, with no NUL inside
 * @retval false  CAPTURE_HEX: there is something else than hex; what was read before it is appended
 */
bool capture_octets_read(buffer *to, capture_style style, const char *text);

/** @return whether the text says CR or LF at its start or end in that style; CAPTURE_HEX: whether it is hex. */
bool capture_octets_suit(capture_style style, const char *text);

/**
 * Append what one cell of an analyser's table stands for: `0x41`, `A`, `'A'`, `65`, `\r`, `COMMA`, `[13]`, or a text.
 *
 * @retval false  it is empty or a hex number beyond 0xff
 */
bool capture_octets_cell(buffer *to, const char *cell);

#endif
