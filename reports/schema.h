/**
 * @file
 * Check a JSON document against a schema: the part of JSON Schema 2020-12 that schema.json uses ($ref into $defs, type,
 * const, enum, minimum, required, properties, items).
 */
#ifndef ATWIRE_REPORTS_SCHEMA_H
#define ATWIRE_REPORTS_SCHEMA_H

#include <jansson.h>
#include <stdbool.h>

/** The first thing that is wrong with a document. */
struct report_problem {
    char text[512]; /**< `cases[3].verdict: expected one of "pass", "fail", got "passed"` */
};

/**
 * Check a document.
 *
 * @param[in]  schema    a schema of the kind above; nothing else in it is looked at
 * @param[in]  document  any JSON value
 * @param[out] problem   written if the document does not fit
 * @return whether it fits
 */
bool report_schema_fits(const json_t *schema, const json_t *document, struct report_problem *problem);

#endif
