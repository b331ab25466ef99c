/**
 * @file
 * What the host wrote, as far as a checker must understand it: commands, and how much data they take.
 */
#ifndef ATWIRE_CONFORMANCE_CHECK_HOST_H
#define ATWIRE_CONFORMANCE_CHECK_HOST_H

#include <atwire/atwire.h>

/** Most octets of a command line that are kept to be shown. */
#define CHECK_COMMAND_MAX 96
/** Most octets of a name. */
#define CHECK_NAME_MAX 32

/** How much data a command takes after its prompt. */
typedef enum check_data {
    CHECK_NO_DATA,
    CHECK_COUNTED_DATA, /**< `length` octets */
    CHECK_ENDED_DATA,   /**< up to Ctrl-Z or ESC */
    CHECK_UNKNOWN_DATA  /**< a command without a row: only if a prompt comes */
} check_data;

/** A command line. Compound ones are named after their first command. */
typedef struct check_request {
    char text[CHECK_COMMAND_MAX]; /**< as sent, escaped, perhaps cut; NUL-terminated */
    char name[CHECK_NAME_MAX];    /**< as `done` prints it; NUL-terminated */
    const char *form;             /**< TEST, READ, WRITE, EXECUTE, as form.def has it */
    atw_name id;                  /**< ATW_NAME_OTHER without a row, ATW_NAME_AT for a bare AT */
    long index;                   /**< the link or server it names, or -1 */
    check_data data;
    uint64_t length;
} check_request;

/**
 * Read a command line.
 *
 * @param line  without its CR
 * @retval false  it has no AT
 */
bool check_request_read(check_request *to, const uint8_t *line, size_t count);

/**
 * Whether a line looks like a command line, for captures that tell no direction: AT, and what V.250 lets follow it.
 * `ATTENTION` and `attach` do not.
 */
bool check_is_command(const uint8_t *line, size_t count);

/** Whether a line answers a command that takes data, and so is not that data. */
bool check_is_answer(const uint8_t *line, size_t count);

/** Whether a line is one of the result codes that end data mode. */
bool check_ends_data(const uint8_t *line, size_t count);

/** @return how many octets of a line are left without blanks, CR and LF at its end. */
size_t check_trim(const uint8_t *line, size_t count);

#endif
