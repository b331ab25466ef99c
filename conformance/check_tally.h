/**
 * @file
 * Counts of texts that come up, with the line of the first, in bounded memory.
 */
#ifndef ATWIRE_CONFORMANCE_CHECK_TALLY_H
#define ATWIRE_CONFORMANCE_CHECK_TALLY_H

#include <stddef.h>
#include <stdint.h>

/** Most different texts that are counted apart. */
#define CHECK_TALLY_MAX 64
/** Most octets of a text, escaped, with its NUL. */
#define CHECK_TALLY_TEXT 64

/** One text. */
typedef struct check_tally_entry {
    char text[CHECK_TALLY_TEXT]; /**< escaped, perhaps cut */
    uint64_t count;
    uint64_t first_line;
} check_tally_entry;

/** Zero-initialise. */
typedef struct check_tally {
    check_tally_entry entries[CHECK_TALLY_MAX]; /**< in the order in which they came up */
    size_t count;
    uint64_t others; /**< texts that found no room */
    uint64_t total;
} check_tally;

/** Count a text that stands in `line`. Texts that differ only in numbers are one; the first is kept. */
void check_tally_add(check_tally *to, const void *octets, size_t count, uint64_t line);

#endif
