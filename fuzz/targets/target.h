/**
 * @file
 * What all targets share.
 */
#ifndef ATWIRE_FUZZ_TARGET_H
#define ATWIRE_FUZZ_TARGET_H

#include <stddef.h>
#include <stdint.h>

/** Octets of the longest line of the fresh exchange (oracles.h), its CR included: a smaller line buffer drops it. */
#define TARGET_LINE_OF_FRESH_EXCHANGE 11

/** One execution: the engines' entry point. Returns 0; a property that does not hold aborts. */
int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count);

/** @return a number that every octet of an input decides: for choices that an input need not spell out. */
static inline uint64_t target_choice(const uint8_t *octets, size_t count)
{
    uint64_t choice = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < count; i++) {
        choice = (choice ^ octets[i]) * UINT64_C(0x100000001b3);
    }
    return choice ^ choice >> 32;
}

#endif
