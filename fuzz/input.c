#include "input.h"

#include <stdlib.h>
#include <string.h>

#define INDENT "    "

/* What is read line by line. */
typedef struct reading {
    input *to;
    uint8_t *room; /* for the next octets */
    size_t received;
} reading;

/* Octet by octet, here as below: a call of memcmp() or memchr() that a sanitizer watches costs more than what is compared. */
static bool is_at(const char *text, size_t length, const char *start)
{
    size_t i = 0;
    while (start[i] != '\0' && i < length && text[i] == start[i]) {
        i++;
    }
    return start[i] == '\0';
}

static int hex_digit(char octet)
{
    if (octet >= '0' && octet <= '9') {
        return octet - '0';
    }
    octet |= 0x20;
    return octet >= 'a' && octet <= 'f' ? octet - 'a' + 10 : -1;
}

/* What a letter behind a backslash stands for; a backslash if for nothing. */
static uint8_t meaning_of(char letter)
{
    switch (letter) {
    case 'r': return '\r';
    case 'n': return '\n';
    case 't': return '\t';
    case 's': return ' ';
    case '"': return '"';
    default: return '\\';
    }
}

/* One escape at a backslash; returns its length, 1 if it is none. */
static size_t read_escape(const char *text, size_t length, uint8_t *octet)
{
    *octet = '\\';
    if (length < 2) {
        return 1;
    }
    if (text[1] == 'x' && length >= 4 && hex_digit(text[2]) >= 0 && hex_digit(text[3]) >= 0) {
        *octet = (uint8_t)(hex_digit(text[2]) << 4 | hex_digit(text[3]));
        return 4;
    }
    *octet = meaning_of(text[1]);
    return *octet != '\\' || text[1] == '\\' ? 2 : 1;
}

size_t input_unescape(const char *text, size_t length, uint8_t *octets)
{
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
        if (text[at] != '\\') {
            octets[count] = (uint8_t)text[at++];
        } else {
            at += read_escape(text + at, length - at, &octets[count]);
        }
    }
    return count;
}

static void add_step(reading *in, step_kind kind, const char *text, size_t length)
{
    script *to = &in->to->script;
    script_step *step = &to->steps[to->count++];
    *step = (script_step){.kind = kind, .octets = in->room, .count = input_unescape(text, length, in->room)};
    in->room += step->count;
    if (kind == STEP_RECEIVED && step->count > 0) {
        in->received += step->count;
        in->to->cuts[in->to->cut_count++] = in->received;
    }
}

/* A wire line: one blank after the arrow is not part of it. */
static void read_wire(reading *in, step_kind kind, const char *text, size_t length)
{
    size_t skip = length > 3 && text[3] == ' ' ? 4 : 3;
    add_step(in, kind, text + skip, length - skip);
}

static void read_family(reading *in, const char *text, size_t length)
{
    char name[16] = "";
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    if (length < sizeof name) {
        memcpy(name, text, length);
        (void)atw_family_from_name(name, &in->to->script.family);
    }
}

/* The number after `key` in a config line, `value` if there is none; not above `most`. */
static uint32_t read_setting(const char *text, size_t length, const char *key, uint32_t value, uint32_t most)
{
    size_t size = strlen(key);
    for (size_t at = 0; at + size < length; at++) {
        if (!is_at(text + at, length - at, key)) {
            continue;
        }
        uint64_t number = 0;
        for (at += size; at < length && text[at] >= '0' && text[at] <= '9' && number <= most; at++) {
            number = number * 10 + (uint64_t)(text[at] - '0');
        }
        return number < most ? (uint32_t)number : most;
    }
    return value;
}

static void read_config(reading *in, const char *text, size_t length)
{
    script_settings *to = &in->to->script.settings;
    uint32_t line = read_setting(text, length, "line=", to->line_size, INPUT_LINE_MAX);
    to->line_size = line > 0 ? (uint16_t)line : 1;
    to->ceiling = read_setting(text, length, "ceiling=", to->ceiling, INT32_MAX);
    to->command_size = (uint8_t)read_setting(text, length, "command=", to->command_size, UINT8_MAX);
    to->closed_ends_data = read_setting(text, length, "closed-ends-data=", to->closed_ends_data, 1) != 0;
}

static void add_event(reading *in, const char *text, size_t length, const char *whole, size_t count)
{
    input *to = in->to;
    if (to->text == NULL) {
        to->text = malloc(count + 1);
        memcpy(to->text, whole, count);
        to->text[count] = '\0';
    }
    char *copy = to->text + (text - whole);
    copy[length] = '\0';
    to->events[to->event_count++] = copy;
}

static void read_line(reading *in, const char *text, size_t length, const char *whole, size_t count)
{
    if (is_at(text, length, "<--")) {
        read_wire(in, STEP_RECEIVED, text, length);
    } else if (is_at(text, length, "-->")) {
        read_wire(in, STEP_SENT, text, length);
    } else if (is_at(text, length, "--! dtr")) {
        add_step(in, STEP_DTR, text, 0);
    } else if (is_at(text, length, "--! abandon")) {
        add_step(in, STEP_ABANDON, text, 0);
    } else if (is_at(text, length, INDENT)) {
        add_event(in, text + strlen(INDENT), length - strlen(INDENT), whole, count);
    } else if (is_at(text, length, "family:")) {
        read_family(in, text + strlen("family:"), length - strlen("family:"));
    } else if (is_at(text, length, "config:")) {
        read_config(in, text, length);
    }
}

static size_t count_lines(const char *text, size_t count)
{
    size_t lines = 1;
    for (size_t i = 0; i < count; i++) {
        lines += text[i] == '\n';
    }
    return lines;
}

/* One block for everything, and kept for the next input: allocations are what an execution costs. */
static void *block_of(size_t size)
{
    static void *block;
    static size_t room;
    if (room < size) {
        free(block);
        block = malloc(size);
        room = size;
    }
    return block;
}

void input_open(input *to, const uint8_t *octets, size_t count)
{
    const char *text = (const char *)octets;
    size_t lines = count_lines(text, count) + INPUT_ROOM;
    *to = (input){.script.settings = script_default_settings()};
    to->script.steps = block_of(lines * (sizeof *to->script.steps + sizeof *to->cuts + sizeof *to->events) + count + 1);
    to->cuts = (size_t *)(void *)(to->script.steps + lines);
    to->events = (const char **)(void *)(to->cuts + lines);
    to->octets = (uint8_t *)(to->events + lines);
    reading in = {.to = to, .room = to->octets};
    size_t at = 0;
    while (at < count) {
        size_t length = 0;
        while (at + length < count && text[at + length] != '\n') {
            length++;
        }
        read_line(&in, text + at, length, text, count);
        at += length + 1;
    }
}

void input_close(input *from)
{
    free(from->text);
    *from = (input){0};
}

cutting input_cutting(const input *from)
{
    return (cutting){.cuts = from->cuts, .cut_count = from->cut_count};
}
