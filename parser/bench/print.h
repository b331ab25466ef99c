/* The figures, for people and for programs. */
#ifndef ATWIRE_BENCH_PRINT_H
#define ATWIRE_BENCH_PRINT_H

#include "measure.h"

enum { TEXT, MIXED, STREAM_COUNT };
enum { CHUNK_1, CHUNK_64, CHUNK_4096, CHUNK_COUNT };
enum { MEASUREMENT_COUNT = STREAM_COUNT * CHUNK_COUNT };

void print_stream(const stream *of);
void print_measurement(const measurement *of);

/* Print each target beside what was reached; returns how many are missed. `measurements`: by stream, then by chunk. */
int print_targets(const measurement *measurements);

/* Write all figures as JSON to a file, or to standard output for "-". Returns false, with a message, if it cannot. */
bool write_json(const char *path, const measurement *measurements, size_t repeats);

#endif
