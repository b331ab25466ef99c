#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "input.h"
#include "notation.h"

#define VALUES 16
#define VALUE_MAX 200

/* One `key=value` of an event line. */
typedef struct value {
    char key[32];
    bool quoted;
    uint8_t octets[VALUE_MAX];
    size_t count;
} value;

/* An event line, taken apart. */
typedef struct event_text {
    atw_kind kind;
    char name[40];
    value values[VALUES];
    size_t count;
    size_t used;
} event_text;

static size_t word_length(const char *text)
{
    return strcspn(text, " =");
}

/* A quoted value up to its closing quote; returns the octet behind it, or NULL. */
static const char *read_quoted(value *to, const char *text)
{
    size_t length = 0;
    while (text[length] != '\0' && text[length] != '"') {
        length += text[length] == '\\' && text[length + 1] != '\0' ? 2 : 1;
    }
    if (text[length] != '"' || length >= VALUE_MAX) {
        return NULL;
    }
    to->quoted = true;
    to->count = input_unescape(text, length, to->octets);
    return text + length + 1;
}

static const char *read_value(value *to, const char *text)
{
    size_t length = word_length(text);
    *to = (value){0};
    if (length == 0 || length >= sizeof to->key || text[length] != '=') {
        return NULL;
    }
    memcpy(to->key, text, length);
    text += length + 1;
    if (*text == '"') {
        return read_quoted(to, text + 1);
    }
    length = strcspn(text, " ");
    if (length >= VALUE_MAX) {
        return NULL;
    }
    memcpy(to->octets, text, length);
    to->count = length;
    return text + length;
}

/* Kind, name and values; notes are left out. */
static bool read_event(event_text *to, const char *line)
{
    *to = (event_text){0};
    size_t length = word_length(line);
    if (!notation_kind_from_text(line, length, &to->kind) || line[length] != ' ') {
        return false;
    }
    line += length + 1;
    length = word_length(line);
    if (length == 0 || length >= sizeof to->name || line[length] == '=') {
        return false;
    }
    memcpy(to->name, line, length);
    line += length;
    while (*line == ' ' && line[1] != '~') {
        if (to->count == VALUES || (line = read_value(&to->values[to->count++], line + 1)) == NULL) {
            return false;
        }
    }
    return *line == '\0' || *line == ' ';
}

/* A canonical decimal integer of 32 bits. */
static bool read_int(const value *from, int64_t *number)
{
    char text[16] = "";
    char again[32];
    if (from->quoted || from->count == 0 || from->count > 11) {
        return false;
    }
    memcpy(text, from->octets, from->count);
    *number = strtoll(text, NULL, 10);
    snprintf(again, sizeof again, "%lld", (long long)*number);
    return strcmp(text, again) == 0 && *number >= INT32_MIN && *number <= INT32_MAX;
}

static bool has_octet(const value *from, char octet)
{
    return memchr(from->octets, octet, from->count) != NULL;
}

/* Octets that can be the rest of a line: not its end, no blanks at an end. */
static bool is_line_text(const value *from)
{
    return from->quoted && from->count > 0 && !has_octet(from, '\n') && from->octets[0] != ' ' &&
           from->octets[from->count - 1] != ' ' && from->octets[from->count - 1] != '\r';
}

static bool is_all_of(const value *from, const char *set)
{
    for (size_t i = 0; i < from->count; i++) {
        if (memchr(set, from->octets[i], strlen(set)) == NULL) {
            return false;
        }
    }
    return true;
}

static bool has_range(const value *from)
{
    for (size_t i = 0; i < from->count; i++) {
        if (from->octets[i] == '(' && (i == 0 || from->octets[i - 1] == ',')) {
            return true;
        }
    }
    return false;
}

/* A text to the line's end that no row before it in its group would take. */
static bool may_be_rest(const model_param *as, const value *from)
{
    static const char address[] = "0123456789abcdefABCDEF.:";
    if (!is_line_text(from)) {
        return false;
    }
    if (model_is(as->type, "ADDRESS")) {
        return is_all_of(from, address);
    }
    if (model_is(as->type, "RANGES")) {
        return has_range(from) && from->octets[0] != ',';
    }
    return !is_all_of(from, address) && !is_all_of(from, "-0123456789");
}

/* One value on the wire and in the event. */
static bool write_value(wire *to, const model_param *as, const value *from, buffer *octets)
{
    int64_t number = 0;
    if (model_is(as->type, "INT") || model_is(as->type, "LITERAL") || model_is(as->type, "PORT")) {
        bool good = read_int(from, &number);
        bool literal = model_is(as->type, "LITERAL");
        buffer_number(octets, number);
        if (model_is(as->key, "len") || model_is(as->key, "read_len")) {
            to->payload_count = (uint64_t)number;
        }
        return good && (!literal || number == model_range_of(as->range)->low) &&
               (!model_is(as->type, "PORT") || number >= 0);
    }
    if (model_is(as->type, "STRING")) {
        buffer_octet(octets, '"');
        buffer_add(octets, from->octets, from->count);
        buffer_octet(octets, '"');
        return from->quoted && !has_octet(from, '"') && !has_octet(from, '\n');
    }
    buffer_add(octets, from->octets, from->count);
    if (model_is(as->type, "WORD") || model_is(as->type, "TAGGED")) {
        return is_line_text(from) && !has_octet(from, ',') && from->octets[0] != '"';
    }
    if (model_is(as->type, "PEER")) {
        return is_line_text(from) && !has_octet(from, ',') && from->octets[0] != '"';
    }
    return may_be_rest(as, from);
}

static void add_event_value(buffer *event, const model_param *as, const value *from)
{
    const char *key = as->key;
    int code = model_is(as->type, "ERR_INFO") ? model_err_info(from->octets, from->count) : -1;
    if (code >= 0) {
        buffer_format(event, " code=%d", code);
    }
    buffer_format(event, " %s=%s", key, from->quoted ? "\"" : "");
    if (from->quoted) {
        buffer_escape(event, from->octets, from->count);
        buffer_octet(event, '"');
    } else {
        buffer_add(event, from->octets, from->count);
    }
}

/* A literal without a key is not in the event: it is the row's. */
static void write_literal(const model_param *as, buffer *octets)
{
    buffer_number(octets, model_range_of(as->range)->low);
}

/* The value that is this parameter's, if it is the next one. */
static const value *next_value(event_text *from, const model_param *as)
{
    const value *next = from->used < from->count ? &from->values[from->used] : NULL;
    if (next == NULL || strcmp(next->key, as->key) != 0) {
        return NULL;
    }
    from->used++;
    return next;
}

static const char *separator(const model_param *as, size_t position)
{
    if (model_is(as->type, "PORT")) {
        return ":";
    }
    if (model_is(as->type, "TAGGED")) {
        return ",Secondary IPv4 DNS: ";
    }
    return position > 0 ? "," : "";
}

/* An absent optional parameter leaves its comma, if a present one follows. */
static bool write_row(wire *to, const model_line *row, event_text *from, buffer *octets, buffer *event)
{
    size_t absent = 0;
    from->used = 0;
    for (size_t i = 0; i < MODEL_PARAMS && row->params[i] != 0; i++) {
        const model_param *as = model_param_of(row->params[i]);
        bool hidden = *as->key == '\0';
        const value *next = hidden ? NULL : next_value(from, as);
        if (next == NULL && !hidden) {
            absent++;
            if (row->params[i] > 0) {
                return false;
            }
            continue;
        }
        for (; absent > 0; absent--) {
            buffer_text(octets, ",");
        }
        buffer_text(octets, separator(as, i));
        if (hidden) {
            write_literal(as, octets);
        } else if (!write_value(to, as, next, octets)) {
            return false;
        } else {
            add_event_value(event, as, next);
        }
    }
    return from->used == from->count;
}

/* Blanks in a name are printed as `-`. */
static bool is_named(const model_name *name, const char *text)
{
    size_t length = strlen(name->text);
    for (size_t i = 0; i < length; i++) {
        char octet = name->text[i] == ' ' ? '-' : name->text[i];
        if (octet != text[i]) {
            return false;
        }
    }
    return text[length] == '\0';
}

static const model_name *find_name(const char *text)
{
    for (int id = 1; id < ATW_NAME_COUNT; id++) {
        const model_name *name = model_name_of((atw_name)id);
        bool only_written = id == ATW_NAME_RCV_FROM || id == ATW_NAME_PRIMARY_IPV4 || id == ATW_NAME_PRIMARY_IPV6;
        if (name != NULL && !only_written && strlen(name->text) > 1 && is_named(name, text)) {
            return name;
        }
    }
    return NULL;
}

static void write_prefix(const model_name *name, buffer *octets)
{
    if (name->id == ATW_NAME_IPD) {
        buffer_text(octets, "+IPD");
    } else if (name->id == ATW_NAME_RECEIVE) {
        buffer_text(octets, "+RECEIVE,");
    } else if (name->sort == MODEL_HEADER) {
        buffer_format(octets, "%s:", name->text);
    } else {
        buffer_format(octets, "+%s: ", name->text);
    }
}

static bool same_kind(const model_line *row, const event_text *from)
{
    return row->group == NULL && row->kind == from->kind;
}

/* The first of the group's rows of that kind that the values are written by. */
static bool write_rows(wire *to, const char *group, event_text *from, buffer *octets, buffer *event)
{
    size_t i = 0;
    size_t octets_before = octets->count;
    size_t event_before = event->count;
    while (i < model_line_count && (model_lines[i].group == NULL || !model_is(model_lines[i].group, group))) {
        i++;
    }
    for (i++; i < model_line_count && model_lines[i].group == NULL; i++) {
        octets->count = octets_before;
        event->count = event_before;
        if (same_kind(&model_lines[i], from) && write_row(to, &model_lines[i], from, octets, event)) {
            to->row = &model_lines[i];
            to->has_payload = strstr(model_lines[i].flags, "_DATA") != NULL;
            return true;
        }
    }
    return false;
}

/* `+NAME: raw` of a prefix whose fields have no row. */
static bool write_raw(event_text *from, buffer *octets, buffer *event)
{
    const value *raw = from->count == 1 && strcmp(from->values[0].key, "raw") == 0 ? &from->values[0] : NULL;
    size_t length = strlen(from->name);
    if (raw == NULL || !is_line_text(raw) || strcspn(from->name, "abcdefghijklmnopqrstuvwxyz") < length ||
        strspn(from->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 0 || length < 3 ||
        strspn(from->name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") < length) {
        return false;
    }
    buffer_format(octets, "+%s: ", from->name);
    buffer_add(octets, raw->octets, raw->count);
    add_event_value(event, model_param_of(ATW_PARAM_RAW), raw);
    return true;
}

static int64_t int_of(const event_text *from, const char *key)
{
    int64_t number = 0;
    for (size_t i = 0; i < from->count; i++) {
        if (strcmp(from->values[i].key, key) == 0) {
            (void)read_int(&from->values[i], &number);
        }
    }
    return number;
}

/* What a result says. */
static void judge(wire *to, const event_text *from)
{
    (void)(from->count > 0 && read_int(&from->values[0], &to->first));
    to->good = int_of(from, "err") == 0;
    if (to->name->id == ATW_NAME_CIPSEND) {
        to->good = int_of(from, "req_send_length") == int_of(from, "cnf_send_length");
    } else if (to->name->id == ATW_NAME_CDNSGIP) {
        to->good = to->row->id == ATW_LINE_CDNSGIP_RESOLVED;
    }
}

bool wire_from_event(wire *to, const char *line, buffer *octets, buffer *event)
{
    static event_text from;
    *to = (wire){0};
    if (!read_event(&from, line)) {
        return false;
    }
    buffer_format(event, "%s %s", notation_kind_text(from.kind), from.name);
    to->name = find_name(from.name);
    if (to->name != NULL && to->name->id == ATW_NAME_IP_ERROR && from.count == 2) {
        from.values[0] = from.values[1]; /* the number comes from the text */
        from.count = 1;
    }
    if (to->name == NULL || model_is(to->name->lines, "NONE")) {
        bool kind = from.kind == ATW_INFO || from.kind == ATW_URC;
        return kind && strncmp(from.name, "IPD", 3) != 0 && write_raw(&from, octets, event);
    }
    if (to->name->sort == MODEL_WORD) {
        buffer_text(octets, to->name->text);
        bool final = model_is(to->name->lines, "FINAL_WORD");
        return from.count == 0 && to->name->id != ATW_NAME_CONNECT && (from.kind == (final ? ATW_FINAL : ATW_URC));
    }
    bool servers = to->name->id == ATW_NAME_CDNSCFG && from.count == 2;
    write_prefix(servers ? model_name_of(ATW_NAME_PRIMARY_IPV4) : to->name, octets);
    if (servers) {
        buffer_text(octets, " ");
    }
    bool good = write_rows(to, servers ? "CDNSCFG_SERVERS" : to->name->lines, &from, octets, event);
    if (good) {
        judge(to, &from);
    }
    return good;
}
