/*
 * The fields of a line.
 *
 * A line shape is held against the text from left to right, a field at a time: what the field is decides whether the row's next parameter
 * takes it. Notes are made on the way; they count only if the whole row fits.
 */
#include "fields.h"

static bool in_range(unsigned range, int32_t value, const family_row *family)
{
    const uint32_t number = (uint32_t)value;
    if (range >= RANGE_FIRST_ROW) {
        const range_row *row = limits_of(range);
        const uint32_t unit = range >= RANGE_TIMEOUT ? TIME_UNIT_MS : 1;
        return number - (uint32_t)row->low * unit <= row->span * unit || number == (uint32_t)row->also * unit;
    }
    if (range == RANGE_CLOSE_REASON)
        return number < 8 && (family->close_reasons >> number & 1) != 0;
    if (range == RANGE_SIZE)
        return value >= 0;
    return number < (range == RANGE_LINK ? family->links : family->servers);
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

/* Find a text: the octets between double quotes, or up to the next comma; a string that does not end right after its quotes is bare.
   Returns the comma after it, or `end`. */
static const uint8_t *find_text(atw_field *field, const uint8_t *text, const uint8_t *end)
{
    const uint8_t *stop = text;
    field->type = ATW_FIELD_TEXT;
    field->value = 0;
    if (*text == '"') {
        do {
            stop++;
        } while (stop < end && *stop != '"');
        if (stop < end && (stop + 1 == end || stop[1] == ',')) {
            field->text = text + 1;
            field->length = (uint16_t)(stop - text - 1);
            return stop + 1;
        }
    }
    while (stop < end && *stop != ',')
        stop++;
    field->text = text;
    field->length = (uint16_t)(stop - text);
    return stop;
}

/* Read a text of the type; returns where it ends, or NULL if there is none. */
static const uint8_t *read_text(atw_field *field, unsigned type, const uint8_t *text, const uint8_t *end)
{
    const uint8_t *const stop = find_text(field, text, end);
    const bool is_string = field->text != text;
    if (type < TYPE_PEER)
        return (type == TYPE_STRING) == is_string ? stop : NULL;
    if (type > TYPE_TAGGED) {
        field->text = text;
        field->length = (uint16_t)(end - text);
        return type >= TYPE_TEXT || is_like(type, text, end) ? end : NULL;
    }
    if (is_string || stop != end)
        return NULL;
    if (type == TYPE_PEER)
        return read_peer(field);
    return read_tagged(field) ? end : NULL;
}

/* Read a decimal integer of 32 bits as the parameter's rule has it; returns where it ends, or NULL if there is none. */
static const uint8_t *read_number(atw_field *field, unsigned rule, const uint8_t *text, const uint8_t *end,
                                  atw_event *event)
{
    const bool negative = *text == '-';
    const uint8_t *at = text + negative;
    uint32_t value = 0;
    if (end - at > 1 && *at == '0' && at[1] != ',')
        event->notes |= ATW_NOTE(LEADING_ZERO);
    for (; at < end && *at != ','; at++) {
        const uint32_t digit = (uint32_t)*at - '0';
        if (digit > 9 || value >> 28 != 0)
            return NULL;
        value = value * 10 + digit;
    }
    field->text = text;
    field->value = (int32_t)(negative ? 0 - value : value);
    field->length = (uint16_t)(at - text);
    field->type = ATW_FIELD_INT;
    if (field->length == negative || value > (uint32_t)INT32_MAX + negative)
        return NULL;
    if (rule >= TYPE_PORT) /* nothing but digits stands between a peer's colon and the end */
        return text[-1] == ':' && !negative ? at : NULL;
    return rule < TYPE_LITERAL || field->value == limits_of(rule & TYPE_RANGE_MASK)->low ? at : NULL;
}

static const uint8_t *read_field(atw_field *field, unsigned rule, const uint8_t *text, const uint8_t *end,
                                 atw_event *event)
{
    return rule < TYPE_STRING ? read_number(field, rule, text, end, event) : read_text(field, rule, text, end);
}

/* Pass over blanks before a field. */
static const uint8_t *skip_blanks(const uint8_t *text, const uint8_t *end, atw_event *event)
{
    for (; text < end && *text == ' '; text++)
        event->notes |= ATW_NOTE(EXTRA_BLANK);
    return text;
}

ATW_ASSERT(ATW_PARAM_DNS_IP_ADDRESS_4 == ATW_PARAM_NETOPEN_SECOND + 3 && ATW_PARAM_UNRESOLVED == ATW_PARAM_RESOLVED + 1,
           "param.def: fields beyond the documented ones stand together, and so do those that are matched only");

bool atw_read_row(const uint8_t *row, const uint8_t *text, const uint8_t *end, atw_event *event)
{
    const uint8_t *param = row + LINE_HEADER_LENGTH;
    const uint8_t *const last = param + row_count(row);
    atw_field *field = event->fields;
    event->field_count = 0;
    for (;; text++) { /* the comma */
        if (param == last)
            return false;
        const unsigned id = *param & (OPTIONAL - 1u);
        const unsigned rule = param_rule(id);
        text = skip_blanks(text, end, event);
        if (text == end || (*text == ',' && rule < TYPE_TEXT)) {
            if (*param < OPTIONAL)
                return false;
        } else {
            text = read_field(field, rule, text, end, event);
            if (text == NULL)
                return false;
            /* param.def: the fields that no manual documents, and those that are matched only, stand together. */
            if (id - ATW_PARAM_NETOPEN_SECOND < 4u)
                event->notes |= ATW_NOTE(EXTRA_FIELD);
            field->param = (uint8_t)id;
            if (id - ATW_PARAM_RESOLVED > 1u) {
                event->field_count++;
                field++;
            }
        }
        param++;
        if (text == end)
            return param == last || *param >= OPTIONAL;
    }
}

void atw_note_ranges(atw_event *event, const family_row *family)
{
    for (unsigned i = 0; i < event->field_count; i++) {
        const atw_field *field = &event->fields[i];
        if (field->type == ATW_FIELD_INT && field->param < PARAM_FIRST_INT &&
            !in_range(atw_params[field->param] & TYPE_RANGE_MASK, field->value, family))
            event->notes |= ATW_NOTE(OUT_OF_RANGE);
    }
}
