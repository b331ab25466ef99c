/**
 * @file
 * One case on the parser in this process: whole, then cut in every way; the verdict.
 */
#ifndef ATWIRE_CONFORMANCE_CASE_RUN_H
#define ATWIRE_CONFORMANCE_CASE_RUN_H

#include "expectation.h"
#include "player.h"

/** What came of a case. */
typedef enum verdict {
    VERDICT_PASS,
    VERDICT_FAIL,
    VERDICT_CRASH,
    VERDICT_TIMEOUT,
    VERDICT_SKIP,
    VERDICT_COUNT
} verdict;

/** @return the verdict's word (`pass`), or "" outside the enumeration. */
const char *verdict_text(verdict of);

/** A case's outcome. To be freed by case_outcome_free(). */
typedef struct case_outcome {
    verdict verdict;
    buffer split;       /**< what the first failing cutting is called; empty if none failed */
    buffer reason;      /**< of a crash or skip: what happened; else empty */
    bool differs;       /**< the next three say in which line */
    size_t line;        /**< in the file */
    buffer expected;    /**< event line; no line at all if it has no octets */
    buffer got;         /**< event line; no line at all if it has no octets */
    event_log whole;    /**< of the uncut play */
    size_t octets;      /**< received in one play */
    size_t runs;        /**< plays made */
    double duration_ms; /**< of all of them */
} case_outcome;

/**
 * Run a case.
 *
 * @param[out] to      written whole
 * @param[in]  every   whether to cut in every way; false: uncut only
 */
void case_run(case_outcome *to, const script *what, bool every);

/** @return the notes of all events of the uncut play, as bits. */
uint32_t case_outcome_notes(const case_outcome *from);

/** Free everything that belongs to an outcome. */
void case_outcome_free(case_outcome *from);

/**
 * Append what a person needs about a failed case: its id, the split, the first difference, the command that runs just
 * it.
 *
 * @param id       the case's id
 * @param file     the case's file as the person knows it
 * @param command  the adapter's command line, or NULL if the case ran in this process
 */
void case_outcome_explain(buffer *to, const case_outcome *from, const char *id, const char *file, const char *command);

/** Append the one command that runs just this case again; `command` as above. */
void case_rerun(buffer *to, const char *id, const char *command);

#endif
