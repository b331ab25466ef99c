#include "transcript.h"

#include <stdlib.h>
#include <string.h>

#include "notation_check.h"

#define INDENT "    "

/* What is being read: the transcript, its text, and where to say what is wrong. */
typedef struct reader {
    transcript *to;
    source *from;
    source_error *error;
    bool has_family;
    bool has_config;
} reader;

static bool starts_with(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

static size_t column_of(const reader *in, const char *at)
{
    return (size_t)(at - in->from->line) + 1;
}

/* A header that may come once: keep its value. */
static bool keep_once(reader *in, const char **value, const char *text)
{
    if (*value != NULL) {
        return source_fail(in->from, 0, in->error, "expected this header only once");
    }
    *value = arena_text(&in->to->memory, text, strlen(text));
    return true;
}

static bool read_family(reader *in, const char *text)
{
    if (in->has_family) {
        return source_fail(in->from, 0, in->error, "expected this header only once");
    }
    in->has_family = atw_family_from_name(text, &in->to->script.family);
    return in->has_family || source_fail(in->from, column_of(in, text), in->error,
                                         "expected a family: a76xx a7600 (or sim7600) sim7028 sim7x00 any");
}

static bool read_level(reader *in, const char *text)
{
    if (strcmp(text, "must") != 0 && strcmp(text, "should") != 0 && strcmp(text, "may") != 0) {
        return source_fail(in->from, column_of(in, text), in->error, "expected must, should or may");
    }
    return keep_once(in, &in->to->level, text);
}

static bool read_covers(reader *in, const char *text)
{
    transcript *to = in->to;
    while (*text != '\0') {
        size_t length = strcspn(text, " ");
        to->covers = memory_room((void *)to->covers, to->covers_count, sizeof *to->covers);
        to->covers[to->covers_count++] = arena_text(&to->memory, text, length);
        text += length;
        text += strspn(text, " ");
    }
    return true;
}

/* One number of the config header, within its range. */
static bool read_setting(reader *in, const char *text, unsigned long low, unsigned long high, unsigned long *value)
{
    char *end = NULL;
    *value = strtoul(text, &end, 10);
    bool digits = *text >= '0' && *text <= '9' && (*end == ' ' || *end == '\0');
    return (digits && *value >= low && *value <= high) ||
           source_fail(in->from, column_of(in, text), in->error, "expected a number from %lu to %lu", low, high);
}

static bool read_config_item(reader *in, const char *text)
{
    script_settings *settings = &in->to->script.settings;
    unsigned long value = 0;
    if (starts_with(text, "line=")) {
        bool good = read_setting(in, text + 5, 1, ATW_LINE_MAX, &value);
        settings->line_size = good ? (uint16_t)value : 0;
        return good;
    }
    if (starts_with(text, "ceiling=")) {
        bool good = read_setting(in, text + 8, 1, INT32_MAX, &value);
        settings->ceiling = (uint32_t)value;
        return good;
    }
    if (starts_with(text, "command=")) {
        bool good = read_setting(in, text + 8, 0, UINT8_MAX, &value);
        settings->command_size = (uint8_t)value;
        return good;
    }
    if (starts_with(text, "closed-ends-data=")) {
        bool good = read_setting(in, text + 17, 0, 1, &value);
        settings->closed_ends_data = value != 0;
        return good;
    }
    return source_fail(in->from, column_of(in, text), in->error,
                       "expected line=N, ceiling=N, command=N or closed-ends-data=0|1");
}

static bool read_config(reader *in, const char *text)
{
    if (in->has_config) {
        return source_fail(in->from, 0, in->error, "expected this header only once");
    }
    in->has_config = true;
    while (*text != '\0') {
        if (!read_config_item(in, text)) {
            return false;
        }
        text += strcspn(text, " ");
        text += strspn(text, " ");
    }
    return true;
}

static bool read_header_value(reader *in, const char *key, const char *text)
{
    if (starts_with(key, "title:")) {
        return keep_once(in, &in->to->title, text);
    }
    if (starts_with(key, "source:")) {
        return keep_once(in, &in->to->source, text);
    }
    if (starts_with(key, "note:")) {
        return keep_once(in, &in->to->note, text);
    }
    if (starts_with(key, "family:")) {
        return read_family(in, text);
    }
    if (starts_with(key, "level:")) {
        return read_level(in, text);
    }
    if (starts_with(key, "covers:")) {
        return read_covers(in, text);
    }
    if (starts_with(key, "config:")) {
        return read_config(in, text);
    }
    return source_fail(in->from, 1, in->error,
                       "expected a header (title family source covers level note config), a step (-->, <--, --!), an "
                       "event line or a comment");
}

static bool read_header(reader *in)
{
    char *line = in->from->line;
    if (in->to->script.count > 0) {
        return source_fail(in->from, 1, in->error, "expected a step (-->, <--, --!), an event line or a comment");
    }
    char *value = strchr(line, ':');
    if (value == NULL) {
        return read_header_value(in, line, line);
    }
    value++;
    value += strspn(value, " ");
    if (*value == '\0') {
        return source_fail(in->from, column_of(in, value), in->error, "expected a value after the colon");
    }
    return read_header_value(in, line, value);
}

static script_step *add_step(reader *in, step_kind kind)
{
    script *to = &in->to->script;
    to->steps = memory_room(to->steps, to->count, sizeof *to->steps);
    script_step *step = &to->steps[to->count++];
    *step = (script_step){.kind = kind, .line = in->from->number};
    return step;
}

/* One octet of a wire line; returns the length of its text, or 0 if it is no escape. */
static size_t read_wire_octet(const char *text, uint8_t *octet)
{
    if (*text != '\\') {
        *octet = (uint8_t)*text;
        return 1;
    }
    if (text[1] == 's') {
        *octet = ' ';
        return 2;
    }
    return unescape(text, octet);
}

static bool read_wire_octets(reader *in, script_step *step, const char *text)
{
    uint8_t *octets = arena_new(&in->to->memory, strlen(text));
    step->octets = octets;
    while (*text != '\0') {
        size_t length = read_wire_octet(text, &octets[step->count]);
        if (length == 0) {
            return source_fail(in->from, column_of(in, text), in->error,
                               "expected an escape: \\r \\n \\t \\\" \\\\ \\s or \\x and two lower-case hex digits");
        }
        step->count++;
        text += length;
    }
    return true;
}

static bool read_wire(reader *in, step_kind kind)
{
    const char *text = in->from->line + 3;
    if (text[0] != ' ' || text[1] == '\0') {
        return source_fail(in->from, 4, in->error, "expected one blank and octets");
    }
    text++;
    if (*text == ' ') {
        return source_fail(in->from, column_of(in, text), in->error, "expected \\s for a blank at an end");
    }
    script_step *step = add_step(in, kind);
    step->wire = arena_text(&in->to->memory, text, strlen(text));
    return read_wire_octets(in, step, text);
}

static bool read_directive(reader *in)
{
    const char *text = in->from->line + 3;
    if (strcmp(text, " dtr") == 0 || strcmp(text, " abandon") == 0) {
        add_step(in, text[1] == 'd' ? STEP_DTR : STEP_ABANDON);
        return true;
    }
    return source_fail(in->from, 4, in->error, "expected one blank and dtr or abandon");
}

static bool read_event_line(reader *in)
{
    script *to = &in->to->script;
    const char *text = in->from->line + strlen(INDENT);
    notation_fault fault;
    if (to->count == 0) {
        return source_fail(in->from, 1, in->error, "expected a step (-->, <--, --!) before the first event line");
    }
    if (!notation_check(text, &fault)) {
        return source_fail(in->from, fault.column + strlen(INDENT), in->error, "expected %s", fault.expected);
    }
    script_step *step = &to->steps[to->count - 1];
    step->expected = memory_room(step->expected, step->expected_count, sizeof *step->expected);
    step->expected[step->expected_count++] =
        (expected_line){.text = arena_text(&in->to->memory, text, strlen(text)), .line = in->from->number};
    return true;
}

static bool read_line(reader *in)
{
    const char *line = in->from->line;
    size_t length = in->from->length;
    if (length == 0 || line[0] == '#') {
        return true;
    }
    if (line[length - 1] == ' ') {
        return source_fail(in->from, length, in->error, "expected no blank at the line's end (on the wire it is \\s)");
    }
    if (starts_with(line, INDENT)) {
        return read_event_line(in);
    }
    if (line[0] == ' ') {
        return source_fail(in->from, 1, in->error, "expected four blanks before an event line, none before others");
    }
    if (starts_with(line, "-->")) {
        return read_wire(in, STEP_SENT);
    }
    if (starts_with(line, "<--")) {
        return read_wire(in, STEP_RECEIVED);
    }
    return starts_with(line, "--!") ? read_directive(in) : read_header(in);
}

static bool check_whole(reader *in)
{
    const transcript *to = in->to;
    const struct {
        bool present;
        const char *what;
    } needed[] = {{to->title != NULL, "the header title:"},
                  {in->has_family, "the header family:"},
                  {to->source != NULL, "the header source:"},
                  {to->level != NULL, "the header level:"},
                  {to->script.count > 0, "at least one step (-->, <--, --!)"}};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (!needed[i].present) {
            in->from->number += in->from->number == 0;
            return source_fail(in->from, 0, in->error, "expected %s before the file's end", needed[i].what);
        }
    }
    return true;
}

bool transcript_read(transcript *to, source *from, source_error *error)
{
    *to = (transcript){.script.settings = script_default_settings()};
    reader in = {.to = to, .from = from, .error = error};
    int more;
    while ((more = source_next(from, false, error)) > 0) {
        if (!read_line(&in)) {
            return false;
        }
    }
    return more == 0 && check_whole(&in);
}

bool transcript_load(transcript *to, const char *file, source_error *error)
{
    source from;
    *to = (transcript){0};
    if (!source_open(&from, file, error)) {
        return false;
    }
    bool good = transcript_read(to, &from, error);
    source_close(&from);
    return good;
}

void transcript_free(transcript *from)
{
    for (size_t i = 0; i < from->script.count; i++) {
        free(from->script.steps[i].expected);
    }
    free(from->script.steps);
    free((void *)from->covers);
    arena_free(&from->memory);
    *from = (transcript){0};
}
