/*
 * The grammar's rows as tables, and the index of names. Nothing here but expansions of parser/grammar.
 */
#include "tables.h"

#include <string.h>

/* All names in one object without pointers: rows hold 16-bit offsets, and nothing needs relocation. */
typedef struct {
    char none[1];
#define COMMAND(id, text, third, last, fourth_last, lines, order, index, data, context, families, source) char id[sizeof text];
#define PREFIX(id, text, third, last, fourth_last, lines, families, source) char id[sizeof text];
#define WORD(id, text, third, last, fourth_last, lines, source) char id[sizeof text];
#define HEADER(id, text, lines, families, source) char id[sizeof text];
#include "../grammar/name.def"
    char at[3];
} name_pool;

static const name_pool pool = {
    "",
#define COMMAND(id, text, third, last, fourth_last, lines, order, index, data, context, families, source) text,
#define PREFIX(id, text, third, last, fourth_last, lines, families, source) text,
#define WORD(id, text, third, last, fourth_last, lines, source) text,
#define HEADER(id, text, lines, families, source) text,
#include "../grammar/name.def"
    "AT",
};

/* Number of arguments, 1..12, as a constant expression. */
#define COUNT_OF(...) COUNT_PICK(__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define COUNT_PICK(a, b, c, d, e, f, g, h, i, j, k, l, n, ...) n

/* Where each group and row of atw_lines begins: every octet of the table is counted off by an enumerator. */
enum {
    LINES_NONE = 0,
#define LINES(group) LINES_##group, LINES_BEFORE_##group = LINES_##group - 1,
#define LINE(id, kind, flags, source, ...) \
    ROW_##id, ROW_LAST_##id = ROW_##id + LINE_HEADER_LENGTH + COUNT_OF(__VA_ARGS__) - 1,
#define END(group) ROW_END_##group,
#include "../grammar/line.def"
    LINES_SIZE
};

/* Parameters as line.def names them. */
enum {
    NO_FIELDS = ATW_PARAM_NO_FIELDS,
#define PARAM(id, key, type, range) id = ATW_PARAM_##id,
#include "../grammar/param.def"
};

#define OPT(param) (OPTIONAL | param)

const uint8_t atw_lines[] = {
    0,
#define LINE(id, kind, flags, source, ...) \
    (ATW_##kind + 1) | (FLAG_##flags << LINE_FLAG_SHIFT), ATW_LINE_##id, COUNT_OF(__VA_ARGS__), __VA_ARGS__,
#define END(group) 0,
#include "../grammar/line.def"
};

#define TEXT_OF(id) (uint16_t)offsetof(name_pool, id)
#define LENGTH_OF(text) (uint8_t)(sizeof text - 1)
#define RULES(order, index, data) (uint8_t)(ORDER_##order | (INDEX_##index << 2) | (DATA_##data << 5))

const name_row atw_names[ATW_NAME_COUNT] = {
    {0, 0, 0, 0, 0, 0},
#define COMMAND(id, text, third, last, fourth_last, lines, order, index, data, context, families, source) \
    {TEXT_OF(id), LINES_##lines, LENGTH_OF(text), IN_##families, RULES(order, index, data), CONTEXT_##context},
#define PREFIX(id, text, third, last, fourth_last, lines, families, source) \
    {TEXT_OF(id), LINES_##lines, LENGTH_OF(text), IN_##families, 0, 0},
#define WORD(id, text, third, last, fourth_last, lines, source) {TEXT_OF(id), LINES_##lines, LENGTH_OF(text), IN_ALL, 0, 0},
#define HEADER(id, text, lines, families, source) {TEXT_OF(id), LINES_##lines, LENGTH_OF(text), IN_##families, 0, 0},
#include "../grammar/name.def"
    {TEXT_OF(at), 0, 2, IN_ALL, 0, 0},
    {0, 0, 0, IN_ALL, 0, 0},
};

const param_row atw_params[ATW_PARAM_COUNT] = {
    {TYPE_NOTHING, RANGE_ANY},
#define PARAM(id, key, type, range) {TYPE_##type, RANGE_##range},
#include "../grammar/param.def"
};

const range_row atw_ranges[RANGE_COUNT] = {
#define RANGE(id, low, high, also, source) {high, low, also},
#include "../grammar/range.def"
};

const family_row atw_families[ATW_FAMILY_COUNT] = {
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) {bit, links, servers, close_reasons},
#include "../grammar/family.def"
};

#define KEY(length, third, last, fourth_last, word) \
    ((31u * (unsigned)(length) + 15u * ((unsigned)(third)&31u) + 2u * ((unsigned)(last)&31u) + ((unsigned)(fourth_last)&31u) + \
      8u * (unsigned)(word)) & 255u)

/* The index of names: two names with one key are a duplicate case label and fail to compile; change KEY's factors then. */
static uint8_t name_at(unsigned key)
{
    switch (key) {
#define COMMAND(id, text, third, last, fourth_last, lines, order, index, data, context, families, source) \
    case KEY(sizeof text - 1, third, last, fourth_last, 0): return ATW_NAME_##id;
#define PREFIX(id, text, third, last, fourth_last, lines, families, source) \
    case KEY(sizeof text - 1, third, last, fourth_last, 0): return ATW_NAME_##id;
#define WORD(id, text, third, last, fourth_last, lines, source) \
    case KEY(sizeof text - 1, third, last, fourth_last, 1): return ATW_NAME_##id;
#include "../grammar/name.def"
    default: return ATW_NAME_NONE;
    }
}

const uint8_t *atw_name_octets(uint8_t name)
{
    return (const uint8_t *)&pool + atw_names[name].text;
}

static bool has_text(uint8_t name, const uint8_t *text, size_t length)
{
    return atw_names[name].length == length && memcmp(atw_name_octets(name), text, length) == 0;
}

uint8_t atw_find_name(const uint8_t *text, size_t length, bool word)
{
    if (length == 0 || length > NAME_LENGTH_MAX)
        return ATW_NAME_NONE;
    const uint8_t third = text[length > 2 ? 2 : length - 1];
    const uint8_t fourth_last = text[length > 4 ? length - 4 : 0];
    const uint8_t name = name_at(KEY(length, third, text[length - 1], fourth_last, word));
    return has_text(name, text, length) ? name : (uint8_t)ATW_NAME_NONE;
}

uint8_t atw_find_header(const uint8_t *text, size_t length)
{
    for (uint8_t name = LAST_WORD + 1; name <= LAST_HEADER; name++) {
        if (has_text(name, text, length))
            return name;
    }
    return ATW_NAME_NONE;
}

/* Error texts behind each other, and their codes in the same order. */
static const char err_info_texts[] =
#define ERR_INFO(code, text) text "\0"
#define ERR_INFO_ALSO(code, text) text "\0"
#include "../grammar/error.def"
    ;

static const uint8_t err_info_codes[] = {
#define ERR_INFO(code, text) code,
#define ERR_INFO_ALSO(code, text) code,
#include "../grammar/error.def"
};

int32_t atw_err_info_from_text(const uint8_t *text, size_t length)
{
    const char *at = err_info_texts;
    for (size_t i = 0; i < sizeof err_info_codes; i++) {
        const char *end = (const char *)memchr(at, '\0', sizeof err_info_texts);
        if ((size_t)(end - at) == length && memcmp(at, text, length) == 0)
            return err_info_codes[i];
        at = end + 1;
    }
    return -1;
}
