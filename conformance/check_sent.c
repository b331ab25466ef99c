/* The host's side: command lines become exchanges, payloads are told from commands. */
#include <string.h>

#include "check_internal.h"
#include "check_manual.h"

/* Longest command line that is looked at. */
#define HOST_LINE_MAX 1024

static void tell_unended(check *in, const check_exchange *one)
{
    check_words say = check_speak(in);
    if (one->outcome == CHECK_NO_FINAL) {
        buffer_format(say.what, "no final result code for %s before the next command", one->command.text);
        buffer_text(say.manual, "a command line is answered by a final result code (ITU-T V.250 5.7.1; ");
    } else {
        buffer_format(say.what, "no result line for %s before the same command", one->command.text);
        buffer_text(say.manual, "the command has a result line besides its final result code (");
    }
    check_manual_command(say.manual, one->command.id);
    buffer_text(say.manual, ")");
    check_tell(in, CHECK_FINDING, one->outcome == CHECK_NO_FINAL ? "no-final-code" : "no-result", &one->sent);
}

static void tell_open(check *in, const check_exchange *one)
{
    check_words say = check_speak(in);
    buffer_format(say.what, "%s waits for its %s", one->command.text,
                  one->has_final ? "result line" : "final result code");
    buffer_text(say.manual, "the capture ends before it (");
    check_manual_command(say.manual, one->command.id);
    buffer_text(say.manual, ")");
    check_tell(in, CHECK_REMARK, "open-exchange", &one->sent);
}

static void tell_late(check *in, const check_exchange *one)
{
    const char *clause;
    check_words say = check_speak(in);
    bool over = one->timed;
    buffer_format(say.what, "%s %s %.3f s", one->command.text, over ? "took" : "is not answered after",
                  (double)one->duration_us / 1e6);
    uint32_t most = check_max_ms(one->command.id, one->command.form, in->family, &clause);
    buffer_format(say.manual, "%.3f s at most (%s)", (double)most / 1e3, clause);
    check_tell(in, CHECK_FINDING, "late", &one->sent);
}

void check_end_exchange(check *in, check_exchange *which, check_outcome outcome)
{
    const check_exchange *one = check_exchanges_end(&in->exchanges, which, outcome, &in->now);
    if (outcome == CHECK_NO_FINAL || outcome == CHECK_NO_RESULT) {
        tell_unended(in, one);
    }
    if (outcome == CHECK_OPEN) {
        tell_open(in, one);
    }
    if (one->late) {
        tell_late(in, one);
    }
}

void check_end_exchanges(check *in, check_outcome outcome)
{
    while (in->exchanges.open_count > 0) {
        check_end_exchange(in, &in->exchanges.open[0], outcome);
    }
}

void check_host_owes_nothing(check *in)
{
    in->host_owes = 0;
    in->host_owes_end = false;
    in->host_may_owe = false;
    in->prompted = false;
    buffer_clear(&in->host_line);
}

static void begin_exchange(check *in, const check_request *command)
{
    check_exchange *older = check_exchanges_pending(&in->exchanges);
    if (older != NULL) {
        check_end_exchange(in, older, CHECK_NO_FINAL);
    }
    older = check_exchanges_same(&in->exchanges, command);
    if (older != NULL) {
        check_end_exchange(in, older, CHECK_NO_RESULT);
    }
    check_host_owes_nothing(in);
    check_exchanges_begin(&in->exchanges, command, &in->host_start);
    in->had_command = true;
    in->host_owes = command->data == CHECK_COUNTED_DATA ? command->length : 0;
    in->host_owes_end = command->data == CHECK_ENDED_DATA;
    in->host_may_owe = command->data == CHECK_UNKNOWN_DATA;
}

static void end_host_line(check *in)
{
    check_request command;
    const buffer line = in->host_line;
    in->host_line = (buffer){0};
    if (line.count > 0 && check_request_read(&command, (const uint8_t *)line.octets, line.count)) {
        begin_exchange(in, &command);
    }
    buffer_free((buffer *)&line);
}

static void take_octet(check *in, uint8_t octet)
{
    if (in->host_owes > 0) {
        in->host_owes--;
    } else if (in->host_owes_end) {
        in->host_owes_end = octet != 0x1a && octet != 0x1b;
    } else if (in->host_may_owe && in->prompted) {
        return;
    } else if (octet == '\r') {
        end_host_line(in);
    } else if (octet != '\n' && in->host_line.count < HOST_LINE_MAX) {
        in->host_start = in->host_line.count == 0 ? in->now : in->host_start;
        buffer_octet(&in->host_line, (char)octet);
    }
}

void check_host_sent(check *in, const uint8_t *octets, size_t count)
{
    atw_sent(&in->parser, octets, count);
    in->sent += count;
    for (size_t i = 0; i < count && !in->in_stream; i++) {
        take_octet(in, octets[i]);
    }
}
