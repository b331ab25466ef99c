/*
 * The grammar's rows as packed constant tables, expanded from parser/grammar. Private to parser/src.
 */
#ifndef ATWIRE_SRC_TABLES_H
#define ATWIRE_SRC_TABLES_H

#include <atwire/atwire.h>

/* When an exchange is complete. */
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

/* Bits of atw_exchange.context. */
enum {
    CONTEXT_NONE,
    CONTEXT_NETOPEN_READ,
    CONTEXT_CIPCLOSE_READ,
    CONTEXT_CONNECTS,
    CONTEXT_CPIN,
    CONTEXT_CNVW,
    CONTEXT_CMGS,
    CONTEXT_CMGW,
    CONTEXT_CMGR,
    CONTEXT_CMGL,
    CONTEXT_CMQTTTOPIC,
    CONTEXT_CMQTTPAYLOAD,
    CONTEXT_CMQTTSUB,
    CONTEXT_CMQTTUNSUB,
    CONTEXT_DATA_AFTER_PROMPT /* a command without a row: it takes data if a prompt comes */
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
enum { FLAG_ALWAYS = 0, FLAG_IF_PENDING = 1, FLAG_RAW_DATA = 2, FLAG_HEX_DATA = 4 };

/* Types of parameters: numbers first, then texts that stand as they are, then those that take all that is left of a line. */
enum {
    TYPE_INT,
    TYPE_LITERAL,
    TYPE_PORT,
    TYPE_STRING,
    TYPE_WORD,
    TYPE_PEER,
    TYPE_TAGGED,
    TYPE_TEXT,
    TYPE_ADDRESS,
    TYPE_RANGES,
    TYPE_ERR_INFO,
    TYPE_NOTHING
};

enum {
#define RANGE(id, low, high, also, source) RANGE_##id,
#include "../grammar/range.def"
    RANGE_COUNT
};

/* How many rows of each kind name.def has: their order makes a name's kind a comparison. */
enum {
    COMMAND_COUNT = 0
#define COMMAND(id, text, third, last, fourth_last, lines, order, index, data, context, families, source) +1
#include "../grammar/name.def"
    ,
    PREFIX_COUNT = 0
#define PREFIX(id, text, third, last, fourth_last, lines, families, source) +1
#include "../grammar/name.def"
    ,
    WORD_COUNT = 0
#define WORD(id, text, third, last, fourth_last, lines, source) +1
#include "../grammar/name.def"
    ,
    HEADER_COUNT = 0
#define HEADER(id, text, lines, families, source) +1
#include "../grammar/name.def"
};

enum {
    LAST_COMMAND = COMMAND_COUNT,
    LAST_PREFIX = LAST_COMMAND + PREFIX_COUNT,
    LAST_WORD = LAST_PREFIX + WORD_COUNT,
    LAST_HEADER = LAST_WORD + HEADER_COUNT,
    BASIC_LENGTH_MAX = 2, /* `E`, `&D`, `S0`: longer names are extended commands */
    NAME_LENGTH_MAX = 17  /* `NORMAL POWER DOWN` */
};

/* Commands with a deferred result line come first in name.def: slot of atw_parser.outstanding. */
enum { SLOT_COUNT = ATW_NAME_CDNSGIP };

typedef struct {
    uint16_t text;    /* offset in the pool of names */
    uint16_t lines;   /* offset of its group in atw_lines; 0: fields are not parsed */
    uint8_t length;   /* of the text, octets */
    uint8_t families; /* IN_… */
    uint8_t rules;    /* order, index and data: rule_…() */
    uint8_t context;  /* CONTEXT_… */
} name_row;

typedef struct {
    uint32_t high;
    int16_t low;
    int16_t also;
} range_row;

typedef struct {
    uint8_t bit;
    uint8_t links;
    uint8_t servers;
    uint8_t close_reasons;
} family_row;

typedef struct {
    uint8_t type;
    uint8_t range;
} param_row;

/*
 * atw_lines: groups of rows, each group ended by a 0 octet. A row: kind + 1 in the low four bits and flags above, line id, number of
 * parameters, parameters (OPTIONAL: may be absent).
 */
enum { LINE_HEADER_LENGTH = 3, LINE_KIND_MASK = 15, LINE_FLAG_SHIFT = 4, OPTIONAL = 128 };

extern const name_row atw_names[ATW_NAME_COUNT];
extern const uint8_t atw_lines[];
extern const param_row atw_params[ATW_PARAM_COUNT];
extern const range_row atw_ranges[RANGE_COUNT];
extern const family_row atw_families[ATW_FAMILY_COUNT];

static inline unsigned rule_order(uint8_t name) { return atw_names[name].rules & 3u; }
static inline unsigned rule_index(uint8_t name) { return (atw_names[name].rules >> 2) & 7u; }
static inline unsigned rule_data(uint8_t name) { return atw_names[name].rules >> 5; }

static inline bool is_word(uint8_t name) { return name > LAST_PREFIX && name <= LAST_WORD; }
static inline bool is_basic(uint8_t name) { return name <= LAST_COMMAND && atw_names[name].length <= BASIC_LENGTH_MAX; }

/* The text of a name without its NUL. */
const uint8_t *atw_name_octets(uint8_t name);

/* Find a name by its whole text: a whole line (`word`) or a command's or prefix's name. ATW_NAME_NONE: no row. */
uint8_t atw_find_name(const uint8_t *text, size_t length, bool word);

/* Find a prefix without a plus sign. ATW_NAME_NONE: no row. */
uint8_t atw_find_header(const uint8_t *text, size_t length);

#endif
