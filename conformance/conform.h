/**
 * @file
 * A conformance run: the chosen cases, their outcomes, and the ledger.
 */
#ifndef ATWIRE_CONFORMANCE_CONFORM_H
#define ATWIRE_CONFORMANCE_CONFORM_H

#include <time.h>

#include "adapter.h"
#include "case_run.h"
#include "expected_failures.h"
#include "ledger.h"

/** What to run. */
typedef struct conform_choice {
    bool has_family;
    atw_family family;   /**< only cases and rows of this family */
    const char *pattern; /**< only cases whose id matches, or NULL */
    bool uncut;          /**< each case once, not cut in every way */
} conform_choice;

/** A case of the run. */
typedef struct conform_case {
    const corpus_case *from;
    case_outcome outcome;
    const char *expected_failure; /**< why it is expected to fail, or NULL */
} conform_case;

/** A run. To be freed by conform_free(). */
typedef struct conform_run {
    const corpus *corpus;
    const ledger *ledger;
    conform_choice choice;
    conform_case *cases;
    size_t count;
    adapter *adapter; /**< what ran them; NULL: the parser in this process */
    time_t start;
    time_t stop;
} conform_run;

/** Called after each case, with the run as far as it is. */
typedef void conform_progress(void *context, const conform_run *run, const conform_case *one);

/**
 * Run the chosen cases. What is given is borrowed until conform_free().
 *
 * @param by        an implementation that was opened, or NULL: the parser in this process
 * @param progress  may be NULL
 */
void conform(conform_run *to, const corpus *cases, const ledger *rows, const expected_failures *list,
             const conform_choice *choice, adapter *by, conform_progress *progress, void *context);

/** Free everything that belongs to the run. */
void conform_free(conform_run *from);

/** @return whether a case passed, or failed as expected. */
bool conform_is_good(const conform_case *one);

/** @return whether a row belongs to what was chosen. */
bool conform_has_row(const conform_run *in, const ledger_row *row);

#endif
