/*
 * What the private fields of atw_parser and atw_exchange hold. Private to parser/src.
 */
#ifndef ATWIRE_SRC_STATE_H
#define ATWIRE_SRC_STATE_H

#include "tables.h"

/* atw_parser.mode: what the next octet received is. */
enum {
    MODE_START,      /* the first octet of a line, or noise before it */
    MODE_LINE,       /* an octet of the line whose first `count` octets are in the line buffer */
    MODE_OVERLONG,   /* an octet of a line that is dropped */
    MODE_PROMPT,     /* what may follow the prompt: a blank and … */
    MODE_PROMPT_END, /* … the CRs and the LF of one line end */
    MODE_ECHO_END,   /* Ctrl-Z after the echo of a payload of variable length, or the first octet of a line */
    MODE_ECHO,       /* an octet of the payload's echo, `count` of which have come */
    MODE_DATA,       /* one of the `count` octets of the payload still to come */
    MODE_HEX_DATA,   /* the same of a payload in hex form */
    MODE_STREAM,     /* transparent data */
    MODE_ESCAPED     /* the same after the host has left data mode: a result code ends it */
};

/* atw_parser.end_match: what has matched is data after all, to be delivered. */
enum { END_HELD = 128 };

/* atw_parser.noise: there is an event, and no noise after it. */
enum { HAS_EVENT = 128 };

ATW_ASSERT(ATW_NOTE_BIT_NUL_NOISE < 7, "the note and HAS_EVENT fit an octet");

/* What the host wants of a command. */
enum { FORM_EXECUTE, FORM_WRITE, FORM_READ, FORM_TEST };

/* atw_exchange.flags */
enum {
    EXCHANGE_ECHO_VALUE = 1, /* what E sets, … */
    EXCHANGE_SETS_ECHO = 2,  /* … if the line has one */
    EXCHANGE_TAKES_DATA = 4, /* a prompt may come */
    EXCHANGE_MAY_ECHO = 8,   /* the payload's echo may follow the prompt */
    EXCHANGE_DEFERRED = 16,  /* complete only with its result line, which is still to come */
    EXCHANGE_FAILED = 32     /* the result line has come, and was not a success */
};

enum { NO_INDEX = 255 };

/* atw_parser.host_mode: what the next octet sent is. */
enum {
    HOST_LINE_START,     /* the first octet of a command line */
    HOST_JUNK,           /* an octet before the first AT */
    HOST_A_FIRST,        /* the T of AT or the slash of A/ */
    HOST_A,              /* the T of AT after junk */
    HOST_COMMAND,        /* the first octet of a command, blanks before it */
    HOST_NAME = 16,      /* an octet of a command's name, or what follows it; plus what continues the name: command.c */
    HOST_PARAMETER = 32, /* an octet of a parameter, or what follows `?` */
    HOST_DIAL,           /* an octet of a dial string: up to the line's end */
    HOST_COUNTED,        /* one of the `number` octets of a payload */
    HOST_CTRL_Z,         /* an octet of a payload that Ctrl-Z or ESC ends */
    HOST_UNBOUNDED       /* an octet of a payload that the next final result code ends */
};

/* atw_parser.host_flags */
enum {
    HOST_AFTER_CR = 1, /* an LF right here belongs to the line end */
    HOST_QUOTED = 2,   /* inside double quotes */
    HOST_ETX = 4,      /* an unpaired ETX came */
    HOST_VARIABLE = 8  /* the payload sent last was of variable length */
};

static inline bool is_pending(const atw_parser *parser)
{
    return parser->pending.name != ATW_NAME_NONE;
}

static inline bool has_context(const atw_exchange *exchange, unsigned context)
{
    return (exchange->context >> context & 1) != 0;
}

/* Where echo is known to be on, an answer comes after the command's echo. */
static inline bool may_answer(const atw_parser *parser)
{
    return !parser->echo_on || parser->pending.length == 0;
}

/* Whether a line of two readings is the pending command's answer, `context` being its bit. */
static inline bool is_answer(const atw_parser *parser, unsigned context)
{
    return may_answer(parser) && has_context(&parser->pending, context);
}

/* Whether CONNECT begins data mode now. */
static inline bool may_connect(const atw_parser *parser)
{
    return !is_pending(parser) || has_context(&parser->pending, CONTEXT_CONNECTS) ||
           parser->outstanding[ATW_NAME_CIPOPEN - 1] != 0;
}

/* Whether `>` at the start of a line is a prompt. */
static inline bool awaits_prompt(const atw_parser *parser)
{
    return (parser->pending.flags & EXCHANGE_TAKES_DATA) != 0;
}

/* framing.c */

/* Take octets from the front, none after those of one event; returns how many, 0 only if the mode changed. `noise` is HAS_EVENT if
   there is an event; a line is ATW_TEXT, to be classified. */
size_t atw_frame(atw_parser *parser, const uint8_t *octets, size_t count, atw_event *event);

/* Begin an event at the next octet: no fields, no text. */
void atw_open_event(atw_parser *parser, atw_event *event, uint8_t kind);

/* Deliver what had matched of the end of data mode: it is data after all. */
void atw_release_held(atw_parser *parser, atw_event *event);

/* classify.c */

/* Make the event what its text, a line that is not empty, is. */
void atw_classify(atw_parser *parser, atw_event *event);

/* Make the event a line that is known by its whole text. */
void atw_set_word(atw_event *event, uint8_t name);

/* context.c */

/* Whether a line of a name without a row is the pending command's answer. */
bool atw_is_answer_named(const atw_parser *parser, const uint8_t *name, size_t length);

/* Whether a result of that name and index is outstanding. */
bool atw_is_outstanding(const atw_parser *parser, uint8_t name, int32_t index);

/* What the event means for the exchanges: completion, echo setting, data mode. */
void atw_follow(atw_parser *parser, atw_event *event);

/* Deliver the completion that is ready. */
void atw_deliver_done(atw_parser *parser, atw_event *event);

/* A command line is complete: it is pending now, in place of an older one. */
void atw_begin_exchange(atw_parser *parser);

/* Forget the name of a completion if it has been delivered. */
void atw_drop_done_name(atw_parser *parser);

/* command.c */

/* Forget what has been collected of a command line or payload: the next octet sent starts a line. */
void atw_reset_host(atw_parser *parser);

/* The octets sent from here on are a payload; `number` counts them for HOST_COUNTED. */
void atw_start_payload(atw_parser *parser, uint8_t mode);

#endif
