/**
 * @file
 * atwire: an incremental, allocation-free parser for what SIMCom LTE modules send.
 *
 * The host reports the octets it writes to the module with atw_sent() and feeds the octets it receives to atw_parse(), in
 * pieces of any size, cut anywhere: the events are the same for every way of cutting the input.
 *
 * Nothing here allocates, blocks, keeps time, or holds state outside the atw_parser. Calls for one parser must not overlap;
 * different parsers are independent.
 *
 * After a line that fits no row (`text`, `malformed`, `overlong`) the parser is at the start of the next line and nothing but
 * that line's fields is lost; there is no error from which it does not recover by itself.
 *
 * @see ITU-T V.250 5.2 (command line), 5.7 (result codes); the families' manuals in `parser/grammar`.
 */
#ifndef ATWIRE_ATWIRE_H
#define ATWIRE_ATWIRE_H

#include "grammar.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Most fields a line can have. The longest documented line, the read form of CIPCLOSE, has ten. */
#define ATW_FIELDS_MAX 16

/** Longest line buffer, octets. */
#define ATW_LINE_MAX 65535

/** What an event is. The words in quotes are the notation's. */
typedef enum atw_kind {
    ATW_ECHO,      /**< "echo": a command's echo, or a span of a payload's */
    ATW_PROMPT,    /**< "prompt": the module waits for the payload */
    ATW_FINAL,     /**< "final": final result code (V.250 5.7.1) */
    ATW_CONNECT,   /**< "connect": data mode begins */
    ATW_INFO,      /**< "info": information response */
    ATW_RESULT,    /**< "result": a command's outcome line */
    ATW_ERROR,     /**< "error": error detail line; a final result code follows */
    ATW_URC,       /**< "urc": unsolicited result code */
    ATW_DATA,      /**< "data": a span of a counted payload */
    ATW_STREAM,    /**< "stream": a span of transparent data */
    ATW_TEXT,      /**< "text": a line that no row matches */
    ATW_MALFORMED, /**< "malformed": a known prefix with fields that fit none of its shapes */
    ATW_OVERLONG,  /**< "overlong": a line beyond the line buffer, dropped */
    ATW_DONE       /**< "done": an exchange is complete */
} atw_kind;

/** Return codes. Never renumbered; below 0 are errors of use, and nothing was consumed. */
typedef enum atw_status {
    ATW_MORE = 0,       /**< everything taken, no event */
    ATW_EVENT = 1,      /**< one event; call again with the octets not consumed */
    ATW_ERR_NULL = -1,  /**< an argument that must not be NULL is NULL */
    ATW_ERR_CONFIG = -2 /**< a configuration field is outside its range */
} atw_status;

/** Configuration: constant, owned by the caller, alive as long as the parser. Zero means the default where one is named. */
typedef struct atw_config {
    uint8_t *line;         /**< line buffer, used only for lines that a chunk's end cuts */
    uint8_t *command;      /**< keeps the NAMEs of commands without a row; may be NULL: such names are then empty */
    uint32_t ceiling;      /**< largest payload accepted, octets; 0: 65535 */
    uint16_t line_size;    /**< octets in `line`, 1..65535: the longest line, CRs at its end included, LF not */
    uint8_t command_size;  /**< octets in `command`, 0..255; 32 keep every name of the SIMCom manuals */
    uint8_t family;        /**< atw_family */
    bool closed_ends_data; /**< `\r\nCLOSED\r\n` ends data mode; false: it is data, as a peer may send it */
} atw_config;

/** How a field's value is held. */
typedef enum atw_field_type {
    ATW_FIELD_INT, /**< `value` */
    ATW_FIELD_TEXT /**< `text`, `length`; quotes are not part of it */
} atw_field_type;

/** One field of a line. Absent optional fields are left out. */
typedef struct atw_field {
    const uint8_t *text; /**< as received: into the caller's chunk or the line buffer, not NUL-terminated */
    int32_t value;       /**< the number; 0 for a text */
    uint16_t length;     /**< octets at `text` */
    uint8_t param;       /**< atw_param */
    uint8_t type;        /**< atw_field_type */
} atw_field;

/** A span of octets, not NUL-terminated. */
typedef struct atw_span {
    const uint8_t *octets;
    size_t count;
} atw_span;

/**
 * One event. Its spans point into the chunk given to atw_parse() or the line buffer; stream octets that looked like the end of data
 * mode point into constant data. Spans live until the next call for this parser, and no longer than the chunk.
 */
typedef struct atw_event {
    uint8_t kind;        /**< atw_kind */
    uint8_t name;        /**< atw_name */
    uint8_t line;        /**< atw_line; ATW_LINE_NONE for lines without a row */
    uint8_t field_count; /**< 0..ATW_FIELDS_MAX */
    uint32_t notes;      /**< ATW_NOTE(…) bits */
    uint32_t offset;     /**< of the event's first octet among all octets received, modulo 2^32 */
    bool ok;             /**< ATW_DONE: the outcome */
    bool hex;            /**< ATW_DATA: two hex digits an octet */
    bool last;           /**< ATW_DATA, payload ATW_ECHO: this span completes it. Line events: true */
    uint32_t
        total; /**< ATW_DATA: octets of the whole payload (hex digits count half); ATW_OVERLONG: octets of the line */
    atw_span text;  /**< the line without its end, or the span of data; empty for a code that ended data mode */
    atw_span label; /**< name of a command or prefix without a row (ATW_NAME_OTHER); empty otherwise */
    atw_field fields[ATW_FIELDS_MAX];
} atw_event;

/** What the host has asked for and not yet got: one of these is pending, another is being collected. Private. */
typedef struct atw_exchange {
    uint8_t name;  /* of its first command; ATW_NAME_NONE: nothing pending */
    uint8_t index; /* link or server the first command names */
    uint8_t flags;
    uint8_t
        names; /* where its names without a row end in the command buffer; they begin where the older exchange's end */
    uint16_t length;  /* of the command line, octets; 0 once its echo has come */
    uint16_t context; /* CONTEXT bits of all its commands */
    uint32_t hash;    /* of the command line, to recognise its echo */
} atw_exchange;

/**
 * Parser state. Allocate it anywhere; its size is public, its fields are private. Initialise with atw_init().
 * Octets first, then halfwords and words: Thumb's load and store instructions reach these offsets directly.
 */
typedef struct atw_parser {
    uint8_t mode;        /* what the next octet received is */
    uint8_t echo_on;     /* ATE1 was acknowledged last */
    uint8_t noise;       /* ATW_NOTE(NUL_NOISE) for the next event, or 0; the octets taken have given an event */
    uint8_t host_mode;   /* what the next octet sent is */
    uint8_t part_name;   /* the command of the line that is being sent, … */
    uint8_t part_form;   /* … its form, … */
    uint8_t parameter;   /* … which parameter of its write form is being read, … */
    uint8_t word_length; /* … and how much of its name has been sent */
    uint8_t host_flags;
    uint8_t payload_first; /* first octet of the host's payload */
    uint8_t end_match;     /* end of data mode: which, and how many octets of it have matched; or that they are data */
    uint8_t names_done;    /* where the name for `done` ends, at the front of the command buffer */
    uint8_t done_name;     /* completion not yet delivered; ATW_NAME_NONE: none */
    uint8_t done_index;
    uint8_t done_ok;
    atw_exchange pending;    /* the command that waits for its final result code */
    atw_exchange next;       /* the command line that is being sent */
    uint16_t outstanding[7]; /* results still to come, one bit a link, by ATW_NAME_… - 1 */
    uint8_t word[12];        /* the name that is being sent */
    uint32_t count;          /* octets of the line so far, or of the payload still to come, or of its echo */
    uint32_t total;          /* octets of the whole payload */
    int32_t number; /* octets of the host's payload still to be sent; in a command line, the parameter being read */
    uint32_t payload_sent;    /* octets of the host's payload sent */
    const atw_config *config; /* from here on, atw_abandon() changes nothing */
    uint32_t offset;          /* octets received */
    uint32_t nul_count;       /* NUL octets skipped at the start of lines */
} atw_parser;

/**
 * Start a parser: idle, in command mode, echo unknown.
 *
 * @param[out] parser  written whole
 * @param[in]  config  borrowed for the parser's life
 * @retval ATW_MORE        ready
 * @retval ATW_ERR_NULL    `parser`, `config` or `config->line` is NULL, or `command` is NULL and `command_size` is not 0
 * @retval ATW_ERR_CONFIG  `line_size` is 0 or `family` is outside the enumeration
 */
atw_status atw_init(atw_parser *parser, const atw_config *config);

/**
 * Report octets that the host has written to the module: command lines, payload, `+++`. In any pieces, except that `+++` in
 * data mode is an escape only as one call of exactly these three octets (V.250 leaves the guard times to the host).
 * Report before feeding what the module answers. Never fails; without it the parser classifies by shape alone.
 *
 * @param[in] octets  borrowed for this call; may be NULL if `count` is 0
 * @see ITU-T V.250 5.2.1, 5.2.2 (command line); A7600 2.4 (payload and its ETX coding), 1.2 (escape).
 */
void atw_sent(atw_parser *parser, const uint8_t *octets, size_t count);

/**
 * Report an escape from data mode by DTR (AT&D1): the next result code ends data mode. No effect in command mode.
 *
 * @see A7600 1.2 (hardware switching); SIM7X00 2.5.
 */
void atw_escape(atw_parser *parser);

/**
 * Consume octets until one event is ready or the input ends.
 *
 * @param[in]  octets    raw octets of any value; borrowed, and must stay while the event's spans are used
 * @param[in]  count     0 is legal, and fetches an event that is ready without input
 * @param[out] consumed  octets taken, 0..count; written on every return
 * @param[out] event     written only with ATW_EVENT, and then only as far as its kind has fields
 * @retval ATW_MORE      everything taken, nothing to report yet: a line may be incomplete. Not an error.
 * @retval ATW_EVENT     one event; call again with the octets not consumed
 * @retval ATW_ERR_NULL  `parser`, `consumed` or `event` is NULL, or `octets` is NULL and `count` is not 0
 */
atw_status atw_parse(atw_parser *parser, const uint8_t *octets, size_t count, size_t *consumed, atw_event *event);

/**
 * Give up on every exchange: the parser is idle and in command mode, the next octet starts a line. A partial line, the rest of a
 * payload, collected host octets and outstanding results are dropped without an event; the echo setting stays.
 */
void atw_abandon(atw_parser *parser);

/** @return the first field of that parameter, or NULL if the event has none. */
const atw_field *atw_event_field(const atw_event *event, atw_param param);

#ifdef __cplusplus
}
#endif

#endif
