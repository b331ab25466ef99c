#include "output.h"

#include <stdint.h>
#include <string.h>

/* Reads one character of UTF-8. The texts come from a JSON reader and are valid; a stray octet stands for itself. */
static uint32_t next_character(const unsigned char **text)
{
    const unsigned char *octet = *text;
    unsigned extra = *octet < 0xc0 ? 0 : *octet < 0xe0 ? 1 : *octet < 0xf0 ? 2 : 3;
    uint32_t character = extra == 0 ? *octet : *octet & (0x3fU >> extra);
    while (extra-- > 0 && (octet[1] & 0xc0) == 0x80)
        character = character << 6 | (*++octet & 0x3fU);
    *text = octet + 1;
    return character;
}

/* XML 1.0, 2.2: Char. Octets 0x7f..0x9f are legal and discouraged. */
static bool is_xml(uint32_t character)
{
    return character == '\t' || character == '\n' || character == '\r' || (character >= 0x20 && character < 0x7f) ||
           (character >= 0xa0 && character < 0xd800) || (character > 0xdfff && character < 0xfffe) ||
           (character > 0xffff && (character & 0xffff) < 0xfffe);
}

static void put_xml_character(FILE *stream, uint32_t character, const unsigned char *octets, int count)
{
    if (!is_xml(character))
        fprintf(stream, character < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)character);
    else if (strchr("<>&\"'\t\n\r", (int)character) && character < 0x80)
        fprintf(stream, "&#%u;", (unsigned)character);
    else
        fprintf(stream, "%.*s", count, (const char *)octets);
}

void report_put_xml(FILE *stream, const char *text)
{
    const unsigned char *next = (const unsigned char *)text;
    while (*next) {
        const unsigned char *start = next;
        uint32_t character = next_character(&next);
        put_xml_character(stream, character, start, (int)(next - start));
    }
}

static bool is_word(char octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
}

static bool is_control(char octet)
{
    return (unsigned char)octet < 0x20 || octet == 0x7f;
}

/* An underscore inside a word is not markup, and names are full of them. */
static bool is_markup(const char *text, const char *octet)
{
    if (*octet == '_')
        return octet == text || !is_word(octet[-1]) || !is_word(octet[1]);
    return strchr("\\`*[]<>|&~#!@", *octet) != NULL;
}

void report_put_markdown(FILE *stream, const char *text)
{
    for (const char *octet = text; *octet; octet++) {
        if (is_control(*octet))
            fputc(' ', stream);
        else if (is_markup(text, octet))
            fprintf(stream, "&#%d;", *octet);
        else
            fputc(*octet, stream);
    }
}

static size_t longest_run(const char *text, char octet)
{
    size_t longest = 0, run = 0;
    for (; *text; text++) {
        run = *text == octet ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void put_fence(FILE *stream, size_t count)
{
    while (count-- > 0)
        fputc('`', stream);
}

/* A code span is fenced by more backticks than it holds in a row, and padded where it begins or ends with one. */
void report_put_code(FILE *stream, const char *text, bool in_table)
{
    size_t fence = longest_run(text, '`') + 1;
    if (!*text)
        return;
    put_fence(stream, fence);
    fputs(fence > 1 ? " " : "", stream);
    for (; *text; text++) {
        if (*text == '|' && in_table)
            fputc('\\', stream);
        fputc(is_control(*text) ? ' ' : *text, stream);
    }
    fputs(fence > 1 ? " " : "", stream);
    put_fence(stream, fence);
}
