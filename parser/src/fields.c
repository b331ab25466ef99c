/*
 * The fields of a line.
 *
 * A line is cut into tokens once; every shape of its name is then held against the tokens, and the first that fits turns them
 * into fields in place. A token is an atw_field whose `type` and `param` hold what this file alone knows: TOKEN_… and MARK_….
 */
#include "fields.h"

#include <string.h>

enum { TOKEN_INT, TOKEN_STRING, TOKEN_EMPTY, TOKEN_BARE };

enum { MARK_BLANK = 1, MARK_LEADING_ZERO = 2 };

static bool is_digit(uint8_t octet) { return (uint8_t)(octet - '0') < 10; }

/* Read the decimal integer that is all of text..end: the token stays bare if it is none or does not fit 32 bits. */
static void read_int(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    const bool negative = *text == '-';
    if (negative && ++text == end)
        return;
    uint32_t value = 0;
    for (const uint8_t *at = text; at < end; at++) {
        const uint32_t digit = (uint32_t)*at - '0';
        if (digit > 9 || value > (UINT32_C(0x80000000) - digit) / 10)
            return;
        value = value * 10 + digit;
    }
    if (value == UINT32_C(0x80000000)) {
        if (!negative)
            return;
        token->value = INT32_MIN;
    } else {
        token->value = negative ? -(int32_t)value : (int32_t)value;
    }
    token->type = TOKEN_INT;
    if (*text == '0' && end - text > 1)
        token->param |= MARK_LEADING_ZERO;
}

/* A string in double quotes: the token is the text between them, and bare if the field does not end right after them. */
static const uint8_t *read_string(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    const uint8_t *close = (const uint8_t *)memchr(text + 1, '"', (size_t)(end - text - 1));
    if (close == NULL)
        return end;
    if (close + 1 < end && close[1] != ',')
        return close + 1;
    token->type = TOKEN_STRING;
    token->text = text + 1;
    token->length = (uint16_t)(close - text - 1);
    return close + 1;
}

/* Read one field; returns the comma after it, or `end`. */
static const uint8_t *read_token(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    token->param = 0;
    token->value = 0;
    token->type = TOKEN_BARE;
    if (text < end && *text == ' ') {
        token->param = MARK_BLANK;
        while (text < end && *text == ' ')
            text++;
    }
    const uint8_t *stop = text;
    if (text < end && *text == '"')
        stop = read_string(token, text, end);
    while (stop < end && *stop != ',')
        stop++;
    if (token->type == TOKEN_STRING)
        return stop;
    token->text = text;
    token->length = (uint16_t)(stop - text);
    if (stop == text)
        token->type = TOKEN_EMPTY;
    else
        read_int(token, text, stop);
    return stop;
}

void atw_tokenise(atw_event *event, const uint8_t *text, const uint8_t *end)
{
    uint8_t count = 0;
    for (;;) {
        text = read_token(&event->fields[count++], text, end);
        if (text == end || count == ATW_FIELDS_MAX)
            break;
        text++;
    }
    event->field_count = count;
}

static bool is_address(const uint8_t *text, const uint8_t *end)
{
    for (; text < end; text++) {
        const uint8_t folded = *text | 0x20;
        if (!is_digit(*text) && *text != '.' && *text != ':' && (folded < 'a' || folded > 'f'))
            return false;
    }
    return true;
}

/* A parenthesis where a range can begin: at the start or after a comma. */
static bool has_range(const uint8_t *text, const uint8_t *end)
{
    bool may_begin = true;
    for (; text < end; text++) {
        if (may_begin && *text == '(')
            return true;
        may_begin = *text == ',';
    }
    return false;
}

/* Read the port after the last colon of a bare <ip>:<port> into `port`; its text begins after the colon. */
static bool read_peer(const atw_field *token, atw_field *port)
{
    uint16_t colon = token->length;
    while (colon > 0 && token->text[colon - 1] != ':')
        colon--;
    if (colon < 2 || colon == token->length || !is_digit(token->text[colon]))
        return false;
    port->param = 0;
    port->type = TOKEN_BARE;
    port->text = token->text + colon;
    port->length = (uint16_t)(token->length - colon);
    read_int(port, port->text, port->text + port->length);
    return port->type == TOKEN_INT;
}

/* Length of the label `Secondary IPv4 DNS: ` (or IPv6), 0 if the token does not begin with it. */
static uint16_t label_length(const atw_field *token)
{
    static const char label[] = "Secondary IPv4 DNS: ";
    const uint16_t length = (uint16_t)(sizeof label - 1);
    const uint16_t digit = 13; /* of the 4 or 6 */
    if (token->length <= length || (token->text[digit] != '4' && token->text[digit] != '6'))
        return 0;
    return memcmp(token->text, label, digit) == 0 && memcmp(token->text + digit + 1, label + digit + 1, length - digit - 1u) == 0
               ? length
               : 0;
}

/* Types that take the rest of the line. */
static bool takes_rest(uint8_t type)
{
    return type == TYPE_TEXT || type == TYPE_ADDRESS || type == TYPE_RANGES || type == TYPE_ERR_INFO;
}

static const uint8_t *rest_of(const atw_field *token)
{
    return token->type == TOKEN_STRING ? token->text - 1 : token->text;
}

static bool rest_fits(uint8_t type, const uint8_t *text, const uint8_t *end)
{
    if (text == end)
        return false;
    if (type == TYPE_ADDRESS)
        return is_address(text, end);
    return type != TYPE_RANGES || has_range(text, end);
}

static bool token_fits(param_row param, const atw_field *token)
{
    atw_field port;
    switch (param.type) {
    case TYPE_INT: return token->type == TOKEN_INT;
    case TYPE_LITERAL: return token->type == TOKEN_INT && token->value == atw_ranges[param.range].low;
    case TYPE_STRING: return token->type == TOKEN_STRING;
    case TYPE_WORD: return token->type == TOKEN_BARE || token->type == TOKEN_INT;
    case TYPE_PEER: return token->type == TOKEN_BARE && read_peer(token, &port);
    default: return token->type == TOKEN_BARE && label_length(token) != 0;
    }
}

bool atw_row_fits(const uint8_t *row, const atw_event *event, const uint8_t *end)
{
    uint8_t taken = 0;
    const uint8_t *params = row + LINE_HEADER_LENGTH;
    for (uint8_t i = 0; i < row[2]; i++) {
        const param_row param = atw_params[params[i] & (OPTIONAL - 1)];
        const atw_field *token = &event->fields[taken];
        const bool absent = taken == event->field_count || token->type == TOKEN_EMPTY;
        if (param.type == TYPE_PORT)
            continue;
        if (absent) {
            if (params[i] < OPTIONAL)
                return false;
            taken = (uint8_t)(taken + (taken < event->field_count));
            continue;
        }
        if (takes_rest(param.type))
            return rest_fits(param.type, rest_of(token), end);
        if (!token_fits(param, token))
            return false;
        taken++;
    }
    return taken == event->field_count && taken < ATW_FIELDS_MAX;
}

static bool in_range(uint8_t range, int32_t value, uint8_t family)
{
    const family_row *limits = &atw_families[family];
    const range_row *row = &atw_ranges[range];
    const uint32_t number = (uint32_t)value; /* a negative value is beyond every table */
    switch (range) {
    case RANGE_ANY: return true;
    case RANGE_LINK: return number < limits->links;
    case RANGE_SERVER: return number < limits->servers;
    case RANGE_CLOSE_REASON: return number < 8 && ((limits->close_reasons >> number) & 1u) != 0;
    default: return value == row->also || (value >= row->low && (value < 0 || number <= row->high));
    }
}

/* Finish an integer field: its notes. */
static void finish_int(atw_event *event, const atw_field *field, uint8_t marks, uint8_t family)
{
    if (marks & MARK_LEADING_ZERO)
        event->notes |= ATW_NOTE(LEADING_ZERO);
    if (!in_range(atw_params[field->param].range, field->value, family))
        event->notes |= ATW_NOTE(OUT_OF_RANGE);
}

/* An error text's number goes before it. Returns where the text's field goes. */
static atw_field *fill_err_info(atw_event *event, atw_field *field)
{
    const int32_t code = atw_err_info_from_text(field->text, field->length);
    if (code < 0) {
        event->notes |= ATW_NOTE(UNKNOWN_TEXT);
        return field;
    }
    field[1] = field[0];
    field->value = code;
    field->type = ATW_FIELD_INT;
    field->param = ATW_PARAM_ERR_INFO;
    return field + 1;
}

/* Make `token` the field `out` of parameter `id`; returns where the next field goes. */
static atw_field *fill_field(atw_event *event, atw_field *out, const atw_field *from, uint8_t id, const uint8_t *end, uint8_t family)
{
    const param_row param = atw_params[id];
    const atw_field token = *from;
    *out = token;
    out->param = id;
    if (token.param & MARK_BLANK)
        event->notes |= ATW_NOTE(EXTRA_BLANK);
    if (param.type == TYPE_INT || param.type == TYPE_LITERAL) {
        out->type = ATW_FIELD_INT;
        finish_int(event, out, token.param, family);
        return out + (id != ATW_PARAM_RESOLVED && id != ATW_PARAM_UNRESOLVED);
    }
    out->type = ATW_FIELD_TEXT;
    out->value = 0;
    if (takes_rest(param.type)) {
        out->text = rest_of(&token);
        out->length = (uint16_t)(end - out->text);
        if (param.type == TYPE_ERR_INFO)
            out = fill_err_info(event, out);
    } else if (param.type == TYPE_TAGGED) {
        const uint16_t label = label_length(&token);
        out->text += label;
        out->length = (uint16_t)(out->length - label);
    } else if (param.type == TYPE_PEER) {
        atw_field *port = out + 1;
        read_peer(&token, port);
        const uint8_t marks = port->param;
        out->length = (uint16_t)(port->text - out->text - 1);
        port->param = (uint8_t)(id + 1); /* param.def: the port follows its peer */
        port->type = ATW_FIELD_INT;
        finish_int(event, port, marks, family);
        out = port;
    }
    return out + 1;
}

void atw_row_fill(const uint8_t *row, atw_event *event, const uint8_t *end, uint8_t family)
{
    const uint8_t *params = row + LINE_HEADER_LENGTH;
    const uint8_t count = event->field_count;
    atw_field *out = event->fields;
    uint8_t taken = 0;
    for (uint8_t i = 0; i < row[2] && taken < count; i++) {
        const uint8_t id = params[i] & (OPTIONAL - 1);
        const atw_field *token = &event->fields[taken++];
        if (token->type == TOKEN_EMPTY) {
            if (token->param & MARK_BLANK)
                event->notes |= ATW_NOTE(EXTRA_BLANK);
            continue;
        }
        out = fill_field(event, out, token, id, end, family);
        if (takes_rest(atw_params[id].type) || atw_params[id].type == TYPE_PEER)
            break;
    }
    event->field_count = (uint8_t)(out - event->fields);
}
