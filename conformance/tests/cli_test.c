/* The program as a child process: statuses, messages, and the same output however the input is cut. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "child.h"
#include "corpus.h"

typedef struct answer {
    int status;
    buffer output;
    buffer errors;
} answer;

/* Run atwire; `words` are its arguments, with blanks between. */
static answer run_with(const char *words, const char *input)
{
    answer got = {0};
    buffer in = {0};
    char text[600];
    char *argv[20] = {ATWIRE_PROGRAM};
    size_t count = 1;
    snprintf(text, sizeof text, "%s", words);
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
        argv[count++] = word;
    }
    buffer_text(&in, input);
    got.status = child_run(argv, &in, &got.output, &got.errors);
    buffer_free(&in);
    return got;
}

static void release(answer *got)
{
    buffer_free(&got->output);
    buffer_free(&got->errors);
}

static void expect(const char *words, const char *input, int status, const char *output, const char *errors)
{
    answer got = run_with(words, input);
    cr_expect_eq(got.status, status, "atwire %s: status %d", words, got.status);
    cr_expect(strncmp(buffer_string(&got.output), output, strlen(output)) == 0, "atwire %s: output %s", words,
              buffer_string(&got.output));
    cr_expect(strncmp(buffer_string(&got.errors), errors, strlen(errors)) == 0, "atwire %s: errors %s", words,
              buffer_string(&got.errors));
    cr_expect(*errors != '\0' || got.errors.count == 0, "atwire %s: errors %s", words, buffer_string(&got.errors));
    release(&got);
}

#define HEAD "title: T\nfamily: any\nsource: S\nlevel: must\n"
#define DIRECT_PUSH \
    HEAD "--> AT+CIPSEND=1,5\\r\n<-- \\r\\n>\n    prompt\n--> HELLO\n<-- \\r\\nOK\\r\\n\n" \
         "<-- \\r\\n+CIPSEND: 1,5,5\\r\\n\n<-- \\r\\n+IPD4\\r\\n\\r\\nOK\n"
#define DIRECT_PUSH_EVENTS \
    "prompt\nfinal OK\nresult CIPSEND link_num=1 req_send_length=5 cnf_send_length=5\ndone CIPSEND ok link_num=1\n" \
    "urc IPD len=4\ndata len=4 \"\\r\\nOK\"\n"

Test(cli, help_everywhere)
{
    expect("--help", "", 0, "usage: atwire COMMAND", "");
    expect("trace --help", "", 0, "usage: atwire trace", "");
    expect("conform --help", "", 0, "usage: atwire conform", "");
    expect("list --help", "", 0, "usage: atwire list", "");
    expect("grammar --help", "", 0, "usage: atwire grammar", "");
    expect("report --help", "", 0, "usage: atwire report", "");
    expect("--version", "", 0, "atwire " ATWIRE_VERSION "\n", "");
}

Test(cli, usage_errors)
{
    expect("", "", 2, "", "usage: atwire COMMAND");
    expect("tarce", "", 2, "", "atwire: expected trace, check, conform, report, grammar or list, not 'tarce'");
    expect("trace", "", 2, "", "atwire trace: expected one FILE");
    expect("trace a b", "", 2, "", "atwire trace: expected one FILE");
    expect("trace --chink 1 -", "", 2, "", "atwire trace: unexpected option --chink");
    expect("trace --chunk", "", 2, "", "atwire trace: expected a value after --chunk");
    expect("trace --chunk x -", "", 2, "",
           "atwire trace: expected a number from 0 to 2147483647 after --chunk, not 'x'");
    expect("trace --line 0 -", "", 2, "", "atwire trace: expected a number from 1 to 65535 after --line, not '0'");
    expect("trace --family x -", "", 2, "",
           "atwire trace: expected a family (a76xx a7600 sim7028 sim7x00 any), not 'x'");
    expect("conform x", "", 2, "", "atwire conform: unexpected argument 'x'");
    expect("conform --timeout 0", "", 2, "",
           "atwire conform: expected a number from 1 to 3600000 after --timeout, not '0'");
    expect("conform --case nothing/such", "", 2, "", "atwire conform: expected a case of the corpus, none was chosen");
    expect("conform --corpus /nowhere", "", 2, "", "/nowhere: expected a readable folder: ");
    expect("conform --expect /nowhere", "", 2, "", "/nowhere: expected a readable file: ");
    expect("list x", "", 2, "", "atwire list: unexpected argument 'x'");
    expect("grammar --format x", "", 2, "",
           "atwire grammar: expected text, abnf, dict or json after --format, not 'x'");
    expect("grammar x", "", 2, "", "atwire grammar: unexpected argument 'x'");
}

Test(cli, trace_reads_transcripts_only_in_their_form)
{
    expect("trace /nowhere", "", 2, "", "/nowhere: expected a readable file: No such file or directory\n");
    expect("trace -", "\r\nOK\r\n", 2, "", "(standard input):1: expected LF as the line end, not a CR octet");
    expect("trace -", "OK\n", 2, "",
           "(standard input):1: expected a header (title family source covers level note config)");
    expect("trace -", HEAD, 2, "", "(standard input):4: expected at least one step");
    expect("trace -", HEAD "<-- x\n    promt\n", 2, "", "(standard input):6: expected an event: echo prompt");
}

Test(cli, trace_prints_the_same_however_it_is_cut)
{
    static const char *const options[] = {"", "--chunk 0", "--chunk 1", "--chunk 2", "--chunk 7", "--chunk 1000"};
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++) {
        char words[100];
        snprintf(words, sizeof words, "trace --family a76xx %s -", options[i]);
        answer got = run_with(words, DIRECT_PUSH);
        cr_expect_eq(got.status, 0);
        cr_expect_str_eq(buffer_string(&got.output), DIRECT_PUSH_EVENTS, "%s", words);
        cr_expect_eq(got.errors.count, 0, "%s", buffer_string(&got.errors));
        release(&got);
    }
}

Test(cli, trace_options)
{
    expect("trace --raw -", "\r\nRDY\r\nOK", 0, "urc RDY\n", "");
    expect("trace --raw --offsets -", "\r\nRDY\r\n\r\n+IPD3\r\nabc", 0,
           "2 urc RDY\n9 urc IPD len=3\n16 data len=3 \"abc\"\n", "");
    expect("trace --raw --line 4 -", "12345\r\nRDY\r\n", 0, "overlong len=6\nurc RDY\n", "");
    expect("trace --raw --ceiling 4 -", "+IPD5\r\n", 0, "malformed IPD \"+IPD5\"\n", "");
    expect("trace --line 64 -", HEAD "config: line=1\n<-- RDY\\r\\n\n", 0, "urc RDY\n", "");
    expect("trace -", HEAD "config: line=1\n<-- RDY\\r\\n\n", 0, "overlong len=4\n", "");
    expect("trace --raw --family sim7028 -", "+IPCLOSE: 5,1\r\n", 0,
           "urc IPCLOSE client_index=5 close_reason=1 ~out-of-range\n", "");
    expect("trace --raw -", "", 0, "", "");
}

/* A corpus of one case in a folder of its own, whose expectation is `event`. */
static void make_corpus(char *folder, const char *event)
{
    static const char row[] =
        "id\tkind\tmanual\tsection\tlevel\tstatement\treason\nany/rdy\turc\tM\t1\tmust\tRDY comes.\t\n";
    char path[200];
    cr_assert_not_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/rdy.at", folder);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fprintf(file, HEAD "covers: any/rdy\n<-- \\r\\nRDY\\r\\n\n    %s\n", event);
    fclose(file);
    snprintf(path, sizeof path, "%s/requirements", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/requirements/any.tsv", folder);
    file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(row, file);
    fclose(file);
}

static void remove_corpus(const char *folder)
{
    static const char *const paths[] = {"/rdy.at",       "/expect", "/result.json", "/requirements/any.tsv",
                                        "/requirements", ""};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        char path[200];
        snprintf(path, sizeof path, "%s%s", folder, paths[i]);
        remove(path);
    }
}

static void expect_in(const char *folder, const char *options, int status, const char *output, const char *errors)
{
    char words[400];
    snprintf(words, sizeof words, "conform --corpus %s %s", folder, options);
    expect(words, "", status, output, errors);
}

Test(cli, conform_passes)
{
    char folder[] = "/tmp/atwire-cli-XXXXXX";
    make_corpus(folder, "urc RDY");
    expect_in(folder, "", 0, "any         1 cases: 1 pass 0 fail; ledger: 1 rows, 1 covered, 0 info\n", "");
    remove_corpus(folder);
}

Test(cli, conform_explains_a_failure)
{
    char folder[] = "/tmp/atwire-cli-XXXXXX";
    make_corpus(folder, "urc RING");
    expect_in(folder, "", 1, "any         1 cases: 0 pass 1 fail",
              "fail: rdy (split: whole)\n  corpus/rdy.at:7:\n  expected: urc RING\n  got:      urc RDY\n"
              "  rerun:    atwire conform --case 'rdy'\n");
    remove_corpus(folder);
}

static void write_file(const char *folder, const char *name, const char *text)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file);
    fputs(text, file);
    fclose(file);
}

Test(cli, conform_knows_expected_failures)
{
    char folder[] = "/tmp/atwire-cli-XXXXXX";
    char options[100];
    make_corpus(folder, "urc RING");
    snprintf(options, sizeof options, "--expect %s/expect", folder);
    write_file(folder, "expect", "rdy  a mistake in the case\n");
    expect_in(folder, options, 0, "any         1 cases: 0 pass 1 fail (1 expected to fail)", "");
    write_file(folder, "expect", "rdy  a mistake\nring  another\n");
    expect_in(folder, options, 1, "any", folder);
    remove_corpus(folder);
    strcpy(folder, "/tmp/atwire-cli-XXXXXX");
    make_corpus(folder, "urc RDY");
    snprintf(options, sizeof options, "--expect %s/expect", folder);
    write_file(folder, "expect", "rdy  a mistake in the case\n");
    expect_in(folder, options, 1, "any", "unexpected pass: rdy\n  expected to fail: a mistake in the case\n");
    remove_corpus(folder);
}

Test(cli, conform_checks_the_ledger)
{
    char folder[] = "/tmp/atwire-cli-XXXXXX";
    make_corpus(folder, "urc RDY");
    write_file(folder, "requirements/any.tsv",
               "id\tkind\tmanual\tsection\tlevel\tstatement\treason\nany/x\turc\tM\t1\tmust\ts\t\n");
    expect_in(folder, "", 1, "any",
              "corpus/rdy.at: expected rows of the ledger in covers: there is no row any/rdy\n"
              "corpus/requirements/any.tsv:2: expected a case for row any/x\n");
    write_file(folder, "requirements/any.tsv", "id\n");
    expect_in(folder, "", 2, "", "corpus/requirements/any.tsv:1: expected the header line");
    remove_corpus(folder);
}

Test(cli, conform_writes_the_canonical_result)
{
    char folder[] = "/tmp/atwire-cli-XXXXXX";
    make_corpus(folder, "urc RING");
    char words[200];
    snprintf(words, sizeof words, "conform --json - --corpus %s", folder);
    answer got = run_with(words, "");
    json_error_t error;
    json_t *result = json_loads(buffer_string(&got.output), 0, &error);
    cr_assert_not_null(result, "%s", error.text);
    cr_expect_str_eq(json_string_value(json_object_get(result, "schema")), "atwire-result-1");
    const json_t *one = json_array_get(json_object_get(result, "cases"), 0);
    cr_expect_str_eq(json_string_value(json_object_get(one, "id")), "rdy");
    cr_expect_str_eq(json_string_value(json_object_get(one, "verdict")), "fail");
    cr_expect_str_eq(json_string_value(json_object_get(one, "rerun")), "atwire conform --case 'rdy'");
    const json_t *difference = json_object_get(one, "difference");
    cr_expect_eq(json_integer_value(json_object_get(difference, "line")), 7);
    const json_t *step = json_array_get(json_object_get(one, "steps"), 0);
    cr_expect_str_eq(json_string_value(json_object_get(step, "dir")), "rx");
    cr_expect_str_eq(json_string_value(json_object_get(step, "wire")), "\\r\\nRDY\\r\\n");
    cr_expect_str_eq(json_string_value(json_array_get(json_object_get(step, "got"), 0)), "urc RDY");
    const json_t *row = json_array_get(json_object_get(result, "requirements"), 0);
    cr_expect_str_eq(json_string_value(json_array_get(json_object_get(row, "cases"), 0)), "rdy");
    cr_expect_eq(json_integer_value(json_object_get(json_object_get(result, "summary"), "fail")), 1);
    json_decref(result);
    release(&got);
    remove_corpus(folder);
}

Test(cli, list_names_cases_and_rows)
{
    char folder[] = "/tmp/atwire-cli-XXXXXX";
    char words[200];
    make_corpus(folder, "urc RDY");
    snprintf(words, sizeof words, "list --corpus %s", folder);
    expect(words, "", 0, "case rdy any must T\nrow any/rdy urc must 1 RDY comes.\n", "");
    snprintf(words, sizeof words, "list --json --corpus %s", folder);
    answer got = run_with(words, "");
    json_t *all = json_loads(buffer_string(&got.output), 0, NULL);
    cr_assert_not_null(all);
    cr_expect_eq(json_array_size(json_object_get(all, "cases")), 1);
    cr_expect_eq(json_array_size(json_object_get(all, "requirements")), 1);
    json_decref(all);
    release(&got);
    remove_corpus(folder);
}

Test(cli, one_case_of_the_projects_corpus_can_be_run_alone)
{
    corpus cases;
    source_error error;
    char words[300];
    cr_assert(corpus_load(&cases, corpus_folder(), &error), "%s", error.message);
    cr_assert_gt(cases.count, 0);
    snprintf(words, sizeof words, "conform --case %s", cases.cases[0].id);
    answer got = run_with(words, "");
    cr_expect_eq(got.status, 0, "%s", buffer_string(&got.errors));
    cr_expect(strstr(buffer_string(&got.output), "   1 cases: 1 pass 0 fail") != NULL, "%s",
              buffer_string(&got.output));
    release(&got);
    corpus_free(&cases);
}
