#include "buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"

static void reserve(buffer *to, size_t more)
{
    size_t needed = to->count + more + 1;
    if (needed > to->room) {
        to->room = needed < 64 ? 64 : 2 * needed;
        to->octets = memory_resize(to->octets, to->room);
    }
}

void buffer_add(buffer *to, const void *octets, size_t count)
{
    reserve(to, count);
    if (count > 0) {
        memcpy(to->octets + to->count, octets, count);
    }
    to->count += count;
    to->octets[to->count] = '\0';
}

void buffer_text(buffer *to, const char *text)
{
    buffer_add(to, text, strlen(text));
}

void buffer_octet(buffer *to, char octet)
{
    buffer_add(to, &octet, 1);
}

void buffer_number(buffer *to, int64_t number)
{
    char digits[24];
    size_t first = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--first] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0) {
        digits[--first] = '-';
    }
    buffer_add(to, digits + first, sizeof digits - first);
}

/* The letter that follows the backslash, or 0 where an octet has none. */
static char escape_letter(uint8_t octet)
{
    switch (octet) {
    case '\r': return 'r';
    case '\n': return 'n';
    case '\t': return 't';
    case '"': return '"';
    case '\\': return '\\';
    default: return '\0';
    }
}

static void escape_octet(buffer *to, uint8_t octet)
{
    static const char hex[] = "0123456789abcdef";
    char letter = escape_letter(octet);
    if (letter != '\0') {
        buffer_add(to, (char[]){'\\', letter}, 2);
    } else if (octet < 0x20 || octet > 0x7e) {
        buffer_add(to, (char[]){'\\', 'x', hex[octet >> 4], hex[octet & 15]}, 4);
    } else {
        buffer_octet(to, (char)octet);
    }
}

/* How many octets from here on stand for themselves. */
static size_t plain_count(const uint8_t *octets, size_t count)
{
    size_t plain = 0;
    while (plain < count && octets[plain] >= 0x20 && octets[plain] <= 0x7e && octets[plain] != '"' &&
           octets[plain] != '\\') {
        plain++;
    }
    return plain;
}

void buffer_escape(buffer *to, const void *octets, size_t count)
{
    const uint8_t *octet = octets;
    reserve(to, count);
    for (size_t i = 0; i < count; i++) {
        size_t plain = plain_count(octet + i, count - i);
        if (plain > 0) {
            buffer_add(to, octet + i, plain);
            i += plain;
        }
        if (i < count) {
            escape_octet(to, octet[i]);
        }
    }
}

void buffer_escape_wire(buffer *to, const void *octets, size_t count)
{
    const uint8_t *octet = octets;
    for (size_t i = 0; i < count; i++) {
        bool end = i == 0 || i + 1 == count;
        if (octet[i] == ' ' && end) {
            buffer_text(to, "\\s");
        } else if (octet[i] == '"') {
            buffer_octet(to, '"');
        } else {
            escape_octet(to, octet[i]);
        }
    }
}

void buffer_format(buffer *to, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length <= 0) {
        return;
    }
    reserve(to, (size_t)length);
    va_start(arguments, format);
    vsnprintf(to->octets + to->count, (size_t)length + 1, format, arguments);
    va_end(arguments);
    to->count += (size_t)length;
}

void buffer_clear(buffer *to)
{
    to->count = 0;
    if (to->octets != NULL) {
        to->octets[0] = '\0';
    }
}

void buffer_free(buffer *to)
{
    free(to->octets);
    *to = (buffer){0};
}

const char *buffer_string(const buffer *from)
{
    return from->octets != NULL ? from->octets : "";
}

static int hex_digit(char letter)
{
    if (letter >= '0' && letter <= '9') {
        return letter - '0';
    }
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

static size_t unescape_hex(const char *text, uint8_t *octet)
{
    int high = hex_digit(text[2]);
    int low = high < 0 ? -1 : hex_digit(text[3]);
    if (low < 0) {
        return 0;
    }
    *octet = (uint8_t)(high * 16 + low);
    return 4;
}

size_t unescape(const char *text, uint8_t *octet)
{
    static const char letters[] = "rnt\"\\";
    static const uint8_t octets[] = {'\r', '\n', '\t', '"', '\\'};
    if (text[0] != '\\' || text[1] == '\0') {
        return 0;
    }
    if (text[1] == 'x') {
        return unescape_hex(text, octet);
    }
    const char *letter = strchr(letters, text[1]);
    if (letter == NULL) {
        return 0;
    }
    *octet = octets[letter - letters];
    return 2;
}
