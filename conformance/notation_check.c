#include "notation_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "buffer.h"
#include "notation.h"

/* One production of the notation a function: each takes what it reads, or says what it expected and gives up. */
typedef struct reader {
    const char *line;
    const char *at;
    notation_fault *fault;
} reader;

__attribute__((format(printf, 2, 3))) static bool expected(reader *in, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(in->fault->expected, sizeof in->fault->expected, format, arguments);
    va_end(arguments);
    in->fault->column = (size_t)(in->at - in->line) + 1;
    return false;
}

static bool take(reader *in, const char *text)
{
    size_t length = strlen(text);
    if (strncmp(in->at, text, length) != 0) {
        return false;
    }
    in->at += length;
    return true;
}

static bool read_blank(reader *in, const char *before)
{
    return take(in, " ") || expected(in, "one blank and %s", before);
}

static bool read_escape(reader *in)
{
    uint8_t octet = 0;
    size_t length = unescape(in->at, &octet);
    if (length == 0) {
        return expected(in, "\\r, \\n, \\t, \\\", \\\\ or \\x and two lower-case hex digits");
    }
    buffer canonical = {0};
    buffer_escape(&canonical, &octet, 1);
    bool good = strncmp(in->at, canonical.octets, canonical.count) == 0;
    if (!good) {
        expected(in, "%s", canonical.octets);
    }
    buffer_free(&canonical);
    in->at += good ? length : 0;
    return good;
}

static bool read_string(reader *in)
{
    if (!take(in, "\"")) {
        return expected(in, "a string in double quotes");
    }
    while (*in->at != '"') {
        if (*in->at == '\0') {
            return expected(in, "a closing double quote");
        }
        if (*in->at != '\\') {
            in->at++;
        } else if (!read_escape(in)) {
            return false;
        }
    }
    in->at++;
    return true;
}

static bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

static bool read_integer(reader *in)
{
    const char *start = in->at;
    const char *digits = start + (*start == '-');
    size_t count = strspn(digits, "0123456789");
    bool canonical = count > 0 && (digits[0] != '0' || (count == 1 && digits == start));
    if (!canonical) {
        return expected(in, "a decimal integer without leading zeros");
    }
    in->at = digits + count;
    return true;
}

static size_t name_length(const char *text)
{
    size_t length = 0;
    while (notation_is_name_octet(text[length])) {
        length++;
    }
    return length;
}

static bool read_name(reader *in)
{
    if (!read_blank(in, "a NAME")) {
        return false;
    }
    size_t length = name_length(in->at);
    if (length == 0) {
        return expected(in, "a NAME");
    }
    in->at += length;
    return true;
}

/* The kinds whose names are all known: a line without a row is never one of these. */
static bool has_closed_names(atw_kind kind)
{
    return kind == ATW_FINAL || kind == ATW_RESULT || kind == ATW_ERROR || kind == ATW_MALFORMED;
}

static bool read_known_name(reader *in)
{
    const char *start = in->at;
    if (!read_name(in)) {
        return false;
    }
    size_t length = (size_t)(in->at - start - 1);
    for (int name = ATW_NAME_NONE + 1; name < ATW_NAME_COUNT; name++) {
        const char *text = atw_name_text((atw_name)name);
        if (strlen(text) == length && memcmp(text, start + 1, length) == 0) {
            return true;
        }
    }
    in->at = start + 1;
    return expected(in, "a NAME of name.def, blanks written as -");
}

static bool is_key(const char *text, size_t length)
{
    for (int param = 0; param < ATW_PARAM_COUNT; param++) {
        const char *key = atw_param_key((atw_param)param);
        if (length > 0 && strlen(key) == length && memcmp(key, text, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool read_field(reader *in)
{
    size_t length = strcspn(in->at, "= \"");
    if (!is_key(in->at, length)) {
        return expected(in, "a key of param.def");
    }
    in->at += length;
    if (!take(in, "=")) {
        return expected(in, "= and the value");
    }
    if (*in->at == '"') {
        return read_string(in);
    }
    if (*in->at != '-' && !is_digit(*in->at)) {
        return expected(in, "an integer or a string in double quotes");
    }
    return read_integer(in);
}

static bool read_fields(reader *in)
{
    while (in->at[0] == ' ' && in->at[1] != '~') {
        in->at++;
        if (!read_field(in)) {
            return false;
        }
    }
    return true;
}

static int note_of(const char *text, size_t length)
{
    for (int bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        const char *note = atw_note_text((atw_note_bit)bit);
        if (strlen(note) == length && memcmp(note, text, length) == 0) {
            return bit;
        }
    }
    return -1;
}

static bool read_notes(reader *in)
{
    int previous = -1;
    while (in->at[0] == ' ' && in->at[1] == '~') {
        in->at += 2;
        size_t length = strcspn(in->at, " ");
        int note = note_of(in->at, length);
        if (note < 0) {
            return expected(in, "a note of note.def");
        }
        if (note <= previous) {
            return expected(in, "notes once each and in the order of note.def");
        }
        previous = note;
        in->at += length;
    }
    return *in->at == '\0' || expected(in, "the line's end");
}

static bool read_quoted(reader *in)
{
    return read_blank(in, "a string in double quotes") && read_string(in);
}

static bool read_number_of(reader *in, const char *key)
{
    if (!take(in, key)) {
        return expected(in, "one blank, %s and a number", key + 1);
    }
    return read_integer(in);
}

static bool read_data(reader *in)
{
    if (!read_number_of(in, " len=")) {
        return false;
    }
    take(in, " form=hex");
    if (take(in, " got=") && !read_integer(in)) {
        return false;
    }
    return read_quoted(in);
}

static bool read_done(reader *in)
{
    if (!read_name(in)) {
        return false;
    }
    if (!take(in, " ok") && !take(in, " error")) {
        return expected(in, "one blank and ok or error");
    }
    return read_fields(in);
}

static bool read_rest(reader *in, atw_kind kind)
{
    switch (kind) {
    case ATW_PROMPT: return true;
    case ATW_CONNECT: return read_fields(in);
    case ATW_ECHO:
    case ATW_STREAM:
    case ATW_TEXT: return read_quoted(in);
    case ATW_MALFORMED: return read_known_name(in) && read_quoted(in);
    case ATW_DATA: return read_data(in);
    case ATW_OVERLONG: return read_number_of(in, " len=");
    case ATW_DONE: return read_done(in);
    default: return (has_closed_names(kind) ? read_known_name(in) : read_name(in)) && read_fields(in);
    }
}

bool notation_check(const char *line, notation_fault *fault)
{
    reader in = {.line = line, .at = line, .fault = fault};
    size_t length = strcspn(line, " ");
    atw_kind kind;
    if (!notation_kind_from_text(line, length, &kind)) {
        return expected(&in, "an event: echo prompt final connect info result error urc data stream text malformed "
                             "overlong done");
    }
    in.at += length;
    return read_rest(&in, kind) && read_notes(&in);
}
