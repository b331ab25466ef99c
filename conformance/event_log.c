#include "event_log.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

#define FIRST_ROOM 8

static event_line *begin_line(event_log *log, const atw_event *event)
{
    if (log->count == log->room) {
        log->room = log->room > 0 ? 2 * log->room : FIRST_ROOM;
        log->lines = memory_resize(log->lines, log->room * sizeof *log->lines);
    }
    event_line *line = &log->lines[log->count++];
    *line = (event_line){.start = log->text.count,
                         .step = log->step,
                         .offset = event->offset,
                         .kind = event->kind,
                         .notes = event->notes,
                         .complete = true};
    return line;
}

/* Completions and prompts have no text: the one stands for no octet, the other for its `>`. */
static size_t event_text_count(const atw_event *event)
{
    if (event->kind == ATW_DONE) {
        return 0;
    }
    return event->kind == ATW_PROMPT ? 1 : event->text.count;
}

static void end_line(event_log *log, event_line *line)
{
    line->length = log->text.count - line->start;
    buffer_octet(&log->text, '\0');
}

/* Make the open line of spans, if there is one, a line of the log. */
static void close_spans(event_log *log, bool complete)
{
    if (!log->open) {
        return;
    }
    log->open = false;
    event_line *line = begin_line(log, &log->first);
    line->complete = complete;
    line->octets = log->spans.count;
    if (log->first.kind == ATW_ECHO) {
        line->step = log->span_step; /* what does not go on was all of it, as a reader of its text sees it */
    }
    notation_spans(&log->text, &log->first, &log->spans, complete);
    end_line(log, line);
    buffer_clear(&log->spans);
}

static void add_span(event_log *log, const atw_event *event)
{
    if (!log->open) {
        log->open = true;
        log->first = *event;
    }
    log->span_step = log->step;
    buffer_add(&log->spans, event->text.octets, event->text.count);
    if (event->last && event->kind != ATW_STREAM) {
        close_spans(log, true);
    }
}

void event_log_add(event_log *log, const atw_event *event)
{
    if (log->open && event->kind == log->first.kind) {
        add_span(log, event);
        return;
    }
    close_spans(log, log->first.kind != ATW_DATA);
    if (notation_is_span(event)) {
        add_span(log, event);
        return;
    }
    event_line *line = begin_line(log, event);
    line->octets = event->kind == ATW_OVERLONG ? event->total : event_text_count(event);
    notation_event(&log->text, event);
    end_line(log, line);
}

void event_log_end_stream(event_log *log)
{
    if (log->open && log->first.kind == ATW_STREAM) {
        close_spans(log, true);
    }
}

void event_log_end(event_log *log)
{
    close_spans(log, log->first.kind != ATW_DATA);
}

/* The notes at a line's end; what is in quotes is none. */
static uint32_t notes_of(const char *line)
{
    const char *quote = strrchr(line, '"');
    const char *rest = quote != NULL ? quote : line;
    uint32_t notes = 0;
    while ((rest = strstr(rest, " ~")) != NULL) {
        rest += 2;
        size_t length = strcspn(rest, " ");
        for (unsigned bit = 0; bit < ATW_NOTE_COUNT; bit++) {
            const char *text = atw_note_text((atw_note_bit)bit);
            bool same = strlen(text) == length && memcmp(text, rest, length) == 0;
            notes |= same ? (uint32_t)1 << bit : 0;
        }
    }
    return notes;
}

void event_log_add_text(event_log *log, const char *line)
{
    atw_kind kind = ATW_TEXT;
    notation_kind_from_text(line, strcspn(line, " "), &kind);
    event_line *to = begin_line(log, &(atw_event){.kind = (uint8_t)kind, .notes = notes_of(line)});
    buffer_text(&log->text, line);
    end_line(log, to);
}

const char *event_log_text(const event_log *log, size_t line)
{
    return log->text.octets + log->lines[line].start;
}

bool event_log_equal(const event_log *a, const event_log *b)
{
    if (a->count != b->count || a->text.count != b->text.count) {
        return false;
    }
    for (size_t i = 0; i < a->count; i++) {
        if (a->lines[i].step != b->lines[i].step) {
            return false;
        }
    }
    return a->text.count == 0 || memcmp(a->text.octets, b->text.octets, a->text.count) == 0;
}

void event_log_swap(event_log *a, event_log *b)
{
    event_log other = *a;
    *a = *b;
    *b = other;
}

void event_log_clear(event_log *log)
{
    buffer_clear(&log->text);
    buffer_clear(&log->spans);
    log->count = 0;
    log->step = 0;
    log->open = false;
}

void event_log_free(event_log *log)
{
    buffer_free(&log->text);
    buffer_free(&log->spans);
    free(log->lines);
    *log = (event_log){0};
}
