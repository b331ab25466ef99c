#include "ledger.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER "id\tkind\tmanual\tsection\tlevel\tstatement\treason"
#define COLUMNS 7

static const char *const kinds[] = {"form",    "exchange", "session", "error",    "urc",  "mode", "range",
                                    "default", "time",     "anomaly", "decision", "note", NULL};
static const char *const levels[] = {"must", "should", "may", "info", NULL};

static bool one_of(const char *text, const char *const *list)
{
    for (; *list != NULL; list++) {
        if (strcmp(text, *list) == 0) {
            return true;
        }
    }
    return false;
}

/* Cut the line at its TABs. */
static bool split_row(source *from, char *columns[COLUMNS], source_error *error)
{
    char *rest = from->line;
    for (size_t i = 0; i < COLUMNS; i++) {
        char *tab = strchr(rest, '\t');
        columns[i] = rest;
        if ((tab == NULL) != (i + 1 == COLUMNS)) {
            source_fail(from, 0, error,
                        "expected 7 columns with TABs between: id kind manual section level statement reason");
            return false;
        }
        if (tab != NULL) {
            *tab = '\0';
            rest = tab + 1;
        }
    }
    return true;
}

static bool good_id(const char *id)
{
    atw_family family;
    const char *slash = strchr(id, '/');
    if (slash == NULL || slash[1] == '\0' ||
        id[strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./+&*#-")] != '\0') {
        return false;
    }
    char name[16] = "";
    snprintf(name, sizeof name, "%.*s", (int)(slash - id), id);
    return atw_family_from_name(name, &family) && strcmp(atw_family_name(family), name) == 0;
}

static bool check_row(const source *from, char *const columns[COLUMNS], source_error *error)
{
    bool info = strcmp(columns[4], "info") == 0;
    if (!good_id(columns[0])) {
        return source_fail(from, 0, error, "expected an id: a family, / and letters, digits, _ . / + & * # -");
    }
    if (!one_of(columns[1], kinds)) {
        return source_fail(
            from, 0, error,
            "expected a kind: form exchange session error urc mode range default time anomaly decision note");
    }
    if (!one_of(columns[4], levels)) {
        return source_fail(from, 0, error, "expected a level: must should may info");
    }
    if (*columns[2] == '\0' || *columns[3] == '\0' || *columns[5] == '\0') {
        return source_fail(from, 0, error, "expected a manual, a section and a statement");
    }
    if (info != (*columns[6] != '\0')) {
        return source_fail(from, 0, error, "expected a reason in info rows, none in others");
    }
    return true;
}

static void add_row(ledger *to, const source *from, char *const columns[COLUMNS])
{
    const char *kept[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        kept[i] = arena_text(&to->memory, columns[i], strlen(columns[i]));
    }
    to->rows = memory_room(to->rows, to->count, sizeof *to->rows);
    to->rows[to->count++] = (ledger_row){.id = kept[0],
                                         .family = arena_text(&to->memory, kept[0], strcspn(kept[0], "/")),
                                         .kind = kept[1],
                                         .manual = kept[2],
                                         .section = kept[3],
                                         .level = kept[4],
                                         .statement = kept[5],
                                         .reason = kept[6],
                                         .file = arena_text(&to->memory, from->file, strlen(from->file)),
                                         .line = from->number};
}

bool ledger_read(ledger *to, source *from, source_error *error)
{
    int more = source_next(from, true, error);
    if (more < 0) {
        return false;
    }
    if (more == 0 || strcmp(from->line, HEADER) != 0) {
        from->number += from->number == 0;
        return source_fail(from, 0, error, "expected the header line id kind manual section level statement reason");
    }
    while ((more = source_next(from, true, error)) > 0) {
        char *columns[COLUMNS] = {NULL};
        if (!split_row(from, columns, error) || !check_row(from, columns, error)) {
            return false;
        }
        add_row(to, from, columns);
    }
    return more == 0;
}

static int by_id(const void *a, const void *b)
{
    const ledger_row *first = a;
    const ledger_row *second = b;
    int order = strcmp(first->id, second->id);
    if (order == 0) {
        order = strcmp(first->file, second->file);
    }
    return order != 0 ? order : (first->line > second->line) - (first->line < second->line);
}

bool ledger_sort(ledger *to, source_error *error)
{
    if (to->count > 0) {
        qsort(to->rows, to->count, sizeof *to->rows, by_id);
    }
    for (size_t i = 1; i < to->count; i++) {
        const ledger_row *row = &to->rows[i];
        if (strcmp(row->id, row[-1].id) == 0) {
            snprintf(error->message, sizeof error->message, "%s:%zu: expected an id of its own, %s is in %s:%zu",
                     row->file, row->line, row->id, row[-1].file, row[-1].line);
            return false;
        }
    }
    return true;
}

static bool load_table(ledger *to, const char *folder, const char *name, source_error *error)
{
    source from;
    buffer path = {0};
    buffer file = {0};
    buffer_format(&path, "%s/%s", folder, name);
    buffer_format(&file, "corpus/requirements/%s", name);
    bool good = source_open(&from, path.octets, error);
    if (good) {
        from.file = file.octets;
        good = ledger_read(to, &from, error);
        source_close(&from);
    }
    buffer_free(&path);
    buffer_free(&file);
    return good;
}

static bool load_tables(ledger *to, const char *folder, source_error *error)
{
    DIR *open = opendir(folder);
    if (open == NULL) {
        snprintf(error->message, sizeof error->message, "%s: expected a readable folder: %s", folder, strerror(errno));
        return false;
    }
    bool good = true;
    struct dirent *entry;
    while (good && (entry = readdir(open)) != NULL) {
        size_t length = strlen(entry->d_name);
        if (length > 4 && strcmp(entry->d_name + length - 4, ".tsv") == 0) {
            good = load_table(to, folder, entry->d_name, error);
        }
    }
    closedir(open);
    return good;
}

bool ledger_load(ledger *to, const char *folder, source_error *error)
{
    *to = (ledger){0};
    buffer path = {0};
    buffer_format(&path, "%s/requirements", folder);
    bool good = load_tables(to, path.octets, error) && ledger_sort(to, error);
    buffer_free(&path);
    return good;
}

void ledger_free(ledger *from)
{
    for (size_t i = 0; i < from->count; i++) {
        free((void *)from->rows[i].cases);
    }
    free(from->rows);
    arena_free(&from->memory);
    *from = (ledger){0};
}

static int by_key(const void *key, const void *row)
{
    return strcmp(key, ((const ledger_row *)row)->id);
}

ledger_row *ledger_find(const ledger *in, const char *id)
{
    return in->count > 0 ? bsearch(id, in->rows, in->count, sizeof *in->rows, by_key) : NULL;
}

static size_t map_case(ledger *rows, const corpus_case *one, buffer *gaps)
{
    const transcript *from = &one->transcript;
    size_t found = 0;
    if (from->covers_count == 0) {
        buffer_format(gaps, "%s: expected a header covers: case %s has no row\n", one->file, one->id);
        found++;
    }
    for (size_t i = 0; i < from->covers_count; i++) {
        ledger_row *row = ledger_find(rows, from->covers[i]);
        if (row == NULL) {
            buffer_format(gaps, "%s: expected rows of the ledger in covers: there is no row %s\n", one->file,
                          from->covers[i]);
            found++;
            continue;
        }
        row->cases = memory_room((void *)row->cases, row->case_count, sizeof *row->cases);
        row->cases[row->case_count++] = one;
    }
    return found;
}

size_t ledger_map(ledger *rows, const corpus *cases, buffer *gaps)
{
    size_t found = 0;
    for (size_t i = 0; i < cases->count; i++) {
        found += map_case(rows, &cases->cases[i], gaps);
    }
    for (size_t i = 0; i < rows->count; i++) {
        const ledger_row *row = &rows->rows[i];
        bool info = strcmp(row->level, "info") == 0;
        if (info == (row->case_count == 0)) {
            continue;
        }
        buffer_format(gaps,
                      info ? "%s:%zu: expected no case for the info row %s\n" : "%s:%zu: expected a case for row %s\n",
                      row->file, row->line, row->id);
        found++;
    }
    return found;
}
