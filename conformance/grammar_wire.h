/**
 * @file
 * How the grammar's rows read on the wire, as text for people: commands, prefixes, line shapes, documented values.
 */
#ifndef ATWIRE_CONFORMANCE_GRAMMAR_WIRE_H
#define ATWIRE_CONFORMANCE_GRAMMAR_WIRE_H

#include "buffer.h"
#include "grammar_rows.h"

/** Append a .def file's word as the page writes it: lower case, hyphens. */
void grammar_add_word(buffer *to, const char *word);

/** Append the names of the families in a set, but `any`, with blanks between. */
void grammar_add_families(buffer *to, unsigned families);

/** Append the command as the host sends it, without parameters: `AT+CSQ`, `ATE`. */
void grammar_add_command(buffer *to, const grammar_name *name);

/** Append what stands before a line's first field, or a word's whole line: `+CSQ: `, `+IPD`, `RECV FROM:`, `OK`. */
void grammar_add_prefix(buffer *to, const grammar_name *name);

/**
 * Append a line with its parameters in angle brackets: `+CIPOPEN: <link_num>,<err>`.
 *
 * @param line  a row of the name's group
 */
void grammar_add_shape(buffer *to, const grammar_name *name, const grammar_line *line);

/** Append documented values: `0..9`, `0..31 99`, `0 1 3`; nothing where none are documented. */
void grammar_add_limits(buffer *to, grammar_limits limits);

/** @return the row of a command's name. */
const grammar_name *grammar_name_of(atw_name name);

/** @return whether a name is an IPv6 variant: its TAGGED parameter's label says so too. */
bool grammar_is_ipv6(const grammar_name *name);

#endif
