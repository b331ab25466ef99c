/*
 * The parser: framing, classification and exchanges put together.
 */
#include "state.h"

#include <string.h>

/* Published limit of the state, on targets with 32-bit pointers. */
ATW_ASSERT(sizeof(void *) != 4 || sizeof(atw_parser) <= 96, "the state fits 96 octets");

/* Forget the first `size` octets of the state, but not the configuration behind them. */
static void reset(atw_parser *parser, size_t size)
{
    memset(parser, 0, size);
    atw_reset_host(parser);
}

atw_status atw_init(atw_parser *parser, const atw_config *config)
{
    if (parser == NULL || config == NULL || config->line == NULL ||
        (config->command == NULL && config->command_size != 0))
        return ATW_ERR_NULL;
    if (config->line_size == 0 || config->family >= ATW_FAMILY_COUNT)
        return ATW_ERR_CONFIG;
    reset(parser, sizeof *parser);
    parser->config = config;
    return ATW_MORE;
}

/* A driver that reads octet by octet calls most often for one in the middle of a line: whether this is all there is to do. */
static bool take_middle(atw_parser *parser, uint8_t octet)
{
    if (parser->mode != MODE_LINE || octet == '\n' || octet == '>' || parser->count >= parser->config->line_size)
        return false;
    parser->config->line[parser->count++] = octet;
    parser->offset++;
    return true;
}

/* Deliver what is ready without input, or take octets up to an event. */
static size_t next_event(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event)
{
    const uint32_t start = parser->offset;
    size_t total = 0;
    for (;;) {
        if (parser->done_name != ATW_NAME_NONE)
            atw_deliver_done(parser, event);
        else if (parser->end_match >= END_HELD)
            atw_release_held(parser, event);
        else if (total < count)
            total += atw_frame(parser, octets + total, count - total, event);
        else
            return total;
        parser->offset = start + (uint32_t)total;
        if (parser->noise != HAS_EVENT)
            continue;
        if (event->kind == ATW_TEXT) {
            atw_classify(parser, event);
            atw_follow(parser, event);
        }
        return total;
    }
}

atw_status atw_parse(atw_parser *parser, const uint8_t *octets, size_t count, size_t *consumed, atw_event *event)
{
    if (consumed != NULL)
        *consumed = 0;
    if (parser == NULL || consumed == NULL || event == NULL || (octets == NULL && count != 0))
        return ATW_ERR_NULL;
    if (count == 1 && take_middle(parser, *octets)) {
        *consumed = 1;
        return ATW_MORE;
    }
    if (parser->names_done != 0)
        atw_drop_done_name(parser);
    if (parser->noise == HAS_EVENT)
        parser->noise = 0;
    *consumed = next_event(parser, octets, count, event);
    return parser->noise == HAS_EVENT ? ATW_EVENT : ATW_MORE;
}

void atw_abandon(atw_parser *parser)
{
    const uint8_t echo_on = parser->echo_on;
    reset(parser, offsetof(atw_parser, config));
    parser->echo_on = echo_on;
}

const atw_field *atw_event_field(const atw_event *event, atw_param param)
{
    const atw_field *field = event->fields;
    for (unsigned left = event->field_count; left != 0; left--, field++) {
        if (field->param == param)
            return field;
    }
    return NULL;
}
