#include "support.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void redirect(void)
{
    cr_redirect_stdout();
    cr_redirect_stderr();
}

TestSuite(reports_command_line, .init = redirect);

static bool exists(const char *name)
{
    struct stat status;
    return stat(scratch(name), &status) == 0;
}

Test(reports_command_line, help_is_good)
{
    cr_expect_eq(run_report("--help", NULL), 0, "--help");
}

Test(reports_command_line, usage_is_2)
{
    cr_expect_eq(run_report(NULL, NULL), 2, "no file");
    cr_expect_eq(run_report("--pdf", "x", SAMPLE, NULL), 2, "an unknown option");
    cr_expect_eq(run_report(SAMPLE, "--html", NULL), 2, "no folder");
    cr_expect_eq(run_report("--html", "--junit", SAMPLE, NULL), 2, "an option for a folder");
}

Test(reports_command_line, message_names_the_argument)
{
    run_report("--pdf", "x", SAMPLE, NULL);
    fflush(stderr);
    char message[256] = "";
    FILE *got = cr_get_redirected_stderr();
    cr_assert_not_null(fgets(message, sizeof message, got), "no message");
    cr_expect_str_eq(message, "atwire report: expected an option of the list below, got --pdf\n", "got: %s", message);
}

Test(reports_command_line, bad_input_is_2)
{
    cr_expect_eq(run_report("/nowhere.json", NULL), 2, "no such file");
    cr_expect_eq(run_report("--compare", "/nowhere.json", SAMPLE, NULL), 2, "no such file to compare with");
    cr_expect_eq(run_report(SAMPLE, SAMPLE, NULL), 2, "twice the same implementation");
}

Test(reports_command_line, output_that_cannot_be_written_is_2)
{
    cr_expect_eq(run_report("--html", "/dev/null/html", SAMPLE, NULL), 2, "no folder there");
    cr_expect_eq(run_report("--badge", "/dev/full", SAMPLE, NULL), 2, "no room there");
}

Test(reports_command_line, everything_at_once)
{
    char *html = strdup(scratch("html")), *markdown = strdup(scratch("markdown"));
    char *junit = strdup(scratch("junit.xml")), *badge = strdup(scratch("badge.json"));
    char *rest[] = {html, markdown, junit, badge};
    cr_expect_eq(run_report("--html", html, "--markdown", markdown, "--junit", junit, "--badge", badge, SAMPLE, NULL),
                 0, "findings of the result are not the renderer's");
    cr_expect(exists("html/index.html"), "html");
    cr_expect(exists("html/coverage-0.svg"), "html plot");
    cr_expect_not(exists("html/history.svg"), "no history was given");
    cr_expect(exists("markdown/summary.md"), "markdown");
    cr_expect(exists("markdown/sim7028.md"), "markdown family");
    cr_expect(exists("junit.xml"), "junit");
    cr_expect(exists("badge.json"), "badge");
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        free(rest[i]);
}

Test(reports_command_line, history)
{
    char *html = strdup(scratch("html")), *markdown = strdup(scratch("markdown"));
    cr_expect_eq(
        run_report("--history", REPORTS_DIR "/history.tsv", "--html", html, "--markdown", markdown, SAMPLE, NULL), 0,
        "the parser's own history");
    cr_expect(exists("html/history.svg"), "html plot");
    cr_expect(exists("markdown/history.svg"), "markdown plot");
    cr_expect_eq(run_report("--history", "/nowhere.tsv", SAMPLE, NULL), 2, "no such file");
    free(html);
    free(markdown);
}

Test(reports_command_line, regression_is_1)
{
    cr_expect_eq(run_report("--compare", EARLIER, SAMPLE, NULL), 1, "it has regressed");
    cr_expect_eq(run_report("--compare", SAMPLE, SAMPLE, NULL), 0, "it has not");
}

Test(reports_command_line, several_implementations)
{
    json_t *other = load_sample();
    json_object_set_new(json_object_get(other, "implementation"), "name", json_string("other"));
    char *file = write_json("other.json", other), *html = strdup(scratch("html"));
    cr_expect_eq(run_report("--html", html, SAMPLE, file, NULL), 0, "two results");
    cr_expect(exists("html/coverage-1.svg"), "a plot for each");
    json_decref(other);
    free(file);
    free(html);
}
