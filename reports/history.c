#include "history.h"

#include "allocate.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const names[] = {"code_and_tables", "state", "stack", "text_64", "mixed_4096", "text_1"};
_Static_assert(sizeof names / sizeof *names == REPORT_FIGURES, "a name a figure");

/* The file that is being read. */
struct reading {
    const char *file;
    size_t line;
};

const char *report_figure_name(enum report_figure figure)
{
    return names[figure];
}

static bool refuse(const struct reading *at, const char *expected, const char *got)
{
    fprintf(stderr, "%s:%zu: expected %s, got \"%s\"\n", at->file, at->line, expected, got);
    return false;
}

/* Cut the next cell off a row; "" behind the last one. */
static char *next_cell(char **row)
{
    char *cell = *row;
    size_t size = strcspn(cell, "\t");
    *row = cell + size + (cell[size] == '\t');
    cell[size] = '\0';
    return cell;
}

static bool read_header(const struct reading *at, char *row)
{
    const char *cell = next_cell(&row);
    if (strcmp(cell, "version") != 0)
        return refuse(at, "the column version", cell);
    cell = next_cell(&row);
    if (strcmp(cell, "date") != 0)
        return refuse(at, "the column date", cell);
    for (size_t i = 0; i < REPORT_FIGURES; i++) {
        cell = next_cell(&row);
        if (strcmp(cell, names[i]) != 0)
            return refuse(at, names[i], cell);
    }
    return *row == '\0' || refuse(at, "no more columns", row);
}

static bool read_text(const struct reading *at, char *to, size_t size, const char *cell)
{
    size_t length = strlen(cell);
    if (length == 0 || length >= size)
        return refuse(at, "a version and a date, both short", cell);
    memcpy(to, cell, length + 1);
    return true;
}

static bool read_figure(const struct reading *at, double *to, const char *cell)
{
    char *end;
    *to = NAN;
    if (strcmp(cell, "-") == 0)
        return true;
    *to = strtod(cell, &end);
    return (end != cell && *end == '\0' && *to >= 0 && *to < 1e9) || refuse(at, "a number or -", cell);
}

static bool read_row(const struct reading *at, struct report_release *to, char *row)
{
    if (!read_text(at, to->version, sizeof to->version, next_cell(&row)) ||
        !read_text(at, to->date, sizeof to->date, next_cell(&row)))
        return false;
    for (size_t i = 0; i < REPORT_FIGURES; i++)
        if (!read_figure(at, &to->figures[i], next_cell(&row)))
            return false;
    return *row == '\0' || refuse(at, "no more columns", row);
}

static bool is_known(const struct report_history *history, const char *version)
{
    for (size_t i = 0; i < history->count; i++)
        if (strcmp(history->releases[i].version, version) == 0)
            return true;
    return false;
}

static bool add_row(const struct reading *at, struct report_history *to, char *row)
{
    struct report_release release;
    if (!read_row(at, &release, row))
        return false;
    if (strcmp(release.version, "goal") == 0) {
        to->goal = release;
        return true;
    }
    if (is_known(to, release.version))
        return refuse(at, "each version once", release.version);
    struct report_release *more = report_allocate(to->count + 1, sizeof *more);
    if (to->count > 0)
        memcpy(more, to->releases, to->count * sizeof *more);
    free(to->releases);
    to->releases = more;
    to->releases[to->count++] = release;
    return true;
}

static bool read_lines(struct report_history *to, FILE *stream, const char *file)
{
    struct reading at = {file, 0};
    char *row = NULL;
    size_t room = 0;
    bool good = true;
    while (good && getline(&row, &room, stream) >= 0) {
        at.line++;
        row[strcspn(row, "\r\n")] = '\0';
        good = at.line == 1 ? read_header(&at, row) : add_row(&at, to, row);
    }
    free(row);
    return good && (at.line > 0 || refuse(&at, "a line of column names", ""));
}

struct report_history *report_history_read(const char *file)
{
    FILE *stream = fopen(file, "r");
    if (!stream) {
        fprintf(stderr, "atwire report: %s: expected a readable file: %s\n", file, strerror(errno));
        return NULL;
    }
    struct report_history *history = report_allocate(1, sizeof *history);
    for (size_t i = 0; i < REPORT_FIGURES; i++)
        history->goal.figures[i] = NAN;
    bool good = read_lines(history, stream, file);
    fclose(stream);
    if (!good) {
        report_history_free(history);
        return NULL;
    }
    return history;
}

void report_history_free(struct report_history *history)
{
    if (!history)
        return;
    free(history->releases);
    free(history);
}

static json_t *row_json(const struct report_release *release)
{
    json_t *row = json_pack("{s:s, s:s}", "version", release->version, "date", release->date);
    for (size_t i = 0; i < REPORT_FIGURES; i++) {
        double figure = release->figures[i];
        json_object_set_new(row, names[i], isnan(figure) ? json_null() : json_real(figure));
    }
    return row;
}

json_t *report_history_json(const struct report_history *history)
{
    json_t *releases = json_array();
    for (size_t i = 0; i < history->count; i++)
        json_array_append_new(releases, row_json(&history->releases[i]));
    return json_pack("{s:o, s:o}", "goal", row_json(&history->goal), "releases", releases);
}
