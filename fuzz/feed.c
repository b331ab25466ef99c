#include "feed.h"

#include <stdlib.h>
#include <string.h>

/* Most events that may come without an octet being consumed: the one that ends a line and a completion, doubled. */
#define EVENTS_WITHOUT_OCTETS 4

/* The longest of the result codes that end data mode. */
#define LONGEST_END "\r\nNO CARRIER\r\n"

#define DIGEST_START UINT64_C(0xcbf29ce484222325)
#define DIGEST_FACTOR UINT64_C(0x100000001b3)

/* Blocks that outlive a play, because allocations are what an execution costs: chunks end where `chunks` ends, the parser's buffers
   are as large as configured, to the octet, and a sanitizer sees around the state and the event that the parser writes to. */
static struct {
    atw_parser *parser;
    atw_event *event;
    uint8_t *chunks;
    size_t chunks_size;
    uint8_t *line;
    size_t line_size;
    uint8_t *command;
    size_t command_size;
} blocks;

static void resize(uint8_t **block, size_t *size, size_t wanted)
{
    if (*block == NULL || *size != wanted) {
        free(*block);
        *block = malloc(wanted);
        *size = wanted;
    }
}

static void mix(feed *with, uint64_t value)
{
    with->digest = (with->digest ^ value) * DIGEST_FACTOR;
    with->digest ^= with->digest >> 29;
}

/* Octet by octet, so that the cuts between spans leave no trace. */
static void mix_octets(feed *with, const uint8_t *octets, size_t count)
{
    uint64_t digest = with->digest;
    for (size_t i = 0; i < count; i++) {
        digest = (digest ^ octets[i]) * DIGEST_FACTOR;
    }
    with->digest = digest;
}

static void mix_fields(feed *with, const atw_event *event)
{
    for (size_t i = 0; i < event->field_count; i++) {
        const atw_field *field = &event->fields[i];
        mix(with, (uint64_t)field->param << 40 | (uint64_t)field->type << 32 | (uint32_t)field->value);
        if (field->type == ATW_FIELD_TEXT) {
            mix(with, field->length);
            mix_octets(with, field->text, field->length);
        }
    }
}

static void mix_head(feed *with, const atw_event *event)
{
    mix(with, (uint64_t)event->kind << 56 | (uint64_t)event->name << 48 | (uint64_t)event->line << 40 |
                  (uint64_t)event->ok << 33 | (uint64_t)event->hex << 32 | event->total);
    mix(with, (uint64_t)event->notes << 32 | event->offset);
}

static void close_spans(feed *with)
{
    if (with->open != 0) {
        with->open = 0;
        mix(with, with->step);
    }
}

static void enter_span(feed *with, const atw_event *event)
{
    if (with->open == 0) {
        with->open = (uint8_t)(event->kind + 1);
        mix_head(with, event);
    }
    mix_octets(with, event->text.octets, event->text.count);
    if (event->last && event->kind != ATW_STREAM) {
        close_spans(with);
    }
}

/* The same merging as in the suites' log. */
static void enter(feed *with, const atw_event *event)
{
    if (with->open == event->kind + 1) {
        enter_span(with, event);
        return;
    }
    close_spans(with);
    if (notation_is_span(event)) {
        enter_span(with, event);
        return;
    }
    mix_head(with, event);
    mix_octets(with, event->text.octets, event->text.count);
    mix_octets(with, event->label.octets, event->label.count);
    mix_fields(with, event);
    mix(with, with->step);
}

static bool inside(const atw_span *span, const uint8_t *octets, size_t count)
{
    return span->count == 0 ||
           (span->octets >= octets && span->count <= count && (size_t)(span->octets - octets) <= count - span->count);
}

/* As the player of the suites checks it: payload in the chunk, lines there or in the line buffer. */
static bool spans_lie_well(const feed *with, const atw_event *event, const uint8_t *chunk, size_t count)
{
    if (event->kind == ATW_PROMPT || event->kind == ATW_OVERLONG || event->kind == ATW_DONE) {
        return true;
    }
    return inside(&event->text, chunk, count) ||
           (!notation_is_span(event) && inside(&event->text, with->config.line, with->config.line_size)) ||
           (event->kind == ATW_STREAM && event->text.count < sizeof LONGEST_END);
}

static const char *broken_promise(const feed *with, atw_status status, size_t consumed, size_t count)
{
    if (status < 0) {
        return "atw_parse() returned an error";
    }
    if (consumed > count) {
        return "atw_parse() consumed more octets than there are";
    }
    if (status == ATW_MORE && consumed < count) {
        return "atw_parse() wants more but left octets";
    }
    return with->idle > EVENTS_WITHOUT_OCTETS ? "atw_parse() makes no progress" : NULL;
}

static void parse(feed *with, const uint8_t *chunk, size_t count)
{
    const uint8_t *rest = chunk;
    size_t left = count;
    atw_status status = ATW_EVENT;
    with->idle = 0;
    while (status == ATW_EVENT && with->fault == NULL) {
        const atw_event *event = blocks.event;
        size_t consumed = 0;
        status = atw_parse(blocks.parser, rest, left, &consumed, blocks.event);
        with->idle = consumed == 0 ? with->idle + 1 : 0;
        with->fault = broken_promise(with, status, consumed, left);
        if (status != ATW_EVENT || with->fault != NULL) {
            return;
        }
        if (!spans_lie_well(with, event, chunk, count)) {
            with->fault = "the text of an event lies outside the caller's buffers";
            return;
        }
        rest = consumed > 0 ? rest + consumed : rest;
        left -= consumed;
        with->events++;
        if (!with->no_digest) {
            enter(with, event);
        }
        if (with->observer.event != NULL) {
            with->observer.event(with->observer.context, event);
        }
    }
}

/* Copy octets to the end of the room for chunks. */
static const uint8_t *chunk_of(const uint8_t *octets, size_t count)
{
    uint8_t *chunk = blocks.chunks + blocks.chunks_size - count;
    if (count > 0) {
        memcpy(chunk, octets, count);
    }
    return chunk;
}

static void parse_pieces(feed *with, const uint8_t *octets, size_t count, size_t width)
{
    size_t piece;
    for (size_t at = 0; at < count && with->fault == NULL; at += piece) {
        piece = count - at < width ? count - at : width;
        parse(with, chunk_of(octets + at, piece), piece);
    }
}

/* A piece that happens to be `+++` would be an escape. */
static bool has_plus_signs(const script_step *step)
{
    for (size_t i = 0; i + 3 <= step->count; i++) {
        if (memcmp(step->octets + i, "+++", 3) == 0) {
            return true;
        }
    }
    return false;
}

static void send(const script_step *step, size_t width)
{
    size_t most = width > step->count || has_plus_signs(step) ? step->count : width;
    for (size_t at = 0; at < step->count; at += most) {
        size_t count = step->count - at < most ? step->count - at : most;
        atw_sent(blocks.parser, chunk_of(step->octets + at, count), count);
    }
}

static void host_acts(feed *with, const script_step *step, size_t width)
{
    if (with->open == ATW_STREAM + 1 || step->kind == STEP_ABANDON) {
        close_spans(with);
    }
    if (step->kind == STEP_SENT) {
        send(step, width);
    } else if (step->kind == STEP_DTR) {
        atw_escape(blocks.parser);
    } else {
        atw_abandon(blocks.parser);
    }
}

/* Steps first..last as one chunk. */
static void receive_whole(feed *with, const script *what, size_t first, size_t last)
{
    size_t count = 0;
    for (size_t i = first; i <= last; i++) {
        count += what->steps[i].count;
    }
    uint8_t *chunk = blocks.chunks + blocks.chunks_size - count;
    for (size_t i = first, at = 0; i <= last; at += what->steps[i++].count) {
        (void)memcpy(chunk + at, what->steps[i].octets, what->steps[i].count);
    }
    parse(with, chunk, count);
}

static void receive(feed *with, const script *what, size_t first, size_t last, feed_chunks chunks, size_t width)
{
    if (chunks == FEED_WHOLE) {
        receive_whole(with, what, first, last);
        return;
    }
    for (size_t i = first; i <= last && with->fault == NULL; i++) {
        const script_step *step = &what->steps[i];
        parse_pieces(with, step->octets, step->count, width);
    }
}

/* Room for the octets of all steps: no chunk is longer. */
static void make_room(const script *what)
{
    size_t count = 1;
    for (size_t i = 0; i < what->count; i++) {
        count += what->steps[i].count;
    }
    if (count > blocks.chunks_size) {
        resize(&blocks.chunks, &blocks.chunks_size, count);
    }
    if (blocks.parser == NULL) {
        blocks.parser = malloc(sizeof *blocks.parser);
        blocks.event = malloc(sizeof *blocks.event);
    }
    resize(&blocks.line, &blocks.line_size, what->settings.line_size);
    resize(&blocks.command, &blocks.command_size, what->settings.command_size);
}

static void begin(feed *with, const script *what)
{
    const script_settings *settings = &what->settings;
    make_room(what);
    with->digest = DIGEST_START;
    with->events = 0;
    with->fault = NULL;
    with->open = 0;
    with->step = 0;
    with->config = (atw_config){.line = blocks.line,
                                .command = settings->command_size > 0 ? blocks.command : NULL,
                                .ceiling = settings->ceiling,
                                .line_size = settings->line_size,
                                .command_size = settings->command_size,
                                .family = (uint8_t)what->family,
                                .closed_ends_data = settings->closed_ends_data};
    if (atw_init(blocks.parser, &with->config) != ATW_MORE) {
        with->fault = "atw_init() refused the configuration";
    }
}

bool feed_play(feed *with, const script *what, feed_chunks chunks, size_t width)
{
    begin(with, what);
    width = chunks == FEED_WIDTH ? width : SIZE_MAX;
    for (size_t i = 0; i < what->count && with->fault == NULL; i++) {
        with->step = i;
        if (what->steps[i].kind != STEP_RECEIVED) {
            host_acts(with, &what->steps[i], width);
            parse(with, NULL, 0);
            continue;
        }
        size_t last = script_stretch_end(what, i, false);
        with->step = last;
        receive(with, what, i, last, chunks, width);
        i = last;
    }
    close_spans(with);
    return with->fault == NULL;
}
