/**
 * @file
 * What a reader at a terminal wants to know: one line of counts a family.
 */
#ifndef ATWIRE_REPORTS_SUMMARY_H
#define ATWIRE_REPORTS_SUMMARY_H

#include "compare.h"
#include "result.h"

#include <stdio.h>

/** Print a result's counts, a line for each family and one for all of them. */
void report_print_summary(FILE *stream, const struct report_result *result);

/** Print how many cases and requirements have changed. */
void report_print_comparison(FILE *stream, const struct report_comparison *comparison);

#endif
