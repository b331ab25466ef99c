/**
 * @file
 * What the readers of captures share: where they are, and the gathering of octets to pieces.
 */
#ifndef ATWIRE_CONFORMANCE_CAPTURE_READER_H
#define ATWIRE_CONFORMANCE_CAPTURE_READER_H

#include "capture.h"
#include "capture_stamp.h"

/** Most columns of a table. */
#define CAPTURE_COLUMNS 32

/** What a column of a table is for. */
typedef enum capture_column {
    COLUMN_OTHER,
    COLUMN_TIME,
    COLUMN_VALUE,
    COLUMN_DIRECTION,
    COLUMN_TYPE,
    COLUMN_SENT,
    COLUMN_RECEIVED
} capture_column;

/** A capture being read. */
typedef struct capture_reader {
    const char *file; /**< for messages */
    const capture_sink *sink;
    source_error *error;
    capture_form form;
    uint64_t line;    /**< of the line at hand, from 1 */
    uint64_t offset;  /**< where it begins */
    bool begins_line; /**< false: a part of a line that was too long */
    bool ends_line;   /**< false: more of it follows, or the capture ends without a line end */
    bool has_time;    /**< of the line at hand */
    int64_t time_us;
    int64_t days_us;             /**< added to stamps without a date: midnights passed */
    int64_t last_time_us;        /**< of the line before, or 0 */
    capture_direction direction; /**< of the mark last seen */
    capture_piece gathered;      /**< its octets are in `octets` */
    buffer octets;
    int64_t gathered_us; /**< time of its last octet */
    buffer scratch;
    size_t column_count; /**< of a table; 0: the header line has not come */
    capture_column columns[CAPTURE_COLUMNS];
    double time_unit_us;
    char separator;
    bool bare_hex;        /**< a table's octets are hex digits without a sign of their own */
    bool introduced;      /**< by the terminal program that wrote it */
    unsigned banner_left; /**< most lines that may be left of its introduction */
    uint64_t block_left;  /**< octets that are still to come of a counted block */
    uint64_t block_line;  /**< of its header */
    bool in_row;          /**< a row of hex has not ended */
    bool in_text;         /**< only what stands behind its octets is left of it */
} capture_reader;

/** Say what is wrong with the line at hand. @return false */
__attribute__((format(printf, 2, 3))) bool capture_fail(const capture_reader *in, const char *format, ...);

/** Hand on what was gathered. */
void capture_flush(capture_reader *in);

/** Gather octets of the line at hand: they are handed on at a line's end and whenever the direction changes. */
void capture_gather(capture_reader *in, capture_direction direction, const void *octets, size_t count);

/** Set the time of the line at hand. */
void capture_set_time(capture_reader *in, const capture_stamp *stamp);

/** Read a line of a log; `text` has no line end. */
bool capture_log_line(capture_reader *in, char *text, size_t count);

/** Read a line of a table; `text` is changed. */
bool capture_table_line(capture_reader *in, char *text);

/** @return whether a line is a table's header. */
bool capture_is_table(const char *text);

/** Read a line of annotations; `text` is changed. */
bool capture_annotation_line(capture_reader *in, char *text);

/** @return whether a line is an annotation. @param[out] marks  whether it has a class, which tells directions */
bool capture_is_annotation(const char *text, bool *marks);

/** What a capture of counted blocks begins with, as far as it has come. */
typedef enum capture_start {
    CAPTURE_START_OTHER,    /**< something else */
    CAPTURE_START_MESSAGES, /**< what the program says itself; a header may follow */
    CAPTURE_START_HEADER,   /**< a header with nothing behind it */
    CAPTURE_START_BLOCK     /**< a header and octets */
} capture_start;

/** @param[out] style  how octets are written, behind CAPTURE_START_HEADER a guess; else untouched */
capture_start capture_counted_sniff(const char *sample, size_t count, capture_style *style);

/**
 * Take headers and octets of counted blocks, as far as they are complete.
 *
 * @param last        nothing follows
 * @param[out] taken  how much of the text
 */
bool capture_counted_take(capture_reader *in, const char *text, size_t count, bool last, size_t *taken);

#endif
