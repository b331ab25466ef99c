#include "player.h"

#include <stdlib.h>
#include <string.h>

#include "memory.h"

/* Most events that may come without an octet being consumed: the one that ends a line and a completion, doubled. */
#define EVENTS_WITHOUT_OCTETS 4

/* The longest of the result codes that end data mode. */
#define LONGEST_END "\r\nNO CARRIER\r\n"

void cutting_text(buffer *to, const cutting *how)
{
    if (how->width > 0) {
        buffer_format(to, "width %zu", how->width);
    } else if (how->cut_count > 0) {
        buffer_text(to, "cuts ");
        for (size_t i = 0; i < how->cut_count; i++) {
            buffer_format(to, "%s%zu", i > 0 ? "," : "", how->cuts[i]);
        }
    } else if (how->sent_width == 0) {
        buffer_text(to, "whole");
    }
    if (how->sent_width > 0) {
        buffer_format(to, "%ssent width %zu", to->count > 0 ? ", " : "", how->sent_width);
    }
}

void player_open(player *to, atw_family family, const script_settings *settings)
{
    *to = (player){0};
    to->config = (atw_config){.line = memory_new(settings->line_size),
                              .command = settings->command_size > 0 ? memory_new(settings->command_size) : NULL,
                              .ceiling = settings->ceiling,
                              .line_size = settings->line_size,
                              .command_size = settings->command_size,
                              .family = (uint8_t)family,
                              .closed_ends_data = settings->closed_ends_data};
}

void player_close(player *from)
{
    free(from->config.line);
    free(from->config.command);
    event_log_free(&from->log);
    buffer_free(&from->fault);
    *from = (player){0};
}

static bool inside(const atw_span *span, const uint8_t *octets, size_t count)
{
    return span->count == 0 ||
           (span->octets >= octets && span->count <= count && (size_t)(span->octets - octets) <= count - span->count);
}

/*
 * Payload octets are never copied. A line is in the chunk or, if a chunk's end cut it, in the line buffer. Stream data
 * is in the chunk but for the start of a result code that a chunk's end cut and that turned out to be none: that is
 * constant data.
 */
static bool check_spans(player *with, const atw_event *event, const uint8_t *chunk, size_t count)
{
    bool span = notation_is_span(event);
    bool in_chunk = inside(&event->text, chunk, count);
    bool in_line = !span && inside(&event->text, with->config.line, with->config.line_size);
    bool constant = event->kind == ATW_STREAM && event->text.count < sizeof LONGEST_END;
    bool has_text = event->kind != ATW_PROMPT && event->kind != ATW_OVERLONG && event->kind != ATW_DONE;
    if (has_text && !in_chunk && !in_line && !constant) {
        buffer_format(&with->fault, "the text of a %s event lies outside the caller's buffers",
                      notation_kind_text((atw_kind)event->kind));
    }
    return with->fault.count == 0;
}

static bool check_status(player *with, atw_status status, size_t consumed, size_t count)
{
    if (status < 0) {
        buffer_format(&with->fault, "atw_parse() returned %d", status);
    } else if (consumed > count) {
        buffer_format(&with->fault, "atw_parse() consumed %zu octets of %zu", consumed, count);
    } else if (status == ATW_MORE && consumed < count) {
        buffer_format(&with->fault, "atw_parse() wants more but left %zu octets", count - consumed);
    }
    return with->fault.count == 0;
}

/* Feed one chunk until it is used up and no event is left. */
static void parse_chunk(player *with, const uint8_t *chunk, size_t count)
{
    size_t at = 0;
    size_t idle = 0;
    atw_status status;
    do {
        atw_event event;
        size_t consumed = 0;
        const uint8_t *rest = chunk != NULL ? chunk + at : NULL;
        status = atw_parse(&with->parser, rest, count - at, &consumed, &event);
        if (!check_status(with, status, consumed, count - at)) {
            return;
        }
        at += consumed;
        with->received += consumed;
        if (status == ATW_EVENT) {
            if (!check_spans(with, &event, chunk, count)) {
                return;
            }
            event_log_add(&with->log, &event);
            if (with->observer.event != NULL) {
                with->observer.event(with->observer.context, &event);
            }
        }
        idle = consumed == 0 ? idle + 1 : 0;
        if (idle > EVENTS_WITHOUT_OCTETS) {
            buffer_text(&with->fault, "atw_parse() makes no progress");
            return;
        }
    } while (status == ATW_EVENT);
}

static void feed(player *with, const uint8_t *octets, size_t count)
{
    if (with->fault.count > 0) {
        return;
    }
    if (count == 0) {
        parse_chunk(with, NULL, 0);
        return;
    }
    uint8_t *chunk = memory_new(count);
    memcpy(chunk, octets, count);
    parse_chunk(with, chunk, count);
    free(chunk);
}

static bool is_escape(const uint8_t *octets, size_t count)
{
    return count == 3 && memcmp(octets, "+++", 3) == 0;
}

/*
 * A piece of a longer step must not become an escape: that is what the host writes as these three octets and no more.
 */
size_t cutting_sent_piece(const script_step *step, size_t at, size_t width)
{
    size_t rest = step->count - at;
    if (is_escape(step->octets, step->count)) {
        return rest;
    }
    size_t count = width == 0 || rest < width ? rest : width;
    return is_escape(step->octets + at, count) ? count - 1 : count;
}

static void send(player *with, const script_step *step, size_t width)
{
    size_t count;
    for (size_t at = 0; at < step->count; at += count) {
        count = cutting_sent_piece(step, at, width);
        uint8_t *copy = memory_new(count);
        memcpy(copy, step->octets + at, count);
        atw_sent(&with->parser, copy, count);
        free(copy);
    }
}

size_t cutting_chunk_end(const cutting *how, size_t at, size_t end)
{
    size_t next = how->width > 0 && how->width < end - at ? at + how->width : end;
    for (size_t i = 0; i < how->cut_count; i++) {
        if (how->cuts[i] > at && how->cuts[i] < next) {
            return how->cuts[i];
        }
    }
    return next;
}

/* Feed the steps first..last, in chunks that may span several of them. */
static void receive(player *with, const script *what, size_t first, size_t last, const cutting *how)
{
    buffer stretch = {0};
    const uint8_t *octets = what->steps[first].octets;
    size_t count = what->steps[first].count;
    if (last > first) {
        for (size_t i = first; i <= last; i++) {
            buffer_add(&stretch, what->steps[i].octets, what->steps[i].count);
        }
        octets = (const uint8_t *)stretch.octets;
        count = stretch.count;
    }
    size_t start = with->received;
    size_t end = start + count;
    for (size_t at = start; at < end && with->fault.count == 0;) {
        size_t next = cutting_chunk_end(how, at, end);
        feed(with, octets + (at - start), next - at);
        at = next;
    }
    buffer_free(&stretch);
}

static void host_acts(player *with, const script_step *step, size_t index, const cutting *how)
{
    event_log_end_stream(&with->log);
    with->log.step = index;
    if (step->kind == STEP_SENT) {
        send(with, step, how->sent_width);
    } else if (step->kind == STEP_DTR) {
        atw_escape(&with->parser);
    } else {
        event_log_end(&with->log);
        atw_abandon(&with->parser);
    }
    feed(with, NULL, 0);
}

static bool begin(player *with)
{
    event_log_clear(&with->log);
    buffer_clear(&with->fault);
    with->received = 0;
    atw_status status = atw_init(&with->parser, &with->config);
    if (status != ATW_MORE) {
        buffer_format(&with->fault, "atw_init() returned %d", status);
    }
    return status == ATW_MORE;
}

bool player_play(player *with, const script *what, const cutting *how, bool blocks)
{
    if (!begin(with)) {
        return false;
    }
    for (size_t i = 0; i < what->count && with->fault.count == 0; i++) {
        if (what->steps[i].kind != STEP_RECEIVED) {
            host_acts(with, &what->steps[i], i, how);
            continue;
        }
        size_t last = script_stretch_end(what, i, blocks);
        with->log.step = last;
        receive(with, what, i, last, how);
        if (blocks && what->steps[last].expected_count > 0) {
            event_log_end_stream(&with->log);
        }
        i = last;
    }
    with->log.step = what->count > 0 ? what->count - 1 : 0;
    event_log_end(&with->log);
    return with->fault.count == 0;
}
