#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "check_internal.h"
#include "check_manual.h"
#include "memory.h"

void check_open(check *to, const check_options *options, const check_listener *listener)
{
    *to = (check){.options = *options, .listener = *listener, .line_begins = true};
    to->marks = memory_new(CHECK_MARKS_MAX * sizeof *to->marks);
}

void check_begin(check *in, const capture_form *form, const script *transcript)
{
    script_settings settings = script_default_settings();
    in->form = *form;
    in->family = ATW_FAMILY_ANY;
    /* Modules say CLOSED when the peer ends data mode; that the peer itself says so is rarer by far. */
    settings.closed_ends_data = true;
    if (transcript != NULL) {
        in->family = transcript->family;
        settings = transcript->settings;
    }
    in->family = in->options.has_family ? in->options.family : in->family;
    in->exchanges.family = in->family;
    in->exchanges.kept_max = in->options.exchanges_kept;
    settings.line_size = in->options.line_size > 0 ? in->options.line_size : settings.line_size;
    settings.ceiling = in->options.ceiling > 0 ? in->options.ceiling : settings.ceiling;
    in->config = (atw_config){.line = memory_new(settings.line_size),
                              .command = settings.command_size > 0 ? memory_new(settings.command_size) : NULL,
                              .ceiling = settings.ceiling,
                              .line_size = settings.line_size,
                              .command_size = settings.command_size,
                              .family = (uint8_t)in->family,
                              .closed_ends_data = settings.closed_ends_data};
    atw_init(&in->parser, &in->config);
}

void check_close(check *from)
{
    free(from->config.line);
    free(from->config.command);
    free(from->marks);
    check_exchanges_free(&from->exchanges);
    buffer *const buffers[] = {&from->stream_line, &from->host_line, &from->tail,        &from->text[0],
                               &from->text[1],     &from->text[2],   &from->last_command};
    for (size_t i = 0; i < sizeof buffers / sizeof buffers[0]; i++) {
        buffer_free(buffers[i]);
    }
}

check_words check_speak(check *in)
{
    for (size_t i = 0; i < 3; i++) {
        buffer_clear(&in->text[i]);
    }
    return (check_words){&in->text[0], &in->text[1], &in->text[2]};
}

void check_tell(check *in, check_weight weight, const char *rule, const check_place *at)
{
    const check_found found = {.weight = weight,
                               .counts = weight == CHECK_FINDING || in->options.strict,
                               .rule = rule,
                               .what = buffer_string(&in->text[0]),
                               .manual = buffer_string(&in->text[1]),
                               .came = buffer_string(&in->text[2]),
                               .at = *at};
    in->weights[weight]++;
    in->failures += found.counts;
    in->listener.found(in->listener.context, &found);
}

check_place check_place_of(const check *in, uint64_t received)
{
    size_t low = 0;
    size_t high = in->mark_count;
    while (high - low > 1) { /* the last piece that begins at or before it */
        const size_t middle = low + (high - low) / 2;
        if (in->marks[middle].received <= received) {
            low = middle;
        } else {
            high = middle;
        }
    }
    if (in->mark_count == 0) {
        return in->now;
    }
    const check_mark *mark = &in->marks[low];
    check_place place = mark->place;
    place.offset += mark->literal && received > mark->received ? received - mark->received : 0;
    return place;
}

/* Forget the pieces before the one in which the line at hand begins; if there are too many, the second. */
static void add_mark(check *in, const capture_piece *piece)
{
    size_t first = 0;
    while (first + 1 < in->mark_count && in->marks[first + 1].received <= in->tail_start) {
        first++;
    }
    if (first > 0) {
        in->mark_count -= first;
        memmove(in->marks, in->marks + first, in->mark_count * sizeof *in->marks);
    } else if (in->mark_count == CHECK_MARKS_MAX) {
        in->mark_count--;
        memmove(in->marks + 1, in->marks + 2, (in->mark_count - 1) * sizeof *in->marks);
    }
    in->marks[in->mark_count++] = (check_mark){.received = in->received, .place = in->now, .literal = piece->literal};
}

/* The start of the line at hand, to be shown if the capture ends in it. */
static void keep_tail(check *in, const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t octet = octets[i];
        if (octet == '\n') {
            buffer_clear(&in->tail);
            in->tail_start = in->received + i + 1;
        } else if ((in->tail.count > 0 || (octet != '\r' && octet != '\0')) && in->tail.count < CHECK_TAIL_MAX) {
            buffer_octet(&in->tail, (char)octet);
        }
    }
}

static void drop_tail(check *in)
{
    buffer_clear(&in->tail);
    in->tail_start = in->received;
}

/*
 * Feed octets received. With `to_prompt`, stop behind the first prompt. Returns how many were taken.
 */
static size_t receive(check *in, const uint8_t *octets, size_t count, bool to_prompt)
{
    size_t at = 0;
    atw_status status;
    do {
        atw_event event;
        size_t consumed = 0;
        status = atw_parse(&in->parser, octets + at, count - at, &consumed, &event);
        keep_tail(in, octets + at, consumed);
        in->received += consumed;
        at += consumed;
        if (status == ATW_EVENT) {
            if (event.kind != ATW_DONE) {
                drop_tail(in);
            }
            check_event(in, &event);
            if (event.kind == ATW_PROMPT && to_prompt) {
                break;
            }
        }
    } while (status == ATW_EVENT);
    return at;
}

static void receive_text(check *in, const char *text)
{
    receive(in, (const uint8_t *)text, strlen(text), false);
}

/* A command in data mode, behind a line that is a result code: the capture does not show what ended data mode. */
static bool ends_stream(check *in, const uint8_t *line, size_t count)
{
    if (!in->in_stream || !check_is_command(line, count)) {
        return false;
    }
    /* The parser may hold back the line's end, which may begin a code that ends data mode. */
    const buffer *last = &in->stream_line;
    if (!in->stream_ended && !check_ends_data((const uint8_t *)buffer_string(last), last->count)) {
        return false;
    }
    in->assumed.first_line = in->assumed.count == 0 ? in->now.line : in->assumed.first_line;
    in->assumed.count++;
    in->in_stream = false;
    atw_abandon(&in->parser);
    return true;
}

/* What a log leaves out behind a line that the host wrote: a command's CR; data are as they are. */
static void take_sent(check *in, const capture_piece *piece)
{
    ends_stream(in, piece->octets, piece->count);
    bool data = in->in_stream || in->host_owes > 0 || in->host_owes_end || (in->host_may_owe && in->prompted);
    check_host_sent(in, piece->octets, piece->count);
    if (piece->ends_line && !data) {
        check_host_sent(in, (const uint8_t *)"\r", 1);
    }
}

static void take_received(check *in, const capture_piece *piece)
{
    add_mark(in, piece);
    if (piece->ends_line && in->in_stream && check_ends_data(piece->octets, piece->count)) {
        receive_text(in, "\r\n");
    }
    receive(in, piece->octets, piece->count, false);
    if (piece->ends_line) {
        receive_text(in, "\r\n");
    }
}

/* A line that begins with AT: the host's command, and its echo. A command logged before its echo comes twice. */
static void take_echo(check *in, const uint8_t *line, size_t count)
{
    const size_t length = check_trim(line, count);
    bool again = in->last_command.count == length && length > 0 && memcmp(in->last_command.octets, line, length) == 0;
    if (again) {
        buffer_clear(&in->last_command);
        return;
    }
    buffer_clear(&in->last_command);
    buffer_add(&in->last_command, line, length);
    check_host_sent(in, line, length);
    check_host_sent(in, (const uint8_t *)"\r", 1);
    receive(in, line, count, false);
}

/*
 * Behind a prompt: the host's payload, as far as it is echoed. Returns how many octets it takes; 0: there is none, the
 * answer follows at once.
 */
static size_t take_payload(check *in, const uint8_t *octets, size_t count)
{
    size_t blanks = 0;
    while (blanks < count && memchr(" \r\n", octets[blanks], 3) != NULL) {
        blanks++;
    }
    if (blanks > 0) {
        return receive(in, octets, blanks, false);
    }
    const size_t length = check_trim(octets, count);
    if (check_is_answer(octets, count) && in->host_owes != length) {
        in->prompted = false;
        return 0;
    }
    size_t taken = in->host_owes > 0 && in->host_owes < count ? (size_t)in->host_owes : count;
    const uint8_t *end = in->host_owes > 0 ? NULL : memchr(octets, 0x1a, count);
    taken = end != NULL ? (size_t)(end - octets) + 1 : taken;
    check_host_sent(in, octets, taken);
    in->prompted = in->host_owes > 0 || in->host_owes_end || in->host_may_owe;
    receive(in, octets, taken, false);
    return taken;
}

/* One step through a line without a direction. Returns how many octets it took. */
static size_t take_part(check *in, const uint8_t *octets, size_t count)
{
    const bool begins = in->line_begins;
    in->line_begins = false;
    if (in->payload_left > 0) {
        size_t payload = in->payload_left < count ? (size_t)in->payload_left : count;
        in->line_begins = payload == in->payload_left;
        return receive(in, octets, payload, false);
    }
    if (in->in_stream && !(begins && ends_stream(in, octets, count))) {
        return receive(in, octets, count, false);
    }
    if (in->prompted) {
        return take_payload(in, octets, count);
    }
    if (begins && check_is_command(octets, count)) {
        take_echo(in, octets, count);
        return count;
    }
    if (check_trim(octets, count) > 0) {
        buffer_clear(&in->last_command);
    }
    return receive(in, octets, count, true);
}

static void take_mixed(check *in, const capture_piece *piece)
{
    add_mark(in, piece);
    for (size_t at = 0; at < piece->count;) {
        at += take_part(in, piece->octets + at, piece->count - at);
    }
    if (piece->ends_line) {
        receive_text(in, "\r\n");
    }
    in->line_begins = piece->ends_line || (piece->count > 0 && piece->octets[piece->count - 1] == '\n');
}

static capture_direction direction_of(const check *in, const capture_piece *piece)
{
    if (!in->options.swap || piece->direction > CAPTURE_RECEIVED) {
        return piece->direction;
    }
    return piece->direction == CAPTURE_SENT ? CAPTURE_RECEIVED : CAPTURE_SENT;
}

void check_piece(check *in, const capture_piece *piece)
{
    in->now = (check_place){
        .line = piece->line, .offset = piece->offset, .has_time = piece->has_time, .time_us = piece->time_us};
    in->lines = piece->line;
    switch (direction_of(in, piece)) {
    case CAPTURE_SENT:
        in->form.marks = true;
        take_sent(in, piece);
        break;
    case CAPTURE_RECEIVED:
        in->form.marks = true;
        take_received(in, piece);
        break;
    case CAPTURE_MIXED: take_mixed(in, piece); break;
    case CAPTURE_DTR: atw_escape(&in->parser); break;
    case CAPTURE_ABANDON:
        check_end_exchanges(in, CHECK_ABANDONED);
        check_host_owes_nothing(in);
        in->in_stream = false;
        in->payload_left = 0;
        drop_tail(in);
        atw_abandon(&in->parser);
        break;
    default: break;
    }
}

static void tell_unfinished_line(check *in)
{
    const check_place at = check_place_of(in, in->tail_start);
    check_words say = check_speak(in);
    buffer_text(say.what, "the capture ends inside a line");
    buffer_text(say.manual, "a line ends with CR LF (ITU-T V.250 5.7.1)");
    buffer_escape(say.came, in->tail.octets, in->tail.count);
    check_tell(in, CHECK_REMARK, "unfinished-line", &at);
}

static void tell_unfinished_payload(check *in)
{
    check_words say = check_speak(in);
    buffer_format(say.what, "the capture ends inside a payload: %llu of %llu octets came",
                  (unsigned long long)(in->payload_total - in->payload_left), (unsigned long long)in->payload_total);
    buffer_text(say.manual, "as many octets as the line before counts (A7600 2.5, 2.13)");
    check_tell(in, CHECK_REMARK, "unfinished-payload", &in->now);
}

/* Prose, a log of something else, or a form that was told wrong: that nothing deviates would be said of any of them. */
static void tell_nothing_known(check *in)
{
    const check_place start = {.line = 1};
    check_words say = check_speak(in);
    buffer_text(say.what, "no command, and no line that a module is known to send, in the whole capture");
    buffer_text(say.manual, "nothing of it is in any manual; perhaps the capture is of another form: --input, --swap");
    check_tell(in, CHECK_FINDING, "nothing-known", &start);
}

void check_end(check *in)
{
    const bool empty = in->received + in->sent == 0;
    if (!empty && !in->known && in->exchanges.count == 0 && in->form.kind != CAPTURE_TRANSCRIPT) {
        tell_nothing_known(in);
    }
    if (in->payload_left > 0) {
        tell_unfinished_payload(in);
    } else if (check_trim((const uint8_t *)buffer_string(&in->tail), in->tail.count) > 0 && !in->in_stream) {
        tell_unfinished_line(in);
    }
    check_end_exchanges(in, CHECK_OPEN);
}
