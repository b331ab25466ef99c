/**
 * @file
 * Lines of inputs made from the grammar's rows: what a host asks, what a module answers, what nobody asked for.
 */
#ifndef ATWIRE_FUZZ_LINES_H
#define ATWIRE_FUZZ_LINES_H

#include "buffer.h"
#include "mutator.h"

/** Append a number that is at the edge of something, in any spelling that a decimal number has. */
void lines_add_number(buffer *to, mutator_dice *dice);

/** Append octets, escaped, that something might take for its own: line ends, result codes, prompts, headers. */
void lines_add_hostile(buffer *to, mutator_dice *dice);

/** Append a `-->` line: a command of the grammar in one of its forms, or a payload. */
void lines_add_command(buffer *to, mutator_dice *dice);

/** Append a `<--` line: a row of the grammar, with values of its parameters' types. */
void lines_add_answer(buffer *to, mutator_dice *dice);

/** Append a `<--` line with a counted payload, its count right or nearly so. */
void lines_add_payload(buffer *to, mutator_dice *dice);

/** Append the lines of a whole exchange: command, echo perhaps, prompt and data where it takes them, answers, final code. */
void lines_add_exchange(buffer *to, mutator_dice *dice);

/** Append a `family:`, `config:` or `--!` line. */
void lines_add_setting(buffer *to, mutator_dice *dice);

/** Append an event line of one of the grammar's rows. */
void lines_add_event(buffer *to, mutator_dice *dice);

/** Append a `data` or `stream` event line with hostile content, behind a carrier's. */
void lines_add_data_event(buffer *to, mutator_dice *dice);

#endif
