/**
 * @file
 * One case on another implementation: whole, up to each step, then cut in some ways; the verdict.
 */
#ifndef ATWIRE_CONFORMANCE_ADAPTER_RUN_H
#define ATWIRE_CONFORMANCE_ADAPTER_RUN_H

#include "adapter.h"
#include "case_run.h"

/** Most single cut positions that a case is cut at. */
#define ADAPTER_CUTS_MAX 32

/**
 * Run a case. The child is asked
 * - the whole case;
 * - the case up to each step: what is due by a step must have come then;
 * - if `every`: the whole case with every chunk 1, 2, 3, 5, 8, 13, … octets wide; with the host's octets one by
 *   one and in threes; and cut once, at up to ADAPTER_CUTS_MAX positions: all, or in a long case those at line ends,
 *   thinned evenly.
 * A cutting that the child skips is not accepted by it and counts for nothing.
 *
 * @param[out] to  written whole
 */
void adapter_run(adapter *with, case_outcome *to, const char *id, const script *what, bool every);

#endif
