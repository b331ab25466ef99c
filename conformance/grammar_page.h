/**
 * @file
 * `atwire grammar`: the grammar in four formats, everything expanded from the rows that the parser runs.
 */
#ifndef ATWIRE_CONFORMANCE_GRAMMAR_PAGE_H
#define ATWIRE_CONFORMANCE_GRAMMAR_PAGE_H

#include <stdio.h>

#include <atwire/grammar.h>

/**
 * Print the grammar of one family; ATW_FAMILY_ANY is the union of all.
 *
 * @param format  `text` (or NULL): the reference page. `abnf`: what the module sends, RFC 5234 with the case-sensitive
 *                strings of RFC 7405. `dict`: a dictionary for libFuzzer and AFL++. `json`: every row as an object.
 * @retval 0   printed; whether `out` took it is for the caller to ask of the stream
 * @retval -1  no such format or family; nothing was printed
 */
int grammar_page(FILE *out, atw_family family, const char *format);

#endif
