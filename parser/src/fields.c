/*
 * The fields of a line.
 *
 * A line is cut into tokens once; every shape of its name is then held against the tokens, and the first that fits makes them its
 * fields in place. A token is an atw_field whose `type` holds TOKEN_… and MARK_… until then.
 */
#include "fields.h"

enum {
    TOKEN_INT = ATW_FIELD_INT,
    TOKEN_STRING = ATW_FIELD_TEXT,
    TOKEN_BARE,
    TOKEN_EMPTY,
    TOKEN_MASK = 3,
    MARK_BLANK = 4,
    MARK_LEADING_ZERO = 8
};

static unsigned token_type(const atw_field *token)
{
    return token->type & TOKEN_MASK;
}

/* Read the decimal integer that is all of a bare token: it stays as it is if there is none or it does not fit 32 bits. */
static void read_int(atw_field *token)
{
    const uint8_t *at = token->text;
    const uint8_t *const end = at + token->length;
    const bool negative = *at == '-';
    uint32_t value = 0;
    at += negative;
    const unsigned zero = end - at > 1 && *at == '0' ? MARK_LEADING_ZERO : 0;
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
    token->type = (uint8_t)((token->type ^ TOKEN_BARE ^ TOKEN_INT) | zero);
}

/* Read one field; returns the comma after it, or `end`. A string is the text between double quotes, and bare if the field does not
   end right after them. */
static const uint8_t *read_token(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    token->value = 0;
    token->type = TOKEN_BARE;
    for (; text < end && *text == ' '; text++)
        token->type = TOKEN_BARE | MARK_BLANK;
    token->text = text;
    const uint8_t *stop = text;
    if (text < end && *text == '"') {
        do {
            stop++;
        } while (stop < end && *stop != '"');
        stop += stop < end;
        if (stop[-1] == '"' && stop - text > 1 && (stop == end || *stop == ',')) {
            token->type ^= TOKEN_BARE ^ TOKEN_STRING;
            token->text = text + 1;
            token->length = (uint16_t)(stop - text - 2);
            return stop;
        }
    }
    while (stop < end && *stop != ',')
        stop++;
    token->length = (uint16_t)(stop - text);
    if (stop == text)
        token->type |= TOKEN_EMPTY;
    else
        read_int(token);
    return stop;
}

void atw_tokenise(atw_event *event, const uint8_t *text, const uint8_t *end)
{
    atw_field *token = event->fields;
    while ((text = read_token(token++, text, end)) < end && token < event->fields + ATW_FIELDS_MAX)
        text++;
    event->field_count = (uint8_t)(token - event->fields);
}

static bool is_address(const uint8_t *text, const uint8_t *end)
{
    for (; text < end; text++) {
        /* The colon follows the nine. */
        if ((uint8_t)(*text - '0') > 10 && *text != '.' && (uint8_t)((*text | 0x20) - 'a') > 5)
            return false;
    }
    return true;
}

/* A parenthesis where a range can begin: at the start or after a comma. */
static bool has_range(const uint8_t *text, const uint8_t *end)
{
    for (uint8_t before = ','; text < end; before = *text++) {
        if (before == ',' && *text == '(')
            return true;
    }
    return false;
}

static bool in_range(unsigned range, int32_t value, const family_row *family)
{
    const range_row *row = &atw_ranges[range];
    const int32_t unit = range >= RANGE_TIMEOUT ? TIME_UNIT_MS : 1;
    uint32_t limit = family->links;
    switch (range) {
    case RANGE_ANY: return true;
    case RANGE_SIZE: return value >= 0;
    case RANGE_CLOSE_REASON: return (uint32_t)value < 8 && (family->close_reasons >> value & 1) != 0;
    case RANGE_SERVER: limit = family->servers; break;
    case RANGE_LINK: break;
    default: return value == row->also * unit || (value >= row->low * unit && value <= row->high * unit);
    }
    return (uint32_t)value < limit;
}

/* Split a bare <ip>:<port> at its last colon: the port becomes the field after it. */
static bool read_peer(atw_event *event, atw_field *peer)
{
    atw_field *port = peer + 1;
    const uint8_t *const end = peer->text + peer->length;
    unsigned colon = peer->length;
    do {
        if (colon < 2)
            return false;
    } while (peer->text[--colon] != ':');
    peer->length = (uint16_t)colon;
    port->param = (uint8_t)(peer->param + 1); /* param.def: the port follows its peer */
    event->field_count++;
    const uint8_t *text = peer->text + colon + 1;
    read_token(port, text, end);
    return (port->type & ~MARK_LEADING_ZERO) == TOKEN_INT && *text != '-';
}

/* Drop the label `Secondary IPv4 DNS: ` (or IPv6); false if the field does not begin with it. */
static bool read_tagged(atw_field *field)
{
    static const char label[] = "Secondary IPv4 DNS: ";
    enum { LENGTH = sizeof label - 1, VERSION = 13 };
    if (field->length <= LENGTH)
        return false;
    for (unsigned i = 0; i < LENGTH; i++) {
        if (field->text[i] != (uint8_t)label[i] && (i != VERSION || field->text[i] != '6'))
            return false;
    }
    field->text += LENGTH;
    field->length = (uint16_t)(field->length - LENGTH);
    return true;
}

/* The field and all that follows it is one text. */
static bool read_rest(atw_event *event, atw_field *field, unsigned type, const uint8_t *end)
{
    const uint8_t *text = field->text - (token_type(field) == TOKEN_STRING);
    if ((type == TYPE_ADDRESS && !is_address(text, end)) || (type == TYPE_RANGES && !has_range(text, end)))
        return false;
    field->text = text;
    field->length = (uint16_t)(end - text);
    field->type &= MARK_BLANK;
    event->field_count = (uint8_t)(field - event->fields + 1);
    return true;
}

/* Whether the token is of the type, and the last one where the type changes it; it is changed then. */
static bool read_text(atw_event *event, atw_field *token, unsigned type, const uint8_t *end)
{
    const unsigned found = token_type(token);
    if (type == TYPE_STRING)
        return found == TOKEN_STRING;
    if (type == TYPE_WORD)
        return found != TOKEN_STRING;
    if (type > TYPE_TAGGED)
        return read_rest(event, token, type, end);
    if (found != TOKEN_BARE || token + 1 != event->fields + event->field_count)
        return false;
    return type == TYPE_PEER ? read_peer(event, token) : read_tagged(token);
}

bool atw_fits_row(const uint8_t *row, atw_event *event, const uint8_t *end)
{
    const uint8_t *param = row + LINE_HEADER_LENGTH;
    const uint8_t *const last = param + row_count(row);
    atw_field *token = event->fields;
    const atw_field *const tokens_end = token + event->field_count;
    for (; param < last; param++) {
        const unsigned type = atw_params[*param & (OPTIONAL - 1)];
        if (token == tokens_end || (token_type(token) == TOKEN_EMPTY && (type < TYPE_TEXT || token->text == end))) {
            if (*param < OPTIONAL)
                return false;
            token += token < tokens_end;
            continue;
        }
        token->param = *param & (OPTIONAL - 1);
        if (type >= TYPE_STRING) {
            if (!read_text(event, token, type, end))
                return false;
            if (type >= TYPE_PEER)
                return true;
        } else if (token_type(token) != TOKEN_INT ||
                   (type >= TYPE_LITERAL && token->value != atw_ranges[type & TYPE_RANGE_MASK].low)) {
            return false;
        }
        token++;
    }
    return token == tokens_end && event->field_count < ATW_FIELDS_MAX;
}

ATW_ASSERT(ATW_PARAM_NETOPEN_SECOND == ATW_PARAM_DNS_IP_ADDRESS_2 + 3,
           "param.def: fields beyond the documented ones stand together");

void atw_finish_fields(atw_event *event, const family_row *family)
{
    const atw_field *token = event->fields;
    atw_field *out = event->fields;
    unsigned left = event->field_count;
    event->field_count = 0;
    for (; left != 0; left--, token++) {
        const unsigned type = token->type;
        if (type & MARK_BLANK)
            event->notes |= ATW_NOTE(EXTRA_BLANK);
        if ((type & TOKEN_MASK) == TOKEN_EMPTY)
            continue;
        const unsigned rule = atw_params[token->param];
        *out = *token;
        if (rule < TYPE_STRING) {
            out->type = ATW_FIELD_INT;
            if (type & MARK_LEADING_ZERO)
                event->notes |= ATW_NOTE(LEADING_ZERO);
            if (!in_range(rule & TYPE_RANGE_MASK, token->value, family))
                event->notes |= ATW_NOTE(OUT_OF_RANGE);
        } else {
            out->type = ATW_FIELD_TEXT;
            out->value = 0;
        }
        /* param.def: the fields that no manual documents, and those that are matched only, stand together. */
        if (out->param >= ATW_PARAM_DNS_IP_ADDRESS_2 && out->param <= ATW_PARAM_NETOPEN_SECOND)
            event->notes |= ATW_NOTE(EXTRA_FIELD);
        if (out->param != ATW_PARAM_RESOLVED && out->param != ATW_PARAM_UNRESOLVED) {
            out++;
            event->field_count++;
        }
    }
}
