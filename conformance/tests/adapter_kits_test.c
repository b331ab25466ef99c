/* The kits: the same small reader in C, Python and JavaScript gets the same verdicts. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "adapter_runs.h"
#include "child.h"

#define KIT_C ATWIRE_ADAPTERS "/lines"
#define KIT_PYTHON "python3 -B " ATWIRE_ADAPTER_SOURCES "/python/lines.py"
#define KIT_NODE "node " ATWIRE_ADAPTER_SOURCES "/node/lines.js"

static bool is_there(const char *interpreter)
{
    char *argv[] = {(char *)interpreter, "--version", NULL};
    buffer ignored = {0};
    bool there = child_run(argv, NULL, &ignored, &ignored) == 0;
    buffer_free(&ignored);
    return there;
}

/* Steps that make a parser with a wrong escape, configuration or abandon fail; level framing. */
static void make_kit_corpus(small_corpus *cases)
{
    small_corpus_open(cases);
    small_corpus_add(cases, "escapes",
                     "<-- +IPD8\\r\\n\\r\\n\\t\\\"\\\\\\x00\\xff\\x7fRDY\\r\\n\n    urc IPD len=8\n"
                     "    data len=8 \"\\r\\n\\t\\\"\\\\\\x00\\xff\\x7f\"\n    urc RDY\n");
    small_corpus_add(cases, "prompt",
                     "--> AT+CIPSEND=0,5\\r\n<-- \\r\\n>\n    prompt\n--> HELLO\n<-- \\r\\nOK\\r\\n\n"
                     "    final OK\n<-- \\r\\n+CIPSEND: 0,5,5\\r\\n\n"
                     "    result CIPSEND link_num=0 req_send_length=5 cnf_send_length=5\n"
                     "    done CIPSEND ok link_num=0\n");
    small_corpus_add(cases, "abandon",
                     "<-- +IPD9\\r\\nab\n    urc IPD len=9\n--! abandon\n    data len=9 got=2 \"ab\"\n"
                     "<-- RDY\\r\\n\n    urc RDY\n");
    small_corpus_add(cases, "config", "config: line=256 ceiling=2000\n<-- RDY\\r\\n\n    urc RDY\n");
    small_corpus_add(cases, "connect", "<-- CONNECT\\r\\nabc\n    connect\n    stream \"abc\"\n");
    small_corpus_add(cases, "asked",
                     "--> AT\\r\n<-- >\\r\\n\n    text \">\"\n--> AT+CIPSEND=0,1\\r\n<-- >\n    prompt\n");
}

static void expect_kit(const char *command)
{
    static const char *const passing[] = {"escapes", "prompt", "abandon", "config", "asked"};
    small_corpus cases;
    make_kit_corpus(&cases);
    const char *const arguments[] = {"--corpus", cases.folder, "--impl", command, NULL};
    json_t *result = conform_result(arguments);
    for (size_t i = 0; i < sizeof passing / sizeof passing[0]; i++) {
        const json_t *one = case_of_result(result, passing[i]);
        cr_expect_str_eq(text_member(one, "verdict"), "pass", "%s, %s: %s, %s", command, passing[i],
                         text_member(json_object_get(one, "difference"), "got"), text_member(one, "reason"));
    }
    cr_expect_str_eq(text_member(case_of_result(result, "connect"), "verdict"), "skip");
    cr_expect_str_eq(text_member(case_of_result(result, "connect"), "reason"), "transparent mode");
    json_decref(result);
    small_corpus_close(&cases);
}

/* Lines of a file that are neither blank nor comments. */
static size_t code_lines(const char *file)
{
    char line[300];
    size_t count = 0;
    FILE *from = fopen(file, "r");
    cr_assert_not_null(from, "%s", file);
    while (fgets(line, sizeof line, from) != NULL) {
        const char *text = line + strspn(line, " ");
        count += *text != '\n' && *text != '#' && strncmp(text, "//", 2) != 0 && strncmp(text, "/*", 2) != 0;
    }
    fclose(from);
    return count;
}

Test(adapter_kit, examples_are_short)
{
    static const char *const files[] = {"lines.c", "python/lines.py", "node/lines.js"};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[sizeof ATWIRE_ADAPTER_SOURCES + 30];
        snprintf(path, sizeof path, ATWIRE_ADAPTER_SOURCES "/%s", files[i]);
        cr_expect_lt(code_lines(path), 60, "%s: %zu lines", files[i], code_lines(path));
    }
}

Test(adapter_kit, c)
{
    expect_kit(KIT_C);
}

Test(adapter_kit, python)
{
    cr_assert(is_there("python3"), "expected python3, for the Python kit");
    expect_kit(KIT_PYTHON);
}

Test(adapter_kit, node)
{
    cr_assert(is_there("node"), "expected node, for the Node kit");
    expect_kit(KIT_NODE);
}

/* The whole corpus, on documented families: no crash, no timeout, and most of it passes. */
static void expect_most_pass(const char *command)
{
    const char *const arguments[] = {"--impl", command, "--family", "a7600", "--uncut", NULL};
    json_t *result = conform_result(arguments);
    const json_t *summary = json_object_get(result, "summary");
    json_int_t count = json_integer_value(json_object_get(summary, "cases"));
    cr_expect_eq(json_integer_value(json_object_get(summary, "crash")), 0);
    cr_expect_eq(json_integer_value(json_object_get(summary, "timeout")), 0);
    cr_expect_gt(4 * json_integer_value(json_object_get(summary, "pass")), 3 * count);
    json_decref(result);
}

Test(adapter_kit, c_over_a_family)
{
    expect_most_pass(KIT_C);
}

Test(adapter_kit, python_over_a_family)
{
    cr_assert(is_there("python3"), "expected python3, for the Python kit");
    expect_most_pass(KIT_PYTHON);
}

Test(adapter_kit, node_over_a_family)
{
    cr_assert(is_there("node"), "expected node, for the Node kit");
    expect_most_pass(KIT_NODE);
}
