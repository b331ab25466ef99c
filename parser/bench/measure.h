/*
 * One session at one chunk size: the parser beside its bounds, interleaved so that what else the machine does falls on all of them alike.
 */
#ifndef ATWIRE_BENCH_MEASURE_H
#define ATWIRE_BENCH_MEASURE_H

#include "contender.h"

enum { ATWIRE, HOST, COPY, FRAMING, MACHINE, CONTENDER_COUNT };
enum { REPEATS_MAX = 99 };

extern const contender *const contenders[CONTENDER_COUNT];

typedef struct {
    double median;
    double low;
    double high;
} spread;

/* Speed of each contender in MB/s; ratio of the parser's speed to it, taken within a repeat: for HOST, its share of the time. */
typedef struct {
    const stream *of;
    size_t chunk;
    spread speed[CONTENDER_COUNT];
    spread ratio[CONTENDER_COUNT];
} measurement;

/* Measure, 1..REPEATS_MAX times. Ends the program if the parser does not deliver exactly what the session holds. */
void measure(measurement *out, const stream *of, size_t chunk, size_t repeats);

#endif
