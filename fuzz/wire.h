/**
 * @file
 * From an event line to the octets that a module sends for it: the grammar's rows read backwards.
 */
#ifndef ATWIRE_FUZZ_WIRE_H
#define ATWIRE_FUZZ_WIRE_H

#include "buffer.h"
#include "model_rows.h"

/** What an event line is on the wire. */
typedef struct wire {
    const model_name *name; /**< NULL: a prefix without a row */
    const model_line *row;  /**< NULL: a prefix without a row */
    bool has_payload;       /**< payload_count octets follow its line */
    uint64_t payload_count;
    int64_t first; /**< its first integer */
    bool good;     /**< of a result: what it says is a success */
} wire;

/**
 * Make the line of an event: information response, result, error, URC or final result code, in the notation, without notes.
 *
 * @param[out] octets  the line without its end is appended
 * @param[out] event   the event line that must come, without notes, is appended
 * @retval false       it is no such event, or its values cannot stand on a wire: nothing is promised for the buffers
 */
bool wire_from_event(wire *to, const char *line, buffer *octets, buffer *event);

#endif
