#include "capture_octets.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Octets in a row of a dump that begins with an offset. */
#define DUMP_ROW 16

static int hex_value(char digit)
{
    if (isdigit((unsigned char)digit)) {
        return digit - '0';
    }
    return isxdigit((unsigned char)digit) ? tolower((unsigned char)digit) - 'a' + 10 : -1;
}

static size_t count_hex(const char *text)
{
    return strspn(text, "0123456789abcdefABCDEF");
}

static void add_pair(buffer *to, const char *digits)
{
    buffer_octet(to, (char)(hex_value(digits[0]) * 16 + hex_value(digits[1])));
}

/* An offset column: digits and a colon, or eight digits and two blanks or nothing. */
static size_t offset_length(const char *text, bool *colon)
{
    size_t count = count_hex(text);
    *colon = count >= 4 && text[count] == ':';
    if (*colon) {
        return count + 1;
    }
    bool plain = count >= 7 && (text[count] == '\0' || strncmp(text + count, "  ", 2) == 0);
    return plain ? count : 0;
}

/* A group of digits at `text`, with blanks or an end behind; 0 if it is none. */
static size_t group_length(const char *text)
{
    size_t count = count_hex(text);
    bool ends = text[count] == '\0' || strchr(" ,;\t", text[count]) != NULL;
    return ends && count % 2 == 0 ? count : 0;
}

static bool read_hex(buffer *to, const char *text)
{
    bool colon;
    const size_t before = to->count;
    text += strspn(text, " \t");
    const size_t offset = offset_length(text, &colon);
    text += offset;
    while (true) {
        const size_t blanks = strspn(text, " \t,;");
        text += blanks;
        const bool row_ends =
            (colon && blanks > 1 && to->count > before) || (offset > 0 && to->count == before + DUMP_ROW);
        if (*text == '\0' || *text == '|' || row_ends) {
            return true;
        }
        text += strncasecmp(text, "0x", 2) == 0 ? 2 : 0;
        const size_t digits = group_length(text);
        if (digits == 0) {
            return false;
        }
        for (size_t i = 0; i < digits; i += 2) {
            add_pair(to, text + i);
        }
        text += digits;
    }
}

/* One escape of C or Python. Returns its length, 0 if there is none. */
static size_t read_escape(buffer *to, const char *text)
{
    static const char letters[] = "rnt\"\\'0abfv";
    static const char octets[] = "\r\n\t\"\\'\0\a\b\f\v";
    if (text[0] != '\\' || text[1] == '\0') {
        return 0;
    }
    if (text[1] == 'x' && hex_value(text[2]) >= 0 && hex_value(text[3]) >= 0) {
        add_pair(to, text + 2);
        return 4;
    }
    const char *letter = strchr(letters, text[1]);
    if (letter != NULL) {
        buffer_octet(to, octets[letter - letters]);
    }
    return letter != NULL ? 2 : 0;
}

/* Length of `b'` or `'` or `"` if the text ends with the same quote, else 0. */
static size_t quote_length(const char *text)
{
    size_t start = *text == 'b' ? 1 : 0;
    size_t length = strlen(text);
    bool quoted = (text[start] == '\'' || text[start] == '"') && length > start + 1 && text[length - 1] == text[start];
    return quoted ? start + 1 : 0;
}

static void read_escapes(buffer *to, const char *text)
{
    size_t quote = quote_length(text);
    const char *end = text + strlen(text) - (quote > 0 ? 1 : 0);
    for (text += quote; text < end;) {
        size_t length = read_escape(to, text);
        if (length == 0) {
            buffer_octet(to, *text);
            length = 1;
        }
        text += length;
    }
}

typedef struct octet_name {
    const char *text;
    char octet;
} octet_name;

static const octet_name octet_names[] = {
    {"<CR>", '\r'},  {"<LF>", '\n'},  {"<NUL>", '\0'}, {"<NULL>", '\0'}, {"<SUB>", 0x1a}, {"<ESC>", 0x1b},
    {"<ETX>", 0x03}, {"<TAB>", '\t'}, {"<HT>", '\t'},  {"<SP>", ' '},    {"␍", '\r'},     {"␊", '\n'},
};

static size_t read_name(buffer *to, const char *text)
{
    for (size_t i = 0; i < sizeof octet_names / sizeof octet_names[0]; i++) {
        size_t length = strlen(octet_names[i].text);
        if (strncasecmp(text, octet_names[i].text, length) == 0) {
            buffer_octet(to, octet_names[i].octet);
            return length;
        }
    }
    if (text[0] == '<' && count_hex(text + 1) == 2 && text[3] == '>') {
        add_pair(to, text + 1);
        return 4;
    }
    return 0;
}

static void read_names(buffer *to, const char *text)
{
    while (*text != '\0') {
        size_t length = read_name(to, text);
        if (length == 0) {
            buffer_octet(to, *text);
            length = 1;
        }
        text += length;
    }
}

bool capture_octets_read(buffer *to, capture_style style, const char *text)
{
    switch (style) {
    case CAPTURE_HEX: return read_hex(to, text);
    case CAPTURE_ESCAPES: read_escapes(to, text); return true;
    case CAPTURE_NAMES: read_names(to, text); return true;
    case CAPTURE_TEXT:
    default: buffer_text(to, text); return true;
    }
}

static bool is_line_end(char octet)
{
    return octet == '\r' || octet == '\n';
}

bool capture_octets_suit(capture_style style, const char *text)
{
    buffer octets = {0};
    bool good = capture_octets_read(&octets, style, text);
    bool ends = octets.count > 0 && (is_line_end(octets.octets[0]) || is_line_end(octets.octets[octets.count - 1]));
    bool is_hex =
        good && (octets.count > 0 || text[count_hex(text)] == '\0'); /* a dump's last line is an offset alone */
    bool suits = style == CAPTURE_HEX ? is_hex : ends;
    buffer_free(&octets);
    return suits;
}

/* A number of two or three digits, in quotes or brackets, as analysers write octets without a sign of their own. */
static bool read_decimal(buffer *to, const char *text, size_t length)
{
    int value = 0;
    for (size_t i = 0; i < length; i++) {
        if (!isdigit((unsigned char)text[i])) {
            return false;
        }
        value = value * 10 + (text[i] - '0');
    }
    if (length < 2 || length > 3 || value > UINT8_MAX) {
        return false;
    }
    buffer_octet(to, (char)value);
    return true;
}

static bool read_hex_cell(buffer *to, const char *digits)
{
    size_t count = count_hex(digits);
    if (count == 0 || digits[count] != '\0' || (count != 2 && count != 1)) {
        return false;
    }
    buffer_octet(to, (char)(count == 1 ? hex_value(digits[0]) : hex_value(digits[0]) * 16 + hex_value(digits[1])));
    return true;
}

bool capture_octets_cell(buffer *to, const char *cell)
{
    size_t length = strlen(cell);
    if (length == 0) {
        return false;
    }
    if (strncasecmp(cell, "0x", 2) == 0) {
        return read_hex_cell(to, cell + 2);
    }
    bool wrapped =
        length > 2 && ((cell[0] == '\'' && cell[length - 1] == '\'') || (cell[0] == '[' && cell[length - 1] == ']'));
    const char *text = wrapped ? cell + 1 : cell;
    length -= wrapped ? 2 : 0;
    if (strcasecmp(cell, "COMMA") == 0 || strcasecmp(cell, "SPACE") == 0) {
        buffer_octet(to, cell[0] == 'C' || cell[0] == 'c' ? ',' : ' ');
    } else if (!read_decimal(to, text, length)) {
        buffer plain = {0};
        buffer_add(&plain, text, length);
        capture_octets_read(to, *text == '<' && length > 1 ? CAPTURE_NAMES : CAPTURE_ESCAPES, buffer_string(&plain));
        buffer_free(&plain);
    }
    return true;
}
