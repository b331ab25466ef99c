/**
 * @file
 * A picture of the coverage by family.
 */
#ifndef ATWIRE_REPORTS_PLOT_H
#define ATWIRE_REPORTS_PLOT_H

#include "result.h"

/**
 * Write an SVG file: for each family and level, how many requirements there are, have a case, and pass.
 *
 * @return false after a message on standard error
 */
bool report_write_plot(const struct report_result *result, const char *folder, const char *name);

#endif
