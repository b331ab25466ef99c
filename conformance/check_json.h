/**
 * @file
 * The report of a check as JSON, schema `atwire-check-1`, written as it comes, so that memory does not grow with it.
 */
#ifndef ATWIRE_CONFORMANCE_CHECK_JSON_H
#define ATWIRE_CONFORMANCE_CHECK_JSON_H

#include <stdio.h>

#include "check.h"

/** A report being written. */
typedef struct check_json {
    FILE *to;
    bool has_found;
} check_json;

/** Write what stands before the first thing found. */
void check_json_head(check_json *to, const char *file, const check *from);

/** Write something found. */
void check_json_found(check_json *to, const check_found *what);

/**
 * Write the rest.
 *
 * @param error  NULL, or why the capture could not be read to its end
 */
void check_json_tail(check_json *to, const check *from, const char *error);

#endif
