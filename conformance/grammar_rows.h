/**
 * @file
 * The grammar's rows as tables for hosted tools, expanded from `parser/grammar`: the same rows that the parser runs,
 * with the texts and sources that it leaves out. All of it is constant and lives for ever.
 */
#ifndef ATWIRE_CONFORMANCE_GRAMMAR_ROWS_H
#define ATWIRE_CONFORMANCE_GRAMMAR_ROWS_H

#include <atwire/atwire.h>

/** A table: its rows and how many. */
#define GRAMMAR_TABLE(type, table) \
    extern const type grammar_##table[]; \
    extern const size_t grammar_##table##_count

/** A family: family.def. */
typedef struct grammar_family {
    const char *name;
    const char *manual;
    unsigned bit; /**< its bit in the `families` of other rows; `any` has all */
    unsigned links;
    unsigned servers;
    unsigned close_reasons; /**< one bit a documented reason */
} grammar_family;

/** What a name is in name.def. */
typedef enum grammar_name_kind { GRAMMAR_COMMAND, GRAMMAR_PREFIX, GRAMMAR_WORD, GRAMMAR_HEADER } grammar_name_kind;

/** A command, prefix or whole line: name.def. Texts of the columns that only commands have are "" for the others. */
typedef struct grammar_name {
    const char *text;
    const char *complete; /**< EXEC_RESULT, … */
    const char *index;    /**< LINK_1, … */
    const char *data;     /**< CTRL_Z, … */
    const char *source;
    grammar_name_kind kind;
    atw_name name;
    unsigned families;
    unsigned group; /**< of its lines; 0: its fields are not parsed */
} grammar_name;

/** A group of line shapes: line.def. The first group is empty. */
typedef struct grammar_group {
    const char *id;
    size_t first; /**< of its rows in grammar_lines */
    size_t end;   /**< behind its last row */
} grammar_group;

/** Bit of an entry of grammar_line.params: the parameter may be absent. */
enum { GRAMMAR_OPTIONAL = 0x100 };

/** When a line shape counts, and what follows it. */
typedef enum grammar_line_flag {
    GRAMMAR_ALWAYS,
    GRAMMAR_IF_PENDING,
    GRAMMAR_RAW_DATA,
    GRAMMAR_HEX_DATA
} grammar_line_flag;

/** A line shape: line.def. */
typedef struct grammar_line {
    const char *id;
    const char *flag_text; /**< ALWAYS, … */
    const char *source;
    atw_kind kind;
    grammar_line_flag flag;
    int params[ATW_FIELDS_MAX + 1]; /**< atw_param, perhaps with GRAMMAR_OPTIONAL; ends with 0 */
} grammar_line;

/** How a parameter is written: the words of param.def. */
typedef enum grammar_type {
    GRAMMAR_TYPE_NOTHING,
    GRAMMAR_TYPE_INT,
    GRAMMAR_TYPE_LITERAL,
    GRAMMAR_TYPE_STRING,
    GRAMMAR_TYPE_WORD,
    GRAMMAR_TYPE_TEXT,
    GRAMMAR_TYPE_ADDRESS,
    GRAMMAR_TYPE_RANGES,
    GRAMMAR_TYPE_PEER,
    GRAMMAR_TYPE_PORT,
    GRAMMAR_TYPE_TAGGED,
    GRAMMAR_TYPE_ERR_INFO
} grammar_type;

/** A parameter of a line: param.def. The table is indexed by atw_param. */
typedef struct grammar_param {
    const char *id;
    const char *key;
    const char *type_text;
    grammar_type type;
    unsigned range;
} grammar_param;

/** Documented values: range.def. */
typedef struct grammar_range {
    const char *id;
    const char *source;
    int64_t low;
    int64_t high;
    int64_t also;
} grammar_range;

/** A form of a command: form.def. */
typedef struct grammar_form {
    const char *form; /**< TEST, … */
    const char *syntax;
    const char *order; /**< FINAL, … */
    const char *source;
    atw_name command;
    unsigned families;
    uint32_t max_ms; /**< 0: not documented */
} grammar_form;

/** What ends data mode: form.def. */
typedef struct grammar_escape {
    const char *id;
    const char *syntax; /**< "": no octets */
    const char *order;
    const char *source;
    unsigned families;
    uint32_t guard_ms;
    uint32_t interval_ms;
} grammar_escape;

/** A parameter that the host gives: argument.def. */
typedef struct grammar_argument {
    const char *key;
    const char *type;
    const char *standard; /**< the default; "": not documented */
    const char *source;
    atw_name command;
    int32_t low;
    int32_t high; /**< below `low`: no range is documented */
    bool optional;
    unsigned families;
} grammar_argument;

/** A note: note.def. */
typedef struct grammar_note {
    const char *text;
    const char *meaning;
} grammar_note;

/** A code with its text: error.def. */
typedef struct grammar_code {
    int code;
    const char *text;
} grammar_code;

GRAMMAR_TABLE(grammar_family, families);
GRAMMAR_TABLE(grammar_name, names);
GRAMMAR_TABLE(grammar_group, groups);
GRAMMAR_TABLE(grammar_line, lines);
GRAMMAR_TABLE(grammar_param, params);
GRAMMAR_TABLE(grammar_range, ranges);
GRAMMAR_TABLE(grammar_form, forms);
GRAMMAR_TABLE(grammar_escape, escapes);
GRAMMAR_TABLE(grammar_argument, arguments);
GRAMMAR_TABLE(grammar_note, notes);
GRAMMAR_TABLE(grammar_code, errs);
GRAMMAR_TABLE(grammar_code, err_infos);
GRAMMAR_TABLE(grammar_code, err_infos_also);
GRAMMAR_TABLE(grammar_code, close_reasons);
GRAMMAR_TABLE(grammar_code, dns_errors);
GRAMMAR_TABLE(grammar_code, cnf_sends);

/** Documented values of a parameter in one family. */
typedef struct grammar_limits {
    bool checked; /**< false: none are documented, the rest is 0 */
    int64_t low;
    int64_t high;
    int64_t also;  /**< counts as inside too; inside low..high where there is none */
    uint32_t mask; /**< where not 0: of low..high only the values with their bit here */
} grammar_limits;

/** @return the parameter's documented values; LINK, SERVER and CLOSE_REASON are the family's. */
grammar_limits grammar_limits_of(atw_param param, atw_family family);

/** @return whether rows with these `families` belong to a family. */
bool grammar_in_family(unsigned families, atw_family family);

/** @return whether the family has a name whose lines are this group's. */
bool grammar_group_in_family(size_t group, atw_family family);

#undef GRAMMAR_TABLE

#endif
