#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "sweeps.h"

/* The payload's octets; one of them at a time takes every value. */
#define SIZE 6
static const uint8_t plain[SIZE] = {'a', 'b', 'c', 'd', 'e', 'f'};

/* A way to carry a payload: what the host sends before, what the module sends around it, and the events. */
typedef struct carrier {
    const char *sent;
    const char *before;
    const char *after;
    const char *lines_before[3];
    const char *form;
    const char *lines_after[3];
    bool hex; /* carries SIZE / 2 octets */
} carrier;

static const carrier carriers[] = {
    {"",
     "\r\n+IPD6\r\n",
     "\r\n+IPCLOSE: 1,1\r\n",
     {"urc IPD len=6"},
     "data len=6",
     {"urc IPCLOSE client_index=1 close_reason=1"},
     false},
    {"",
     "\r\n+IPD6\r\n",
     "+IPD6\r\n123456",
     {"urc IPD len=6"},
     "data len=6",
     {"urc IPD len=6", "data len=6 \"123456\""},
     false},
    {"", "\r\n+RECEIVE,1,6\r\n", "\r\nRING\r\n", {"urc RECEIVE link_num=1 len=6"}, "data len=6", {"urc RING"}, false},
    {"", "\r\n+RECEIVE,1,6:\r\n", "\r\nRING\r\n", {"urc RECEIVE link_num=1 len=6"}, "data len=6", {"urc RING"}, false},
    {"AT+CIPRXGET=2,1,6\r",
     "\r\n+CIPRXGET: 2,1,6,0\r\n",
     "\r\n\r\nOK\r\n",
     {"info CIPRXGET mode=2 link_num=1 read_len=6 rest_len=0"},
     "data len=6",
     {"final OK", "done CIPRXGET ok link_num=1"},
     false},
    {"AT+CIPRXGET=3,1,3\r",
     "\r\n+CIPRXGET: 3,1,3,0\r\n",
     "\r\n\r\nOK\r\n",
     {"info CIPRXGET mode=3 link_num=1 read_len=3 rest_len=0"},
     "data len=3 form=hex",
     {"final OK", "done CIPRXGET ok link_num=1"},
     true},
    {"ATO\r", "\r\nCONNECT 115200\r\n", "", {"connect text=\"115200\"", "done O ok"}, "stream", {NULL}, false},
};

static size_t add_lines(const char **to, const char *const *lines)
{
    size_t count = 0;
    while (count < 3 && lines[count] != NULL) {
        to[count] = lines[count];
        count++;
    }
    return count;
}

/* RECEIVE is not in every manual: where it is not, the event says so. */
static bool is_noted(const carrier *how, atw_family family)
{
    return family == ATW_FAMILY_SIM7X00 && strstr(how->before, "RECEIVE") != NULL;
}

static bool play_carrier(player *with, atw_family family, const carrier *how, const uint8_t payload[SIZE], buffer *why)
{
    buffer wire = {0};
    buffer data = {0};
    buffer header = {0};
    buffer_text(&wire, how->before);
    buffer_add(&wire, payload, SIZE);
    buffer_text(&wire, how->after);
    buffer_format(&data, "%s \"", how->form);
    buffer_escape(&data, payload, SIZE);
    buffer_text(&data, "\"");
    buffer_format(&header, "%s%s", how->lines_before[0], is_noted(how, family) ? " ~not-in-manual" : "");
    const char *lines[8];
    size_t count = add_lines(lines, how->lines_before);
    lines[0] = header.octets;
    lines[count++] = data.octets;
    count += add_lines(lines + count, how->lines_after);
    script_step steps[] = {{.kind = STEP_SENT, .octets = (const uint8_t *)how->sent, .count = strlen(how->sent)},
                           {.kind = STEP_RECEIVED, .octets = (const uint8_t *)wire.octets, .count = wire.count}};
    script what = {.family = family, .settings = script_default_settings(), .steps = steps, .count = 2};
    bool good = true;
    for (size_t width = 0; good && width <= 3; width++) {
        good = oracle_lossless(with, &what, &(cutting){.width = width}, why) &&
               oracle_lines(&with->log, lines, count, why);
    }
    if (!good) {
        sweep_show(why, "payload", &what);
    }
    buffer_free(&wire);
    buffer_free(&data);
    buffer_free(&header);
    return good;
}

bool sweep_payload(atw_family family, buffer *why)
{
    player with;
    script_settings settings = script_default_settings();
    player_open(&with, family, &settings);
    bool good = true;
    for (size_t i = 0; good && i < sizeof carriers / sizeof carriers[0]; i++) {
        for (unsigned at = 0; good && at < SIZE * 256; at++) {
            uint8_t payload[SIZE];
            memcpy(payload, plain, SIZE);
            payload[at / 256] = (uint8_t)(at % 256);
            good = play_carrier(&with, family, &carriers[i], payload, why);
        }
    }
    player_close(&with);
    return good;
}
