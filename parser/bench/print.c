/* The figures as a table and as JSON. */
#include "print.h"

#include <stdio.h>
#include <string.h>

/* What the parser is to reach: a ratio to a bound, at one stream and chunk size. */
typedef struct {
    size_t stream;
    size_t chunk;
    size_t bound;
    double least;
} target;

static const target targets[] = {
    {TEXT, CHUNK_64, FRAMING, 0.5},
    {MIXED, CHUNK_4096, FRAMING, 0.9},
    {TEXT, CHUNK_1, MACHINE, 0.6},
};

void print_stream(const stream *of)
{
    size_t events = 0;
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        events += of->expected.events[kind];
    printf("%-5s  %zu octets, %.1f %% in payloads, %zu events, %zu writes of the host\n", of->name, of->received.count,
           100.0 * (double)of->wire_payload_octets / (double)of->received.count, events, of->write_count);
}

void print_measurement(const measurement *of)
{
    printf("%-5s at %4zu  atwire   %8.0f MB/s\n", of->of->name, of->chunk, of->speed[ATWIRE].median);
    printf("               of its time, %.0f %% goes into what the host sends\n", 100 * of->ratio[HOST].median);
    for (size_t which = COPY; which < CONTENDER_COUNT; which++) {
        const spread *ratio = &of->ratio[which];
        printf("               %-8s %8.0f MB/s   atwire reaches %.3f of it (%.3f to %.3f)\n", contenders[which]->name,
               of->speed[which].median, ratio->median, ratio->low, ratio->high);
    }
}

int print_targets(const measurement *measurements)
{
    int missed = 0;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const target *wanted = &targets[i];
        const measurement *of = &measurements[wanted->stream * CHUNK_COUNT + wanted->chunk];
        const double reached = of->ratio[wanted->bound].median;
        const bool good = reached >= wanted->least;
        printf("%-5s at %4zu: %.2f of %s, to reach: %.2f%s\n", of->of->name, of->chunk, reached,
               contenders[wanted->bound]->name, wanted->least, good ? "" : "  MISSED");
        missed += !good;
    }
    return missed;
}

static void write_contender(FILE *out, const measurement *of, size_t which)
{
    const spread *speed = &of->speed[which];
    const spread *ratio = &of->ratio[which];
    fprintf(
        out,
        "      {\"name\": \"%s\", \"mb_per_s\": %.1f, \"atwire_ratio\": {\"median\": %.4f, \"min\": %.4f, \"max\": %.4f}}%s\n",
        contenders[which]->name, speed->median, ratio->median, ratio->low, ratio->high,
        which + 1 < CONTENDER_COUNT ? "," : "");
}

static void write_measurement(FILE *out, const measurement *of, bool last)
{
    fprintf(out, "    {\"stream\": \"%s\", \"chunk\": %zu, \"octets\": %zu, \"contenders\": [\n", of->of->name,
            of->chunk, of->of->received.count);
    for (size_t which = 0; which < CONTENDER_COUNT; which++)
        write_contender(out, of, which);
    fprintf(out, "    ]}%s\n", last ? "" : ",");
}

bool write_json(const char *path, const measurement *measurements, size_t repeats)
{
    const bool to_file = strcmp(path, "-") != 0;
    FILE *out = to_file ? fopen(path, "w") : stdout;
    if (out == NULL) {
        perror(path);
        return false;
    }
    fprintf(out, "{\"schema\": \"atwire-bench-1\", \"compiler\": \"%s\", \"repeats\": %zu,\n  \"measurements\": [\n",
            __VERSION__, repeats);
    for (size_t i = 0; i < MEASUREMENT_COUNT; i++)
        write_measurement(out, &measurements[i], i + 1 == MEASUREMENT_COUNT);
    fputs("  ]}\n", out);
    if (ferror(out) != 0 || (to_file && fclose(out) != 0)) {
        perror(path);
        return false;
    }
    return true;
}
