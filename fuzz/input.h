/**
 * @file
 * Fuzz inputs: text that a person can read, and of which every octet string is a valid one.
 *
 * It is the transcript format (`.at`) read without strictness, so that a corpus case is an input and an input is nearly a case:
 *
 *     family: a7600
 *     config: line=64 ceiling=2000 command=32 closed-ends-data=1
 *     --> AT+CIPSEND=1,5\r          the host writes
 *     <-- \r\n>                     the module sends: every such line is one chunk for the parser
 *     <-- \r\n+CIPSEND: 1,5,5\r\n
 *     --! dtr                       the host ends data mode by DTR; `--! abandon`: it gives up
 *         urc IPD len=16            four blanks: an event, for the targets that go from events to octets
 *
 * Escapes are those of transcripts; a backslash that begins none stands for itself. Any other line is skipped.
 */
#ifndef ATWIRE_FUZZ_INPUT_H
#define ATWIRE_FUZZ_INPUT_H

#include "player.h"

/** How many steps more than its own an input's script has room for: the fresh exchange of oracles.h. */
#define INPUT_ROOM 3

/** What an input may configure at most: beyond it nothing new happens, and executions get slow. */
#define INPUT_LINE_MAX 2048

/** An input. Everything it points to lives until input_close(); there is one at a time. */
typedef struct input {
    script script;
    size_t *cuts; /**< where `<--` lines end, among all octets received, ascending */
    size_t cut_count;
    const char **events; /**< event lines without their indentation, NUL-terminated */
    size_t event_count;
    char *text;      /* a copy of the input in which event lines are terminated; NULL if there are none */
    uint8_t *octets; /* of all steps */
} input;

/** Read an input. Never fails. To be closed by input_close(). */
void input_open(input *to, const uint8_t *octets, size_t count);

/** Free everything that belongs to the input. */
void input_close(input *from);

/** @return the cutting that the `<--` lines stand for. */
cutting input_cutting(const input *from);

/**
 * Read escaped octets.
 *
 * @param[out] octets  as long as the text at least
 * @return how many octets they are
 */
size_t input_unescape(const char *text, size_t length, uint8_t *octets);

#endif
