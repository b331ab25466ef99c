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

static bool is_letter(uint8_t octet)
{
    return (uint8_t)((octet | 0x20) - 'a') < 26;
}

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
static void note_link_states(atw_event *event, const family_row *family)
{
    const unsigned count = event->field_count;
    if (event->fields[0].param == ATW_PARAM_LINK0_STATE && count != family->links &&
        (family != &atw_families[ATW_FAMILY_ANY] || count != 2))
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

/* Hold the tokens against the shapes of the name; false if none fits. */
static bool read_shape(atw_parser *parser, uint8_t name, atw_event *event, const uint8_t *end)
{
    const family_row *family = &atw_families[parser->config->family];
    for (const uint8_t *row = &atw_lines[atw_names[name].lines]; *row != 0;
         row += LINE_HEADER_LENGTH + row_count(row)) {
        const unsigned flag = row_flag(row);
        if ((flag == FLAG_IF_PENDING && !may_be_answer(parser, name, event)) || !atw_fits_row(row, event, end))
            continue;
        atw_finish_fields(event, family);
        event->kind = row_kind(row);
        event->line = row_line(row);
        note_link_states(event, family);
        if (event->line == ATW_LINE_IP_ERROR_TEXT)
            add_err_info(event);
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

/* The line of a name that has shapes; `value` is what follows the prefix. */
static void read_known(atw_parser *parser, const uint8_t *value, const uint8_t *end, atw_event *event)
{
    const uint8_t name = event->name;
    const family_row *family = &atw_families[parser->config->family];
    if ((atw_names[name].families & family->bit) == 0)
        event->notes |= ATW_NOTE(NOT_IN_MANUAL);
    if (name == ATW_NAME_RCV_FROM)
        event->name = ATW_NAME_RECV_FROM;
    if (name >= ATW_NAME_PRIMARY_IPV4)
        event->name = ATW_NAME_CDNSCFG;
    if (name == ATW_NAME_IPD || name == ATW_NAME_RECEIVE)
        end -= end[-1] == ':';
    atw_tokenise(event, value, end);
    if (!read_shape(parser, name, event, end))
        make_malformed(event);
}

/*
 * The functions below find what a line is. They return where its fields begin, event->name being the name whose shapes they have; or
 * NULL, and have made the event what it is, or left it ATW_TEXT.
 */

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

/* A prefix without a row, if it is a name at all. */
static void read_other(const atw_parser *parser, const uint8_t *name, const uint8_t *colon, const uint8_t *end,
                       atw_event *event)
{
    if (name == colon || !is_letter(*name))
        return;
    for (const uint8_t *at = name; at < colon; at++) {
        if (!is_letter(*at) && (uint8_t)(*at - '0') > 9 && *at != '_' && *at != '-')
            return;
    }
    event->name = ATW_NAME_OTHER;
    event->label.octets = name;
    event->label.count = (size_t)(colon - name);
    read_raw(event, atw_is_answer_named(parser, name, event->label.count), colon, end);
}

/* `+IPD<n>[:]` and `+RECEIVE,<link>,<n>[:]` have no colon before their fields; `text` begins after the plus sign. */
static const uint8_t *read_counted(const uint8_t *text, const uint8_t *end, atw_event *event)
{
    if (begins_with(text, end, "RECEIVE,", 8)) {
        event->name = ATW_NAME_RECEIVE;
        return text + 8;
    }
    if (!begins_with(text, end, "IPD", 3))
        return NULL;
    text += 3;
    if (text < end && (is_letter(*text) || *text == '_'))
        return NULL;
    event->name = ATW_NAME_IPD;
    if (end[-1] == ':')
        event->notes |= ATW_NOTE(LENGTH_COLON);
    if (text < end && *text == ' ') {
        event->notes |= ATW_NOTE(LENGTH_BLANK);
        text++;
    }
    return text;
}

/* `+NAME: …`; `name` is what stands before the colon. */
static const uint8_t *read_prefixed(const atw_parser *parser, uint8_t name, const uint8_t *colon, const uint8_t *end,
                                    atw_event *event)
{
    event->name = name;
    if (colon == end || name == ATW_NAME_RECEIVE) { /* no colon follows that name */
        make_malformed(event);
        return NULL;
    }
    if (atw_names[name].lines != 0)
        return skip_blank(colon + 1, end, event);
    read_raw(event, atw_is_answer(parser, atw_names[name].context), colon, end);
    return NULL;
}

/* A prefix without a plus sign. */
static const uint8_t *read_header(uint8_t name, const uint8_t *value, const uint8_t *end, atw_event *event)
{
    event->name = name;
    if (name > ATW_NAME_RCV_FROM)
        return skip_blank(value, end, event);
    if (name == ATW_NAME_RCV_FROM || *event->text.octets == '+')
        event->notes |= ATW_NOTE(SPELLING);
    return value;
}

/* `CONNECT`, `CONNECT <text>`, `CONNECT<digits>`; a text that begins with FAIL is none. */
static void read_connect(const atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    if (!begins_with(text, end, "CONNECT", 7) || !atw_may_connect(parser))
        return;
    text += 7;
    if (text < end && *text != ' ') {
        for (const uint8_t *at = text; at < end; at++) {
            if ((uint8_t)(*at - '0') > 9)
                return;
        }
        event->notes |= ATW_NOTE(CONNECT_DIGITS);
    } else if (text < end) {
        text++;
        if (begins_with(text, end, "FAIL", 4))
            return;
    }
    event->kind = ATW_CONNECT;
    event->line = ATW_LINE_CONNECT_TEXT;
    if (text < end)
        set_text(event, ATW_PARAM_TEXT, text, end);
}

void atw_set_word(atw_event *event, uint8_t name)
{
    const uint8_t *row = &atw_lines[atw_names[name].lines];
    event->name = name;
    event->kind = row_kind(row);
    event->line = row_line(row);
}

static const uint8_t *find_fields(const atw_parser *parser, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const uint8_t first = *text;
    const bool has_sign = first == '+' || first == '*';
    text += has_sign;
    const uint8_t *value = has_sign ? read_counted(text, end, event) : NULL;
    if (value != NULL)
        return value;
    const uint8_t *colon = text;
    while (colon < end && *colon != ':')
        colon++;
    const uint8_t name = atw_find_name(text, (size_t)(colon - text));
    /* A plus sign may stand before an address all the same. */
    const uint8_t last_header = has_sign ? (uint8_t)ATW_NAME_RCV_FROM : (uint8_t)LAST_HEADER;
    if (name > LAST_WORD && name <= last_header && colon < end && first != '*')
        return read_header(name, colon + 1, end, event);
    const bool is_prefix = name <= LAST_PREFIX && name != ATW_NAME_NONE && !is_basic(name);
    if (has_sign && is_prefix)
        return read_prefixed(parser, name, colon, end, event);
    if (has_sign)
        read_other(parser, text, colon, end, event);
    else if (name <= LAST_PREFIX || name >= ATW_NAME_CONNECT || colon < end)
        read_connect(parser, text, end, event);
    else
        atw_set_word(event, name);
    return NULL;
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
    const uint8_t *fields = end > line ? find_fields(parser, line, end, event) : NULL;
    if (fields != NULL)
        read_known(parser, fields, end, event);
    else if (event->kind == ATW_TEXT)
        event->notes = noise;
}
