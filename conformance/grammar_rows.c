#include "grammar_rows.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define TABLE_COUNT(table) const size_t grammar_##table##_count = COUNT(grammar_##table)

/* Sets of families as the .def files name them: every subset has one name. */
enum {
    A76XX = 1,
    A7600 = 2,
    SIM7028 = 4,
    SIM7X00 = 8,
    ALL = A76XX | A7600 | SIM7028 | SIM7X00,
    NOT_A76XX = ALL - A76XX,
    NOT_A7600 = ALL - A7600,
    NOT_SIM7028 = ALL - SIM7028,
    NOT_SIM7X00 = ALL - SIM7X00,
    A76XX_A7600 = A76XX | A7600,
    A76XX_SIM7028 = A76XX | SIM7028,
    A76XX_SIM7X00 = A76XX | SIM7X00,
    A7600_SIM7028 = A7600 | SIM7028,
    A7600_SIM7X00 = A7600 | SIM7X00,
    SIM7028_SIM7X00 = SIM7028 | SIM7X00,
    ANY = ALL
};

/* family.def's bits are the ones above. */
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) \
    _Static_assert((bit) == id, "family.def and the sets of families disagree on " name);
#include "../parser/grammar/family.def"

const grammar_family grammar_families[] = {
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) {name, manual, bit, links, servers, close_reasons},
#include "../parser/grammar/family.def"
};
TABLE_COUNT(families);

/* Where each group begins and ends: the rows of line.def are counted off by enumerators. */
enum {
#define LINES(group) FIRST_##group, BEFORE_##group = FIRST_##group - 1,
#define LINE(id, kind, flags, source, ...) LINE_INDEX_##id,
#define END(group) END_##group, AFTER_##group = END_##group - 1,
#include "../parser/grammar/line.def"
    LINE_INDEX_COUNT
};

enum {
    GROUP_NONE,
#define LINES(group) GROUP_##group,
#include "../parser/grammar/line.def"
    GROUP_COUNT
};

const grammar_group grammar_groups[] = {
    {"", 0, 0},
#define LINES(group) {#group, FIRST_##group, END_##group},
#include "../parser/grammar/line.def"
};
TABLE_COUNT(groups);

/* Parameters as line.def names them, after the families: some names are the same word there. */
#define OPT(param) (GRAMMAR_OPTIONAL | (param))
#define NO_FIELDS ATW_PARAM_NO_FIELDS
enum {
#define PARAM(id, key, type, range) id = ATW_PARAM_##id,
#include "../parser/grammar/param.def"
};

const grammar_line grammar_lines[] = {
#define LINE(id, kind, flags, source, ...) {#id, #flags, source, ATW_##kind, GRAMMAR_##flags, {__VA_ARGS__}},
#include "../parser/grammar/line.def"
};
TABLE_COUNT(lines);
_Static_assert(COUNT(grammar_lines) == LINE_INDEX_COUNT, "the rows of line.def are counted off wrongly");

const grammar_name grammar_names[] = {
#define COMMAND(id, text, lines, order, index, data, context, families, source) \
    {text, #order, #index, #data, source, GRAMMAR_COMMAND, ATW_NAME_##id, families, GROUP_##lines},
#define PREFIX(id, text, lines, families, source) \
    {text, "", "", "", source, GRAMMAR_PREFIX, ATW_NAME_##id, families, GROUP_##lines},
#define WORD(id, text, lines, source) {text, "", "", "", source, GRAMMAR_WORD, ATW_NAME_##id, ALL, GROUP_##lines},
#define HEADER(id, text, lines, families, source) \
    {text, "", "", "", source, GRAMMAR_HEADER, ATW_NAME_##id, families, GROUP_##lines},
#include "../parser/grammar/name.def"
};
TABLE_COUNT(names);

enum {
#define RANGE(id, low, high, also, source) RANGE_##id,
#include "../parser/grammar/range.def"
    RANGE_COUNT
};

const grammar_range grammar_ranges[] = {
#define RANGE(id, low, high, also, source) {#id, source, low, high, also},
#include "../parser/grammar/range.def"
};
TABLE_COUNT(ranges);

const grammar_param grammar_params[] = {
    {"", "", "", GRAMMAR_TYPE_NOTHING, RANGE_ANY},
#define PARAM(id, key, type, range) {#id, key, #type, GRAMMAR_TYPE_##type, RANGE_##range},
#include "../parser/grammar/param.def"
};
TABLE_COUNT(params);

const grammar_form grammar_forms[] = {
#define FORM(command, form, families, syntax, order, max_ms, source) \
    {#form, syntax, #order, source, ATW_NAME_##command, families, max_ms},
#include "../parser/grammar/form.def"
};
TABLE_COUNT(forms);

const grammar_escape grammar_escapes[] = {
#define ESCAPE(id, families, syntax, order, guard_ms, interval_ms, source) \
    {#id, syntax, #order, source, families, guard_ms, interval_ms},
#include "../parser/grammar/form.def"
};
TABLE_COUNT(escapes);

enum { MANDATORY, OPTIONAL };

const grammar_argument grammar_arguments[] = {
#define ARG(command, key, type, low, high, standard, optional, families, source) \
    {key, #type, standard, source, ATW_NAME_##command, low, high, optional == OPTIONAL, families},
#include "../parser/grammar/argument.def"
};
TABLE_COUNT(arguments);

const grammar_note grammar_notes[] = {
#define NOTE(id, text, meaning) {text, meaning},
#include "../parser/grammar/note.def"
};
TABLE_COUNT(notes);

const grammar_code grammar_errs[] = {
#define ERR(code, text) {code, text},
#include "../parser/grammar/error.def"
};
TABLE_COUNT(errs);

const grammar_code grammar_err_infos[] = {
#define ERR_INFO(code, text) {code, text},
#include "../parser/grammar/error.def"
};
TABLE_COUNT(err_infos);

const grammar_code grammar_err_infos_also[] = {
#define ERR_INFO_ALSO(code, text) {code, text},
#include "../parser/grammar/error.def"
};
TABLE_COUNT(err_infos_also);

const grammar_code grammar_close_reasons[] = {
#define CLOSE_REASON(code, text) {code, text},
#include "../parser/grammar/error.def"
};
TABLE_COUNT(close_reasons);

const grammar_code grammar_dns_errors[] = {
#define DNS_ERROR(code, text) {code, text},
#include "../parser/grammar/error.def"
};
TABLE_COUNT(dns_errors);

const grammar_code grammar_cnf_sends[] = {
#define CNF_SEND(code, text) {code, text},
#include "../parser/grammar/error.def"
};
TABLE_COUNT(cnf_sends);

bool grammar_in_family(unsigned families, atw_family family)
{
    return (families & grammar_families[family].bit) != 0;
}

bool grammar_group_in_family(size_t group, atw_family family)
{
    for (size_t i = 0; i < grammar_names_count; i++) {
        if (grammar_names[i].group == group && grammar_in_family(grammar_names[i].families, family)) {
            return true;
        }
    }
    return false;
}

static int64_t highest_bit(unsigned mask)
{
    int64_t bit = -1;
    for (; mask != 0; mask >>= 1) {
        bit++;
    }
    return bit;
}

grammar_limits grammar_limits_of(atw_param param, atw_family family)
{
    const grammar_family *of = &grammar_families[family];
    const unsigned range = grammar_params[param].range;
    switch (range) {
    case RANGE_ANY: return (grammar_limits){.checked = false};
    case RANGE_LINK: return (grammar_limits){.checked = true, .high = (int64_t)of->links - 1};
    case RANGE_SERVER: return (grammar_limits){.checked = true, .high = (int64_t)of->servers - 1};
    case RANGE_CLOSE_REASON:
        return (grammar_limits){.checked = true, .high = highest_bit(of->close_reasons), .mask = of->close_reasons};
    default:
        return (grammar_limits){.checked = true,
                                .low = grammar_ranges[range].low,
                                .high = grammar_ranges[range].high,
                                .also = grammar_ranges[range].also};
    }
}
