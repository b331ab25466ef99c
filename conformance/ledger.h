/**
 * @file
 * The ledger: one row for each documented item, in corpus/requirements, and which cases cover it.
 */
#ifndef ATWIRE_CONFORMANCE_LEDGER_H
#define ATWIRE_CONFORMANCE_LEDGER_H

#include "corpus.h"

/** One documented item. */
typedef struct ledger_row {
    const char *id;
    const char *family; /**< the id's part before the first `/` */
    const char *kind;
    const char *manual;
    const char *section;
    const char *level; /**< `must`, `should`, `may` or `info` */
    const char *statement;
    const char *reason; /**< of an `info` row: why no case can exist; else empty */
    const char *file;
    size_t line;
    const corpus_case **cases; /**< which cover it; set by ledger_map() */
    size_t case_count;
} ledger_row;

/** All rows, in the order of their ids. */
typedef struct ledger {
    ledger_row *rows;
    size_t count;
    arena memory;
} ledger;

/**
 * Read every `.tsv` file of the folder `requirements` in a corpus folder.
 *
 * @param[out] to  to be freed by ledger_free() whatever comes back
 * @retval false   a file breaks a rule: the error says file, line and what was expected
 */
bool ledger_load(ledger *to, const char *folder, source_error *error);

/** Read one table; `from->file` is its name in messages. The rows are not sorted yet. */
bool ledger_read(ledger *to, source *from, source_error *error);

/** Sort rows by id. @retval false  two have the same id: the error names the second's place */
bool ledger_sort(ledger *to, source_error *error);

/** Free everything that belongs to the ledger. */
void ledger_free(ledger *from);

/** @return the row of that id, or NULL. */
ledger_row *ledger_find(const ledger *in, const char *id);

/**
 * Enter into each row the cases that cover it.
 *
 * @param[out] gaps  one line each is appended: a row that is not `info` and has no case, an `info` row that has one, a
 *                   case without a row, a case that covers an unknown row
 * @return how many lines were appended
 */
size_t ledger_map(ledger *rows, const corpus *cases, buffer *gaps);

#endif
