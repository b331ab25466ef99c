/* A small line reader as an adapter, level framing: lines, final result codes, prompts, counted payload. */
#include "atwire_adapter.h"

static char line[4096], command[16];
static size_t line_count, command_count, left;
static int wants_data;

static int is_final(void)
{
    static const char *const codes[] = {"OK",        "ERROR", "NO CARRIER",  "NO DIALTONE",
                                        "NO ANSWER", "BUSY",  "CONNECT FAIL"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (strcmp(line, codes[i]) == 0) {
            return 1;
        }
    }
    return strncmp(line, "+CME ERROR:", 11) == 0 || strncmp(line, "+CMS ERROR:", 11) == 0;
}

static void take_line(void)
{
    unsigned link, mode = 0, count = 0;
    line[line_count] = '\0';
    if (strncmp(line, "CONNECT", 7) == 0 && !is_final()) {
        adapter_skip("transparent mode");
    } else if (sscanf(line, "+IPD%u", &count) != 1 && sscanf(line, "+RECEIVE,%u,%u", &link, &count) != 2 &&
               (sscanf(line, "+CIPRXGET: %u,%u,%u,", &mode, &link, &count) != 3 || mode < 2 || mode > 3)) {
        count = 0;
    }
    left = mode == 3 ? 2 * (size_t)count : count;
    wants_data = wants_data && !is_final();
    adapter_event(is_final() ? "final" : "line", NULL);
    adapter_text(NULL, line, line_count);
    adapter_end();
}

static void received(const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (left > 0) {
            adapter_data(0, 0, &octets[i], 1);
            left--;
        } else if (octets[i] == '>' && line_count == 0 && wants_data) {
            wants_data = 0;
            adapter_event("prompt", NULL);
            adapter_end();
        } else if (octets[i] == '\n' && line_count > 0) {
            take_line();
            line_count = 0;
        } else if (octets[i] != '\r' && octets[i] != '\n' && line_count < sizeof line - 1) {
            line[line_count++] = (char)octets[i];
        }
    }
}

static void sent(const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        command_count = octets[i] == 'A' ? 0 : command_count;
        if (octets[i] == '\r') {
            wants_data = wants_data || (command_count > 11 && memcmp(command, "AT+CIPSEND=", 11) == 0);
            command_count = 0;
        } else if (command_count < sizeof command) {
            command[command_count++] = (char)octets[i];
        }
    }
}

static void restart(void)
{
    line_count = command_count = left = 0;
    wants_data = 0;
}

static void start(const struct adapter_case *one)
{
    (void)one;
    restart();
}

int main(void)
{
    static const struct adapter_parser parser = {"lines-c", "1", "framing", start, sent, received, NULL, restart, NULL};
    return adapter_run(&parser);
}
