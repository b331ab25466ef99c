#include "plot.h"

#include <stdio.h>
#include <string.h>

#define WIDTH 760
#define HEIGHT 320
#define LEFT 70
#define RIGHT 130
#define TOP 36
#define BOTTOM 40

static const char *const colours[] = {"#0b84a5", "#c9472f", "#4f9a3b", "#7d4fb0", "#b8860b",
                                      "#1f77b4", "#d45087", "#5d6d7e", "#2a9d8f"};

#define COLOURS (sizeof colours / sizeof colours[0])

double plot_edges(const progress_sample *sample)
{
    return sample->edges;
}

double plot_speed(const progress_sample *sample)
{
    return sample->per_second;
}

/* What is drawn, and to which scale. */
typedef struct drawing {
    FILE *to;
    const progress *from;
    const char *engine;
    plot_value *value;
    double highest;
    double seconds;
} drawing;

static double x_of(const drawing *in, double seconds)
{
    return LEFT + seconds / in->seconds * (WIDTH - LEFT - RIGHT);
}

static double y_of(const drawing *in, double value)
{
    return HEIGHT - BOTTOM - value / in->highest * (HEIGHT - TOP - BOTTOM);
}

static void set_scale(drawing *in)
{
    in->seconds = in->from->seconds > 0 ? in->from->seconds : 1;
    in->highest = 1;
    for (size_t i = 0; i < in->from->count; i++) {
        double value = in->value(&in->from->samples[i]);
        bool ours = strcmp(in->from->samples[i].engine, in->engine) == 0;
        in->highest = ours && value > in->highest ? value : in->highest;
    }
}

static void draw_axes(const drawing *in, const char *title)
{
    fprintf(in->to, "<text class=\"t\" x=\"%d\" y=\"20\">%s, %s</text>\n", LEFT, title, in->engine);
    for (int i = 0; i <= 4; i++) {
        double value = in->highest * i / 4;
        double seconds = in->seconds * i / 4;
        fprintf(in->to, "<path class=\"g\" d=\"M%d %.1fH%d\"/>\n", LEFT, y_of(in, value), WIDTH - RIGHT);
        fprintf(in->to, "<text class=\"r\" x=\"%d\" y=\"%.1f\">%.0f</text>\n", LEFT - 6, y_of(in, value) + 4, value);
        fprintf(in->to, "<text class=\"m\" x=\"%.1f\" y=\"%d\">%.0f min</text>\n", x_of(in, seconds),
                HEIGHT - BOTTOM + 18, seconds / 60);
    }
}

/* A point each sample: a target is idle while others have their turn, so a line only joins what is no further than two minutes. */
static void draw_target(const drawing *in, const char *target, size_t number)
{
    double last = -1000;
    fprintf(in->to, "<path class=\"l\" stroke=\"%s\" d=\"", colours[number % COLOURS]);
    for (size_t i = 0; i < in->from->count; i++) {
        const progress_sample *sample = &in->from->samples[i];
        double value = in->value(sample);
        if (value < 0 || strcmp(sample->target, target) != 0 || strcmp(sample->engine, in->engine) != 0) {
            continue;
        }
        double x = x_of(in, sample->seconds);
        double y = y_of(in, value);
        fprintf(in->to, "%c%.1f %.1f", sample->seconds - last > 120 ? 'M' : 'L', x, y);
        fprintf(in->to, "m-2 0h4m-2 0");
        last = sample->seconds;
    }
    fprintf(in->to, "\"/>\n<text x=\"%d\" y=\"%d\" fill=\"%s\">%s</text>\n", WIDTH - RIGHT + 12, TOP + 18 * (int)number,
            colours[number % COLOURS], target);
}

static void draw_targets(const drawing *in)
{
    size_t number = 0;
    for (size_t i = 0; i < in->from->total_count; i++) {
        if (strcmp(in->from->totals[i].engine, in->engine) == 0) {
            draw_target(in, in->from->totals[i].target, number++);
        }
    }
}

bool plot_write(const char *file, const progress *from, const char *engine, const char *title, plot_value *value)
{
    drawing in = {.to = fopen(file, "w"), .from = from, .engine = engine, .value = value};
    if (in.to == NULL) {
        perror(file);
        return false;
    }
    set_scale(&in);
    fprintf(in.to,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n<title>%s, %s</title>\n"
            "<style>text{font:12px sans-serif}.t,.r,.m{fill:#555}.t{font-weight:bold}"
            ".r{text-anchor:end}.m{text-anchor:middle}.g{stroke:#999;stroke-opacity:.35;fill:none}"
            ".l{fill:none;stroke-width:1.6}@media(prefers-color-scheme:dark){.t,.r,.m{fill:#bbb}}</style>\n",
            WIDTH, HEIGHT, title, engine);
    draw_axes(&in, title);
    draw_targets(&in);
    fprintf(in.to, "</svg>\n");
    return fclose(in.to) == 0;
}
