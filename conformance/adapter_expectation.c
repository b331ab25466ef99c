#include "adapter_expectation.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* Whether the notation has the line's octets neither in quotes nor as a fixed word. */
static bool hides_its_line(const char *line)
{
    static const char *const kinds[] = {"final", "connect", "info", "result", "error", "urc"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (adapter_kind_is(line, kinds[i])) {
            return true;
        }
    }
    return false;
}

/* A code that ended data mode has no octets in one piece: its name says what it was. */
static void keep_name(buffer *to, const atw_event *event)
{
    const char *name = atw_name_text((atw_name)event->name);
    for (size_t i = 0; name[i] != '\0'; i++) {
        buffer_octet(to, (char)(name[i] == '-' ? ' ' : name[i]));
    }
}

static void keep_line(void *context, const atw_event *event)
{
    adapter_expectation *to = context;
    if (!hides_its_line(notation_kind_text((atw_kind)event->kind))) {
        return;
    }
    to->lines = memory_room(to->lines, to->line_count, sizeof *to->lines);
    buffer *line = &to->lines[to->line_count++];
    *line = (buffer){0};
    if (event->text.count > 0) {
        buffer_add(line, event->text.octets, event->text.count);
    } else {
        keep_name(line, event);
    }
}

bool adapter_expectation_open(adapter_expectation *to, const script *what, adapter_level level)
{
    player with;
    difference ignored;
    *to = (adapter_expectation){.what = what, .level = level};
    if (level > ADAPTER_FRAMING) {
        return true;
    }
    player_open(&with, what->family, &what->settings);
    with.observer = (player_observer){.event = keep_line, .context = to};
    bool good = player_play(&with, what, &(cutting){0}, true) && expectation_met(what, &with.log, &ignored);
    player_close(&with);
    return good;
}

void adapter_expectation_free(adapter_expectation *from)
{
    for (size_t i = 0; i < from->line_count; i++) {
        buffer_free(&from->lines[i]);
    }
    free(from->lines);
    *from = (adapter_expectation){0};
}

static void begin(adapter_events *to)
{
    to->count = 0;
    buffer_clear(&to->parts);
}

static const char *part_of(const adapter_events *from, size_t index)
{
    return from->parts.octets + from->events[index].part;
}

/* The parts' text ends with the part of an event line: make it an event, or let it continue the event before. */
static void add(adapter_events *to, adapter_part kind, size_t start, adapter_event event)
{
    bool goes_on = kind == ADAPTER_PART_SPAN && to->count > 0 && to->events[to->count - 1].span;
    if (kind == ADAPTER_PART_NONE) {
        to->parts.count = start;
        return;
    }
    if (goes_on) {
        const char *octets = strchr(to->parts.octets + start, '"') + 1;
        size_t count = (size_t)(to->parts.octets + to->parts.count - octets);
        memmove(to->parts.octets + start - 2, octets, count); /* over the closing quote and the NUL */
        to->parts.count = start - 2 + count;
        buffer_octet(&to->parts, '\0');
        to->events[to->count - 1].text = NULL;
        return;
    }
    buffer_octet(&to->parts, '\0');
    event.part = start;
    event.span = kind == ADAPTER_PART_SPAN;
    to->events = memory_room(to->events, to->count, sizeof *to->events);
    to->events[to->count++] = event;
}

/* The octets behind an expected line, for framing: of its own line, or the text that it quotes. */
static const buffer *octets_of(const adapter_expectation *from, const char *line, size_t *next)
{
    static const buffer none = {0};
    if (from->level > ADAPTER_FRAMING || !hides_its_line(line) || *next >= from->line_count) {
        return &none;
    }
    return &from->lines[(*next)++];
}

void adapter_events_expected(adapter_events *to, const adapter_expectation *from, size_t last)
{
    size_t next = 0;
    begin(to);
    for (size_t i = 0; i < from->what->count && i <= last; i++) {
        const script_step *step = &from->what->steps[i];
        for (size_t j = 0; j < step->expected_count; j++) {
            const char *line = step->expected[j].text;
            size_t start = to->parts.count;
            adapter_part kind = adapter_level_of_expected(&to->parts, from->level, line, octets_of(from, line, &next));
            add(to, kind, start, (adapter_event){.text = line, .line = step->expected[j].line});
        }
    }
}

void adapter_events_answered(adapter_events *to, adapter_level level, const adapter_answer *from, bool goes_on)
{
    const char *line = from->text.octets;
    begin(to);
    for (size_t i = 0; i < from->count; i++) {
        size_t start = to->parts.count;
        if (goes_on && i + 1 == from->count && adapter_is_cut_payload(line)) {
            return;
        }
        add(to, adapter_level_of_answer(&to->parts, level, line), start, (adapter_event){.text = line});
        line += strlen(line) + 1;
    }
}

/* The event as a person is told of it. */
static const char *text_of(const adapter_events *from, size_t index)
{
    return from->events[index].text != NULL ? from->events[index].text : part_of(from, index);
}

/* Whether event `at` of the answer, its last one, is the start of a payload or echo that is due later. */
static bool is_on_its_way(const adapter_events *got, const adapter_events *whole, size_t at)
{
    if (at + 1 != got->count || at >= whole->count) {
        return false;
    }
    const char *part = part_of(got, at);
    bool payload = adapter_kind_is(part, "data") || adapter_kind_is(part, "echo") || adapter_kind_is(part, "line");
    return payload && adapter_part_begins(part, part_of(whole, at));
}

bool adapter_events_equal(const adapter_events *expected, const adapter_events *got, const adapter_events *whole,
                          difference *first)
{
    for (size_t i = 0; i < expected->count || i < got->count; i++) {
        bool due = i < expected->count;
        bool came = i < got->count;
        if (due && came && strcmp(part_of(expected, i), part_of(got, i)) == 0) {
            continue;
        }
        if (!due && is_on_its_way(got, whole, i)) {
            return true;
        }
        *first = (difference){.line = due ? expected->events[i].line : 0,
                              .expected = due ? text_of(expected, i) : NULL,
                              .got = came ? text_of(got, i) : NULL};
        return false;
    }
    return true;
}

void adapter_events_free(adapter_events *from)
{
    free(from->events);
    buffer_free(&from->parts);
    *from = (adapter_events){0};
}
