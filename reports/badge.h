/**
 * @file
 * The badge: JSON in the form that shields.io's endpoint badges read.
 */
#ifndef ATWIRE_REPORTS_BADGE_H
#define ATWIRE_REPORTS_BADGE_H

#include "result.h"

/** Write the badge of a result to `path`. @return false after a message on standard error */
bool report_write_badge(const struct report_result *result, const char *path);

#endif
