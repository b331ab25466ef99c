#include "result.h"

#include "allocate.h"
#include "asset.h"
#include "schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *member)
{
    return json_string_value(json_object_get(object, member));
}

static json_t *parse(const char *file)
{
    json_error_t error;
    json_t *document = strcmp(file, "-") == 0 ? json_loadf(stdin, JSON_REJECT_DUPLICATES, &error)
                                              : json_load_file(file, JSON_REJECT_DUPLICATES, &error);
    if (document)
        return document;
    if (error.line > 0)
        fprintf(stderr, "%s:%d: expected JSON: %s\n", file, error.line, error.text);
    else
        fprintf(stderr, "%s: expected a readable file: %s\n", file, error.text);
    return NULL;
}

static bool check_schema(const char *file, const json_t *document)
{
    const struct report_asset *asset = report_asset_find("schema.json");
    json_t *schema = json_loadb((const char *)asset->octets, asset->size, 0, NULL);
    struct report_problem problem;
    bool fits = report_schema_fits(schema, document, &problem);
    if (!fits)
        fprintf(stderr, "%s: %s\n", file, problem.text);
    json_decref(schema);
    return fits;
}

/* Ids are keys: a second one of the same text would hide the first. Returns id to index, or NULL after a message. */
static json_t *index_ids(const char *file, const char *list_name, const json_t *list)
{
    json_t *index = json_object();
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *id = text_of(json_array_get(list, i), "id");
        if (json_object_get(index, id)) {
            fprintf(stderr, "%s: %s[%zu].id: expected an id of its own, got \"%s\" again\n", file, list_name, i, id);
            json_decref(index);
            return NULL;
        }
        json_object_set_new(index, id, json_integer((json_int_t)i));
    }
    return index;
}

static bool families_known(const char *file, const char *list_name, const json_t *list, const json_t *index)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *family = text_of(json_array_get(list, i), "family");
        if (json_object_get(index, family))
            continue;
        fprintf(stderr, "%s: %s[%zu].family: expected one of families, got \"%s\"\n", file, list_name, i, family);
        return false;
    }
    return true;
}

static bool summary_agrees(const char *file, const json_t *document)
{
    const json_t *cases = json_object_get(document, "cases");
    const json_t *summary = json_object_get(document, "summary");
    static const char *const verdicts[] = {"cases", "pass", "fail", "crash", "timeout", "skip"};
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++) {
        json_int_t count = i == 0 ? (json_int_t)json_array_size(cases) : 0;
        for (size_t j = 0; i > 0 && j < json_array_size(cases); j++)
            count += strcmp(text_of(json_array_get(cases, j), "verdict"), verdicts[i]) == 0;
        json_int_t said = json_integer_value(json_object_get(summary, verdicts[i]));
        if (said == count)
            continue;
        fprintf(stderr, "%s: summary.%s: expected %lld, as the cases say, got %lld\n", file, verdicts[i],
                (long long)count, (long long)said);
        return false;
    }
    return true;
}

static enum report_outcome case_outcome(const char *verdict, const char *expected_failure)
{
    if (strcmp(verdict, "pass") == 0)
        return expected_failure ? REPORT_FAIL : REPORT_PASS;
    if (strcmp(verdict, "skip") == 0)
        return REPORT_SKIP;
    if (expected_failure)
        return REPORT_EXPECTED;
    if (strcmp(verdict, "crash") == 0)
        return REPORT_CRASH;
    return strcmp(verdict, "timeout") == 0 ? REPORT_TIMEOUT : REPORT_FAIL;
}

static void fill_case(struct report_case *item, json_t *json)
{
    if (text_of(json, "expected_failure") && strcmp(text_of(json, "verdict"), "pass") == 0)
        json_object_set_new(json, "reason", json_string("it passes, and is on the list of expected failures"));
    const json_t *difference = json_object_get(json, "difference");
    *item = (struct report_case){
        .id = text_of(json, "id"),
        .family = text_of(json, "family"),
        .title = text_of(json, "title"),
        .source = text_of(json, "source"),
        .level = text_of(json, "level"),
        .note = text_of(json, "note"),
        .file = text_of(json, "file"),
        .expected_failure = text_of(json, "expected_failure"),
        .reason = text_of(json, "reason"),
        .split = text_of(json, "split"),
        .rerun = text_of(json, "rerun"),
        .differs = json_is_object(difference),
        .line = (int)json_integer_value(json_object_get(difference, "line")),
        .expected = text_of(difference, "expected"),
        .got = text_of(difference, "got"),
        .duration_ms = json_number_value(json_object_get(json, "duration_ms")),
        .json = json,
        .outcome = case_outcome(text_of(json, "verdict"), text_of(json, "expected_failure")),
    };
    json_object_set_new(json, "outcome", json_string(report_outcome_word(item->outcome)));
}

static void fill_cases(struct report_result *result)
{
    const json_t *list = json_object_get(result->json, "cases");
    result->case_count = json_array_size(list);
    result->cases = report_allocate(result->case_count, sizeof *result->cases);
    for (size_t i = 0; i < result->case_count; i++)
        fill_case(&result->cases[i], json_array_get(list, i));
}

/* A requirement is as good as the worst of its cases. Cases of which none is in the result were left out of the run. */
static enum report_outcome row_outcome(const struct report_result *result, const struct report_row *row)
{
    enum report_outcome worst = REPORT_PASS;
    if (!row->covered)
        return strcmp(row->level, "info") == 0 ? REPORT_INFO : REPORT_OPEN;
    if (row->case_count == 0)
        return REPORT_SKIP;
    for (size_t i = 0; i < row->case_count; i++)
        if (result->cases[row->cases[i]].outcome > worst)
            worst = result->cases[row->cases[i]].outcome;
    return worst;
}

static bool is_command(const char *part, size_t size)
{
    bool upper = false;
    for (size_t i = 0; i < size; i++) {
        upper |= part[i] >= 'A' && part[i] <= 'Z';
        if (part[i] >= 'a' && part[i] <= 'z')
            return false;
    }
    return upper;
}

/* The first part of the id after the family that is written in capitals; the id's end if there is none. */
static const char *command_of(const char *id)
{
    const char *part = id + strcspn(id, "/");
    while (*part) {
        size_t size = strcspn(++part, "/");
        if (is_command(part, size))
            return part;
        part += size;
    }
    return part;
}

/* `write-2` and `tcp-fixed` are write forms; what is named after something else than a form is "other". */
static enum report_form form_of(const char *command)
{
    static const struct {
        const char *word;
        enum report_form form;
    } words[] = {{"test", REPORT_TEST}, {"read", REPORT_READ}, {"write", REPORT_WRITE}, {"tcp", REPORT_WRITE},
                 {"udp", REPORT_WRITE}, {"exec", REPORT_EXEC}, {"execute", REPORT_EXEC}};
    const char *part = command + strcspn(command, "/");
    size_t size = *part ? strcspn(++part, "/-") : 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == size && strncmp(part, words[i].word, size) == 0)
            return words[i].form;
    return REPORT_OTHER;
}

static void fill_row(const struct report_result *result, struct report_row *row, json_t *json)
{
    const char *reason = text_of(json, "reason");
    row->id = text_of(json, "id");
    row->family = text_of(json, "family");
    row->kind = text_of(json, "kind");
    row->manual = text_of(json, "manual");
    row->section = text_of(json, "section");
    row->level = text_of(json, "level");
    row->statement = text_of(json, "statement");
    row->reason = reason ? reason : "";
    row->command = command_of(row->id);
    row->form = strcmp(row->kind, "form") == 0 ? form_of(row->command) : REPORT_FORMS;
    row->outcome = row_outcome(result, row);
    json_object_set_new(json, "outcome", json_string(report_outcome_word(row->outcome)));
    json_object_set_new(json, "command", json_stringn(row->command, strcspn(row->command, "/")));
    if (row->form != REPORT_FORMS)
        json_object_set_new(json, "form", json_string(report_form_word(row->form)));
}

/* Returns how many of the row's cases are in the result; `list` has room for all of them. */
static size_t find_cases(const json_t *ids, const json_t *case_index, size_t *list)
{
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(ids); i++) {
        const json_t *position = json_object_get(case_index, json_string_value(json_array_get(ids, i)));
        if (position)
            list[count++] = (size_t)json_integer_value(position);
    }
    return count;
}

static void fill_rows(struct report_result *result, const json_t *case_index)
{
    const json_t *list = json_object_get(result->json, "requirements");
    size_t total = 0;
    for (size_t i = 0; i < json_array_size(list); i++)
        total += json_array_size(json_object_get(json_array_get(list, i), "cases"));
    result->row_count = json_array_size(list);
    result->rows = report_allocate(result->row_count, sizeof *result->rows);
    result->case_lists = report_allocate(total, sizeof *result->case_lists);
    size_t *next = result->case_lists;
    for (size_t i = 0; i < result->row_count; i++) {
        json_t *json = json_array_get(list, i);
        const json_t *ids = json_object_get(json, "cases");
        struct report_row *row = &result->rows[i];
        row->cases = next;
        row->case_count = find_cases(ids, case_index, next);
        row->covered = json_array_size(ids) > 0;
        next += row->case_count;
        fill_row(result, row, json);
    }
}

static void add_families(struct report_result *result, bool union_of_all)
{
    const json_t *list = json_object_get(result->json, "families");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *json = json_array_get(list, i);
        struct report_family family = {text_of(json, "id"), text_of(json, "manual")};
        struct report_tally tally = report_tally_of(result, family.id);
        if ((strcmp(family.id, "any") == 0) == union_of_all && tally.rows + tally.cases > 0)
            result->families[result->family_count++] = family;
    }
}

/* Those that have a manual of their own come first. */
static void fill_families(struct report_result *result)
{
    result->families =
        report_allocate(json_array_size(json_object_get(result->json, "families")), sizeof *result->families);
    add_families(result, false);
    add_families(result, true);
}

static void fill_heads(struct report_result *result)
{
    const json_t *suite = json_object_get(result->json, "suite");
    const json_t *implementation = json_object_get(result->json, "implementation");
    result->name = text_of(implementation, "name");
    result->version = text_of(implementation, "version");
    result->level = text_of(implementation, "level");
    result->suite_version = text_of(suite, "version");
    result->corpus_hash = text_of(suite, "corpus_hash");
    result->commit = text_of(suite, "commit");
    result->toolchain = text_of(suite, "toolchain");
    result->start = text_of(suite, "start");
    result->dirty = json_is_true(json_object_get(suite, "dirty"));
}

/* Takes the document over. */
static struct report_result *make_result(const char *file, json_t *document, const json_t *case_index)
{
    struct report_result *result = report_allocate(1, sizeof *result);
    result->json = document;
    result->file = file;
    fill_heads(result);
    fill_cases(result);
    fill_rows(result, case_index);
    fill_families(result);
    return result;
}

/* Everything that the schema cannot say. On success *case_index maps the cases' ids, for the caller to free. */
static bool check_links(const char *file, const json_t *document, json_t **case_index)
{
    const json_t *rows = json_object_get(document, "requirements");
    const json_t *cases = json_object_get(document, "cases");
    json_t *row_index = index_ids(file, "requirements", rows);
    json_t *family_index = index_ids(file, "families", json_object_get(document, "families"));
    *case_index = index_ids(file, "cases", cases);
    bool good = row_index && family_index && *case_index && families_known(file, "requirements", rows, family_index) &&
                families_known(file, "cases", cases, family_index) && summary_agrees(file, document);
    json_decref(row_index);
    json_decref(family_index);
    if (!good)
        json_decref(*case_index);
    return good;
}

struct report_result *report_result_read(const char *file)
{
    json_t *case_index;
    json_t *document = parse(file);
    if (!document)
        return NULL;
    if (!check_schema(file, document) || !check_links(file, document, &case_index)) {
        json_decref(document);
        return NULL;
    }
    struct report_result *result = make_result(file, document, case_index);
    json_decref(case_index);
    return result;
}

void report_result_free(struct report_result *result)
{
    if (!result)
        return;
    json_decref(result->json);
    free(result->families);
    free(result->rows);
    free(result->cases);
    free(result->case_lists);
    free(result);
}
