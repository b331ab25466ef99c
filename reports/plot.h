/**
 * @file
 * Pictures: coverage by family, size and speed over the releases.
 */
#ifndef ATWIRE_REPORTS_PLOT_H
#define ATWIRE_REPORTS_PLOT_H

#include "history.h"
#include "result.h"

/**
 * Write an SVG file: for each family and level, how many requirements there are, have a case, and pass.
 *
 * @return false after a message on standard error
 */
bool report_write_plot(const struct report_result *result, const char *folder, const char *name);

/**
 * Write an SVG file: a small chart for each figure of the parser, from the first release to the last, with what is to
 * be reached.
 *
 * @return false after a message on standard error
 */
bool report_write_history_plot(const struct report_history *history, const char *folder, const char *name);

#endif
