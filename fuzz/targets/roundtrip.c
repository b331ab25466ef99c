/*
 * roundtrip: a sequence of events, printed to the wire as the grammar's rows say, parses back to just that sequence, with the
 * completions that belong to it and without any note about how it was written.
 *
 * The event lines of an input are the sequence. Where an event needs a host that asked, the host asks: the query before an information
 * response of two readings, the command before a result. Which of a result and its OK comes first is decided by the input's octets.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "input.h"
#include "memory.h"
#include "notation.h"
#include "player.h"
#include "target.h"
#include "wire.h"

#define PAYLOAD_MAX 600

/* Notes about how a line is written: none of them may come. The others are about its values. */
#define WRITTEN_NOTES \
    (ATW_NOTE(MISSING_BLANK) | ATW_NOTE(EXTRA_BLANK) | ATW_NOTE(TRAILING_BLANK) | ATW_NOTE(NUL_NOISE) | \
     ATW_NOTE(LEADING_ZERO) | ATW_NOTE(SPELLING) | ATW_NOTE(LENGTH_BLANK) | ATW_NOTE(LENGTH_COLON) | \
     ATW_NOTE(CONNECT_DIGITS))

/* The conversation that is made of an input, and what must come of it. */
typedef struct conversation {
    script script;
    const char **lines;
    size_t count;
    const char *pending; /* NAME of the command that waits for its final code, or NULL */
    uint64_t choice;
    arena memory;
} conversation;

static void expect(conversation *to, const char *line)
{
    to->lines = memory_room((void *)to->lines, to->count, sizeof *to->lines);
    to->lines[to->count++] = arena_text(&to->memory, line, strlen(line));
}

static void add_step(conversation *to, step_kind kind, const buffer *octets)
{
    script *steps = &to->script;
    uint8_t *copy = arena_new(&to->memory, octets->count);
    memcpy(copy, octets->octets, octets->count);
    steps->steps = memory_room(steps->steps, steps->count, sizeof *steps->steps);
    steps->steps[steps->count++] = (script_step){.kind = kind, .octets = copy, .count = octets->count};
}

/* The host sends a command; it replaces what was pending. */
static void ask(conversation *to, const char *name, const char *rest)
{
    buffer octets = {0};
    buffer_format(&octets, "AT+%s%s\r", name, rest);
    add_step(to, STEP_SENT, &octets);
    to->pending = arena_text(&to->memory, name, strlen(name));
    buffer_free(&octets);
}

static void answer(conversation *to, const buffer *line, const char *event)
{
    buffer octets = {0};
    buffer_text(&octets, "\r\n");
    buffer_add(&octets, line->octets, line->count);
    buffer_text(&octets, "\r\n");
    add_step(to, STEP_RECEIVED, &octets);
    expect(to, event);
    buffer_free(&octets);
}

static void answer_ok(conversation *to)
{
    buffer ok = {0};
    buffer_text(&ok, "OK");
    answer(to, &ok, "final OK");
    buffer_free(&ok);
}

static void expect_done(conversation *to, const char *name, bool good, int64_t link, const char *key)
{
    buffer line = {0};
    buffer_format(&line, "done %s %s", name, good ? "ok" : "error");
    if (link >= 0) {
        buffer_format(&line, " %s=%d", key, (int)link);
    }
    expect(to, buffer_string(&line));
    buffer_free(&line);
}

static void add_final(conversation *to, const wire *code, const buffer *line, const char *event)
{
    answer(to, line, event);
    if (to->pending != NULL) {
        expect_done(to, to->pending, code->name->id == ATW_NAME_OK, -1, "");
    }
    to->pending = NULL;
}

/* Nothing is pending that could make an answer of the next line. */
static void ask_something_else(conversation *to)
{
    if (to->pending != NULL) {
        ask(to, "CSQ", "");
    }
}

/* A result and the command that it belongs to, its OK before or behind it. A link beyond 15 has no completion. */
static void add_result(conversation *to, const wire *result, const buffer *line, const char *event)
{
    const char *index = result->name->index;
    bool has_link = !model_is(index, "NO_INDEX");
    bool server = strstr(index, "SERVER") != NULL;
    bool ok_first = (to->choice >> to->script.count % 60 & 1) != 0;
    if (has_link && (result->first < 0 || result->first > 15)) {
        ask_something_else(to);
        answer(to, line, event);
        return;
    }
    char rest[32] = "";
    if (has_link || model_is(result->name->order, "WRITE_RESULT")) {
        snprintf(rest, sizeof rest, "=%d", has_link ? (int)result->first : 0);
    }
    ask(to, result->name->text, rest);
    if (ok_first) {
        answer_ok(to);
    }
    answer(to, line, event);
    if (!ok_first) {
        answer_ok(to);
    }
    expect_done(to, result->name->text, result->good, has_link ? result->first : -1,
                server ? "server_index" : "link_num");
    to->pending = NULL;
}

static void add_payload(conversation *to, const wire *header)
{
    buffer octets = {0};
    buffer event = {0};
    bool hex = header->row != NULL && model_is(header->row->flags, "HEX_DATA");
    for (uint64_t i = 0; i < header->payload_count * (hex ? 2 : 1); i++) {
        buffer_octet(&octets, "\r\nOK\r\n+IPD1,>"[i % 14]);
    }
    if (octets.count > 0) {
        add_step(to, STEP_RECEIVED, &octets);
        buffer_format(&event, "data len=%d%s \"", (int)header->payload_count, hex ? " form=hex" : "");
        buffer_escape(&event, octets.octets, octets.count);
        buffer_text(&event, "\"");
        expect(to, buffer_string(&event));
    }
    buffer_free(&octets);
    buffer_free(&event);
}

static bool is_kind(const char *event, const char *kind)
{
    return strncmp(event, kind, strlen(kind)) == 0;
}

static void add_event(conversation *to, const char *given)
{
    wire on_wire;
    buffer line = {0};
    buffer event = {0};
    if (wire_from_event(&on_wire, given, &line, &event) && on_wire.payload_count <= PAYLOAD_MAX) {
        const char *text = buffer_string(&event);
        if (is_kind(text, "final ")) {
            add_final(to, &on_wire, &line, text);
        } else if (is_kind(text, "result ")) {
            add_result(to, &on_wire, &line, text);
        } else {
            bool asked = on_wire.row != NULL && model_is(on_wire.row->flags, "IF_PENDING");
            bool raw = on_wire.row == NULL && is_kind(text, "info ");
            if (asked || raw) {
                char name[40] = "";
                (void)sscanf(text, "info %39s", name);
                ask(to, name, "?");
            } else {
                ask_something_else(to);
            }
            answer(to, &line, text);
            if (on_wire.has_payload) {
                add_payload(to, &on_wire);
            }
        }
    }
    buffer_free(&line);
    buffer_free(&event);
}

/* The line without its notes; those of writing are findings. */
static void compare(const conversation *with, const event_log *log)
{
    buffer why = {0};
    for (size_t i = 0; i < with->count || i < log->count; i++) {
        const char *expected = i < with->count ? with->lines[i] : "(nothing more)";
        const char *got = i < log->count ? event_log_text(log, i) : "(nothing more)";
        size_t length = strlen(expected);
        bool same = strncmp(expected, got, length) == 0 && (got[length] == '\0' || strncmp(got + length, " ~", 2) == 0);
        if (!same || (i < log->count && (log->lines[i].notes & WRITTEN_NOTES) != 0)) {
            buffer_format(&why, "event %zu\n  written: %s\n  read:    %s\n", i, expected, got);
            finding("roundtrip", buffer_string(&why));
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    input in;
    player play;
    cutting whole = {0};
    input_open(&in, octets, count);
    conversation made = {.choice = target_choice(octets, count)};
    made.script.family = in.script.family;
    made.script.settings = script_default_settings();
    made.script.settings.command_size = UINT8_MAX;
    for (size_t i = 0; i < in.event_count; i++) {
        add_event(&made, in.events[i]);
    }
    finding_candidate(&made.script);
    player_open(&play, made.script.family, &made.script.settings);
    if (!player_play(&play, &made.script, &whole, false)) {
        finding("promise", buffer_string(&play.fault));
    }
    compare(&made, &play.log);
    player_close(&play);
    free(made.script.steps);
    free((void *)made.lines);
    arena_free(&made.memory);
    input_close(&in);
    return 0;
}
