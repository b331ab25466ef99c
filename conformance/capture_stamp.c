#include "capture_stamp.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define US_PER_S INT64_C(1000000)
#define S_PER_DAY INT64_C(86400)

/* Most digits of a number: more would be no date and could overflow. */
#define DIGITS_MAX 12

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

/* Read `least` to `most` digits; NULL if there are fewer or more. */
static const char *read_digits(const char *text, size_t least, size_t most, int64_t *number)
{
    size_t count = strspn(text, "0123456789");
    *number = 0;
    if (count < least || count > most) {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        *number = *number * 10 + (text[i] - '0');
    }
    return text + count;
}

/* Read digits behind a decimal point as microseconds. */
static const char *read_fraction(const char *text, int64_t *time_us)
{
    int64_t unit = US_PER_S / 10;
    for (; isdigit((unsigned char)*text); text++) {
        *time_us += (*text - '0') * unit;
        unit /= 10;
    }
    return text;
}

/* Days since 1970-01-01 in the Gregorian calendar, with years that begin in March so that leap days come last. */
static int64_t days_from_date(int64_t year, int64_t month, int64_t day)
{
    year -= month <= 2;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

/* ` AM`, ` PM` behind a clock of twelve hours. */
static const char *read_half(const char *text, int64_t hour, int64_t *time_us)
{
    const bool afternoon = strncasecmp(text, " PM", 3) == 0;
    if (hour > 12 || (!afternoon && strncasecmp(text, " AM", 3) != 0) || isalnum((unsigned char)text[3])) {
        return text;
    }
    *time_us += ((afternoon ? 12 : 0) - (hour == 12 ? 12 : 0)) * 60 * 60 * US_PER_S;
    return text + 3;
}

/* `12:34:56`, with a fraction behind `.`, `,` or `:`. */
static const char *read_clock(const char *text, int64_t *time_us)
{
    int64_t hour, minute, second = 0;
    const char *at = read_digits(text, 1, 2, &hour);
    if (at == NULL || *at != ':' || (at = read_digits(at + 1, 2, 2, &minute)) == NULL || *at != ':' ||
        (at = read_digits(at + 1, 2, 2, &second)) == NULL || hour > 24 || minute > 59 || second > 60) {
        return NULL;
    }
    *time_us = ((hour * 60 + minute) * 60 + second) * US_PER_S;
    bool fraction = *at != '\0' && strchr(".,:", *at) != NULL && isdigit((unsigned char)at[1]);
    return read_half(fraction ? read_fraction(at + 1, time_us) : at, hour, time_us);
}

/* Year first or last, parts between `-`, `/` or `.`. */
static const char *read_numeric_date(const char *text, int64_t *days)
{
    int64_t first, second, third;
    const char *at = read_digits(text, 1, 4, &first);
    if (at == NULL || *at == '\0' || strchr("-/.", *at) == NULL) {
        return NULL;
    }
    const char separator = *at;
    at = read_digits(at + 1, 1, 2, &second);
    if (at == NULL || *at != separator || (at = read_digits(at + 1, 1, 4, &third)) == NULL) {
        return NULL;
    }
    *days = first > 31 ? days_from_date(first, second, third) : days_from_date(third, second, first);
    return *at == 'T' ? at + 1 : skip_blanks(at);
}

static int64_t month_of(const char *text)
{
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++) {
        if (strncmp(text, months[i], 3) == 0 && text[3] == ' ') {
            return (int64_t)i + 1;
        }
    }
    return 0;
}

/* `Jan 31 `, `Wed Jan 31 `: the year, if it comes, stands behind the clock, and is not needed. */
static const char *read_named_date(const char *text, int64_t *days)
{
    int64_t month = month_of(text);
    if (month == 0 && strlen(text) > 4 && text[3] == ' ') {
        text += 4;
        month = month_of(text);
    }
    int64_t day;
    const char *at = month > 0 ? read_digits(skip_blanks(text + 3), 1, 2, &day) : NULL;
    if (at == NULL || *at != ' ') {
        return NULL;
    }
    *days = days_from_date(2000, month, day);
    return skip_blanks(at);
}

/* A date and a clock, or a clock alone, with a zone behind it. */
static const char *read_calendar(const char *text, capture_stamp *to)
{
    int64_t days = 0;
    const char *at = read_numeric_date(text, &days);
    at = at != NULL ? at : read_named_date(text, &days);
    *to = (capture_stamp){.clock_only = at == NULL};
    const char *end = read_clock(at != NULL ? at : text, &to->time_us);
    if (end == NULL) {
        return NULL;
    }
    to->time_us += days * S_PER_DAY * US_PER_S;
    if (*end == 'Z') {
        return end + 1;
    }
    if ((*end == '+' || *end == '-') && !to->clock_only) {
        size_t zone = strspn(end + 1, "0123456789:");
        return zone >= 4 ? end + 1 + zone : end;
    }
    return end;
}

/* Least digits of whole seconds: since 1970 they have been ten since 2001, and no field of a module's line begins so. */
#define EPOCH_DIGITS 10

/* Seconds with a fraction; whole ones since 1970; in parentheses, milliseconds. */
static const char *read_count(const char *text, char open, capture_stamp *to)
{
    int64_t number;
    const char *at = read_digits(text, 1, DIGITS_MAX, &number);
    if (at == NULL) {
        return NULL;
    }
    if (open == '(') {
        *to = (capture_stamp){.time_us = number * 1000};
        return *at == ')' ? at : NULL;
    }
    *to = (capture_stamp){.time_us = number * US_PER_S};
    if (*at != '.' && at - text == EPOCH_DIGITS) {
        return at;
    }
    if (*at != '.' || !isdigit((unsigned char)at[1])) {
        return NULL;
    }
    at = read_fraction(at + 1, &to->time_us);
    return *at == 's' ? at + 1 : at;
}

/* The bracket of a set at the start of a text, or NUL. */
static char opening_of(const char *text, const char *set)
{
    const char *open = strchr(set, *text);
    if (open == NULL) {
        return '\0';
    }
    return *open;
}

static char closing_of(char open)
{
    if (open == '[') {
        return ']';
    }
    return ')';
}

size_t capture_stamp_read(const char *text, capture_stamp *to)
{
    const char *at = skip_blanks(text);
    const char open = opening_of(at, "[(");
    const char *start = open != '\0' ? skip_blanks(at + 1) : at;
    capture_stamp stamp;
    const char *end = read_calendar(start, &stamp);
    end = end != NULL ? end : read_count(start, open, &stamp);
    if (end == NULL) {
        return 0;
    }
    if (open != '\0') {
        end = strchr(end, closing_of(open)); /* a year or a zone may stand before it */
        if (end == NULL || end - start > 40) {
            return 0;
        }
        end++;
    } else if (*end != '\0' && strchr(" \t:|,;", *end) == NULL) {
        return 0;
    } else {
        end += strspn(end, ":|,;");
    }
    *to = stamp;
    end += *end == ':';
    return (size_t)(skip_blanks(end) - text);
}

typedef struct mark_word {
    const char *text;
    capture_mark mark;
} mark_word;

/* TX and RX as the host sees them; `--swap` of the program turns them. */
static const mark_word words[] = {
    {"TXD", CAPTURE_MARK_SENT},      {"TX", CAPTURE_MARK_SENT},         {"SENT", CAPTURE_MARK_SENT},
    {"SEND", CAPTURE_MARK_SENT},     {"HOST", CAPTURE_MARK_SENT},       {"MCU", CAPTURE_MARK_SENT},
    {"DTE", CAPTURE_MARK_SENT},      {"OUT", CAPTURE_MARK_SENT},        {"WRITE", CAPTURE_MARK_SENT},
    {"RXD", CAPTURE_MARK_RECEIVED},  {"RX", CAPTURE_MARK_RECEIVED},     {"RECEIVED", CAPTURE_MARK_RECEIVED},
    {"RECV", CAPTURE_MARK_RECEIVED}, {"MODULE", CAPTURE_MARK_RECEIVED}, {"MODEM", CAPTURE_MARK_RECEIVED},
    {"DCE", CAPTURE_MARK_RECEIVED},  {"IN", CAPTURE_MARK_RECEIVED},     {"READ", CAPTURE_MARK_RECEIVED},
};

/* The longer before those that they begin with. */
static const mark_word arrows[] = {
    {"-->", CAPTURE_MARK_SENT},     {"<--", CAPTURE_MARK_RECEIVED}, {">>>", CAPTURE_MARK_SENT},
    {"<<<", CAPTURE_MARK_RECEIVED}, {"->", CAPTURE_MARK_SENT},      {"<-", CAPTURE_MARK_RECEIVED},
    {"=>", CAPTURE_MARK_SENT},      {"<=", CAPTURE_MARK_RECEIVED},  {">>", CAPTURE_MARK_SENT},
    {"<<", CAPTURE_MARK_RECEIVED},  {"发→◇", CAPTURE_MARK_SENT},    {"收←◆", CAPTURE_MARK_RECEIVED},
    {"→", CAPTURE_MARK_SENT},       {"←", CAPTURE_MARK_RECEIVED},   {">", CAPTURE_MARK_SENT},
    {"<", CAPTURE_MARK_RECEIVED},
};

#define COUNT_OF(rows) (sizeof(rows) / sizeof *(rows))

static const mark_word *find_word(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        size_t length = strlen(words[i].text);
        if (strncasecmp(text, words[i].text, length) == 0 && !isalnum((unsigned char)text[length])) {
            return &words[i];
        }
    }
    return NULL;
}

static const mark_word *find_arrow(const char *text)
{
    for (size_t i = 0; i < COUNT_OF(arrows); i++) {
        if (strncmp(text, arrows[i].text, strlen(arrows[i].text)) == 0) {
            return &arrows[i];
        }
    }
    return NULL;
}

/*
 * What stands between a mark's word and the text: a sign at once, or an arrow, `-` or `|` between blanks.
 * A lone `>` behind a blank is the module's prompt. NULL: nothing that separates.
 */
static const char *skip_separator(const char *text)
{
    if (*text != '\0' && strchr(":>|", *text) != NULL) {
        text += 1 + (text[0] == '>' && text[1] == '>');
        return text + (*text == ' ');
    }
    const mark_word *direct = find_arrow(text);
    const char *at = skip_blanks(text);
    const mark_word *arrow = find_arrow(at);
    if (direct != NULL || (arrow != NULL && strlen(arrow->text) > 1)) {
        at += strlen((direct != NULL ? direct : arrow)->text);
        return at + (*at == ' ');
    }
    if (at > text && *at != '\0' && strchr("-|:", *at) != NULL && (at[1] == ' ' || at[1] == '\0')) {
        return at + 1 + (at[1] == ' ');
    }
    return NULL;
}

/* Only TX and RX may be set apart by blanks alone: `SEND OK` and `RECV FROM:` are lines of a module. */
static bool stands_alone(const mark_word *word)
{
    return word->text[1] == 'X';
}

static size_t read_word(const char *text, capture_mark *mark)
{
    const char open = opening_of(text, "[(<");
    const char *at = open != '\0' ? text + 1 : text;
    const mark_word *word = find_word(at);
    if (word == NULL) {
        return 0;
    }
    at += strlen(word->text);
    if (open != '\0') {
        if (*at != (open == '<' ? '>' : closing_of(open))) {
            return 0;
        }
        at++;
    }
    const char *end = skip_separator(at);
    if (end == NULL && open == '\0' && !stands_alone(word)) {
        return 0;
    }
    *mark = word->mark;
    return (size_t)((end != NULL ? end : skip_blanks(at)) - text);
}

size_t capture_mark_read(const char *text, capture_mark *mark)
{
    size_t length = read_word(text, mark);
    if (length > 0) {
        return length;
    }
    const mark_word *arrow = find_arrow(text);
    if (arrow == NULL) {
        return 0;
    }
    *mark = arrow->mark;
    length = strlen(arrow->text);
    return length + (text[length] == ' ');
}

capture_mark capture_mark_in(const char *name)
{
    while (*name != '\0') {
        const mark_word *word = find_word(name);
        if (word != NULL) {
            return word->mark;
        }
        name += strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        name += *name != '\0';
    }
    return CAPTURE_MARK_NONE;
}
