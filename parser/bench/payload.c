/* Payload traffic: pushed and fetched, of any octets, in hex form; a quarter made of what a line reader falls for. */
#include "stream.h"

#include <stdio.h>
#include <string.h>

enum { PAYLOAD_MAX = 1460, HEX_MAX = 730, LINE_LENGTH_MAX = 128, LINKS = 10, HOSTILE_SHARE = 4 };

static const char ordinary[] =
    "{\"device\":\"pump-17\",\"pressure\":4.21,\"valve\":\"open\",\"alarms\":[],\"time\":1735689600}";

/* Pieces of what the module itself could have said, in any order. */
static void fill_hostile(stream *to, uint8_t *out, size_t count)
{
    static const char pieces[][LINE_LENGTH_MAX / 4] = {
        "\r\nOK\r\n",
        "\r\nERROR\r\n",
        "\r\n+IPCLOSE: 0,1\r\n",
        "\r\n+CIPRXGET: 1,0\r\n",
        "\r\n+IPD1460\r\n",
        "\r\nCLOSED\r\n",
        "\r\n> ",
        "\n",
        "\r\r\n",
    };
    static const uint8_t nuls[4] = {0};
    size_t filled = 0;
    while (filled < count) {
        const uint32_t which = stream_pick(to, sizeof pieces / sizeof *pieces + 1);
        const bool is_piece = which < sizeof pieces / sizeof *pieces;
        const void *from = is_piece ? (const void *)pieces[which] : nuls;
        size_t length = is_piece ? strlen(pieces[which]) : sizeof nuls;
        if (length > count - filled)
            length = count - filled;
        memcpy(out + filled, from, length);
        filled += length;
    }
}

static void fill_ordinary(stream *to, uint8_t *out, size_t count)
{
    const bool text = stream_pick(to, 2) == 0;
    for (size_t i = 0; i < count; i++)
        out[i] = text ? (uint8_t)ordinary[i % (sizeof ordinary - 1)] : (uint8_t)stream_pick(to, 256);
}

/* Small messages and full segments in equal number. */
static uint32_t pick_length(stream *to, uint32_t longest)
{
    return 1 + (stream_pick(to, 2) == 0 ? stream_pick(to, 128) : longest / 2 + stream_pick(to, longest / 2));
}

/* One payload in HOSTILE_SHARE octets is hostile; hex digits cannot be. */
static void payload(stream *to, uint32_t count)
{
    uint8_t octets[PAYLOAD_MAX];
    if (to->hostile_octets * HOSTILE_SHARE < to->wire_payload_octets) {
        fill_hostile(to, octets, count);
        to->hostile_octets += count;
    } else {
        fill_ordinary(to, octets, count);
    }
    stream_octets(to, octets, count);
    stream_event(to, ATW_DATA);
    to->expected.payload_octets += count;
    to->wire_payload_octets += count;
}

static void hex_payload(stream *to, uint32_t count)
{
    static const char digits[] = "0123456789ABCDEF";
    uint8_t octets[PAYLOAD_MAX];
    uint8_t wire[2 * PAYLOAD_MAX];
    fill_ordinary(to, octets, count);
    for (size_t i = 0; i < count; i++) {
        wire[2 * i] = (uint8_t)digits[octets[i] >> 4];
        wire[2 * i + 1] = (uint8_t)digits[octets[i] & 15u];
    }
    const size_t length = 2 * (size_t)count;
    stream_octets(to, wire, length);
    stream_event(to, ATW_DATA);
    to->expected.payload_octets += length;
    to->wire_payload_octets += length;
}

static void pushed_with_address(stream *to)
{
    const uint32_t count = pick_length(to, PAYLOAD_MAX);
    stream_module(to, ATW_URC, "\r\nRECV FROM:117.131.85.139:5253\r\n");
    stream_module(to, ATW_URC, "+IPD%u\r\n", count);
    payload(to, count);
    stream_octets(to, (const uint8_t *)"\r\n", 2);
}

static void pushed_with_link(stream *to)
{
    const uint32_t count = pick_length(to, PAYLOAD_MAX);
    stream_module(to, ATW_URC, "\r\n+RECEIVE,%u,%u:\r\n", stream_pick(to, LINKS), count);
    payload(to, count);
    stream_octets(to, (const uint8_t *)"\r\n", 2);
}

static void fetch(stream *to, uint32_t mode, uint32_t count)
{
    const uint32_t link = stream_pick(to, LINKS);
    char line[LINE_LENGTH_MAX];
    (void)snprintf(line, sizeof line, "AT+CIPRXGET=%u,%u,%u", mode, link, count);
    text_command(to, line);
    stream_module(to, ATW_INFO, "\r\n+CIPRXGET: %u,%u,%u,%u\r\n", mode, link, count, stream_pick(to, 4096));
    if (mode == 2)
        payload(to, count);
    else
        hex_payload(to, count);
    stream_octets(to, (const uint8_t *)"\r\n", 2);
    text_ok(to);
}

void payload_step(stream *to)
{
    switch (stream_pick(to, 4)) {
    case 0: pushed_with_address(to); break;
    case 1: pushed_with_link(to); break;
    case 2: fetch(to, 2, pick_length(to, PAYLOAD_MAX)); break;
    default: fetch(to, 3, pick_length(to, HEX_MAX));
    }
}
