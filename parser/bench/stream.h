/*
 * A recorded session as the benchmark plays it: what the module sends, and what the host sends at which point of it.
 * Generated from a seed, so that every run and every machine measures the same octets.
 */
#ifndef ATWIRE_BENCH_STREAM_H
#define ATWIRE_BENCH_STREAM_H

#include <atwire/atwire.h>

enum { KIND_COUNT = ATW_DONE + 1 };

/* The host writes `count` octets of the stream's `sent`, from `start`, once `at` octets have been received. */
typedef struct {
    size_t at;
    size_t start;
    size_t count;
} host_write;

typedef struct {
    uint8_t *octets;
    size_t count;
    size_t capacity;
} octet_list;

/* What a reader of the stream must have seen at its end, whatever the chunks: events by kind, payloads once each. */
typedef struct {
    size_t events[KIND_COUNT];
    size_t payload_octets;
    size_t notes;
} tally;

typedef struct {
    const char *name;
    octet_list received;
    octet_list sent;
    host_write *writes;
    size_t write_count;
    size_t write_capacity;
    tally expected;
    size_t wire_payload_octets; /* of `received`, hex digits counted one by one */
    size_t hostile_octets;
    uint64_t random;
    bool echo;
} stream;

/* Text: the usual mix of short lines. Mixed: 58 % of the octets in payloads, a quarter of these hostile. */
void stream_text(stream *out, size_t size, uint64_t seed);
void stream_mixed(stream *out, size_t size, uint64_t seed);
void stream_free(stream *of);

/* For the generators: a number 0..limit-1, and one step of the session. */
uint32_t stream_pick(stream *to, uint32_t limit);
void stream_host(stream *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
void stream_module(stream *to, atw_kind kind, const char *format, ...) __attribute__((format(printf, 3, 4)));
void stream_event(stream *to, atw_kind kind);
void stream_octets(stream *to, const uint8_t *octets, size_t count);

/* One random step of ordinary traffic (text.c), of payload traffic (payload.c). */
void text_step(stream *to);
void payload_step(stream *to);
/* A command with its echo, where echo is on, up to where the module's answer starts. */
void text_command(stream *to, const char *line);
void text_ok(stream *to);

#endif
