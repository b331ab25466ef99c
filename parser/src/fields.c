/*
 * The fields of a line.
 *
 * A line shape is held against the text from left to right, a field at a time: what the field is decides whether the row's next parameter
 * takes it. A field that is being read is an atw_field whose `type` holds TOKEN_… and MARK_… until then.
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

/* Read the decimal integer at the field's start; returns where it ends. The field is TOKEN_BARE if there is none or it does not fit
   32 bits. */
static const uint8_t *read_int(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    const bool negative = text < end && *text == '-';
    const uint8_t *const first = text + negative;
    const uint8_t *at = first;
    unsigned type = TOKEN_INT;
    uint32_t value = 0;
    for (uint32_t digit; at < end && (digit = (uint32_t)*at - '0') <= 9 && value <= INT32_MAX / 10; at++)
        value = value * 10 + digit;
    if (at - first > 1 && *first == '0')
        type = MARK_LEADING_ZERO;
    if (at == first || (at < end && *at != ',') || value > (uint32_t)INT32_MAX + negative)
        type = TOKEN_BARE;
    token->type = (uint8_t)(token->type | type);
    token->value = (int32_t)(negative ? 0 - value : value);
    return at;
}

/* Read one field; returns the comma after it, or `end`. A string is the text between double quotes, and bare if the field does not
   end right after them. */
static const uint8_t *read_token(atw_field *token, const uint8_t *text, const uint8_t *end)
{
    token->type = TOKEN_INT;
    for (; text < end && *text == ' '; text++)
        token->type = MARK_BLANK;
    token->text = text;
    const uint8_t *stop;
    if (text < end && *text == '"') {
        stop = text + 1;
        while (stop < end && *stop != '"')
            stop++;
        if (stop < end && (stop + 1 == end || stop[1] == ',')) {
            token->type |= TOKEN_STRING;
            token->text = text + 1;
            token->length = (uint16_t)(stop - text - 1);
            return stop + 1;
        }
        token->type |= TOKEN_BARE;
    } else {
        stop = read_int(token, text, end);
    }
    while (stop < end && *stop != ',')
        stop++;
    token->length = (uint16_t)(stop - text);
    if (stop == text)
        token->type |= TOKEN_EMPTY;
    return stop;
}

static bool in_range(unsigned range, int32_t value, const family_row *family)
{
    const range_row *row = &atw_ranges[range];
    const uint32_t unit = range >= RANGE_TIMEOUT ? TIME_UNIT_MS : 1;
    const uint32_t number = (uint32_t)value;
    if (range == RANGE_ANY)
        return true;
    if (range == RANGE_SIZE)
        return value >= 0;
    if (range == RANGE_CLOSE_REASON)
        return number < 8 && (family->close_reasons >> number & 1) != 0;
    if (range <= RANGE_SERVER)
        return number < (range == RANGE_LINK ? family->links : family->servers);
    return number - (uint32_t)row->low * unit <= row->span * unit || number == (uint32_t)row->also * unit;
}

/* Cut a bare <ip>:<port> at its last colon; returns the colon, or NULL. */
static const uint8_t *read_peer(atw_field *peer)
{
    const uint8_t *colon = peer->text + peer->length;
    while (--colon > peer->text) {
        if (*colon == ':') {
            peer->length = (uint16_t)(colon - peer->text);
            return colon;
        }
    }
    return NULL;
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

/* Whether the text has only what an address has, or a range somewhere: a parenthesis at its start or after a comma. */
static bool is_like(unsigned type, const uint8_t *text, const uint8_t *end)
{
    for (uint8_t before = ','; text < end; before = *text++) {
        if (type == TYPE_RANGES) {
            if (before == ',' && *text == '(')
                return true;
        } else if ((uint8_t)(*text - '0') > 10 && *text != '.' && (uint8_t)((*text | 0x20) - 'a') > 5) {
            return false; /* the colon follows the nine */
        }
    }
    return type == TYPE_ADDRESS;
}

/* Make the field a text of the type; returns where it ends, or NULL if it is none. */
static const uint8_t *read_text(atw_field *field, unsigned type, const uint8_t *stop, const uint8_t *end)
{
    const unsigned found = field->type & TOKEN_MASK;
    field->type = ATW_FIELD_TEXT;
    field->value = 0;
    if (type < TYPE_PEER)
        return (type == TYPE_STRING) == (found == TOKEN_STRING) ? stop : NULL;
    if (type > TYPE_TAGGED) {
        field->text -= found == TOKEN_STRING;
        field->length = (uint16_t)(end - field->text);
        return type >= TYPE_TEXT || is_like(type, field->text, end) ? end : NULL;
    }
    if (found != TOKEN_BARE || stop != end)
        return NULL;
    if (type == TYPE_PEER)
        return read_peer(field);
    return read_tagged(field) ? end : NULL;
}

/* Whether the field is a number of the type. After a peer's colon nothing but a digit comes. */
static bool is_number(const atw_field *field, unsigned rule, const uint8_t *text)
{
    if ((field->type & TOKEN_MASK) != TOKEN_INT)
        return false;
    if (rule >= TYPE_PORT)
        return (uint8_t)(*text - '0') < 10;
    return rule < TYPE_LITERAL || field->value == atw_ranges[rule & TYPE_RANGE_MASK].low;
}

ATW_ASSERT(ATW_PARAM_NETOPEN_SECOND == ATW_PARAM_DNS_IP_ADDRESS_2 + 3 && ATW_PARAM_UNRESOLVED == ATW_PARAM_RESOLVED + 1,
           "param.def: fields beyond the documented ones stand together, and so do those that are matched only");

bool atw_read_row(const uint8_t *row, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const uint8_t *param = row + LINE_HEADER_LENGTH;
    const uint8_t *const last = param + row_count(row);
    atw_field *field = event->fields;
    uint32_t notes = event->notes;
    for (; param < last && text != NULL; param++) {
        const unsigned id = *param & (OPTIONAL - 1u);
        const unsigned rule = atw_params[id];
        const uint8_t *stop = read_token(field, text, end);
        if (field->type & MARK_BLANK)
            notes |= ATW_NOTE(EXTRA_BLANK);
        if ((field->type & TOKEN_MASK) == TOKEN_EMPTY && (rule < TYPE_TEXT || field->text == end)) {
            if (*param < OPTIONAL)
                return false;
        } else {
            if (rule >= TYPE_STRING) {
                stop = read_text(field, rule, stop, end);
                if (stop == NULL)
                    return false;
            } else {
                if (!is_number(field, rule, text))
                    return false;
                if (field->type & MARK_LEADING_ZERO)
                    notes |= ATW_NOTE(LEADING_ZERO);
                field->type = ATW_FIELD_INT;
            }
            /* param.def: the fields that no manual documents, and those that are matched only, stand together. */
            if (id - ATW_PARAM_DNS_IP_ADDRESS_2 < 4u)
                notes |= ATW_NOTE(EXTRA_FIELD);
            field->param = (uint8_t)id;
            field += id - ATW_PARAM_RESOLVED > 1u;
        }
        text = stop < end ? stop + 1 : NULL;
    }
    if (text != NULL || (param < last && *param < OPTIONAL))
        return false;
    event->notes = notes;
    event->field_count = (uint8_t)(field - event->fields);
    return true;
}

void atw_note_ranges(atw_event *event, const family_row *family)
{
    for (unsigned i = 0; i < event->field_count; i++) {
        const atw_field *field = &event->fields[i];
        if (field->type == ATW_FIELD_INT && !in_range(atw_params[field->param] & TYPE_RANGE_MASK, field->value, family))
            event->notes |= ATW_NOTE(OUT_OF_RANGE);
    }
}
