/**
 * @file
 * The page: a folder that a browser opens without a server.
 */
#ifndef ATWIRE_REPORTS_HTML_H
#define ATWIRE_REPORTS_HTML_H

#include "compare.h"
#include "history.h"
#include "result.h"

/**
 * Write the page, its data and the plots into a folder, which is created if it is missing.
 *
 * @param results     one an implementation; the first is what the page shows at first
 * @param comparison  of the first; NULL: none
 * @param history     of the parser; NULL: none
 * @return false after a message on standard error
 */
bool report_write_html(struct report_result *const *results, size_t count, const struct report_comparison *comparison,
                       const struct report_history *history, const char *folder);

#endif
