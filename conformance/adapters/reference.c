/* The reference parser as an adapter: what it says through the protocol must be what it says in process. */
#include <atwire/atwire.h>

#include "atwire_adapter.h"

static uint8_t line_buffer[ATW_LINE_MAX];
static uint8_t command_buffer[UINT8_MAX];
static atw_config config;
static atw_parser parser;
static bool echoing; /* a payload's echo has begun */

static void print_fields(const atw_event *event)
{
    for (size_t i = 0; i < event->field_count; i++) {
        const atw_field *field = &event->fields[i];
        const char *key = atw_param_key((atw_param)field->param);
        if (*key != '\0' && field->type == ATW_FIELD_INT) {
            adapter_int(key, field->value);
        } else if (*key != '\0') {
            adapter_text(key, field->text, field->length);
        }
    }
    for (unsigned bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        if (event->notes >> bit & 1) {
            adapter_note(atw_note_text((atw_note_bit)bit));
        }
    }
}

static void print_line(const atw_event *event, const char *kind)
{
    static char label[ATW_LINE_MAX + 1];
    snprintf(label, sizeof label, "%.*s", (int)event->label.count, (const char *)event->label.octets);
    const char *other = event->label.count > 0 ? label : "?";
    adapter_event(kind, event->name == ATW_NAME_OTHER ? other : atw_name_text((atw_name)event->name));
    if (event->kind == ATW_ECHO || event->kind == ATW_TEXT || event->kind == ATW_MALFORMED) {
        adapter_text(NULL, event->text.octets, event->text.count);
    } else if (event->kind == ATW_OVERLONG) {
        adapter_int("len", (long)event->total);
    } else if (event->kind == ATW_DONE) {
        adapter_word(event->ok ? "ok" : "error");
    }
    print_fields(event);
    adapter_end();
}

static void print_event(const atw_event *event)
{
    static const char *const kinds[] = {"echo", "prompt", "final", "",     "info",      "result",   "error",
                                        "urc",  "",       "",      "text", "malformed", "overlong", "done"};
    bool span = event->kind == ATW_ECHO && (echoing || !event->last);
    echoing = event->kind == ATW_ECHO && !event->last;
    if (span) {
        adapter_payload_echo(event->text.octets, event->text.count, event->last);
    } else if (event->kind == ATW_DATA) {
        adapter_data(event->total, event->hex, event->text.octets, event->text.count);
    } else if (event->kind == ATW_STREAM) {
        adapter_stream(event->text.octets, event->text.count);
    } else if (event->kind == ATW_CONNECT) {
        adapter_event("connect", NULL);
        print_fields(event);
        adapter_end();
    } else {
        print_line(event, kinds[event->kind]);
    }
}

static void start(const struct adapter_case *one)
{
    config = (atw_config){.line = line_buffer, .command = command_buffer};
    config.ceiling = (uint32_t)one->ceiling;
    config.line_size = (uint16_t)one->line;
    config.command_size = (uint8_t)one->command;
    config.closed_ends_data = one->closed_ends_data != 0;
    atw_family family = ATW_FAMILY_ANY;
    atw_family_from_name(one->family, &family);
    config.family = (uint8_t)family;
    atw_init(&parser, &config);
    echoing = false;
}

static void received(const uint8_t *octets, size_t count)
{
    size_t consumed;
    atw_event event;
    while (atw_parse(&parser, octets, count, &consumed, &event) == ATW_EVENT) {
        print_event(&event);
        octets += consumed;
        count -= consumed;
    }
}

static void sent(const uint8_t *octets, size_t count)
{
    atw_sent(&parser, octets, count);
    received(octets, 0); /* fetches an event that is ready without input */
}

static void escape(void)
{
    atw_escape(&parser);
}

static void abandon(void)
{
    atw_abandon(&parser);
    echoing = false;
}

int main(void)
{
    static const struct adapter_parser reference = {"atwire-adapter", ATWIRE_VERSION, "complete", start, sent,
                                                    received,         escape,         abandon,    NULL};
    return adapter_run(&reference);
}
