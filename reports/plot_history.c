#include "plot.h"

#include "output.h"

#include <math.h>

/* Measures in user units, which are pixels at the picture's own size. */
enum {
    PANELS = 6,
    COLUMNS = 3,
    PANEL_WIDTH = 224,
    PANEL_HEIGHT = 176,
    PANEL_GAP = 24,
    CHART_TOP = 62,
    CHART_HEIGHT = 82,
    LABEL_Y = 162,
    PLOT_WIDTH = COLUMNS * PANEL_WIDTH + (COLUMNS - 1) * PANEL_GAP,
    PLOT_HEIGHT = PANELS / COLUMNS * PANEL_HEIGHT + PANEL_GAP,
    POINTS_WITH_LABELS = 4,
};

static const char style[] =
    "<style>"
    "text{font:12px system-ui,sans-serif;fill:#1d2430}.title{font-weight:600}.value{font-size:17px;font-weight:600}"
    ".small{fill:#5b6675;font-size:11px}.axis{stroke:#c9d0d9;fill:none}.goal{stroke:#9a5b00;stroke-dasharray:4 3}"
    ".goal-text{fill:#9a5b00;font-size:11px}.line{stroke:#14608f;stroke-width:2;fill:none;stroke-linejoin:round}"
    ".point{fill:#14608f}"
    "@media (prefers-color-scheme:dark){text{fill:#e4e8ee}.small{fill:#9aa5b5}.axis{stroke:#39424e}"
    ".goal{stroke:#f0b35a}.goal-text{fill:#f0b35a}.line{stroke:#7cc0ee}.point{fill:#7cc0ee}}"
    "</style>\n";

/* One chart. */
struct panel {
    const char *title, *unit, *goal;
    enum report_figure figure;
    int decimals;
};

static const struct panel panels[PANELS] = {
    {"Code and tables", "octets, Cortex-M0+ at -Os", "at most", REPORT_CODE, 0},
    {"State", "octets, Cortex-M0+", "at most", REPORT_STATE, 0},
    {"Stack", "octets, Cortex-M0+, deepest path", "at most", REPORT_STACK, 0},
    {"Text, chunks of 64", "speed, of memchr framing", "at least", REPORT_TEXT_64, 2},
    {"Payloads, chunks of 4096", "speed, of memchr framing", "at least", REPORT_MIXED_4096, 2},
    {"Text, octet by octet", "speed, of a bare state machine", "at least", REPORT_TEXT_1, 2},
};

static double value_of(const struct panel *panel, const struct report_release *release)
{
    return release->figures[panel->figure];
}

/* Where in a panel a release and a value stand. */
struct scale {
    double most;
    size_t count;
};

static struct scale scale_of(const struct panel *panel, const struct report_history *history)
{
    double goal = value_of(panel, &history->goal);
    struct scale scale = {isnan(goal) ? 0 : goal, history->count};
    for (size_t i = 0; i < history->count; i++) {
        double value = value_of(panel, &history->releases[i]);
        if (value > scale.most) /* false where it is not known */
            scale.most = value;
    }
    scale.most = scale.most > 0 ? 1.15 * scale.most : 1;
    return scale;
}

static double x_of(const struct scale *scale, size_t release)
{
    const double inset = 22; /* room for the labels of the first and the last */
    if (scale->count < 2)
        return PANEL_WIDTH / 2.0;
    return inset + (double)release * (PANEL_WIDTH - 2 * inset) / (double)(scale->count - 1);
}

static double y_of(const struct scale *scale, double value)
{
    return CHART_TOP + CHART_HEIGHT * (1 - value / scale->most);
}

static void put_head(FILE *stream, const struct panel *panel, const struct report_history *history)
{
    fprintf(stream, "<text class=\"title\" y=\"14\">%s</text><text class=\"small\" y=\"30\">%s</text>\n", panel->title,
            panel->unit);
    double last = history->count > 0 ? value_of(panel, &history->releases[history->count - 1]) : NAN;
    if (!isnan(last))
        fprintf(stream, "<text class=\"value\" x=\"%d\" y=\"16\" text-anchor=\"end\">%.*f</text>\n", PANEL_WIDTH,
                panel->decimals, last);
    fprintf(stream, "<path class=\"axis\" d=\"M0 %d H%d\"/>\n", CHART_TOP + CHART_HEIGHT, PANEL_WIDTH);
}

static void put_goal(FILE *stream, const struct panel *panel, const struct scale *scale, double goal)
{
    if (isnan(goal))
        return;
    double y = y_of(scale, goal);
    fprintf(stream, "<path class=\"goal\" d=\"M0 %.1f H%d\"/>", y, PANEL_WIDTH);
    fprintf(stream, "<text class=\"goal-text\" y=\"%.1f\">%s %.*f</text>\n", y - 4, panel->goal, panel->decimals, goal);
}

/* Parts of a line where releases that follow each other are known. */
static void put_line(FILE *stream, const struct panel *panel, const struct scale *scale,
                     const struct report_history *history)
{
    bool begun = false;
    fputs("<path class=\"line\" d=\"", stream);
    for (size_t i = 0; i < history->count; i++) {
        double value = value_of(panel, &history->releases[i]);
        if (!isnan(value))
            fprintf(stream, "%c%.1f %.1f ", begun ? 'L' : 'M', x_of(scale, i), y_of(scale, value));
        begun = !isnan(value);
    }
    fputs("\"/>\n", stream);
}

static void put_version(FILE *stream, const struct scale *scale, const struct report_release *release, size_t index)
{
    if (scale->count > POINTS_WITH_LABELS && index > 0 && index + 1 < scale->count)
        return;
    fprintf(stream, "<text class=\"small\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">", x_of(scale, index), LABEL_Y);
    report_put_xml(stream, release->version);
    fputs("</text>\n", stream);
}

static void put_points(FILE *stream, const struct panel *panel, const struct scale *scale,
                       const struct report_history *history)
{
    for (size_t i = 0; i < history->count; i++) {
        const struct report_release *release = &history->releases[i];
        double value = value_of(panel, release);
        put_version(stream, scale, release, i);
        if (isnan(value))
            continue;
        fprintf(stream, "<circle class=\"point\" cx=\"%.1f\" cy=\"%.1f\" r=\"%s\"><title>", x_of(scale, i),
                y_of(scale, value), i + 1 == history->count ? "4" : "2.5");
        report_put_xml(stream, release->version);
        fputs(", ", stream);
        report_put_xml(stream, release->date);
        fprintf(stream, ": %.*f</title></circle>\n", panel->decimals, value);
    }
}

static void put_panel(FILE *stream, const struct report_history *history, size_t index)
{
    const struct panel *panel = &panels[index];
    struct scale scale = scale_of(panel, history);
    size_t column = index % COLUMNS, row = index / COLUMNS;
    fprintf(stream, "<g transform=\"translate(%zu %zu)\">\n", column * (PANEL_WIDTH + PANEL_GAP),
            row * (PANEL_HEIGHT + PANEL_GAP));
    put_head(stream, panel, history);
    put_goal(stream, panel, &scale, value_of(panel, &history->goal));
    put_line(stream, panel, &scale, history);
    put_points(stream, panel, &scale, history);
    fputs("</g>\n", stream);
}

bool report_write_history_plot(const struct report_history *history, const char *folder, const char *name)
{
    struct report_output output;
    if (!report_open(&output, folder, name))
        return false;
    fprintf(output.stream,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n"
            "<title>The parser's size and speed, from the first release to the last</title>\n%s",
            PLOT_WIDTH, PLOT_HEIGHT, PLOT_WIDTH, PLOT_HEIGHT, style);
    for (size_t i = 0; i < PANELS; i++)
        put_panel(output.stream, history, i);
    fputs("</svg>\n", output.stream);
    return report_close(&output);
}
