#include "progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "source.h"

/* Read a number or `-`; returns what is behind the column, or NULL. */
static const char *read_number(const char *text, double *number)
{
    char *end = NULL;
    *number = PROGRESS_UNKNOWN;
    if (text == NULL) {
        return NULL;
    }
    if (*text == '-' && (text[1] == '\t' || text[1] == '\0')) {
        return text[1] == '\t' ? text + 2 : text + 1;
    }
    *number = strtod(text, &end);
    if (end == text || (*end != '\t' && *end != '\0')) {
        return NULL;
    }
    return *end == '\t' ? end + 1 : end;
}

static const char *read_word(const char *text, char *word, size_t size)
{
    size_t length = text != NULL ? strcspn(text, "\t") : 0;
    if (length == 0 || length >= size || text[length] != '\t') {
        return NULL;
    }
    memcpy(word, text, length);
    word[length] = '\0';
    return text + length + 1;
}

static bool read_sample(progress_sample *to, const char *line)
{
    double *const numbers[] = {&to->executions, &to->per_second, &to->edges,    &to->features,
                               &to->corpus,     &to->findings,   &to->stability};
    const char *at = read_number(line, &to->seconds);
    at = read_number(at, &to->start);
    at = read_word(at, to->target, sizeof to->target);
    at = read_word(at, to->engine, sizeof to->engine);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        at = read_number(at, numbers[i]);
    }
    return at != NULL && *at == '\0';
}

static progress_total *total_of(progress *in, const progress_sample *sample)
{
    for (size_t i = 0; i < in->total_count; i++) {
        progress_total *total = &in->totals[i];
        if (strcmp(total->target, sample->target) == 0 && strcmp(total->engine, sample->engine) == 0) {
            return total;
        }
    }
    in->totals = memory_room(in->totals, in->total_count, sizeof *in->totals);
    progress_total *total = &in->totals[in->total_count++];
    *total = (progress_total){.stability = PROGRESS_UNKNOWN, .edges = PROGRESS_UNKNOWN, .features = PROGRESS_UNKNOWN};
    memcpy(total->target, sample->target, sizeof total->target);
    memcpy(total->engine, sample->engine, sizeof total->engine);
    return total;
}

static bool same_series(const progress_sample *a, const char *target, const char *engine)
{
    return strcmp(a->target, target) == 0 && strcmp(a->engine, engine) == 0;
}

/* The sample that the same engine wrote before, or NULL. */
static const progress_sample *sample_before(const progress *in, size_t at)
{
    const progress_sample *sample = &in->samples[at];
    while (at-- > 0) {
        if (same_series(&in->samples[at], sample->target, sample->engine)) {
            return &in->samples[at];
        }
    }
    return NULL;
}

/* AFL++ goes on counting where it was, libFuzzer begins anew with each start. */
static double executions_before(const progress_sample *now, const progress_sample *before)
{
    bool goes_on = before != NULL && (before->start == now->start || strcmp(now->engine, "afl") == 0);
    return goes_on ? before->executions : 0;
}

/* A counter that is smaller than before began anew. */
static double growth(double now, double before)
{
    return now < 0 ? 0 : now - (before > 0 && before <= now ? before : 0);
}

static double most(double a, double b)
{
    return a > b ? a : b;
}

static void add_sample(progress *in, size_t at)
{
    const progress_sample *sample = &in->samples[at];
    const progress_sample *before = sample_before(in, at);
    progress_total *total = total_of(in, sample);
    total->executions += growth(sample->executions, executions_before(sample, before));
    total->findings += growth(sample->findings, before != NULL ? before->findings : 0);
    total->edges = most(total->edges, sample->edges);
    total->features = most(total->features, sample->features);
    total->corpus = sample->corpus;
    if (sample->stability >= 0 && (total->stability < 0 || sample->stability < total->stability)) {
        total->stability = sample->stability;
    }
    in->seconds = most(in->seconds, sample->seconds);
}

static int by_value(const void *a, const void *b)
{
    double first = *(const double *)a;
    double second = *(const double *)b;
    return (first > second) - (first < second);
}

static void set_median(const progress *in, progress_total *total)
{
    double *speeds = memory_new((in->count + 1) * sizeof *speeds);
    size_t count = 0;
    for (size_t i = 0; i < in->count; i++) {
        if (same_series(&in->samples[i], total->target, total->engine) && in->samples[i].per_second > 0) {
            speeds[count++] = in->samples[i].per_second;
        }
    }
    if (count > 0) {
        qsort(speeds, count, sizeof *speeds, by_value);
        total->per_second = speeds[count / 2];
    }
    free(speeds);
}

bool progress_read(progress *to, const char *file)
{
    source from;
    source_error error;
    *to = (progress){0};
    bool good = source_open(&from, file, &error);
    int more = 0;
    while (good && (more = source_next(&from, true, &error)) > 0) {
        to->samples = memory_room(to->samples, to->count, sizeof *to->samples);
        good = read_sample(&to->samples[to->count], from.line) ||
               source_fail(&from, 0, &error, "expected eleven columns, separated by TABs");
        to->count += good;
    }
    if (!good || more < 0) {
        fprintf(stderr, "%s\n", error.message);
        return false;
    }
    source_close(&from);
    for (size_t i = 0; i < to->count; i++) {
        add_sample(to, i);
    }
    for (size_t i = 0; i < to->total_count; i++) {
        set_median(to, &to->totals[i]);
    }
    return true;
}

void progress_free(progress *from)
{
    free(from->samples);
    free(from->totals);
    *from = (progress){0};
}
