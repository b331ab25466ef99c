/**
 * @file
 * A campaign's progress, as fuzz/run writes it: one line a minute and engine, its columns separated by TABs.
 *
 *     seconds  start  target  engine  executions  per_second  edges  features  corpus  findings  stability
 *
 * `seconds` counts the campaign's own time, over all interruptions; `start` tells one start of the engines from another. What an engine does not know is `-`.
 */
#ifndef ATWIRE_FUZZ_PROGRESS_H
#define ATWIRE_FUZZ_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

/** A number that an engine does not know. */
#define PROGRESS_UNKNOWN (-1.0)

/** One line. */
typedef struct progress_sample {
    double seconds;
    double start;
    char target[24];
    char engine[24];
    double executions; /**< libFuzzer's since the start, AFL++'s since the campaign began */
    double per_second;
    double edges;
    double features;
    double corpus;
    double findings;
    double stability; /**< percent */
} progress_sample;

/** What came of one target and engine. */
typedef struct progress_total {
    char target[24];
    char engine[24];
    double executions; /**< of all starts */
    double per_second; /**< median of the samples */
    double edges;      /**< most */
    double features;   /**< most */
    double corpus;     /**< last */
    double findings;   /**< of all starts */
    double stability;  /**< least */
} progress_total;

/** A whole campaign. To be freed by progress_free(). */
typedef struct progress {
    progress_sample *samples;
    size_t count;
    progress_total *totals;
    size_t total_count;
    double seconds; /**< of the last sample */
} progress;

/** Read a file. @retval false after a message `file:line: expected …` */
bool progress_read(progress *to, const char *file);

/** Free everything. */
void progress_free(progress *from);

#endif
