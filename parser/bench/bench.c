/*
 * The benchmark: two recorded sessions, three chunk sizes, the parser beside its bounds. README.md says what the figures mean.
 */
#include "print.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STREAM_SIZE = 10000000 };

static const size_t chunk_sizes[CHUNK_COUNT] = {1, 64, 4096};

typedef struct {
    size_t repeats;
    const char *json;
    bool check;
} options;

static void usage(FILE *out)
{
    fputs("usage: atwire-bench [--repeats N] [--json FILE] [--check]\n"
          "  --repeats N  1 to 99, odd is best (default 9)\n"
          "  --json FILE  write the figures there too; - is standard output\n"
          "  --check      exit 1 if a target is missed\n",
          out);
}

static const char *value_of(char **argument, int left)
{
    if (left > 1)
        return argument[1];
    fprintf(stderr, "%s: expected a value\n", *argument);
    exit(2);
}

static size_t read_repeats(const char *text)
{
    char *end;
    const long number = strtol(text, &end, 10);
    if (*text == '\0' || *end != '\0' || number < 1 || number > REPEATS_MAX) {
        fprintf(stderr, "--repeats: expected 1 to %d, got %s\n", REPEATS_MAX, text);
        exit(2);
    }
    return (size_t)number;
}

static options read_options(int count, char **arguments)
{
    options read = {.repeats = 9};
    for (int i = 1; i < count; i++) {
        if (strcmp(arguments[i], "--help") == 0) {
            usage(stdout);
            exit(0);
        }
        if (strcmp(arguments[i], "--check") == 0) {
            read.check = true;
        } else if (strcmp(arguments[i], "--json") == 0) {
            read.json = value_of(&arguments[i], count - i);
            i++;
        } else if (strcmp(arguments[i], "--repeats") == 0) {
            read.repeats = read_repeats(value_of(&arguments[i], count - i));
            i++;
        } else {
            usage(stderr);
            exit(2);
        }
    }
    return read;
}

int main(int argument_count, char **arguments)
{
    const options chosen = read_options(argument_count, arguments);
    stream streams[STREAM_COUNT];
    measurement measurements[MEASUREMENT_COUNT];
    stream_text(&streams[TEXT], STREAM_SIZE, 1);
    stream_mixed(&streams[MIXED], STREAM_SIZE, 2);
    print_stream(&streams[TEXT]);
    print_stream(&streams[MIXED]);
    for (size_t i = 0; i < MEASUREMENT_COUNT; i++) {
        measure(&measurements[i], &streams[i / CHUNK_COUNT], chunk_sizes[i % CHUNK_COUNT], chosen.repeats);
        print_measurement(&measurements[i]);
    }
    const int missed = print_targets(measurements);
    if (chosen.json != NULL && !write_json(chosen.json, measurements, chosen.repeats))
        return 2;
    stream_free(&streams[TEXT]);
    stream_free(&streams[MIXED]);
    return chosen.check && missed > 0 ? 1 : 0;
}
