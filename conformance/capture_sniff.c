/* How a capture is written, told from its start. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "capture_reader.h"
#include "memory.h"

/* Most lines that are looked at. */
#define LINES_MAX 400

/* What was counted in a sample's lines that are not empty. */
typedef struct sniffing {
    size_t lines;
    size_t stamped;
    size_t marked;
    size_t commands; /* marked as sent, and beginning with AT */
    size_t escaped;
    size_t named;
    size_t hex;
    bool transcript;
    bool table;
    bool annotations;
    bool classes; /* of annotations */
} sniffing;

static bool is_transcript_header(const char *text)
{
    static const char *const headers[] = {"title:", "family:", "source:", "covers:", "level:", "note:", "config:"};
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        if (strncmp(text, headers[i], strlen(headers[i])) == 0) {
            return true;
        }
    }
    return false;
}

/* A command as any style writes it: `AT`, `"AT`, `b'AT`, `41 54`. */
static bool is_command(const char *text)
{
    text += *text == 'b' && (text[1] == '\'' || text[1] == '"') ? 1 : 0;
    text += *text == '\'' || *text == '"' ? 1 : 0;
    text += strncasecmp(text, "0x", 2) == 0 ? 2 : 0;
    return strncasecmp(text, "AT", 2) == 0 || strncmp(text, "41 54", 5) == 0 || strncmp(text, "4154", 4) == 0 ||
           strncmp(text, "41 0x54", 7) == 0;
}

/* The end of what marks leave of a line decides about its style; without marks, the line. */
static void look_at_text(sniffing *to, const char *text)
{
    to->escaped += capture_octets_suit(CAPTURE_ESCAPES, text);
    to->named += capture_octets_suit(CAPTURE_NAMES, text);
    to->hex += *text == '\0' || capture_octets_suit(CAPTURE_HEX, text);
}

static void look_at_line(sniffing *to, char *text)
{
    text[strcspn(text, "\r")] = '\0';
    if (*text == '\0' || ((*text == '#' || *text == ';') && to->lines == 0)) {
        return;
    }
    if (to->lines == 0) {
        to->transcript = is_transcript_header(text);
        to->table = capture_is_table(text);
        to->annotations = capture_is_annotation(text, &to->classes);
    }
    to->lines++;
    capture_stamp stamp;
    capture_mark mark;
    size_t length = capture_stamp_read(text, &stamp);
    to->stamped += length > 0;
    text += length;
    length = capture_mark_read(text, &mark);
    to->marked += length > 0;
    to->commands += length > 0 && mark == CAPTURE_MARK_SENT && is_command(text + length);
    look_at_text(to, text + length);
}

static void look_at_sample(sniffing *to, char *sample, size_t count)
{
    char *end;
    for (char *line = sample; line < sample + count && to->lines < LINES_MAX; line = end + 1) {
        end = memchr(line, '\n', (size_t)(sample + count - line));
        if (end == NULL) {
            end = sample + count;
            if (to->lines > 0) {
                break; /* perhaps cut */
            }
        }
        *end = '\0';
        look_at_line(to, line);
    }
}

static capture_style style_of(const sniffing *from)
{
    if (from->hex == from->lines) {
        return CAPTURE_HEX;
    }
    if (from->named > 0) {
        return CAPTURE_NAMES;
    }
    return from->escaped > 0 ? CAPTURE_ESCAPES : CAPTURE_TEXT;
}

static capture_form form_of(const sniffing *from, capture_kind kind)
{
    capture_form form = {.kind = kind, .style = CAPTURE_TEXT};
    if (kind == CAPTURE_TRANSCRIPT || (kind == CAPTURE_UNKNOWN && from->transcript)) {
        form.kind = CAPTURE_TRANSCRIPT;
        form.marks = true;
        return form;
    }
    if (kind == CAPTURE_TABLE || (kind == CAPTURE_UNKNOWN && from->table)) {
        form.kind = CAPTURE_TABLE;
        form.stamps = true;
        return form;
    }
    if (kind == CAPTURE_RAW || from->lines == 0) {
        form.kind = kind == CAPTURE_LOG ? CAPTURE_LOG : CAPTURE_RAW;
        return form;
    }
    if (from->annotations) {
        return (capture_form){
            .kind = CAPTURE_LOG, .layout = CAPTURE_ANNOTATIONS, .style = CAPTURE_HEX, .marks = from->classes};
    }
    /* Continued lines have no stamp, so half is enough; a lone `>` is a mark only if commands stand behind it. */
    form.stamps = 2 * from->stamped >= from->lines;
    form.marks = from->commands > 0 || (form.stamps && 2 * from->marked >= from->lines);
    form.style = form.stamps || form.marks || from->hex == from->lines ? style_of(from) : CAPTURE_TEXT;
    bool is_log = form.stamps || form.marks || form.style == CAPTURE_HEX;
    form.kind = kind == CAPTURE_LOG || is_log ? CAPTURE_LOG : CAPTURE_RAW;
    return form;
}

/* Counted blocks have a form of their own, told by the first header. */
static bool is_counted(const char *sample, size_t count, capture_kind kind, capture_form *form)
{
    capture_style style = CAPTURE_ESCAPES;
    if ((kind != CAPTURE_UNKNOWN && kind != CAPTURE_LOG) ||
        capture_counted_sniff(sample, count, &style) < CAPTURE_START_HEADER) {
        return false;
    }
    *form =
        (capture_form){.kind = CAPTURE_LOG, .layout = CAPTURE_COUNTED, .style = style, .stamps = true, .marks = true};
    return true;
}

capture_form capture_sniff(const char *sample, size_t count, capture_kind kind)
{
    capture_form form;
    if (is_counted(sample, count, kind, &form)) {
        return form;
    }
    sniffing counted = {0};
    char *copy = memory_new(count + 1);
    memcpy(copy, sample, count);
    look_at_sample(&counted, copy, count);
    free(copy);
    return form_of(&counted, kind);
}

static const char *const kind_texts[] = {"unknown", "transcript", "raw", "log", "table"};

const char *capture_kind_text(capture_kind kind)
{
    return (size_t)kind < sizeof kind_texts / sizeof kind_texts[0] ? kind_texts[kind] : "";
}

bool capture_kind_from_text(const char *text, capture_kind *kind)
{
    for (size_t i = CAPTURE_TRANSCRIPT; i < sizeof kind_texts / sizeof kind_texts[0]; i++) {
        if (strcmp(kind_texts[i], text) == 0) {
            *kind = (capture_kind)i;
            return true;
        }
    }
    return false;
}

void capture_form_text(buffer *to, const capture_form *form)
{
    static const char *const styles[] = {"", ", octets as escapes", ", octets as names", ", octets as hex"};
    static const char *const layouts[] = {"", ", counted blocks", ", annotations"};
    buffer_text(to, capture_kind_text(form->kind));
    buffer_text(to, layouts[form->layout]);
    buffer_text(to, form->stamps ? ", time stamps" : "");
    buffer_text(to, form->marks && form->kind == CAPTURE_LOG ? ", direction marks" : "");
    buffer_text(to, styles[form->style]);
}
