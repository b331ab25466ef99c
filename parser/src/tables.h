/*
 * The grammar's rows as packed constant tables, expanded from parser/grammar. Private to parser/src.
 */
#ifndef ATWIRE_SRC_TABLES_H
#define ATWIRE_SRC_TABLES_H

#include <atwire/atwire.h>

/* What must hold of the rows, as C11 and C++17 say it. */
#ifdef __cplusplus
#define ATW_ASSERT(condition, text) static_assert(condition, text)
#else
#define ATW_ASSERT(condition, text) _Static_assert(condition, text)
#endif

/* When an exchange is complete: at its final code, or with the result line that the form one below has. */
enum { ORDER_FINAL_CODE, ORDER_EXEC_RESULT, ORDER_WRITE_RESULT };

/* Which parameter of the write form names a link or a server: position in the low bits. */
enum {
    INDEX_NO_INDEX = 0,
    INDEX_LINK_1 = 1,
    INDEX_LINK_2 = 2,
    INDEX_POSITION = 3,
    INDEX_IS_SERVER = 4,
    INDEX_SERVER_1 = INDEX_IS_SERVER | 1,
    INDEX_SERVER_2 = INDEX_IS_SERVER | 2
};

/* Which data the write form takes. */
enum { DATA_NO_DATA, DATA_LENGTH, DATA_CTRL_Z, DATA_LENGTH_OR_CTRL_Z };

/* Bits of atw_exchange.context: first those that only the read form sets, then those that it and the test form do not set. */
enum {
    CONTEXT_NONE,
    CONTEXT_NETOPEN_READ,
    CONTEXT_CIPCLOSE_READ,
    CONTEXT_CONNECTS,
    CONTEXT_DATA_AFTER_PROMPT, /* a command without a row: it takes data if a prompt comes */
    CONTEXT_CPIN,
    CONTEXT_CNVW,
    CONTEXT_CMGS,
    CONTEXT_CMGW,
    CONTEXT_CMGR,
    CONTEXT_CMGL,
    CONTEXT_CMQTTTOPIC,
    CONTEXT_CMQTTPAYLOAD,
    CONTEXT_CMQTTSUB,
    CONTEXT_CMQTTUNSUB
};

/* Which manuals have a name. */
enum {
    IN_A76XX = 1,
    IN_A7600 = 2,
    IN_SIM7028 = 4,
    IN_SIM7X00 = 8,
    IN_ALL = 15,
    IN_NOT_SIM7X00 = IN_ALL - IN_SIM7X00,
    IN_SIM7028_SIM7X00 = IN_SIM7028 | IN_SIM7X00,
    IN_A7600_SIM7X00 = IN_A7600 | IN_SIM7X00
};

/* Conditions and consequences of a line shape. */
enum { FLAG_ALWAYS, FLAG_IF_PENDING, FLAG_RAW_DATA, FLAG_HEX_DATA };

/* An octet of atw_params: a number's type and its range in the low bits, or a text's type. Texts that stand as they are come
   first, then those that take all that is left of a line. */
enum {
    TYPE_INT = 0,
    TYPE_LITERAL = 32,
    TYPE_PORT = 64,
    TYPE_STRING = 96,
    TYPE_WORD,
    TYPE_PEER,
    TYPE_TAGGED,
    TYPE_ADDRESS,
    TYPE_RANGES,
    TYPE_TEXT,
    TYPE_ERR_INFO,
    TYPE_NOTHING,
    TYPE_RANGE_MASK = 31
};

enum {
#define RANGE(id, low, high, also, source) RANGE_##id,
#include "../grammar/range.def"
    RANGE_COUNT,
    RANGE_FIRST_ROW = RANGE_SIZE + 1 /* of those that have a row of their own */
};

/* Where param.def's integers of any value begin, and its strings: their ids say what they are. */
enum {
    PARAM_FIRST_INT = 1
#define PARAM(id, key, type, range) +1
#define INT_PARAM(id, key, type, range)
#define STRING_PARAM(id, key, type, range)
#include "../grammar/param.def"
    ,
    PARAM_FIRST_STRING = PARAM_FIRST_INT
#define INT_PARAM(id, key, type, range) +1
#define STRING_PARAM(id, key, type, range)
#include "../grammar/param.def"
};

/* How many rows of each kind name.def has: their order makes a name's kind a comparison. */
enum {
    COMMAND_COUNT = 0
#define COMMAND(id, text, lines, order, index, data, context, families, source) +1
#include "../grammar/name.def"
    ,
    PREFIX_COUNT = 0
#define PREFIX(id, text, lines, families, source) +1
#include "../grammar/name.def"
    ,
    WORD_COUNT = 0
#define WORD(id, text, lines, source) +1
#include "../grammar/name.def"
    ,
    DATA_END_COUNT = 0
#define DATA_END(id, text, lines, source) +1
#include "../grammar/name.def"
    ,
    HEADER_COUNT = 0
#define HEADER(id, text, lines, families, source) +1
#include "../grammar/name.def"
};

enum {
    LAST_COMMAND = COMMAND_COUNT,
    LAST_PREFIX = ATW_NAME_OTHER + PREFIX_COUNT,
    LAST_WORD = LAST_PREFIX + WORD_COUNT,
    LAST_HEADER = LAST_WORD + HEADER_COUNT,
    BASIC_LENGTH_MAX = 2 /* `E`, `&D`, `S0`: longer names are extended commands */
};

/* Commands with a deferred result line come first in name.def: slot of atw_parser.outstanding. */
enum { SLOT_COUNT = ATW_NAME_CDNSGIP };

typedef struct {
    unsigned text : 10;    /* offset in the pool of names */
    unsigned lines : 9;    /* offset of its group in atw_lines; 0: fields are not parsed */
    unsigned length : 5;   /* of the text, octets */
    unsigned families : 4; /* IN_… */
    unsigned context : 4;  /* CONTEXT_… */
} name_row;

/* Limits of documented values; of times, from RANGE_TIMEOUT on, in units that keep them small. */
enum { TIME_UNIT_MS = 500 };
typedef struct {
    uint16_t span; /* from the lowest to the highest */
    int8_t low;
    int8_t also;
} range_row;

typedef struct {
    uint8_t bit;
    uint8_t links;
    uint8_t servers;
    uint8_t close_reasons;
} family_row;

/*
 * atw_lines: groups of rows, each group ended by a 0 octet. A row: number of parameters and kind, line id, parameters
 * (OPTIONAL: may be absent). The flag is in the high bits of the first two octets.
 */
enum { LINE_HEADER_LENGTH = 2, LINE_KIND_SHIFT = 4, OPTIONAL = 128 };

extern const name_row atw_names[ATW_NAME_COUNT];
extern const uint8_t atw_rules[ATW_NAME_OTHER + 1]; /* of commands; order, index and data: rule_…() */
extern const uint8_t atw_lines[];
extern const uint8_t atw_params[PARAM_FIRST_INT];
extern const range_row atw_ranges[RANGE_COUNT - RANGE_FIRST_ROW];
extern const family_row atw_families[ATW_FAMILY_COUNT];

static inline unsigned row_count(const uint8_t *row)
{
    return row[0] & 15u;
}
static inline uint8_t row_kind(const uint8_t *row)
{
    return row[0] >> LINE_KIND_SHIFT & 7;
}
static inline uint8_t row_line(const uint8_t *row)
{
    return row[1] & 127;
}
static inline bool row_has_data(const uint8_t *row)
{
    return row[0] >> 7 != 0;
}
static inline bool row_has_hex_data(const uint8_t *row)
{
    return row[1] >> 7 != 0;
}
static inline bool row_is_conditional(const uint8_t *row)
{
    return !row_has_data(row) && row[1] >> 7 != 0;
}

/* A parameter's type and range. */
static inline unsigned param_rule(unsigned param)
{
    if (param >= PARAM_FIRST_INT)
        return param < PARAM_FIRST_STRING ? TYPE_INT : TYPE_STRING;
    return atw_params[param];
}

static inline const range_row *limits_of(unsigned range)
{
    return &atw_ranges[range - RANGE_FIRST_ROW];
}

static inline unsigned rule_data(uint8_t name)
{
    return atw_rules[name] & 3u;
}
static inline unsigned rule_order(uint8_t name)
{
    return (atw_rules[name] >> 2) & 3u;
}
static inline unsigned rule_index(uint8_t name)
{
    return atw_rules[name] >> 4;
}

static inline bool is_basic(uint8_t name)
{
    return atw_names[name].length <= BASIC_LENGTH_MAX;
}

/* The hash of a text, octet by octet: a command's echo and the texts of errors are recognised by it. NULs in front do not change it;
   two texts of one length that differ only inside three neighbouring octets never share it. */
enum { HASH_START = 0 };
#define ATW_HASH_OCTET(hash, octet) ((hash)*UINT32_C(257) + (octet))

uint32_t atw_hash(const uint8_t *text, size_t length);

/* What ends data mode: a line end, the name and a line end. */
const uint8_t *atw_end_text(unsigned name);

/* Where the text goes on after the name that it begins with; NULL if it does not. */
const uint8_t *atw_after_name(uint8_t name, const uint8_t *text, const uint8_t *end);

/* Find a name by its whole text. ATW_NAME_NONE: no row. */
uint8_t atw_find_name(const uint8_t *text, size_t length);

#endif
