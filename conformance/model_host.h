/**
 * @file
 * The model's reading of a command line (ITU-T V.250 5.2): the line is whole, and its commands are all kept.
 */
#ifndef ATWIRE_CONFORMANCE_MODEL_HOST_H
#define ATWIRE_CONFORMANCE_MODEL_HOST_H

#include "memory.h"
#include "model_rows.h"

/** How a command stands in its line. */
typedef enum model_form { MODEL_EXECUTE, MODEL_READ, MODEL_TEST, MODEL_WRITE } model_form;

/** One command. */
typedef struct model_command {
    const model_name *row; /**< NULL: the grammar has none, */
    const uint8_t *name;   /**< … and this is what it is called, in capitals */
    size_t name_length;
    model_form form;
    long link;       /**< of the link or server that its index parameter names, or -1 */
    bool has_length; /**< its second parameter is a number: */
    uint64_t length;
    bool is_zero; /**< of a basic command: its number is 0 or missing */
} model_command;

/** A command line. */
typedef struct model_request {
    const uint8_t *echo; /**< from its AT on, without the CR */
    size_t echo_count;
    model_command *commands; /**< in order; none for a bare AT */
    size_t count;
    bool ends_open;     /**< a `;` stands behind the last command */
    size_t name_octets; /**< of all names without a row */
    bool unspecified;   /**< nothing is promised: a `+` without a name, or E in a form that it does not have */
} model_request;

/**
 * Read a line without its CR.
 *
 * @param[out] to     its texts live in `memory` and in the line
 * @retval false      it has no AT: it is no command line
 */
bool model_read_request(model_request *to, const uint8_t *line, size_t count, arena *memory);

/** Read the repetition `A/`, which is a line without a CR. */
void model_read_repeat(model_request *to, arena *memory);

#endif
