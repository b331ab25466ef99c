/**
 * @file
 * What has changed between two results.
 */
#ifndef ATWIRE_REPORTS_COMPARE_H
#define ATWIRE_REPORTS_COMPARE_H

#include "result.h"

enum report_change { REPORT_REGRESSED, REPORT_IMPROVED, REPORT_ADDED, REPORT_REMOVED, REPORT_CHANGES };

/** A case or a requirement that is not as it was. Texts belong to the two results. */
struct report_difference {
    const char *id, *family, *title;
    enum report_change change;
    bool is_case;
    enum report_outcome before; /**< not with REPORT_ADDED */
    enum report_outcome after;  /**< not with REPORT_REMOVED */
};

/** Differences by change, then requirements before cases, then in the order of the results. */
struct report_comparison {
    const struct report_result *before, *after;
    struct report_difference *differences;
    size_t count;
    size_t case_changes[REPORT_CHANGES], row_changes[REPORT_CHANGES];
};

/**
 * Compare two results of one implementation; both must live as long as the comparison.
 *
 * @return a comparison for report_comparison_free()
 */
struct report_comparison *report_compare(const struct report_result *before, const struct report_result *after);

/** Free a comparison; NULL is legal. */
void report_comparison_free(struct report_comparison *comparison);

/** @return the change's word: "regressed". */
const char *report_change_word(enum report_change change);

/** @return whether anything regressed. */
bool report_has_regressed(const struct report_comparison *comparison);

/** @return the comparison as JSON, for the page; the caller's to free. */
json_t *report_comparison_json(const struct report_comparison *comparison);

#endif
