/**
 * @file
 * Structure-aware mutation: an input is lines, a line has a direction, fields, numbers and payloads, and exchanges are made of lines.
 * The engines' entry points (mutator_libfuzzer.c, mutator_afl.c) both come here.
 */
#ifndef ATWIRE_FUZZ_MUTATOR_H
#define ATWIRE_FUZZ_MUTATOR_H

#include <stddef.h>
#include <stdint.h>

/** A source of choices: everything follows from its seed. */
typedef struct mutator_dice {
    uint64_t state;
} mutator_dice;

/** @return 0..sides - 1; 0 if `sides` is 0. */
size_t mutator_roll(mutator_dice *dice, size_t sides);

/** How octets are mutated that are nothing in particular; returns the new count, at most `room`. */
typedef size_t mutator_fallback(uint8_t *octets, size_t count, size_t room);

/** A mutator for one target. */
typedef struct mutator {
    const char *target; /**< `stream`; which kinds of line are worth mutating follows from it */
    mutator_dice dice;
    mutator_fallback *fallback; /**< NULL: a plain one of its own */
} mutator;

/** Mutate an input in place. @return its new count, at most `room` */
size_t mutator_mutate(mutator *with, uint8_t *octets, size_t count, size_t room);

/** Put an input together from the lines of two. @return its count, at most `room` */
size_t mutator_cross(mutator *with, const uint8_t *first, size_t first_count, const uint8_t *second,
                     size_t second_count, uint8_t *to, size_t room);

#endif
