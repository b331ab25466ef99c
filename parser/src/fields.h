/*
 * The fields of a line: from text to tokens, from tokens to the typed fields of a line shape. Private to parser/src.
 */
#ifndef ATWIRE_SRC_FIELDS_H
#define ATWIRE_SRC_FIELDS_H

#include "tables.h"

/* Cut `text`..`end` into tokens, one atw_field each in event->fields. */
void atw_tokenise(atw_event *event, const uint8_t *text, const uint8_t *end);

/* Make the tokens the fields of a row of atw_lines and add the values' notes; false, and nothing lost, if they do not fit it in
   count and type. */
bool atw_read_row(const uint8_t *row, atw_event *event, const uint8_t *end, const family_row *family);

#endif
