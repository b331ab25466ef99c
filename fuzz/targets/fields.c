/*
 * fields: whatever stands behind a prefix, an integer field is delivered if and only if its digits are a number of 32 bits, with just
 * that value; and no field reaches beyond its line.
 *
 * The reference compares digits with the limits' digits, as text: no arithmetic that could overflow. Each `<--` line of an input is one
 * value, read as a line of integers behind prefixes of one, two, four and seven integers.
 */
#include <string.h>

#include "buffer.h"
#include "finding.h"
#include "input.h"
#include "target.h"

#define FIELDS 8

/* A prefix whose line has so many integers, none of them optional or of a fixed value. */
typedef struct prefix {
    const char *text;
    atw_line line;
    size_t count;
} prefix;

static const prefix prefixes[] = {
    {"+CIPERROR: ", ATW_LINE_CIPERROR_CODE, 1},
    {"+CSQ: ", ATW_LINE_CSQ_QUALITY, 2},
    {"+CTCPKA: ", ATW_LINE_CTCPKA_VALUES, 4},
    {"+CIPCCFG: ", ATW_LINE_CIPCCFG_VALUES, 7},
};

/* A field of the reference. */
typedef struct reference {
    const uint8_t *text;
    size_t length;
    bool number;
    bool leading_zero;
    bool blank;
    int32_t value;
} reference;

/* Whether digits without leading zeros stand for no more than the limit does. */
static bool within(const uint8_t *digits, size_t length, const char *limit)
{
    size_t most = strlen(limit);
    return length < most || (length == most && memcmp(digits, limit, most) <= 0);
}

static void read_reference(reference *field)
{
    bool negative = field->length > 0 && field->text[0] == '-';
    const uint8_t *digits = field->text + negative;
    size_t length = field->length - negative;
    for (size_t i = 0; i < length; i++) {
        if (digits[i] < '0' || digits[i] > '9') {
            return;
        }
    }
    field->leading_zero = length > 1 && digits[0] == '0';
    while (length > 1 && *digits == '0') {
        digits++;
        length--;
    }
    field->number = length > 0 && within(digits, length, negative ? "2147483648" : "2147483647");
    int64_t value = 0;
    for (size_t i = 0; field->number && i < length; i++) {
        value = value * 10 + digits[i] - '0';
    }
    field->value = (int32_t)(negative ? -value : value);
}

/* Cut at commas. Returns how many fields there are, at most FIELDS; SIZE_MAX if there are quotes, which are other targets' business. */
static size_t cut(const uint8_t *text, size_t length, reference *fields)
{
    size_t count = 0;
    size_t at = 0;
    if (memchr(text, '"', length) != NULL) {
        return SIZE_MAX;
    }
    do {
        reference *field = &fields[count++];
        *field = (reference){0};
        for (; at < length && text[at] == ' '; at++) {
            field->blank = true;
        }
        field->text = text + at;
        while (at < length && text[at] != ',') {
            at++;
        }
        field->length = (size_t)(text + at - field->text);
        read_reference(field);
    } while (at++ < length && count < FIELDS);
    return at <= length ? FIELDS : count;
}

static bool all_numbers(const reference *fields, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!fields[i].number) {
            return false;
        }
    }
    return true;
}

static void compare(const prefix *as, const reference *fields, const atw_event *event, bool fits)
{
    bool is_row = event->line == as->line;
    if (is_row != fits) {
        finding("fields", fits ? "integers were not taken for integers" : "something was taken for integers");
    }
    uint32_t notes = 0;
    for (size_t i = 0; fits && i < as->count; i++) {
        const atw_field *field = &event->fields[i];
        notes |= fields[i].leading_zero ? ATW_NOTE(LEADING_ZERO) : 0;
        notes |= fields[i].blank ? ATW_NOTE(EXTRA_BLANK) : 0;
        if (event->field_count != as->count || atw_event_field(event, (atw_param)field->param) == NULL ||
            field->type != ATW_FIELD_INT || field->value != fields[i].value) {
            finding("fields", "a field has another value than its digits");
        }
    }
    if (fits && (event->notes & (ATW_NOTE(LEADING_ZERO) | ATW_NOTE(EXTRA_BLANK))) != notes) {
        finding("fields", "leading zeros or blanks are noted wrongly");
    }
}

static void check_inside(const atw_event *event, const uint8_t *line, size_t length)
{
    for (size_t i = 0; i < event->field_count; i++) {
        const atw_field *field = &event->fields[i];
        if (field->text < line || field->length > length || (size_t)(field->text - line) > length - field->length) {
            finding("bounds", "a field lies outside its line");
        }
    }
}

static bool is_text(const char *text)
{
    return text != NULL && strlen(text) < 200;
}

/* Texts of any number whatever: there, or NULL where the header says so. */
static void check_texts_of(int value)
{
    bool there = is_text(atw_family_name((atw_family)value)) && is_text(atw_name_text((atw_name)value)) &&
                 is_text(atw_param_key((atw_param)value)) && is_text(atw_note_text((atw_note_bit)value)) &&
                 is_text(atw_note_meaning((atw_note_bit)value)) && is_text(atw_line_source((atw_line)value));
    bool errors = (atw_err_text(value) != NULL) == (value >= 0 && value <= 12) &&
                  (atw_err_info_text(value) != NULL) == (value >= 0 && value <= 22) &&
                  (atw_close_reason_text(value) != NULL) == (value >= 0 && value <= 3);
    const char *info = atw_err_info_text(value);
    bool back = info == NULL || atw_err_info_from_text((const uint8_t *)info, strlen(info)) == value;
    atw_family family = ATW_FAMILY_COUNT;
    bool named = atw_family_from_name(atw_family_name((atw_family)value), &family);
    bool family_back = named ? (int)family == value : value < 0 || value >= ATW_FAMILY_COUNT;
    if (!there || !errors || !back || !family_back || atw_max_response_ms((atw_name)value) > 600000) {
        finding("texts", "a number's text is not what the header says");
    }
}

/* Once a process: all numbers that mean something, and some that do not. */
static void check_texts(void)
{
    static bool done;
    for (int value = -2; !done && value < 300; value++) {
        check_texts_of(value);
    }
    done = true;
}

/* The event of one line on a fresh parser. */
static void parse_line(const uint8_t *line, size_t length, atw_event *event)
{
    static uint8_t room[INPUT_LINE_MAX];
    static const atw_config config = {.line = room, .line_size = sizeof room};
    atw_parser parser;
    size_t consumed = 0;
    (void)atw_init(&parser, &config);
    if (atw_parse(&parser, line, length, &consumed, event) != ATW_EVENT || consumed != length) {
        finding("promise", "a whole line gave no event");
    }
}

/* Up to its first line end, blanks at its end left out: they are another note's business. */
static size_t value_length(const script_step *step)
{
    size_t length = 0;
    while (length < step->count && step->octets[length] != '\n' && step->octets[length] != '\r') {
        length++;
    }
    while (length > 0 && step->octets[length - 1] == ' ') {
        length--;
    }
    return length;
}

static void check_value(const prefix *as, const uint8_t *value, size_t length)
{
    reference fields[FIELDS];
    atw_event event;
    buffer line = {0};
    buffer_text(&line, as->text);
    buffer_add(&line, value, length);
    buffer_octet(&line, '\n');
    const uint8_t *octets = (const uint8_t *)line.octets;
    parse_line(octets, line.count, &event);
    check_inside(&event, octets, line.count);
    size_t start = strlen(as->text);
    size_t count = cut(octets + start, length, fields);
    if (count != SIZE_MAX) {
        compare(as, fields, &event, count == as->count && all_numbers(fields, count));
    }
    buffer_free(&line);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    input in;
    check_texts();
    input_open(&in, octets, count);
    finding_candidate(&in.script);
    for (size_t i = 0; i < in.script.count; i++) {
        const script_step *step = &in.script.steps[i];
        size_t length = step->kind == STEP_RECEIVED ? value_length(step) : 0;
        for (size_t p = 0; length > 0 && p < sizeof prefixes / sizeof prefixes[0]; p++) {
            check_value(&prefixes[p], step->octets, length);
        }
    }
    input_close(&in);
    return 0;
}
