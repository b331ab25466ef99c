/*
 * The grammar's rows as tables, and the index of names. Nothing here but expansions of parser/grammar.
 */
#include "tables.h"

#include <string.h>

/* All names behind each other, those that end data mode between line ends; where each begins is counted off by an enumerator. */
#define LINE_END "\r\n"
enum { LINE_END_LENGTH = 2 };
static const char pool[] =
#define COMMAND(id, text, lines, order, index, data, context, families, source) text
#include "../grammar/name.def"
    "AT"
#define PREFIX(id, text, lines, families, source) text
#define DATA_END(id, text, lines, source) LINE_END text
#include "../grammar/name.def"
    LINE_END
#define WORD(id, text, lines, source) text
#define DATA_END(id, text, lines, source)
#define HEADER(id, text, lines, families, source) text
#include "../grammar/name.def"
    ;

#define TEXT(id, text) TEXT_##id, TEXT_LAST_##id = TEXT_##id + sizeof text - 2,
enum {
#define COMMAND(id, text, lines, order, index, data, context, families, source) TEXT(id, text)
#include "../grammar/name.def"
    TEXT(AT, "AT")
#define PREFIX(id, text, lines, families, source) TEXT(id, text)
#define DATA_END(id, text, lines, source) TEXT(END_##id, LINE_END) TEXT(id, text)
#include "../grammar/name.def"
        TEXT(END, LINE_END)
#define WORD(id, text, lines, source) TEXT(id, text)
#define DATA_END(id, text, lines, source)
#define HEADER(id, text, lines, families, source) TEXT(id, text)
#include "../grammar/name.def"
};

/* Number of arguments, 1..12, as a constant expression. */
#define COUNT_OF(...) COUNT_PICK(__VA_ARGS__, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0)
#define COUNT_PICK(a, b, c, d, e, f, g, h, i, j, k, l, n, ...) n

/* Where each group and row of atw_lines begins: every octet of the table is counted off by an enumerator. */
enum {
    LINES_NONE = 0,
#define LINES(group) LINES_##group, LINES_BEFORE_##group = LINES_##group - 1,
#define LINE(id, kind, flag, source, ...) \
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

ATW_ASSERT((int)ATW_LINE_COUNT <= 128 && (int)ATW_PARAM_COUNT <= (int)OPTIONAL,
           "line and parameter ids leave room for a bit");

const uint8_t atw_lines[] = {
    0,
#define LINE(id, kind, flag, source, ...) \
    COUNT_OF(__VA_ARGS__) | (ATW_##kind << LINE_KIND_SHIFT) | ((FLAG_##flag & 2) << 6), \
        ATW_LINE_##id | ((FLAG_##flag & 1) << 7), __VA_ARGS__,
#define END(group) 0,
#include "../grammar/line.def"
};

const name_row atw_names[ATW_NAME_COUNT] = {
    {0, 0, 0, 0, 0},
#define COMMAND(id, text, lines, order, index, data, context, families, source) \
    {TEXT_##id, LINES_##lines, sizeof text - 1, IN_##families, CONTEXT_##context},
#include "../grammar/name.def"
    {TEXT_AT, 0, 2, IN_ALL, 0},
    {0, 0, 0, IN_ALL, CONTEXT_DATA_AFTER_PROMPT},
#define PREFIX(id, text, lines, families, source) {TEXT_##id, LINES_##lines, sizeof text - 1, IN_##families, 0},
#define WORD(id, text, lines, source) {TEXT_##id, LINES_##lines, sizeof text - 1, IN_ALL, 0},
#define HEADER(id, text, lines, families, source) {TEXT_##id, LINES_##lines, sizeof text - 1, IN_##families, 0},
#include "../grammar/name.def"
};

const uint8_t atw_rules[ATW_NAME_OTHER + 1] = {
    0,
#define COMMAND(id, text, lines, order, index, data, context, families, source) \
    DATA_##data | (ORDER_##order << 2) | (INDEX_##index << 4),
#include "../grammar/name.def"
};

const uint8_t atw_params[PARAM_FIRST_INT] = {
    TYPE_NOTHING,
#define PARAM(id, key, type, range) (uint8_t) TYPE_##type | (uint8_t)RANGE_##range,
#define INT_PARAM(id, key, type, range)
#define STRING_PARAM(id, key, type, range)
#include "../grammar/param.def"
};

#define UNIT(id) (RANGE_##id >= RANGE_TIMEOUT ? TIME_UNIT_MS : 1)

#define RANGE(id, low, high, also, source) \
    ATW_ASSERT((low) % UNIT(id) == 0 && (also) % UNIT(id) == 0 && (high) % UNIT(id) == 0, \
               "whole units in range.def: " #id); \
    ATW_ASSERT(RANGE_##id <= RANGE_SIZE || ((high) - (low)) / UNIT(id) <= UINT16_MAX, \
               "a limit too high in range.def: " #id);
#include "../grammar/range.def"

const range_row atw_ranges[RANGE_COUNT - RANGE_FIRST_ROW] = {
#define LIMITED_RANGE(id, low, high, also, source) \
    {((high) - (low)) / UNIT(id) & UINT16_MAX, (low) / UNIT(id), (also) / UNIT(id)},
#include "../grammar/range.def"
};

const family_row atw_families[ATW_FAMILY_COUNT] = {
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) {bit, links, servers, close_reasons},
#include "../grammar/family.def"
};

/* The index of names: an octet made of the length and two letters. Few names share one; the whole text decides. */
#define KEY(text, length) (uint8_t)((length) + (uint8_t)text[(length) / 4] + (size_t)9 * (uint8_t)text[(length)*3 / 4])
#define KEY_OF(text) KEY(text, sizeof text - 1)

static const uint8_t keys[] = {
#define COMMAND(id, text, lines, order, index, data, context, families, source) KEY_OF(text),
#include "../grammar/name.def"
    KEY_OF("AT"), 0, /* any other name has no text and fits none */
#define PREFIX(id, text, lines, families, source) KEY_OF(text),
#define WORD(id, text, lines, source) KEY_OF(text),
#define HEADER(id, text, lines, families, source) KEY_OF(text),
#include "../grammar/name.def"
};

const uint8_t *atw_end_text(unsigned name)
{
    return (const uint8_t *)pool + atw_names[name].text - LINE_END_LENGTH;
}

const uint8_t *atw_after_name(uint8_t name, const uint8_t *text, const uint8_t *end)
{
    const name_row *row = &atw_names[name];
    const size_t length = row->length;
    return length <= (size_t)(end - text) && memcmp(text, pool + row->text, length) == 0 ? text + length : NULL;
}

uint32_t atw_hash(const uint8_t *text, size_t length)
{
    uint32_t hash = HASH_START;
    for (; length != 0; length--)
        hash = ATW_HASH_OCTET(hash, *text++);
    return hash;
}

uint8_t atw_find_name(const uint8_t *text, size_t length)
{
    const uint8_t *at = keys;
    if (length == 0)
        return ATW_NAME_NONE;
    const uint8_t key = KEY(text, length);
    while ((at = (const uint8_t *)memchr(at, key, (size_t)(keys + sizeof keys - at))) != NULL) {
        const uint8_t name = (uint8_t)(++at - keys);
        if (atw_after_name(name, text, text + length) == text + length)
            return name;
    }
    return ATW_NAME_NONE;
}
