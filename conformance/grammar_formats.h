/**
 * @file
 * The renderers behind grammar_page(), one a format. Each appends the whole page of one family.
 */
#ifndef ATWIRE_CONFORMANCE_GRAMMAR_FORMATS_H
#define ATWIRE_CONFORMANCE_GRAMMAR_FORMATS_H

#include <atwire/grammar.h>

#include "buffer.h"

/** Append the reference page. */
void grammar_text(buffer *to, atw_family family);

/** Append the ABNF of what the module sends. */
void grammar_abnf(buffer *to, atw_family family);

/** Append the fuzzers' dictionary. */
void grammar_dict(buffer *to, atw_family family);

/** Append every row as JSON. */
void grammar_json(buffer *to, atw_family family);

#endif
