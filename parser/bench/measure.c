/* Playing a session to each contender, timing and verifying it. */
#include "measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

const contender *const contenders[CONTENDER_COUNT] = {&contender_atwire, &contender_host, &contender_copy,
                                                      &contender_framing, &contender_machine};

/* Feed octets from..to in chunks. */
static void feed_range(const contender *to, const stream *from, size_t at, size_t end, size_t chunk)
{
    while (at < end) {
        const size_t count = end - at < chunk ? end - at : chunk;
        to->feed(from->received.octets + at, count);
        at += count;
    }
}

/* Play the whole session: no chunk reaches past a point where the host writes. */
static void play(const contender *to, const stream *from, size_t chunk)
{
    size_t at = 0;
    for (size_t i = 0; i < from->write_count; i++) {
        const host_write *write = &from->writes[i];
        feed_range(to, from, at, write->at, chunk);
        at = write->at;
        if (to->sent != NULL)
            to->sent(from->sent.octets + write->start, write->count);
    }
    feed_range(to, from, at, from->received.count, chunk);
}

/* Processor time: what the machine does between two slices of ours does not count. */
static double now_s(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double time_of(const contender *to, const stream *from, size_t chunk)
{
    to->start();
    const double start = now_s();
    play(to, from, chunk);
    return now_s() - start;
}

static void refuse(const stream *from, size_t chunk, const char *what, size_t expected, size_t got)
{
    fprintf(stderr, "%s at chunk %zu: expected %zu %s, got %zu\n", from->name, chunk, expected, what, got);
    exit(1);
}

/* A fast reader that reads something else is no result. */
static void verify(const stream *from, size_t chunk)
{
    static const char *const kinds[KIND_COUNT] = {"echo",   "prompt",    "final",    "connect", "info",
                                                  "result", "error",     "urc",      "data",    "stream",
                                                  "text",   "malformed", "overlong", "done"};
    const tally *seen = atwire_tally();
    for (size_t kind = 0; kind < KIND_COUNT; kind++) {
        if (seen->events[kind] != from->expected.events[kind])
            refuse(from, chunk, kinds[kind], from->expected.events[kind], seen->events[kind]);
    }
    if (seen->payload_octets != from->expected.payload_octets)
        refuse(from, chunk, "payload octets", from->expected.payload_octets, seen->payload_octets);
    if (seen->notes != from->expected.notes)
        refuse(from, chunk, "events with notes", from->expected.notes, seen->notes);
}

static int compare(const void *left, const void *right)
{
    const double difference = *(const double *)left - *(const double *)right;
    return (difference > 0) - (difference < 0);
}

/* Sorts the values. */
static spread spread_of(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare);
    return (spread){values[count / 2], values[0], values[count - 1]};
}

static void summarise(measurement *out, double times[CONTENDER_COUNT][REPEATS_MAX], size_t repeats)
{
    double values[REPEATS_MAX];
    const double megabytes = 1e-6 * (double)out->of->received.count;
    for (size_t which = 0; which < CONTENDER_COUNT; which++) {
        for (size_t i = 0; i < repeats; i++)
            values[i] = megabytes / times[which][i];
        out->speed[which] = spread_of(values, repeats);
        for (size_t i = 0; i < repeats; i++)
            values[i] = times[which][i] / times[ATWIRE][i];
        out->ratio[which] = spread_of(values, repeats);
    }
}

void measure(measurement *out, const stream *of, size_t chunk, size_t repeats)
{
    double times[CONTENDER_COUNT][REPEATS_MAX];
    *out = (measurement){.of = of, .chunk = chunk};
    (void)time_of(contenders[ATWIRE], of, chunk); /* the first pass pays for cold caches and verifies */
    verify(of, chunk);
    for (size_t i = 0; i < repeats; i++) {
        for (size_t which = 0; which < CONTENDER_COUNT; which++)
            times[which][i] = time_of(contenders[which], of, chunk);
    }
    summarise(out, times, repeats);
}
