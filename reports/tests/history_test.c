#include "history.h"
#include "support.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define HEAD "version\tdate\tcode_and_tables\tstate\tstack\ttext_64\tmixed_4096\ttext_1\n"

TestSuite(reports_history, .init = cr_redirect_stderr);

Test(reports_history, is_read)
{
    struct report_history *history = report_history_read(REPORTS_DIR "/tests/history.tsv");
    cr_assert_not_null(history, "not read");
    cr_assert_eq(history->count, 3, "%zu releases", history->count);
    cr_expect_str_eq(history->releases[0].version, "0.1.0", "the oldest first");
    cr_expect_str_eq(history->releases[2].date, "2026-03-04", "day");
    cr_expect_float_eq(history->releases[2].figures[REPORT_TEXT_1], 0.71, 1e-9, "last column");
    cr_expect(isnan(history->releases[1].figures[REPORT_STACK]), "- is not known");
    cr_expect_float_eq(history->goal.figures[REPORT_CODE], 6144, 1e-9, "goal");
    json_t *json = report_history_json(history), *releases = json_object_get(json, "releases");
    cr_expect_eq(json_array_size(releases), 3, "releases");
    cr_expect(json_is_null(json_object_get(json_array_get(releases, 1), "stack")), "not known is null");
    cr_expect_float_eq(json_number_value(json_object_get(json_object_get(json, "goal"), "state")), 96, 1e-9, "goal");
    json_decref(json);
    report_history_free(history);
}

/* A file that is refused, and the message's start behind its name. */
static void expect_refused(const char *text, const char *message)
{
    char *file = write_text("bad.tsv", text);
    struct report_history *history = report_history_read(file);
    cr_expect_null(history, "read: %s", text);
    report_history_free(history);
    fflush(stderr);
    char got[512] = "";
    cr_assert_not_null(fgets(got, sizeof got, cr_get_redirected_stderr()), "no message for: %s", text);
    cr_expect(strncmp(got + strlen(file), message, strlen(message)) == 0, "expected %s\ngot %s", message, got);
    free(file);
}

Test(reports_history, without_columns)
{
    expect_refused("", ":0: expected a line of column names, got \"\"");
}

Test(reports_history, with_another_column)
{
    expect_refused("version\tdate\tsize\n", ":1: expected code_and_tables, got \"size\"");
}

Test(reports_history, with_a_figure_that_is_none)
{
    expect_refused(HEAD "1\t-\t1\t2\t3\t4\t5\tsix\n", ":2: expected a number or -, got \"six\"");
}

Test(reports_history, with_a_short_row)
{
    expect_refused(HEAD "1\t-\t1\t2\t3\n", ":2: expected a number or -, got \"\"");
}

Test(reports_history, with_a_long_row)
{
    expect_refused(HEAD "1\t-\t1\t2\t3\t4\t5\t6\t7\n", ":2: expected no more columns, got \"7\"");
}

Test(reports_history, with_a_version_twice)
{
    expect_refused(HEAD "1\t-\t1\t2\t3\t4\t5\t6\n1\t-\t1\t2\t3\t4\t5\t6\n",
                   ":3: expected each version once, got \"1\"");
}
