#include "lines_reader.h"

#include <stdio.h>
#include <string.h>

static int is_final(const char *line)
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

/* How many octets of payload the line announces. */
static size_t announced(const char *line)
{
    unsigned link, mode, count;
    if (sscanf(line, "+IPD%u", &count) == 1 || sscanf(line, "+RECEIVE,%u,%u", &link, &count) == 2) {
        return count;
    }
    if (sscanf(line, "+CIPRXGET: %u,%u,%u,", &mode, &link, &count) == 3 && (mode == 2 || mode == 3)) {
        return mode == 3 ? 2 * (size_t)count : count;
    }
    return 0;
}

static void take_line(struct lines_reader *reader)
{
    reader->line[reader->line_count] = '\0';
    int final = is_final(reader->line);
    reader->payload_left = announced(reader->line);
    reader->wants_data = reader->wants_data && !final;
    reader->on_line(reader->line, reader->line_count, final);
    reader->line_count = 0;
}

void lines_feed(struct lines_reader *reader, const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (reader->payload_left > 0) {
            reader->on_payload(&octets[i], 1);
            reader->payload_left--;
        } else if (octets[i] == '>' && reader->line_count == 0 && reader->wants_data) {
            reader->wants_data = 0;
            reader->on_prompt();
        } else if (octets[i] == '\n' && reader->line_count > 0) {
            take_line(reader);
        } else if (octets[i] != '\r' && octets[i] != '\n' && reader->line_count < sizeof reader->line - 1) {
            reader->line[reader->line_count++] = (char)octets[i];
        }
    }
}

void lines_sent(struct lines_reader *reader, const uint8_t *octets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        reader->command_count = octets[i] == 'A' ? 0 : reader->command_count;
        if (octets[i] == '\r') {
            int takes_data = reader->command_count > 11 && memcmp(reader->command, "AT+CIPSEND=", 11) == 0;
            reader->wants_data = reader->wants_data || takes_data;
            reader->command_count = 0;
        } else if (reader->command_count < sizeof reader->command) {
            reader->command[reader->command_count++] = (char)octets[i];
        }
    }
}

void lines_start(struct lines_reader *reader)
{
    reader->line_count = reader->command_count = reader->payload_left = 0;
    reader->wants_data = 0;
}
