#include "mutator.h"

#include <stdbool.h>
#include <string.h>

#include "lines.h"

#define LINES_MAX 256
#define ROUNDS 3
#define LONG_INPUT 320 /* octets: beyond, hardly anything but lines taken away */

/* An input as lines; each line has its LF. */
typedef struct text {
    const char *lines[LINES_MAX];
    size_t lengths[LINES_MAX];
    size_t count;
    buffer made; /* a line that is new: at most one at a time, then the text is written out */
} text;

size_t mutator_roll(mutator_dice *dice, size_t sides)
{
    dice->state ^= dice->state << 13;
    dice->state ^= dice->state >> 7;
    dice->state ^= dice->state << 17;
    return sides > 0 ? (size_t)((dice->state >> 16) % sides) : 0;
}

/* The end of the line that begins at `at`, its LF included. Not memchr(): a sanitizer's costs more than the lines are long. */
static const char *line_end(const char *at, const char *end)
{
    while (at < end && *at != '\n') {
        at++;
    }
    return at < end ? at + 1 : end;
}

static void split_lines(text *to, const uint8_t *octets, size_t count)
{
    const char *at = (const char *)octets;
    const char *end = at + count;
    to->count = 0;
    while (at < end && to->count < LINES_MAX) {
        const char *next = to->count + 1 < LINES_MAX ? line_end(at, end) : end;
        to->lines[to->count] = at;
        to->lengths[to->count++] = (size_t)(next - at);
        at = next;
    }
}

/* The text with line `at` replaced by `made`, or `made` inserted before it. */
static void write_with(const text *from, size_t at, bool replaced, buffer *to)
{
    for (size_t i = 0; i < from->count; i++) {
        if (i == at) {
            buffer_add(to, from->made.octets, from->made.count);
        }
        if (i != at || !replaced) {
            buffer_add(to, from->lines[i], from->lengths[i]);
        }
        if (to->count > 0 && to->octets[to->count - 1] != '\n') {
            buffer_octet(to, '\n');
        }
    }
    if (at >= from->count) {
        buffer_add(to, from->made.octets, from->made.count);
    }
}

static bool starts_with(const text *in, size_t line, const char *start)
{
    size_t i = 0;
    while (line < in->count && start[i] != '\0' && i < in->lengths[line] && in->lines[line][i] == start[i]) {
        i++;
    }
    return start[i] == '\0';
}

/* Whole lines: again, away, elsewhere */

static void move_line(text *in, mutator_dice *dice, buffer *to)
{
    size_t from = mutator_roll(dice, in->count);
    size_t at = mutator_roll(dice, in->count + 1);
    bool twice = mutator_roll(dice, 2) == 0;
    buffer_add(&in->made, in->lines[from], in->lengths[from]);
    if (!twice) {
        in->lengths[from] = 0;
    }
    write_with(in, at, false, to);
}

static void drop_lines(text *in, mutator_dice *dice, buffer *to)
{
    size_t from = mutator_roll(dice, in->count);
    size_t most = mutator_roll(dice, 4) == 0 ? 4 : 1;
    for (size_t i = from; i < in->count && i < from + most; i++) {
        in->lengths[i] = 0;
    }
    write_with(in, in->count, false, to);
}

/* Chunks */

/* Where a wire line may be cut: not inside an escape. */
static size_t cut_position(const char *line, size_t length, mutator_dice *dice)
{
    size_t wanted = 4 + mutator_roll(dice, length > 4 ? length - 4 : 1);
    size_t at = 4;
    while (at < wanted && at < length) {
        at += line[at] != '\\' || at + 1 >= length ? 1 : line[at + 1] == 'x' ? 4 : 2;
    }
    return at < length ? at : length;
}

static void cut_chunk(text *in, mutator_dice *dice, buffer *to)
{
    size_t line = mutator_roll(dice, in->count);
    bool wire = starts_with(in, line, "<-- ") || starts_with(in, line, "--> ");
    if (wire) {
        size_t at = cut_position(in->lines[line], in->lengths[line], dice);
        buffer_add(&in->made, in->lines[line], at);
        buffer_octet(&in->made, '\n');
        buffer_add(&in->made, in->lines[line], 4);
        buffer_add(&in->made, in->lines[line] + at, in->lengths[line] - at);
    }
    write_with(in, line, wire, to);
}

static void join_chunks(text *in, mutator_dice *dice, buffer *to)
{
    size_t line = mutator_roll(dice, in->count);
    bool wire = starts_with(in, line, "<-- ") && starts_with(in, line + 1, "<-- ");
    if (wire) {
        buffer_add(&in->made, in->lines[line], in->lengths[line] - 1);
        buffer_add(&in->made, in->lines[line + 1] + 4, in->lengths[line + 1] - 4);
        in->lengths[line + 1] = 0;
    }
    write_with(in, line, wire, to);
}

/* Inside a line */

static bool is_digit(char octet)
{
    return octet >= '0' && octet <= '9';
}

/* One of the line's numbers: where it begins; the line's length if it has none. */
static size_t pick_number(const char *line, size_t length, mutator_dice *dice)
{
    size_t found = length;
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        if (is_digit(line[i]) && (i == 0 || !is_digit(line[i - 1])) && mutator_roll(dice, ++count) == 0) {
            found = i;
        }
    }
    return found;
}

/* strtoll() would read on where an input ends in digits. */
static int64_t number_of(const char *digits, size_t count)
{
    int64_t number = 0;
    for (size_t i = 0; i < count; i++) {
        number = number * 10 + (digits[i] - '0');
    }
    return number;
}

static void change_number(text *in, mutator_dice *dice, buffer *to)
{
    size_t line = mutator_roll(dice, in->count);
    const char *from = in->lines[line];
    size_t length = in->lengths[line];
    size_t start = pick_number(from, length, dice);
    size_t end = start;
    while (end < length && is_digit(from[end])) {
        end++;
    }
    buffer_add(&in->made, from, start);
    if (start < length && end - start < 9 && mutator_roll(dice, 2) == 0) {
        static const int steps[] = {-2, -1, 1, 2, 100};
        buffer_number(&in->made, number_of(from + start, end - start) + steps[mutator_roll(dice, 5)]);
    } else if (start < length) {
        lines_add_number(&in->made, dice);
    }
    buffer_add(&in->made, from + end, length - end);
    write_with(in, line, true, to);
}

/* A field of the line, its commas not included. */
static void pick_field(const char *line, size_t length, mutator_dice *dice, size_t *start, size_t *end)
{
    *start = mutator_roll(dice, length);
    while (*start > 0 && strchr(",:= ", line[*start - 1]) == NULL) {
        (*start)--;
    }
    *end = *start;
    while (*end < length && strchr(",\\\n;", line[*end]) == NULL) {
        (*end)++;
    }
}

static void change_field(text *in, mutator_dice *dice, buffer *to)
{
    size_t line = mutator_roll(dice, in->count);
    const char *from = in->lines[line];
    size_t start;
    size_t end;
    pick_field(from, in->lengths[line], dice, &start, &end);
    buffer_add(&in->made, from, start);
    switch (mutator_roll(dice, 4)) {
    case 0: break; /* empty */
    case 1:
        buffer_add(&in->made, from + start, end - start);
        buffer_octet(&in->made, ',');
        buffer_add(&in->made, from + start, end - start);
        break;
    case 2:
        buffer_octet(&in->made, '"');
        buffer_add(&in->made, from + start, end - start);
        buffer_octet(&in->made, '"');
        break;
    default:
        buffer_octet(&in->made, ' ');
        buffer_add(&in->made, from + start, end - start);
        break;
    }
    buffer_add(&in->made, from + end, in->lengths[line] - end);
    write_with(in, line, true, to);
}

static void insert_hostile(text *in, mutator_dice *dice, buffer *to)
{
    size_t line = mutator_roll(dice, in->count);
    size_t at = cut_position(in->lines[line], in->lengths[line], dice);
    if (at == in->lengths[line] && at > 0) {
        at--; /* before the LF */
    }
    buffer_add(&in->made, in->lines[line], at);
    lines_add_hostile(&in->made, dice);
    buffer_add(&in->made, in->lines[line] + at, in->lengths[line] - at);
    write_with(in, line, true, to);
}

/* What the module says is what the host said last. */
static void insert_echo(text *in, mutator_dice *dice, buffer *to)
{
    size_t line = mutator_roll(dice, in->count);
    bool sent = starts_with(in, line, "--> ");
    if (sent) {
        buffer_text(&in->made, "<-- ");
        buffer_add(&in->made, in->lines[line] + 4, in->lengths[line] - 4);
    }
    write_with(in, line + 1, false, to);
}

/* New lines */

typedef void line_maker(buffer *to, mutator_dice *dice);

static line_maker *const step_makers[] = {lines_add_command,  lines_add_answer,   lines_add_answer, lines_add_payload,
                                          lines_add_exchange, lines_add_exchange, lines_add_setting};
static line_maker *const command_makers[] = {lines_add_command, lines_add_command, lines_add_command,
                                             lines_add_setting};
static line_maker *const answer_makers[] = {lines_add_answer};
static line_maker *const event_makers[] = {lines_add_event};
static line_maker *const data_makers[] = {lines_add_data_event};

/* Which lines a target makes something of. */
static const struct {
    const char *target;
    line_maker *const *makers;
    size_t count;
} diets[] = {
    {"command", command_makers, 4}, {"fields", answer_makers, 1}, {"roundtrip", event_makers, 1},
    {"payload", data_makers, 1},    {"", step_makers, 7},
};

static void insert_line(text *in, const char *target, mutator_dice *dice, buffer *to)
{
    size_t diet = 0;
    while (*diets[diet].target != '\0' && strcmp(diets[diet].target, target) != 0) {
        diet++;
    }
    diets[diet].makers[mutator_roll(dice, diets[diet].count)](&in->made, dice);
    write_with(in, mutator_roll(dice, in->count + 1), false, to);
}

/* Octets */

static size_t flip_octets(mutator_dice *dice, uint8_t *octets, size_t count, size_t room)
{
    for (size_t left = 1 + mutator_roll(dice, 4); left > 0; left--) {
        size_t at = mutator_roll(dice, count + 1);
        if (count > 0 && at < count && mutator_roll(dice, 3) > 0) {
            octets[at] = (uint8_t)mutator_roll(dice, 256);
        } else if (count < room) {
            memmove(octets + at + 1, octets + at, count - at);
            octets[at] = (uint8_t)mutator_roll(dice, 256);
            count++;
        }
    }
    return count;
}

typedef void line_change(text *in, mutator_dice *dice, buffer *to);

static line_change *const changes[] = {move_line,     drop_lines,    cut_chunk,    cut_chunk,      join_chunks,
                                       change_number, change_number, change_field, insert_hostile, insert_echo};

#define CHANGES (sizeof changes / sizeof changes[0])
#define NEW_LINES 5 /* so many of the rolls insert a new line: no change of the table */

/* The longer an input, the sooner it loses lines: a short one is played in less time, and a change counts for more in it. */
static line_change *change_for(const text *in, size_t count, mutator_dice *dice)
{
    size_t which = mutator_roll(dice, CHANGES + NEW_LINES);
    if (count > mutator_roll(dice, LONG_INPUT) && mutator_roll(dice, 8) > 0) {
        return drop_lines;
    }
    return which < CHANGES && in->count > 0 ? changes[which] : NULL;
}

static size_t change_once(mutator *with, uint8_t *octets, size_t count, size_t room)
{
    static text in;
    static buffer to;
    buffer_clear(&in.made);
    buffer_clear(&to);
    split_lines(&in, octets, count);
    line_change *change = change_for(&in, count, &with->dice);
    if (change != NULL) {
        change(&in, &with->dice, &to);
    } else {
        insert_line(&in, with->target, &with->dice, &to);
    }
    if (to.count == 0 || to.count > room) {
        return count;
    }
    memcpy(octets, to.octets, to.count);
    return to.count;
}

size_t mutator_mutate(mutator *with, uint8_t *octets, size_t count, size_t room)
{
    for (size_t left = 1 + mutator_roll(&with->dice, ROUNDS); left > 0; left--) {
        if (mutator_roll(&with->dice, 4) > 0) {
            count = change_once(with, octets, count, room);
        } else if (with->fallback != NULL) {
            count = with->fallback(octets, count, room);
        } else {
            count = flip_octets(&with->dice, octets, count, room);
        }
    }
    return count;
}

/* A line at which an exchange begins, if one is found in a few tries; any line else. */
static size_t pick_start(const text *in, mutator_dice *dice)
{
    size_t line = mutator_roll(dice, in->count + 1);
    for (size_t tries = 0; tries < 8 && !starts_with(in, line, "-->"); tries++) {
        line = mutator_roll(dice, in->count + 1);
    }
    return line;
}

static size_t add_lines(const text *from, size_t first, size_t last, uint8_t *to, size_t count, size_t room)
{
    for (size_t i = first; i < last && i < from->count; i++) {
        if (count + from->lengths[i] > room) {
            return count;
        }
        memcpy(to + count, from->lines[i], from->lengths[i]);
        count += from->lengths[i];
        if (count > 0 && count < room && to[count - 1] != '\n') {
            to[count++] = '\n';
        }
    }
    return count;
}

size_t mutator_cross(mutator *with, const uint8_t *first, size_t first_count, const uint8_t *second,
                     size_t second_count, uint8_t *to, size_t room)
{
    static text one;
    static text other;
    split_lines(&one, first, first_count);
    split_lines(&other, second, second_count);
    size_t head = pick_start(&one, &with->dice);
    size_t start = pick_start(&other, &with->dice);
    size_t taken = 1 + mutator_roll(&with->dice, other.count > start ? other.count - start : 1);
    size_t count = add_lines(&one, 0, head, to, 0, room);
    count = add_lines(&other, start, start + taken, to, count, room);
    return mutator_roll(&with->dice, 2) == 0 ? count : add_lines(&one, head, one.count, to, count, room);
}
