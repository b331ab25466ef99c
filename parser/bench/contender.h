/*
 * What is measured: the parser, and the bounds beside which it is seen. Each is a translation unit of its own that gets the same
 * chunks through the same call.
 */
#ifndef ATWIRE_BENCH_CONTENDER_H
#define ATWIRE_BENCH_CONTENDER_H

#include "stream.h"

enum { LINE_BUFFER_SIZE = 1024 };

typedef struct {
    const char *name;
    void (*start)(void);
    void (*sent)(const uint8_t *octets, size_t count); /* NULL: does not care */
    void (*feed)(const uint8_t *octets, size_t count);
    size_t (*count)(void); /* events or lines since start() */
} contender;

extern const contender contender_atwire;  /* the parser with all it does, each event looked at */
extern const contender contender_host;    /* the parser's host direction alone: a part of the line above */
extern const contender contender_copy;    /* memcpy: no reader can be faster */
extern const contender contender_framing; /* lines by memchr and nothing else */
extern const contender contender_machine; /* lines by one state machine step an octet and nothing else */

/* What the parser has delivered since its start(). */
const tally *atwire_tally(void);

/* Where the bounds hand their lines: it counts them, and the compiler cannot see through it. */
void sink_start(void);
void sink_line(const uint8_t *line, size_t length);
size_t sink_count(void);

#endif
