#include "adapter_level.h"

#include <string.h>

#include "notation.h"

static const char *const level_texts[] = {[ADAPTER_FRAMING] = "framing",
                                          [ADAPTER_CLASSIFY] = "classify",
                                          [ADAPTER_VALUES] = "values",
                                          [ADAPTER_COMPLETE] = "complete"};

const char *adapter_level_text(adapter_level level)
{
    return (size_t)level < ADAPTER_LEVEL_COUNT ? level_texts[level] : "";
}

bool adapter_level_from_text(const char *text, adapter_level *level)
{
    for (int i = 0; i < ADAPTER_LEVEL_COUNT; i++) {
        if (strcmp(text, level_texts[i]) == 0) {
            *level = (adapter_level)i;
            return true;
        }
    }
    return false;
}

size_t adapter_kind_length(const char *line)
{
    return strcspn(line, " ");
}

bool adapter_kind_is(const char *line, const char *kind)
{
    size_t length = adapter_kind_length(line);
    return strlen(kind) == length && memcmp(line, kind, length) == 0;
}

/* The end of a string in double quotes, behind its closing one; NULL if it has none or an escape that is none. */
static const char *string_end(const char *at)
{
    for (at++; *at != '"'; at++) {
        uint8_t octet;
        size_t length = *at == '\\' ? unescape(at, &octet) : 1;
        if (*at < ' ' || *at > '~' || length == 0) {
            return NULL;
        }
        at += length - 1;
    }
    return at + 1;
}

/* The end of the word that begins here: blanks inside quotes belong to it. NULL if there is no such word. */
static const char *word_end(const char *at)
{
    const char *start = at;
    while (at != NULL && *at != ' ' && *at != '\0') {
        if (*at == '"') {
            at = string_end(at);
        } else {
            at = *at > ' ' && *at <= '~' ? at + 1 : NULL;
        }
    }
    return at == start ? NULL : at;
}

/* What a word of an event line is, known by its looks. */
typedef enum word_kind { WORD_KIND, WORD_NAME, WORD_FIELD, WORD_TEXT, WORD_NOTE } word_kind;

static word_kind kind_of_word(const char *word, const char *end, bool first)
{
    if (first) {
        return WORD_KIND;
    }
    if (*word == '"') {
        return WORD_TEXT;
    }
    if (*word == '~') {
        return WORD_NOTE;
    }
    return memchr(word, '=', (size_t)(end - word)) != NULL ? WORD_FIELD : WORD_NAME;
}

static bool is_compared(adapter_level level, word_kind kind)
{
    switch (kind) {
    case WORD_KIND:
    case WORD_TEXT: return true;
    case WORD_NAME: return level >= ADAPTER_CLASSIFY;
    case WORD_FIELD: return level >= ADAPTER_VALUES;
    default: return false;
    }
}

/* Copy the words that are compared. @return whether the line is words with one blank between */
static bool copy_words(buffer *to, adapter_level level, const char *line)
{
    for (const char *word = line; *word != '\0';) {
        const char *end = word_end(word);
        if (end == NULL || (end[0] == ' ' && end[1] == '\0')) {
            return false;
        }
        if (is_compared(level, kind_of_word(word, end, word == line))) {
            buffer_text(to, word == line ? "" : " ");
            buffer_add(to, word, (size_t)(end - word));
        }
        word = *end == ' ' ? end + 1 : end;
    }
    return true;
}

static bool is_span(adapter_level level, const char *line)
{
    return adapter_kind_is(line, level == ADAPTER_FRAMING ? "data" : "stream");
}

static bool is_answer_kind(adapter_level level, const char *line)
{
    static const char *const framing[] = {"final", "line", "prompt", "data", "overlong"};
    atw_kind kind;
    if (level > ADAPTER_FRAMING) {
        return notation_kind_from_text(line, adapter_kind_length(line), &kind);
    }
    for (size_t i = 0; i < sizeof framing / sizeof framing[0]; i++) {
        if (adapter_kind_is(line, framing[i])) {
            return true;
        }
    }
    return false;
}

/* The kinds that carry nothing but a text must have it. */
static bool lacks_text(adapter_level level, const char *line)
{
    static const char *const kinds[] = {"line", "data", "stream", "text", "echo"};
    bool needs = level == ADAPTER_FRAMING && adapter_kind_is(line, "final");
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        needs = needs || adapter_kind_is(line, kinds[i]);
    }
    return needs && strstr(line, " \"") == NULL;
}

/* Blanks at a line's end are nobody's business at this level. */
static void trim_framed(buffer *to)
{
    while (to->count > 2 && memcmp(to->octets + to->count - 2, " \"", 2) == 0) {
        to->count--;
        to->octets[to->count - 1] = '"';
        to->octets[to->count] = '\0';
    }
}

adapter_part adapter_level_of_answer(buffer *to, adapter_level level, const char *line)
{
    if (!is_answer_kind(level, line) || lacks_text(level, line) || !copy_words(to, level, line)) {
        return ADAPTER_PART_FAULT;
    }
    if (level == ADAPTER_FRAMING && (adapter_kind_is(line, "line") || adapter_kind_is(line, "final"))) {
        trim_framed(to);
    }
    if (level < ADAPTER_COMPLETE && adapter_kind_is(line, "done")) {
        return ADAPTER_PART_NONE;
    }
    return is_span(level, line) ? ADAPTER_PART_SPAN : ADAPTER_PART_LINE;
}

/* A line: what it quotes itself, or the octets that are known from elsewhere. */
static void frame_line(buffer *to, const char *line, const buffer *text)
{
    bool quotes = adapter_kind_is(line, "echo") || adapter_kind_is(line, "text") || adapter_kind_is(line, "malformed");
    const char *quoted = quotes ? strchr(line, '"') : NULL;
    buffer_text(to, adapter_kind_is(line, "final") ? "final " : "line ");
    if (quoted != NULL) {
        buffer_add(to, quoted, (size_t)(string_end(quoted) - quoted));
    } else {
        buffer_octet(to, '"');
        buffer_escape(to, text->octets, text->count);
        buffer_octet(to, '"');
    }
    trim_framed(to);
}

static adapter_part frame(buffer *to, const char *line, const buffer *text)
{
    if (adapter_kind_is(line, "done")) {
        return ADAPTER_PART_NONE;
    }
    if (adapter_kind_is(line, "data") || adapter_kind_is(line, "stream")) {
        const char *octets = strchr(line, '"');
        buffer_text(to, "data ");
        buffer_add(to, octets, (size_t)(string_end(octets) - octets));
        return ADAPTER_PART_SPAN;
    }
    if (adapter_kind_is(line, "prompt") || adapter_kind_is(line, "overlong")) {
        buffer_add(to, line, adapter_kind_length(line));
    } else {
        frame_line(to, line, text);
    }
    return ADAPTER_PART_LINE;
}

adapter_part adapter_level_of_expected(buffer *to, adapter_level level, const char *line, const buffer *text)
{
    if (level > ADAPTER_FRAMING) {
        return adapter_level_of_answer(to, level, line);
    }
    return frame(to, line, text);
}

bool adapter_is_cut_payload(const char *line)
{
    const char *got = strstr(line, " got=");
    return adapter_kind_is(line, "data") && got != NULL && got < strchr(line, '"');
}

bool adapter_part_begins(const char *part, const char *whole)
{
    const char *text = strchr(part, '"');
    const char *whole_text = strchr(whole, '"');
    size_t kind = adapter_kind_length(part);
    if (text == NULL || whole_text == NULL || kind != adapter_kind_length(whole) || memcmp(part, whole, kind) != 0) {
        return false;
    }
    return strncmp(text, whole_text, strlen(text) - 1) == 0;
}
