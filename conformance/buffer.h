/**
 * @file
 * A growing buffer of octets, and the escapes that make octets readable in transcripts and event lines.
 */
#ifndef ATWIRE_CONFORMANCE_BUFFER_H
#define ATWIRE_CONFORMANCE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Zero-initialise. After every function below that adds, `octets[count]` is NUL. */
typedef struct buffer {
    char *octets;
    size_t count;
    size_t room;
} buffer;

/** Append `count` octets; `octets` may be NULL if `count` is 0. */
void buffer_add(buffer *to, const void *octets, size_t count);

/** Append a text without its NUL. */
void buffer_text(buffer *to, const char *text);

/** Append one octet. */
void buffer_octet(buffer *to, char octet);

/** Append a decimal number. */
void buffer_number(buffer *to, int64_t number);

/** Append octets as the event notation writes them inside quotes: `\r \n \t \" \\`, `\xNN` outside 0x20..0x7e. */
void buffer_escape(buffer *to, const void *octets, size_t count);

/**
 * Append octets as a wire line of a transcript: as buffer_escape() but with bare quotes, and `\s` for a blank at an
 * end.
 */
void buffer_escape_wire(buffer *to, const void *octets, size_t count);

/** Append formatted text. */
__attribute__((format(printf, 2, 3))) void buffer_format(buffer *to, const char *format, ...);

/** Forget the content, keep the room. */
void buffer_clear(buffer *to);

/** Free everything; the buffer is empty then and may be used again. */
void buffer_free(buffer *to);

/** @return the content as NUL-terminated text, never NULL; valid until the buffer changes. */
const char *buffer_string(const buffer *from);

/**
 * Read one escape sequence.
 *
 * @param[in]  text    NUL-terminated, at the backslash
 * @param[out] octet   what it stands for
 * @return length of the sequence, or 0 if there is none that this function knows: `\s` is left to the transcript reader
 */
size_t unescape(const char *text, uint8_t *octet);

#endif
