/* Logs: a line is a time stamp, a direction mark, and text or octets. */
#include <string.h>

#include "capture_reader.h"

static void hand_on_text(capture_reader *in, const char *text, size_t count, size_t start)
{
    const capture_piece piece = {.direction = in->direction,
                                 .octets = (const uint8_t *)text + start,
                                 .count = count - start,
                                 .ends_line = in->ends_line,
                                 .literal = true,
                                 .line = in->line,
                                 .offset = in->offset + start,
                                 .has_time = in->has_time,
                                 .time_us = in->time_us};
    in->sink->piece(in->sink->context, &piece);
}

static bool hand_on_octets(capture_reader *in, const char *text, size_t start)
{
    buffer_clear(&in->scratch);
    if (!capture_octets_read(&in->scratch, in->form.style, text + start)) {
        return capture_fail(in, "expected octets as hex digits in column %zu", start + 1);
    }
    capture_gather(in, in->direction, in->scratch.octets, in->scratch.count);
    return true;
}

/* What stands before the text. Returns its length; `speaks` is false if the line is the logger's own. */
static size_t read_head(capture_reader *in, const char *text, bool *speaks)
{
    size_t start = 0;
    capture_stamp stamp;
    bool stamped = false;
    if (in->form.stamps && (start = capture_stamp_read(text, &stamp)) > 0) {
        capture_set_time(in, &stamp);
        stamped = true;
    }
    capture_mark mark;
    const size_t length = in->form.marks ? capture_mark_read(text + start, &mark) : 0;
    *speaks = !(in->form.marks && stamped && length == 0);
    if (length > 0) {
        capture_flush(in);
        in->direction = mark == CAPTURE_MARK_SENT ? CAPTURE_SENT : CAPTURE_RECEIVED;
    }
    return start + length;
}

bool capture_log_line(capture_reader *in, char *text, size_t count)
{
    bool speaks = true;
    size_t start = in->begins_line ? read_head(in, text, &speaks) : 0;
    if (!speaks) {
        return true;
    }
    if (in->form.style == CAPTURE_TEXT) {
        size_t end = count;
        while (in->ends_line && end > start && text[end - 1] == '\r') {
            end--;
        }
        hand_on_text(in, text, end, start);
        return true;
    }
    text[strcspn(text, "\r")] = '\0';
    return hand_on_octets(in, text, start < strlen(text) ? start : strlen(text));
}
