/*
 * Exchanges: which command waits for what, what a line means for it, and when it is complete.
 *
 * One command is pending, up to its final result code. Commands whose result line comes later stay outstanding after it: one bit
 * a command and link. First asked, first answered: an outstanding result is taken before an answer to the pending command.
 */
#include "state.h"

#include <string.h>

enum { INDEX_COUNT = 16 }; /* links that are tracked: bits of atw_parser.outstanding */

bool atw_is_echo(const atw_parser *parser, const uint8_t *line, size_t length)
{
    const atw_exchange *pending = &parser->pending;
    if (length != pending->length || !is_pending(parser) || (pending->flags & EXCHANGE_ECHO_SEEN))
        return false;
    uint32_t hash = HASH_START;
    for (size_t i = 0; i < length; i++)
        hash = hash_octet(hash, line[i]);
    return hash == pending->hash;
}

bool atw_awaits_prompt(const atw_parser *parser)
{
    return is_pending(parser) &&
           (parser->pending.flags & (EXCHANGE_TAKES_DATA | EXCHANGE_PROMPT_SEEN)) == EXCHANGE_TAKES_DATA;
}

/* Where echo is known to be on, an answer comes after the command's echo. */
static bool may_answer(const atw_parser *parser)
{
    return is_pending(parser) &&
           ((parser->receive_flags & RECEIVE_ECHO_ON) == 0 || (parser->pending.flags & EXCHANGE_ECHO_SEEN));
}

bool atw_is_answer(const atw_parser *parser, uint8_t context)
{
    return may_answer(parser) && ((parser->pending.context >> context) & 1u) != 0;
}

bool atw_is_answer_named(const atw_parser *parser, const uint8_t *name, size_t length)
{
    if (!may_answer(parser) || parser->names_pending == 0)
        return false;
    const uint8_t *at = parser->config->command + parser->names_done;
    const uint8_t *end = at + parser->names_pending;
    while (at < end) {
        const uint8_t *stop = (const uint8_t *)memchr(at, ';', (size_t)(end - at));
        if (stop == NULL)
            stop = end;
        if ((size_t)(stop - at) == length && memcmp(at, name, length) == 0)
            return true;
        at = stop + 1;
    }
    return false;
}

bool atw_is_outstanding(const atw_parser *parser, uint8_t name, int32_t index)
{
    return name <= SLOT_COUNT && (uint32_t)index < INDEX_COUNT && ((parser->outstanding[name - 1] >> index) & 1u) != 0;
}

bool atw_may_connect(const atw_parser *parser)
{
    return !is_pending(parser) || ((parser->pending.context >> CONTEXT_CONNECTS) & 1u) != 0 ||
           parser->outstanding[ATW_NAME_CIPOPEN - 1] != 0;
}

static void complete(atw_parser *parser, uint8_t name, uint8_t index, bool ok)
{
    parser->done_name = name;
    parser->done_index = index;
    parser->done_ok = ok;
}

/* Remove `count` octets at `from` from the command buffer's names. */
static void drop_names(atw_parser *parser, unsigned from, unsigned count)
{
    const unsigned used = (unsigned)parser->names_done + parser->names_pending + parser->names_next;
    uint8_t *names = parser->config->command;
    if (count != 0)
        memmove(names + from, names + from + count, used - from - count);
}

void atw_drop_done_names(atw_parser *parser)
{
    drop_names(parser, 0, parser->names_done);
    parser->names_done = 0;
}

/* The pending exchange is over; its names stay for `done`. */
static void complete_pending(atw_parser *parser, bool ok)
{
    complete(parser, parser->pending.name, parser->pending.index, ok);
    parser->names_done = parser->names_pending;
    parser->names_pending = 0;
}

/* No command is pending any more, and its data is over. */
static void leave_pending(atw_parser *parser)
{
    drop_names(parser, parser->names_done, parser->names_pending);
    parser->names_pending = 0;
    parser->pending.name = ATW_NAME_NONE;
    parser->receive_flags &= (uint8_t)~RECEIVE_MAY_ECHO;
    if (parser->host_mode >= HOST_COUNTED)
        atw_reset_host(parser);
}

/* Whether an exchange is complete only with its result line: only the form that the order names has one. */
static bool is_deferred(const atw_exchange *exchange)
{
    const unsigned order = rule_order(exchange->name);
    return (order == ORDER_EXEC_RESULT && exchange->form == FORM_EXECUTE) ||
           (order == ORDER_WRITE_RESULT && exchange->form == FORM_WRITE);
}

/* The bit of an exchange in its slot: commands that name no link have bit 0. */
static uint8_t slot_index(const atw_exchange *exchange)
{
    return rule_index(exchange->name) == INDEX_NO_INDEX ? 0 : exchange->index;
}

static void follow_final(atw_parser *parser, bool ok)
{
    const atw_exchange *pending = &parser->pending;
    if (!is_pending(parser))
        return;
    if (ok && (pending->flags & EXCHANGE_ECHO_ON))
        parser->receive_flags |= RECEIVE_ECHO_ON;
    if (ok && (pending->flags & EXCHANGE_ECHO_OFF))
        parser->receive_flags &= (uint8_t)~RECEIVE_ECHO_ON;
    if (!ok || !is_deferred(pending) || (pending->flags & EXCHANGE_CANCELLED))
        complete_pending(parser, ok);
    else if (pending->flags & EXCHANGE_RESULT_SEEN)
        complete_pending(parser, (pending->flags & EXCHANGE_RESULT_BAD) == 0);
    else if (slot_index(pending) < INDEX_COUNT)
        parser->outstanding[pending->name - 1] |= (uint16_t)(1u << slot_index(pending));
    leave_pending(parser);
}

/* The outcome that a result line states. */
static bool is_success(const atw_event *event)
{
    if (event->name == ATW_NAME_CDNSGIP)
        return event->line == ATW_LINE_CDNSGIP_RESOLVED;
    if (event->name == ATW_NAME_CIPSEND)
        return event->fields[1].value == event->fields[2].value;
    return event->fields[rule_index(event->name) != INDEX_NO_INDEX].value == 0;
}

static void follow_result(atw_parser *parser, atw_event *event)
{
    atw_exchange *pending = &parser->pending;
    const bool has_index = rule_index(event->name) != INDEX_NO_INDEX;
    const int32_t value = has_index ? event->fields[0].value : 0;
    if ((uint32_t)value >= INDEX_COUNT) {
        event->notes |= ATW_NOTE(UNTRACKED_LINK);
        return;
    }
    const uint8_t index = (uint8_t)value;
    const bool ok = is_success(event);
    if (atw_is_outstanding(parser, event->name, value)) {
        parser->outstanding[event->name - 1] &= (uint16_t)~(1u << index);
        complete(parser, event->name, has_index ? index : (uint8_t)NO_INDEX, ok);
    } else if (pending->name == event->name && is_deferred(pending) && slot_index(pending) == index &&
               (pending->flags & EXCHANGE_RESULT_SEEN) == 0) {
        pending->flags |= ok ? EXCHANGE_RESULT_SEEN : EXCHANGE_RESULT_SEEN | EXCHANGE_RESULT_BAD;
    }
}

/* CONNECT completes the CIPOPEN that was asked first, or the ATO or ATD that is pending. */
static void follow_connect(atw_parser *parser)
{
    uint16_t *opens = &parser->outstanding[ATW_NAME_CIPOPEN - 1];
    const bool asked = is_pending(parser) && ((parser->pending.context >> CONTEXT_CONNECTS) & 1u) != 0;
    if (*opens != 0 && !(asked && parser->pending.name != ATW_NAME_CIPOPEN)) {
        uint8_t link = 0;
        while (((*opens >> link) & 1u) == 0)
            link++;
        *opens &= (uint16_t)~(1u << link);
        complete(parser, ATW_NAME_CIPOPEN, link, true);
    } else if (asked) {
        complete_pending(parser, true);
        leave_pending(parser);
    }
    parser->mode = MODE_STREAM;
    parser->end_match = 0;
    parser->receive_flags &= (uint8_t)~RECEIVE_ESCAPED;
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
    start_event(event, ATW_DONE, parser->offset);
    event->name = name;
    event->ok = parser->done_ok != 0;
    if (name == ATW_NAME_OTHER) {
        event->label.octets = parser->config->command;
        while (event->label.count < parser->names_done && event->label.octets[event->label.count] != ';')
            event->label.count++;
    }
    if (parser->done_index != NO_INDEX) {
        atw_field *field = &event->fields[event->field_count++];
        field->param = rule_index(name) & INDEX_IS_SERVER ? ATW_PARAM_SERVER_INDEX : ATW_PARAM_LINK_NUM;
        field->type = ATW_FIELD_INT;
        field->value = parser->done_index;
        field->text = NULL;
        field->length = 0;
    }
    parser->done_name = ATW_NAME_NONE;
}

void atw_begin_exchange(atw_parser *parser)
{
    const atw_exchange *next = &parser->next;
    drop_names(parser, parser->names_done, parser->names_pending);
    parser->names_pending = parser->names_next;
    parser->names_next = 0;
    parser->pending = *next;
    if (is_deferred(next) && slot_index(next) < INDEX_COUNT)
        parser->outstanding[next->name - 1] &= (uint16_t)~(1u << slot_index(next));
}
