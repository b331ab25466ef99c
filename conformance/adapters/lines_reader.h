/**
 * @file
 * A small parser with a feed function, as a driver might have one: lines, final result codes, prompts, counted payload.
 * It knows nothing of adapters; lines.c makes one of it.
 */
#ifndef LINES_READER_H
#define LINES_READER_H

#include <stddef.h>
#include <stdint.h>

/** The reader. Set the functions, call lines_start(), then feed. */
struct lines_reader {
    void (*on_line)(const char *text, size_t length, int is_final);
    void (*on_prompt)(void);
    void (*on_payload)(const uint8_t *octets, size_t count);
    char line[4096], command[16];
    size_t line_count, command_count, payload_left;
    int wants_data; /**< a command that takes data was sent, and its prompt has not come */
};

/** Forget everything but the functions. */
void lines_start(struct lines_reader *reader);

/** The host wrote this to the module. */
void lines_sent(struct lines_reader *reader, const uint8_t *octets, size_t count);

/** The module sent this. */
void lines_feed(struct lines_reader *reader, const uint8_t *octets, size_t count);

#endif
