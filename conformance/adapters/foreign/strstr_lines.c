/*
 * A line splitter with strstr, as drivers commonly begin: octets are collected until a line end, the line is
 * searched for known words. It knows nothing of what the host asked for.
 */
#include <stdbool.h>

#include "atwire_adapter.h"

#define RX_SIZE 1024

static char rx[RX_SIZE + 1];
static size_t rx_count;
static size_t payload_left;
static bool transparent;
static bool escaping;

static const char *const finals[] = {"OK", "ERROR", "NO CARRIER", "NO DIALTONE", "NO ANSWER", "BUSY", "CONNECT FAIL"};

static bool is_final(const char *line)
{
    for (size_t i = 0; i < sizeof finals / sizeof finals[0]; i++) {
        if (strstr(line, finals[i]) != NULL) {
            return true;
        }
    }
    return false;
}

static void report(const char *kind, const char *line)
{
    adapter_event(kind, NULL);
    adapter_text(NULL, line, strlen(line));
    adapter_end();
}

/* The three ways in which the module announces payload. */
static void look_for_payload(const char *line)
{
    const char *at;
    int link = 0;
    int count = 0;
    if ((at = strstr(line, "+IPD")) != NULL) {
        count = atoi(at + 4);
    } else if ((at = strstr(line, "+RECEIVE,")) != NULL) {
        sscanf(at, "+RECEIVE,%d,%d", &link, &count);
    } else if ((at = strstr(line, "+CIPRXGET: 2,")) != NULL) {
        sscanf(at, "+CIPRXGET: 2,%d,%d", &link, &count);
    } else if ((at = strstr(line, "+CIPRXGET: 3,")) != NULL && sscanf(at, "+CIPRXGET: 3,%d,%d", &link, &count) == 2) {
        count *= 2;
    }
    payload_left = count > 0 ? (size_t)count : 0;
}

static void take_line(void)
{
    rx[rx_count] = '\0';
    rx_count = 0;
    if (rx[0] == '\0') {
        return;
    }
    bool final = is_final(rx);
    report(final ? "final" : "line", rx);
    if (final) {
        return;
    }
    look_for_payload(rx);
    transparent = strstr(rx, "CONNECT") != NULL;
}

static void take_octet(char octet)
{
    if (octet == '\n') {
        take_line();
    } else if (octet != '\r' && rx_count < RX_SIZE) {
        rx[rx_count++] = octet;
    }
    if (rx_count == 1 && rx[0] == '>') {
        adapter_event("prompt", NULL);
        adapter_end();
        rx_count = 0;
    }
}

/* In transparent mode everything is data until the answer to the escape is found in what came. */
static size_t take_transparent(const uint8_t *octets, size_t count)
{
    static const char end[] = "\r\nOK\r\n";
    for (size_t i = 0; escaping && i + sizeof end - 1 <= count; i++) {
        if (memcmp(octets + i, end, sizeof end - 1) == 0) {
            transparent = escaping = false;
            count = i;
        }
    }
    adapter_data(0, 0, octets, count);
    return count;
}

static size_t take_payload(const uint8_t *octets, size_t count)
{
    size_t taken = count < payload_left ? count : payload_left;
    adapter_data(0, 0, octets, taken);
    payload_left -= taken;
    return taken;
}

static void received(const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count;) {
        if (payload_left > 0) {
            i += take_payload(octets + i, count - i);
        } else if (transparent) {
            i += take_transparent(octets + i, count - i);
        } else {
            take_octet((char)octets[i++]);
        }
    }
}

static void sent(const uint8_t *octets, size_t count)
{
    escaping = escaping || (transparent && count == 3 && memcmp(octets, "+++", 3) == 0);
}

static void escape(void)
{
    escaping = transparent;
}

static void reset(void)
{
    rx_count = payload_left = 0;
    transparent = escaping = false;
}

static void start(const struct adapter_case *one)
{
    (void)one;
    reset();
}

int main(void)
{
    return adapter_run(&(struct adapter_parser){.name = "strstr-lines",
                                                .version = "1",
                                                .level = "framing",
                                                .start = start,
                                                .sent = sent,
                                                .received = received,
                                                .escape = escape,
                                                .abandon = reset});
}
