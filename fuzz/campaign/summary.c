/*
 * A campaign's summary: JSON, Markdown and pictures from its progress.
 *
 * usage: atwire-fuzz-summary FOLDER
 *
 * Reads FOLDER/progress.tsv and FOLDER/about.json (what fuzz/run knows: commit, cores, engines), writes summary.json, summary.md and
 * the SVG files beside them. Exit 2 if something cannot be read or written.
 */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "plot.h"

static const char *const engines[] = {"libfuzzer", "afl"};

static json_t *number(double value)
{
    return value < 0 ? json_null() : json_real(value);
}

static json_t *total_json(const progress_total *from)
{
    return json_pack("{s:s,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "target", from->target, "engine", from->engine,
                     "executions", number(from->executions), "executions_per_second_median", number(from->per_second),
                     "edges", number(from->edges), "features", number(from->features), "corpus", number(from->corpus),
                     "findings", number(from->findings), "stability_percent", number(from->stability));
}

static json_t *sample_json(const progress_sample *from)
{
    return json_pack("{s:f,s:s,s:s,s:o,s:o,s:o,s:o}", "seconds", from->seconds, "target", from->target, "engine",
                     from->engine, "executions_per_second", number(from->per_second), "edges", number(from->edges),
                     "corpus", number(from->corpus), "findings", number(from->findings));
}

static json_t *make_json(const progress *from, json_t *about)
{
    json_t *totals = json_array();
    json_t *samples = json_array();
    for (size_t i = 0; i < from->total_count; i++) {
        json_array_append_new(totals, total_json(&from->totals[i]));
    }
    for (size_t i = 0; i < from->count; i++) {
        json_array_append_new(samples, sample_json(&from->samples[i]));
    }
    return json_pack("{s:s,s:O,s:f,s:o,s:o}", "schema", "atwire-campaign-1", "about", about, "seconds", from->seconds,
                     "totals", totals, "samples", samples);
}

static void write_number(FILE *to, const char *format, double value)
{
    if (value < 0) {
        fprintf(to, " – |");
    } else {
        fprintf(to, format, value);
    }
}

static const char *about_text(json_t *about, const char *key)
{
    const char *text = json_string_value(json_object_get(about, key));
    return text != NULL ? text : "unknown";
}

static double all_executions(const progress *from)
{
    double sum = 0;
    for (size_t i = 0; i < from->total_count; i++) {
        sum += from->totals[i].executions;
    }
    return sum;
}

static double all_findings(const progress *from)
{
    double sum = 0;
    for (size_t i = 0; i < from->total_count; i++) {
        sum += from->totals[i].findings;
    }
    return sum;
}

static void write_totals(FILE *to, const progress *from)
{
    fprintf(
        to,
        "| target | engine | executions | per second (median) | edges | corpus | inputs with findings | stability |\n"
        "|---|---|--:|--:|--:|--:|--:|--:|\n");
    for (size_t i = 0; i < from->total_count; i++) {
        const progress_total *total = &from->totals[i];
        fprintf(to, "| %s | %s |", total->target, total->engine);
        write_number(to, " %.0f |", total->executions);
        write_number(to, " %.0f |", total->per_second);
        write_number(to, " %.0f |", total->edges);
        write_number(to, " %.0f |", total->corpus);
        write_number(to, " %.0f |", total->findings);
        write_number(to, " %.0f %% |", total->stability);
        fprintf(to, "\n");
    }
}

static bool write_markdown(const char *file, const progress *from, json_t *about)
{
    FILE *to = fopen(file, "w");
    if (to == NULL) {
        perror(file);
        return false;
    }
    fprintf(to, "# Fuzz campaign %s\n\n", about_text(about, "start"));
    fprintf(to, "%.0f inputs with findings in %.0f executions, %.1f hours. Commit %s, %s, cores: %s.\n\n",
            all_findings(from), all_executions(from), from->seconds / 3600, about_text(about, "commit"),
            about_text(about, "toolchain"), about_text(about, "cores"));
    write_totals(to, from);
    fprintf(to,
            "\nAn engine counts an input that fails once for each way it came to it; `fuzz/run triage` says how many "
            "different findings that makes. Edges are those of the parser and, with AFL++, of the target.\n\n");
    for (size_t i = 0; i < sizeof engines / sizeof engines[0]; i++) {
        fprintf(to, "![Edges over time, %s](edges-%s.svg)\n![Executions per second over time, %s](speed-%s.svg)\n",
                engines[i], engines[i], engines[i], engines[i]);
    }
    return fclose(to) == 0;
}

static bool write_plots(const char *folder, const progress *from)
{
    char file[4096];
    bool good = true;
    for (size_t i = 0; i < sizeof engines / sizeof engines[0]; i++) {
        snprintf(file, sizeof file, "%s/edges-%s.svg", folder, engines[i]);
        good = plot_write(file, from, engines[i], "Edges reached", plot_edges) && good;
        snprintf(file, sizeof file, "%s/speed-%s.svg", folder, engines[i]);
        good = plot_write(file, from, engines[i], "Executions per second", plot_speed) && good;
    }
    return good;
}

static bool summarise(const char *folder, const progress *from, json_t *about)
{
    char file[4096];
    json_t *all = make_json(from, about);
    snprintf(file, sizeof file, "%s/summary.json", folder);
    bool good = json_dump_file(all, file, JSON_INDENT(1) | JSON_REAL_PRECISION(9)) == 0;
    if (!good) {
        fprintf(stderr, "%s: cannot be written\n", file);
    }
    json_decref(all);
    snprintf(file, sizeof file, "%s/summary.md", folder);
    return write_markdown(file, from, about) && write_plots(folder, from) && good;
}

int main(int argc, char **argv)
{
    char file[4096];
    progress read;
    json_error_t error;
    if (argc != 2) {
        fprintf(stderr, "usage: %s FOLDER\n", argv[0]);
        return 2;
    }
    snprintf(file, sizeof file, "%s/about.json", argv[1]);
    json_t *about = json_load_file(file, 0, &error);
    if (about == NULL) {
        fprintf(stderr, "%s:%d: %s\n", file, error.line, error.text);
        return 2;
    }
    snprintf(file, sizeof file, "%s/progress.tsv", argv[1]);
    bool good = progress_read(&read, file) && summarise(argv[1], &read, about);
    progress_free(&read);
    json_decref(about);
    return good ? 0 : 2;
}
