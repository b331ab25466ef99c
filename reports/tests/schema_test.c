#include "schema.h"
#include "support.h"

#include <criterion/criterion.h>
#include <string.h>

static json_t *schema;

static void load_schema(void)
{
    schema = json_load_file(REPORTS_DIR "/schema.json", 0, NULL);
    cr_assert_not_null(schema, "schema.json is not JSON");
}

TestSuite(reports_schema, .init = load_schema);

/* The sample with one thing put wrong; takes `value` over, which is NULL for a member that is missing. */
static void expect_problem(const char *list, size_t index, const char *member, json_t *value, const char *expected)
{
    struct report_problem problem;
    json_t *sample = load_sample();
    json_t *object = list ? json_array_get(json_object_get(sample, list), index) : sample;
    if (value)
        json_object_set_new(object, member, value);
    else
        json_object_del(object, member);
    cr_assert_not(report_schema_fits(schema, sample, &problem), "expected: %s", expected);
    cr_expect_str_eq(problem.text, expected, "expected: %s\ngot: %s", expected, problem.text);
    json_decref(sample);
}

Test(reports_schema, sample_fits)
{
    struct report_problem problem = {""};
    json_t *sample = load_sample();
    cr_expect(report_schema_fits(schema, sample, &problem), "%s", problem.text);
    json_decref(sample);
}

Test(reports_schema, document_is_an_object)
{
    struct report_problem problem;
    json_t *list = json_array();
    cr_expect_not(report_schema_fits(schema, list, &problem), "a list is no result");
    cr_expect_str_eq(problem.text, "expected object, got []", "got: %s", problem.text);
    json_decref(list);
}

Test(reports_schema, other_version)
{
    expect_problem(NULL, 0, "schema", json_string("atwire-result-2"),
                   "schema: expected \"atwire-result-1\"; got \"atwire-result-2\"");
}

Test(reports_schema, member_is_missing)
{
    expect_problem(NULL, 0, "suite", NULL, "expected a member \"suite\"");
    expect_problem("cases", 3, "verdict", NULL, "cases[3]: expected a member \"verdict\"");
}

Test(reports_schema, word_outside_the_list)
{
    expect_problem(
        "cases", 3, "verdict", json_string("passed"),
        "cases[3].verdict: expected one of \"pass\", \"fail\", \"crash\", \"timeout\", \"skip\"; got \"passed\"");
}

Test(reports_schema, wrong_type)
{
    expect_problem("requirements", 1, "id", json_integer(3), "requirements[1].id: expected string, got 3");
    expect_problem("cases", 0, "note", json_true(), "cases[0].note: expected string or null, got true");
    expect_problem("cases", 0, "octets", json_real(1.5), "cases[0].octets: expected integer, got 1.5");
    expect_problem("cases", 0, "covers", json_pack("[s, i]", "a", 1), "cases[0].covers[1]: expected string, got 1");
}

Test(reports_schema, number_below_its_minimum)
{
    expect_problem("cases", 0, "splits", json_integer(-1), "cases[0].splits: expected at least 0, got -1");
}

Test(reports_schema, inside_steps)
{
    expect_problem("cases", 0, "steps",
                   json_pack("[{s:s, s:i, s:s, s:[], s:[]}]", "dir", "up", "line", 1, "wire", "", "expected", "got"),
                   "cases[0].steps[0].dir: expected one of \"tx\", \"rx\", \"dtr\", \"abandon\"; got \"up\"");
}

Test(reports_schema, long_values_are_cut)
{
    char text[2000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct report_problem problem;
    json_t *sample = load_sample();
    json_object_set_new(sample, "suite", json_string(text));
    cr_assert_not(report_schema_fits(schema, sample, &problem), "a text is no suite");
    cr_expect_lt(strlen(problem.text), 120, "got: %s", problem.text);
    json_decref(sample);
}
