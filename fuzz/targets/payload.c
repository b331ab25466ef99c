/*
 * payload: what a peer sent is delivered octet for octet, whatever it looks like, by every carrier (+IPD, +RECEIVE, +CIPRXGET: 2 and 3,
 * transparent mode) and however it is cut; and the line behind it is in step.
 *
 * The `data` and `stream` event lines of an input are the payloads, and the event line before a `data` line names its carrier. The
 * counts on the wire are made from the payloads.
 */
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "input.h"
#include "memory.h"
#include "oracles.h"
#include "target.h"

/* A payload's way to the host. */
typedef enum carrier { CARRIER_IPD, CARRIER_RECEIVE, CARRIER_READ, CARRIER_HEX } carrier;

/* The session that is made of an input, and what must come of it. */
typedef struct session {
    script script;
    buffer module; /* the next `<--` step's octets */
    const char **lines;
    size_t count;
    arena memory;
} session;

static void expect(session *to, const buffer *line)
{
    to->lines = memory_room((void *)to->lines, to->count, sizeof *to->lines);
    to->lines[to->count++] = arena_text(&to->memory, buffer_string(line), line->count);
}

static void expect_text(session *to, const char *text)
{
    buffer line = {0};
    buffer_text(&line, text);
    expect(to, &line);
    buffer_free(&line);
}

static void add_step(session *to, step_kind kind, const void *octets, size_t count)
{
    script *steps = &to->script;
    uint8_t *copy = arena_new(&to->memory, count);
    memcpy(copy, octets, count);
    steps->steps = memory_room(steps->steps, steps->count, sizeof *steps->steps);
    steps->steps[steps->count++] = (script_step){.kind = kind, .octets = copy, .count = count};
}

static void end_module_step(session *to)
{
    if (to->module.count > 0) {
        add_step(to, STEP_RECEIVED, to->module.octets, to->module.count);
        buffer_clear(&to->module);
    }
}

static void add_in_step_line(session *to)
{
    buffer_text(&to->module, "+CSQ: 23,0\r\n");
    expect_text(to, "info CSQ rssi=23 ber=0");
}

/* The text between the first and the last quote of an event line, unescaped. */
static void payload_of(const char *line, buffer *to)
{
    const char *start = strchr(line, '"');
    const char *end = strrchr(line, '"');
    buffer_clear(to);
    if (start == NULL || start == end) {
        return;
    }
    size_t length = (size_t)(end - start) - 1;
    uint8_t *octets = memory_new(length);
    size_t count = input_unescape(start + 1, length, octets);
    buffer_add(to, octets, count);
    free(octets);
}

static carrier carrier_of(const char *line)
{
    if (strncmp(line, "urc RECEIVE", 11) == 0) {
        return CARRIER_RECEIVE;
    }
    if (strncmp(line, "info CIPRXGET mode=2", 20) == 0) {
        return CARRIER_READ;
    }
    return strncmp(line, "info CIPRXGET mode=3", 20) == 0 ? CARRIER_HEX : CARRIER_IPD;
}

/* The line that announces the payload, and its event. */
static void add_header(session *to, carrier by, size_t count)
{
    static const struct {
        const char *wire; /* before the count, … */
        const char *end;  /* … and behind it */
        const char *event;
        const char *rest;
    } headers[] = {{"+IPD", "\r\n", "urc IPD len=", ""},
                   {"+RECEIVE,1,", ":\r\n", "urc RECEIVE link_num=1 len=", ""},
                   {"+CIPRXGET: 2,1,", ",0\r\n", "info CIPRXGET mode=2 link_num=1 read_len=", " rest_len=0"},
                   {"+CIPRXGET: 3,1,", ",0\r\n", "info CIPRXGET mode=3 link_num=1 read_len=", " rest_len=0"}};
    buffer event = {0};
    buffer_format(&to->module, "%s%zu%s", headers[by].wire, count, headers[by].end);
    buffer_format(&event, "%s%zu%s", headers[by].event, count, headers[by].rest);
    buffer_text(&event, count > (by == CARRIER_HEX ? 750 : 1500) ? " ~over-maximum" : "");
    expect(to, &event);
    buffer_free(&event);
}

static void add_data(session *to, carrier by, const buffer *payload)
{
    buffer event = {0};
    size_t count = by == CARRIER_HEX ? payload->count / 2 : payload->count;
    size_t octets = by == CARRIER_HEX ? 2 * count : count;
    add_header(to, by, count);
    buffer_add(&to->module, payload->octets, octets);
    if (count > 0) {
        buffer_format(&event, "data len=%zu%s \"", count, by == CARRIER_HEX ? " form=hex" : "");
        buffer_escape(&event, payload->octets, octets);
        buffer_text(&event, "\"");
        expect(to, &event);
    }
    add_in_step_line(to);
    buffer_free(&event);
}

static void expect_stream(session *to, const char *octets, size_t count)
{
    buffer event = {0};
    if (count > 0) {
        buffer_text(&event, "stream \"");
        buffer_escape(&event, octets, count);
        buffer_text(&event, "\"");
        expect(to, &event);
    }
    buffer_free(&event);
}

/* Where the first result code that ends data mode begins; it is there. */
static size_t find_end(const buffer *octets, const char **name)
{
    static const char *const ends[] = {"\r\nOK\r\n", "\r\nERROR\r\n", "\r\nNO CARRIER\r\n"};
    static const char *const names[] = {"final OK", "final ERROR", "final NO-CARRIER"};
    size_t first = octets->count;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        size_t length = strlen(ends[i]);
        for (size_t at = 0; at + length <= octets->count; at++) {
            if (memcmp(octets->octets + at, ends[i], length) == 0 && at + length < first + strlen("\r\nOK\r\n")) {
                first = at;
                *name = names[i];
                break;
            }
        }
    }
    return first;
}

/* A transparent session: the payload, then the escape, then half of it again up to what ends data mode. */
static void add_stream(session *to, const buffer *payload)
{
    end_module_step(to);
    add_step(to, STEP_SENT, "ATO\r", 4);
    buffer_text(&to->module, "\r\nCONNECT\r\n");
    expect_text(to, "connect");
    expect_text(to, "done O ok");
    buffer_add(&to->module, payload->octets, payload->count);
    expect_stream(to, payload->octets, payload->count);
    end_module_step(to);
    add_step(to, STEP_SENT, "+++", 3);
    buffer rest = {0};
    const char *name = "final OK";
    buffer_add(&rest, payload->octets, payload->count / 2);
    buffer_text(&rest, "\r\nOK\r\n");
    size_t end = find_end(&rest, &name);
    expect_stream(to, rest.octets, end);
    expect_text(to, name);
    buffer_add(&to->module, rest.octets, end);
    buffer_format(&to->module, "\r\n%s\r\n", name[6] == 'O' ? "OK" : name[6] == 'E' ? "ERROR" : "NO CARRIER");
    add_in_step_line(to);
    buffer_free(&rest);
}

static void build(session *to, const input *from)
{
    buffer payload = {0};
    *to = (session){.script = {.family = ATW_FAMILY_ANY, .settings = script_default_settings()}};
    carrier by = CARRIER_IPD;
    for (size_t i = 0; i < from->event_count; i++) {
        const char *line = from->events[i];
        if (strncmp(line, "data ", 5) == 0) {
            payload_of(line, &payload);
            add_data(to, by, &payload);
        } else if (strncmp(line, "stream ", 7) == 0) {
            payload_of(line, &payload);
            add_stream(to, &payload);
        } else {
            by = carrier_of(line);
        }
    }
    end_module_step(to);
    buffer_free(&payload);
}

static void check(const session *from, const cutting *how)
{
    player play;
    buffer why = {0};
    player_open(&play, from->script.family, &from->script.settings);
    if (!player_play(&play, &from->script, how, false)) {
        finding("promise", buffer_string(&play.fault));
    }
    if (!oracle_lines(&play.log, from->lines, from->count, &why)) {
        finding("payload", buffer_string(&why));
    }
    player_close(&play);
    buffer_free(&why);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    input in;
    session made;
    input_open(&in, octets, count);
    build(&made, &in);
    if (made.script.count > 0) {
        const size_t widths[] = {0, 1, 2 + target_choice(octets, count) % 30};
        finding_candidate(&made.script);
        for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
            cutting how = {.width = widths[i]};
            check(&made, &how);
        }
    }
    free(made.script.steps);
    free((void *)made.lines);
    buffer_free(&made.module);
    arena_free(&made.memory);
    input_close(&in);
    return 0;
}
