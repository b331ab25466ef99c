/*
 * Framing: which octets are a line, a payload, its echo, transparent data or noise.
 *
 * Every function takes octets at the front of the chunk and returns how many; a status of ATW_EVENT ends the round. A line wholly
 * inside the chunk is read in place; only one that the chunk's end cuts is copied to the line buffer.
 */
#include "state.h"

#include <string.h>

/* What ends data mode after an escape, and without one where the configuration says so. */
enum { END_OK, END_ERROR, END_NO_CARRIER, END_CLOSED, END_COUNT };

static const char end_text[END_COUNT][15] = {"\r\nOK\r\n", "\r\nERROR\r\n", "\r\nNO CARRIER\r\n", "\r\nCLOSED\r\n"};
static const uint8_t end_length[END_COUNT] = {6, 9, 14, 10};
static const uint8_t end_name[END_COUNT] = {ATW_NAME_OK, ATW_NAME_ERROR, ATW_NAME_NO_CARRIER, ATW_NAME_CLOSED};

/* atw_parser.end_match: which end in the high four bits, octets that have matched in the low four. */
enum { END_WHICH_SHIFT = 4, END_MATCHED_MASK = 15, END_START_LENGTH = 2 };

/* Begin an event on a line or a span that starts here. */
static void open_event(atw_parser *parser, atw_event *event, uint8_t kind, uint32_t offset)
{
    start_event(event, kind, offset);
    if (parser->receive_flags & RECEIVE_NUL) {
        parser->receive_flags &= (uint8_t)~RECEIVE_NUL;
        event->notes = ATW_NOTE(NUL_NOISE);
    }
}

static void report_line(atw_parser *parser, const uint8_t *line, size_t length, uint32_t offset, atw_event *event)
{
    while (length > 0 && line[length - 1] == '\r')
        length--;
    open_event(parser, event, ATW_TEXT, offset);
    if (atw_is_echo(parser, line, length)) {
        event->kind = ATW_ECHO;
        event->text.octets = line;
        event->text.count = length;
        parser->pending.flags |= EXCHANGE_ECHO_SEEN;
        return;
    }
    atw_classify(parser, line, length, event);
    atw_follow(parser, event);
}

static void report_overlong(atw_parser *parser, uint32_t length, uint32_t offset, atw_event *event)
{
    open_event(parser, event, ATW_OVERLONG, offset);
    event->total = length;
}

/* The line that `count` more octets without an LF belong to. */
static void keep_partial(atw_parser *parser, const uint8_t *octets, size_t count)
{
    const uint32_t room = parser->config->line_size - parser->count;
    if (parser->mode == MODE_OVERLONG || count > room) {
        parser->mode = MODE_OVERLONG;
    } else {
        memcpy(parser->config->line + parser->count, octets, count);
        parser->mode = MODE_LINE;
    }
    parser->count += (uint32_t)count;
}

/* `count` octets end the line, the LF after them not counted. */
static void end_line(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    const uint32_t before = parser->count;
    const uint32_t length = before + (uint32_t)count;
    const uint32_t offset = parser->offset - before;
    const bool overlong = parser->mode == MODE_OVERLONG || length > parser->config->line_size;
    parser->mode = MODE_START;
    parser->count = 0;
    if (overlong) {
        report_overlong(parser, length, offset, event);
    } else if (before == 0) {
        report_line(parser, octets, count, offset, event);
    } else {
        memcpy(parser->config->line + before, octets, count);
        report_line(parser, parser->config->line, length, offset, event);
    }
}

/*
 * The prompt may follow the echo's CR without an LF. Returns how many of the octets are the echo and the CRs after it, 0 if they are
 * not followed by a prompt. Looks at nothing behind the prompt, so that the answer is the same for every way of cutting the input.
 */
static size_t echo_before_prompt(const atw_parser *parser, const uint8_t *octets, size_t count)
{
    const uint32_t before = parser->count;
    const uint8_t *buffer = parser->config->line;
    const size_t length = parser->pending.length;
    if ((parser->pending.flags & EXCHANGE_ECHO_SEEN) || parser->mode == MODE_OVERLONG || before + count <= length)
        return 0;
    uint32_t hash = HASH_START;
    for (size_t i = 0; i < length; i++)
        hash = hash_octet(hash, i < before ? buffer[i] : octets[i - before]);
    if (hash != parser->pending.hash)
        return 0;
    for (size_t i = length; i < before; i++) {
        if (buffer[i] != '\r')
            return 0;
    }
    size_t at = before < length ? length - before : 0;
    while (at < count && octets[at] == '\r')
        at++;
    return at < count && octets[at] == '>' && before + at > length && before + at <= parser->config->line_size ? at : 0;
}

/* The line so far is the echo, and `count` octets complete it. */
static void report_echo_before_prompt(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    const uint32_t before = parser->count;
    open_event(parser, event, ATW_ECHO, parser->offset - before);
    event->text.octets = octets;
    event->text.count = parser->pending.length;
    if (before != 0) {
        memcpy(parser->config->line + before, octets, count);
        event->text.octets = parser->config->line;
    }
    parser->pending.flags |= EXCHANGE_ECHO_SEEN;
    parser->mode = MODE_START;
    parser->count = 0;
}

/* Octets of a line: up to its LF, or all. */
static size_t take_line(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event, atw_status *status)
{
    const uint8_t *lf = (const uint8_t *)memchr(octets, '\n', count);
    const size_t length = lf != NULL ? (size_t)(lf - octets) : count;
    if (atw_awaits_prompt(parser)) {
        const size_t echo = echo_before_prompt(parser, octets, length);
        if (echo != 0) {
            report_echo_before_prompt(parser, octets, echo, event);
            *status = ATW_EVENT;
            return echo;
        }
    }
    if (lf == NULL) {
        keep_partial(parser, octets, count);
        return count;
    }
    end_line(parser, octets, length, event);
    *status = ATW_EVENT;
    return length + 1;
}

/* Whether the octet begins the payload's echo. The first octet that comes once the host has sent some of its payload decides. */
static bool begins_echo(atw_parser *parser, uint8_t octet)
{
    if ((parser->receive_flags & RECEIVE_MAY_ECHO) == 0 || parser->payload_sent == 0 || octet != parser->payload_first)
        return false;
    parser->receive_flags &= (uint8_t)~RECEIVE_MAY_ECHO;
    parser->mode = MODE_ECHO;
    parser->count = 0;
    return true;
}

static void report_prompt(atw_parser *parser, atw_event *event)
{
    open_event(parser, event, ATW_PROMPT, parser->offset);
    const bool echo_on = (parser->pending.flags & EXCHANGE_ECHO_SEEN) || (parser->receive_flags & RECEIVE_ECHO_ON);
    parser->mode = MODE_PROMPT;
    parser->pending.flags |= EXCHANGE_PROMPT_SEEN;
    parser->receive_flags &= (uint8_t)~RECEIVE_MAY_ECHO;
    if (echo_on)
        parser->receive_flags |= RECEIVE_MAY_ECHO;
    if (parser->pending.context >> CONTEXT_DATA_AFTER_PROMPT) {
        atw_reset_host(parser);
        atw_start_payload(parser, HOST_UNBOUNDED, 0);
    }
}

/* The start of a line: CR, LF and NUL in any mix are no part of it. */
static size_t take_start(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event, atw_status *status)
{
    if (begins_echo(parser, *octets))
        return 0;
    if (parser->payload_sent != 0)
        parser->receive_flags &= (uint8_t)~RECEIVE_MAY_ECHO;
    size_t skipped = 0;
    for (; skipped < count; skipped++) {
        const uint8_t octet = octets[skipped];
        if (octet == 0) {
            parser->nul_count++;
            parser->receive_flags |= RECEIVE_NUL;
        } else if (octet != '\r' && octet != '\n') {
            break;
        }
    }
    if (skipped != 0)
        return skipped;
    if (*octets == '>' && atw_awaits_prompt(parser)) {
        report_prompt(parser, event);
        *status = ATW_EVENT;
        return 1;
    }
    return take_line(parser, octets, count, event, status);
}

/* After the prompt one blank and one line end may come, unless they begin the payload's echo. */
static size_t take_after_prompt(atw_parser *parser, uint8_t octet)
{
    const bool blank = octet == ' ' && parser->mode == MODE_PROMPT;
    if (begins_echo(parser, octet))
        return 0;
    parser->mode = blank || octet == '\r' ? MODE_PROMPT_END : MODE_START;
    return blank || octet == '\r' || octet == '\n';
}

/* The payload's echo is as long as what the host has sent of it. */
static size_t take_echo(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event, atw_status *status)
{
    const bool complete = parser->host_mode < HOST_COUNTED;
    const uint32_t due = parser->payload_sent - parser->count;
    const size_t taken = count < due ? count : due;
    if (taken != 0) {
        open_event(parser, event, ATW_ECHO, parser->offset);
        event->text.octets = octets;
        event->text.count = taken;
        event->last = complete && taken == due;
        *status = ATW_EVENT;
    }
    parser->count += (uint32_t)taken;
    if (taken == due && (complete || taken == 0)) {
        parser->mode = complete && (parser->host_flags & HOST_VARIABLE) ? MODE_ECHO_END : MODE_START;
        parser->count = 0;
    }
    return taken;
}

static size_t take_echo_end(atw_parser *parser, uint8_t octet)
{
    enum { CTRL_Z = 0x1a };
    parser->mode = MODE_START;
    return octet == CTRL_Z;
}

static size_t take_data(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event, atw_status *status)
{
    const size_t taken = count < parser->count ? count : parser->count;
    open_event(parser, event, ATW_DATA, parser->offset);
    event->text.octets = octets;
    event->text.count = taken;
    event->total = parser->total;
    event->hex = (parser->receive_flags & RECEIVE_HEX) != 0;
    parser->count -= (uint32_t)taken;
    event->last = parser->count == 0;
    if (event->last) {
        parser->mode = MODE_START;
        parser->receive_flags &= (uint8_t)~RECEIVE_HEX;
    }
    *status = ATW_EVENT;
    return taken;
}

static void report_stream(atw_event *event, const uint8_t *octets, size_t count, uint32_t offset)
{
    start_event(event, ATW_STREAM, offset);
    event->text.octets = octets;
    event->text.count = count;
}

/* How many octets continue the end of data mode of which `matched` have come; 0: they do not. */
static size_t match_end(const atw_parser *parser, const uint8_t *octets, size_t count, size_t matched, uint8_t *which)
{
    const bool is_known = matched > END_START_LENGTH;
    const bool escaped = (parser->receive_flags & RECEIVE_ESCAPED) != 0;
    for (uint8_t end = is_known ? *which : 0; end < END_COUNT; end++) {
        const size_t left = end_length[end] - matched;
        const size_t compared = count < left ? count : left;
        const bool ends = end == END_CLOSED ? parser->config->closed_ends_data : escaped;
        if (ends && memcmp(end_text[end] + matched, octets, compared) == 0) {
            *which = end;
            return compared;
        }
        if (is_known)
            break;
    }
    return 0;
}

static void report_end(atw_parser *parser, uint8_t which, atw_event *event)
{
    start_event(event, which == END_CLOSED ? ATW_URC : ATW_FINAL, parser->offset);
    event->name = end_name[which];
    event->line = which == END_CLOSED ? ATW_LINE_URC_WORD_LINE : ATW_LINE_FINAL_WORD_LINE;
    parser->mode = MODE_START;
    parser->end_match = 0;
}

/* Go on with a match that the end of the last chunk cut. What has matched is data, in its order, if it fails now. */
static size_t take_rest_of_end(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event, atw_status *status)
{
    uint8_t which = parser->end_match >> END_WHICH_SHIFT;
    const size_t matched = parser->end_match & END_MATCHED_MASK;
    const size_t taken = match_end(parser, octets, count, matched, &which);
    if (taken != 0 && matched + taken < end_length[which]) {
        parser->end_match = (uint8_t)((size_t)which << END_WHICH_SHIFT | (matched + taken));
        return taken;
    }
    *status = ATW_EVENT;
    if (taken != 0) {
        report_end(parser, which, event);
        event->offset -= (uint32_t)matched;
        return taken;
    }
    report_stream(event, (const uint8_t *)end_text[which], matched, parser->offset - (uint32_t)matched);
    parser->end_match = 0;
    return 0;
}

static size_t take_stream(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event, atw_status *status)
{
    uint8_t which = 0;
    size_t at = 0;
    size_t matched = 0;
    if (parser->end_match != 0)
        return take_rest_of_end(parser, octets, count, event, status);
    while (at < count && matched == 0) {
        const uint8_t *cr = (const uint8_t *)memchr(octets + at, '\r', count - at);
        at = cr != NULL ? (size_t)(cr - octets) : count;
        if (cr != NULL)
            matched = match_end(parser, cr, count - at, 0, &which);
        if (cr != NULL && matched == 0)
            at++;
    }
    *status = ATW_EVENT;
    if (at != 0) {
        report_stream(event, octets, at, parser->offset);
        return at;
    }
    if (matched == end_length[which]) {
        report_end(parser, which, event);
        return matched;
    }
    parser->end_match = (uint8_t)((size_t)which << END_WHICH_SHIFT | matched);
    *status = ATW_MORE;
    return matched;
}

void atw_start_escape(atw_parser *parser)
{
    if (parser->end_match != 0)
        parser->end_held = parser->end_match;
    parser->end_match = 0;
    parser->receive_flags |= RECEIVE_ESCAPED;
}

void atw_release_held(atw_parser *parser, atw_event *event)
{
    const size_t held = parser->end_held & END_MATCHED_MASK;
    const uint8_t which = parser->end_held >> END_WHICH_SHIFT;
    report_stream(event, (const uint8_t *)end_text[which], held, parser->offset - (uint32_t)held);
    parser->end_held = 0;
}

size_t atw_frame(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event, atw_status *status)
{
    switch (parser->mode) {
    case MODE_START: return take_start(parser, octets, count, event, status);
    case MODE_LINE:
    case MODE_OVERLONG: return take_line(parser, octets, count, event, status);
    case MODE_PROMPT:
    case MODE_PROMPT_END: return take_after_prompt(parser, *octets);
    case MODE_ECHO: return take_echo(parser, octets, count, event, status);
    case MODE_ECHO_END: return take_echo_end(parser, *octets);
    case MODE_DATA: return take_data(parser, octets, count, event, status);
    default: return take_stream(parser, octets, count, event, status);
    }
}
