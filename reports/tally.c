#include "result.h"

#include <string.h>

const char *report_outcome_word(enum report_outcome outcome)
{
    static const char *const words[] = {"info", "pass", "skip", "expected", "open", "fail", "timeout", "crash"};
    _Static_assert(sizeof words / sizeof *words == REPORT_OUTCOMES, "one word an outcome");
    return words[outcome];
}

bool report_is_finding(enum report_outcome outcome)
{
    return outcome >= REPORT_OPEN;
}

enum report_level report_level_from_word(const char *word)
{
    enum report_level level = REPORT_MUST;
    while (level < REPORT_LEVELS && strcmp(word, report_level_word(level)) != 0)
        level++;
    return level;
}

const char *report_level_word(enum report_level level)
{
    static const char *const words[] = {"must", "should", "may"};
    return words[level];
}

const char *report_form_word(enum report_form form)
{
    static const char *const words[] = {"test", "read", "write", "exec", "other"};
    return words[form];
}

static void count_row(struct report_tally *tally, const struct report_row *row)
{
    enum report_level level = report_level_from_word(row->level);
    tally->rows++;
    tally->row_outcomes[row->outcome]++;
    if (strcmp(row->kind, "anomaly") == 0) {
        tally->anomalies++;
        tally->decided += row->covered || row->reason[0] != '\0';
    }
    if (level == REPORT_LEVELS) {
        tally->info++;
        return;
    }
    tally->covered += row->covered;
    tally->level[level].rows++;
    tally->level[level].covered += row->covered;
    tally->level[level].passed += row->outcome == REPORT_PASS;
    tally->level[level].expected += row->outcome == REPORT_EXPECTED;
    tally->level[level].skipped += row->outcome == REPORT_SKIP;
}

struct report_tally report_tally_of(const struct report_result *result, const char *family)
{
    struct report_tally tally = {0};
    for (size_t i = 0; i < result->row_count; i++)
        if (!family || strcmp(result->rows[i].family, family) == 0)
            count_row(&tally, &result->rows[i]);
    for (size_t i = 0; i < result->case_count; i++)
        if (!family || strcmp(result->cases[i].family, family) == 0) {
            tally.cases++;
            tally.case_outcomes[result->cases[i].outcome]++;
        }
    return tally;
}

bool report_tally_is_clean(const struct report_tally *tally)
{
    for (enum report_outcome outcome = 0; outcome < REPORT_OUTCOMES; outcome++)
        if (report_is_finding(outcome) && tally->row_outcomes[outcome] + tally->case_outcomes[outcome] > 0)
            return false;
    return true;
}

bool report_tally_is_whole(const struct report_tally *tally)
{
    return tally->row_outcomes[REPORT_SKIP] + tally->row_outcomes[REPORT_EXPECTED] + tally->case_outcomes[REPORT_SKIP] +
               tally->case_outcomes[REPORT_EXPECTED] ==
           0;
}

size_t report_failed_cases(const struct report_tally *tally)
{
    return tally->case_outcomes[REPORT_FAIL] + tally->case_outcomes[REPORT_TIMEOUT] +
           tally->case_outcomes[REPORT_CRASH];
}
