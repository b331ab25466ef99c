/* Every row of the grammar is reachable: its name is found, its line read, its values noted outside their range. */
#include "test_parser.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- names ---- */

typedef enum { IS_COMMAND, IS_PREFIX, IS_WORD, IS_HEADER } name_kind;

static const struct {
    const char *text;
    uint8_t name;
    uint8_t kind; /* name_kind */
} names[] = {
#define COMMAND(id, text, ...) {text, ATW_NAME_##id, IS_COMMAND},
#define PREFIX(id, text, ...) {text, ATW_NAME_##id, IS_PREFIX},
#define WORD(id, text, ...) {text, ATW_NAME_##id, IS_WORD},
#define HEADER(id, text, ...) {text, ATW_NAME_##id, IS_HEADER},
#include "../grammar/name.def"
};

/* `E`, `&D`, `S0`: the commands that stand without a plus sign. */
static bool is_basic(const char *text)
{
    return strlen(text) <= 2;
}

/* What one received line makes; the event's spans are gone. */
static atw_event read_line(const char *line)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    const atw_event event = *test_receive(&test, line);
    test_close(&test);
    return event;
}

/* The name of the exchange that a command line begins. */
static uint8_t done_name(const char *line)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    test_send(&test, line);
    cr_assert_eq(test_receive(&test, "ERROR\r\n")->kind, ATW_FINAL, "%s", line);
    cr_assert_eq(test_receive(&test, "")->kind, ATW_DONE, "%s", line);
    const uint8_t name = test.event.name;
    test_close(&test);
    return name;
}

static void to_lower(char *text)
{
    static const char small[] = "abcdefghijklmnopqrstuvwxyz";
    for (; *text != '\0'; text++) {
        if (*text >= 'A' && *text <= 'Z')
            *text = small[*text - 'A'];
    }
}

Test(tables, every_command_is_found_by_its_text)
{
    char line[64];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].kind != IS_COMMAND)
            continue;
        snprintf(line, sizeof line, is_basic(names[i].text) ? "AT%s\r" : "AT+%s\r", names[i].text);
        cr_assert_eq(done_name(line), names[i].name, "%s", line);
        to_lower(line);
        cr_assert_eq(done_name(line), names[i].name, "%s", line);
    }
}

Test(tables, what_is_no_command_is_no_commands_name)
{
    char line[64];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].kind == IS_COMMAND || strchr(names[i].text, ' ') != NULL)
            continue;
        snprintf(line, sizeof line, "AT+%s\r", names[i].text);
        cr_assert_eq(done_name(line), ATW_NAME_OTHER, "%s", line);
    }
}

Test(tables, every_prefix_is_found_by_its_text)
{
    char line[64];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].kind != IS_COMMAND && names[i].kind != IS_PREFIX)
            continue;
        snprintf(line, sizeof line, "+%s: ~\n", names[i].text);
        const atw_event event = read_line(line);
        const uint8_t other = names[i].text[0] == '&' ? ATW_NAME_NONE : ATW_NAME_OTHER;
        cr_assert_eq(event.name, is_basic(names[i].text) ? other : names[i].name, "%s", line);
    }
}

Test(tables, every_word_is_found_by_its_text)
{
    char line[64];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].kind != IS_WORD)
            continue;
        snprintf(line, sizeof line, "%s\n", names[i].text);
        const atw_event event = read_line(line);
        if (names[i].name == ATW_NAME_CONNECT) {
            cr_assert_eq(event.kind, ATW_CONNECT);
        } else {
            cr_assert_eq(event.name, names[i].name, "%s", line);
            cr_assert(event.kind == ATW_FINAL || event.kind == ATW_URC, "%s", line);
        }
    }
}

Test(tables, every_header_is_found_by_its_text)
{
    char line[64];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].kind != IS_HEADER)
            continue;
        const bool is_peer = strstr(names[i].text, "FROM") != NULL;
        snprintf(line, sizeof line, "%s:~\n", names[i].text);
        const atw_event event = read_line(line);
        cr_assert_eq(event.kind, ATW_MALFORMED, "%s", line);
        cr_assert_eq(event.name, is_peer ? ATW_NAME_RECV_FROM : ATW_NAME_CDNSCFG, "%s", line);
    }
}

/* What a text is as a prefix, by looking through all rows. */
static uint8_t prefix_of(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const bool is_prefix = names[i].kind == IS_PREFIX || (names[i].kind == IS_COMMAND && !is_basic(names[i].text));
        if (is_prefix && strcmp(text, names[i].text) == 0)
            return names[i].name;
    }
    return strchr(text, ' ') != NULL || *text == '\0' ? ATW_NAME_NONE : ATW_NAME_OTHER;
}

static void check_prefix(const char *text)
{
    char line[64];
    snprintf(line, sizeof line, "+%s: ~\n", text);
    cr_assert_eq(read_line(line).name, prefix_of(text), "%s", line);
}

/* One letter more, one less, or another one: that is another name. */
Test(tables, near_misses_of_prefixes)
{
    char text[32];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const size_t length = strlen(names[i].text);
        if (strspn(names[i].text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ ") != length || strstr(names[i].text, "FROM") != NULL)
            continue;
        snprintf(text, sizeof text, "%sX", names[i].text);
        check_prefix(text);
        snprintf(text, sizeof text, "X%s", names[i].text);
        check_prefix(text);
        snprintf(text, sizeof text, "%.*s", (int)length - 1, names[i].text);
        check_prefix(text);
        for (size_t at = 0; at < length; at++) {
            snprintf(text, sizeof text, "%s", names[i].text);
            for (text[at] = 'A'; text[at] <= 'Z'; text[at]++)
                check_prefix(text);
        }
    }
}

static bool is_word(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].kind == IS_WORD && strcmp(text, names[i].text) == 0)
            return true;
    }
    return false;
}

static void check_word(const char *text)
{
    char line[64];
    if (strncmp(text, "CONNECT", 7) == 0 || *text == '\0')
        return;
    snprintf(line, sizeof line, "%s\n", text);
    cr_assert_eq(read_line(line).kind == ATW_TEXT, !is_word(text), "%s", line);
}

Test(tables, near_misses_of_words)
{
    char text[32];
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        const size_t length = strlen(names[i].text);
        snprintf(text, sizeof text, "%sX", names[i].text);
        check_word(text);
        snprintf(text, sizeof text, "%.*s", (int)length - 1, names[i].text);
        check_word(text);
        for (size_t at = 0; at < length; at++) {
            snprintf(text, sizeof text, "%s", names[i].text);
            for (text[at] = 'A'; text[at] <= 'Z'; text[at]++)
                check_word(text);
        }
    }
}

/* ---- line shapes ---- */

enum {
    NO_FIELDS = ATW_PARAM_NO_FIELDS,
#define PARAM(id, key, type, range) id = ATW_PARAM_##id,
#include "../grammar/param.def"
    PARAMS_MAX = 12,
    MAY_BE_ABSENT = 128
};

#define OPT(param) (MAY_BE_ABSENT | param)

/* A group's beginning (`group` set) or one of its rows. */
typedef struct {
    const char *group;
    const char *id;
    const char *flags;
    uint8_t line;
    uint8_t kind;
    uint8_t params[PARAMS_MAX];
} line_row;

static const line_row lines[] = {
#define LINES(name) {.group = #name},
#define LINE(name, event, condition, source, ...) \
    {.id = #name, .flags = #condition, .line = ATW_LINE_##name, .kind = ATW_##event, .params = {__VA_ARGS__}},
#include "../grammar/line.def"
};

static const struct {
    const char *key;
    const char *type;
    const char *range;
} params[] = {
    {"", "", "ANY"},
#define PARAM(id, key, type, range) {key, #type, #range},
#include "../grammar/param.def"
};

static const struct {
    const char *id;
    int64_t low;
    int64_t high;
    int64_t also;
} ranges[] = {
#define RANGE(id, low, high, also, source) {#id, low, high, also},
#include "../grammar/range.def"
};

/* What stands before the first field of a group's lines; NULL: they have no fields, or not in this form. */
static const char *prefix_of_group(const char *group, char *text, size_t size)
{
    static const char *const others[][2] = {
        {"CDNSCFG_SERVERS", "Primary IPv4 DNS: "},
        {"IPD", "+IPD"},
        {"RECEIVE", "+RECEIVE,"},
        {"RECV_FROM", "RECV FROM:"},
        {"IP_ERROR", "+IP ERROR: "},
        {"CME_ERROR", "+CME ERROR: "},
        {"CMS_ERROR", "+CMS ERROR: "},
        {"CONNECT", "CONNECT "},
        {"FINAL_WORD", NULL},
        {"URC_WORD", NULL},
    };
    for (size_t i = 0; i < COUNT_OF(others); i++) {
        if (strcmp(group, others[i][0]) == 0)
            return others[i][1];
    }
    snprintf(text, size, "+%s: ", group);
    return text;
}

/* A line made from a row, and the fields that it must have. */
typedef struct {
    char wire[512];
    size_t field_count;
    struct {
        uint8_t param;
        bool is_text;
        int32_t value;
        const char *text;
    } fields[ATW_FIELDS_MAX];
} made_line;

static size_t range_of(uint8_t param)
{
    size_t range = 0;
    while (strcmp(ranges[range].id, params[param].range) != 0)
        range++;
    return range;
}

/* A documented value of an integer. */
static int64_t usual_value(uint8_t param)
{
    const size_t range = range_of(param);
    return strcmp(ranges[range].id, "ANY") == 0 ? 2 : ranges[range].low;
}

/* How a text of each type is written, and what of it is the field. */
static const struct {
    const char *type;
    const char *wire;
    const char *field;
} texts[] = {
    {"STRING", "\"a b\"", "a b"},         {"WORD", "ab", "ab"},
    {"TEXT", "a b,c", "a b,c"},           {"ADDRESS", "10.0.0.1", "10.0.0.1"},
    {"RANGES", "(0-1)", "(0-1)"},         {"PEER", "10.0.0.1:80", "10.0.0.1"},
    {"ERR_INFO", "TCP busy", "TCP busy"}, {"TAGGED", "Secondary IPv4 DNS: 8.8.8.8", "8.8.8.8"},
};

static void append(made_line *made, const char *text)
{
    const size_t length = strlen(made->wire);
    snprintf(made->wire + length, sizeof made->wire - length, "%s", text);
}

static void add_int(made_line *made, uint8_t param, int64_t value)
{
    if (*params[param].key == '\0')
        return; /* matched and not delivered */
    made->fields[made->field_count].param = param;
    made->fields[made->field_count].is_text = false;
    made->fields[made->field_count++].value = (int32_t)value;
}

static void add_text(made_line *made, uint8_t param)
{
    size_t type = 0;
    while (strcmp(texts[type].type, params[param].type) != 0)
        type++;
    append(made, texts[type].wire);
    if (strcmp(params[param].type, "ERR_INFO") == 0)
        add_int(made, ATW_PARAM_ERR_INFO, 15);
    made->fields[made->field_count].param = param;
    made->fields[made->field_count].is_text = true;
    made->fields[made->field_count++].text = texts[type].field;
}

static bool is_int(uint8_t param)
{
    return strcmp(params[param].type, "INT") == 0 || strcmp(params[param].type, "LITERAL") == 0;
}

/* Add a parameter with a value of its type; `value` counts for integers. */
static void add_param(made_line *made, uint8_t param, int64_t value)
{
    if (strcmp(params[param].type, "PORT") == 0) { /* PEER wrote it already */
        add_int(made, param, 80);
    } else if (is_int(param)) {
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)value);
        append(made, text);
        add_int(made, param, value);
    } else {
        add_text(made, param);
    }
}

static size_t param_count(const line_row *row)
{
    size_t count = 0;
    while (count < PARAMS_MAX && row->params[count] != NO_FIELDS)
        count++;
    return count;
}

static bool is_optional(const line_row *row, size_t at)
{
    return row->params[at] >= MAY_BE_ABSENT;
}

/* Make a line of the first `count` parameters without the one at `gap`, and with `value` as the one at `odd`. */
static void make_line(made_line *made, const line_row *row, const char *prefix, size_t count, size_t gap, size_t odd,
                      int64_t value)
{
    made->field_count = 0;
    made->wire[0] = '\0';
    append(made, prefix);
    for (size_t i = 0; i < count; i++) {
        const uint8_t param = row->params[i] % MAY_BE_ABSENT;
        if (i > 0 && strcmp(params[param].type, "PORT") != 0)
            append(made, ",");
        if (i != gap)
            add_param(made, param, i == odd ? value : is_int(param) ? usual_value(param) : 0);
    }
    append(made, "\n");
}

static void check_field(const made_line *made, const atw_event *event, size_t i)
{
    const atw_field *field = &event->fields[i];
    cr_assert_eq(field->param, made->fields[i].param, "%s: field %zu is %s", made->wire, i,
                 atw_param_key((atw_param)field->param));
    cr_assert_eq(field->type, made->fields[i].is_text ? ATW_FIELD_TEXT : ATW_FIELD_INT, "%s: field %zu", made->wire, i);
    if (made->fields[i].is_text)
        cr_assert(field->length == strlen(made->fields[i].text) &&
                      memcmp(field->text, made->fields[i].text, field->length) == 0,
                  "%s: field %zu", made->wire, i);
    else
        cr_assert_eq(field->value, made->fields[i].value, "%s: field %zu is %ld", made->wire, i, (long)field->value);
}

/* The line must be this row's, with these fields; returns its notes. */
static uint32_t check_made_line(const made_line *made, const line_row *row, const char *group)
{
    test_parser test;
    char command[64];
    test_open(&test, &(test_options){0});
    snprintf(command, sizeof command, "AT+%s?\r", group);
    if (strcmp(row->flags, "IF_PENDING") == 0)
        test_send(&test, command);
    const atw_event *event = test_receive(&test, made->wire);
    cr_assert_eq(event->line, row->line, "%s is not read as %s", made->wire, row->id);
    cr_assert_eq(event->kind, row->kind, "%s: kind %d", made->wire, event->kind);
    cr_assert_eq(event->field_count, made->field_count, "%s: %d fields", made->wire, event->field_count);
    for (size_t i = 0; i < made->field_count; i++)
        check_field(made, event, i);
    const uint32_t notes = event->notes;
    test_close(&test);
    return notes;
}

typedef void row_check(const line_row *row, const char *group, const char *prefix);

static void for_each_row(row_check *check)
{
    const char *group = "";
    char text[64];
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        if (lines[i].group != NULL)
            group = lines[i].group;
        else if (prefix_of_group(group, text, sizeof text) != NULL)
            check(&lines[i], group, prefix_of_group(group, text, sizeof text));
    }
}

/* With all its optional parameters, without the last ones, and with a gap for each. */
static void check_shapes(const line_row *row, const char *group, const char *prefix)
{
    const uint32_t counted = ATW_NOTE(EXTRA_FIELD) | ATW_NOTE(LINK_STATES);
    const size_t all = param_count(row);
    made_line made;
    for (size_t count = all;; count--) {
        make_line(&made, row, prefix, count, PARAMS_MAX, PARAMS_MAX, 0);
        cr_assert_eq(check_made_line(&made, row, group) & ~counted, 0, "%s has notes", made.wire);
        if (count == 0 || !is_optional(row, count - 1) || strcmp(group, "CONNECT") == 0)
            break;
    }
    for (size_t gap = 0; gap + 1 < all; gap++) {
        if (!is_optional(row, gap))
            continue;
        make_line(&made, row, prefix, all, gap, PARAMS_MAX, 0);
        cr_assert_eq(check_made_line(&made, row, group) & ~counted, 0, "%s has notes", made.wire);
    }
}

Test(tables, every_line_shape_is_reachable)
{
    for_each_row(check_shapes);
}

static void check_range(const line_row *row, const char *group, const char *prefix, size_t at)
{
    const uint8_t param = row->params[at] % MAY_BE_ABSENT;
    const size_t range = range_of(param);
    const int64_t values[] = {ranges[range].low, ranges[range].high, ranges[range].also, ranges[range].low - 1,
                              ranges[range].high + 1};
    made_line made;
    for (size_t i = 0; i < COUNT_OF(values); i++) {
        if (values[i] > INT32_MAX)
            continue;
        const bool inside = i < 3 || values[i] == ranges[range].also;
        make_line(&made, row, prefix, param_count(row), PARAMS_MAX, at, values[i]);
        const uint32_t notes = check_made_line(&made, row, group);
        cr_assert_eq((notes & ATW_NOTE(OUT_OF_RANGE)) == 0, inside, "%s", made.wire);
    }
}

static void check_ranges(const line_row *row, const char *group, const char *prefix)
{
    for (size_t at = 0; at < param_count(row); at++) {
        const uint8_t param = row->params[at] % MAY_BE_ABSENT;
        if (strcmp(params[param].type, "INT") == 0 && strcmp(params[param].range, "ANY") != 0)
            check_range(row, group, prefix, at);
    }
}

Test(tables, every_range_is_checked_in_every_line)
{
    for_each_row(check_ranges);
}

/* A literal with another value makes the line another shape, or malformed. */
static void check_literals(const line_row *row, const char *group, const char *prefix)
{
    made_line made;
    (void)group;
    for (size_t at = 0; at < param_count(row); at++) {
        const uint8_t param = row->params[at] % MAY_BE_ABSENT;
        if (strcmp(params[param].type, "LITERAL") != 0)
            continue;
        make_line(&made, row, prefix, param_count(row), PARAMS_MAX, at, 9);
        cr_assert_neq(read_line(made.wire).line, row->line, "%s", made.wire);
    }
}

Test(tables, a_literal_must_have_its_value)
{
    for_each_row(check_literals);
}

/* A mandatory parameter left empty, or one field too many where no text takes the rest. */
static void check_counts(const line_row *row, const char *group, const char *prefix)
{
    made_line made;
    (void)group;
    for (size_t at = 0; at < param_count(row); at++) {
        if (is_optional(row, at) || strcmp(params[row->params[at]].type, "PORT") == 0)
            continue;
        make_line(&made, row, prefix, param_count(row), at, PARAMS_MAX, 0);
        cr_assert_neq(read_line(made.wire).line, row->line, "%s", made.wire);
    }
}

Test(tables, a_mandatory_parameter_must_be_there)
{
    for_each_row(check_counts);
}

Test(tables, every_row_belongs_to_a_group_with_a_prefix_or_to_words)
{
    size_t rows = 0;
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        rows += lines[i].group == NULL;
    cr_assert_eq(rows, ATW_LINE_COUNT - 1);
}
