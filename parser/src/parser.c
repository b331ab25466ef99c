/*
 * The parser: framing, classification and exchanges put together.
 */
#include "state.h"

#include <string.h>

/* Published limit of the state, on targets with 32-bit pointers. */
#ifdef __cplusplus
static_assert(sizeof(void *) != 4 || sizeof(atw_parser) <= 96, "the parser's state fits 96 octets");
#else
_Static_assert(sizeof(void *) != 4 || sizeof(atw_parser) <= 96, "the parser's state fits 96 octets");
#endif

atw_status atw_init(atw_parser *parser, const atw_config *config)
{
    if (parser == NULL || config == NULL || config->line == NULL || (config->command == NULL && config->command_size != 0))
        return ATW_ERR_NULL;
    if (config->line_size == 0 || config->family >= ATW_FAMILY_COUNT)
        return ATW_ERR_CONFIG;
    memset(parser, 0, sizeof *parser);
    parser->config = config;
    atw_reset_host(parser);
    return ATW_MORE;
}

atw_status atw_parse(atw_parser *parser, const uint8_t *octets, size_t count, size_t *consumed, atw_event *event)
{
    if (consumed != NULL)
        *consumed = 0;
    if (parser == NULL || consumed == NULL || event == NULL || (octets == NULL && count != 0))
        return ATW_ERR_NULL;
    if (parser->done_name != ATW_NAME_NONE) {
        atw_deliver_done(parser, event);
        return ATW_EVENT;
    }
    atw_drop_done_names(parser);
    if (parser->end_held != 0) {
        atw_release_held(parser, event);
        return ATW_EVENT;
    }
    atw_status status = ATW_MORE;
    size_t total = 0;
    while (total < count && status == ATW_MORE) {
        const size_t taken = atw_frame(parser, octets + total, count - total, event, &status);
        parser->offset += (uint32_t)taken;
        total += taken;
    }
    *consumed = total;
    return status;
}

void atw_abandon(atw_parser *parser)
{
    const atw_config *config = parser->config;
    const uint32_t offset = parser->offset;
    const uint32_t nul_count = parser->nul_count;
    const uint8_t echo = parser->receive_flags & RECEIVE_ECHO_ON;
    atw_init(parser, config);
    parser->offset = offset;
    parser->nul_count = nul_count;
    parser->receive_flags = echo;
}

const atw_field *atw_event_field(const atw_event *event, atw_param param)
{
    for (uint8_t i = 0; i < event->field_count; i++) {
        if (event->fields[i].param == param)
            return &event->fields[i];
    }
    return NULL;
}
