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

static bool begins_with(const uint8_t *text, const uint8_t *end, const char *word, size_t length)
{
    return (size_t)(end - text) >= length && memcmp(text, word, length) == 0;
}

/* Add the one field of a line whose fields are not parsed. */
static void set_text(atw_event *event, uint8_t param, const uint8_t *text, const uint8_t *end)
{
    atw_field *field = event->fields;
    field->param = param;
    field->type = ATW_FIELD_TEXT;
    field->value = 0;
    field->text = text;
    field->length = (uint16_t)(end - text);
    event->field_count = 1;
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
    parser->mode = hex ? MODE_HEX_DATA : MODE_DATA;
    parser->total = total;
    parser->count = total << hex;
    return true;
}

/* The states of all links: as many as the family has. Any family has as many as one of them. */
static void note_link_states(atw_event *event, uint8_t family)
{
    const unsigned count = event->field_count;
    if (event->fields[0].param == ATW_PARAM_LINK0_STATE && count != atw_families[family].links &&
        (family != ATW_FAMILY_ANY || count != 2))
        event->notes |= ATW_NOTE(LINK_STATES);
}

/* Hold the tokens against the shapes of the name; false if none fits. */
static bool read_shape(atw_parser *parser, uint8_t name, atw_event *event, const uint8_t *end)
{
    const uint8_t family = parser->config->family;
    for (const uint8_t *row = &atw_lines[atw_names[name].lines]; *row != 0; row += LINE_HEADER_LENGTH + row_count(row)) {
        const unsigned flag = row_flag(row);
        if ((flag == FLAG_IF_PENDING && !may_be_answer(parser, name, event)) ||
            !atw_read_row(row, event, end, &atw_families[family]))
            continue;
        event->kind = row_kind(row);
        event->line = row_line(row);
        note_link_states(event, family);
        return flag < FLAG_RAW_DATA || begin_payload(parser, event, flag == FLAG_HEX_DATA);
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
    if (name >= ATW_NAME_PRIMARY_IPV4)
        event->name = ATW_NAME_CDNSCFG;
    const family_row *family = &atw_families[parser->config->family];
    if ((atw_names[name].families & family->bit) == 0)
        event->notes |= ATW_NOTE(NOT_IN_MANUAL);
    atw_tokenise(event, value, end);
    if (!read_shape(parser, name, event, end))
        make_malformed(event);
}

/* Take the blank that the manuals print after a prefix's colon. */
static const uint8_t *skip_blank(const uint8_t *text, const uint8_t *end, atw_event *event)
{
    if (text < end && *text == ' ')
        return text + 1;
    event->notes |= ATW_NOTE(MISSING_BLANK);
    return text;
}

/* A prefix whose fields have no row: everything after the colon and one blank is `raw`. */
static void read_raw(atw_event *event, bool answer, const uint8_t *colon, const uint8_t *end)
{
    event->kind = answer ? ATW_INFO : ATW_URC;
    if (colon == end)
        return;
    colon++;
    set_text(event, ATW_PARAM_RAW, colon + (colon < end && *colon == ' '), end);
}

/* A prefix without a row; false if it is not even a name. */
static bool read_other(const atw_parser *parser, const uint8_t *name, const uint8_t *colon, const uint8_t *end, atw_event *event)
{
    if (name == colon || !is_letter(*name))
        return false;
    for (const uint8_t *at = name; at < colon; at++) {
        if (!is_letter(*at) && (uint8_t)(*at - '0') > 9 && *at != '_' && *at != '-')
            return false;
    }
    event->name = ATW_NAME_OTHER;
    event->label.octets = name;
    event->label.count = (size_t)(colon - name);
    read_raw(event, atw_is_answer_named(parser, name, event->label.count), colon, end);
    return true;
}

/* `IPD<n>` and `RECEIVE,<link>,<n>[:]` have no colon before their fields; `text` begins after the plus sign. */
static bool read_counted(atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const bool colon = end[-1] == ':';
    if (begins_with(text, end, "RECEIVE,", 8)) {
        read_known(parser, ATW_NAME_RECEIVE, text + 8, end - colon, event);
        return true;
    }
    if (!begins_with(text, end, "IPD", 3))
        return false;
    text += 3;
    if (text < end && (is_letter(*text) || *text == '_'))
        return false;
    if (text < end && *text == ' ') {
        event->notes |= ATW_NOTE(LENGTH_BLANK);
        text++;
    }
    if (colon)
        event->notes |= ATW_NOTE(LENGTH_COLON);
    read_known(parser, ATW_NAME_IPD, text, end - colon, event);
    return true;
}

/* `+NAME: …`; `name` is what stands before the colon. False if it is no prefix at all. */
static bool read_prefixed(atw_parser *parser, uint8_t name, const uint8_t *text, const uint8_t *colon, const uint8_t *end,
                          atw_event *event)
{
    if (name == ATW_NAME_NONE || name > LAST_PREFIX || is_basic(name))
        return read_other(parser, text, colon, end, event);
    event->name = name;
    if (colon == end)
        make_malformed(event);
    else if (atw_names[name].lines == 0)
        read_raw(event, atw_is_answer(parser, atw_names[name].context), colon, end);
    else
        read_known(parser, name, skip_blank(colon + 1, end, event), end, event);
    return true;
}

/* A prefix without a plus sign. */
static void read_header(atw_parser *parser, uint8_t name, const uint8_t *value, const uint8_t *end, atw_event *event)
{
    if (name > ATW_NAME_RCV_FROM)
        value = skip_blank(value, end, event);
    else if (name == ATW_NAME_RCV_FROM || *event->text.octets == '+')
        event->notes |= ATW_NOTE(SPELLING);
    read_known(parser, name, value, end, event);
}

/* `CONNECT`, `CONNECT <text>`, `CONNECT<digits>`; a text that begins with FAIL is none. */
static bool read_connect(const atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    if (!begins_with(text, end, "CONNECT", 7) || !atw_may_connect(parser))
        return false;
    text += 7;
    event->kind = ATW_CONNECT;
    event->line = ATW_LINE_CONNECT_TEXT;
    if (text == end)
        return true;
    if (*text == ' ') {
        text++;
        if (begins_with(text, end, "FAIL", 4))
            return false;
    } else {
        for (const uint8_t *at = text; at < end; at++) {
            if ((uint8_t)(*at - '0') > 9)
                return false;
        }
        event->notes |= ATW_NOTE(CONNECT_DIGITS);
    }
    set_text(event, ATW_PARAM_TEXT, text, end);
    return true;
}

void atw_set_word(atw_event *event, uint8_t name)
{
    const uint8_t *row = &atw_lines[atw_names[name].lines];
    event->name = name;
    event->kind = row_kind(row);
    event->line = row_line(row);
}

static bool read_coded(atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const bool has_sign = *text == '+' || *text == '*';
    text += has_sign;
    if (has_sign && read_counted(parser, text, end, event))
        return true;
    const uint8_t *colon = text;
    while (colon < end && *colon != ':')
        colon++;
    const uint8_t name = atw_find_name(text, (size_t)(colon - text));
    /* A plus sign may stand before an address all the same. */
    if (name > LAST_WORD && name <= (has_sign ? (uint8_t)ATW_NAME_RCV_FROM : (uint8_t)LAST_HEADER) && colon < end && *event->text.octets != '*') {
        read_header(parser, name, colon + 1, end, event);
        return true;
    }
    if (has_sign)
        return read_prefixed(parser, name, text, colon, end, event);
    if (name <= LAST_PREFIX || name >= ATW_NAME_CONNECT || colon < end)
        return read_connect(parser, text, end, event);
    atw_set_word(event, name);
    return true;
}

void atw_classify(atw_parser *parser, atw_event *event)
{
    const uint8_t *const line = event->text.octets;
    const uint8_t *end = line + event->text.count;
    const uint32_t noise = event->notes;
    if (end[-1] == ' ')
        event->notes |= ATW_NOTE(TRAILING_BLANK);
    while (end > line && end[-1] == ' ')
        end--;
    if (end > line && read_coded(parser, line, end, event))
        return;
    event->kind = ATW_TEXT;
    event->line = ATW_LINE_NONE;
    event->notes = noise;
}
