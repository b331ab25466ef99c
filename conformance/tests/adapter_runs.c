#include "adapter_runs.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"

#define ARGUMENTS_MAX 24

conform_answer conform_ask(const char *const arguments[])
{
    conform_answer got = {0};
    const char *argv[ARGUMENTS_MAX + 3] = {ATWIRE_PROGRAM, "conform"};
    for (size_t i = 0; arguments[i] != NULL && i < ARGUMENTS_MAX; i++) {
        argv[i + 2] = arguments[i];
    }
    got.status = child_run((char *const *)argv, NULL, &got.output, &got.errors);
    return got;
}

void conform_answer_free(conform_answer *from)
{
    buffer_free(&from->output);
    buffer_free(&from->errors);
}

static void write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s", path);
    fputs(text, file);
    fclose(file);
}

void small_corpus_open(small_corpus *to)
{
    char path[64];
    strcpy(to->folder, "/tmp/atwire-adapter-XXXXXX");
    cr_assert_not_null(mkdtemp(to->folder));
    snprintf(path, sizeof path, "%s/requirements", to->folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    small_corpus_file(to, "requirements/any.tsv",
                      "id\tkind\tmanual\tsection\tlevel\tstatement\treason\nany/row\turc\tM\t1\tmust\tIt is so.\t\n",
                      path);
}

void small_corpus_file(const small_corpus *to, const char *name, const char *text, char path[64])
{
    snprintf(path, 64, "%s/%s", to->folder, name);
    write_text(path, text);
}

void small_corpus_add(const small_corpus *to, const char *id, const char *steps)
{
    char path[64];
    buffer text = {0};
    buffer_text(&text, "title: T\nfamily: any\nsource: S\nlevel: must\ncovers: any/row\n");
    buffer_text(&text, steps);
    snprintf(path, sizeof path, "%s/%s.at", to->folder, id);
    write_text(path, text.octets);
    buffer_free(&text);
}

void small_corpus_close(const small_corpus *from)
{
    char *argv[] = {"rm", "-r", (char *)from->folder, NULL};
    buffer ignored = {0};
    child_run(argv, NULL, &ignored, &ignored);
    buffer_free(&ignored);
}

json_t *conform_result(const char *const arguments[])
{
    json_error_t error;
    const char *all[ARGUMENTS_MAX + 3] = {"--json", "-"};
    for (size_t i = 0; arguments[i] != NULL && i < ARGUMENTS_MAX; i++) {
        all[i + 2] = arguments[i];
    }
    conform_answer got = conform_ask(all);
    json_t *result = json_loads(buffer_string(&got.output), 0, &error);
    cr_assert_not_null(result, "%s: %s", error.text, buffer_string(&got.errors));
    conform_answer_free(&got);
    return result;
}

const json_t *case_of_result(const json_t *result, const char *id)
{
    const json_t *cases = json_object_get(result, "cases");
    for (size_t i = 0; i < json_array_size(cases); i++) {
        if (strcmp(text_member(json_array_get(cases, i), "id"), id) == 0) {
            return json_array_get(cases, i);
        }
    }
    cr_assert_fail("no case %s", id);
    return NULL;
}

const char *text_member(const json_t *of, const char *key)
{
    const char *text = json_string_value(json_object_get(of, key));
    return text != NULL ? text : "";
}
