/* The adapter host with children that behave: levels, the protocol's texts, the parser itself through the protocol. */
#include "adapter.h"

#include <criterion/criterion.h>
#include <string.h>

#include "adapter_runs.h"
#include "transcript.h"

static void expect_part(adapter_level level, const char *line, adapter_part kind, const char *text)
{
    buffer part = {0};
    cr_expect_eq(adapter_level_of_answer(&part, level, line), kind, "%s: %s", adapter_level_text(level), line);
    if (kind != ADAPTER_PART_FAULT) {
        cr_expect_str_eq(buffer_string(&part), text, "%s: %s", adapter_level_text(level), line);
    }
    buffer_free(&part);
}

Test(adapter, compares_what_the_level_promises)
{
    static const char result[] = "result CIPOPEN link_num=1 err=0 ~missing-blank";
    expect_part(ADAPTER_COMPLETE, result, ADAPTER_PART_LINE, "result CIPOPEN link_num=1 err=0");
    expect_part(ADAPTER_VALUES, result, ADAPTER_PART_LINE, "result CIPOPEN link_num=1 err=0");
    expect_part(ADAPTER_CLASSIFY, result, ADAPTER_PART_LINE, "result CIPOPEN");
    expect_part(ADAPTER_FRAMING, "line \"+CIPOPEN: 1,0\"", ADAPTER_PART_LINE, "line \"+CIPOPEN: 1,0\"");
    expect_part(ADAPTER_CLASSIFY, "data len=5 \"a b=c\"", ADAPTER_PART_LINE, "data \"a b=c\"");
    expect_part(ADAPTER_VALUES, "data len=5 got=4 \"ab\\r\\n\"", ADAPTER_PART_LINE, "data len=5 got=4 \"ab\\r\\n\"");
    expect_part(ADAPTER_FRAMING, "data \"ab\"", ADAPTER_PART_SPAN, "data \"ab\"");
    expect_part(ADAPTER_COMPLETE, "stream \"ab\"", ADAPTER_PART_SPAN, "stream \"ab\"");
    expect_part(ADAPTER_CLASSIFY, "malformed CSQ \"+CSQ: 1 ~\\\"\"", ADAPTER_PART_LINE,
                "malformed CSQ \"+CSQ: 1 ~\\\"\"");
    expect_part(ADAPTER_CLASSIFY, "overlong len=17", ADAPTER_PART_LINE, "overlong");
    expect_part(ADAPTER_CLASSIFY, "connect text=\"115200\"", ADAPTER_PART_LINE, "connect");
    expect_part(ADAPTER_FRAMING, "final \"OK  \"", ADAPTER_PART_LINE, "final \"OK\"");
}

Test(adapter, compares_completion_at_level_complete_only)
{
    expect_part(ADAPTER_COMPLETE, "done CSQ ok", ADAPTER_PART_LINE, "done CSQ ok");
    expect_part(ADAPTER_COMPLETE, "done CSQ error", ADAPTER_PART_LINE, "done CSQ error");
    expect_part(ADAPTER_VALUES, "done CSQ ok", ADAPTER_PART_NONE, "done CSQ ok");
}

Test(adapter, refuses_what_is_no_event_line)
{
    static const char *const lines[] = {"",           "urcs RDY",      "urc  RDY",       "urc RDY ",      " urc RDY",
                                        "text \"a",   "text \"a\\q\"", "text \"a\\x0\"", "text",          "data len=3",
                                        "line \"a\"", "urc \x01",      "urc \xff",       "text \"a\x7f\""};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        expect_part(ADAPTER_COMPLETE, lines[i], ADAPTER_PART_FAULT, "");
    }
    expect_part(ADAPTER_FRAMING, "urc RDY", ADAPTER_PART_FAULT, "");
    expect_part(ADAPTER_FRAMING, "final OK", ADAPTER_PART_FAULT, "");
}

static void expect_framed(const char *line, const char *octets, adapter_part kind, const char *text)
{
    buffer raw = {0};
    buffer part = {0};
    buffer_text(&raw, octets);
    cr_expect_eq(adapter_level_of_expected(&part, ADAPTER_FRAMING, line, &raw), kind, "%s", line);
    cr_expect_str_eq(kind == ADAPTER_PART_NONE ? "" : buffer_string(&part), text, "%s", line);
    buffer_free(&part);
    buffer_free(&raw);
}

Test(adapter, knows_what_framing_makes_of_each_event)
{
    expect_framed("final CME-ERROR code=10", "+CME ERROR: 10", ADAPTER_PART_LINE, "final \"+CME ERROR: 10\"");
    expect_framed("final OK ~trailing-blank", "OK  ", ADAPTER_PART_LINE, "final \"OK\"");
    expect_framed("info CSQ rssi=1 ber=2", "+CSQ: 1,2", ADAPTER_PART_LINE, "line \"+CSQ: 1,2\"");
    expect_framed("connect", "CONNECT", ADAPTER_PART_LINE, "line \"CONNECT\"");
    expect_framed("echo \"AT\"", "", ADAPTER_PART_LINE, "line \"AT\"");
    expect_framed("text \"a b\"", "", ADAPTER_PART_LINE, "line \"a b\"");
    expect_framed("malformed CSQ \"+CSQ:\" ~nul-noise", "", ADAPTER_PART_LINE, "line \"+CSQ:\"");
    expect_framed("prompt", "", ADAPTER_PART_LINE, "prompt");
    expect_framed("overlong len=17", "", ADAPTER_PART_LINE, "overlong");
    expect_framed("data len=3 \"abc\"", "", ADAPTER_PART_SPAN, "data \"abc\"");
    expect_framed("stream \"abc\"", "", ADAPTER_PART_SPAN, "data \"abc\"");
    expect_framed("done CSQ ok", "", ADAPTER_PART_NONE, "");
}

Test(adapter, reads_a_hello)
{
    adapter_hello hello;
    cr_assert(adapter_hello_read(&hello, "atwire-adapter 1 my-parser 2.0-rc1 level=values"));
    cr_expect_str_eq(hello.name, "my-parser");
    cr_expect_str_eq(hello.version, "2.0-rc1");
    cr_expect_eq(hello.level, ADAPTER_VALUES);
    static const char *const lines[] = {"",
                                        "atwire-adapter",
                                        "atwire-adapter 1 a",
                                        "atwire-adapter 1 a b",
                                        "atwire-adapter 1 a b level=",
                                        "atwire-adapter 1 a b level=complete ",
                                        "atwire-adapter 1 a b complete",
                                        "atwire-adapter 1 a  level=complete",
                                        "atwire-adapter 1 \xff b level=complete",
                                        "atwire-adapter 10 a b level=complete"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        cr_expect_not(adapter_hello_read(&hello, lines[i]), "%s", lines[i]);
    }
}

#define HEAD "title: T\nfamily: a7600\nsource: S\nlevel: must\n"
#define STEPS \
    "--> AT+CIPSEND=1,5\\r\n<-- \\r\\n>\n    prompt\n--> +++\n--! dtr\n<-- \\r\\nO\n<-- K\\r\\n\n" \
    "    final OK\n--! abandon\n"

static void expect_printed(const char *text, size_t last, const cutting *how, const char *printed)
{
    transcript read;
    source from;
    source_error error;
    buffer got = {0};
    source_from_octets(&from, "test", text, strlen(text));
    cr_assert(transcript_read(&read, &from, &error), "%s", error.message);
    adapter_case_print(&got, "some/id", &read.script, last, how);
    cr_expect_str_eq(buffer_string(&got), printed);
    buffer_free(&got);
    source_close(&from);
    transcript_free(&read);
}

Test(adapter, puts_a_case)
{
    expect_printed(
        HEAD STEPS, SIZE_MAX, &(cutting){0},
        "case some/id a7600\ntx \"AT+CIPSEND=1,5\\r\"\nrx \"\\r\\n>\"\ntx \"+++\"\ndtr\nrx \"\\r\\nOK\\r\\n\"\n"
        "abandon\nend\n");
    expect_printed(HEAD STEPS, 1, &(cutting){0}, "case some/id a7600\ntx \"AT+CIPSEND=1,5\\r\"\nrx \"\\r\\n>\"\nend\n");
}

Test(adapter, puts_a_case_cut)
{
    const size_t cuts[] = {2, 6};
    expect_printed(HEAD STEPS, SIZE_MAX, &(cutting){.cuts = cuts, .cut_count = 2},
                   "case some/id a7600\ntx \"AT+CIPSEND=1,5\\r\"\nrx \"\\r\\n\"\nrx \">\"\ntx \"+++\"\ndtr\n"
                   "rx \"\\r\\nO\"\nrx \"K\\r\\n\"\nabandon\nend\n");
    expect_printed(HEAD STEPS, SIZE_MAX, &(cutting){.width = 4},
                   "case some/id a7600\ntx \"AT+CIPSEND=1,5\\r\"\nrx \"\\r\\n>\"\ntx \"+++\"\ndtr\n"
                   "rx \"\\r\\nOK\"\nrx \"\\r\\n\"\nabandon\nend\n");
    expect_printed(HEAD "--> AT\\r\n--> +++\n", SIZE_MAX, &(cutting){.sent_width = 2},
                   "case some/id a7600\ntx \"AT\"\ntx \"\\r\"\ntx \"+++\"\nend\n");
}

Test(adapter, puts_a_case_with_its_configuration)
{
    expect_printed(HEAD "config: line=256 ceiling=2000 command=0 closed-ends-data=1\n<-- \\x00\\\"\n", SIZE_MAX,
                   &(cutting){0},
                   "case some/id a7600\nconfig line=256 ceiling=2000 command=0 closed-ends-data=1\n"
                   "rx \"\\x00\\\"\"\nend\n");
}

/* Only the parser in this process tells at which octet an event began. */
static void drop_offsets(json_t *one)
{
    json_t *steps = json_object_get(one, "steps");
    for (size_t i = 0; i < json_array_size(steps); i++) {
        json_object_del(json_array_get(steps, i), "at");
    }
}

/* What a result says of a case must not depend on whether the parser ran in this process. */
static void expect_same_case(json_t *here, const json_t *there)
{
    drop_offsets(here);
    static const char *const members[] = {"verdict", "reason", "split", "difference", "octets", "notes", "steps"};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const json_t *expected = json_object_get(here, members[i]);
        const json_t *got = json_object_get(there, members[i]);
        cr_expect(expected != NULL && json_equal(expected, got), "%s: another %s through the protocol",
                  text_member(here, "id"), members[i]);
    }
}

static void expect_same_result(const char *option, const char *value, size_t count)
{
    const char *const here[] = {option, value, "--uncut", NULL};
    static const char command[] = ATWIRE_ADAPTERS "/reference";
    const char *const there[] = {option, value, "--impl", command, NULL};
    json_t *direct = conform_result(here);
    json_t *adapted = conform_result(there);
    const json_t *cases = json_object_get(direct, "cases");
    cr_assert_geq(json_array_size(cases), count);
    cr_assert_eq(json_array_size(cases), json_array_size(json_object_get(adapted, "cases")));
    for (size_t i = 0; i < json_array_size(cases); i++) {
        expect_same_case(json_array_get(cases, i), json_array_get(json_object_get(adapted, "cases"), i));
    }
    json_decref(direct);
    json_decref(adapted);
}

#define SAME_RESULT(family) \
    Test(adapter, reference_says_the_same_as_in_process_##family) \
    { \
        expect_same_result("--family", #family, 100); \
    }

SAME_RESULT(any)
SAME_RESULT(a76xx)
SAME_RESULT(a7600)
SAME_RESULT(sim7028)
SAME_RESULT(sim7x00)

/* Cases that fail, each in its own way. */
Test(adapter, reference_fails_the_same_as_in_process)
{
    small_corpus cases;
    small_corpus_open(&cases);
    small_corpus_add(&cases, "another", "<-- \\r\\nRDY\\r\\n\n    urc RING\n");
    small_corpus_add(&cases, "missing", "<-- \\r\\nRDY\\r\\n\n    urc RDY\n    urc RING\n");
    small_corpus_add(&cases, "more", "<-- \\r\\nRDY\\r\\nRING\\r\\n\n    urc RDY\n");
    small_corpus_add(&cases, "early", "<-- \\r\\nRDY\\r\\n\n    urc RDY\n    urc RING\n<-- RING\\r\\n\n");
    small_corpus_add(&cases, "late", "<-- \\r\\nRDY\n    urc RDY\n<-- \\r\\n\n");
    small_corpus_add(&cases, "payload", "<-- +IPD3\\r\\na\n    urc IPD len=3\n<-- bc\n    data len=3 \"abd\"\n");
    small_corpus_add(&cases, "given-up",
                     "<-- +IPD3\\r\\na\n    urc IPD len=3\n--! abandon\n    data len=3 got=1 \"b\"\n");
    small_corpus_add(&cases, "good", "<-- +IPD3\\r\\na\n    urc IPD len=3\n<-- bc\n    data len=3 \"abc\"\n");
    expect_same_result("--corpus", cases.folder, 8);
    small_corpus_close(&cases);
}

Test(adapter, result_names_the_implementation)
{
    small_corpus cases;
    small_corpus_open(&cases);
    small_corpus_add(&cases, "rdy", "<-- \\r\\nRDY\\r\\n\n    urc RDY\n");
    static const char command[] = ATWIRE_ADAPTERS "/lines 'a b'";
    const char *const arguments[] = {"--corpus", cases.folder, "--impl", command, NULL};
    json_t *result = conform_result(arguments);
    const json_t *implementation = json_object_get(result, "implementation");
    cr_expect_str_eq(text_member(implementation, "name"), "lines-c");
    cr_expect_str_eq(text_member(implementation, "version"), "1");
    cr_expect_str_eq(text_member(implementation, "level"), "framing");
    cr_expect_str_eq(text_member(implementation, "command"), command);
    cr_expect_str_eq(text_member(case_of_result(result, "rdy"), "verdict"), "pass");
    cr_expect_str_eq(text_member(case_of_result(result, "rdy"), "rerun"),
                     "atwire conform --case 'rdy' --impl '" ATWIRE_ADAPTERS "/lines '\\''a b'\\'''");
    json_decref(result);
    small_corpus_close(&cases);
}

/* The implementations that are known to fail fail as their list says, and in nothing else. */
static void expect_listed_failures(const char *name)
{
    buffer command = {0};
    buffer list = {0};
    buffer_format(&command, ATWIRE_ADAPTERS "/%s", name);
    buffer_format(&list, ATWIRE_ADAPTER_SOURCES "/foreign/%s.expect", name);
    const char *const arguments[] = {"--impl", command.octets, "--expect", list.octets, NULL};
    conform_answer got = conform_ask(arguments);
    cr_expect_eq(got.status, 0, "%s", buffer_string(&got.errors));
    cr_expect(strstr(buffer_string(&got.output), " expected to fail)") != NULL, "%s", buffer_string(&got.output));
    conform_answer_free(&got);
    buffer_free(&list);
    buffer_free(&command);
}

Test(adapter, strstr_lines_fails_as_listed)
{
    expect_listed_failures("strstr-lines");
}

Test(adapter, sscanf_reader_fails_as_listed)
{
    expect_listed_failures("sscanf-reader");
}

Test(adapter, byte_machine_fails_as_listed)
{
    expect_listed_failures("byte-machine");
}
