/**
 * @file
 * JUnit XML, in the form that tests/junit.xsd describes.
 */
#ifndef ATWIRE_REPORTS_JUNIT_H
#define ATWIRE_REPORTS_JUNIT_H

#include "result.h"

/**
 * Write a result as JUnit XML: a suite for each family, a test for each case, and for each requirement without a case.
 *
 * @return false after a message on standard error
 */
bool report_write_junit(const struct report_result *result, const char *path);

#endif
