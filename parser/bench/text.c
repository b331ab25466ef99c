/* Ordinary traffic: polls, connections opened, used and closed, unsolicited result codes, errors. */
#include "stream.h"

#include <stdio.h>
#include <string.h>

enum { COMMAND_LENGTH_MAX = 128, LINKS = 10 };

void text_command(stream *to, const char *line)
{
    stream_host(to, "%s\r", line);
    if (to->echo)
        stream_module(to, ATW_ECHO, "%s\r", line);
}

void text_ok(stream *to)
{
    stream_module(to, ATW_FINAL, "\r\nOK\r\n");
    stream_event(to, ATW_DONE);
}

static void error(stream *to)
{
    stream_module(to, ATW_FINAL, "\r\nERROR\r\n");
    stream_event(to, ATW_DONE);
}

static void unsolicited(stream *to)
{
    const uint32_t link = stream_pick(to, LINKS);
    switch (stream_pick(to, 5)) {
    case 0: stream_module(to, ATW_URC, "\r\n+IPCLOSE: %u,1\r\n", link); break;
    case 1: stream_module(to, ATW_URC, "\r\n+CIPRXGET: 1,%u\r\n", link); break;
    case 2: stream_module(to, ATW_URC, "\r\n+CREG: %u\r\n", 1 + 4 * stream_pick(to, 2)); break;
    case 3:
        stream_module(to, ATW_URC, "\r\n+CLIENT: %u,%u,192.168.108.%u:%u\r\n", link, stream_pick(to, 4),
                      1 + stream_pick(to, 254), 1024 + stream_pick(to, 60000));
        break;
    default: stream_module(to, ATW_URC, "\r\nRECV FROM:117.131.85.139:%u\r\n", 1024 + stream_pick(to, 60000));
    }
}

/* Before an answer's line an unsolicited result code may come. */
static void perhaps_unsolicited(stream *to)
{
    if (stream_pick(to, 16) == 0)
        unsolicited(to);
}

static void poll_signal(stream *to)
{
    text_command(to, "AT+CSQ");
    perhaps_unsolicited(to);
    stream_module(to, ATW_INFO, "\r\n+CSQ: %u,%u\r\n", stream_pick(to, 32), stream_pick(to, 8));
    text_ok(to);
}

static void poll_registration(stream *to)
{
    const char *name = stream_pick(to, 2) == 0 ? "CREG" : "CGREG";
    char line[COMMAND_LENGTH_MAX];
    (void)snprintf(line, sizeof line, "AT+%s?", name);
    text_command(to, line);
    perhaps_unsolicited(to);
    stream_module(to, ATW_INFO, "\r\n+%s: 0,%u\r\n", name, stream_pick(to, 6));
    text_ok(to);
}

static void open_link(stream *to)
{
    const uint32_t link = stream_pick(to, LINKS);
    char line[COMMAND_LENGTH_MAX];
    (void)snprintf(line, sizeof line, "AT+CIPOPEN=%u,\"TCP\",\"117.131.85.%u\",%u", link, stream_pick(to, 256),
                   1024 + stream_pick(to, 60000));
    text_command(to, line);
    if (stream_pick(to, 8) == 0) {
        stream_module(to, ATW_RESULT, "\r\n+CIPOPEN: %u,4\r\n", link);
        error(to);
        return;
    }
    stream_module(to, ATW_FINAL, "\r\nOK\r\n");
    perhaps_unsolicited(to);
    stream_module(to, ATW_RESULT, "\r\n+CIPOPEN: %u,0\r\n", link);
    stream_event(to, ATW_DONE);
}

static void send_data(stream *to)
{
    static const char letters[] = "temperature=21.5;humidity=43;battery=3.71;uptime=86400;sequence=000123;rssi=-71;end";
    const uint32_t link = stream_pick(to, LINKS);
    const uint32_t length = 1 + stream_pick(to, sizeof letters - 1);
    char line[COMMAND_LENGTH_MAX];
    (void)snprintf(line, sizeof line, "AT+CIPSEND=%u,%u", link, length);
    text_command(to, line);
    stream_module(to, ATW_PROMPT, "\r\n>");
    stream_host(to, "%.*s", (int)length, letters);
    stream_module(to, ATW_FINAL, "\r\nOK\r\n");
    perhaps_unsolicited(to);
    stream_module(to, ATW_RESULT, "\r\n+CIPSEND: %u,%u,%u\r\n", link, length, length);
    stream_event(to, ATW_DONE);
}

static void close_link(stream *to)
{
    const uint32_t link = stream_pick(to, LINKS);
    char line[COMMAND_LENGTH_MAX];
    (void)snprintf(line, sizeof line, "AT+CIPCLOSE=%u", link);
    text_command(to, line);
    stream_module(to, ATW_FINAL, "\r\nOK\r\n");
    perhaps_unsolicited(to);
    stream_module(to, ATW_RESULT, "\r\n+CIPCLOSE: %u,0\r\n", link);
    stream_event(to, ATW_DONE);
}

static void fail_send(stream *to)
{
    static const char *const causes[] = {"Network not opened", "Connection is not created", "Invalid parameter"};
    char line[COMMAND_LENGTH_MAX];
    (void)snprintf(line, sizeof line, "AT+CIPSEND=%u,", stream_pick(to, LINKS));
    text_command(to, line);
    stream_module(to, ATW_ERROR, "\r\n+IP ERROR: %s\r\n", causes[stream_pick(to, 3)]);
    error(to);
}

static void switch_echo(stream *to)
{
    text_command(to, to->echo ? "ATE0" : "ATE1");
    text_ok(to);
    to->echo = !to->echo;
}

void text_step(stream *to)
{
    static void (*const steps[])(stream *) = {
        poll_signal, poll_registration, poll_registration, open_link,   send_data,
        send_data,   close_link,        fail_send,         unsolicited, unsolicited,
    };
    if (stream_pick(to, 256) == 0)
        switch_echo(to);
    else
        steps[stream_pick(to, sizeof steps / sizeof *steps)](to);
}
