#include "test_parser.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The address sanitizer sees accesses beside a block of exactly the buffer's size; else guard octets tell of writes. */
#if defined(__SANITIZE_ADDRESS__)
enum { GUARD_LENGTH = 0 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { GUARD_LENGTH = 0 };
#else
enum { GUARD_LENGTH = 32 };
#endif
#else
enum { GUARD_LENGTH = 32 };
#endif

enum { GUARD = 0xa5, LINE_SIZE = 1024, COMMAND_SIZE = 32 };

static uint8_t *guarded_block(size_t size)
{
    uint8_t *block = malloc(size + 2 * (size_t)GUARD_LENGTH + (size == 0));
    cr_assert_not_null(block, "out of memory");
    memset(block, GUARD, size + 2 * (size_t)GUARD_LENGTH);
    return block;
}

static void check_block(const uint8_t *block, size_t size, const char *what)
{
    for (size_t i = GUARD_LENGTH; i-- > 0;) {
        cr_assert_eq(block[i], GUARD, "octet %zu before the %s buffer was written", i, what);
        cr_assert_eq(block[GUARD_LENGTH + size + i], GUARD, "octet %zu after the %s buffer was written", i, what);
    }
}

void test_open(test_parser *test, const test_options *options)
{
    atw_config *config = &test->config;
    memset(test, 0, sizeof *test);
    config->line_size = options->line_size != 0 ? options->line_size : (uint16_t)LINE_SIZE;
    config->command_size = options->command_size != 0 ? options->command_size : (uint8_t)COMMAND_SIZE;
    config->ceiling = options->ceiling;
    config->family = options->family;
    config->closed_ends_data = options->closed_ends_data;
    if (options->no_command)
        config->command_size = 0;
    test->line_block = guarded_block(config->line_size);
    test->command_block = guarded_block(config->command_size);
    config->line = test->line_block + GUARD_LENGTH;
    config->command = options->no_command ? NULL : test->command_block + GUARD_LENGTH;
    cr_assert_eq(atw_init(&test->parser, config), ATW_MORE, "atw_init() refuses the configuration");
}

void test_check_guards(const test_parser *test)
{
    check_block(test->line_block, test->config.line_size, "line");
    check_block(test->command_block, test->config.command_size, "command");
}

void test_close(test_parser *test)
{
    test_check_guards(test);
    free(test->line_block);
    free(test->command_block);
}

void test_send(test_parser *test, const char *text)
{
    atw_sent(&test->parser, (const uint8_t *)text, strlen(text));
}

const atw_event *test_receive_octets(test_parser *test, const void *octets, size_t count)
{
    const atw_status status = atw_parse(&test->parser, octets, count, &test->consumed, &test->event);
    if (status != ATW_EVENT) {
        cr_assert_eq(status, ATW_MORE, "atw_parse() returns %d", (int)status);
        test->event.kind = TEST_NO_EVENT;
    }
    return &test->event;
}

const atw_event *test_receive(test_parser *test, const char *text)
{
    return test_receive_octets(test, text, strlen(text));
}

bool test_in_line_buffer(const test_parser *test, const uint8_t *octets, size_t count)
{
    const uintptr_t begin = (uintptr_t)test->config.line;
    const uintptr_t at = (uintptr_t)octets;
    return at >= begin && at + count <= begin + test->config.line_size;
}

size_t test_quote(const uint8_t *octets, size_t count, char *text, size_t size)
{
    static const char plain[] = "\r\n\t\"\\";
    static const char escaped[] = "rnt\"\\";
    size_t at = 0;
    text[at++] = '"';
    for (size_t i = 0; i < count; i++) {
        const char *found = octets[i] != 0 ? strchr(plain, octets[i]) : NULL;
        cr_assert_lt(at + 6, size, "the event does not fit its line");
        if (found != NULL)
            at += (size_t)snprintf(text + at, size - at, "\\%c", escaped[found - plain]);
        else if (octets[i] < 0x20 || octets[i] > 0x7e)
            at += (size_t)snprintf(text + at, size - at, "\\x%02x", octets[i]);
        else
            text[at++] = (char)octets[i];
    }
    text[at++] = '"';
    text[at] = '\0';
    return at;
}

static size_t describe_field(const atw_field *field, char *text, size_t size)
{
    const int length = snprintf(text, size, " %s=", atw_param_key((atw_param)field->param));
    const size_t at = (size_t)length;
    if (field->type == ATW_FIELD_INT)
        return at + (size_t)snprintf(text + at, size - at, "%ld", (long)field->value);
    cr_assert_eq(field->type, ATW_FIELD_TEXT, "field type %d", field->type);
    return at + test_quote(field->text, field->length, text + at, size - at);
}

static size_t describe_name(const atw_event *event, char *text, size_t size)
{
    if (event->name != ATW_NAME_OTHER)
        return (size_t)snprintf(text, size, " %s", atw_name_text((atw_name)event->name));
    return (size_t)snprintf(text, size, " %.*s", (int)event->label.count, (const char *)event->label.octets);
}

static size_t describe_fields(const atw_event *event, char *text, size_t size)
{
    size_t at = 0;
    for (size_t i = 0; i < event->field_count; i++)
        at += describe_field(&event->fields[i], text + at, size - at);
    return at;
}

static size_t describe_notes(const atw_event *event, char *text, size_t size)
{
    size_t at = 0;
    for (unsigned note = 0; note < ATW_NOTE_COUNT; note++) {
        if ((event->notes >> note & 1u) != 0)
            at += (size_t)snprintf(text + at, size - at, " ~%s", atw_note_text((atw_note_bit)note));
    }
    return at + (size_t)snprintf(text + at, size - at, "\n");
}

static size_t describe_text(const atw_event *event, char *text, size_t size)
{
    text[0] = ' ';
    return 1 + test_quote(event->text.octets, event->text.count, text + 1, size - 1);
}

size_t test_describe(const atw_event *event, char *line, size_t size)
{
    static const char *const kinds[] = {"echo", "prompt", "final",  "connect", "info",      "result",   "error",
                                        "urc",  "data",   "stream", "text",    "malformed", "overlong", "done"};
    cr_assert_lt(event->kind, COUNT_OF(kinds), "kind %d", event->kind);
    cr_assert_leq(event->field_count, ATW_FIELDS_MAX, "%d fields", event->field_count);
    size_t at = (size_t)snprintf(line, size, "%s", kinds[event->kind]);
    if (event->name != ATW_NAME_NONE && event->kind != ATW_CONNECT)
        at += describe_name(event, line + at, size - at);
    if (event->kind == ATW_DONE)
        at += (size_t)snprintf(line + at, size - at, " %s", event->ok ? "ok" : "error");
    if (event->kind == ATW_OVERLONG)
        at += (size_t)snprintf(line + at, size - at, " len=%lu", (unsigned long)event->total);
    if (event->kind == ATW_ECHO || event->kind == ATW_TEXT || event->kind == ATW_MALFORMED)
        at += describe_text(event, line + at, size - at);
    at += describe_fields(event, line + at, size - at);
    return at + describe_notes(event, line + at, size - at);
}
