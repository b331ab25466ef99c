/**
 * @file
 * Makes an atwire adapter of a parser: one header, C99 and newer, the C library and nothing else.
 *
 * Write the functions of struct adapter_parser, let them report what the parser makes of the octets with the functions
 * below, and let main() return adapter_run(). conformance/adapters/README.md describes the protocol, lines.c beside it
 * is an example.
 *
 * Include it in one file only.
 */
#ifndef ATWIRE_ADAPTER_H
#define ATWIRE_ADAPTER_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** How a case wants the parser to be configured. A parser without such a setting ignores it. */
struct adapter_case {
    char id[256];
    char family[16];       /**< a76xx a7600 sim7028 sim7x00 any */
    unsigned long line;    /**< longest line, octets */
    unsigned long ceiling; /**< largest payload, octets */
    unsigned long command; /**< octets to keep names of unknown commands in */
    int closed_ends_data;  /**< whether CLOSED ends transparent mode */
};

/** The parser under test. Functions that are NULL are not called. */
struct adapter_parser {
    const char *name;                                      /**< without blanks */
    const char *version;                                   /**< without blanks */
    const char *level;                                     /**< framing, classify, values or complete */
    void (*start)(const struct adapter_case *one);         /**< a case begins: start afresh */
    void (*sent)(const uint8_t *octets, size_t count);     /**< the host wrote this to the module */
    void (*received)(const uint8_t *octets, size_t count); /**< the module sent this: feed it */
    void (*escape)(void);                                  /**< the host ended data mode by DTR */
    void (*abandon)(void);                                 /**< the host gave up */
    void (*finish)(void);                                  /**< the input ends here */
};

/* A growing text; private. */
struct adapter_text {
    char *octets;
    size_t count, room;
};

/* The answer to the case that runs, and the spans of payload, stream or echo that wait for more; private. */
struct adapter_answer {
    struct adapter_text lines, spans;
    char head[40];
    size_t whole; /* octets that complete the spans; 0: not known beforehand */
    const char *skip;
};
static struct adapter_answer adapter_answer;

static inline void adapter_add(struct adapter_text *to, const void *octets, size_t count)
{
    if (to->room - to->count < count) {
        to->room = 2 * (to->count + count) + 256;
        to->octets = (char *)realloc(to->octets, to->room);
        if (to->octets == NULL) {
            fputs("adapter: out of memory\n", stderr);
            exit(2);
        }
    }
    if (count > 0) {
        memcpy(to->octets + to->count, octets, count);
    }
    to->count += count;
}

static inline void adapter_put(const char *text)
{
    adapter_add(&adapter_answer.lines, text, strlen(text));
}

static inline void adapter_put_quoted(const void *octets, size_t count)
{
    static const char plain[] = "\r\n\t\"\\", letters[] = "rnt\"\\";
    const uint8_t *from = (const uint8_t *)octets;
    adapter_put("\"");
    for (size_t i = 0; i < count; i++) {
        const char *known = from[i] != 0 ? strchr(plain, from[i]) : NULL;
        char text[8];
        if (known != NULL) {
            snprintf(text, sizeof text, "\\%c", letters[known - plain]);
        } else {
            snprintf(text, sizeof text, from[i] < 0x20 || from[i] > 0x7e ? "\\x%02x" : "%c", from[i]);
        }
        adapter_put(text);
    }
    adapter_put("\"");
}

/* Print the spans that wait as one line; a payload that is not whole says how much came. */
static inline void adapter_end_spans(void)
{
    struct adapter_answer *answer = &adapter_answer;
    char got[40] = "";
    if (answer->head[0] == '\0') {
        return;
    }
    if (answer->spans.count < answer->whole) {
        snprintf(got, sizeof got, " got=%lu", (unsigned long)answer->spans.count);
    }
    adapter_put(answer->head);
    adapter_put(got);
    adapter_put(" ");
    adapter_put_quoted(answer->spans.octets, answer->spans.count);
    adapter_put("\n");
    answer->head[0] = '\0';
    answer->spans.count = 0;
    answer->whole = 0;
}

static inline void adapter_add_span(const char *head, size_t whole, const void *octets, size_t count)
{
    struct adapter_answer *answer = &adapter_answer;
    if (count == 0) {
        return;
    }
    if (strcmp(answer->head, head) != 0) {
        adapter_end_spans();
        snprintf(answer->head, sizeof answer->head, "%s", head);
        answer->whole = whole;
    }
    adapter_add(&answer->spans, octets, count);
    if (whole > 0 && answer->spans.count >= whole) {
        adapter_end_spans();
    }
}

/**
 * Begin an event: its kind and, where the kind has one, its NAME; else NULL or "". Fields follow, then
 * adapter_end(). Blanks of a NAME are printed as `-`, octets that no NAME can have as `?`.
 */
static inline void adapter_event(const char *kind, const char *name)
{
    adapter_end_spans();
    adapter_put(kind);
    if (name != NULL && *name != '\0') {
        adapter_put(" ");
        for (; *name != '\0'; name++) {
            int good = *name > ' ' && *name <= '~' && strchr("\"=~", *name) == NULL;
            adapter_add(&adapter_answer.lines, good ? name : *name == ' ' ? "-" : "?", 1);
        }
    }
}

/** Add a word: `ok` or `error` of a completion. */
static inline void adapter_word(const char *word)
{
    adapter_put(" ");
    adapter_put(word);
}

/** Add a note, without its tilde. Notes are shown, never compared. */
static inline void adapter_note(const char *word)
{
    adapter_put(" ~");
    adapter_put(word);
}

/** Add a field that is a number. */
static inline void adapter_int(const char *key, long value)
{
    char text[80];
    snprintf(text, sizeof text, " %s=%ld", key, value);
    adapter_put(text);
}

/** Add a field that is a text; with `key` NULL the text stands alone. */
static inline void adapter_text(const char *key, const void *octets, size_t count)
{
    adapter_put(" ");
    if (key != NULL) {
        adapter_put(key);
        adapter_put("=");
    }
    adapter_put_quoted(octets, count);
}

/** End the event. */
static inline void adapter_end(void)
{
    adapter_put("\n");
}

/**
 * Report payload as it comes; `length` octets in all, or hex digits for half as many. Level framing may use 0:
 * not known.
 */
static inline void adapter_data(size_t length, int hex, const void *octets, size_t count)
{
    char head[40] = "data";
    if (length > 0) {
        snprintf(head, sizeof head, "data len=%lu%s", (unsigned long)length, hex ? " form=hex" : "");
    }
    adapter_add_span(head, hex ? 2 * length : length, octets, count);
}

/** Report octets of transparent mode as they come. */
static inline void adapter_stream(const void *octets, size_t count)
{
    adapter_add_span("stream", 0, octets, count);
}

/** Report the echo of a payload as it comes; `last` says that it is whole now. */
static inline void adapter_payload_echo(const void *octets, size_t count, int last)
{
    adapter_add_span("echo", 0, octets, count);
    if (last) {
        adapter_end_spans();
    }
}

/** Do not take this case; the reason must live as long as the case. */
static inline void adapter_skip(const char *reason)
{
    adapter_answer.skip = reason;
}

/* What follows is the protocol. */

static inline void adapter_refuse(const char *line)
{
    fprintf(stderr, "adapter: expected a line of the protocol, got %.60s\n", line);
    exit(2);
}

static inline unsigned adapter_hex_digit(char digit)
{
    const char *digits = "0123456789abcdef";
    const char *at = digit != '\0' ? strchr(digits, digit) : NULL;
    return at != NULL ? (unsigned)(at - digits) : 0;
}

/* What the escape with these letters behind its backslash stands for. */
static inline uint8_t adapter_escaped(const char *letters)
{
    switch (letters[0]) {
    case 'r': return '\r';
    case 'n': return '\n';
    case 't': return '\t';
    case 'x': return (uint8_t)(adapter_hex_digit(letters[1]) << 4 | adapter_hex_digit(letters[2]));
    default: return (uint8_t)letters[0];
    }
}

/* Undo the escapes between the line's quotes into memory of exactly that size. */
static inline uint8_t *adapter_unquote(const char *line, size_t *count)
{
    const char *at = strchr(line, '"');
    const char *end = strrchr(line, '"');
    if (at == NULL || at == end) {
        adapter_refuse(line);
    }
    uint8_t *octets = (uint8_t *)malloc((size_t)(end - at));
    for (*count = 0, at++; octets != NULL && at < end; at++) {
        uint8_t octet = (uint8_t)*at;
        if (octet == '\\') {
            octet = adapter_escaped(++at);
            at += *at == 'x' ? 2 : 0;
        }
        octets[(*count)++] = octet;
    }
    return octets;
}

/* Hand over octets in memory of exactly their size: a sanitizer sees a parser that reads beyond. */
static inline void adapter_pass(void (*to)(const uint8_t *, size_t), const char *line)
{
    size_t count = 0;
    uint8_t *escaped = adapter_unquote(line, &count);
    uint8_t *octets = (uint8_t *)malloc(count > 0 ? count : 1);
    if (escaped != NULL && octets != NULL && to != NULL) {
        memcpy(octets, escaped, count);
        to(octets, count);
    }
    free(octets);
    free(escaped);
}

static inline void adapter_read_case(struct adapter_case *to, const char *line)
{
    memset(to, 0, sizeof *to);
    to->line = 1024;
    to->ceiling = 65535;
    to->command = 32;
    if (sscanf(line, "case %255s %15s", to->id, to->family) != 2) {
        adapter_refuse(line);
    }
    adapter_answer.lines.count = adapter_answer.spans.count = adapter_answer.whole = 0;
    adapter_answer.head[0] = '\0';
    adapter_answer.skip = NULL;
}

static inline void adapter_read_config(struct adapter_case *to, const char *line)
{
    for (const char *at = strchr(line, ' '); at != NULL; at = strchr(at + 1, ' ')) {
        unsigned long value = 0;
        if (sscanf(at, " line=%lu", &value) == 1) {
            to->line = value;
        } else if (sscanf(at, " ceiling=%lu", &value) == 1) {
            to->ceiling = value;
        } else if (sscanf(at, " command=%lu", &value) == 1) {
            to->command = value;
        } else if (sscanf(at, " closed-ends-data=%lu", &value) == 1) {
            to->closed_ends_data = value != 0;
        }
    }
}

static inline void adapter_reply(void)
{
    adapter_end_spans();
    if (adapter_answer.skip != NULL) {
        printf("skip %s\n", adapter_answer.skip);
    } else {
        fwrite(adapter_answer.lines.octets, 1, adapter_answer.lines.count, stdout);
        puts("end");
    }
    fflush(stdout);
}

static inline void adapter_call(void (*function)(void))
{
    if (function != NULL) {
        function();
    }
}

/* One line of the protocol behind `case` and `config`. @return whether the case goes on */
static inline int adapter_step(const struct adapter_parser *parser, const char *line)
{
    int received = strncmp(line, "rx ", 3) == 0;
    int gone = strcmp(line, "abandon") == 0;
    if (gone || (!received && strcmp(adapter_answer.head, "stream") == 0)) {
        adapter_end_spans();
    }
    if (received) {
        adapter_pass(parser->received, line);
    } else if (strncmp(line, "tx ", 3) == 0) {
        adapter_pass(parser->sent, line);
    } else if (strcmp(line, "dtr") == 0) {
        adapter_call(parser->escape);
    } else if (gone) {
        adapter_call(parser->abandon);
    } else if (strcmp(line, "end") == 0) {
        adapter_call(parser->finish);
        adapter_reply();
        return 0;
    } else {
        adapter_refuse(line);
    }
    return 1;
}

/* Read one line of any length, without its end. @return whether there was one */
static inline int adapter_read_line(struct adapter_text *to)
{
    int octet;
    to->count = 0;
    while ((octet = getchar()) != EOF && octet != '\n') {
        char letter = (char)octet;
        adapter_add(to, &letter, 1);
    }
    adapter_add(to, "", 1);
    return octet != EOF;
}

/** Say who the parser is, then answer cases until the input ends. @return the exit status for main() */
static inline int adapter_run(const struct adapter_parser *parser)
{
    struct adapter_text line = {NULL, 0, 0};
    struct adapter_case one;
    int running = 0, fresh = 0;
    printf("atwire-adapter 1 %s %s level=%s\n", parser->name, parser->version, parser->level);
    fflush(stdout);
    while (adapter_read_line(&line)) {
        if (!running) {
            adapter_read_case(&one, line.octets);
            running = fresh = 1;
        } else if (fresh && strncmp(line.octets, "config ", 7) == 0) {
            adapter_read_config(&one, line.octets);
        } else {
            if (fresh) {
                parser->start(&one);
                fresh = 0;
            }
            running = adapter_step(parser, line.octets);
        }
    }
    free(line.octets);
    free(adapter_answer.lines.octets);
    free(adapter_answer.spans.octets);
    memset(&adapter_answer, 0, sizeof adapter_answer);
    return 0;
}

#endif
