/**
 * @file
 * The cuttings that every case is played with: the same events must come for each.
 *
 * - every chunk width 1..n, n the octets received;
 * - every pair of cut positions if n is at most CUTTINGS_SHORT; else every pair of positions near a boundary: at most
 *   two octets from the end of a line, the first or the last octet of an event;
 * - the host's octets in pieces of 1, 2, 3 and 5.
 *
 * So that a suite stays quick, each of the first two groups feeds at most CUTTINGS_OCTETS octets in a long case: wide
 * widths are then left out but for powers of two, and positions near boundaries are thinned evenly.
 */
#ifndef ATWIRE_CONFORMANCE_CUTTINGS_H
#define ATWIRE_CONFORMANCE_CUTTINGS_H

#include "player.h"

#define CUTTINGS_SHORT 160
#define CUTTINGS_OCTETS 8000000

/** Called for each cutting. @retval false  enough: no more calls. */
typedef bool cuttings_visitor(void *context, const cutting *how);

/**
 * Visit all cuttings of a script.
 *
 * @param whole  the log of the uncut play, for the boundaries
 * @return false if the visitor had enough
 */
bool cuttings_visit(const script *what, const event_log *whole, cuttings_visitor *visitor, void *context);

#endif
