/*
 * The fields of a line.
 *
 * A line is cut into tokens once; every shape of its name is then held against the tokens, and the first that fits makes them its
 * fields in place. A token is an atw_field whose `type` holds TOKEN_… and MARK_… until then.
 */
#include "fields.h"

#include <string.h>

enum {
    TOKEN_INT = ATW_FIELD_INT,
    TOKEN_STRING = ATW_FIELD_TEXT, /* a token that fits as it stands needs no change */
    TOKEN_BARE,
    TOKEN_EMPTY,
    TOKEN_MASK = 3,
    MARK_BLANK = 4,
    MARK_LEADING_ZERO = 8
};

static bool is_digit(uint8_t octet) { return (uint8_t)(octet - '0') < 10; }

/* Read the decimal integer that is all of text..end: the token stays as it is if there is none or it does not fit 32 bits. */
static void read_int(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    const bool negative = *text == '-';
    const uint8_t *at = text + negative;
    const bool zero = at + 1 < end && *at == '0';
    uint32_t value = 0;
    if (at == end)
        return;
    do {
        const uint32_t digit = (uint32_t)*at - '0';
        if (digit > 9 || value > UINT32_C(214748364))
            return;
        value = value * 10 + digit;
    } while (++at < end);
    if (value > UINT32_C(0x7fffffff) + negative)
        return;
    token->value = (int32_t)(negative ? 0 - value : value);
    token->type = (uint8_t)((token->type & MARK_BLANK) | TOKEN_INT | (zero ? MARK_LEADING_ZERO : 0));
}

/* A string in double quotes: the token is the text between them, and bare if the field does not end right after them. */
static const uint8_t *read_string(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    const uint8_t *close = (const uint8_t *)memchr(text, '"', (size_t)(end - text));
    if (close == NULL)
        return end;
    if (close + 1 == end || close[1] == ',') {
        token->type ^= TOKEN_BARE ^ TOKEN_STRING;
        token->text = text;
        token->length = (uint16_t)(close - text);
    }
    return close + 1;
}

/* Read one field; returns the comma after it, or `end`. */
static const uint8_t *read_token(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    token->value = 0;
    token->type = TOKEN_BARE;
    while (text < end && *text == ' ') {
        token->type = TOKEN_BARE | MARK_BLANK;
        text++;
    }
    const uint8_t *stop = text;
    token->text = text;
    if (text < end && *text == '"')
        stop = read_string(token, text + 1, end);
    while (stop < end && *stop != ',')
        stop++;
    if (token->text != text)
        return stop;
    token->length = (uint16_t)(stop - text);
    if (stop == text)
        token->type |= TOKEN_EMPTY;
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
        if (!is_digit(*text) && *text != '.' && *text != ':' && (uint8_t)((*text | 0x20) - 'a') > 5)
            return false;
    }
    return true;
}

/* A parenthesis where a range can begin: at the start or after a comma. */
static bool has_range(const uint8_t *text, const uint8_t *end)
{
    uint8_t before = ',';
    for (; text < end; text++) {
        if (before == ',' && *text == '(')
            return true;
        before = *text;
    }
    return false;
}

static bool in_range(uint8_t range, int32_t value, uint8_t family)
{
    const family_row *limits = &atw_families[family];
    const range_row *row = &atw_ranges[range];
    uint32_t limit = limits->links;
    switch (range) {
    case RANGE_SERVER: limit = limits->servers; break;
    case RANGE_LINK: break;
    case RANGE_CLOSE_REASON: return (uint32_t)value < 8 && ((limits->close_reasons >> value) & 1u) != 0;
    default: return value == row->also || (value >= row->low && (value < 0 || (uint32_t)value <= row->high));
    }
    return (uint32_t)value < limit;
}

/* Split a bare <ip>:<port> at its last colon: the port becomes the field after it. */
static bool read_peer(atw_event *event, atw_field *peer)
{
    atw_field *port = peer + 1;
    uint16_t colon = peer->length;
    while (colon > 0 && peer->text[colon - 1] != ':')
        colon--;
    if (colon < 2 || colon == peer->length || peer->text[colon] == '-')
        return false;
    port->type = TOKEN_BARE;
    port->text = peer->text + colon;
    port->length = (uint16_t)(peer->length - colon);
    read_int(port, port->text, port->text + port->length);
    if ((port->type & TOKEN_MASK) != TOKEN_INT)
        return false;
    peer->length = (uint16_t)(colon - 1);
    port->param = (uint8_t)(peer->param + 1); /* param.def: the port follows its peer */
    event->field_count++;
    return true;
}

/* Drop the label `Secondary IPv4 DNS: ` (or IPv6); false if the field does not begin with it. */
static bool read_tagged(atw_field *field)
{
    static const char label[] = "Secondary IPv4 DNS: ";
    enum { LENGTH = sizeof label - 1, VERSION = 13 };
    if (field->length <= LENGTH || (field->text[VERSION] & ~2) != '4' || memcmp(field->text, label, VERSION) != 0 ||
        memcmp(field->text + VERSION + 1, label + VERSION + 1, LENGTH - VERSION - 1) != 0)
        return false;
    field->text += LENGTH;
    field->length = (uint16_t)(field->length - LENGTH);
    return true;
}

/* An error text's number goes before it, where the table has one. */
static void add_err_info(atw_event *event, atw_field *field)
{
    const int32_t code = atw_err_info_from_text(field->text, field->length);
    if (code < 0) {
        event->notes |= ATW_NOTE(UNKNOWN_TEXT);
        return;
    }
    field[1] = field[0];
    field->value = code;
    field->type = ATW_FIELD_INT;
    field->param = ATW_PARAM_ERR_INFO;
    event->field_count++;
}

/* The field and all that follows it is one text. */
static bool read_rest(atw_event *event, atw_field *field, uint8_t type, const uint8_t *end)
{
    const uint8_t *text = field->text - ((field->type & TOKEN_MASK) == TOKEN_STRING);
    if (text == end || (type == TYPE_ADDRESS && !is_address(text, end)) || (type == TYPE_RANGES && !has_range(text, end)))
        return false;
    field->text = text;
    field->length = (uint16_t)(end - text);
    event->field_count = (uint8_t)(field - event->fields + 1);
    if (type == TYPE_ERR_INFO)
        add_err_info(event, field);
    return true;
}

/* Whether the token is of the type, and the last one where the type changes it; it is changed then. */
static bool read_text(atw_event *event, atw_field *token, uint8_t type, const uint8_t *end)
{
    const unsigned kind = token->type & TOKEN_MASK;
    const bool last = token + 1 == event->fields + event->field_count;
    switch (type) {
    case TYPE_STRING: return kind == TOKEN_STRING;
    case TYPE_WORD: return kind != TOKEN_STRING;
    case TYPE_PEER: return kind == TOKEN_BARE && last && read_peer(event, token);
    case TYPE_TAGGED: return kind == TOKEN_BARE && last && read_tagged(token);
    default: return read_rest(event, token, type, end);
    }
}

/* Whether the row has a place for every token, and every token a place: text to the end takes any number. */
static bool read_params(const uint8_t *row, atw_event *event, const uint8_t *end)
{
    const uint8_t *param = row + LINE_HEADER_LENGTH;
    const uint8_t *const last = param + row[2];
    atw_field *token = event->fields;
    for (; param < last; param++) {
        const bool beyond = token == event->fields + event->field_count;
        const param_row rule = atw_params[*param & (OPTIONAL - 1)];
        if (rule.type == TYPE_PORT)
            continue;
        if (beyond || (token->type & TOKEN_MASK) == TOKEN_EMPTY) {
            if (*param < OPTIONAL)
                return false;
            token += !beyond;
            continue;
        }
        token->param = *param & (OPTIONAL - 1);
        if (rule.type > TYPE_LITERAL) {
            if (!read_text(event, token, rule.type, end))
                return false;
            if (rule.type >= TYPE_PEER)
                return true;
        } else if ((token->type & TOKEN_MASK) != TOKEN_INT ||
                   (rule.type == TYPE_LITERAL && token->value != atw_ranges[rule.range].low)) {
            return false;
        }
        token++;
    }
    return token == event->fields + event->field_count && event->field_count < ATW_FIELDS_MAX;
}

/* The tokens are the row's: note what is unusual in them, and close the gaps. */
static void finish_fields(atw_event *event, uint8_t family)
{
    atw_field *out = event->fields;
    const atw_field *const end = out + event->field_count;
    for (const atw_field *token = out; token < end; token++) {
        const param_row rule = atw_params[token->param];
        const uint8_t type = token->type;
        if (type & MARK_BLANK)
            event->notes |= ATW_NOTE(EXTRA_BLANK);
        if ((type & TOKEN_MASK) == TOKEN_EMPTY)
            continue;
        *out = *token;
        out->type = ATW_FIELD_TEXT;
        if (rule.type <= TYPE_PORT) {
            out->type = ATW_FIELD_INT;
            if (type & MARK_LEADING_ZERO)
                event->notes |= ATW_NOTE(LEADING_ZERO);
            if (rule.range != RANGE_ANY && !in_range(rule.range, token->value, family))
                event->notes |= ATW_NOTE(OUT_OF_RANGE);
        } else {
            out->value = 0;
        }
        out += token->param != ATW_PARAM_RESOLVED && token->param != ATW_PARAM_UNRESOLVED;
    }
    event->field_count = (uint8_t)(out - event->fields);
}

bool atw_read_row(const uint8_t *row, atw_event *event, const uint8_t *end, uint8_t family)
{
    if (!read_params(row, event, end))
        return false;
    finish_fields(event, family);
    return true;
}
