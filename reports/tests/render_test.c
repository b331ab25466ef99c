#include "asset.h"
#include "badge.h"
#include "history.h"
#include "html.h"
#include "junit.h"
#include "markdown.h"
#include "plot.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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

TestSuite(reports_render, .init = read_sample, .fini = free_sample);

static void expect_part(const char *text, const char *part)
{
    cr_expect_not_null(strstr(text, part), "expected in it: %s", part);
}

static void expect_start(const char *text, const char *start)
{
    cr_expect_eq(strncmp(text, start, strlen(start)), 0, "expected at its start: %s\ngot: %.100s", start, text);
}

/* xmllint says whether it is XML and fits the schema; conformance/run installs it. */
static void lint(const char *path, const char *options)
{
    char command[1024];
    snprintf(command, sizeof command, "xmllint --noout --nonet %s '%s' 2>/dev/null", options, path);
    cr_expect_eq(system(command), 0, "%s failed", command);
}

/* What no XML file may hold, whatever the data: control octets, and `]]>` outside of CDATA. */
static void expect_legal_xml(const char *text)
{
    for (const unsigned char *octet = (const unsigned char *)text; *octet; octet++)
        cr_expect(*octet >= 0x20 || *octet == '\n', "control octet 0x%02x", *octet);
    cr_expect_eq(count_of_text(text, "]]>"), 0, "]]> in content");
    cr_expect_eq(count_of_text(text, "\xef\xbf\xbe"), 0, "U+FFFE");
    cr_expect_eq(count_of_text(text, "<script"), 0, "markup from the data");
}

Test(reports_render, junit)
{
    const char *path = scratch("deep/folder/junit.xml");
    cr_assert(report_write_junit(sample, path), "not written");
    char *text = read_file(path);
    expect_legal_xml(text);
    lint(path, "--schema " REPORTS_DIR "/tests/junit.xsd");
    expect_part(
        text, "<testsuites name=\"sample\" tests=\"10\" failures=\"4\" errors=\"2\" skipped=\"2\" time=\"0.011250\">");
    expect_part(text, "<testcase name=\"read-5\" classname=\"corpus.transcripts.a7600.ciprxget\" time=\"0.001250\"/>");
    expect_part(text, "<testcase name=\"case-3\" classname=\"ledger.a7600.NETOPEN.exec\"");
    expect_part(text, "message=\"expected result CIPOPEN link_num=1 err=0, got urc CIPOPEN raw=&#34;1,0&#34;\"");
    expect_part(text, "<error type=\"crash\" message=\"signal 11\">");
    expect_part(text, "<skipped message=\"known: no DTR\"/>");
    cr_expect_eq(count_of_text(text, "<testcase name="), count_of_text(text, " classname="), "name and classname");
    cr_expect_eq(count_of_text(text, "<failure "), 4, "failures as counted");
    cr_expect_eq(count_of_text(text, "<error "), 2, "errors as counted");
    cr_expect_eq(count_of_text(text, "<skipped "), 2, "skipped as counted");
    free(text);
}

/* A character of up to three octets in UTF-8. Returns their number. */
static size_t put_character(char *to, unsigned code)
{
    if (code < 0x80) {
        to[0] = (char)code;
        return 1;
    }
    if (code < 0x800) {
        to[0] = (char)(0xc0 | code >> 6);
        to[1] = (char)(0x80 | (code & 0x3f));
        return 2;
    }
    to[0] = (char)(0xe0 | code >> 12);
    to[1] = (char)(0x80 | (code >> 6 & 0x3f));
    to[2] = (char)(0x80 | (code & 0x3f));
    return 3;
}

/* Every character of the first plane, wherever a text of the result goes. */
Test(reports_render, junit_is_legal_whatever_the_characters)
{
    char *text = calloc(3, 0x10000);
    size_t count = 0;
    for (unsigned code = 1; code < 0x10000; code++)
        if (code < 0xd800 || code > 0xdfff)
            count += put_character(text + count, code);
    json_t *json = load_sample(), *item = json_array_get(json_object_get(json, "cases"), 2);
    static const char *const members[] = {"title", "source", "reason", "file", "rerun"};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        json_object_set_new(item, members[i], json_stringn(text, count));
    json_object_set_new(json_object_get(item, "difference"), "got", json_stringn(text, count));
    json_object_set_new(json_object_get(json, "implementation"), "name", json_stringn(text, count));
    char *file = write_json("characters.json", json);
    json_decref(json);
    report_result_free(sample);
    sample = report_result_read(file);
    cr_assert_not_null(sample, "not read");
    const char *path = scratch("characters.xml");
    cr_assert(report_write_junit(sample, path), "not written");
    lint(path, "--schema " REPORTS_DIR "/tests/junit.xsd");
    char *written = read_file(path);
    expect_legal_xml(written);
    free(written);
    free(file);
    free(text);
}

Test(reports_render, plot)
{
    const char *folder = scratch(".");
    cr_assert(report_write_plot(sample, folder, "plot.svg"), "not written");
    const char *path = scratch("plot.svg");
    char *text = read_file(path);
    expect_legal_xml(text);
    lint(path, "");
    expect_part(text, "1 of 7 pass");
    expect_part(text, "class=\"open\"");
    free(text);
}

#define HISTORY REPORTS_DIR "/tests/history.tsv"

static char *write_history_plot(const char *file)
{
    struct report_history *history = report_history_read(file);
    const char *folder = scratch(".");
    cr_assert_not_null(history, "%s is not read", file);
    cr_assert(report_write_history_plot(history, folder, "history.svg"), "not written");
    report_history_free(history);
    const char *path = scratch("history.svg");
    lint(path, "");
    return read_file(path);
}

/* 6 charts, 3 releases, one figure of them not known. */
Test(reports_render, history_plot)
{
    char *text = write_history_plot(HISTORY);
    expect_legal_xml(text);
    cr_expect_eq(count_of_text(text, "<circle "), 17, "a point a figure");
    cr_expect_eq(count_of_text(text, ">1.0.0</text>"), 6, "releases have their version");
    cr_expect_eq(count_of_text(text, "class=\"goal\""), 6, "goals");
    expect_part(text, "at most 6144");
    expect_part(text, "<title>0.2.0, 2026-02-03: 7800</title>");
    expect_part(text, ">6100</text>"); /* the last one */
    cr_expect_eq(count_of_text(text, "nan"), 0, "a figure that is not known is not drawn");
    free(text);
}

Test(reports_render, history_plot_of_one_release)
{
    char *file = write_text("one.tsv", "version\tdate\tcode_and_tables\tstate\tstack\ttext_64\tmixed_4096\ttext_1\n"
                                       "0.1<\t2026-01-02\t9218\t96\t192\t0.20\t0.29\t0.28\n");
    char *text = write_history_plot(file);
    cr_expect_eq(count_of_text(text, "<circle "), 6, "a point a figure");
    cr_expect_eq(count_of_text(text, "class=\"goal\""), 0, "no goals");
    cr_expect_eq(count_of_text(text, "nan"), 0, "no place that is no number");
    expect_part(text, ">0.1&#60;</text>");
    free(text);
    free(file);
}

Test(reports_render, badge)
{
    const char *path = scratch("badge.json");
    cr_assert(report_write_badge(sample, path), "not written");
    json_t *badge = json_load_file(path, 0, NULL);
    cr_expect_eq(json_integer_value(json_object_get(badge, "schemaVersion")), 1, "version 1");
    cr_expect_str_eq(json_string_value(json_object_get(badge, "label")), "conformance", "label");
    cr_expect_str_eq(json_string_value(json_object_get(badge, "message")), "2 of 9 cases", "message");
    cr_expect_str_eq(json_string_value(json_object_get(badge, "color")), "red", "colour");
    json_decref(badge);
}

static char *write_markdown(const char *page)
{
    const char *folder = scratch("markdown");
    cr_assert(report_write_markdown(&sample, 1, NULL, NULL, folder), "not written");
    char name[64];
    snprintf(name, sizeof name, "markdown/%s", page);
    return read_file(scratch(name));
}

Test(reports_render, markdown_starts_with_the_verdict)
{
    char *family = write_markdown("a7600.md"), *good = write_markdown("sim7028.md"),
         *all = write_markdown("summary.md");
    expect_start(
        family,
        "**✗ Not passed.** 1 of 10 requirements pass, 1 have no case; 1 of 8 cases pass, 1 fail as expected, 1 are skipped, 5 fail, crash or hang.\n");
    expect_start(good, "**✓ Pass.** 1 of 1 requirements pass");
    expect_start(all, "**✗ Not passed.** 2 of 11 requirements pass");
    free(family);
    free(good);
    free(all);
}

/* A result of two cases; the second's verdict decides. */
static void expect_verdict(const char *verdict, const char *expected_failure, const char *start, const char *colour)
{
    json_t *json = load_sample(), *cases = json_object_get(json, "cases");
    json_t *rows = json_object_get(json, "requirements"), *kept = json_array(), *two = json_array();
    json_array_append(two, json_array_get(cases, 0));
    json_array_append(two, json_array_get(cases, 1));
    json_array_append(kept, json_array_get(rows, 0));
    json_array_append(kept, json_array_get(rows, 1));
    json_object_set_new(json_array_get(cases, 1), "verdict", json_string(verdict));
    if (expected_failure)
        json_object_set_new(json_array_get(cases, 1), "expected_failure", json_string(expected_failure));
    json_object_set_new(json, "cases", two);
    json_object_set_new(json, "requirements", kept);
    bool passes = strcmp(verdict, "pass") == 0;
    json_object_set_new(json, "summary",
                        json_pack("{s:i, s:i, s:i, s:i, s:i, s:i}", "cases", 2, "pass", 1 + passes, "fail",
                                  strcmp(verdict, "fail") == 0, "crash", 0, "timeout", 0, "skip",
                                  strcmp(verdict, "skip") == 0));
    char *file = write_json("verdict.json", json);
    json_decref(json);
    report_result_free(sample);
    sample = report_result_read(file);
    cr_assert_not_null(sample, "not read");
    char *text = write_markdown("summary.md");
    expect_start(text, start);
    cr_assert(report_write_badge(sample, scratch("verdict-badge.json")), "not written");
    json_t *badge = json_load_file(scratch("verdict-badge.json"), 0, NULL);
    cr_expect_str_eq(json_string_value(json_object_get(badge, "color")), colour, "%s", verdict);
    json_decref(badge);
    free(text);
    free(file);
}

Test(reports_render, what_fails_as_expected_is_not_called_passed)
{
    expect_verdict("pass", NULL, "**✓ Pass.** 2 of 2 requirements pass, 0 have no case; 2 of 2 cases pass, 0 fail, ",
                   "brightgreen");
    expect_verdict(
        "fail", "known",
        "**≈ As expected.** 1 of 2 requirements pass, 0 have no case; 1 of 2 cases pass, 1 fail as expected, "
        "0 are skipped, 0 fail, crash or hang.\n",
        "yellowgreen");
    expect_verdict("skip", NULL, "**✓ Pass, in part.** 1 of 2 requirements pass, ", "yellowgreen");
    expect_verdict("fail", NULL, "**✗ Not passed.** 1 of 2 requirements pass, ", "red");
}

Test(reports_render, markdown_tables)
{
    char *text = write_markdown("a7600.md");
    expect_part(text, "| CIPRXGET | – 0/1 | | ✓ 1/1 | | |\n");
    expect_part(text, "| NETOPEN | | | | ○ 0/1 | |\n");
    expect_part(text, "| ○ open | `a7600/NETOPEN/exec/case-3` | should | A7600 2.1 | 0 | Already open: ERROR. |\n");
    expect_part(text, "&#124; &#42;any&#42; time.");
    expect_part(text, "  - got `` text \"<b>]]></b>");
    cr_expect_eq(count_of_text(text, "<script"), 0, "markup from the data");
    free(text);
}

Test(reports_render, markdown_never_exceeds_its_limit)
{
    json_t *json = load_sample();
    json_t *rows = json_object_get(json, "requirements"), *cases = json_object_get(json, "cases");
    for (int i = 0; i < 12000; i++) {
        char id[64];
        json_t *row = json_deep_copy(json_array_get(rows, 5)), *one_case = json_deep_copy(json_array_get(cases, 5));
        snprintf(id, sizeof id, "a7600/urc/n-%d", i);
        json_object_set_new(row, "id", json_string(id));
        json_object_set_new(one_case, "id", json_string(id));
        json_array_append_new(rows, row);
        json_array_append_new(cases, one_case);
    }
    json_object_set_new(json_object_get(json, "summary"), "cases", json_integer(12009));
    json_object_set_new(json_object_get(json, "summary"), "fail", json_integer(12003));
    char *file = write_json("large.json", json);
    json_decref(json);
    report_result_free(sample);
    sample = report_result_read(file);
    cr_assert_not_null(sample, "not read");
    char *text = write_markdown("a7600.md");
    cr_expect_lt(strlen(text), REPORT_MARKDOWN_MAX, "%zu octets", strlen(text));
    cr_expect_gt(strlen(text), REPORT_MARKDOWN_MAX / 2, "%zu octets", strlen(text));
    expect_part(text, " more are in the HTML report.");
    expect_part(text, "## Commands");
    free(text);
    free(file);
}

/* The page's data, without what makes a script of it. */
static json_t *page_data(const char *script)
{
    static const char start[] = "\"use strict\";\nvar atwireData = ";
    cr_assert_eq(strncmp(script, start, sizeof start - 1), 0, "%.60s", script);
    const char *end = strrchr(script, ';');
    json_t *data = json_loadb(script + sizeof start - 1, (size_t)(end - script) - (sizeof start - 1), 0, NULL);
    cr_assert_not_null(data, "the data is not JSON");
    return data;
}

Test(reports_render, html_data)
{
    cr_assert(report_write_html(&sample, 1, NULL, NULL, scratch("html")), "not written");
    char *script = read_file(scratch("html/data.js"));
    cr_expect_null(strchr(script, '<'), "a `<` could end the script");
    for (const unsigned char *octet = (const unsigned char *)script; *octet; octet++)
        cr_assert(*octet < 0x80, "0x%02x is not ASCII", *octet);
    json_t *data = page_data(script);
    cr_expect(json_equal(json_array_get(json_object_get(data, "results"), 0), sample->json),
              "the result is not all there");
    cr_expect(json_is_null(json_object_get(data, "comparison")), "nothing was compared");
    cr_expect(json_is_null(json_object_get(data, "history")), "no history was given");
    json_decref(data);
    free(script);
}

Test(reports_render, html_needs_nothing_from_elsewhere)
{
    cr_assert(report_write_html(&sample, 1, NULL, NULL, scratch("html")), "not written");
    char *index = read_file(scratch("html/index.html"));
    cr_expect_eq(count_of_text(index, "http"), 0, "an address in index.html");
    for (const char *src = index; (src = strstr(src, "src=\"")) != NULL;) {
        char name[64], path[128];
        struct stat status;
        src += strlen("src=\"");
        snprintf(name, sizeof name, "%.*s", (int)strcspn(src, "\""), src);
        snprintf(path, sizeof path, "html/%s", name);
        cr_expect_eq(stat(scratch(path), &status), 0, "%s is not there", name);
    }
    free(index);
}

Test(reports_render, assets_are_the_files)
{
    const struct report_asset *asset = report_asset_find("schema.json");
    char *text = read_file(REPORTS_DIR "/schema.json");
    cr_assert_not_null(asset, "schema.json is part of the program");
    cr_expect_eq(asset->size, strlen(text), "%zu octets", asset->size);
    cr_expect_str_eq((const char *)asset->octets, text, "not the same");
    cr_expect_null(report_asset_find("nothing"), "no such asset");
    free(text);
}
