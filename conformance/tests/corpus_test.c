#include "corpus.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "expected_failures.h"

Test(corpus, patterns_may_leave_the_first_folder_out)
{
    cr_assert(corpus_id_matches("transcripts/a76xx/session/x", "transcripts/a76xx/session/x"));
    cr_assert(corpus_id_matches("transcripts/a76xx/session/x", "a76xx/*"));
    cr_assert(corpus_id_matches("transcripts/a76xx/session/x", "*/x"));
    cr_assert(corpus_id_matches("hostile/x", "hostile/?"));
    cr_assert_not(corpus_id_matches("transcripts/a7600/x", "a76xx/*"));
    cr_assert_not(corpus_id_matches("hostile/xy", "hostile/?"));
}

/* A corpus folder of two cases, in a folder of its own. */
static void make_folder(char *folder, const char *second)
{
    static const char *const folders[] = {"/b", "/a"};
    const char *const contents[] = {"title: T\nfamily: any\nsource: S\nlevel: may\n\n<-- x\n", second};
    cr_assert_not_null(mkdtemp(folder));
    for (size_t i = 0; i < 2; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s%s", folder, folders[i]);
        cr_assert_eq(mkdir(path, 0700), 0);
        snprintf(path, sizeof path, "%s%s/x.at", folder, folders[i]);
        FILE *file = fopen(path, "w");
        cr_assert_not_null(file);
        fputs(contents[i], file);
        fclose(file);
    }
}

static void remove_folder(const char *folder)
{
    static const char *const paths[] = {"/a/x.at", "/b/x.at", "/a", "/b", ""};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s%s", folder, paths[i]);
        cr_expect_eq(remove(path), 0, "%s: %s", path, strerror(errno));
    }
}

Test(corpus, cases_come_in_the_order_of_their_ids)
{
    char folder[] = "/tmp/atwire-corpus-XXXXXX";
    corpus cases;
    source_error error;
    make_folder(folder, "title: U\nfamily: any\nsource: S\nlevel: may\n\n<-- x\n");
    cr_assert(corpus_load(&cases, folder, &error), "%s", error.message);
    cr_assert_eq(cases.count, 2);
    cr_assert_str_eq(cases.cases[0].id, "a/x");
    cr_assert_str_eq(cases.cases[0].transcript.title, "U");
    cr_assert_str_eq(cases.cases[1].id, "b/x");
    cr_assert_str_eq(cases.cases[1].file, "corpus/b/x.at");
    uint64_t hash = cases.hash;
    corpus_free(&cases);
    remove_folder(folder);
    strcpy(folder, "/tmp/atwire-corpus-XXXXXX");
    make_folder(folder, "title: V\nfamily: any\nsource: S\nlevel: may\n\n<-- x\n");
    cr_assert(corpus_load(&cases, folder, &error), "%s", error.message);
    cr_assert_neq(cases.hash, hash, "one octet of one case differs");
    corpus_free(&cases);
    remove_folder(folder);
}

Test(corpus, a_broken_case_is_named)
{
    char folder[] = "/tmp/atwire-corpus-XXXXXX";
    corpus cases;
    source_error error;
    make_folder(folder, "title: U\nfamilie: any\n");
    cr_assert_not(corpus_load(&cases, folder, &error));
    cr_assert_eq(strncmp(error.message, "corpus/a/x.at:2: expected a header", 34), 0, "%s", error.message);
    corpus_free(&cases);
    remove_folder(folder);
}

Test(corpus, a_missing_folder_is_an_error)
{
    corpus cases;
    source_error error;
    cr_assert_not(corpus_load(&cases, "/nowhere", &error));
    cr_assert_str_eq(error.message, "/nowhere: expected a readable folder: No such file or directory");
    corpus_free(&cases);
}

static void write_list(char *file, const char *text)
{
    int handle = mkstemp(file);
    cr_assert_geq(handle, 0);
    cr_assert_eq(write(handle, text, strlen(text)), (ssize_t)strlen(text));
    close(handle);
}

Test(expected_failures, have_reasons_and_are_found_stale)
{
    char file[] = "/tmp/atwire-expect-XXXXXX";
    expected_failures list;
    source_error error;
    buffer stale = {0};
    corpus_case cases[] = {{.id = "transcripts/a76xx/x"}};
    const corpus all = {.cases = cases, .count = 1};
    write_list(file, "# known\n\na76xx/*   not yet\nhostile/y  gone\n");
    cr_assert(expected_failures_load(&list, file, &error), "%s", error.message);
    cr_assert_str_eq(expected_failures_reason(&list, "transcripts/a76xx/x"), "not yet");
    cr_assert_null(expected_failures_reason(&list, "hostile/x"));
    cr_assert_eq(expected_failures_stale(&list, &all, &stale), 1);
    cr_assert(strstr(stale.octets, ":4: expected a case of the corpus, none matches hostile/y") != NULL);
    buffer_free(&stale);
    expected_failures_free(&list);
    unlink(file);
}

Test(expected_failures, a_reason_is_needed)
{
    char file[] = "/tmp/atwire-expect-XXXXXX";
    expected_failures list;
    source_error error;
    write_list(file, "a76xx/x\n");
    cr_assert_not(expected_failures_load(&list, file, &error));
    cr_assert(strstr(error.message, ":1: expected a case id, blanks and the reason") != NULL, "%s", error.message);
    expected_failures_free(&list);
    unlink(file);
}
