/*
 * A byte-wise state machine with a fixed buffer, as drivers for small controllers commonly are: one octet a call, a
 * table of prefixes, the last command kept to tell an answer from an unsolicited line.
 */
#include <stdbool.h>

#include "atwire_adapter.h"

#define LINE_SIZE 256
#define COMMAND_SIZE 64

enum state { AT_START, IN_LINE, IN_PAYLOAD, TRANSPARENT };

static enum state state;
static char line[LINE_SIZE + 1];
static size_t line_count;
static char command[COMMAND_SIZE + 1]; /* the last one sent */
static size_t command_count;
static bool command_open; /* it has not met its CR yet */
static bool waiting;      /* for its final result code */
static bool echo_due;
static bool prompt_due;
static bool escaping;
static size_t payload_size;
static size_t payload_left;
static bool payload_hex;
static size_t matched; /* octets of what ends transparent mode */

static const char data_end[] = "\r\nOK\r\n";

/* What a line with this prefix is: answers are reported as unsolicited unless their command waits. */
static const struct {
    const char *prefix;
    const char *kind;
} prefixes[] = {
    {"CIPOPEN", "result"},  {"CIPCLOSE", "result"},   {"CIPSEND", "result"}, {"NETOPEN", "result"},
    {"NETCLOSE", "result"}, {"SERVERSTOP", "result"}, {"CDNSGIP", "result"}, {"CIPERROR", "error"},
    {"CME ERROR", "final"}, {"CMS ERROR", "final"},   {"IP ERROR", "error"}, {"IPCLOSE", "urc"},
    {"CIPEVENT", "urc"},    {"CLIENT", "urc"},        {"RECEIVE", "urc"},    {"IPD", "urc"},
};

static const char *const finals[] = {"OK", "ERROR", "NO CARRIER", "NO DIALTONE", "NO ANSWER", "BUSY", "CONNECT FAIL"};
static const char *const words[] = {"CLOSED", "RING", "RDY", "QCRDY", "SMS DONE", "PB DONE", "NORMAL POWER DOWN"};
static const char *const asks_for_data[] = {"AT+CIPSEND=", "AT+CMGS=", "AT+CMGW="};

static bool starts(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static bool is_one_of(const char *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, list[i]) == 0) {
            return true;
        }
    }
    return false;
}
#define IS_ONE_OF(text, list) is_one_of(text, list, sizeof(list) / sizeof(list)[0])

static void report(const char *kind, const char *name, size_t length)
{
    char text[40];
    snprintf(text, sizeof text, "%.*s", (int)length, name);
    adapter_event(kind, text);
    adapter_end();
}

static void report_text(const char *kind)
{
    adapter_event(kind, NULL);
    adapter_text(NULL, line, line_count);
    adapter_end();
}

/* Whether the last command is AT+NAME, in the form that this sign begins; 0: in any. */
static bool is_waiting_for(const char *name, size_t length, char form)
{
    if (!waiting || !starts(command, "AT+") || strncmp(command + 3, name, length) != 0) {
        return false;
    }
    char behind = command[3 + length];
    return form == '\0' ? behind == '\0' || behind == '=' || behind == '?' : behind == form;
}

static unsigned count_fields(const char *fields)
{
    unsigned count = 1;
    for (bool quoted = false; *fields != '\0'; fields++) {
        quoted ^= *fields == '"';
        count += *fields == ',' && !quoted;
    }
    return count;
}

/* The answer to a query of the links has other shapes than a result; so has a test form. */
static bool is_info(const char *name, size_t length, const char *fields)
{
    unsigned count = count_fields(fields);
    if (*fields == '(') {
        return true;
    }
    if (strncmp(name, "CIPOPEN", length) == 0) {
        return count != 2;
    }
    if (strncmp(name, "CIPCLOSE", length) == 0) {
        return count > 2 || is_waiting_for(name, length, '?');
    }
    return strncmp(name, "NETOPEN", length) == 0 && is_waiting_for(name, length, '?');
}

static const char *kind_of(const char *name, size_t length, const char *fields)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (strlen(prefixes[i].prefix) == length && memcmp(prefixes[i].prefix, name, length) == 0) {
            bool info = strcmp(prefixes[i].kind, "result") == 0 && is_info(name, length, fields);
            return info ? "info" : prefixes[i].kind;
        }
    }
    if (length == 8 && starts(name, "CIPRXGET") && starts(fields, "1,")) {
        return "urc";
    }
    return is_waiting_for(name, length, '\0') ? "info" : "urc";
}

static void look_for_payload(const char *fields)
{
    int mode = 0;
    int link = 0;
    int count = 0;
    payload_hex = false;
    if (starts(line, "+IPD")) {
        count = atoi(line + 4);
    } else if (starts(line, "+RECEIVE,")) {
        sscanf(line, "+RECEIVE,%d,%d", &link, &count);
    } else if (starts(line, "+CIPRXGET:") && sscanf(fields, "%d,%d,%d,", &mode, &link, &count) == 3) {
        payload_hex = mode == 3;
        count = mode == 2 || mode == 3 ? count : 0;
    }
    payload_size = count > 0 ? (size_t)count : 0;
    payload_left = payload_hex ? 2 * payload_size : payload_size;
}

static void take_prefixed(void)
{
    size_t length = starts(line, "+IPD") ? 3 : strcspn(line + 1, starts(line, "+RECEIVE") ? "," : ":");
    const char *fields = line + 1 + length;
    fields += strspn(fields, ": ");
    const char *kind = kind_of(line + 1, length, fields);
    report(kind, line + 1, length);
    waiting = waiting && strcmp(kind, "final") != 0;
    look_for_payload(fields);
}

static void take_line(void)
{
    line[line_count] = '\0';
    if (echo_due && strcmp(line, command) == 0) {
        echo_due = false;
        report_text("echo");
    } else if (IS_ONE_OF(line, finals)) {
        waiting = prompt_due = false;
        report("final", line, line_count);
    } else if (IS_ONE_OF(line, words)) {
        report("urc", line, line_count);
    } else if (starts(line, "CONNECT")) {
        state = TRANSPARENT;
        adapter_event("connect", NULL);
        adapter_end();
    } else if (starts(line, "RECV FROM:")) {
        report("urc", line, 9);
    } else if (line[0] == '+') {
        take_prefixed();
    } else {
        report_text("text");
    }
}

static void end_line(void)
{
    state = AT_START;
    if (line_count > 0) {
        take_line();
    }
    line_count = 0;
    if (payload_left > 0) {
        state = IN_PAYLOAD;
    }
}

static void take_line_octet(char octet)
{
    if (octet == '\n') {
        end_line();
    } else if (state == AT_START && octet == '>' && prompt_due) {
        prompt_due = false;
        adapter_event("prompt", NULL);
        adapter_end();
    } else if (octet != '\r' && !(state == AT_START && (octet == ' ' || octet == '\0'))) {
        state = IN_LINE;
        if (line_count < LINE_SIZE) {
            line[line_count++] = octet;
        }
    }
}

static void take_payload_octet(char octet)
{
    adapter_data(payload_size, payload_hex, &octet, 1);
    if (--payload_left == 0) {
        state = AT_START;
    }
}

/* Data until the end that the escape asked for; what looked like it and was not is data after all. */
static void take_transparent_octet(char octet)
{
    if (escaping && octet == data_end[matched]) {
        if (++matched == sizeof data_end - 1) {
            state = AT_START;
            escaping = false;
            matched = 0;
            report("final", "OK", 2);
        }
        return;
    }
    adapter_stream(data_end, matched);
    matched = escaping && octet == data_end[0];
    if (matched == 0) {
        adapter_stream(&octet, 1);
    }
}

static void received(const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        switch (state) {
        case IN_PAYLOAD: take_payload_octet((char)octets[i]); break;
        case TRANSPARENT: take_transparent_octet((char)octets[i]); break;
        default: take_line_octet((char)octets[i]); break;
        }
    }
}

static void end_command(void)
{
    command[command_count] = '\0';
    command_open = false;
    command_count = 0;
    waiting = echo_due = true;
    for (size_t i = 0; i < sizeof asks_for_data / sizeof asks_for_data[0]; i++) {
        prompt_due = prompt_due || starts(command, asks_for_data[i]);
    }
}

/* Only what begins with AT is a command: the rest is payload. */
static void sent(const uint8_t *octets, size_t count)
{
    if (state == TRANSPARENT) {
        escaping = escaping || (count == 3 && memcmp(octets, "+++", 3) == 0);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        command_open = command_open || octets[i] == 'A' || octets[i] == 'a';
        if (command_open && octets[i] == '\r') {
            end_command();
        } else if (command_open && command_count < COMMAND_SIZE) {
            command[command_count++] = (char)octets[i];
        }
    }
}

static void escape(void)
{
    escaping = state == TRANSPARENT;
}

static void reset(void)
{
    state = AT_START;
    line_count = command_count = payload_left = matched = 0;
    command[0] = '\0';
    command_open = waiting = echo_due = prompt_due = escaping = false;
}

static void start(const struct adapter_case *one)
{
    (void)one;
    reset();
}

int main(void)
{
    return adapter_run(&(struct adapter_parser){.name = "byte-machine",
                                                .version = "1",
                                                .level = "classify",
                                                .start = start,
                                                .sent = sent,
                                                .received = received,
                                                .escape = escape,
                                                .abandon = reset});
}
