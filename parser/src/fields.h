/*
 * The fields of a line, as a line shape has them. Private to parser/src.
 */
#ifndef ATWIRE_SRC_FIELDS_H
#define ATWIRE_SRC_FIELDS_H

#include "tables.h"

/* Read `text`..`end` as the fields of a row of atw_lines, and note what is unusual in them. False if the row has no place for a field,
   or a field no place in the row: what has been noted then does not count. */
bool atw_read_row(const uint8_t *row, const uint8_t *text, const uint8_t *end, atw_event *event);

/* Note numbers outside their documented range. */
void atw_note_ranges(atw_event *event, const family_row *family);

#endif
