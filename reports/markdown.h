/**
 * @file
 * Markdown: a page for each family and one for all, as a CI job's summary or a forge shows them.
 */
#ifndef ATWIRE_REPORTS_MARKDOWN_H
#define ATWIRE_REPORTS_MARKDOWN_H

#include "compare.h"
#include "history.h"
#include "result.h"

/** Octets that no page exceeds: what a job summary may have. */
#define REPORT_MARKDOWN_MAX 1048576

/**
 * Write `summary.md`, `FAMILY.md` and the plots into a folder, which is created if it is missing.
 *
 * @param results     one an implementation; the pages are about the first and name the totals of the others
 * @param comparison  of the first; NULL: none
 * @param history     of the parser; NULL: none
 * @return false after a message on standard error
 */
bool report_write_markdown(struct report_result *const *results, size_t count,
                           const struct report_comparison *comparison, const struct report_history *history,
                           const char *folder);

#endif
