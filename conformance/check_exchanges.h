/**
 * @file
 * The exchanges of a capture: which command was sent where, how it ended, how long it took. In bounded memory: the
 * first  * ones are kept, all are counted by command.
 */
#ifndef ATWIRE_CONFORMANCE_CHECK_EXCHANGES_H
#define ATWIRE_CONFORMANCE_CHECK_EXCHANGES_H

#include "check_host.h"

/** Most exchanges that are followed at once. */
#define CHECK_OPEN_MAX 64
/** Most commands that are counted by name; the rest is counted together. */
#define CHECK_TOTALS_MAX 96

/** Where something stands in a capture. */
typedef struct check_place {
    uint64_t line;   /**< from 1 */
    uint64_t offset; /**< octets from the capture's start */
    bool has_time;
    int64_t time_us;
} check_place;

/** How an exchange ended. */
typedef enum check_outcome {
    CHECK_OK,
    CHECK_ERROR,
    CHECK_NO_FINAL,  /**< the next command came before its final result code */
    CHECK_NO_RESULT, /**< the same command came again before its result line */
    CHECK_LOST,      /**< the module restarted */
    CHECK_ABANDONED, /**< the host gave up */
    CHECK_OPEN,      /**< the capture ends before it */
    CHECK_OUTCOMES
} check_outcome;

/** One exchange. */
typedef struct check_exchange {
    check_request command;
    check_place sent;
    bool has_final; /**< its final result code has come */
    check_outcome outcome;
    bool timed;
    int64_t duration_us;
    uint32_t max_ms; /**< what the family's manual grants; 0: nothing is documented */
    bool late;       /**< it took longer */
} check_exchange;

/** All exchanges of one command. */
typedef struct check_totals {
    char name[CHECK_NAME_MAX];
    uint64_t outcomes[CHECK_OUTCOMES];
    uint64_t timed;
    int64_t longest_us;
    int64_t sum_us;
    uint32_t max_ms;
    uint64_t late;
} check_totals;

/** Zero-initialise; set `family` and `kept_max`. */
typedef struct check_exchanges {
    atw_family family;
    check_exchange open[CHECK_OPEN_MAX]; /**< in the order they were sent */
    size_t open_count;
    check_exchange *kept; /**< the first that are over, in the order in which they ended */
    size_t kept_count;
    size_t kept_max;
    uint64_t count; /**< of all that are over */
    uint64_t outcomes[CHECK_OUTCOMES];
    uint64_t late;
    check_totals totals[CHECK_TOTALS_MAX]; /**< the last one, once all are used: every other command */
    size_t totals_count;
} check_exchanges;

/** @return the outcome's name (`no final code`). */
const char *check_outcome_text(check_outcome outcome);

/** @return the exchange that waits for its final result code, or NULL. */
check_exchange *check_exchanges_pending(check_exchanges *in);

/** @return an outstanding exchange that the same command replaces, or NULL. */
check_exchange *check_exchanges_same(check_exchanges *in, const check_request *command);

/** @return the open exchange that a `done` of this name and index (-1: none) ends, or NULL. */
check_exchange *check_exchanges_find(check_exchanges *in, const char *name, size_t length, long index);

/** A command was sent. */
void check_exchanges_begin(check_exchanges *in, const check_request *command, const check_place *at);

/** An open exchange is over. @return what became of it; valid until the next call */
const check_exchange *check_exchanges_end(check_exchanges *in, check_exchange *which, check_outcome outcome,
                                          const check_place *at);

/** Free what was kept. */
void check_exchanges_free(check_exchanges *in);

/** @return the longest documented time of a command's form, ms, and its source; 0 and "" where there is none. */
uint32_t check_max_ms(atw_name id, const char *form, atw_family family, const char **clause);

#endif
