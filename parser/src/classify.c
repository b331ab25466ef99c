/*
 * From a whole line to an event: which row it is, and what its fields are.
 *
 * A line is known by its prefix (`+NAME:`, `RECV FROM:`) or by its whole text (`OK`); a prefix's shapes are tried in the order of
 * line.def. What no row matches is `text`, what a known prefix's shapes do not fit is `malformed`: nothing is thrown away.
 */
#include "fields.h"
#include "state.h"

#include <string.h>

/* The documented maximum of one payload: A7600 2.4, 2.5. */
enum { PAYLOAD_MAX = 1500, HEX_PAYLOAD_MAX = 750, CEILING_DEFAULT = 65535 };

static bool is_letter(uint8_t octet) { return (uint8_t)((octet | 0x20) - 'a') < 26; }

static bool is_name_octet(uint8_t octet)
{
    return is_letter(octet) || (uint8_t)(octet - '0') < 10 || octet == '_' || octet == '-';
}

static bool begins_with(const uint8_t *text, const uint8_t *end, const char *word, size_t length)
{
    return (size_t)(end - text) >= length && memcmp(text, word, length) == 0;
}

/* Add the one field of a line whose fields are not parsed. */
static void add_text(atw_event *event, uint8_t param, const uint8_t *text, const uint8_t *end)
{
    atw_field *field = &event->fields[event->field_count++];
    field->param = param;
    field->type = ATW_FIELD_TEXT;
    field->value = 0;
    field->text = text;
    field->length = (uint16_t)(end - text);
}

/* The condition of a shape that only the pending command's answer has. First asked, first answered: an outstanding result of
   the same prefix and index is taken before it. */
static bool may_be_answer(const atw_parser *parser, uint8_t name, const atw_event *event)
{
    const int32_t index = rule_index(name) == INDEX_NO_INDEX ? 0 : event->fields[0].value;
    return atw_is_answer(parser, atw_names[name].context) && !atw_is_outstanding(parser, name, index);
}

/* Begin the payload that the line announces; false if its count cannot be obeyed. */
static bool begin_payload(atw_parser *parser, atw_event *event, bool hex)
{
    const atw_field *field = &event->fields[event->field_count - 1];
    if (field->param == ATW_PARAM_REST_LEN)
        field--;
    const uint32_t ceiling = parser->config->ceiling != 0 ? parser->config->ceiling : (uint32_t)CEILING_DEFAULT;
    const uint32_t total = (uint32_t)field->value;
    if (field->value < 0 || total > ceiling)
        return false;
    if (total > (hex ? HEX_PAYLOAD_MAX : PAYLOAD_MAX))
        event->notes |= ATW_NOTE(OVER_MAXIMUM);
    if (total == 0)
        return true;
    parser->mode = MODE_DATA;
    parser->total = total;
    parser->count = hex ? 2 * total : total;
    if (hex)
        parser->receive_flags |= RECEIVE_HEX;
    return true;
}

/* Notes that depend on which shape a line has. */
static void note_shape(const atw_parser *parser, atw_event *event)
{
    const unsigned links = atw_families[parser->config->family].links;
    const bool any_count = parser->config->family == ATW_FAMILY_ANY && event->field_count == 2;
    if (event->line == ATW_LINE_CIPCLOSE_STATES || event->line == ATW_LINE_CIPCLOSE_STATES_2) {
        if (event->field_count != links && !any_count)
            event->notes |= ATW_NOTE(LINK_STATES);
    } else if (event->field_count > 1) {
        const uint8_t param = event->fields[event->field_count - 1].param;
        if (param == ATW_PARAM_NETOPEN_SECOND || (param >= ATW_PARAM_DNS_IP_ADDRESS_2 && param <= ATW_PARAM_DNS_IP_ADDRESS_4))
            event->notes |= ATW_NOTE(EXTRA_FIELD);
    }
}

/* Hold the tokens against the shapes of the name; false if none fits. */
static bool read_shape(atw_parser *parser, uint8_t name, atw_event *event, const uint8_t *end)
{
    const uint8_t *row = &atw_lines[atw_names[name].lines];
    for (; *row != 0; row += LINE_HEADER_LENGTH + row[2]) {
        const unsigned flags = *row >> LINE_FLAG_SHIFT;
        if ((flags & FLAG_IF_PENDING) && !may_be_answer(parser, name, event))
            continue;
        if (!atw_read_row(row, event, end, parser->config->family))
            continue;
        event->kind = (uint8_t)((*row & LINE_KIND_MASK) - 1);
        event->line = row[1];
        note_shape(parser, event);
        return (flags & (FLAG_RAW_DATA | FLAG_HEX_DATA)) == 0 || begin_payload(parser, event, (flags & FLAG_HEX_DATA) != 0);
    }
    return false;
}

/* A known prefix with wrong fields: delivered whole, and only with the noise noted. */
static void make_malformed(atw_event *event)
{
    event->kind = ATW_MALFORMED;
    event->line = ATW_LINE_NONE;
    event->field_count = 0;
    event->notes &= ATW_NOTE(NUL_NOISE);
}

/* A line of a name that has a row; `value` is what follows the prefix. */
static void read_known(atw_parser *parser, uint8_t name, const uint8_t *value, const uint8_t *end, atw_event *event)
{
    event->name = name == ATW_NAME_RCV_FROM ? (uint8_t)ATW_NAME_RECV_FROM : name;
    if (name == ATW_NAME_PRIMARY_IPV4 || name == ATW_NAME_PRIMARY_IPV6)
        event->name = ATW_NAME_CDNSCFG;
    const unsigned bit = atw_families[parser->config->family].bit;
    if (parser->config->family != ATW_FAMILY_ANY && (atw_names[name].families & bit) == 0)
        event->notes |= ATW_NOTE(NOT_IN_MANUAL);
    atw_tokenise(event, value, end);
    if (!read_shape(parser, name, event, end))
        make_malformed(event);
}

/* A prefix whose fields have no row: everything after the colon and one blank is `raw`. */
static void read_raw(atw_event *event, bool answer, const uint8_t *value, const uint8_t *end)
{
    event->kind = answer ? ATW_INFO : ATW_URC;
    if (value == NULL)
        return;
    if (value < end && *value == ' ')
        value++;
    add_text(event, ATW_PARAM_RAW, value, end);
}

/* A prefix without a row; false if it is not even a name. */
static bool read_other(const atw_parser *parser, const uint8_t *name, const uint8_t *colon, const uint8_t *end, atw_event *event)
{
    if (name == colon || !is_letter(*name))
        return false;
    for (const uint8_t *at = name; at < colon; at++) {
        if (!is_name_octet(*at))
            return false;
    }
    event->name = ATW_NAME_OTHER;
    event->label.octets = name;
    event->label.count = (size_t)(colon - name);
    read_raw(event, atw_is_answer_named(parser, name, event->label.count), colon < end ? colon + 1 : NULL, end);
    return true;
}

/* `+IPD<n>`: the length follows without a colon. */
static void read_ipd(atw_parser *parser, const uint8_t *value, const uint8_t *end, atw_event *event)
{
    if (value < end && *value == ' ') {
        event->notes |= ATW_NOTE(LENGTH_BLANK);
        value++;
    }
    if (value < end && end[-1] == ':') {
        event->notes |= ATW_NOTE(LENGTH_COLON);
        end--;
    }
    read_known(parser, ATW_NAME_IPD, value, end, event);
}

static bool is_ipd(const uint8_t *text, const uint8_t *end)
{
    return begins_with(text, end, "IPD", 3) && (text + 3 == end || (!is_letter(text[3]) && text[3] != '_'));
}

/* `+NAME: …`; `text` begins after the plus sign. False if it is no prefix at all. */
static bool read_prefixed(atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    if (is_ipd(text, end)) {
        read_ipd(parser, text + 3, end, event);
        return true;
    }
    if (begins_with(text, end, "RECEIVE,", 8)) {
        read_known(parser, ATW_NAME_RECEIVE, text + 8, end - (end[-1] == ':'), event);
        return true;
    }
    const uint8_t *colon = text;
    while (colon < end && *colon != ':')
        colon++;
    const uint8_t name = atw_find_name(text, (size_t)(colon - text), false);
    if (name == ATW_NAME_NONE || is_basic(name))
        return read_other(parser, text, colon, end, event);
    event->name = name;
    if (colon == end) {
        make_malformed(event);
        return true;
    }
    const uint8_t *value = colon + 1;
    if (atw_names[name].lines == 0) {
        read_raw(event, atw_is_answer(parser, atw_names[name].context), value, end);
        return true;
    }
    if (value < end && *value == ' ')
        value++;
    else
        event->notes |= ATW_NOTE(MISSING_BLANK);
    read_known(parser, name, value, end, event);
    return true;
}

/* A prefix without a plus sign; `signed_` if one stands there all the same. */
static bool read_header(atw_parser *parser, const uint8_t *text, const uint8_t *end, bool has_plus, atw_event *event)
{
    const uint8_t *colon = (const uint8_t *)memchr(text, ':', (size_t)(end - text));
    if (colon == NULL)
        return false;
    const uint8_t name = atw_find_header(text, (size_t)(colon - text));
    const bool is_peer = name == ATW_NAME_RECV_FROM || name == ATW_NAME_RCV_FROM;
    if (name == ATW_NAME_NONE || (has_plus && !is_peer))
        return false;
    const uint8_t *value = colon + 1;
    if (has_plus || name == ATW_NAME_RCV_FROM)
        event->notes |= ATW_NOTE(SPELLING);
    if (!is_peer) {
        if (value < end && *value == ' ')
            value++;
        else
            event->notes |= ATW_NOTE(MISSING_BLANK);
    }
    read_known(parser, name, value, end, event);
    return true;
}

/* `CONNECT`, `CONNECT <text>`, `CONNECT<digits>`; a text that begins with FAIL is none. */
static bool read_connect(const atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    if (!begins_with(text, end, "CONNECT", 7) || !atw_may_connect(parser))
        return false;
    text += 7;
    if (text < end && *text == ' ') {
        text++;
        if (begins_with(text, end, "FAIL", 4))
            return false;
    } else if (text < end) {
        for (const uint8_t *at = text; at < end; at++) {
            if ((uint8_t)(*at - '0') > 9)
                return false;
        }
        event->notes |= ATW_NOTE(CONNECT_DIGITS);
    }
    event->kind = ATW_CONNECT;
    event->line = ATW_LINE_CONNECT_TEXT;
    if (text < end)
        add_text(event, ATW_PARAM_TEXT, text, end);
    return true;
}

/* A line that is known by its whole text. */
static bool read_word(const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const uint8_t name = atw_find_name(text, (size_t)(end - text), true);
    if (name == ATW_NAME_NONE || name == ATW_NAME_CONNECT)
        return false;
    const uint8_t *row = &atw_lines[atw_names[name].lines];
    event->name = name;
    event->kind = (uint8_t)((*row & LINE_KIND_MASK) - 1);
    event->line = row[1];
    return true;
}

static bool read_coded(atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    if (*text == '+' || *text == '*')
        return read_prefixed(parser, text + 1, end, event) || (*text == '+' && read_header(parser, text + 1, end, true, event));
    return read_word(text, end, event) || read_connect(parser, text, end, event) || read_header(parser, text, end, false, event);
}

void atw_classify(atw_parser *parser, const uint8_t *line, size_t length, atw_event *event)
{
    const uint8_t *end = line + length;
    event->text.octets = line;
    event->text.count = length;
    const uint32_t noise = event->notes;
    while (end > line && end[-1] == ' ')
        end--;
    if (end < line + length)
        event->notes |= ATW_NOTE(TRAILING_BLANK);
    if (end > line && read_coded(parser, line, end, event))
        return;
    event->kind = ATW_TEXT;
    event->name = ATW_NAME_NONE;
    event->notes = noise;
}
