/**
 * @file
 * Checks a capture against the grammar as it comes: what deviates, where, and what the manual says; exchanges, notes
 * and chatter counted. Memory does not grow with the capture.
 */
#ifndef ATWIRE_CONFORMANCE_CHECK_H
#define ATWIRE_CONFORMANCE_CHECK_H

#include "capture.h"
#include "check_exchanges.h"
#include "check_tally.h"

/** Pieces whose places are remembered, to say where a line began. */
#define CHECK_MARKS_MAX 4096
/** Most octets of an unfinished line that are kept to be shown. */
#define CHECK_TAIL_MAX 80

/** How to check. */
typedef struct check_options {
    bool has_family; /**< false: a transcript's family, else any */
    atw_family family;
    bool strict;           /**< notes and remarks are findings */
    bool swap;             /**< marks are the module's view: TX is what the module sends */
    uint16_t line_size;    /**< 0: the transcript's or the tools' default */
    uint32_t ceiling;      /**< 0: the same */
    size_t exchanges_kept; /**< how many exchanges are kept one by one */
} check_options;

/** How much something found weighs. */
typedef enum check_weight {
    CHECK_FINDING, /**< it deviates */
    CHECK_NOTE,    /**< it deviates and is accepted all the same; a finding if the check is strict */
    CHECK_REMARK   /**< the capture ends too early to say; a finding if the check is strict */
} check_weight;

/** Something found. Its texts live during the call. */
typedef struct check_found {
    check_weight weight;
    bool counts;        /**< it makes the capture fail */
    const char *rule;   /**< a word for programs: `malformed`, `missing-blank`, `no-final-code` */
    const char *what;   /**< the event in the event notation, or a sentence */
    const char *manual; /**< what is documented, with its clause */
    const char *came;   /**< the octets, escaped; "" where there are none */
    check_place at;
} check_found;

/** Who hears of it; of notes only in a strict check, else they are counted. */
typedef struct check_listener {
    void (*found)(void *context, const check_found *what);
    void *context;
} check_listener;

/** Where a piece stands in the capture and among the octets received. */
typedef struct check_mark {
    uint64_t received; /**< octets received before it */
    check_place place;
    bool literal;
} check_mark;

/** A count and where it began. */
typedef struct check_count {
    uint64_t count;
    uint64_t first_line;
} check_count;

/** A check. Set up by check_open(); reports read it. */
typedef struct check {
    check_options options;
    check_listener listener;
    capture_form form;
    atw_family family;
    atw_parser parser;
    atw_config config;

    check_exchanges exchanges;
    check_tally chatter;  /**< lines without a row */
    check_tally prefixes; /**< prefixes without a row */
    check_count notes[ATW_NOTE_COUNT];
    uint64_t weights[3]; /**< found, by check_weight */
    uint64_t failures;   /**< of them those that count */
    uint64_t sent;       /**< octets */
    uint64_t received;   /**< octets */
    uint64_t data;       /**< octets of counted payloads */
    uint64_t stream;     /**< octets of data mode */
    uint64_t unasked;    /**< final result codes that no command waited for */
    check_count assumed; /**< ends of data mode whose escape the capture does not show */
    uint64_t lines;      /**< of the capture, as far as pieces came */
    bool known;          /**< an event came that is not just text */

    /* Where the capture is. Private from here on. */
    check_place now;
    check_place last_time;
    check_mark *marks;
    size_t mark_count;
    uint64_t payload_left; /* of a counted payload */
    uint64_t payload_total;
    buffer stream_line;     /* the start of the line at hand in data mode */
    buffer host_line;       /* the start of the command line at hand */
    buffer tail;            /* the start of the line at hand */
    buffer text[3];         /* of what is found */
    uint64_t tail_start;    /* where it begins, octets received */
    uint64_t host_owes;     /* octets of the host's payload */
    bool host_owes_end;     /* Ctrl-Z or ESC */
    bool host_may_owe;      /* once a prompt comes */
    bool host_cut;          /* the command line at hand is longer than what was kept */
    check_place host_start; /* of the command line at hand */
    bool in_stream;
    bool stream_ended; /* the last line in data mode was a result code */
    bool prompted;     /* CAPTURE_MIXED: what follows is the host's payload */
    bool line_begins;  /* CAPTURE_MIXED: the next octet is a line's first */
    bool had_command;
    bool in_data;        /* a payload's span was seen: its notes are counted */
    buffer last_command; /* CAPTURE_MIXED: the line before, if it was a command */
} check;

/** Set up a check. To be closed by check_close(). */
void check_open(check *to, const check_options *options, const check_listener *listener);

/** The capture's form is known; a transcript brings family and settings with it. */
void check_begin(check *in, const capture_form *form, const script *transcript);

/** Take the next piece. */
void check_piece(check *in, const capture_piece *piece);

/** The capture has ended: report what is unfinished. */
void check_end(check *in);

/** Free everything. */
void check_close(check *from);

#endif
