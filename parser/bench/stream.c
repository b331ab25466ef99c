/* The recorded session: growing lists, the random numbers, the two mixes. */
#include "stream.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STEP_LENGTH_MAX = 512, PAYLOAD_SHARE = 58, PERCENT = 100 };

static void *grown(void *list, size_t octets)
{
    void *larger = realloc(list, octets);
    if (larger == NULL) {
        fputs("out of memory\n", stderr);
        exit(2);
    }
    return larger;
}

static void append(octet_list *to, const void *octets, size_t count)
{
    if (to->capacity - to->count < count) {
        to->capacity = 2 * to->capacity + count;
        to->octets = grown(to->octets, to->capacity);
    }
    memcpy(to->octets + to->count, octets, count);
    to->count += count;
}

/* splitmix64: good enough, and the same everywhere. */
uint32_t stream_pick(stream *to, uint32_t limit)
{
    to->random += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t mixed = to->random;
    mixed = (mixed ^ (mixed >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ (mixed >> 27)) * UINT64_C(0x94d049bb133111eb);
    return (uint32_t)((mixed >> 32) % limit);
}

static size_t print(char *out, const char *format, va_list arguments)
{
    const int length = vsnprintf(out, STEP_LENGTH_MAX, format, arguments);
    return length < 0 ? 0 : (size_t)length;
}

void stream_host(stream *to, const char *format, ...)
{
    char text[STEP_LENGTH_MAX];
    va_list arguments;
    va_start(arguments, format);
    const size_t length = print(text, format, arguments);
    va_end(arguments);
    if (to->write_count == to->write_capacity) {
        to->write_capacity = 2 * to->write_capacity + 1024;
        to->writes = grown(to->writes, to->write_capacity * sizeof *to->writes);
    }
    to->writes[to->write_count++] = (host_write){to->received.count, to->sent.count, length};
    append(&to->sent, text, length);
}

void stream_module(stream *to, atw_kind kind, const char *format, ...)
{
    char text[STEP_LENGTH_MAX];
    va_list arguments;
    va_start(arguments, format);
    append(&to->received, text, print(text, format, arguments));
    va_end(arguments);
    stream_event(to, kind);
}

void stream_event(stream *to, atw_kind kind)
{
    to->expected.events[kind]++;
}

void stream_octets(stream *to, const uint8_t *octets, size_t count)
{
    append(&to->received, octets, count);
}

static void start(stream *out, const char *name, uint64_t seed)
{
    *out = (stream){.name = name, .random = seed, .echo = true};
    text_command(out, "ATE1");
    text_ok(out);
}

void stream_text(stream *out, size_t size, uint64_t seed)
{
    start(out, "text", seed);
    while (out->received.count < size)
        text_step(out);
}

void stream_mixed(stream *out, size_t size, uint64_t seed)
{
    start(out, "mixed", seed);
    while (out->received.count < size) {
        if (out->wire_payload_octets * PERCENT < out->received.count * PAYLOAD_SHARE)
            payload_step(out);
        else
            text_step(out);
    }
}

void stream_free(stream *of)
{
    free(of->received.octets);
    free(of->sent.octets);
    free(of->writes);
    *of = (stream){0};
}
