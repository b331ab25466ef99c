/*
 * Framing: which octets are a line, a payload, its echo, transparent data or noise.
 *
 * Every function takes octets at the front of the chunk and returns how many; an event ends the round. A line wholly inside the
 * chunk is read in place; only one that the chunk's end cuts is copied to the line buffer.
 */
#include "state.h"

#include <string.h>

/* What ends data mode after an escape, and CLOSED without one where the configuration says so. */
enum { END_CLOSED = ATW_NAME_CLOSED - ATW_NAME_OK, END_COUNT };

ATW_ASSERT(END_CLOSED == 3 && END_COUNT == (int)DATA_END_COUNT,
           "name.def has CLOSED as the last of what ends data mode");

/* atw_parser.end_match: octets that have matched in the low bits, which end in the next two. The third octet tells the ends apart. */
enum { END_MATCHED_MASK = 31, END_WHICH_SHIFT = 5, END_COMMON_LENGTH = 2 };

void atw_open_event(atw_parser *parser, atw_event *event, uint8_t kind)
{
    memset(event, 0, offsetof(atw_event, fields));
    event->kind = kind;
    event->notes = parser->noise;
    event->offset = parser->offset;
    event->last = true;
    parser->noise = HAS_EVENT;
}

/* An event on `count` octets. */
static void open_span(atw_parser *parser, atw_event *event, uint8_t kind, const uint8_t *octets, size_t count)
{
    atw_open_event(parser, event, kind);
    event->text.octets = octets;
    event->text.count = count;
}

/* Drop the CRs at the end of a line, which does not begin with one; returns whether it is the pending command's echo. */
static bool trim(const atw_parser *parser, atw_span *line)
{
    size_t length = line->count;
    while (line->octets[length - 1] == '\r')
        length--;
    line->count = length;
    return length == parser->pending.length && atw_hash(line->octets, length) == parser->pending.hash;
}

/* The line so far and `count` octets more, or NULL if the line buffer cannot hold them. */
static const uint8_t *gather(const atw_parser *parser, const uint8_t *octets, size_t count)
{
    if (parser->mode == MODE_OVERLONG || parser->count + count > parser->config->line_size)
        return NULL;
    if (parser->count == 0)
        return octets;
    memcpy(parser->config->line + parser->count, octets, count);
    return parser->config->line;
}

/*
 * The prompt may follow the echo's CR without an LF. Returns how many of the octets, at most `count`, belong to the echo before such
 * a prompt; `count` if there is none.
 */
static size_t find_prompt(const atw_parser *parser, const uint8_t *octets, size_t count)
{
    const uint32_t before = parser->count;
    const uint32_t length = parser->pending.length;
    size_t at = length > before ? length - before : 0;
    while (at < count && octets[at] == '\r')
        at++;
    if (at >= count || octets[at] != '>' || before + at == length)
        return count;
    atw_span echo = {gather(parser, octets, at), before + at};
    return echo.octets != NULL && trim(parser, &echo) ? at : count;
}

/* Octets of a line: up to its LF or to a prompt behind the echo, or all. */
static size_t take_line(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    const uint8_t *lf = (const uint8_t *)memchr(octets, '\n', count);
    const uint32_t before = parser->count;
    size_t length = lf != NULL ? (size_t)(lf - octets) : count;
    size_t taken = length + (lf != NULL);
    if (awaits_prompt(parser)) {
        const size_t echo = find_prompt(parser, octets, length);
        if (echo < length) {
            length = taken = echo;
            lf = octets + echo;
        }
    }
    const uint8_t *line = gather(parser, octets, length);
    parser->count += (uint32_t)length;
    if (lf == NULL) {
        parser->mode = line != NULL ? MODE_LINE : MODE_OVERLONG;
        if (line == octets)
            memcpy(parser->config->line, octets, length);
        return taken;
    }
    atw_open_event(parser, event, line != NULL ? ATW_TEXT : ATW_OVERLONG);
    event->offset -= before;
    if (line == NULL) {
        event->total = parser->count;
    } else {
        event->text.octets = line;
        event->text.count = parser->count;
        if (trim(parser, &event->text)) {
            event->kind = ATW_ECHO;
            parser->pending.length = 0;
        }
    }
    parser->mode = MODE_START;
    parser->count = 0;
    return taken;
}

/* Whether the octet begins the payload's echo. */
static bool begins_echo(atw_parser *parser, uint8_t octet)
{
    if ((parser->pending.flags & EXCHANGE_MAY_ECHO) == 0 || parser->payload_sent == 0 || octet != parser->payload_first)
        return false;
    parser->pending.flags ^= EXCHANGE_MAY_ECHO;
    parser->mode = MODE_ECHO;
    parser->count = 0;
    return true;
}

static void report_prompt(atw_parser *parser, atw_event *event)
{
    atw_exchange *pending = &parser->pending;
    atw_open_event(parser, event, ATW_PROMPT);
    parser->mode = MODE_PROMPT;
    pending->flags &= (uint8_t) ~(EXCHANGE_TAKES_DATA | EXCHANGE_MAY_ECHO);
    if (parser->echo_on || pending->length == 0)
        pending->flags |= EXCHANGE_MAY_ECHO;
    if (has_context(pending, CONTEXT_DATA_AFTER_PROMPT)) {
        atw_reset_host(parser);
        atw_start_payload(parser, HOST_UNBOUNDED);
    }
}

/* The start of a line: CR, LF and NUL in any mix are no part of it. */
static size_t take_start(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    if (parser->payload_sent != 0) { /* the first octet that comes after it decides */
        if (begins_echo(parser, *octets))
            return 0;
        parser->pending.flags &= (uint8_t)~EXCHANGE_MAY_ECHO;
    }
    size_t skipped = 0;
    for (; skipped < count; skipped++) {
        const uint8_t octet = octets[skipped];
        if (octet == 0) {
            parser->nul_count++;
            parser->noise = ATW_NOTE(NUL_NOISE);
        } else if (octet != '\r' && octet != '\n') {
            break;
        }
    }
    if (skipped == count)
        return count;
    parser->offset += (uint32_t)skipped;
    if (octets[skipped] != '>' || !awaits_prompt(parser))
        return skipped + take_line(parser, octets + skipped, count - skipped, event);
    report_prompt(parser, event);
    return skipped + 1;
}

/* After the prompt one blank and one line end may come, unless they begin the payload's echo; after that Ctrl-Z. */
static size_t take_after(atw_parser *parser, uint8_t octet)
{
    enum { CTRL_Z = 0x1a };
    const uint8_t mode = parser->mode;
    if (begins_echo(parser, octet))
        return 0;
    parser->mode = MODE_START;
    if (mode == MODE_ECHO_END)
        return octet == CTRL_Z;
    if (octet == '\r' || (octet == ' ' && mode == MODE_PROMPT))
        parser->mode = MODE_PROMPT_END;
    return parser->mode != MODE_START || octet == '\n';
}

/* The payload's echo is as long as what the host has sent of it. */
static size_t take_echo(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    const uint32_t due = parser->payload_sent - parser->count;
    const size_t taken = count < due ? count : due;
    const bool last = taken == due && parser->host_mode < HOST_COUNTED;
    if (taken != 0) {
        open_span(parser, event, ATW_ECHO, octets, taken);
        event->last = last;
    }
    parser->count += (uint32_t)taken;
    if (last || taken == 0) {
        parser->mode = last && (parser->host_flags & HOST_VARIABLE) ? MODE_ECHO_END : MODE_START;
        parser->count = 0;
    }
    return taken;
}

static size_t take_data(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    const size_t taken = count < parser->count ? count : parser->count;
    open_span(parser, event, ATW_DATA, octets, taken);
    event->total = parser->total;
    event->hex = parser->mode == MODE_HEX_DATA;
    parser->count -= (uint32_t)taken;
    event->last = parser->count == 0;
    if (event->last)
        parser->mode = MODE_START;
    return taken;
}

/* Whether the octet continues the end of data mode; `end_match` goes on then. */
static bool continues_end(atw_parser *parser, uint8_t octet)
{
    const unsigned matched = parser->end_match & END_MATCHED_MASK;
    unsigned which = parser->end_match >> END_WHICH_SHIFT;
    if (matched == END_COMMON_LENGTH && parser->mode != MODE_ESCAPED)
        which = END_CLOSED;
    while (atw_end_text(ATW_NAME_OK + which)[matched] != octet ||
           (which == END_CLOSED && !parser->config->closed_ends_data)) {
        if (matched != END_COMMON_LENGTH || which == END_CLOSED)
            return false;
        which++;
    }
    parser->end_match = (uint8_t)(which << END_WHICH_SHIFT | (matched + 1));
    return true;
}

/* Data up to its end, which may begin in one chunk and go on in the next. */
static size_t take_stream(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    size_t taken = 0;
    if (parser->end_match == 0) {
        const bool may_end = parser->mode == MODE_ESCAPED || parser->config->closed_ends_data;
        const uint8_t *cr = may_end ? (const uint8_t *)memchr(octets, '\r', count) : NULL;
        taken = cr != NULL ? (size_t)(cr - octets) : count;
        if (taken != 0) {
            open_span(parser, event, ATW_STREAM, octets, taken);
            return taken;
        }
    }
    while (taken < count) {
        if (!continues_end(parser, octets[taken])) {
            parser->end_match |= END_HELD;
            break;
        }
        taken++;
        const uint8_t name = (uint8_t)(ATW_NAME_OK + (parser->end_match >> END_WHICH_SHIFT));
        const unsigned matched = parser->end_match & END_MATCHED_MASK;
        if (matched != atw_names[name].length + 2u * END_COMMON_LENGTH)
            continue;
        atw_open_event(parser, event, ATW_FINAL);
        event->offset -= matched - (uint32_t)taken;
        atw_set_word(event, name);
        parser->mode = MODE_START;
        parser->end_match = 0;
        break;
    }
    return taken;
}

void atw_release_held(atw_parser *parser, atw_event *event)
{
    const size_t held = parser->end_match & END_MATCHED_MASK;
    const unsigned which = parser->end_match >> END_WHICH_SHIFT & END_CLOSED;
    open_span(parser, event, ATW_STREAM, atw_end_text(ATW_NAME_OK + which), held);
    event->offset -= (uint32_t)held;
    parser->end_match = 0;
}

size_t atw_frame(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    const uint8_t mode = parser->mode;
    if (mode == MODE_START)
        return take_start(parser, octets, count, event);
    if (mode < MODE_PROMPT)
        return take_line(parser, octets, count, event);
    if (mode < MODE_ECHO)
        return take_after(parser, *octets);
    if (mode == MODE_ECHO)
        return take_echo(parser, octets, count, event);
    if (mode < MODE_STREAM)
        return take_data(parser, octets, count, event);
    return take_stream(parser, octets, count, event);
}
