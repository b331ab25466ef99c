/**
 * @file
 * The grammar's rows as the model sees them: text, as it stands in the `.def` files.
 */
#ifndef ATWIRE_CONFORMANCE_MODEL_ROWS_H
#define ATWIRE_CONFORMANCE_MODEL_ROWS_H

#include <atwire/atwire.h>

/** Most parameters of a line. */
#define MODEL_PARAMS 12

/** Where a name can stand. */
typedef enum model_sort { MODEL_COMMAND, MODEL_PREFIX, MODEL_WORD, MODEL_HEADER } model_sort;

/** A row of name.def. What a sort does not have is "". */
typedef struct model_name {
    model_sort sort;
    atw_name id;
    const char *text;
    const char *lines;
    const char *order;
    const char *index;
    const char *data;
    const char *context;
    const char *families;
} model_name;

/** A row of line.def. */
typedef struct model_line {
    const char *group;
    atw_line id;
    atw_kind kind;
    const char *flags;
    int params[MODEL_PARAMS]; /**< atw_param, negative if it may be absent; 0 behind the last */
} model_line;

/** A row of param.def. */
typedef struct model_param {
    const char *key;
    const char *type;
    const char *range;
} model_param;

/** A row of range.def. */
typedef struct model_range {
    const char *id;
    int64_t low;
    int64_t high;
    int64_t also;
} model_range;

/** A row of family.def. */
typedef struct model_family {
    const char *id;
    int64_t links;
    int64_t servers;
    unsigned close_reasons;
} model_family;

/** @return whether two texts are equal. */
bool model_is(const char *text, const char *other);

/** Find a name of one sort by its whole text. @return NULL if there is none. */
const model_name *model_find(model_sort sort, const uint8_t *text, size_t length);

/** @return the row of a name, or NULL. */
const model_name *model_name_of(atw_name id);

/** All lines, in the order of line.def. */
extern const model_line model_lines[];
/** How many they are. */
extern const size_t model_line_count;

/** @return the row of a parameter. */
const model_param *model_param_of(int id);

/** @return the range of that name. */
const model_range *model_range_of(const char *id);

/** @return the row of a family. */
const model_family *model_family_of(atw_family family);

/** @return whether the family's manual has the name. */
bool model_in_manual(const model_name *name, atw_family family);

/** @return the number of an error text, in any spelling, or -1. */
int model_err_info(const uint8_t *text, size_t length);

#endif
