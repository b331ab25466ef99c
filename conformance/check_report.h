/**
 * @file
 * The report of a check as text: what is found as it is found, the summaries at the end.
 */
#ifndef ATWIRE_CONFORMANCE_CHECK_REPORT_H
#define ATWIRE_CONFORMANCE_CHECK_REPORT_H

#include <stdio.h>

#include "check.h"

/** Append a text for the capture's form and the family: the report's first line. */
void check_report_head(buffer *to, const char *file, const check *from);

/** Append something found: where, what, what came and what the manual says. */
void check_report_found(buffer *to, const check_found *what);

/** Append exchanges, totals, notes, chatter and the closing line. */
void check_report_tail(buffer *to, const check *from);

#endif
