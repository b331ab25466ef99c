#include "expected_failures.h"

#include <criterion/criterion.h>
#include <string.h>

#include "adapter_runs.h"

static bool load(expected_failures *to, const char *text, source_error *error)
{
    static char path[64];
    small_corpus folder;
    small_corpus_open(&folder);
    small_corpus_file(&folder, "list", text, path);
    bool good = expected_failures_load(to, path, error);
    small_corpus_close(&folder);
    return good;
}

static void expect_reason(const expected_failures *list, const char *id, const char *reason)
{
    const char *got = expected_failures_reason(list, id);
    cr_expect(got != NULL, "%s is not in the list", id);
    cr_expect_str_eq(got != NULL ? got : "", reason, "%s", id);
}

Test(expected_failures, have_reasons)
{
    expected_failures list;
    source_error error;
    cr_assert(load(&list, "# a list\n\nhostile/a  first come,  first served\nhostile/*  a pattern\n", &error));
    expect_reason(&list, "hostile/a", "first come,  first served");
    expect_reason(&list, "hostile/b/c", "a pattern");
    cr_expect_null(expected_failures_reason(&list, "regressions/a"));
    expected_failures_free(&list);
}

Test(expected_failures, share_a_reason)
{
    expected_failures list;
    source_error error;
    cr_assert(load(&list, "reason: one\n    a\n    a76xx/x-*\n\nreason:  two\n  b\nc  three\n    d\n", &error), "%s",
              error.message);
    expect_reason(&list, "a", "one");
    expect_reason(&list, "transcripts/a76xx/x-1", "one");
    expect_reason(&list, "b", "two");
    expect_reason(&list, "c", "three");
    expect_reason(&list, "d", "two");
    expected_failures_free(&list);
}

static void expect_error(const char *text, const char *message)
{
    expected_failures list;
    source_error error;
    cr_expect_not(load(&list, text, &error), "%s", text);
    cr_expect(strstr(error.message, message) != NULL, "%s: %s", text, error.message);
    expected_failures_free(&list);
}

Test(expected_failures, are_read_strictly)
{
    expect_error("a\n", "list:1: expected a case id, blanks and the reason why it fails");
    expect_error("# c\na   \n", "list:2: expected ");
    expect_error("reason:\n    a\n", "list:1: expected a case id, blanks and the reason why it fails");
    expect_error("    a\n", "list:1: expected a line reason: REASON before indented ids");
    expect_error("reason: r\n    a b\n", "list:2: expected one case id on an indented line");
}
