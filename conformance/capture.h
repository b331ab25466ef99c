/**
 * @file
 * Captures: what was recorded of a host and a real module, in the forms that terminal programs, loggers and analysers
 * write. A capture is read once, in bounded memory, and handed on in pieces; only transcripts are held whole.
 */
#ifndef ATWIRE_CONFORMANCE_CAPTURE_H
#define ATWIRE_CONFORMANCE_CAPTURE_H

#include "capture_octets.h"
#include "script.h"
#include "source.h"

/** Longest line of a capture that is read as one, octets; a longer one comes in parts. */
#define CAPTURE_LINE_MAX 65536

/** What a capture is. */
typedef enum capture_kind {
    CAPTURE_UNKNOWN,    /**< to be found out */
    CAPTURE_TRANSCRIPT, /**< a `.at` file */
    CAPTURE_RAW,        /**< octets as they came, the host's only as far as they were echoed */
    CAPTURE_LOG,        /**< lines with time stamps or direction marks, or octets as hex */
    CAPTURE_TABLE       /**< an analyser's export: comma-separated values with a header line */
} capture_kind;

/** How a CAPTURE_LOG sets octets apart from what is not one. */
typedef enum capture_layout {
    CAPTURE_LINES,      /**< line by line */
    CAPTURE_COUNTED,    /**< in blocks, each with a header that counts its octets: `socat -v`, `socat -x`, both */
    CAPTURE_ANNOTATIONS /**< an octet a line behind a decoder's name: `sigrok-cli -P uart` */
} capture_layout;

/** How a capture is written. */
typedef struct capture_form {
    capture_kind kind;
    capture_layout layout;
    capture_style style; /**< of a CAPTURE_LOG */
    bool stamps;         /**< lines begin with a time stamp; rows have a time */
    bool marks;          /**< lines have a direction mark; rows a direction */
} capture_form;

/** Who sent a piece. */
typedef enum capture_direction {
    CAPTURE_SENT,     /**< the host */
    CAPTURE_RECEIVED, /**< the module */
    CAPTURE_MIXED,    /**< the module, and the host where a line begins with AT: no direction was recorded */
    CAPTURE_DTR,      /**< the host ended data mode by DTR; no octets */
    CAPTURE_ABANDON   /**< the host gave up; no octets */
} capture_direction;

/** A piece: octets of one direction. A CAPTURE_MIXED piece is a line with its end, or part of a long one. */
typedef struct capture_piece {
    capture_direction direction;
    const uint8_t *octets; /**< borrowed during the call */
    size_t count;
    bool ends_line;  /**< the log ended a line here and left out what ended it on the wire */
    bool literal;    /**< octet i of the piece stands at `offset` + i; else the row with all of them does */
    uint64_t line;   /**< in the capture, from 1 */
    uint64_t offset; /**< in the capture, octets from its start */
    bool has_time;
    int64_t time_us; /**< from an arbitrary zero; never back over midnight */
} capture_piece;

/** Who takes the pieces. All functions must be there. */
typedef struct capture_sink {
    /** The form is known. `transcript` is NULL but for a CAPTURE_TRANSCRIPT. */
    void (*begin)(void *context, const capture_form *form, const script *transcript);
    void (*piece)(void *context, const capture_piece *piece);
    /** As much as could be read at once has been handed on. `total` is 0 where the size is not known. */
    void (*pause)(void *context, uint64_t done, uint64_t total);
    void *context;
} capture_sink;

/** @return the kind's name (`raw`), or "" outside the enumeration. */
const char *capture_kind_text(capture_kind kind);

/** Read a kind's name. @retval false there is no such kind; *kind is untouched. */
bool capture_kind_from_text(const char *text, capture_kind *kind);

/** Append a description: `log, time stamps, direction marks, octets as hex`. */
void capture_form_text(buffer *to, const capture_form *form);

/**
 * Find out how a capture is written.
 *
 * @param sample  its start, at most CAPTURE_LINE_MAX octets
 * @param kind    CAPTURE_UNKNOWN, or what it is known to be
 */
capture_form capture_sniff(const char *sample, size_t count, capture_kind kind);

/**
 * Read a capture and hand it on.
 *
 * @param file  `-` is standard input, which may still be growing: pieces come as soon as their line is complete
 * @param kind  CAPTURE_UNKNOWN, or what it is
 * @retval false  it cannot be read, or a line is not what the form demands: the error says file and line
 */
bool capture_read(const char *file, capture_kind kind, const capture_sink *sink, source_error *error);

#endif
