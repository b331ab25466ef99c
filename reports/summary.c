#include "summary.h"

static void print_share(FILE *stream, size_t part, size_t whole)
{
    char text[48];
    snprintf(text, sizeof text, "%zu/%zu", part, whole);
    fprintf(stream, " %10s", text);
}

static void print_counts(FILE *stream, const char *name, const struct report_tally *tally)
{
    fprintf(stream, "%-9s %5zu", name, tally->rows);
    print_share(stream, tally->covered, tally->rows - tally->info);
    for (enum report_level level = 0; level < REPORT_LEVELS; level++)
        print_share(stream, tally->level[level].passed, tally->level[level].rows);
    print_share(stream, tally->decided, tally->anomalies);
    fprintf(stream, " %6zu ", tally->cases);
    for (enum report_outcome outcome = REPORT_PASS; outcome < REPORT_OUTCOMES; outcome++)
        if (outcome == REPORT_PASS || tally->case_outcomes[outcome] > 0)
            fprintf(stream, " %zu %s", tally->case_outcomes[outcome], report_outcome_word(outcome));
    fputc('\n', stream);
}

void report_print_summary(FILE *stream, const struct report_result *result)
{
    struct report_tally all = report_tally_of(result, NULL);
    fprintf(stream, "%s %s, compared up to level %s, suite %s, corpus %s; must, should, may: passing/all\n",
            result->name, result->version, result->level, result->suite_version, result->corpus_hash);
    fprintf(stream, "%-9s %5s %10s %10s %10s %10s %10s %6s  %s\n", "family", "rows", "covered", "must", "should", "may",
            "anomalies", "cases", "verdicts");
    for (size_t i = 0; i < result->family_count; i++) {
        struct report_tally tally = report_tally_of(result, result->families[i].id);
        print_counts(stream, result->families[i].id, &tally);
    }
    print_counts(stream, "together", &all);
}

void report_print_comparison(FILE *stream, const struct report_comparison *comparison)
{
    fprintf(stream, "since %s:", comparison->before->start);
    for (enum report_change change = 0; change < REPORT_CHANGES; change++)
        fprintf(stream, "%s %zu requirements and %zu cases %s", change ? "," : "", comparison->row_changes[change],
                comparison->case_changes[change], report_change_word(change));
    fputc('\n', stream);
}
