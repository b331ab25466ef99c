/*
 * The fields of a line: from text to tokens, from tokens to the typed fields of a line shape. Private to parser/src.
 */
#ifndef ATWIRE_SRC_FIELDS_H
#define ATWIRE_SRC_FIELDS_H

#include "tables.h"

/* Cut `text`..`end` into tokens, one atw_field each in event->fields. */
void atw_tokenise(atw_event *event, const uint8_t *text, const uint8_t *end);

/* Whether a row of atw_lines has a place for every token, and every token a place: text to the end takes any number. Nothing is lost
   if not. */
bool atw_fits_row(const uint8_t *row, atw_event *event, const uint8_t *end);

/* The tokens are the row's that they fitted: note what is unusual in them, and make them fields. */
void atw_finish_fields(atw_event *event, const family_row *family);

#endif
