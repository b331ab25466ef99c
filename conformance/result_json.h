/**
 * @file
 * The canonical result of a conformance run, from which every report is rendered (reports/schema.json).
 */
#ifndef ATWIRE_CONFORMANCE_RESULT_JSON_H
#define ATWIRE_CONFORMANCE_RESULT_JSON_H

#include "conform.h"

/**
 * Write a run's result.
 *
 * @param file    `-` is standard output
 * @param folder  the corpus folder, whose commit is asked of git
 * @retval false  it cannot be written; errno says why
 */
bool result_json_write(const conform_run *run, const char *file, const char *folder);

#endif
