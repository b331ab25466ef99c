/**
 * @file
 * Sweeps: systematic changes to every case of the corpus, and what must hold after each (oracles.h).
 */
#ifndef ATWIRE_CONFORMANCE_SUITES_SWEEPS_H
#define ATWIRE_CONFORMANCE_SUITES_SWEEPS_H

#include "corpus.h"
#include "oracles.h"

/** One case under one sweep. @retval false  `why` has at most one finding, with a transcript that shows it */
typedef bool sweep(const corpus_case *one, buffer *why);

/** Every URC of the family at every line boundary: its events appear, nothing else changes. */
sweep sweep_urcs;

/**
 * The case cut off after every octet of either direction: what came before is the start of the whole, no octet is lost,
 * and a fresh exchange after an abandon comes out right, uncut and cut.
 */
sweep sweep_truncation;

/**
 * Every octet of either direction dropped, doubled, or with one bit flipped (each bit; in long cases one of them,
 * another one in each of eight neighbours): promises kept, no octet lost, the same events cut, and a fresh exchange
 * after an abandon comes out right.
 */
sweep sweep_mutation;

/**
 * Every octet value at every position of a small payload, in every way that carries one: delivered exactly, in step
 * afterwards, uncut and in chunks of 1, 2 and 3.
 *
 * @param[out] why  the first finding
 */
bool sweep_payload(atw_family family, buffer *why);

/**
 * Whether a share of a sweep has a change. All shares 1/N to N/N together make each change once.
 *
 * @param share  `2/3`: every third change, from the second on; NULL: all of them
 * @param turn   counts the changes
 */
bool sweep_share_has(const char *share, size_t turn);

/** Whether this run makes a change: its share is $ATWIRE_SWEEP_SHARE. */
bool sweep_is_ours(size_t turn);

/** A cutting with room for its positions. */
typedef struct sweep_cut {
    size_t cuts[2];
    cutting how;
} sweep_cut;

/**
 * Choose how a changed case is cut, to be compared with its uncut play: in short cases chunks of 1 to 5 octets in turn,
 * in long ones around the change.
 *
 * @param step  the changed step
 * @param at    the changed octet of it
 * @param turn  counts the changes
 */
void sweep_choose_cut(sweep_cut *to, const script *changed, size_t step, size_t at, size_t turn);

/**
 * @return whether a case is long: the work of a sweep grows with the square of its octets, so that less is done with
 *         each of them
 */
bool sweep_is_long(const script *what);

/** Append a script under a finding, so that it can be saved and traced. */
void sweep_show(buffer *why, const char *id, const script *what);

#endif
