/*
 * A reader with strtok and sscanf, as application code commonly is: what came is cut at line ends, each line's
 * fields at commas, and what they mean is looked up by prefix and count. It takes only the commands that it knows.
 */
#include <stdbool.h>

#include "atwire_adapter.h"

#define RX_SIZE 2048
#define FIELDS_MAX 12

static char rx[RX_SIZE + 1];
static size_t rx_count;
static char tx[256];
static size_t tx_count;
static char command[256]; /* the last one sent, without its CR; empty: none waits for an answer */
static bool wants_prompt;
static size_t payload_size;
static size_t payload_left;
static bool payload_hex;
static bool transparent;
static bool escaping;

/* Lines whose fields are numbers: prefix, kind and, by their count, what the fields are. */
static const struct number_line {
    const char *prefix;
    const char *kind;
    const char *keys[4];
} number_lines[] = {
    {"CSQ", "info", {"rssi", "ber"}},
    {"CREG", "urc", {"stat"}},
    {"CREG", "info", {"n", "stat"}},
    {"CGREG", "urc", {"stat"}},
    {"CGREG", "info", {"n", "stat"}},
    {"NETCLOSE", "result", {"err"}},
    {"CIPOPEN", "info", {"link_num"}},
    {"CIPOPEN", "result", {"link_num", "err"}},
    {"CIPSEND", "result", {"link_num", "req_send_length", "cnf_send_length"}},
    {"CIPCLOSE", "result", {"link_num", "err"}},
    {"CIPERROR", "error", {"err"}},
    {"CIPRXGET", "info", {"mode"}},
    {"CIPRXGET", "urc", {"mode", "link_num"}},
    {"CIPRXGET", "info", {"mode", "link_num", "rest_len"}},
    {"CIPRXGET", "info", {"mode", "link_num", "read_len", "rest_len"}},
    {"CIPHEAD", "info", {"mode"}},
    {"CIPSRIP", "info", {"mode"}},
    {"CIPMODE", "info", {"mode"}},
    {"CIPSENDMODE", "info", {"mode"}},
    {"CIPTIMEOUT", "info", {"netopen_timeout", "cipopen_timeout", "cipsend_timeout"}},
    {"CIPACK", "info", {"sent_data_size", "ack_data_size", "recv_data_size"}},
    {"SERVERSTART", "info", {"server_index", "port"}},
    {"SERVERSTOP", "result", {"server_index", "err"}},
    {"IPCLOSE", "urc", {"client_index", "close_reason"}},
    {"IP ERROR", "error", {"code"}},
    {"CME ERROR", "final", {"code"}},
    {"CMS ERROR", "final", {"code"}},
};

/* Error texts, by their code. */
static const char *const error_texts[] = {
    "Connection time out",
    "Bind port failed",
    "Port overflow",
    "Create socket failed",
    "Network is already opened",
    "Network is already closed",
    "No clients connected",
    "No active client",
    "Network not opened",
    "Client index overflow",
    "Connection is already created",
    "Connection is not created",
    "Invalid parameter",
    "Operation not supported",
    "DNS query failed",
    "TCP busy",
    "Net close failed for socket opened",
    "Sending time out",
    "Sending failure for network error",
    "Open failure for network error",
    "Server is already listening",
    "Operation failed",
    "No data",
};

static const char *const known_commands[] = {
    "CSQ",         "CREG",    "CGREG",      "CPIN",        "NETOPEN",    "NETCLOSE", "CIPOPEN",
    "CIPSEND",     "CIPHEAD", "CIPSRIP",    "CIPMODE",     "IPADDR",     "CIPCLOSE", "CIPRXGET",
    "CIPSENDMODE", "CIPACK",  "CIPTIMEOUT", "SERVERSTART", "SERVERSTOP", "CMEE",
};

static void add_text(const char *key, const char *text)
{
    adapter_text(key, text, strlen(text));
}

static void with_text(const char *kind, const char *text)
{
    adapter_event(kind, NULL);
    add_text(NULL, text);
    adapter_end();
}

static bool is_reading(const char *prefix)
{
    char query[40];
    snprintf(query, sizeof query, "AT+%s?", prefix);
    return strcmp(command, query) == 0;
}

static size_t count_keys(const struct number_line *shape)
{
    size_t count = 0;
    while (count < 4 && shape->keys[count] != NULL) {
        count++;
    }
    return count;
}

static void expect_payload(int count, bool hex)
{
    payload_size = count > 0 ? (size_t)count : 0;
    payload_left = hex ? 2 * payload_size : payload_size;
    payload_hex = hex;
}

static bool take_numbers(const char *prefix, const int *values, size_t count)
{
    for (size_t i = 0; i < sizeof number_lines / sizeof number_lines[0]; i++) {
        const struct number_line *shape = &number_lines[i];
        if (strcmp(shape->prefix, prefix) == 0 && count_keys(shape) == count) {
            adapter_event(shape->kind, prefix);
            for (size_t j = 0; j < count; j++) {
                adapter_int(shape->keys[j], values[j]);
            }
            adapter_end();
            if (strcmp(prefix, "CIPRXGET") == 0 && count == 4) {
                expect_payload(values[2], values[0] == 3);
            }
            return true;
        }
    }
    return false;
}

static bool take_netopen(const int *values, size_t count)
{
    bool reading = is_reading("NETOPEN");
    if (count != 1) {
        return false;
    }
    adapter_event(reading ? "info" : "result", "NETOPEN");
    adapter_int(reading ? "net_state" : "err", values[0]);
    adapter_end();
    return true;
}

static bool take_link_states(const int *values, size_t count)
{
    if (count <= 2 && !is_reading("CIPCLOSE")) {
        return false;
    }
    adapter_event("info", "CIPCLOSE");
    for (size_t i = 0; i < count; i++) {
        char key[20];
        snprintf(key, sizeof key, "link%u_state", (unsigned)i);
        adapter_int(key, values[i]);
    }
    adapter_end();
    return true;
}

/* Cut the fields at commas and read them as numbers. */
static bool take_number_line(const char *prefix, const char *fields)
{
    char copy[RX_SIZE + 1];
    int values[FIELDS_MAX];
    size_t count = 0;
    snprintf(copy, sizeof copy, "%s", fields);
    for (char *field = strtok(copy, ","); field != NULL && count < FIELDS_MAX; field = strtok(NULL, ",")) {
        char more;
        if (sscanf(field, "%d%c", &values[count], &more) != 1) {
            return false;
        }
        count++;
    }
    if (count > 0 && strcmp(prefix, "NETOPEN") == 0) {
        return take_netopen(values, count);
    }
    if (strcmp(prefix, "CIPCLOSE") == 0 && take_link_states(values, count)) {
        return true;
    }
    return take_numbers(prefix, values, count);
}

static void add_error_code(const char *text)
{
    for (size_t i = 0; i < sizeof error_texts / sizeof error_texts[0]; i++) {
        if (strcmp(text, error_texts[i]) == 0) {
            adapter_int("code", (long)i);
        }
    }
}

static bool take_text_line(const char *prefix, const char *fields)
{
    static const struct {
        const char *prefix, *kind, *key;
    } lines[] = {
        {"CPIN", "urc", "code"},        {"CIPEVENT", "urc", "text"},    {"IP ERROR", "error", "text"},
        {"CME ERROR", "final", "text"}, {"CMS ERROR", "final", "text"}, {"IPADDR", "info", "ip_address"},
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        if (strcmp(lines[i].prefix, prefix) == 0) {
            adapter_event(is_reading(prefix) ? "info" : lines[i].kind, prefix);
            if (strcmp(prefix, "IP ERROR") == 0) {
                add_error_code(fields);
            }
            add_text(lines[i].key, fields);
            adapter_end();
            return true;
        }
    }
    return false;
}

/* The lines that have numbers and texts. */
static bool take_mixed_line(const char *prefix, const char *fields)
{
    int link;
    int port;
    int index;
    char type[8];
    char address[64];
    if (fields[0] == '(') {
        adapter_event("info", prefix);
        add_text("ranges", fields);
    } else if (strcmp(prefix, "CIPOPEN") == 0 &&
               sscanf(fields, "%d,\"%7[^\"]\",\"%63[^\"]\",%d,%d", &link, type, address, &port, &index) == 5) {
        adapter_event("info", prefix);
        adapter_int("link_num", link);
        add_text("type", type);
        add_text("server_ip", address);
        adapter_int("server_port", port);
        adapter_int("index", index);
    } else if (strcmp(prefix, "CLIENT") == 0 &&
               sscanf(fields, "%d,%d,%63[^:]:%d", &link, &index, address, &port) == 4) {
        adapter_event("urc", prefix);
        adapter_int("link_num", link);
        adapter_int("server_index", index);
        add_text("client_ip", address);
        adapter_int("port", port);
    } else {
        return false;
    }
    adapter_end();
    return true;
}

static bool is_own_answer(const char *prefix)
{
    size_t length = strlen(prefix);
    return strncmp(command, "AT+", 3) == 0 && strncmp(command + 3, prefix, length) == 0;
}

static void take_prefixed(const char *text)
{
    char prefix[32];
    char fields[RX_SIZE + 1] = "";
    if (sscanf(text, "+%31[^:]: %2048[^\n]", prefix, fields) < 1) {
        with_text("text", text);
    } else if (!take_number_line(prefix, fields) && !take_mixed_line(prefix, fields) &&
               !take_text_line(prefix, fields)) {
        adapter_event(is_own_answer(prefix) ? "info" : "urc", prefix);
        add_text("raw", fields);
        adapter_end();
    }
    if (strstr(prefix, "CM") == prefix && strstr(prefix, "ERROR") != NULL) {
        command[0] = '\0';
    }
}

/* Payload that the module pushes. */
static bool take_push(const char *text)
{
    int link;
    int count;
    char address[64];
    if (sscanf(text, "+IPD%d", &count) == 1) {
        adapter_event("urc", "IPD");
        adapter_int("len", count);
        expect_payload(count, false);
    } else if (sscanf(text, "+RECEIVE,%d,%d", &link, &count) == 2) {
        adapter_event("urc", "RECEIVE");
        adapter_int("link_num", link);
        adapter_int("len", count);
        expect_payload(count, false);
    } else if (sscanf(text, "RECV FROM:%63[^:]:%d", address, &count) == 2 ||
               sscanf(text, "RCV FROM:%63[^:]:%d", address, &count) == 2) {
        adapter_event("urc", "RECV-FROM");
        add_text("ip", address);
        adapter_int("port", count);
    } else {
        return false;
    }
    adapter_end();
    return true;
}

static bool take_word(const char *text)
{
    static const char *const words[] = {"OK",           "ERROR",  "NO CARRIER", "NO DIALTONE", "NO ANSWER", "BUSY",
                                        "CONNECT FAIL", "CLOSED", "RING",       "RDY",         "SMS DONE",  "PB DONE"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(text, words[i]) == 0) {
            adapter_event(i < 7 ? "final" : "urc", words[i]);
            adapter_end();
            if (i < 7) {
                command[0] = '\0';
            }
            return true;
        }
    }
    return false;
}

static void take_line(void)
{
    rx[rx_count] = '\0';
    rx_count = 0;
    if (rx[0] == '\0') {
        return;
    }
    if (command[0] != '\0' && strcmp(rx, command) == 0) {
        with_text("echo", rx);
    } else if (take_word(rx) || take_push(rx)) {
        return;
    } else if (strncmp(rx, "CONNECT", 7) == 0) {
        transparent = true;
        adapter_event("connect", NULL);
        if (rx[7] == ' ') {
            add_text("text", rx + 8);
        }
        adapter_end();
    } else if (rx[0] == '+') {
        take_prefixed(rx);
    } else {
        with_text("text", rx);
    }
}

static void take_octet(char octet)
{
    if (octet == '\n') {
        take_line();
    } else if (octet != '\r' && rx_count < RX_SIZE) {
        rx[rx_count++] = octet;
    }
    if (wants_prompt && rx_count == 1 && rx[0] == '>') {
        wants_prompt = false;
        rx_count = 0;
        adapter_event("prompt", NULL);
        adapter_end();
    }
}

/* Everything is data until the answer to the escape, which comes in one piece. */
static size_t take_transparent(const uint8_t *octets, size_t count)
{
    if (escaping && count >= 6 && memcmp(octets + count - 6, "\r\nOK\r\n", 6) == 0) {
        adapter_stream(octets, count - 6);
        transparent = escaping = false;
        adapter_event("final", "OK");
        adapter_end();
        return count;
    }
    adapter_stream(octets, count);
    return count;
}

static void received(const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count;) {
        if (payload_left > 0) {
            size_t taken = count - i < payload_left ? count - i : payload_left;
            adapter_data(payload_size, payload_hex, octets + i, taken);
            payload_left -= taken;
            i += taken;
        } else if (transparent) {
            i += take_transparent(octets + i, count - i);
        } else {
            take_octet((char)octets[i++]);
        }
    }
}

static bool is_known(const char *text)
{
    char name[32] = "";
    if (strcmp(text, "AT") == 0 || strncmp(text, "ATE", 3) == 0 || strcmp(text, "ATO") == 0) {
        return true;
    }
    sscanf(text, "AT+%31[A-Z]", name);
    for (size_t i = 0; i < sizeof known_commands / sizeof known_commands[0]; i++) {
        if (strcmp(name, known_commands[i]) == 0) {
            return true;
        }
    }
    return false;
}

static void take_command(const char *text)
{
    snprintf(command, sizeof command, "%s", text);
    wants_prompt = strncmp(text, "AT+CIPSEND=", 11) == 0;
    if (!is_known(text)) {
        adapter_skip("a command that this reader does not know");
    }
}

/* Commands begin with AT and end with CR; everything else is payload. */
static void sent(const uint8_t *octets, size_t count)
{
    if (transparent) {
        escaping = escaping || (count == 3 && memcmp(octets, "+++", 3) == 0);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        bool begins = tx_count == 0 ? octets[i] == 'A' : tx_count > 1 || octets[i] == 'T';
        if (begins && octets[i] == '\r') {
            tx[tx_count] = '\0';
            take_command(tx);
            tx_count = 0;
        } else if (!begins) {
            tx_count = 0;
        } else if (tx_count < sizeof tx - 1) {
            tx[tx_count++] = (char)octets[i];
        }
    }
}

static void escape(void)
{
    escaping = transparent;
}

static void reset(void)
{
    rx_count = tx_count = payload_left = 0;
    command[0] = '\0';
    wants_prompt = transparent = escaping = false;
}

static void start(const struct adapter_case *one)
{
    (void)one;
    reset();
}

int main(void)
{
    return adapter_run(&(struct adapter_parser){.name = "sscanf-reader",
                                                .version = "1",
                                                .level = "values",
                                                .start = start,
                                                .sent = sent,
                                                .received = received,
                                                .escape = escape,
                                                .abandon = reset});
}
