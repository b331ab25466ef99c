/**
 * @file
 * What must hold for any octets whatever: the oracles that suites and fuzz targets share.
 *
 * Each returns whether its property holds and, if not, appends one line to `why` that says what broke.
 */
#ifndef ATWIRE_CONFORMANCE_ORACLES_H
#define ATWIRE_CONFORMANCE_ORACLES_H

#include "player.h"

/**
 * Bounds and lossless: the parser keeps its promises (player.h), and every octet is accounted for (accounting.h).
 * The player's log is that of the play.
 */
bool oracle_lossless(player *with, const script *what, const cutting *how, buffer *why);

/**
 * Split: the input cut in this way gives the same lines at the same steps as `whole`. The player's log is the cut
 * play's.
 */
bool oracle_split(player *with, const script *what, const event_log *whole, const cutting *how, buffer *why);

/** Interleave: `got` is `base` with `lines` inserted next to each other at one place, and nothing else changed. */
bool oracle_inserted(const event_log *base, const event_log *got, const char *const *lines, size_t count, buffer *why);

/**
 * Prefix: all lines of `cut` before its step `end`, but for the last, which may be a span that was cut, begin `whole`.
 */
bool oracle_prefix(const event_log *whole, const event_log *cut, size_t end, buffer *why);

/** How many steps oracle_add_fresh_exchange() adds. */
#define ORACLE_FRESH_STEPS 3

/** Add at `steps`: the host gives up, then asks AT+CSQ and gets its answer. */
void oracle_add_fresh_exchange(script_step *steps);

/** In step: from step `first` on, the log has the fresh exchange's events and no others. `first`: its first step. */
bool oracle_fresh_exchange(const event_log *log, size_t first, buffer *why);

/** Payload: the log has exactly these lines. */
bool oracle_lines(const event_log *log, const char *const *lines, size_t count, buffer *why);

#endif
