/* Counted blocks, as socat -v, -x and both write them: a header that says how many octets follow, then the octets. */
#include <ctype.h>
#include <string.h>

#include "capture_reader.h"

#define US_PER_S 1000000

/* Longest line between two blocks; socat's own messages are shorter. */
#define LINE_MOST 4096

/* A row of `-x -v`: a blank and two digits for each of sixteen octets, two blanks, the same octets as text. */
#define ROW_OCTETS 16
#define ROW_TEXT (ROW_OCTETS * 3 + 2)

typedef struct header {
    capture_direction direction;
    capture_stamp stamp;
    uint64_t length;
} header;

/* A number behind a name. Returns what follows, or NULL. */
static const char *read_field(const char *text, const char *name, uint64_t *number)
{
    const size_t length = strlen(name);
    if (text == NULL || strncmp(text, name, length) != 0 || !isdigit((unsigned char)text[length])) {
        return NULL;
    }
    *number = 0;
    for (text += length; isdigit((unsigned char)*text); text++) {
        *number = *number * 10 + (uint64_t)(*text - '0');
    }
    return text + strspn(text, " ");
}

/* `length=8 from=0 to=7`: the second and third count on over the capture, on small machines in 32 bits. */
static bool read_counts(const char *text, uint64_t *length)
{
    uint64_t from = 0;
    uint64_t to = 0;
    const char *at = read_field(text, "length=", length);
    at = read_field(at, "from=", &from);
    at = read_field(at, "to=", &to);
    return at != NULL && *at == '\0' && *length > 0 && (uint32_t)(to - from + 1) == (uint32_t)*length;
}

/*
 * `2021/03/04 12:34:56.123456  `. What stands behind the point is a number of microseconds, not a fraction: some builds
 * write it with nine digits, `56.000123456`. Returns what follows, or NULL.
 */
static const char *read_stamp(const char *text, capture_stamp *stamp)
{
    uint64_t count = US_PER_S;
    const size_t length = capture_stamp_read(text, stamp);
    const char *point = strchr(text, '.');
    if (length == 0 || stamp->clock_only || read_field(point, ".", &count) == NULL || count >= US_PER_S) {
        return NULL;
    }
    stamp->time_us += (int64_t)count - stamp->time_us % US_PER_S;
    return text + length;
}

static bool read_header(const char *text, header *to)
{
    if ((text[0] != '>' && text[0] != '<') || text[1] != ' ') {
        return false;
    }
    to->direction = text[0] == '>' ? CAPTURE_SENT : CAPTURE_RECEIVED;
    return read_counts(read_stamp(text + 2, &to->stamp), &to->length);
}

/* What socat -d says itself: `2021/03/04 12:34:56 socat[123] N exit(0)`, with -lh a host's name before its own. */
static bool is_message(const char *text)
{
    capture_stamp stamp;
    const size_t length = isdigit((unsigned char)*text) ? capture_stamp_read(text, &stamp) : 0;
    const char *at = length > 0 ? strchr(text + length, '[') : NULL;
    if (at == NULL || !isdigit((unsigned char)at[1])) {
        return false;
    }
    at += 1 + strspn(at + 1, "0123456789");
    return strncmp(at, "] ", 2) == 0 && at[2] != '\0' && strchr("DINWEF", at[2]) != NULL && at[3] == ' ';
}

static bool take_header(capture_reader *in, const char *text)
{
    header found;
    if (!read_header(text, &found)) {
        return capture_fail(in, "expected a header (> 2021/03/04 12:34:56.123456  length=8 from=0 to=7), not '%.80s'",
                            text);
    }
    capture_set_time(in, &found.stamp);
    in->direction = found.direction;
    in->block_left = found.length;
    in->block_line = in->line;
    in->in_row = in->form.style == CAPTURE_HEX;
    return true;
}

/* Copy a line without a CR at its end. Returns its length with it. */
static size_t copy_line(buffer *to, const char *text, size_t length)
{
    buffer_clear(to);
    buffer_add(to, text, length > 0 && text[length - 1] == '\r' ? length - 1 : length);
    return length;
}

/* Take a line outside blocks. All that take a unit return its octets, or 0: more of it must come, or it is wrong. */
static size_t take_line(capture_reader *in, const char *text, size_t count, bool last)
{
    const char *end = memchr(text, '\n', count);
    if (end == NULL && !last && count < LINE_MOST) {
        return 0;
    }
    const size_t length = copy_line(&in->scratch, text, end != NULL ? (size_t)(end - text) : count);
    const char *line = buffer_string(&in->scratch);
    const bool between = *line == '\0' || strcmp(line, "--") == 0 || is_message(line);
    return between || take_header(in, line) ? length + (end != NULL ? 1 : 0) : 0;
}

/* Lines end at LF, whoever sent it: with the directions swapped it is the module. */
static void take_octet(capture_reader *in, char octet)
{
    capture_gather(in, in->direction, &octet, 1);
    in->block_left--;
    if (octet == '\n') {
        capture_flush(in);
    }
}

static size_t take_escape(capture_reader *in, char letter)
{
    static const char letters[] = "abfvr\\";
    static const char octets[] = "\a\b\f\v\r\\";
    const char *found = letter != '\0' ? strchr(letters, letter) : NULL;
    if (found == NULL) {
        capture_fail(in, "expected \\a, \\b, \\f, \\r, \\v or \\\\, not 0x%02x behind \\", (unsigned char)letter);
        return 0;
    }
    take_octet(in, octets[found - letters]);
    return 2;
}

/* An octet as text. A CR is written as an escape; as it is, it comes from a terminal that the capture went through. */
static size_t take_text(capture_reader *in, const char *text, size_t count)
{
    const bool two = *text == '\\' || *text == '\r';
    if (two && count < 2) {
        return 0;
    }
    if (*text == '\\') {
        return take_escape(in, text[1]);
    }
    if (*text == '\r' && text[1] == '\n') {
        return 1;
    }
    const unsigned char octet = (unsigned char)*text;
    if ((octet < ' ' && octet != '\n' && octet != '\t') || octet == 0x7f) {
        capture_fail(in, "expected text, with . and escapes for what cannot be printed, not 0x%02x", octet);
        return 0;
    }
    take_octet(in, *text);
    return 1;
}

/* The end of a row of hex, and what stands before it. */
static size_t take_row_end(capture_reader *in, const char *text, size_t count)
{
    const char *end = memchr(text, '\n', count);
    if (end != text) {
        in->in_text = true;
        return end != NULL ? (size_t)(end - text) : count;
    }
    in->in_text = false;
    in->in_row = in->block_left > 0;
    return 1;
}

/* An octet as a blank and two digits. */
static size_t take_digits(capture_reader *in, const char *text)
{
    const char digits[] = {text[1], text[2], '\0'};
    buffer_clear(&in->scratch);
    if (*text != ' ' || !capture_octets_read(&in->scratch, CAPTURE_HEX, digits) || in->scratch.count != 1) {
        capture_fail(in, "expected %llu more octets as hex digits of the block of line %llu",
                     (unsigned long long)in->block_left, (unsigned long long)in->block_line);
        return 0;
    }
    take_octet(in, *in->scratch.octets);
    return 3;
}

static size_t take_hex(capture_reader *in, const char *text, size_t count)
{
    if (in->in_text || *text == '\n' || *text == '\r') {
        return take_row_end(in, text, count);
    }
    if (count < 2) {
        return 0;
    }
    if (text[0] == ' ' && text[1] == ' ') {
        return take_row_end(in, text, count);
    }
    if (in->block_left == 0) {
        capture_fail(in, "expected no more octets in the block of line %llu", (unsigned long long)in->block_line);
        return 0;
    }
    return count < 3 ? 0 : take_digits(in, text);
}

static size_t take_unit(capture_reader *in, const char *text, size_t count, bool last)
{
    if (in->block_left == 0 && !in->in_row) {
        return take_line(in, text, count, last);
    }
    return in->form.style == CAPTURE_HEX ? take_hex(in, text, count) : take_text(in, text, count);
}

bool capture_counted_take(capture_reader *in, const char *text, size_t count, bool last, size_t *taken)
{
    size_t length;
    for (*taken = 0; *taken < count; *taken += length) {
        length = take_unit(in, text + *taken, count - *taken, last);
        if (length == 0) {
            break;
        }
        in->offset += length;
        in->line += text[*taken + length - 1] == '\n';
    }
    const bool good = in->error->message[0] == '\0';
    if (good && last && in->block_left > 0) {
        return capture_fail(in, "expected %llu more octets of the block of line %llu, not the end",
                            (unsigned long long)in->block_left, (unsigned long long)in->block_line);
    }
    return good;
}

static bool is_line_end(const char *text, size_t count, size_t at)
{
    return at < count && (text[at] == '\r' || text[at] == '\n');
}

/* Whether the row at a block's start is one of `-x -v`: digits, blanks up to the text, an octet of it for each. */
static bool is_dump_row(const char *text, size_t count, size_t groups, uint64_t length)
{
    static const char blanks[ROW_TEXT + 1] = "                                                  ";
    const size_t end = groups * 3;
    const bool full = groups == ROW_OCTETS || groups == length || memcmp(text + end - 2, "0a", 2) == 0;
    return full && groups <= ROW_OCTETS && is_line_end(text, count, ROW_TEXT + groups) &&
           memcmp(text + end, blanks, ROW_TEXT - end) == 0;
}

/* A blank and two digits, as far as they are there. */
static bool is_group(const char *text, size_t count)
{
    return (count < 1 || text[0] == ' ') && (count < 2 || isxdigit((unsigned char)text[1])) &&
           (count < 3 || isxdigit((unsigned char)text[2]));
}

/* How the first block is written. With `-x` it is one row, with three octets for each that the header counts. */
static capture_style style_of(const char *text, size_t count, uint64_t length)
{
    size_t groups = 0;
    while (groups < length && count - groups * 3 >= 3 && is_group(text + groups * 3, count - groups * 3)) {
        groups++;
    }
    if (groups == 0) {
        return CAPTURE_ESCAPES;
    }
    const size_t end = groups * 3;
    const bool row =
        groups == length ? is_line_end(text, count, end) : count - end < 3 && is_group(text + end, count - end);
    return row || is_dump_row(text, count, groups, length) ? CAPTURE_HEX : CAPTURE_ESCAPES;
}

/* What a line says of what it begins; `rest` follows it. A blank line says nothing. */
static capture_start start_of(const char *line, capture_start before, const char *rest, size_t count,
                              capture_style *style)
{
    header found;
    if (*line == '\0') {
        return before;
    }
    if (is_message(line)) {
        return CAPTURE_START_MESSAGES;
    }
    if (!read_header(line, &found)) {
        return CAPTURE_START_OTHER;
    }
    *style = style_of(rest, count, found.length);
    return count > 0 ? CAPTURE_START_BLOCK : CAPTURE_START_HEADER;
}

capture_start capture_counted_sniff(const char *sample, size_t count, capture_style *style)
{
    capture_start start = CAPTURE_START_MESSAGES;
    size_t lines = 0;
    buffer line = {0};
    const char *end;
    while (start == CAPTURE_START_MESSAGES && (end = memchr(sample, '\n', count)) != NULL) {
        const size_t length = copy_line(&line, sample, (size_t)(end - sample));
        count -= length + 1;
        sample = end + 1;
        start = start_of(buffer_string(&line), start, sample, count, style);
        lines += line.count > 0;
    }
    buffer_free(&line);
    return lines > 0 ? start : CAPTURE_START_OTHER;
}
