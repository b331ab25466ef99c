#include "test_script.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OCTETS_MAX = 1 << 12, /* received in one script */
    LOG_MAX = 1 << 14,
    PATTERN = 0x5c,
    WIDTH_MAX = 48, /* wider chunks are cuts at one place */
    PAIRS_MAX = 40  /* longer scripts are cut at one place at a time */
};

/* How both directions are cut: at every multiple of the width, or at two places. */
typedef struct {
    size_t width;
    size_t first;
    size_t second;
} cutting;

/* One run of a script. */
typedef struct {
    test_parser test;
    cutting cut;
    size_t sent;
    size_t received;
    uint8_t octets[OCTETS_MAX]; /* all received so far */
    bool is_open;               /* a line of spans is being merged: */
    atw_event open;             /* its first event, … */
    uint8_t spans[OCTETS_MAX];
    size_t span_count; /* … and its octets so far */
    char log[LOG_MAX];
    size_t log_length;
    bool with_offsets;
} run;

static size_t chunk_length(const cutting *cut, size_t at, size_t left)
{
    if (cut->width != 0)
        return left < cut->width ? left : cut->width;
    if (at < cut->first && cut->first < at + left)
        return cut->first - at;
    if (at < cut->second && cut->second < at + left)
        return cut->second - at;
    return left;
}

static uint8_t *exact_copy(const char *octets, size_t count)
{
    uint8_t *copy = malloc(count != 0 ? count : 1);
    cr_assert_not_null(copy, "out of memory");
    memcpy(copy, octets, count);
    return copy;
}

/* ---- the log ---- */

static void log_offset(run *self, const atw_event *event)
{
    char *at = self->log + self->log_length;
    if (self->with_offsets)
        self->log_length += (size_t)snprintf(at, LOG_MAX - self->log_length, "@%lu ", (unsigned long)event->offset);
}

/* What stands before the octets of a line of spans. */
static size_t describe_open(const run *self, char *text, size_t size)
{
    const atw_event *open = &self->open;
    if (open->kind != ATW_DATA)
        return (size_t)snprintf(text, size, "%s ", open->kind == ATW_STREAM ? "stream" : "echo");
    const size_t length = open->hex ? 2 * (size_t)open->total : open->total;
    size_t at = (size_t)snprintf(text, size, "data len=%lu ", (unsigned long)open->total);
    if (open->hex)
        at += (size_t)snprintf(text + at, size - at, "form=hex ");
    if (self->span_count < length)
        at += (size_t)snprintf(text + at, size - at, "got=%zu ", self->span_count);
    return at;
}

/* The line of spans is complete. */
static void close_open(run *self)
{
    if (!self->is_open)
        return;
    log_offset(self, &self->open);
    self->log_length += describe_open(self, self->log + self->log_length, LOG_MAX - self->log_length);
    self->log_length +=
        test_quote(self->spans, self->span_count, self->log + self->log_length, LOG_MAX - self->log_length);
    atw_event notes = self->open; /* an event of which only the notes are left to write */
    notes.kind = ATW_PROMPT;
    notes.field_count = 0;
    char line[256];
    test_describe(&notes, line, sizeof line);
    self->log_length +=
        (size_t)snprintf(self->log + self->log_length, LOG_MAX - self->log_length, "%s", line + strlen("prompt"));
    self->is_open = false;
}

static void log_span(run *self, const atw_event *event)
{
    if (self->is_open && (self->open.kind != event->kind || self->open.offset + self->span_count != event->offset))
        close_open(self);
    if (!self->is_open) {
        self->open = *event;
        self->span_count = 0;
        self->is_open = true;
    }
    cr_assert_geq(event->text.count, 1, "an empty span");
    memcpy(self->spans + self->span_count, event->text.octets, event->text.count);
    self->span_count += event->text.count;
    if (event->kind != ATW_STREAM && event->last)
        close_open(self);
}

static void log_event(run *self, const atw_event *event)
{
    if (event->kind == ATW_DATA || event->kind == ATW_STREAM || event->kind == ATW_ECHO) {
        log_span(self, event);
        return;
    }
    close_open(self);
    cr_assert(event->last, "a line's event is not the last of its line");
    log_offset(self, event);
    self->log_length += test_describe(event, self->log + self->log_length, LOG_MAX - self->log_length);
}

/* ---- the promises ---- */

static bool within(const uint8_t *octets, size_t count, const uint8_t *block, size_t size)
{
    const uintptr_t at = (uintptr_t)octets;
    const uintptr_t begin = (uintptr_t)block;
    return at >= begin && at + count <= begin + size;
}

static void check_fields(const atw_event *event)
{
    for (size_t i = 0; i < event->field_count; i++) {
        const atw_field *field = &event->fields[i];
        cr_assert(field->type == ATW_FIELD_INT || field->type == ATW_FIELD_TEXT, "field type %d", field->type);
        cr_assert(field->text == NULL ? event->kind == ATW_DONE
                                      : within(field->text, field->length, event->text.octets, event->text.count),
                  "a field's text is not in its line");
    }
}

static void check_event(run *self, const atw_event *event, const uint8_t *chunk, size_t count)
{
    const atw_span *text = &event->text;
    cr_assert_lt(event->name, ATW_NAME_COUNT, "name %d", event->name);
    cr_assert_lt(event->line, ATW_LINE_COUNT, "line %d", event->line);
    cr_assert_leq(event->offset, self->received, "an event beyond the octets received");
    check_fields(event);
    if (text->octets == NULL)
        return;
    cr_assert_leq(event->offset + text->count, self->received, "a span beyond the octets received");
    cr_assert_eq(memcmp(text->octets, self->octets + event->offset, text->count), 0,
                 "a span is not what was received at its offset");
    cr_assert(within(text->octets, text->count, chunk, count) ||
                  test_in_line_buffer(&self->test, text->octets, text->count) || event->kind == ATW_STREAM,
              "a span is neither in the chunk nor in the line buffer");
}

/* ---- the steps ---- */

/* All events that a chunk brings, the chunk being gone afterwards. */
static void feed_chunk(run *self, const char *octets, size_t count)
{
    uint8_t *chunk = exact_copy(octets, count);
    atw_event untouched;
    size_t at = 0;
    atw_status status = ATW_EVENT;
    memset(&untouched, PATTERN, sizeof untouched);
    while (status == ATW_EVENT) {
        atw_event event = untouched;
        size_t consumed = SIZE_MAX;
        status = atw_parse(&self->test.parser, chunk + at, count - at, &consumed, &event);
        cr_assert_leq(consumed, count - at, "more consumed than there was");
        at += consumed;
        if (status != ATW_EVENT)
            break;
        check_event(self, &event, chunk, count);
        log_event(self, &event);
    }
    cr_assert_eq(status, ATW_MORE, "atw_parse() returns %d", (int)status);
    cr_assert_eq(at, count, "ATW_MORE, but only %zu of %zu octets taken", at, count);
    free(chunk);
}

static void receive(run *self, const test_step *step)
{
    cr_assert_leq(self->received + step->count, OCTETS_MAX, "the script is too long");
    for (size_t at = 0; at < step->count;) {
        const size_t length = chunk_length(&self->cut, self->received, step->count - at);
        memcpy(self->octets + self->received, step->text + at, length);
        self->received += length;
        feed_chunk(self, step->text + at, length);
        at += length;
    }
}

static void send(run *self, const test_step *step)
{
    const bool is_escape = step->count >= 3 && memcmp(step->text, "+++", 3) == 0;
    for (size_t at = 0; at < step->count;) {
        const size_t left = step->count - at;
        const size_t length = is_escape ? left : chunk_length(&self->cut, self->sent, left);
        uint8_t *chunk = exact_copy(step->text + at, length);
        atw_sent(&self->test.parser, chunk, length);
        free(chunk);
        self->sent += length;
        at += length;
    }
    feed_chunk(self, "", 0);
}

static bool matches(run *self, const test_step *step, bool is_end)
{
    if (is_end || (self->is_open && self->open.kind == ATW_STREAM))
        close_open(self);
    return self->log_length == step->count && memcmp(self->log, step->text, step->count) == 0;
}

/* Returns false if the events differ. */
static bool play_step(run *self, const test_step *step, bool is_end)
{
    switch (step->action) {
    case TEST_SENT: send(self, step); break;
    case TEST_RECEIVED: receive(self, step); break;
    case TEST_ESCAPE:
        atw_escape(&self->test.parser);
        feed_chunk(self, "", 0);
        break;
    case TEST_ABANDON:
        close_open(self);
        atw_abandon(&self->test.parser);
        break;
    case TEST_EVENTS:
    case TEST_EVENTS_AT:
        if (!matches(self, step, is_end))
            return false;
        self->log_length = 0;
        self->log[0] = '\0';
        break;
    default: break;
    }
    return true;
}

static bool asks_offsets(const test_step *steps, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (steps[i].action == TEST_EVENTS_AT)
            return true;
    }
    return false;
}

/* One run; `where` is the place of the script. */
static void play_once(run *self, const test_options *options, const test_step *steps, size_t count, const char *where)
{
    const cutting cut = self->cut;
    test_open(&self->test, options);
    self->sent = self->received = self->log_length = 0;
    self->is_open = false;
    self->with_offsets = asks_offsets(steps, count);
    self->log[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        if (!play_step(self, &steps[i], i + 1 == count))
            cr_assert(false, "%s, step %zu, width %zu, cuts %zu,%zu\nexpected:\n%sgot:\n%s", where, i + 1, cut.width,
                      cut.first, cut.second, steps[i].text, self->log);
    }
    cr_assert(steps[count - 1].action >= TEST_EVENTS, "%s: a script ends with its events", where);
    test_close(&self->test);
}

static size_t octets_of(const test_step *steps, size_t count, test_action action)
{
    size_t octets = 0;
    for (size_t i = 0; i < count; i++)
        octets += steps[i].action == action ? steps[i].count : 0;
    return octets;
}

void test_play(const test_options *options, const test_step *steps, size_t count, const char *file, int line)
{
    const size_t received = octets_of(steps, count, TEST_RECEIVED);
    const size_t sent = octets_of(steps, count, TEST_SENT);
    const size_t longest = received > sent ? received : sent;
    char where[256];
    run *self = malloc(sizeof *self);
    cr_assert_not_null(self, "out of memory");
    snprintf(where, sizeof where, "%s:%d", file, line);
    self->cut = (cutting){0};
    play_once(self, options, steps, count, where);
    for (size_t width = 1; width <= longest && width <= WIDTH_MAX; width++) {
        self->cut = (cutting){.width = width};
        play_once(self, options, steps, count, where);
    }
    for (size_t first = 1; first < longest; first++) {
        for (size_t second = longest <= PAIRS_MAX ? first + 1 : longest; second <= longest; second++) {
            self->cut = (cutting){.first = first, .second = second};
            play_once(self, options, steps, count, where);
        }
    }
    free(self);
}

void test_line(uint8_t family, const char *line, const char *event)
{
    char wire[256];
    char events[256];
    cr_assert_lt((size_t)snprintf(wire, sizeof wire, "%s\r\n", line), sizeof wire);
    cr_assert_lt((size_t)snprintf(events, sizeof events, "%s\n", event), sizeof events);
    const test_step steps[] = {{wire, strlen(wire), TEST_RECEIVED}, {events, strlen(events), TEST_EVENTS}};
    test_play(&(const test_options){.family = family}, steps, COUNT_OF(steps), line, 0);
}
