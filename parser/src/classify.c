/*
 * From a whole line to an event: which row it is, and what its fields are.
 *
 * A line is known by its prefix (`+NAME:`, `RECV FROM:`) or by its whole text (`OK`); a prefix's shapes are tried in the order of
 * line.def. What no row matches is `text`, what a known prefix's shapes do not fit is `malformed`: nothing is thrown away.
 */
#include "fields.h"
#include "state.h"

#include <string.h>

/* The documented maximum of one payload, in octets of either form: A7600 2.4, 2.5. */
enum { PAYLOAD_MAX = 1500, CEILING_DEFAULT = 65535 };

static bool is_letter(uint8_t octet)
{
    return (uint8_t)((octet | 0x20) - 'a') < 26;
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
static bool may_be_answer(const atw_parser *parser, const atw_event *event)
{
    const uint8_t name = event->name;
    const int32_t index = rule_index(name) == INDEX_NO_INDEX ? 0 : event->fields[0].value;
    return is_answer(parser, atw_names[name].context) && !atw_is_outstanding(parser, name, index);
}

/* Begin the payload that the line announces; false if its count cannot be obeyed. */
static bool begin_payload(atw_parser *parser, atw_event *event, bool hex)
{
    const atw_field *field = &event->fields[event->field_count - 1];
    if (field->param == ATW_PARAM_REST_LEN)
        field--;
    const uint32_t ceiling = parser->config->ceiling != 0 ? parser->config->ceiling : (uint32_t)CEILING_DEFAULT;
    const uint32_t total = (uint32_t)field->value;
    const uint32_t count = total << hex;
    if (field->value < 0 || total > ceiling)
        return false;
    if (count > PAYLOAD_MAX)
        event->notes |= ATW_NOTE(OVER_MAXIMUM);
    if (total != 0)
        parser->mode = (uint8_t)(MODE_DATA + hex);
    parser->total = total;
    parser->count = count;
    return true;
}

/* The states of all links: as many as the family has. Any family has as many as one of them. */
static void note_link_states(atw_event *event, const family_row *family)
{
    const unsigned count = event->field_count;
    if (count != family->links && (family->bit != IN_ALL || count != 2))
        event->notes |= ATW_NOTE(LINK_STATES);
}

/* An error text's number goes before it, where the table has one. */
static void add_err_info(atw_event *event)
{
    atw_field *field = event->fields;
    const int32_t code = atw_err_info_from_text(field->text, field->length);
    if (code < 0) {
        event->notes |= ATW_NOTE(UNKNOWN_TEXT);
        return;
    }
    field[1] = field[0];
    field->param = ATW_PARAM_ERR_INFO;
    field->type = ATW_FIELD_INT;
    field->value = code;
    event->field_count = 2;
}

/* Hold the text against the shapes of the event's name; false if none fits. */
static bool read_shape(atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const family_row *family = &atw_families[parser->config->family];
    const uint8_t *row = &atw_lines[atw_names[event->name].lines];
    const uint32_t notes = event->notes;
    for (; *row != 0; row += LINE_HEADER_LENGTH + row_count(row)) {
        event->notes = notes;
        if (!atw_read_row(row, text, end, event) || (row_is_conditional(row) && !may_be_answer(parser, event)))
            continue;
        atw_note_ranges(event, family);
        event->kind = row_kind(row);
        event->line = row_line(row);
        if (event->fields[0].param == ATW_PARAM_LINK0_STATE)
            note_link_states(event, family);
        if (event->line == ATW_LINE_IP_ERROR_TEXT)
            add_err_info(event);
        return !row_has_data(row) || begin_payload(parser, event, row_has_hex_data(row));
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

/* The line of the event's name, which has shapes; `text` is what follows the prefix. */
static void read_known(atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    if ((atw_names[event->name].families & atw_families[parser->config->family].bit) == 0)
        event->notes |= ATW_NOTE(NOT_IN_MANUAL);
    if (!read_shape(parser, text, end, event))
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

/* Whether the text is a NAME. */
static bool is_name(const uint8_t *text, const uint8_t *end)
{
    for (const uint8_t *at = text; at < end; at++) {
        const bool goes_on = (uint8_t)(*at - '0') < 10 || *at == '_' || *at == '-';
        if (!is_letter(*at) && (at == text || !goes_on))
            return false;
    }
    return text < end;
}

/* A prefix whose fields have no row: everything after the colon and one blank is `raw`. */
static void read_raw(const atw_parser *parser, uint8_t name, const uint8_t *colon, const uint8_t *end, atw_event *event)
{
    const bool answers = name == ATW_NAME_OTHER ? atw_is_answer_named(parser, event->label.octets, event->label.count)
                                                : is_answer(parser, atw_names[name].context);
    event->kind = answers ? ATW_INFO : ATW_URC;
    if (colon == end)
        return;
    colon++;
    set_text(event, ATW_PARAM_RAW, colon + (colon < end && *colon == ' '), end);
}

/* `IPD<n>[:]` and `RECEIVE,<link>,<n>[:]` have no colon before their fields; false if the text is neither. */
static bool read_counted(atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const bool has_colon = end[-1] == ':';
    const uint8_t *after = atw_after_name(ATW_NAME_RECEIVE, text, end);
    uint8_t name = ATW_NAME_RECEIVE;
    if (after != NULL) {
        if (after == end || *after++ != ',')
            return false;
    } else {
        name = ATW_NAME_IPD;
        after = atw_after_name(name, text, end);
        if (after == NULL || (after < end && (is_letter(*after) || *after == '_')))
            return false;
        if (has_colon)
            event->notes |= ATW_NOTE(LENGTH_COLON);
        if (after < end && *after == ' ') {
            event->notes |= ATW_NOTE(LENGTH_BLANK);
            after++;
        }
    }
    event->name = name;
    read_known(parser, after, end - has_colon, event);
    return true;
}

/* `+NAME…`: `name` is what stands between `text` and the colon. */
static void read_prefixed(atw_parser *parser, uint8_t name, const uint8_t *text, const uint8_t *colon,
                          const uint8_t *end, atw_event *event)
{
    if (name > LAST_PREFIX || is_basic(name)) { /* as short as a basic command's: ATW_NAME_NONE, too */
        if (read_counted(parser, text, end, event) || !is_name(text, colon))
            return;
        name = ATW_NAME_OTHER;
        event->label.octets = text;
        event->label.count = (size_t)(colon - text);
    }
    event->name = name;
    if (name != ATW_NAME_OTHER && (colon == end || name == ATW_NAME_IPD || name == ATW_NAME_RECEIVE))
        make_malformed(event); /* no colon follows these two */
    else if (atw_names[name].lines == 0)
        read_raw(parser, name, colon, end, event);
    else
        read_known(parser, skip_blank(colon + 1, end, event), end, event);
}

/* `CONNECT`, `CONNECT <text>`, `CONNECT<digits>`; a text that begins with FAIL is none. */
static void read_connect(const atw_parser *parser, const uint8_t *line, const uint8_t *end, atw_event *event)
{
    const uint8_t *text = atw_after_name(ATW_NAME_CONNECT, line, end);
    if (text == NULL || atw_after_name(ATW_NAME_CONNECT_FAIL, line, end) != NULL || !may_connect(parser))
        return;
    if (text < end && *text == ' ') {
        text++;
    } else if (text < end) {
        for (const uint8_t *at = text; at < end; at++) {
            if ((uint8_t)(*at - '0') > 9)
                return;
        }
        event->notes |= ATW_NOTE(CONNECT_DIGITS);
    }
    event->kind = ATW_CONNECT;
    event->line = ATW_LINE_CONNECT_TEXT;
    if (text < end)
        set_text(event, ATW_PARAM_TEXT, text, end);
}

/* A prefix without a plus sign. */
static void read_header(atw_parser *parser, uint8_t name, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const bool is_peer = name <= ATW_NAME_RCV_FROM;
    if (!is_peer)
        text = skip_blank(text, end, event);
    else if (name == ATW_NAME_RCV_FROM || *event->text.octets == '+')
        event->notes |= ATW_NOTE(SPELLING);
    event->name = name;
    read_known(parser, text, end, event);
    event->name = is_peer ? ATW_NAME_RECV_FROM : ATW_NAME_CDNSCFG;
}

void atw_set_word(atw_event *event, uint8_t name)
{
    const uint8_t *row = &atw_lines[atw_names[name].lines];
    event->name = name;
    event->kind = row_kind(row);
    event->line = row_line(row);
}

/* Find what the line is by its prefix or its whole text; it stays ATW_TEXT if it has neither. */
static void read_line(atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const unsigned first = *text;
    const bool has_sign = first == '+' || first == '*';
    text += has_sign;
    const uint8_t *colon = (const uint8_t *)memchr(text, ':', (size_t)(end - text));
    if (colon == NULL)
        colon = end;
    const uint8_t name = atw_find_name(text, (size_t)(colon - text));
    /* A plus sign may stand before an address all the same. */
    const uint8_t last_header = has_sign ? (uint8_t)ATW_NAME_RCV_FROM : (uint8_t)LAST_HEADER;
    if (name > LAST_WORD && name <= last_header && colon < end && first != '*')
        read_header(parser, name, colon + 1, end, event);
    else if (has_sign)
        read_prefixed(parser, name, text, colon, end, event);
    else if (name <= LAST_PREFIX || name >= ATW_NAME_CONNECT || colon < end)
        read_connect(parser, text, end, event);
    else
        atw_set_word(event, name);
}

void atw_classify(atw_parser *parser, atw_event *event)
{
    const uint8_t *const line = event->text.octets;
    const uint8_t *end = line + event->text.count;
    const uint32_t noise = event->notes;
    while (end > line && end[-1] == ' ') {
        event->notes |= ATW_NOTE(TRAILING_BLANK);
        end--;
    }
    if (end > line)
        read_line(parser, line, end, event);
    if (event->kind == ATW_TEXT)
        event->notes = noise;
}
