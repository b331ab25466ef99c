#include "model_rows.h"

#include <string.h>

static const model_name names[] = {
#define COMMAND(id, text, lines, order, index, data, context, families, source) \
    {MODEL_COMMAND, ATW_NAME_##id, text, #lines, #order, #index, #data, #context, #families},
#define PREFIX(id, text, lines, families, source) \
    {MODEL_PREFIX, ATW_NAME_##id, text, #lines, "", "", "", "", #families},
#define WORD(id, text, lines, source) {MODEL_WORD, ATW_NAME_##id, text, #lines, "", "", "", "", "ALL"},
#define HEADER(id, text, lines, families, source) \
    {MODEL_HEADER, ATW_NAME_##id, text, #lines, "", "", "", "", #families},
#include "../parser/grammar/name.def"
};

enum {
    NO_FIELDS = ATW_PARAM_NO_FIELDS,
#define PARAM(id, key, type, range) id = ATW_PARAM_##id,
#include "../parser/grammar/param.def"
};

#define OPT(param) (-(param))

/* A row only knows its group by where it stands: the group's own row says where that is. */
const model_line model_lines[] = {
#define LINES(group) {#group, ATW_LINE_NONE, ATW_TEXT, "", {0}},
#define LINE(id, kind, flags, source, ...) {NULL, ATW_LINE_##id, ATW_##kind, #flags, {__VA_ARGS__}},
#include "../parser/grammar/line.def"
};

const size_t model_line_count = sizeof model_lines / sizeof model_lines[0];

static const model_param params[] = {
    {"", "", ""},
#define PARAM(id, key, type, range) {key, #type, #range},
#include "../parser/grammar/param.def"
};

static const model_range ranges[] = {
#define RANGE(id, low, high, also, source) {#id, low, high, also},
#include "../parser/grammar/range.def"
};

static const model_family families[] = {
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) {#id, links, servers, close_reasons},
#include "../parser/grammar/family.def"
};

static const struct {
    int code;
    const char *text;
} err_infos[] = {
#define ERR_INFO(code, text) {code, text},
#define ERR_INFO_ALSO(code, text) {code, text},
#include "../parser/grammar/error.def"
};

#define COUNT_OF(rows) (sizeof(rows) / sizeof *(rows))

bool model_is(const char *text, const char *other)
{
    return strcmp(text, other) == 0;
}

static bool is_text(const char *row, const uint8_t *text, size_t length)
{
    return strlen(row) == length && memcmp(row, text, length) == 0;
}

const model_name *model_find(model_sort sort, const uint8_t *text, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].sort == sort && is_text(names[i].text, text, length)) {
            return &names[i];
        }
    }
    return NULL;
}

const model_name *model_name_of(atw_name id)
{
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        if (names[i].id == id) {
            return &names[i];
        }
    }
    return NULL;
}

const model_param *model_param_of(int id)
{
    return &params[id < 0 ? -id : id];
}

const model_range *model_range_of(const char *id)
{
    size_t i = 0;
    while (i + 1 < COUNT_OF(ranges) && !model_is(ranges[i].id, id)) {
        i++;
    }
    return &ranges[i];
}

const model_family *model_family_of(atw_family family)
{
    return &families[family];
}

/* ALL, one family, two joined by `_`, or NOT_ the one that lacks it. */
bool model_in_manual(const model_name *name, atw_family family)
{
    const char *id = families[family].id;
    if (family == ATW_FAMILY_ANY || model_is(name->families, "ALL")) {
        return true;
    }
    bool named = strstr(name->families, id) != NULL;
    return strncmp(name->families, "NOT_", 4) == 0 ? !named : named;
}

int model_err_info(const uint8_t *text, size_t length)
{
    for (size_t i = 0; i < COUNT_OF(err_infos); i++) {
        if (is_text(err_infos[i].text, text, length)) {
            return err_infos[i].code;
        }
    }
    return -1;
}
