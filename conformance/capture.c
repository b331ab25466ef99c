#include "capture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "capture_reader.h"
#include "memory.h"
#include "transcript.h"

/* How long a capture that is still growing may be silent before what has come decides about its form. */
#define SNIFF_MS 1000
/* Silence that parts what the host writes: an escape stands alone (A7600 1.2 has guard times of a second). */
#define SENT_GAP_US 100000
/* Most octets gathered to one piece. */
#define GATHER_MAX 4096
#define DAY_US INT64_C(86400000000)

bool capture_fail(const capture_reader *in, const char *format, ...)
{
    char *message = in->error->message;
    const size_t size = sizeof in->error->message;
    int used = snprintf(message, size, "%s:%llu: ", in->file, (unsigned long long)in->line);
    if (used > 0 && (size_t)used < size) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(message + used, size - (size_t)used, format, arguments);
        va_end(arguments);
    }
    return false;
}

void capture_flush(capture_reader *in)
{
    if (in->octets.count > 0) {
        in->gathered.octets = (const uint8_t *)in->octets.octets;
        in->gathered.count = in->octets.count;
        in->sink->piece(in->sink->context, &in->gathered);
        buffer_clear(&in->octets);
    }
}

static void gather_octet(capture_reader *in, capture_direction direction, char octet)
{
    if (in->octets.count == 0) {
        in->gathered = (capture_piece){.direction = direction,
                                       .line = in->line,
                                       .offset = in->offset,
                                       .has_time = in->has_time,
                                       .time_us = in->time_us};
    }
    buffer_octet(&in->octets, octet);
    in->gathered_us = in->time_us;
    if (octet == (direction == CAPTURE_SENT ? '\r' : '\n') || in->octets.count == GATHER_MAX) {
        capture_flush(in);
    }
}

void capture_gather(capture_reader *in, capture_direction direction, const void *octets, size_t count)
{
    bool gap = in->has_time && direction == CAPTURE_SENT && in->time_us - in->gathered_us >= SENT_GAP_US;
    if (direction != in->gathered.direction || gap) {
        capture_flush(in);
    }
    for (size_t i = 0; i < count; i++) {
        gather_octet(in, direction, ((const char *)octets)[i]);
    }
}

void capture_set_time(capture_reader *in, const capture_stamp *stamp)
{
    int64_t time_us = stamp->time_us;
    if (stamp->clock_only) {
        time_us += in->days_us;
        if (in->has_time && time_us < in->last_time_us - DAY_US / 2) {
            in->days_us += DAY_US;
            time_us += DAY_US;
        }
    }
    in->has_time = true;
    in->time_us = time_us;
    in->last_time_us = time_us;
}

/* Lines that terminal programs write into a capture themselves. */
static bool is_banner(const char *text)
{
    static const char *const banners[] = {"=~=~=~=~", "Script started on ", "Script done on "};
    for (size_t i = 0; i < sizeof banners / sizeof banners[0]; i++) {
        if (strncmp(text, banners[i], strlen(banners[i])) == 0) {
            return true;
        }
    }
    return false;
}

static bool begins_with(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

/* Most lines of an introduction; picocom's has about thirty. */
#define INTRODUCTION_MAX 40

/*
 * What picocom and minicom say before the terminal is the module's: several lines, the last of which is known. Picocom's
 * farewell counts only where it has introduced itself, because a payload may say the same.
 */
static bool is_introduction(capture_reader *in, const char *text)
{
    if (begins_with(text, "picocom v") || begins_with(text, "Welcome to minicom")) {
        in->introduced = true;
        in->banner_left = INTRODUCTION_MAX;
    }
    if (begins_with(text, "Terminal ready") || begins_with(text, "Press CTRL-A Z for help")) {
        bool ends = in->banner_left > 0;
        in->banner_left = 0;
        return ends;
    }
    if (in->banner_left > 0) {
        in->banner_left--;
        return true;
    }
    return in->introduced && (begins_with(text, "Terminating...") || begins_with(text, "Thanks for using picocom"));
}

static void hand_on_raw(capture_reader *in, const char *text, size_t count)
{
    if (in->begins_line && (is_introduction(in, text) || is_banner(text))) {
        return;
    }
    const capture_piece piece = {.direction = CAPTURE_MIXED,
                                 .octets = (const uint8_t *)text,
                                 .count = count,
                                 .literal = true,
                                 .line = in->line,
                                 .offset = in->offset};
    in->sink->piece(in->sink->context, &piece);
}

/* Read a line that is not raw; it ends in NUL. */
static bool read_line(capture_reader *in, char *text, size_t count)
{
    if (in->form.kind == CAPTURE_TABLE) {
        return capture_table_line(in, text);
    }
    return in->form.layout == CAPTURE_ANNOTATIONS ? capture_annotation_line(in, text)
                                                  : capture_log_line(in, text, count);
}

/* One line, or a part of one. `text[count]` may be overwritten; `end` tells whether its LF is there too. */
static bool take_line(capture_reader *in, char *text, size_t count, bool end)
{
    bool good = true;
    in->ends_line = end;
    if (in->form.kind == CAPTURE_RAW) {
        hand_on_raw(in, text, count + (end ? 1 : 0));
    } else {
        text[count] = '\0';
        good = read_line(in, text, count);
    }
    in->offset += count + (end ? 1 : 0);
    in->line += end ? 1 : 0;
    in->begins_line = end;
    return good;
}

/* What has been read and not yet taken. */
typedef struct block {
    char octets[CAPTURE_LINE_MAX + 1]; /* one more for a NUL */
    size_t count;
} block;

static void keep_rest(block *from, size_t taken)
{
    from->count -= taken;
    memmove(from->octets, from->octets + taken, from->count);
}

static bool take_counted(capture_reader *in, block *from, bool last)
{
    size_t taken;
    const bool good = capture_counted_take(in, from->octets, from->count, last, &taken);
    keep_rest(from, taken);
    return good;
}

/* Take all whole lines; if nothing more comes or fits, the rest too. */
static bool take_lines(capture_reader *in, block *from, bool last)
{
    size_t at = 0;
    while (at < from->count) {
        char *line = from->octets + at;
        const char *end = memchr(line, '\n', from->count - at);
        if (end == NULL && !last && from->count - at < CAPTURE_LINE_MAX) {
            break;
        }
        size_t count = end != NULL ? (size_t)(end - line) : from->count - at;
        if (!take_line(in, line, count, end != NULL)) {
            return false;
        }
        at += count + (end != NULL ? 1 : 0);
    }
    keep_rest(from, at);
    return true;
}

/* Read what is there. Returns false at the end; an error is written. */
static bool fill(block *to, int descriptor, const char *file, source_error *error)
{
    ssize_t got;
    do {
        got = read(descriptor, to->octets + to->count, CAPTURE_LINE_MAX - to->count);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        snprintf(error->message, sizeof error->message, "%s: expected a readable file: %s", file, strerror(errno));
    }
    to->count += got > 0 ? (size_t)got : 0;
    return got > 0;
}

/* Whether what has come tells the form: not what socat says before its first block. */
static bool tells_form(const block *from)
{
    capture_style style = CAPTURE_ESCAPES;
    const capture_start start = capture_counted_sniff(from->octets, from->count, &style);
    return memchr(from->octets, '\n', from->count) != NULL && start != CAPTURE_START_MESSAGES &&
           start != CAPTURE_START_HEADER;
}

/* Read until the block is full, the capture ends, or it tells and falls silent. Returns whether more may come. */
static bool fill_sample(block *to, int descriptor, const char *file, source_error *error)
{
    while (to->count < CAPTURE_LINE_MAX) {
        struct pollfd ready = {.fd = descriptor, .events = POLLIN};
        if (tells_form(to) && poll(&ready, 1, SNIFF_MS) == 0) {
            return true;
        }
        if (!fill(to, descriptor, file, error)) {
            return false;
        }
    }
    return true;
}

static uint64_t size_of(int descriptor)
{
    struct stat about;
    bool known = fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
    return known ? (uint64_t)about.st_size : 0;
}

static uint64_t offset_of_line(const buffer *text, size_t line)
{
    const char *at = buffer_string(text);
    for (size_t i = 1; i < line && at != NULL; i++) {
        at = strchr(at, '\n');
        at = at != NULL ? at + 1 : NULL;
    }
    return at != NULL ? (uint64_t)(at - text->octets) : text->count;
}

static void hand_on_steps(const capture_sink *sink, const script *from, const buffer *text)
{
    static const capture_direction directions[] = {[STEP_SENT] = CAPTURE_SENT,
                                                   [STEP_RECEIVED] = CAPTURE_RECEIVED,
                                                   [STEP_DTR] = CAPTURE_DTR,
                                                   [STEP_ABANDON] = CAPTURE_ABANDON};
    for (size_t i = 0; i < from->count; i++) {
        const script_step *step = &from->steps[i];
        const capture_piece piece = {.direction = directions[step->kind],
                                     .octets = step->octets,
                                     .count = step->count,
                                     .line = step->line,
                                     .offset = offset_of_line(text, step->line)};
        sink->piece(sink->context, &piece);
    }
}

static bool play_transcript(capture_reader *in, const buffer *text)
{
    source from;
    transcript what;
    source_from_octets(&from, in->file, text->octets, text->count);
    bool good = transcript_read(&what, &from, in->error);
    if (good) {
        in->sink->begin(in->sink->context, &in->form, &what.script);
        hand_on_steps(in->sink, &what.script, text);
        in->sink->pause(in->sink->context, text->count, text->count);
    }
    transcript_free(&what);
    source_close(&from);
    return good;
}

/* A transcript is short, and read whole. */
static bool read_transcript(capture_reader *in, block *start, int descriptor, bool more)
{
    buffer text = {0};
    buffer_add(&text, start->octets, start->count);
    while (more) {
        start->count = 0;
        more = fill(start, descriptor, in->file, in->error);
        buffer_add(&text, start->octets, start->count);
    }
    bool good = in->error->message[0] == '\0' && play_transcript(in, &text);
    buffer_free(&text);
    return good;
}

static bool read_lines(capture_reader *in, block *from, int descriptor, bool more)
{
    const uint64_t total = size_of(descriptor);
    in->sink->begin(in->sink->context, &in->form, NULL);
    bool good = true;
    while (good) {
        good = in->form.layout == CAPTURE_COUNTED ? take_counted(in, from, !more) : take_lines(in, from, !more);
        in->sink->pause(in->sink->context, in->offset, total);
        if (!more) {
            break;
        }
        more = good && fill(from, descriptor, in->file, in->error);
    }
    capture_flush(in);
    return good && in->error->message[0] == '\0';
}

static bool read_descriptor(int descriptor, const char *file, capture_kind kind, const capture_sink *sink,
                            source_error *error)
{
    block *from = memory_new(sizeof *from);
    bool more = fill_sample(from, descriptor, file, error);
    capture_reader in = {.file = file,
                         .sink = sink,
                         .error = error,
                         .form = capture_sniff(from->octets, from->count, kind),
                         .line = 1,
                         .begins_line = true,
                         .direction = CAPTURE_MIXED,
                         .time_unit_us = 1e6,
                         .separator = ','};
    bool good = error->message[0] == '\0';
    if (good) {
        good = in.form.kind == CAPTURE_TRANSCRIPT ? read_transcript(&in, from, descriptor, more)
                                                  : read_lines(&in, from, descriptor, more);
    }
    buffer_free(&in.octets);
    buffer_free(&in.scratch);
    free(from);
    return good;
}

bool capture_read(const char *file, capture_kind kind, const capture_sink *sink, source_error *error)
{
    bool standard = strcmp(file, "-") == 0;
    const char *name = standard ? "(standard input)" : file;
    error->message[0] = '\0';
    int descriptor = standard ? STDIN_FILENO : open(file, O_RDONLY);
    if (descriptor < 0) {
        snprintf(error->message, sizeof error->message, "%s: expected a readable file: %s", name, strerror(errno));
        return false;
    }
    bool good = read_descriptor(descriptor, name, kind, sink, error);
    if (!standard) {
        close(descriptor);
    }
    return good;
}
