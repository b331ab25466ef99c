/**
 * @file
 * A result of `atwire conform --json` in memory: read, checked against schema.json, rows and cases linked and judged.
 */
#ifndef ATWIRE_REPORTS_RESULT_H
#define ATWIRE_REPORTS_RESULT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** What became of a case, or of a requirement: the worst of its cases. From good to bad. */
enum report_outcome {
    REPORT_INFO,     /**< "info": a requirement that no case can show */
    REPORT_PASS,     /**< "pass" */
    REPORT_SKIP,     /**< "skip": the implementation does not take part in the case, or the run left it out */
    REPORT_EXPECTED, /**< "expected": it failed, crashed or hung, as the list of expected failures says */
    REPORT_OPEN,     /**< "open": a requirement without a case */
    REPORT_FAIL,     /**< "fail"; or it passes although the list of expected failures has it */
    REPORT_TIMEOUT,  /**< "timeout" */
    REPORT_CRASH,    /**< "crash" */
    REPORT_OUTCOMES
};

/** Requirement levels; the index of report_tally.level. */
enum report_level { REPORT_MUST, REPORT_SHOULD, REPORT_MAY, REPORT_LEVELS };

/** Forms of a command; the columns of the tables of commands. */
enum report_form { REPORT_TEST, REPORT_READ, REPORT_WRITE, REPORT_EXEC, REPORT_OTHER, REPORT_FORMS };

/** One requirement. Texts belong to the result. */
struct report_row {
    const char *id, *family, *kind, *manual, *section, *level, *statement;
    const char *reason;    /**< "" where there is none */
    const char *command;   /**< inside the id, up to its next slash or end: `CIPRXGET`; empty where the id has none */
    enum report_form form; /**< REPORT_FORMS unless the kind is form */
    const size_t *cases;   /**< indexes into report_result.cases; a run of chosen cases may lack some */
    size_t case_count;
    bool covered; /**< it has a case, in the run or not */
    enum report_outcome outcome;
};

/** One case. Texts belong to the result and are NULL where the file has null. */
struct report_case {
    const char *id, *family, *title, *source, *level, *note, *file, *expected_failure, *reason, *split, *rerun;
    bool differs;
    int line; /**< of the difference, in the transcript */
    const char *expected, *got;
    double duration_ms;
    const json_t *json; /**< the whole case, for what is not above */
    enum report_outcome outcome;
};

/** One family. */
struct report_family {
    const char *id, *manual;
};

/** One result. Everything in it lives until report_result_free(). */
struct report_result {
    json_t *json; /**< the document; requirements and cases have an added members, see reports/README.md */
    const char *file, *name, *version, *level;
    const char *suite_version, *corpus_hash, *commit, *toolchain, *start;
    bool dirty;
    struct report_family *families; /**< those that have rows or cases */
    struct report_row *rows;
    struct report_case *cases;
    size_t family_count, row_count, case_count;
    size_t *case_lists; /* what report_row.cases points into */
};

/** How much of a level is covered and how much of that passes. */
struct report_level_tally {
    size_t rows, covered, passed, expected, skipped;
};

/** Counts of one family, or of a whole result. */
struct report_tally {
    size_t rows;      /**< requirements, those of level info included */
    size_t info;      /**< of these, level info */
    size_t covered;   /**< not info, with a case */
    size_t anomalies; /**< rows of kind anomaly */
    size_t decided;   /**< of these, with a case or a reason */
    size_t cases;
    size_t row_outcomes[REPORT_OUTCOMES];
    size_t case_outcomes[REPORT_OUTCOMES];
    struct report_level_tally level[REPORT_LEVELS];
};

/**
 * Read a result. A bad file gives one message on standard error, with the line (not JSON) or the place in the document.
 *
 * @param file  path, or "-" for standard input; borrowed for the result's life
 * @return a result for report_result_free(), or NULL after a message
 */
struct report_result *report_result_read(const char *file);

/** Free a result; NULL is legal. */
void report_result_free(struct report_result *result);

/** @return counts of one family, or of all if `family` is NULL. */
struct report_tally report_tally_of(const struct report_result *result, const char *family);

/** @return the outcome's word: "pass". */
const char *report_outcome_word(enum report_outcome outcome);

/** @return whether the outcome is a finding: open, fail, timeout or crash. */
bool report_is_finding(enum report_outcome outcome);

/** @return whether a tally has no finding among its rows and cases. */
bool report_tally_is_clean(const struct report_tally *tally);

/** @return whether nothing of it is skipped, and nothing fails as expected: a clean tally has then passed wholly. */
bool report_tally_is_whole(const struct report_tally *tally);

/** @return how many cases of a tally failed, crashed or hung and were not expected to. */
size_t report_failed_cases(const struct report_tally *tally);

/** @return the form's word: "write", "other". */
const char *report_form_word(enum report_form form);

/** @return the level's index, or REPORT_LEVELS for "info". */
enum report_level report_level_from_word(const char *word);

/** @return the level's word: "must". */
const char *report_level_word(enum report_level level);

#endif
