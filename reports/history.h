/**
 * @file
 * The parser's size and speed over its releases: history.tsv, which `reports/history` writes.
 */
#ifndef ATWIRE_REPORTS_HISTORY_H
#define ATWIRE_REPORTS_HISTORY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/** What is measured of a release; the columns of history.tsv behind version and date. */
enum report_figure {
    REPORT_CODE,       /**< octets of code and tables, Cortex-M0+ at -Os, without the texts of grammar.h */
    REPORT_STATE,      /**< octets, sizeof(atw_parser) */
    REPORT_STACK,      /**< octets, the deepest path */
    REPORT_TEXT_64,    /**< speed of text in chunks of 64, as a ratio to framing with memchr */
    REPORT_MIXED_4096, /**< of text and payloads in chunks of 4096, to the same */
    REPORT_TEXT_1,     /**< of text in chunks of 1, to a state machine that knows only line ends */
    REPORT_FIGURES
};

/** A release. */
struct report_release {
    char version[32];
    char date[16];
    double figures[REPORT_FIGURES]; /**< NAN: not known */
};

/** All releases, the oldest first, and what is to be reached. */
struct report_history {
    struct report_release goal;
    struct report_release *releases;
    size_t count;
};

/**
 * Read a history: a line of column names, then a row a release, cells parted by tabs; a row `goal` holds what is to be
 * reached, `-` stands for what is not known.
 *
 * @return for report_history_free(), or NULL after a message on standard error
 */
struct report_history *report_history_read(const char *file);

/** Free a history; NULL is legal. */
void report_history_free(struct report_history *history);

/** @return the column's name: "text_64". */
const char *report_figure_name(enum report_figure figure);

/** @return {"goal": row, "releases": [row]}, a row an object of version, date and figures, null where not known. */
json_t *report_history_json(const struct report_history *history);

#endif
