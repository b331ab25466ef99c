#include "notation.h"

#include <string.h>

static const char *const kind_texts[] = {
    [ATW_ECHO] = "echo",         [ATW_PROMPT] = "prompt", [ATW_FINAL] = "final", [ATW_CONNECT] = "connect",
    [ATW_INFO] = "info",         [ATW_RESULT] = "result", [ATW_ERROR] = "error", [ATW_URC] = "urc",
    [ATW_DATA] = "data",         [ATW_STREAM] = "stream", [ATW_TEXT] = "text",   [ATW_MALFORMED] = "malformed",
    [ATW_OVERLONG] = "overlong", [ATW_DONE] = "done",
};

#define KIND_COUNT (sizeof kind_texts / sizeof kind_texts[0])

const char *notation_kind_text(atw_kind kind)
{
    return (size_t)kind < KIND_COUNT ? kind_texts[kind] : "";
}

bool notation_kind_from_text(const char *text, size_t length, atw_kind *kind)
{
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (strlen(kind_texts[i]) == length && memcmp(kind_texts[i], text, length) == 0) {
            *kind = (atw_kind)i;
            return true;
        }
    }
    return false;
}

bool notation_is_name_octet(char octet)
{
    return octet > ' ' && octet <= '~' && octet != '"' && octet != '=' && octet != '~';
}

bool notation_is_span(const atw_event *event)
{
    return event->kind == ATW_DATA || event->kind == ATW_STREAM || (event->kind == ATW_ECHO && !event->last);
}

static void add_quoted(buffer *to, const void *octets, size_t count)
{
    buffer_text(to, " \"");
    buffer_escape(to, octets, count);
    buffer_octet(to, '"');
}

static void add_key(buffer *to, const char *key)
{
    buffer_octet(to, ' ');
    buffer_text(to, key);
    buffer_octet(to, '=');
}

static void add_field(buffer *to, const atw_field *field)
{
    const char *key = atw_param_key((atw_param)field->param);
    if (*key == '\0') {
        return; /* matched, but tells nothing that the line's name and kind do not */
    }
    add_key(to, key);
    if (field->type == ATW_FIELD_INT) {
        buffer_number(to, field->value);
        return;
    }
    buffer_octet(to, '"');
    buffer_escape(to, field->text, field->length);
    buffer_octet(to, '"');
}

static void add_fields(buffer *to, const atw_event *event)
{
    for (size_t i = 0; i < event->field_count; i++) {
        add_field(to, &event->fields[i]);
    }
}

static void add_notes(buffer *to, uint32_t notes)
{
    for (unsigned bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        if (notes >> bit & 1) {
            buffer_text(to, " ~");
            buffer_text(to, atw_note_text((atw_note_bit)bit));
        }
    }
}

static void add_label(buffer *to, const atw_span *label)
{
    for (size_t i = 0; i < label->count; i++) {
        char octet = (char)label->octets[i];
        buffer_octet(to, notation_is_name_octet(octet) ? octet : octet == ' ' ? '-' : '?');
    }
    if (label->count == 0) {
        buffer_octet(to, '?');
    }
}

static void add_name(buffer *to, const atw_event *event)
{
    buffer_octet(to, ' ');
    if (event->name == ATW_NAME_OTHER) {
        add_label(to, &event->label);
    } else {
        buffer_text(to, atw_name_text((atw_name)event->name));
    }
}

void notation_event(buffer *to, const atw_event *event)
{
    buffer_text(to, notation_kind_text((atw_kind)event->kind));
    switch (event->kind) {
    case ATW_ECHO:
    case ATW_TEXT: add_quoted(to, event->text.octets, event->text.count); break;
    case ATW_MALFORMED:
        add_name(to, event);
        add_quoted(to, event->text.octets, event->text.count);
        break;
    case ATW_OVERLONG:
        add_key(to, "len");
        buffer_number(to, event->total);
        break;
    case ATW_PROMPT: break;
    case ATW_CONNECT: add_fields(to, event); break;
    case ATW_DONE:
        add_name(to, event);
        buffer_text(to, event->ok ? " ok" : " error");
        add_fields(to, event);
        break;
    default:
        add_name(to, event);
        add_fields(to, event);
        break;
    }
    add_notes(to, event->notes);
}

void notation_spans(buffer *to, const atw_event *first, const buffer *octets, bool complete)
{
    buffer_text(to, notation_kind_text((atw_kind)first->kind));
    if (first->kind == ATW_DATA) {
        add_key(to, "len");
        buffer_number(to, first->total);
        buffer_text(to, first->hex ? " form=hex" : "");
        if (!complete) {
            add_key(to, "got");
            buffer_number(to, (int64_t)octets->count);
        }
    }
    add_quoted(to, octets->octets, octets->count);
    add_notes(to, first->notes);
}
