#include "support.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>

static struct report_result *sample;

static void read_sample(void)
{
    sample = report_result_read(SAMPLE);
    cr_assert_not_null(sample, "the sample is not read");
}

static void free_sample(void)
{
    report_result_free(sample);
}

TestSuite(reports_result, .init = read_sample, .fini = free_sample);

static const struct report_row *row_of(const char *id)
{
    for (size_t i = 0; i < sample->row_count; i++)
        if (strcmp(sample->rows[i].id, id) == 0)
            return &sample->rows[i];
    cr_assert_fail("no row %s", id);
    return NULL;
}

static void expect_outcome(const char *id, const char *word)
{
    const char *got = report_outcome_word(row_of(id)->outcome);
    cr_expect_str_eq(got, word, "%s: expected %s, got %s", id, word, got);
}

Test(reports_result, requirement_is_as_good_as_its_worst_case)
{
    expect_outcome("a7600/CIPRXGET/write-2/case-2", "pass");
    expect_outcome("a7600/CIPOPEN/tcp/case-2", "timeout");
    expect_outcome("a7600/err/4", "crash");
    expect_outcome("a7600/CIPRXGET/test", "skip");
    expect_outcome("a7600/session/direct-push", "expected");
    expect_outcome("a7600/NETOPEN/exec/case-3", "open");
    expect_outcome("a7600/time/NETOPEN", "info");
}

Test(reports_result, unexpected_pass_is_a_failure)
{
    expect_outcome("a7600/range/CIPSEND/length", "fail");
}

Test(reports_result, commands_and_forms_come_from_ids)
{
    const struct report_row *row = row_of("a7600/CIPRXGET/write-2/case-2");
    cr_expect_eq(strncmp(row->command, "CIPRXGET/", 9), 0, "got %s", row->command);
    cr_expect_eq(row->form, REPORT_WRITE, "write-2 is a write form");
    cr_expect_eq(row_of("a7600/CIPOPEN/tcp/case-2")->form, REPORT_WRITE, "tcp is a write form");
    cr_expect_eq(row_of("a7600/NETOPEN/exec/case-3")->form, REPORT_EXEC, "exec");
    cr_expect_eq(row_of("a7600/range/CIPSEND/length")->form, REPORT_FORMS, "a range has no form");
    cr_expect_eq(strncmp(row_of("a7600/range/CIPSEND/length")->command, "CIPSEND/", 8), 0,
                 "the command behind the topic");
    cr_expect_str_empty(row_of("a7600/err/4")->command, "no command in err/4");
}

Test(reports_result, tally_counts)
{
    struct report_tally tally = report_tally_of(sample, "a7600");
    cr_expect_eq(tally.rows, 11, "%zu rows", tally.rows);
    cr_expect_eq(tally.info, 1, "%zu info", tally.info);
    cr_expect_eq(tally.covered, 9, "%zu covered", tally.covered);
    cr_expect_eq(tally.level[REPORT_MUST].rows, 7, "%zu must", tally.level[REPORT_MUST].rows);
    cr_expect_eq(tally.level[REPORT_MUST].passed, 1, "%zu must pass", tally.level[REPORT_MUST].passed);
    cr_expect_eq(tally.level[REPORT_SHOULD].covered, 1, "%zu should covered", tally.level[REPORT_SHOULD].covered);
    cr_expect_eq(tally.anomalies, 1, "%zu anomalies", tally.anomalies);
    cr_expect_eq(tally.decided, 1, "%zu decided", tally.decided);
    cr_expect_eq(tally.cases, 8, "%zu cases", tally.cases);
    cr_expect_eq(report_failed_cases(&tally), 5, "%zu failed", report_failed_cases(&tally));
    cr_expect_not(report_tally_is_clean(&tally), "it has findings");
    tally = report_tally_of(sample, "sim7028");
    cr_expect(report_tally_is_clean(&tally), "it has none");
}

Test(reports_result, families_without_rows_and_cases_are_left_out)
{
    cr_expect_eq(sample->family_count, 2, "%zu families", sample->family_count);
}

Test(reports_result, run_of_chosen_cases)
{
    json_t *json = load_sample();
    json_t *summary = json_object_get(json, "summary");
    json_array_remove(json_object_get(json, "cases"), 4);
    json_object_set_new(summary, "cases", json_integer(8));
    json_object_set_new(summary, "crash", json_integer(0));
    char *file = write_json("chosen.json", json);
    report_result_free(sample);
    sample = report_result_read(file);
    cr_assert_not_null(sample, "a case that was not run is no mistake");
    expect_outcome("a7600/err/4", "skip");
    cr_expect_eq(report_tally_of(sample, "a7600").covered, 9, "it has a case all the same");
    json_decref(json);
    free(file);
}

/* The sample with a member of one of its lists' first element changed. Takes `value` over. */
static void expect_refusal(const char *list, const char *member, json_t *value, const char *expected)
{
    char message[1024], *file;
    json_t *json = load_sample();
    json_t *object = json_object_get(json, list);
    json_object_set_new(json_is_array(object) ? json_array_get(object, 0) : object, member, value);
    file = write_json("wrong.json", json);
    snprintf(message, sizeof message, "%s: %s\n", file, expected);
    cr_expect_null(report_result_read(file), "expected: %s", expected);
    fflush(stderr);
    cr_expect_stderr_eq_str(message, "expected: %s", message);
    json_decref(json);
    free(file);
}

Test(reports_result, ids_are_unique, .init = cr_redirect_stderr)
{
    expect_refusal("cases", "id", json_string("transcripts/a7600/err/4"),
                   "cases[4].id: expected an id of its own, got \"transcripts/a7600/err/4\" again");
}

Test(reports_result, families_are_known, .init = cr_redirect_stderr)
{
    expect_refusal("cases", "family", json_string("a9999"), "cases[0].family: expected one of families, got \"a9999\"");
}

Test(reports_result, summary_agrees_with_the_cases, .init = cr_redirect_stderr)
{
    expect_refusal("summary", "pass", json_integer(99), "summary.pass: expected 3, as the cases say, got 99");
}

Test(reports_result, schema_is_checked, .init = cr_redirect_stderr)
{
    expect_refusal("cases", "splits", json_string("many"), "cases[0].splits: expected integer, got \"many\"");
}

Test(reports_result, not_json, .init = cr_redirect_stderr)
{
    const char *path = scratch("text.json");
    char message[600];
    FILE *file = fopen(path, "w");
    fputs("{\n\"schema\": oops\n", file);
    fclose(file);
    cr_expect_null(report_result_read(path), "this is not JSON");
    fflush(stderr);
    snprintf(message, sizeof message, "%s:2: expected JSON: invalid token near 'oops'\n", path);
    cr_expect_stderr_eq_str(message, "expected: %s", message);
}

Test(reports_result, no_such_file, .init = cr_redirect_stderr)
{
    cr_expect_null(report_result_read("/nowhere/result.json"), "there is no such file");
    fflush(stderr);
    cr_expect_stderr_eq_str("/nowhere/result.json: expected a readable file: unable to open /nowhere/result.json: "
                            "No such file or directory\n",
                            "another message");
}
