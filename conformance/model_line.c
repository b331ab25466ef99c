#include "model_line.h"

#include <string.h>

/* A field between two commas. */
typedef struct token {
    const uint8_t *text; /* blanks before it left out; without its quotes if it is a string */
    size_t length;
    const uint8_t *start; /* with its quote */
    bool blank;           /* blanks were left out */
    bool string;
    bool number;
    int64_t value;
} token;

/* No row has more parameters: what is behind can only be part of a text that goes to the line's end. */
#define TOKENS 24

/* A line's value, cut. */
typedef struct tokens {
    token item[TOKENS];
    size_t count;
    const uint8_t *end;
} tokens;

static bool is_digit(uint8_t octet)
{
    return octet >= '0' && octet <= '9';
}

static bool is_letter(uint8_t octet)
{
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

/* A decimal integer of 32 bits, with `-` at most. The value is summed up in 64 bits and looked at afterwards. */
static bool read_number(const uint8_t *text, size_t length, int64_t *value)
{
    bool negative = length > 0 && *text == '-';
    size_t at = negative ? 1 : 0;
    int64_t sum = 0;
    if (at == length) {
        return false;
    }
    for (; at < length; at++) {
        if (!is_digit(text[at])) {
            return false;
        }
        sum = sum > INT32_MAX ? sum : sum * 10 + text[at] - '0';
    }
    *value = negative ? -sum : sum;
    return *value >= INT32_MIN && *value <= INT32_MAX;
}

static bool has_leading_zero(const token *number)
{
    size_t sign = number->text[0] == '-' ? 1 : 0;
    return number->length > sign + 1 && number->text[sign] == '0';
}

/* Where the field that begins here ends: at the next comma, those inside its first pair of quotes not counted. */
static const uint8_t *field_end(const uint8_t *text, const uint8_t *end)
{
    const uint8_t *at = text;
    if (at < end && *at == '"') {
        const uint8_t *close = memchr(at + 1, '"', (size_t)(end - at - 1));
        at = close != NULL ? close + 1 : end;
    }
    while (at < end && *at != ',') {
        at++;
    }
    return at;
}

static const uint8_t *read_token(token *to, const uint8_t *text, const uint8_t *end)
{
    *to = (token){0};
    while (text < end && *text == ' ') {
        to->blank = true;
        text++;
    }
    const uint8_t *stop = field_end(text, end);
    to->start = text;
    to->text = text;
    to->length = (size_t)(stop - text);
    const uint8_t *close = to->length > 1 && *text == '"' ? memchr(text + 1, '"', to->length - 1) : NULL;
    if (close != NULL && close + 1 == stop) {
        to->string = true;
        to->text++;
        to->length -= 2;
    } else {
        to->number = read_number(text, to->length, &to->value);
    }
    return stop;
}

static void cut(tokens *to, const uint8_t *text, const uint8_t *end)
{
    to->end = end;
    to->count = 0;
    for (;;) {
        text = read_token(&to->item[to->count++], text, end);
        if (text == end || to->count == TOKENS) {
            return;
        }
        text++;
    }
}

static atw_field *add_field(atw_event *event, int param, atw_field_type type, const uint8_t *text, size_t length)
{
    atw_field *field = &event->fields[event->field_count++];
    *field = (atw_field){.text = text, .length = (uint16_t)length, .param = (uint8_t)param, .type = (uint8_t)type};
    return field;
}

static bool in_range(const char *range, int64_t value, atw_family family)
{
    const model_family *limits = model_family_of(family);
    if (model_is(range, "ANY")) {
        return true;
    }
    if (model_is(range, "LINK")) {
        return value >= 0 && value < limits->links;
    }
    if (model_is(range, "SERVER")) {
        return value >= 0 && value < limits->servers;
    }
    if (model_is(range, "CLOSE_REASON")) {
        return value >= 0 && value < 8 && (limits->close_reasons >> value & 1) != 0;
    }
    const model_range *row = model_range_of(range);
    return (value >= row->low && value <= row->high) || value == row->also;
}

/* A row held against the tokens of a line. */
typedef struct match {
    const model_line *row;
    const tokens *from;
    atw_event event;
    atw_family family;
    size_t at; /* the token that the next parameter takes */
} match;

static void add_number(match *in, int param, const token *number)
{
    add_field(&in->event, param, ATW_FIELD_INT, number->text, number->length)->value = (int32_t)number->value;
    if (has_leading_zero(number)) {
        in->event.notes |= ATW_NOTE(LEADING_ZERO);
    }
    if (!in_range(model_param_of(param)->range, number->value, in->family)) {
        in->event.notes |= ATW_NOTE(OUT_OF_RANGE);
    }
}

/* <ip>:<port>, split at the last colon; the port is the next parameter. */
static bool read_peer(match *in, int param, const token *peer)
{
    size_t colon = peer->length;
    while (colon > 0 && peer->text[colon - 1] != ':') {
        colon--;
    }
    token port = {.text = peer->text + colon, .length = peer->length - colon};
    if (peer->string || colon < 2 || in->at != in->from->count || port.length == 0 || *port.text == '-' ||
        !read_number(port.text, port.length, &port.value)) {
        return false;
    }
    add_field(&in->event, param, ATW_FIELD_TEXT, peer->text, colon - 1);
    add_number(in, param + 1, &port);
    return true;
}

static bool read_tagged(match *in, int param, const token *from)
{
    static const char *const labels[] = {"Secondary IPv4 DNS: ", "Secondary IPv6 DNS: "};
    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(labels[i]);
        if (!from->string && in->at == in->from->count && from->length > length &&
            memcmp(from->text, labels[i], length) == 0) {
            add_field(&in->event, param, ATW_FIELD_TEXT, from->text + length, from->length - length);
            return true;
        }
    }
    return false;
}

static bool is_address(const uint8_t *text, const uint8_t *end)
{
    static const char octets[] = "0123456789abcdefABCDEF.:";
    while (text < end && memchr(octets, *text, sizeof octets - 1) != NULL) {
        text++;
    }
    return text == end;
}

/* A parenthesis where a range can begin. */
static bool has_range(const uint8_t *text, const uint8_t *end)
{
    for (const uint8_t *at = text; at < end; at++) {
        if (*at == '(' && (at == text || at[-1] == ',')) {
            return true;
        }
    }
    return false;
}

/* All that is left of the line is one text. */
static bool read_rest(match *in, int param, const token *first)
{
    const char *type = model_param_of(param)->type;
    const uint8_t *text = first->start;
    const uint8_t *end = in->from->end;
    if (text == end || (model_is(type, "ADDRESS") && !is_address(text, end)) ||
        (model_is(type, "RANGES") && !has_range(text, end))) {
        return false;
    }
    size_t length = (size_t)(end - text);
    if (model_is(type, "ERR_INFO")) {
        int code = model_err_info(text, length);
        if (code >= 0) {
            add_field(&in->event, ATW_PARAM_ERR_INFO, ATW_FIELD_INT, text, length)->value = code;
        } else {
            in->event.notes |= ATW_NOTE(UNKNOWN_TEXT);
        }
    }
    add_field(&in->event, param, ATW_FIELD_TEXT, text, length);
    in->at = in->from->count;
    return true;
}

/* A token as the parameter's value. */
static bool read_value(match *in, int param, const token *from)
{
    const model_param *rule = model_param_of(param);
    if (model_is(rule->type, "INT")) {
        if (from->number) {
            add_number(in, param, from);
        }
        return from->number;
    }
    if (model_is(rule->type, "LITERAL")) {
        bool equal = from->number && from->value == model_range_of(rule->range)->low;
        if (equal) {
            add_number(in, param, from);
            in->event.field_count = (uint8_t)(in->event.field_count - (*rule->key == '\0'));
        }
        return equal;
    }
    if (model_is(rule->type, "STRING") || model_is(rule->type, "WORD")) {
        add_field(&in->event, param, ATW_FIELD_TEXT, from->text, from->length);
        return from->string == model_is(rule->type, "STRING");
    }
    if (model_is(rule->type, "PEER")) {
        return read_peer(in, param, from);
    }
    return model_is(rule->type, "TAGGED") ? read_tagged(in, param, from) : read_rest(in, param, from);
}

/* Text that goes up to the line's end, commas and all, whatever it is: it may begin with one. */
static bool may_begin_with_comma(int param)
{
    const char *type = model_param_of(param)->type;
    return model_is(type, "TEXT") || model_is(type, "ERR_INFO");
}

/* One parameter of the row. */
static bool read_param(match *in, int param)
{
    bool optional = param < 0;
    param = optional ? -param : param;
    if (model_is(model_param_of(param)->type, "PORT")) {
        return true; /* read together with the peer before it */
    }
    if (in->at == in->from->count) {
        return optional;
    }
    const token *from = &in->from->item[in->at++];
    bool empty = from->length == 0 && !from->string && (!may_begin_with_comma(param) || from->start == in->from->end);
    if (from->blank) {
        in->event.notes |= ATW_NOTE(EXTRA_BLANK);
    }
    return empty ? optional : read_value(in, param, from);
}

static bool fits(match *in)
{
    for (size_t i = 0; i < MODEL_PARAMS && in->row->params[i] != 0; i++) {
        if (!read_param(in, in->row->params[i])) {
            return false;
        }
    }
    return in->at == in->from->count;
}

int64_t model_value(const atw_event *event, const char *key, int64_t otherwise)
{
    for (size_t i = 0; i < event->field_count; i++) {
        if (model_is(atw_param_key((atw_param)event->fields[i].param), key)) {
            return event->fields[i].value;
        }
    }
    return otherwise;
}

/* The payload that a line announces. False if its count cannot be obeyed. */
static bool read_payload(model_reading *to, bool hex, const model_context *context)
{
    int64_t count = model_value(&to->event, "len", model_value(&to->event, "read_len", 0));
    if (count < 0 || count > context->ceiling) {
        return false;
    }
    if (count > (hex ? 750 : 1500)) {
        to->event.notes |= ATW_NOTE(OVER_MAXIMUM);
    }
    to->has_payload = count > 0;
    to->hex = hex;
    to->count = (uint64_t)count;
    return true;
}

static void note_shape(atw_event *event, atw_family family)
{
    int64_t links = model_family_of(family)->links;
    bool states = event->line == ATW_LINE_CIPCLOSE_STATES || event->line == ATW_LINE_CIPCLOSE_STATES_2;
    if (states && event->field_count != links && !(family == ATW_FAMILY_ANY && event->field_count == 2)) {
        event->notes |= ATW_NOTE(LINK_STATES);
    }
    bool second = event->line == ATW_LINE_NETOPEN_RESULT && event->field_count > 1;
    bool further = event->line == ATW_LINE_CDNSGIP_RESOLVED && event->field_count > 2;
    if (second || further) {
        event->notes |= ATW_NOTE(EXTRA_FIELD);
    }
}

/* First asked, first answered: an outstanding result is taken before an answer. */
static bool may_be_answer(const model_name *name, const tokens *from, const model_context *context)
{
    bool has_index = !model_is(name->index, "NO_INDEX") && *name->index != '\0';
    int64_t link = has_index && from->item[0].number ? from->item[0].value : 0;
    return context->is_answer(context->exchanges, name) && !context->is_outstanding(context->exchanges, name->id, link);
}

static size_t group_start(const char *group)
{
    size_t i = 0;
    while (model_lines[i].group == NULL || !model_is(model_lines[i].group, group)) {
        i++;
    }
    return i + 1;
}

/* Hold the value against the name's rows in their order. */
static bool read_rows(model_reading *to, const model_name *name, const tokens *from, const model_context *context)
{
    for (size_t i = group_start(name->lines); i < model_line_count && model_lines[i].group == NULL; i++) {
        const model_line *row = &model_lines[i];
        match one = {.row = row, .from = from, .event = to->event, .family = context->family};
        if (!fits(&one) || (model_is(row->flags, "IF_PENDING") && !may_be_answer(name, from, context))) {
            continue;
        }
        to->event = one.event;
        to->event.kind = (uint8_t)row->kind;
        to->event.line = (uint8_t)row->id;
        note_shape(&to->event, context->family);
        bool raw = model_is(row->flags, "RAW_DATA");
        bool hex = model_is(row->flags, "HEX_DATA");
        return !(raw || hex) || read_payload(to, hex, context);
    }
    return false;
}

static void make_malformed(atw_event *event)
{
    event->kind = ATW_MALFORMED;
    event->line = ATW_LINE_NONE;
    event->field_count = 0;
    event->notes = 0;
}

/* Both spellings of a header are one name in events; so are the two address families of a DNS list. */
static atw_name event_name(atw_name name)
{
    if (name == ATW_NAME_RCV_FROM) {
        return ATW_NAME_RECV_FROM;
    }
    return name == ATW_NAME_PRIMARY_IPV4 || name == ATW_NAME_PRIMARY_IPV6 ? ATW_NAME_CDNSCFG : name;
}

static void read_value_of(model_reading *to, const model_name *name, const uint8_t *value, const uint8_t *end,
                          const model_context *context)
{
    tokens from;
    to->event.name = (uint8_t)event_name(name->id);
    if (!model_in_manual(name, context->family)) {
        to->event.notes |= ATW_NOTE(NOT_IN_MANUAL);
    }
    cut(&from, value, end);
    if (!read_rows(to, name, &from, context)) {
        make_malformed(&to->event);
    }
}

/* One blank belongs behind a colon. */
static const uint8_t *pass_blank(atw_event *event, const uint8_t *value, const uint8_t *end)
{
    if (value < end && *value == ' ') {
        return value + 1;
    }
    event->notes |= ATW_NOTE(MISSING_BLANK);
    return value;
}

static void read_ipd(model_reading *to, const uint8_t *value, const uint8_t *end, const model_context *context)
{
    if (value < end && *value == ' ') {
        to->event.notes |= ATW_NOTE(LENGTH_BLANK);
        value++;
    }
    if (value < end && end[-1] == ':') {
        to->event.notes |= ATW_NOTE(LENGTH_COLON);
        end--;
    }
    read_value_of(to, model_name_of(ATW_NAME_IPD), value, end, context);
}

static void read_raw(atw_event *event, bool answer, const uint8_t *value, const uint8_t *end)
{
    event->kind = answer ? ATW_INFO : ATW_URC;
    if (value == NULL) {
        return;
    }
    value += value < end && *value == ' ';
    add_field(event, ATW_PARAM_RAW, ATW_FIELD_TEXT, value, (size_t)(end - value));
}

/* A letter, then letters, digits, `_`, `-`. */
static bool is_name(const uint8_t *text, size_t length)
{
    for (size_t i = 1; i < length; i++) {
        if (!is_letter(text[i]) && !is_digit(text[i]) && text[i] != '_' && text[i] != '-') {
            return false;
        }
    }
    return length > 0 && is_letter(*text);
}

static bool starts_with(const uint8_t *text, const uint8_t *end, const char *word)
{
    size_t length = strlen(word);
    return (size_t)(end - text) >= length && memcmp(text, word, length) == 0;
}

static const model_name *find_prefix(const uint8_t *text, size_t length)
{
    const model_name *name = length > 2 ? model_find(MODEL_COMMAND, text, length) : NULL;
    return name != NULL ? name : model_find(MODEL_PREFIX, text, length);
}

static bool read_unknown(model_reading *to, const uint8_t *text, size_t length, const uint8_t *value,
                         const uint8_t *end, const model_context *context)
{
    if (!is_name(text, length)) {
        return false;
    }
    to->event.name = ATW_NAME_OTHER;
    to->event.label = (atw_span){text, length};
    read_raw(&to->event, context->is_answer_named(context->exchanges, text, length), value, end);
    return true;
}

/* What follows the sign of `+NAME: …`. */
static bool read_prefixed(model_reading *to, const uint8_t *text, const uint8_t *end, const model_context *context)
{
    if (starts_with(text, end, "IPD") && (text + 3 == end || (!is_letter(text[3]) && text[3] != '_'))) {
        read_ipd(to, text + 3, end, context);
        return true;
    }
    if (starts_with(text, end, "RECEIVE,")) {
        read_value_of(to, model_name_of(ATW_NAME_RECEIVE), text + 8, end[-1] == ':' ? end - 1 : end, context);
        return true;
    }
    const uint8_t *colon = memchr(text, ':', (size_t)(end - text));
    const uint8_t *value = colon != NULL ? colon + 1 : NULL;
    size_t length = (size_t)((colon != NULL ? colon : end) - text);
    const model_name *name = find_prefix(text, length);
    if (name == NULL) {
        return read_unknown(to, text, length, value, end, context);
    }
    to->event.name = (uint8_t)name->id;
    if (value == NULL || name->id == ATW_NAME_RECEIVE) { /* no colon follows that name */
        make_malformed(&to->event);
    } else if (model_is(name->lines, "NONE")) {
        read_raw(&to->event, context->is_answer(context->exchanges, name), value, end);
    } else {
        value = pass_blank(&to->event, value, end);
        read_value_of(to, name, value, end, context);
    }
    return true;
}

static bool read_header(model_reading *to, const uint8_t *text, const uint8_t *end, bool has_plus,
                        const model_context *context)
{
    const uint8_t *value = memchr(text, ':', (size_t)(end - text));
    const model_name *name = value != NULL ? model_find(MODEL_HEADER, text, (size_t)(value - text)) : NULL;
    bool peer = name != NULL && (name->id == ATW_NAME_RECV_FROM || name->id == ATW_NAME_RCV_FROM);
    if (name == NULL || (has_plus && !peer)) {
        return false;
    }
    value++;
    if (has_plus || name->id == ATW_NAME_RCV_FROM) {
        to->event.notes |= ATW_NOTE(SPELLING);
    }
    if (!peer) {
        value = pass_blank(&to->event, value, end);
    }
    read_value_of(to, name, value, end, context);
    return true;
}

static bool read_word(atw_event *event, const uint8_t *text, const uint8_t *end)
{
    const model_name *name = model_find(MODEL_WORD, text, (size_t)(end - text));
    if (name == NULL || name->id == ATW_NAME_CONNECT) {
        return false;
    }
    const model_line *row = &model_lines[group_start(name->lines)];
    event->name = (uint8_t)name->id;
    event->kind = (uint8_t)row->kind;
    event->line = (uint8_t)row->id;
    return true;
}

static bool read_connect(atw_event *event, const uint8_t *text, const uint8_t *end, bool may_connect)
{
    if (!may_connect || !starts_with(text, end, "CONNECT") || starts_with(text, end, "CONNECT FAIL")) {
        return false;
    }
    text += strlen("CONNECT");
    bool bare = text < end && *text != ' ';
    for (const uint8_t *at = text; bare && at < end; at++) {
        if (!is_digit(*at)) {
            return false;
        }
    }
    event->notes |= bare ? ATW_NOTE(CONNECT_DIGITS) : 0;
    event->kind = ATW_CONNECT;
    event->line = ATW_LINE_CONNECT_TEXT;
    text += text < end && !bare;
    if (text < end) {
        add_field(event, ATW_PARAM_TEXT, ATW_FIELD_TEXT, text, (size_t)(end - text));
    }
    return true;
}

static bool read_coded(model_reading *to, const uint8_t *text, const uint8_t *end, const model_context *context)
{
    if (*text == '+' || *text == '*') {
        return read_prefixed(to, text + 1, end, context) ||
               (*text == '+' && read_header(to, text + 1, end, true, context));
    }
    return read_word(&to->event, text, end) || read_connect(&to->event, text, end, context->may_connect) ||
           read_header(to, text, end, false, context);
}

void model_read_line(model_reading *to, const uint8_t *line, size_t length, const model_context *context)
{
    const uint8_t *end = line + length;
    while (end > line && end[-1] == ' ') {
        end--;
    }
    *to = (model_reading){0};
    to->event.notes = end < line + length ? ATW_NOTE(TRAILING_BLANK) : 0;
    if (end == line || !read_coded(to, line, end, context)) {
        to->event = (atw_event){.kind = ATW_TEXT};
    }
    to->event.text = (atw_span){line, length};
    to->event.last = true;
}
