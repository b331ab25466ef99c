/**
 * @file
 * What the corpus knows, as JSON: the same members in `atwire list --json` and in results.
 */
#ifndef ATWIRE_CONFORMANCE_CORPUS_JSON_H
#define ATWIRE_CONFORMANCE_CORPUS_JSON_H

#include <jansson.h>

#include "ledger.h"

/** @return a new reference: id, family, title, source, level, covers, note, file. */
json_t *corpus_case_json(const corpus_case *from);

/** @return a new reference: all columns of the row, and `cases`, the ids of those that cover it. */
json_t *ledger_row_json(const ledger_row *from);

/** @return a new reference: the text, or null if it is NULL or empty. */
json_t *text_or_null_json(const char *text);

#endif
