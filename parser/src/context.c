/*
 * Exchanges: which command waits for what, what a line means for it, and when it is complete.
 *
 * One command is pending, up to its final result code. Commands whose result line comes later stay outstanding after it: one bit
 * a command and link. First asked, first answered: an outstanding result is taken before an answer to the pending command.
 */
#include "state.h"

#include <string.h>

enum { INDEX_COUNT = 16 }; /* links that are tracked: bits of atw_parser.outstanding */

bool atw_is_answer_named(const atw_parser *parser, const uint8_t *name, size_t length)
{
    const uint8_t *names = parser->config->command; /* may be NULL, and is empty then */
    const unsigned end = parser->pending.names;
    for (unsigned at = parser->names_done; at < end; at++) {
        const unsigned start = at;
        while (at < end && names[at] != ';')
            at++;
        if (at - start == length && memcmp(names + start, name, length) == 0)
            return may_answer(parser);
    }
    return false;
}

bool atw_is_outstanding(const atw_parser *parser, uint8_t name, int32_t index)
{
    return name <= SLOT_COUNT && (uint32_t)index < INDEX_COUNT && (parser->outstanding[name - 1] >> index & 1) != 0;
}

static void complete(atw_parser *parser, uint8_t name, uint8_t index, bool ok)
{
    parser->done_name = name;
    parser->done_index = index;
    parser->done_ok = ok;
}

/* Remove the names of one exchange from the command buffer: what stands in `start`..`end` of it. */
static void drop_names(atw_parser *parser, unsigned start, unsigned end)
{
    uint8_t *names = parser->config->command;
    if (start == end)
        return;
    memmove(names + start, names + end, parser->next.names - end);
    parser->pending.names = (uint8_t)(parser->pending.names - (end - start));
    parser->next.names = (uint8_t)(parser->next.names - (end - start));
}

void atw_drop_done_name(atw_parser *parser)
{
    if (parser->done_name != ATW_NAME_NONE)
        return;
    drop_names(parser, 0, parser->names_done);
    parser->names_done = 0;
}

/* No command is pending any more, and its data is over. */
static void leave_pending(atw_parser *parser)
{
    drop_names(parser, parser->names_done, parser->pending.names);
    memset(&parser->pending, 0, sizeof parser->pending);
    parser->pending.names = parser->names_done;
    if (parser->host_mode >= HOST_COUNTED)
        atw_reset_host(parser);
}

/* The pending exchange is over; its names stay for `done`. */
static void complete_pending(atw_parser *parser, bool ok)
{
    complete(parser, parser->pending.name, parser->pending.index, ok);
    parser->names_done = parser->pending.names;
    leave_pending(parser);
}

static void follow_final(atw_parser *parser, bool ok)
{
    const atw_exchange *pending = &parser->pending;
    const unsigned flags = pending->flags;
    if (!is_pending(parser))
        return;
    if (ok && (flags & EXCHANGE_SETS_ECHO))
        parser->echo_on = flags & EXCHANGE_ECHO_VALUE;
    if (!ok || (flags & EXCHANGE_DEFERRED) == 0) {
        complete_pending(parser, ok && (flags & EXCHANGE_FAILED) == 0);
        return;
    }
    if (pending->index < INDEX_COUNT)
        parser->outstanding[pending->name - 1] |= (uint16_t)(1u << pending->index);
    leave_pending(parser);
}

/* The outcome that a result line states in its field `result`: `err`, or as much confirmed as was to be sent. */
static bool is_success(const atw_event *event, const atw_field *result)
{
    const int32_t success = event->name == ATW_NAME_CIPSEND ? result[1].value : 0;
    return event->line != ATW_LINE_CDNSGIP_UNRESOLVED && result->value == success;
}

static void follow_result(atw_parser *parser, atw_event *event)
{
    atw_exchange *pending = &parser->pending;
    const bool has_index = rule_index(event->name) != INDEX_NO_INDEX;
    const uint32_t index = has_index ? (uint32_t)event->fields[0].value : 0;
    const bool ok = is_success(event, event->fields + has_index);
    if (index >= INDEX_COUNT) {
        event->notes |= ATW_NOTE(UNTRACKED_LINK);
    } else if (atw_is_outstanding(parser, event->name, (int32_t)index)) {
        parser->outstanding[event->name - 1] ^= (uint16_t)(1u << index);
        complete(parser, event->name, (uint8_t)index, ok);
    } else if (pending->name == event->name && pending->index == index && (pending->flags & EXCHANGE_DEFERRED)) {
        pending->flags ^= ok ? EXCHANGE_DEFERRED : EXCHANGE_DEFERRED | EXCHANGE_FAILED;
    }
}

/* CONNECT completes the CIPOPEN that was asked first, or the ATO or ATD that is pending. */
static void follow_connect(atw_parser *parser)
{
    uint16_t *opens = &parser->outstanding[ATW_NAME_CIPOPEN - 1];
    const bool asked = has_context(&parser->pending, CONTEXT_CONNECTS);
    if (*opens != 0 && !(asked && parser->pending.name != ATW_NAME_CIPOPEN)) {
        uint8_t link = 0;
        while ((*opens >> link & 1) == 0)
            link++;
        *opens ^= (uint16_t)(1u << link);
        complete(parser, ATW_NAME_CIPOPEN, link, true);
    } else if (asked) {
        complete_pending(parser, true);
    }
    parser->mode = MODE_STREAM;
    parser->end_match = 0;
}

void atw_follow(atw_parser *parser, atw_event *event)
{
    switch (event->kind) {
    case ATW_FINAL: follow_final(parser, event->name == ATW_NAME_OK); break;
    case ATW_RESULT: follow_result(parser, event); break;
    case ATW_CONNECT: follow_connect(parser); break;
    default: break;
    }
}

void atw_deliver_done(atw_parser *parser, atw_event *event)
{
    const uint8_t name = parser->done_name;
    atw_open_event(parser, event, ATW_DONE);
    event->name = name;
    event->ok = parser->done_ok;
    if (name == ATW_NAME_OTHER) {
        const uint8_t *const names = parser->config->command;
        size_t length = 0;
        while (length < parser->names_done && names[length] != ';')
            length++;
        event->label.octets = names;
        event->label.count = length;
    }
    if (rule_index(name) != INDEX_NO_INDEX && parser->done_index != NO_INDEX) {
        atw_field *field = event->fields;
        field->param = rule_index(name) & INDEX_IS_SERVER ? ATW_PARAM_SERVER_INDEX : ATW_PARAM_LINK_NUM;
        field->type = ATW_FIELD_INT;
        field->value = parser->done_index;
        field->text = NULL;
        field->length = 0;
        event->field_count = 1;
    }
    parser->done_name = ATW_NAME_NONE;
}

void atw_begin_exchange(atw_parser *parser)
{
    atw_exchange *next = &parser->next;
    if (next->name == ATW_NAME_NONE)
        next->name = ATW_NAME_AT;
    if (has_context(next, CONTEXT_DATA_AFTER_PROMPT))
        next->flags |= EXCHANGE_TAKES_DATA;
    next->flags |= parser->pending.flags & EXCHANGE_MAY_ECHO; /* the older command's payload may still come back */
    drop_names(parser, parser->names_done, parser->pending.names);
    parser->pending = *next;
    if ((next->flags & EXCHANGE_DEFERRED) && next->index < INDEX_COUNT)
        parser->outstanding[next->name - 1] &= (uint16_t) ~(1u << next->index);
}
