/* The parser at full work: classification, typed fields, completion, notes; every event is counted. */
#include "contender.h"

#include <stdio.h>
#include <stdlib.h>

enum { COMMAND_BUFFER_SIZE = 32 };

static uint8_t line_buffer[LINE_BUFFER_SIZE];
static uint8_t command_buffer[COMMAND_BUFFER_SIZE];
static const atw_config config = {
    .line = line_buffer,
    .line_size = sizeof line_buffer,
    .command = command_buffer,
    .command_size = sizeof command_buffer,
    .family = ATW_FAMILY_ANY,
};
static atw_parser parser;
static tally seen;

const tally *atwire_tally(void)
{
    return &seen;
}

static void start(void)
{
    seen = (tally){0};
    if (atw_init(&parser, &config) != ATW_MORE) {
        fputs("atw_init refused the configuration\n", stderr);
        exit(2);
    }
}

static void sent(const uint8_t *octets, size_t count)
{
    atw_sent(&parser, octets, count);
}

/* A payload comes in as many spans as chunks cut it: it counts once, with its last. */
static void count_event(const atw_event *event)
{
    seen.notes += event->notes != 0;
    if (event->kind == ATW_DATA)
        seen.payload_octets += event->text.count;
    if (event->kind != ATW_DATA || event->last)
        seen.events[event->kind]++;
}

static void feed(const uint8_t *octets, size_t count)
{
    atw_event event;
    size_t consumed;
    while (atw_parse(&parser, octets, count, &consumed, &event) == ATW_EVENT) {
        count_event(&event);
        octets += consumed;
        count -= consumed;
    }
}

static size_t count(void)
{
    size_t events = 0;
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        events += seen.events[kind];
    return events;
}

static void feed_nothing(const uint8_t *octets, size_t octet_count)
{
    (void)octets;
    (void)octet_count;
}

const contender contender_atwire = {"atwire", start, sent, feed, count};
const contender contender_host = {"host", start, sent, feed_nothing, count};
