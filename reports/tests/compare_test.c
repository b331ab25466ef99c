#include "compare.h"
#include "support.h"

#include <criterion/criterion.h>
#include <string.h>

static struct report_result *before, *after;
static struct report_comparison *comparison;

static void compare_samples(void)
{
    before = report_result_read(EARLIER);
    after = report_result_read(SAMPLE);
    comparison = report_compare(before, after);
}

static void free_samples(void)
{
    report_comparison_free(comparison);
    report_result_free(before);
    report_result_free(after);
}

TestSuite(reports_compare, .init = compare_samples, .fini = free_samples);

static const struct report_difference *find(const char *id)
{
    for (size_t i = 0; i < comparison->count; i++)
        if (strcmp(comparison->differences[i].id, id) == 0)
            return &comparison->differences[i];
    return NULL;
}

static void expect_change(const char *id, enum report_change change)
{
    const struct report_difference *difference = find(id);
    cr_assert_not_null(difference, "%s has changed", id);
    cr_expect_eq(difference->change, change, "%s: expected %s, got %s", id, report_change_word(change),
                 report_change_word(difference->change));
}

Test(reports_compare, changes)
{
    expect_change("transcripts/a7600/cipopen/tcp", REPORT_REGRESSED);
    expect_change("a7600/CIPOPEN/tcp/case-2", REPORT_REGRESSED);
    expect_change("transcripts/a7600/ciprxget/read-5", REPORT_IMPROVED);
    expect_change("transcripts/a7600/removed", REPORT_REMOVED);
    expect_change("transcripts/a7600/hostile", REPORT_ADDED);
    cr_expect(report_has_regressed(comparison), "two regressions");
}

Test(reports_compare, what_stays_is_no_change)
{
    cr_expect_null(find("transcripts/a7600/err/4"), "it crashed before and crashes now");
}

Test(reports_compare, counts)
{
    cr_expect_eq(comparison->case_changes[REPORT_REGRESSED], 1, "cases regressed");
    cr_expect_eq(comparison->case_changes[REPORT_ADDED], 6, "cases added");
    cr_expect_eq(comparison->case_changes[REPORT_REMOVED], 1, "cases removed");
    cr_expect_eq(comparison->row_changes[REPORT_ADDED], 9, "requirements added");
    cr_expect_eq(comparison->count, 20, "%zu differences", comparison->count);
}

Test(reports_compare, outcomes_of_both)
{
    const struct report_difference *difference = find("a7600/CIPOPEN/tcp/case-2");
    cr_assert_not_null(difference, "it has changed");
    cr_expect_eq(difference->before, REPORT_PASS, "it passed");
    cr_expect_eq(difference->after, REPORT_TIMEOUT, "now it hangs");
}

Test(reports_compare, result_with_itself)
{
    struct report_comparison *same = report_compare(after, after);
    cr_expect_eq(same->count, 0, "%zu differences", same->count);
    cr_expect_not(report_has_regressed(same), "nothing has changed");
    report_comparison_free(same);
}

Test(reports_compare, json_has_no_outcome_where_there_is_none)
{
    json_t *json = report_comparison_json(comparison);
    const json_t *list = json_object_get(json, "differences");
    cr_expect_eq(json_array_size(list), comparison->count, "all differences");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const char *change = json_string_value(json_object_get(item, "change"));
        cr_expect_eq(json_is_null(json_object_get(item, "before")), strcmp(change, "added") == 0, "%zu: before", i);
        cr_expect_eq(json_is_null(json_object_get(item, "after")), strcmp(change, "removed") == 0, "%zu: after", i);
    }
    json_decref(json);
}
