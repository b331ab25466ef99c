#include "markdown.h"

#include "output.h"
#include "plot.h"

#include <stdlib.h>
#include <string.h>

/* What a page is about. */
struct page {
    FILE *stream;
    struct report_result *const *results;
    size_t count;
    const struct report_comparison *comparison;
    const struct report_history *history;
    const char *family; /* NULL: all */
};

/* Escapes make at most six octets of one; what a list's end and the sections after it need is kept free. */
static bool has_room(const struct page *page, const char *text)
{
    long used = ftell(page->stream);
    return used >= 0 && (size_t)used + 6 * strlen(text) + 4096 < REPORT_MARKDOWN_MAX - 65536;
}

static bool is_of(const struct page *page, const char *family)
{
    return !page->family || strcmp(page->family, family) == 0;
}

static const char *mark_of(enum report_outcome outcome)
{
    static const char *const marks[REPORT_OUTCOMES] = {
        [REPORT_INFO] = "·", [REPORT_PASS] = "✓", [REPORT_SKIP] = "–",    [REPORT_EXPECTED] = "≈",
        [REPORT_OPEN] = "○", [REPORT_FAIL] = "✗", [REPORT_TIMEOUT] = "…", [REPORT_CRASH] = "!",
    };
    return marks[outcome];
}

static void put_outcome(FILE *stream, enum report_outcome outcome)
{
    fprintf(stream, "%s %s", mark_of(outcome), report_outcome_word(outcome));
}

static const char *verdict_of(const struct report_tally *tally)
{
    if (!report_tally_is_clean(tally))
        return "✗ Not passed.";
    if (report_tally_is_whole(tally))
        return "✓ Pass.";
    bool listed = tally->row_outcomes[REPORT_EXPECTED] + tally->case_outcomes[REPORT_EXPECTED] > 0;
    return listed ? "≈ As expected." : "✓ Pass, in part.";
}

static void put_verdict(FILE *stream, const struct report_tally *tally)
{
    size_t provable = tally->rows - tally->info, passed = 0;
    for (enum report_level level = 0; level < REPORT_LEVELS; level++)
        passed += tally->level[level].passed;
    fprintf(stream, "**%s** %zu of %zu requirements pass, %zu have no case; %zu of %zu cases pass, ", verdict_of(tally),
            passed, provable, provable - tally->covered, tally->case_outcomes[REPORT_PASS], tally->cases);
    if (!report_tally_is_whole(tally))
        fprintf(stream, "%zu fail as expected, %zu are skipped, ", tally->case_outcomes[REPORT_EXPECTED],
                tally->case_outcomes[REPORT_SKIP]);
    fprintf(stream, "%zu fail, crash or hang.\n\n", report_failed_cases(tally));
}

static void put_levels(FILE *stream, const struct report_tally *tally)
{
    fputs("| level | requirements | with a case | pass |\n|---|---:|---:|---:|\n", stream);
    for (enum report_level level = 0; level < REPORT_LEVELS; level++)
        fprintf(stream, "| %s | %zu | %zu | %zu |\n", report_level_word(level), tally->level[level].rows,
                tally->level[level].covered, tally->level[level].passed);
    fprintf(stream, "| info | %zu | | |\n\nAnomalies decided: %zu of %zu.\n\n", tally->info, tally->decided,
            tally->anomalies);
}

static void put_run(FILE *stream, const struct report_result *result)
{
    fputs("Implementation ", stream);
    report_put_markdown(stream, result->name);
    fputc(' ', stream);
    report_put_markdown(stream, result->version);
    fprintf(stream, ", compared up to level %s. Suite %s, corpus %s, commit ", result->level, result->suite_version,
            result->corpus_hash);
    report_put_markdown(stream, result->commit);
    fprintf(stream, "%s, ", result->dirty ? " with changes" : "");
    report_put_markdown(stream, result->toolchain);
    fprintf(stream, ", %s.\n\n", result->start);
}

static void put_implementations(const struct page *page)
{
    if (page->count < 2)
        return;
    fputs("## Implementations\n\n| implementation | level | pass | fail | crash | timeout | expected | skip |\n"
          "|---|---|---:|---:|---:|---:|---:|---:|\n",
          page->stream);
    for (size_t i = 0; i < page->count; i++) {
        struct report_tally tally = report_tally_of(page->results[i], page->family);
        fputs("| ", page->stream);
        report_put_markdown(page->stream, page->results[i]->name);
        fprintf(page->stream, " | %s | %zu | %zu | %zu | %zu | %zu | %zu |\n", page->results[i]->level,
                tally.case_outcomes[REPORT_PASS], tally.case_outcomes[REPORT_FAIL], tally.case_outcomes[REPORT_CRASH],
                tally.case_outcomes[REPORT_TIMEOUT], tally.case_outcomes[REPORT_EXPECTED],
                tally.case_outcomes[REPORT_SKIP]);
    }
    fputc('\n', page->stream);
}

static void put_difference(FILE *stream, const struct report_difference *difference)
{
    fprintf(stream, "- %s: ", report_change_word(difference->change));
    report_put_code(stream, difference->id, false);
    if (difference->change == REPORT_REGRESSED || difference->change == REPORT_IMPROVED)
        fprintf(stream, ", %s before, %s now", report_outcome_word(difference->before),
                report_outcome_word(difference->after));
    fputs(difference->is_case ? " (case)\n" : "\n", stream);
}

static void put_changes(const struct page *page)
{
    const struct report_comparison *comparison = page->comparison;
    size_t put = 0, left_out = 0;
    if (!comparison)
        return;
    fprintf(page->stream, "## Since %s\n\n", comparison->before->start);
    for (size_t i = 0; i < comparison->count; i++) {
        if (!is_of(page, comparison->differences[i].family))
            continue;
        if (put < 200) {
            put_difference(page->stream, &comparison->differences[i]);
            put++;
        } else {
            left_out++;
        }
    }
    fputs(put ? "" : "Nothing has changed.\n", page->stream);
    if (left_out)
        fprintf(page->stream, "- and %zu more\n", left_out);
    fputc('\n', page->stream);
}

static void put_labelled(FILE *stream, const char *label, const char *text)
{
    if (!text)
        return;
    fprintf(stream, "  - %s ", label);
    report_put_code(stream, text, false);
    fputc('\n', stream);
}

static void put_finding(FILE *stream, const struct report_case *item)
{
    fputs("- ", stream);
    put_outcome(stream, item->outcome);
    fputs(": ", stream);
    report_put_code(stream, item->id, false);
    fputs(" — ", stream);
    report_put_markdown(stream, item->title);
    fputs(" (", stream);
    report_put_markdown(stream, item->source);
    fputs(")\n", stream);
    if (item->differs) {
        fputs("  - ", stream);
        report_put_markdown(stream, item->file);
        fprintf(stream, " line %d, split ", item->line);
        report_put_markdown(stream, item->split ? item->split : "whole");
        fputc('\n', stream);
        put_labelled(stream, "expected", item->expected ? item->expected : "(nothing)");
        put_labelled(stream, "got", item->got ? item->got : "(nothing)");
    }
    put_labelled(stream, "reason", item->reason);
    put_labelled(stream, "rerun", item->rerun);
}

static void put_more(const struct page *page, size_t left_out)
{
    if (left_out)
        fprintf(page->stream, "\n%zu more are in the HTML report.\n", left_out);
    fputc('\n', page->stream);
}

static void put_findings(const struct page *page)
{
    const struct report_result *result = page->results[0];
    size_t left_out = 0, put = 0;
    for (size_t i = 0; i < result->case_count; i++) {
        const struct report_case *item = &result->cases[i];
        if (!report_is_finding(item->outcome) || !is_of(page, item->family))
            continue;
        if (put++ == 0)
            fputs("## Findings\n\n", page->stream);
        char *text = json_dumps(json_object_get(item->json, "difference"), JSON_ENCODE_ANY);
        if (text && has_room(page, text) && has_room(page, item->title))
            put_finding(page->stream, item);
        else
            left_out++;
        free(text);
    }
    if (put)
        put_more(page, left_out);
}

/* How many rows a command's form has and how many pass; the worst of their outcomes. */
static void put_cell(const struct page *page, const char *command, size_t size, enum report_form form)
{
    const struct report_result *result = page->results[0];
    enum report_outcome worst = REPORT_INFO;
    size_t rows = 0, passed = 0;
    for (size_t i = 0; i < result->row_count; i++) {
        const struct report_row *row = &result->rows[i];
        if (row->form != form || !is_of(page, row->family) || strcspn(row->command, "/") != size ||
            strncmp(row->command, command, size) != 0)
            continue;
        rows++;
        passed += row->outcome == REPORT_PASS;
        worst = row->outcome > worst ? row->outcome : worst;
    }
    if (rows)
        fprintf(page->stream, " %s %zu/%zu |", mark_of(worst), passed, rows);
    else
        fputs(" |", page->stream);
}

static bool is_first_of_command(const struct page *page, size_t index)
{
    const struct report_row *row = &page->results[0]->rows[index];
    size_t size = strcspn(row->command, "/");
    for (size_t i = 0; i < index; i++) {
        const struct report_row *other = &page->results[0]->rows[i];
        if (other->form != REPORT_FORMS && is_of(page, other->family) && strcspn(other->command, "/") == size &&
            strncmp(other->command, row->command, size) == 0)
            return false;
    }
    return true;
}

static void put_commands(const struct page *page)
{
    const struct report_result *result = page->results[0];
    bool started = false;
    for (size_t i = 0; i < result->row_count; i++) {
        const struct report_row *row = &result->rows[i];
        if (row->form == REPORT_FORMS || !is_of(page, row->family) || !is_first_of_command(page, i))
            continue;
        if (!started)
            fputs("## Commands\n\n| command | test | read | write | execute | other |\n|---|---|---|---|---|---|\n",
                  page->stream);
        started = true;
        fprintf(page->stream, "| %.*s |", (int)strcspn(row->command, "/"), row->command);
        for (enum report_form form = 0; form < REPORT_FORMS; form++)
            put_cell(page, row->command, strcspn(row->command, "/"), form);
        fputc('\n', page->stream);
    }
    fputs(started ? "\n" : "", page->stream);
}

static void put_row(FILE *stream, const struct report_row *row)
{
    fputs("| ", stream);
    put_outcome(stream, row->outcome);
    fputs(" | ", stream);
    report_put_code(stream, row->id, true);
    fprintf(stream, " | %s | ", row->level);
    report_put_markdown(stream, row->manual);
    fputc(' ', stream);
    report_put_markdown(stream, row->section);
    fprintf(stream, " | %zu | ", row->case_count);
    report_put_markdown(stream, row->statement);
    if (*row->reason) {
        fputs(" — ", stream);
        report_put_markdown(stream, row->reason);
    }
    fputs(" |\n", stream);
}

static void put_rows(const struct page *page, const char *kind, const char *title)
{
    const struct report_result *result = page->results[0];
    size_t left_out = 0, put = 0;
    for (size_t i = 0; i < result->row_count; i++) {
        const struct report_row *row = &result->rows[i];
        if (strcmp(row->kind, kind) != 0 || !is_of(page, row->family))
            continue;
        if (put++ == 0)
            fprintf(
                page->stream,
                "## %s\n\n| verdict | requirement | level | clause | cases | statement |\n|---|---|---|---|---:|---|\n",
                title);
        if (has_room(page, row->statement) && has_room(page, row->reason))
            put_row(page->stream, row);
        else
            left_out++;
    }
    if (put)
        put_more(page, left_out);
}

static void put_ledger(const struct page *page)
{
    static const struct {
        const char *kind, *title;
    } sections[] = {
        {"anomaly", "Anomalies"},       {"decision", "Decisions"}, {"form", "Command forms"},
        {"session", "Sessions"},        {"exchange", "Exchanges"}, {"error", "Errors"},
        {"urc", "Unsolicited results"}, {"mode", "Modes"},         {"range", "Ranges"},
        {"default", "Defaults"},        {"time", "Times"},         {"note", "Notes"},
    };
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        put_rows(page, sections[i].kind, sections[i].title);
}

static bool write_family(struct page page, const struct report_family *family, const char *folder)
{
    struct report_output output;
    char name[64];
    struct report_tally tally = report_tally_of(page.results[0], family->id);
    snprintf(name, sizeof name, "%s.md", family->id);
    if (!report_open(&output, folder, name))
        return false;
    page.stream = output.stream;
    page.family = family->id;
    put_verdict(output.stream, &tally);
    fprintf(output.stream, "# %s: ", family->id);
    report_put_markdown(output.stream, family->manual);
    fputs("\n\n", output.stream);
    put_run(output.stream, page.results[0]);
    put_levels(output.stream, &tally);
    put_implementations(&page);
    put_changes(&page);
    put_findings(&page);
    put_commands(&page);
    put_ledger(&page);
    return report_close(&output);
}

static void put_families(const struct page *page)
{
    const struct report_result *result = page->results[0];
    fputs("| family | verdict | requirements | with a case | pass | cases | pass | anomalies decided |\n"
          "|---|---|---:|---:|---:|---:|---:|---:|\n",
          page->stream);
    for (size_t i = 0; i < result->family_count; i++) {
        const char *id = result->families[i].id;
        struct report_tally tally = report_tally_of(result, id);
        fprintf(page->stream, "| [%s](%s.md) | %s | %zu | %zu | %zu | %zu | %zu | %zu of %zu |\n", id, id,
                verdict_of(&tally), tally.rows, tally.covered, tally.row_outcomes[REPORT_PASS], tally.cases,
                tally.case_outcomes[REPORT_PASS], tally.decided, tally.anomalies);
    }
    fputs("\n![Requirements by family and level](coverage.svg)\n\n", page->stream);
    if (page->history)
        fputs("![The parser's size and speed, from the first release to the last](history.svg)\n\n", page->stream);
}

static bool write_summary(struct page page, const char *folder)
{
    struct report_output output;
    struct report_tally tally = report_tally_of(page.results[0], NULL);
    if (!report_open(&output, folder, "summary.md"))
        return false;
    page.stream = output.stream;
    put_verdict(output.stream, &tally);
    fputs("# Conformance\n\n", output.stream);
    put_run(output.stream, page.results[0]);
    put_families(&page);
    put_levels(output.stream, &tally);
    put_implementations(&page);
    put_changes(&page);
    put_findings(&page);
    return report_close(&output);
}

bool report_write_markdown(struct report_result *const *results, size_t count,
                           const struct report_comparison *comparison, const struct report_history *history,
                           const char *folder)
{
    struct page page = {NULL, results, count, comparison, history, NULL};
    if (!report_make_folder(folder) || !write_summary(page, folder) ||
        !report_write_plot(results[0], folder, "coverage.svg") ||
        (history && !report_write_history_plot(history, folder, "history.svg")))
        return false;
    for (size_t i = 0; i < results[0]->family_count; i++)
        if (!write_family(page, &results[0]->families[i], folder))
            return false;
    return true;
}
