/**
 * @file
 * A script: what host and module say, step by step, and how the parser is configured for it.
 */
#ifndef ATWIRE_CONFORMANCE_SCRIPT_H
#define ATWIRE_CONFORMANCE_SCRIPT_H

#include <atwire/atwire.h>

#include "buffer.h"

/** Line buffer of tools and suites, octets. */
#define SCRIPT_LINE_SIZE 1024
/** Payload ceiling of tools and suites, octets. */
#define SCRIPT_CEILING 65535
/** Command buffer of tools and suites, octets. */
#define SCRIPT_COMMAND_SIZE 32

/** What happens in a step. */
typedef enum step_kind {
    STEP_SENT,     /**< `-->` the host writes octets */
    STEP_RECEIVED, /**< `<--` the module's octets come in */
    STEP_DTR,      /**< `--! dtr` the host ends data mode by DTR */
    STEP_ABANDON   /**< `--! abandon` the host gives up */
} step_kind;

/** An event line that must have come by the end of its step. */
typedef struct expected_line {
    const char *text;
    size_t line; /**< in the file */
} expected_line;

/** One step. */
typedef struct script_step {
    step_kind kind;
    size_t line;           /**< in the file; 0: made by a program */
    const char *wire;      /**< the octets as the file writes them; NULL: made by a program */
    const uint8_t *octets; /**< NULL without octets */
    size_t count;
    expected_line *expected;
    size_t expected_count;
} script_step;

/** The parser's configuration, with the tools' defaults in place of the parser's. */
typedef struct script_settings {
    uint32_t ceiling;
    uint16_t line_size;
    uint8_t command_size;
    bool closed_ends_data;
} script_settings;

/** A whole script. */
typedef struct script {
    atw_family family;
    script_settings settings;
    script_step *steps;
    size_t count;
} script;

/** @return the tools' default settings. */
script_settings script_default_settings(void);

/** Append the steps as a transcript has them, without headers and expectations. */
void script_print(buffer *to, const script *from);

/**
 * Copy a script to change its steps.
 *
 * @param more  room for so many more steps behind the copied ones
 * @return the copy; its `steps` are to be freed by free(), what they point to stays the original's
 */
script script_copy(const script *from, size_t more);

/** @return how many octets the module sends in all steps. */
size_t script_received_count(const script *from);

/**
 * A stretch is what may be fed as one chunk: consecutive `<--` steps with nothing of the host and, if `blocks` is true,
 * no expected lines in between.
 *
 * @param first  a `<--` step
 * @return the last step of the stretch that begins with it
 */
size_t script_stretch_end(const script *from, size_t first, bool blocks);

#endif
