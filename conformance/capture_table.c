/* Tables: exports of logic analysers, one octet or more a row, columns told by their header. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "capture_reader.h"

/* Cut the next cell off a row, its quotes and the blanks around it removed. Returns NULL at the row's end. */
static char *next_cell(char **row, char separator)
{
    char *from = *row;
    if (from == NULL) {
        return NULL;
    }
    char *to = from;
    char *cell = from;
    bool quoted = *from == '"' && from[1] != separator && from[1] != '\0';
    from += quoted ? 1 : 0;
    for (; *from != '\0' && (quoted || *from != separator); from++) {
        if (quoted && *from == '"') {
            if (from[1] != '"') {
                quoted = false;
                continue;
            }
            from++;
        }
        *to++ = *from;
    }
    *row = *from != '\0' ? from + 1 : NULL;
    *to = '\0';
    return cell;
}

static bool starts_with(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

static bool is_one_of(const char *text, const char *const *set)
{
    for (; *set != NULL; set++) {
        if (strcasecmp(text, *set) == 0) {
            return true;
        }
    }
    return false;
}

static bool contains(const char *text, const char *part)
{
    for (; *text != '\0'; text++) {
        if (starts_with(text, part)) {
            return true;
        }
    }
    return false;
}

/* DSView: `0:UART: RX`, `0:UART: RX/TX`. */
static bool is_decoder(const char *name)
{
    return contains(name, ":UART");
}

static capture_column decoder_column(const char *name)
{
    const bool sent = contains(name, "TX");
    if (sent == contains(name, "RX")) {
        return COLUMN_VALUE;
    }
    return sent ? COLUMN_SENT : COLUMN_RECEIVED;
}

static capture_column column_of(const char *name)
{
    static const char *const values[] = {"value", "data", "decoded protocol result", "byte", "char", "octet", NULL};
    static const char *const directions[] = {"name", "analyzer name", "channel", "direction", "dir", "port", NULL};
    name += strspn(name, " ");
    if (starts_with(name, "time") || starts_with(name, "start")) {
        return COLUMN_TIME;
    }
    if (is_one_of(name, values)) {
        return COLUMN_VALUE;
    }
    if (is_one_of(name, directions)) {
        return COLUMN_DIRECTION;
    }
    if (is_decoder(name)) {
        return decoder_column(name);
    }
    if (strcasecmp(name, "type") == 0) {
        return COLUMN_TYPE;
    }
    switch (strchr(name, ' ') == NULL ? capture_mark_in(name) : CAPTURE_MARK_NONE) {
    case CAPTURE_MARK_SENT: return COLUMN_SENT;
    case CAPTURE_MARK_RECEIVED: return COLUMN_RECEIVED;
    case CAPTURE_MARK_NONE:
    default: return COLUMN_OTHER;
    }
}

/* Microseconds of the unit in a column's name: `Time [ms]`, `Time(us)`; seconds where it names none. */
static double unit_of(const char *name)
{
    static const struct {
        const char *text;
        double us;
    } units[] = {{"[ms", 1e3}, {"(ms", 1e3}, {"[us", 1}, {"(us", 1}, {"[ns", 1e-3}, {"(ns", 1e-3}};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++) {
        if (strstr(name, units[i].text) != NULL) {
            return units[i].us;
        }
    }
    return 1e6;
}

static char separator_of(const char *text)
{
    size_t position = strcspn(text, ",;\t");
    return text[position];
}

static void read_header(capture_reader *in, char *text)
{
    in->separator = separator_of(text);
    char *cell;
    while (in->column_count < CAPTURE_COLUMNS && (cell = next_cell(&text, in->separator)) != NULL) {
        capture_column column = column_of(cell);
        in->columns[in->column_count++] = column;
        in->bare_hex = in->bare_hex || is_decoder(cell);
        in->time_unit_us = column == COLUMN_TIME ? unit_of(cell) : in->time_unit_us;
    }
}

bool capture_is_table(const char *text)
{
    buffer copy = {0};
    bool found[COLUMN_RECEIVED + 1] = {false};
    char separator = separator_of(text);
    buffer_text(&copy, text);
    char *row = copy.octets;
    char *cell;
    while (separator != '\0' && (cell = next_cell(&row, separator)) != NULL) {
        found[column_of(cell)] = true;
    }
    buffer_free(&copy);
    return found[COLUMN_TIME] && (found[COLUMN_VALUE] || found[COLUMN_SENT] || found[COLUMN_RECEIVED]);
}

static bool read_time(capture_reader *in, const char *cell)
{
    char *end = NULL;
    double number = strtod(cell, &end);
    capture_stamp stamp = {.time_us = 0};
    if (end != cell && *end == '\0' && number > -1e12 && number < 1e12) {
        stamp.time_us = (int64_t)(number * in->time_unit_us);
    } else if (capture_stamp_read(cell, &stamp) == 0) {
        return capture_fail(in, "expected a time, not '%.40s'", cell);
    }
    capture_set_time(in, &stamp);
    return true;
}

/* What a row says. */
typedef struct table_row {
    capture_direction direction;
    const char *value; /* NULL: none */
    bool skip;         /* a row of something else than octets */
} table_row;

static bool read_cell(capture_reader *in, capture_column column, const char *cell, table_row *row)
{
    static const capture_direction directions[] = {CAPTURE_MIXED, CAPTURE_SENT, CAPTURE_RECEIVED};
    switch (column) {
    case COLUMN_TIME: return read_time(in, cell);
    case COLUMN_DIRECTION: row->direction = directions[capture_mark_in(cell)]; return true;
    case COLUMN_TYPE: row->skip = *cell != '\0' && strcasecmp(cell, "data") != 0; return true;
    case COLUMN_VALUE: row->value = cell; return true;
    case COLUMN_SENT:
    case COLUMN_RECEIVED:
        if (*cell != '\0') {
            row->value = cell;
            row->direction = column == COLUMN_SENT ? CAPTURE_SENT : CAPTURE_RECEIVED;
        }
        return true;
    case COLUMN_OTHER:
    default: return true;
    }
}

static bool read_octets(capture_reader *in, const char *cell)
{
    return in->bare_hex ? capture_octets_read(&in->scratch, CAPTURE_HEX, cell) && in->scratch.count > 0
                        : capture_octets_cell(&in->scratch, cell);
}

static bool read_row(capture_reader *in, char *text)
{
    table_row row = {.direction = CAPTURE_MIXED};
    const char *cell;
    for (size_t i = 0; i < in->column_count && (cell = next_cell(&text, in->separator)) != NULL; i++) {
        if (!read_cell(in, in->columns[i], cell, &row)) {
            return false;
        }
    }
    if (row.skip) {
        return true;
    }
    buffer_clear(&in->scratch);
    if (row.value == NULL || !read_octets(in, row.value)) {
        return capture_fail(in, "expected an octet (0x41, A, '65', \\r), not '%.40s'",
                            row.value != NULL ? row.value : "");
    }
    capture_gather(in, row.direction, in->scratch.octets, in->scratch.count);
    return true;
}

bool capture_table_line(capture_reader *in, char *text)
{
    text[strcspn(text, "\r")] = '\0';
    if (*text == '\0' || (in->column_count == 0 && *text == ';')) {
        return true; /* a comment of the program that wrote it */
    }
    if (in->column_count == 0) {
        if (!capture_is_table(text)) {
            return capture_fail(in, "expected a header line with a time and a value, TX or RX column");
        }
        read_header(in, text);
        return true;
    }
    return read_row(in, text);
}
