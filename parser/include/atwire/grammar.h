/**
 * @file
 * The grammar's rows as identifiers, expanded from `parser/grammar`, and the texts that belong to them.
 *
 * Identifiers are stable within a release; their numbers are not: store texts, not numbers.
 * Every function here is pure, never fails on any argument, and returns pointers to constant data without end of life.
 */
#ifndef ATWIRE_GRAMMAR_H
#define ATWIRE_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Module families. A family selects notes and ranges, never a different parse of the same octets. */
typedef enum atw_family {
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) ATW_FAMILY_##id,
#include "../../grammar/family.def"
    ATW_FAMILY_COUNT
} atw_family;

/** Names: commands, prefixes and whole lines. */
typedef enum atw_name {
    ATW_NAME_NONE, /**< no name: `text`, `overlong`, data */
#define COMMAND(id, text, lines, order, index, data, context, families, source) ATW_NAME_##id,
#include "../../grammar/name.def"
    ATW_NAME_AT,    /**< the bare command `AT` */
    ATW_NAME_OTHER, /**< a command or prefix without a row: its text is in the event's `label` */
#define PREFIX(id, text, lines, families, source) ATW_NAME_##id,
#define WORD(id, text, lines, source) ATW_NAME_##id,
#define HEADER(id, text, lines, families, source) ATW_NAME_##id,
#include "../../grammar/name.def"
    ATW_NAME_COUNT
} atw_name;

/** Line shapes. */
typedef enum atw_line {
    ATW_LINE_NONE,
#define LINE(id, kind, flags, source, ...) ATW_LINE_##id,
#include "../../grammar/line.def"
    ATW_LINE_COUNT
} atw_line;

/** Parameters: what a field of an event is. */
typedef enum atw_param {
    ATW_PARAM_NO_FIELDS,
#define PARAM(id, key, type, range) ATW_PARAM_##id,
#include "../../grammar/param.def"
    ATW_PARAM_COUNT
} atw_param;

/** Notes, as bits of atw_event.notes: what a line deviates in and is accepted all the same. */
typedef enum atw_note_bit {
#define NOTE(id, text, meaning) ATW_NOTE_BIT_##id,
#include "../../grammar/note.def"
    ATW_NOTE_COUNT
} atw_note_bit;

#define ATW_NOTE(id) ((uint32_t)1 << ATW_NOTE_BIT_##id)

/** Where the documentation puts the end of a text that a function returns: these texts are NUL-terminated. */

/** @return the family's name as tools take it (`a76xx`), or "" outside the enumeration. */
const char *atw_family_name(atw_family family);

/**
 * Read a family's name: `any`, `a76xx`, `a7600` or its alias `sim7600`, `sim7028`, `sim7x00`.
 *
 * @retval true   *family is set.
 * @retval false  no such family; *family is untouched.
 */
bool atw_family_from_name(const char *name, atw_family *family);

/** @return the name as the manuals print it, without `+`, blanks as `-` (`RECV-FROM`, `CIPOPEN`, `&D`); "" where there is none. */
const char *atw_name_text(atw_name name);

/** @return the parameter's key, the manual's name in snake_case (`link_num`); "" outside the enumeration. */
const char *atw_param_key(atw_param param);

/** @return the note's word without its tilde (`missing-blank`); "" outside the enumeration. */
const char *atw_note_text(atw_note_bit note);

/** @return what the note says, in one sentence fragment; "" outside the enumeration. */
const char *atw_note_meaning(atw_note_bit note);

/** @return manual and section of the line's row (`A7600 2.1 read`); "" for ATW_LINE_NONE. */
const char *atw_line_source(atw_line line);

/** @return the text of an `<err>` 0..12 (A7600 chapter 4), or NULL for another code. */
const char *atw_err_text(int32_t err);

/** @return the text of an `<err_info>` 0..22 (A7600 chapter 3), or NULL for another code. */
const char *atw_err_info_text(int32_t err_info);

/**
 * Find an `<err_info>` by its text, in any spelling that a manual has. The text is matched whole, by a hash of 32 bits.
 *
 * @param text    not NUL-terminated; may be NULL if `length` is 0
 * @return 0..22, or -1 for a text that no manual has.
 */
int32_t atw_err_info_from_text(const uint8_t *text, size_t length);

/** @return the text of a `<close_reason>` 0..3 (A7600 chapter 5; SIM7X00 2.3.1), or NULL for another code. */
const char *atw_close_reason_text(int32_t close_reason);

/**
 * The longest time that a manual grants a command, in milliseconds; 0 where none is documented.
 * The parser has no clock: the host's timer takes it and calls atw_abandon().
 *
 * @see A7600 2.1, 2.3, 2.4; SIM7028 2.1 (each command's table).
 */
uint32_t atw_max_response_ms(atw_name name);

#ifdef __cplusplus
}
#endif

#endif
