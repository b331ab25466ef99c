/**
 * @file
 * What an adapter promises, and what of an event line is therefore compared.
 */
#ifndef ATWIRE_CONFORMANCE_ADAPTER_LEVEL_H
#define ATWIRE_CONFORMANCE_ADAPTER_LEVEL_H

#include "buffer.h"

/** Levels; each promises what the one before it does, and more. */
typedef enum adapter_level {
    ADAPTER_FRAMING,  /**< `final`, `line`, `prompt`, `data` and their text */
    ADAPTER_CLASSIFY, /**< kinds, names, and the texts that stand in quotes without a key */
    ADAPTER_VALUES,   /**< fields, too */
    ADAPTER_COMPLETE, /**< `done`, too */
    ADAPTER_LEVEL_COUNT
} adapter_level;

/** @return the level's word (`framing`), or "" outside the enumeration. */
const char *adapter_level_text(adapter_level level);

/** Read a level's word. @retval false  there is no such level; *level is untouched */
bool adapter_level_from_text(const char *text, adapter_level *level);

/** What is compared of a line. */
typedef enum adapter_part {
    ADAPTER_PART_NONE,  /**< nothing: this level does not promise the event */
    ADAPTER_PART_LINE,  /**< a line of its own */
    ADAPTER_PART_SPAN,  /**< a span: one that follows another continues it */
    ADAPTER_PART_FAULT, /**< it is no event line of this level */
} adapter_part;

/**
 * Append what is compared of an event line that an adapter of this level printed. Names and keys are not checked: a
 * wrong one is a difference. What cannot be an event line is a fault.
 */
adapter_part adapter_level_of_answer(buffer *to, adapter_level level, const char *line);

/**
 * Append what is compared of an event line that a transcript expects.
 *
 * @param text  for ADAPTER_FRAMING: the octets of the line that the event stands for; else ignored
 */
adapter_part adapter_level_of_expected(buffer *to, adapter_level level, const char *line, const buffer *text);

/**
 * Whether two parts are of the same kind and the first one's text is the start of the second one's: payload that
 * has come only partly.
 */
bool adapter_part_begins(const char *part, const char *whole);

/** @return whether the event line is a payload that says itself that it is not whole. */
bool adapter_is_cut_payload(const char *line);

/** @return the kind's length in a part or an event line: octets before the first blank. */
size_t adapter_kind_length(const char *line);

/** @return whether the line's or part's kind is this one. */
bool adapter_kind_is(const char *line, const char *kind);

#endif
