/**
 * @file
 * The model's reading of a whole line: which row it is, and what its fields are.
 */
#ifndef ATWIRE_CONFORMANCE_MODEL_LINE_H
#define ATWIRE_CONFORMANCE_MODEL_LINE_H

#include "model_rows.h"

/** What the exchanges say about a line of two readings. */
typedef struct model_context {
    /** @return whether a line of this name answers what is pending. */
    bool (*is_answer)(const void *exchanges, const model_name *name);
    /** @return the same for a name without a row. */
    bool (*is_answer_named)(const void *exchanges, const uint8_t *name, size_t length);
    /** @return whether a result of that name and link is outstanding. */
    bool (*is_outstanding)(const void *exchanges, atw_name name, int64_t link);
    bool may_connect; /**< CONNECT would begin data mode now */
    const void *exchanges;
    atw_family family;
    uint32_t ceiling; /**< never 0 */
} model_context;

/** What a line is. */
typedef struct model_reading {
    atw_event event;  /**< its spans point into the line */
    bool has_payload; /**< octets follow: */
    bool hex;
    uint64_t count; /**< … so many, before hex doubles them */
} model_reading;

/** Read a line without CRs at its ends. It is not empty. */
void model_read_line(model_reading *to, const uint8_t *line, size_t length, const model_context *context);

/** @return the event's value of a parameter by its key, or `otherwise`. */
int64_t model_value(const atw_event *event, const char *key, int64_t otherwise);

#endif
