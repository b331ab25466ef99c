/**
 * @file
 * What the tests of the renderers share.
 */
#ifndef ATWIRE_REPORTS_TESTS_SUPPORT_H
#define ATWIRE_REPORTS_TESTS_SUPPORT_H

#include "result.h"

/** The sample results, written by hand. */
#define SAMPLE REPORTS_DIR "/tests/sample.json"
#define EARLIER REPORTS_DIR "/tests/earlier.json"

/** @return the sample, changed by nobody; for json_decref() */
json_t *load_sample(void);

/** @return a path below a folder of this test's own, removed when its process ends; valid until the next call */
const char *scratch(const char *name);

/** Write JSON to scratch("name"). @return the path, for free() */
char *write_json(const char *name, const json_t *json);

/** Write a text to scratch("name"). @return the path, for free() */
char *write_text(const char *name, const char *text);

/** @return the file's octets with a NUL behind them, for free(); the test fails if it cannot be read */
char *read_file(const char *path);

/** @return what a writer puts into a stream, for free() */
char *written_by(void (*put)(FILE *stream, const char *text), const char *text);

/** How often `part` stands in `text`. */
size_t count_of_text(const char *text, const char *part);

/** Run report_main with the arguments up to a NULL. @return its status */
int run_report(const char *first, ...);

#endif
