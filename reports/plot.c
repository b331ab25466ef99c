#include "plot.h"

#include "output.h"

/* Measures in user units, which are pixels at the picture's own size. */
enum {
    PLOT_WIDTH = 720,
    PLOT_LEFT = 140,
    PLOT_RIGHT = 110,
    PLOT_TOP = 40,
    BAR_HEIGHT = 14,
    BAR_STEP = 18,
    FAMILY_GAP = 14,
};

static const char style[] =
    "<style>"
    "text{font:12px system-ui,sans-serif;fill:#1d2430}.family{font-weight:600}.small{fill:#5b6675;font-size:11px}"
    ".pass{fill:#1a7f4b}.expected{fill:#6a4bb0}.skip{fill:#c9d0d9}.finding{fill:#c2343c}.open{fill:none;stroke:#8a94a3;stroke-dasharray:3 2}.axis{stroke:#c9d0d9}"
    "@media (prefers-color-scheme:dark){text{fill:#e4e8ee}.small{fill:#9aa5b5}.pass{fill:#3fb877}"
    ".expected{fill:#b9a2f3}.skip{fill:#39424e}.finding{fill:#f0656c}"
    ".open{stroke:#77828f}.axis{stroke:#39424e}}"
    "</style>\n";

static double scale_of(const struct report_result *result)
{
    size_t most = 1;
    for (size_t i = 0; i < result->family_count; i++) {
        struct report_tally tally = report_tally_of(result, result->families[i].id);
        for (enum report_level level = 0; level < REPORT_LEVELS; level++)
            if (tally.level[level].rows > most)
                most = tally.level[level].rows;
    }
    return (PLOT_WIDTH - PLOT_LEFT - PLOT_RIGHT) / (double)most;
}

/* Returns where it ends. */
static double put_part(FILE *stream, const char *class_name, double x, int y, double width)
{
    if (width > 0.01)
        fprintf(stream, "<rect class=\"%s\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n", class_name, x, y,
                width, BAR_HEIGHT);
    return x + width;
}

static void put_bar(FILE *stream, const struct report_level_tally *tally, const char *word, int y, double scale)
{
    const double left = PLOT_LEFT;
    const size_t told = tally->passed + tally->expected + tally->skipped;
    double all = (double)tally->rows * scale;
    fprintf(stream, "<text class=\"small\" x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n", PLOT_LEFT - 8, y + 11,
            word);
    double at = put_part(stream, "pass", left, y, (double)tally->passed * scale);
    at = put_part(stream, "expected", at, y, (double)tally->expected * scale);
    at = put_part(stream, "skip", at, y, (double)tally->skipped * scale);
    at = put_part(stream, "finding", at, y, tally->covered > told ? (double)(tally->covered - told) * scale : 0);
    put_part(stream, "open", at, y, left + all - at);
    fprintf(stream, "<text class=\"small\" x=\"%.1f\" y=\"%d\">", left + all + 6, y + 11);
    if (tally->rows > 0)
        fprintf(stream, "%zu of %zu pass</text>\n", tally->passed, tally->rows);
    else
        fputs("none</text>\n", stream);
}

/* Returns the y below the family. */
static int put_family(FILE *stream, const struct report_result *result, size_t index, int y, double scale)
{
    const char *id = result->families[index].id;
    struct report_tally tally = report_tally_of(result, id);
    fprintf(stream, "<text class=\"family\" x=\"8\" y=\"%d\">", y + 11);
    report_put_xml(stream, id);
    fputs("</text>\n", stream);
    for (enum report_level level = 0; level < REPORT_LEVELS; level++, y += BAR_STEP)
        put_bar(stream, &tally.level[level], report_level_word(level), y, scale);
    return y + FAMILY_GAP;
}

static void put_legend(FILE *stream)
{
    static const struct {
        const char *class_name, *text;
        int width;
    } entries[] = {{"pass", "passes", 80},
                   {"expected", "fails as expected", 132},
                   {"skip", "skipped", 84},
                   {"finding", "does not pass", 114},
                   {"open", "no case", 0}};
    int x = PLOT_LEFT;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; x += entries[i++].width) {
        fprintf(stream, "<rect class=\"%s\" x=\"%d\" y=\"10\" width=\"12\" height=\"12\"/>", entries[i].class_name, x);
        fprintf(stream, "<text class=\"small\" x=\"%d\" y=\"20\">%s</text>\n", x + 18, entries[i].text);
    }
}

bool report_write_plot(const struct report_result *result, const char *folder, const char *name)
{
    struct report_output output;
    int height = PLOT_TOP + (int)result->family_count * (REPORT_LEVELS * BAR_STEP + FAMILY_GAP);
    double scale = scale_of(result);
    if (!report_open(&output, folder, name))
        return false;
    fprintf(output.stream,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n"
            "<title>Requirements by family and level: passing, covered, without a case</title>\n%s",
            PLOT_WIDTH, height, PLOT_WIDTH, height, style);
    put_legend(output.stream);
    int y = PLOT_TOP;
    for (size_t i = 0; i < result->family_count; i++)
        y = put_family(output.stream, result, i, y, scale);
    fprintf(output.stream, "<path class=\"axis\" d=\"M%d %d V%d\"/>\n</svg>\n", PLOT_LEFT, PLOT_TOP - 4,
            y - FAMILY_GAP + 4);
    return report_close(&output);
}
