/*
 * A minimal state machine, one step an octet, and nothing else: CRs and empty lines skipped at a line's start, octets stored, each line
 * handed to the sink.
 */
#include "contender.h"

static uint8_t buffer[LINE_BUFFER_SIZE];
static size_t held;
static enum { AT_LINE_START, IN_LINE } state;

static void start(void)
{
    held = 0;
    state = AT_LINE_START;
    sink_start();
}

static void store(uint8_t octet)
{
    if (held < sizeof buffer)
        buffer[held++] = octet;
}

static void end_line(void)
{
    while (held > 0 && buffer[held - 1] == '\r')
        held--;
    sink_line(buffer, held);
    held = 0;
    state = AT_LINE_START;
}

static void take(uint8_t octet)
{
    switch (state) {
    case AT_LINE_START:
        if (octet != '\r' && octet != '\n') {
            store(octet);
            state = IN_LINE;
        }
        break;
    default:
        if (octet == '\n')
            end_line();
        else
            store(octet);
    }
}

static void feed(const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        take(octets[i]);
}

const contender contender_machine = {"machine", start, NULL, feed, sink_count};
