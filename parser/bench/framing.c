/*
 * Line framing by memchr, and nothing else: CRs trimmed, empty lines skipped, a line that a chunk cuts is copied once, each line
 * handed to the sink. It knows no prefix and no payload, so it does less than any reader must.
 */
#include "contender.h"

#include <string.h>

static uint8_t buffer[LINE_BUFFER_SIZE];
static size_t held;

static void start(void)
{
    held = 0;
    sink_start();
}

static void take_line(const uint8_t *line, const uint8_t *end)
{
    while (line < end && *line == '\r')
        line++;
    while (line < end && end[-1] == '\r')
        end--;
    if (line < end)
        sink_line(line, (size_t)(end - line));
}

static void hold(const uint8_t *octets, size_t count)
{
    const size_t room = sizeof buffer - held;
    if (count > room)
        count = room;
    memcpy(buffer + held, octets, count);
    held += count;
}

static void feed(const uint8_t *octets, size_t count)
{
    const uint8_t *const end = octets + count;
    const uint8_t *line_feed;
    while (octets < end && (line_feed = memchr(octets, '\n', (size_t)(end - octets))) != NULL) {
        if (held > 0) {
            hold(octets, (size_t)(line_feed - octets));
            take_line(buffer, buffer + held);
            held = 0;
        } else {
            take_line(octets, line_feed);
        }
        octets = line_feed + 1;
    }
    hold(octets, (size_t)(end - octets));
}

const contender contender_framing = {"framing", start, NULL, feed, sink_count};
