/* Children that crash, hang, lie, print too much or too little: each has its verdict, and the run goes on. */
#include <criterion/criterion.h>
#include <string.h>

#include "adapter_runs.h"

#define RDY "<-- \\r\\nRDY\\r\\n\n    urc RDY\n"
#define ONE_CASE "any         1 cases: "

/* Run a corpus of one case, which expects `urc RDY`, on a child that misbehaves in one way. */
static conform_answer run_child(const char *how, const char *timeout_ms, bool uncut)
{
    small_corpus cases;
    buffer command = {0};
    small_corpus_open(&cases);
    small_corpus_add(&cases, "rdy", RDY);
    buffer_format(&command, ATWIRE_MISBEHAVING " %s %s/started", how, cases.folder);
    const char *const arguments[] = {
        "--corpus", cases.folder, "--impl", command.octets, "--timeout", timeout_ms, uncut ? "--uncut" : NULL, NULL};
    conform_answer got = conform_ask(arguments);
    buffer_free(&command);
    small_corpus_close(&cases);
    return got;
}

static void expect_child(const char *how, const char *timeout_ms, bool uncut, int status, const char *output,
                         const char *errors)
{
    conform_answer got = run_child(how, timeout_ms, uncut);
    cr_expect_eq(got.status, status, "%s: status %d", how, got.status);
    cr_expect(strncmp(buffer_string(&got.output), output, strlen(output)) == 0, "%s: output %s", how,
              buffer_string(&got.output));
    cr_expect(strstr(buffer_string(&got.errors), errors) != NULL, "%s: errors %s", how, buffer_string(&got.errors));
    cr_expect(*errors != '\0' || got.errors.count == 0, "%s: errors %s", how, buffer_string(&got.errors));
    conform_answer_free(&got);
}

/* A verdict on the only case: 0 pass, 1 of something else. */
#define EXPECT_VERDICT(how, timeout_ms, output, errors) \
    expect_child(how, timeout_ms, true, 1, ONE_CASE output "; ledger", errors)

Test(adapter_child, crashes)
{
    EXPECT_VERDICT("crash", "5000", "0 pass 0 fail 1 crash",
                   "crash: rdy (split: whole)\n  reason:   ended by signal 6 (Aborted): about to crash\n"
                   "  rerun:    atwire conform --case 'rdy' --impl '" ATWIRE_MISBEHAVING " crash ");
}

Test(adapter_child, exits)
{
    EXPECT_VERDICT("leave", "5000", "0 pass 0 fail 1 crash", "reason:   exited with status 3\n");
}

Test(adapter_child, hangs)
{
    EXPECT_VERDICT("hang", "200", "0 pass 0 fail 1 timeout",
                   "timeout: rdy (split: whole)\n  reason:   no answer within 200 ms\n");
}

Test(adapter_child, hangs_together_with_its_own_child)
{
    EXPECT_VERDICT("hang-with-child", "200", "0 pass 0 fail 1 timeout", "reason:   no answer within 200 ms\n");
}

Test(adapter_child, prints_garbage)
{
    EXPECT_VERDICT("garbage", "5000", "0 pass 0 fail 1 crash",
                   "reason:   protocol: no event line of level complete: \"debug: got a case\"\n");
}

Test(adapter_child, prints_octets_that_are_no_text)
{
    EXPECT_VERDICT("octets", "5000", "0 pass 0 fail 1 crash",
                   "reason:   protocol: no event line of level complete: \"urc \\x00\\xff\"\n");
}

Test(adapter_child, prints_for_ever)
{
    EXPECT_VERDICT("flood", "60000", "0 pass 0 fail 1 crash",
                   "reason:   protocol: more than 8388608 octets of output\n");
}

Test(adapter_child, prints_an_endless_line)
{
    EXPECT_VERDICT("endless-line", "60000", "0 pass 0 fail 1 crash",
                   "reason:   protocol: more than 8388608 octets of output\n");
}

Test(adapter_child, lies)
{
    EXPECT_VERDICT("lie", "5000", "0 pass 1 fail",
                   "fail: rdy (split: whole)\n  corpus/rdy.at:7:\n  expected: urc RDY\n  got:      urc RING\n");
}

Test(adapter_child, claims_that_nothing_came)
{
    EXPECT_VERDICT("silence", "5000", "0 pass 1 fail", "  expected: urc RDY\n  got:      (nothing more)\n");
}

Test(adapter_child, answers_twice)
{
    EXPECT_VERDICT("twice", "5000", "0 pass 0 fail 1 crash", "reason:   protocol: output after the answer's end\n");
}

Test(adapter_child, skips_in_the_middle_of_an_answer)
{
    EXPECT_VERDICT("skip-late", "5000", "0 pass 0 fail 1 crash",
                   "reason:   protocol: no event line of level complete: \"skip not this one\"\n");
}

Test(adapter_child, closes_its_output)
{
    EXPECT_VERDICT("close-output", "5000", "0 pass 0 fail 1 crash", "reason:   closed its output\n");
}

Test(adapter_child, closes_its_input)
{
    EXPECT_VERDICT("deaf", "5000", "0 pass 0 fail 1 crash", "reason:   closed its input\n");
}

Test(adapter_child, is_gone_after_its_hello)
{
    EXPECT_VERDICT("deaf-and-gone", "5000", "0 pass 0 fail 1 crash", "reason:   exited with status 4\n");
}

Test(adapter_child, answers_only_once)
{
    expect_child("once", "1000", false, 1, ONE_CASE "0 pass 0 fail 1 timeout",
                 "timeout: rdy (split: width 1)\n  reason:   no answer within 1000 ms\n");
}

Test(adapter_child, skips)
{
    expect_child("skip", "5000", false, 0, ONE_CASE "0 pass 0 fail 1 skip", "");
}

Test(adapter_child, is_slow)
{
    expect_child("slow", "5000", false, 0, ONE_CASE "1 pass 0 fail;", "");
}

Test(adapter_child, starts_slowly)
{
    expect_child("slow-start", "5000", false, 0, ONE_CASE "1 pass 0 fail;", "");
}

Test(adapter_child, complains_a_lot)
{
    expect_child("stderr", "5000", false, 0, ONE_CASE "1 pass 0 fail;", "");
}

#define NO_HELLO \
    "atwire conform: expected an adapter that starts with the line atwire-adapter 1 NAME VERSION " \
    "level=framing|classify|values|complete: "

Test(adapter_child, introduces_itself_wrongly)
{
    expect_child("wrong-hello", "5000", false, 2, "", NO_HELLO "protocol: its first line is \"hello\"\n");
    expect_child("wrong-version", "5000", false, 2, "", NO_HELLO "protocol: its first line is \"atwire-adapter 2 ");
    expect_child("wrong-level", "5000", false, 2, "",
                 NO_HELLO "protocol: its first line is \"atwire-adapter 1 misbehaving 1 level=everything\"\n");
}

Test(adapter_child, does_not_introduce_itself)
{
    expect_child("no-hello", "200", false, 2, "", NO_HELLO "no answer within 5000 ms\n");
}

Test(adapter_child, is_not_there)
{
    const char *const arguments[] = {"--impl", "/nowhere/adapter", NULL};
    conform_answer got = conform_ask(arguments);
    cr_expect_eq(got.status, 2);
    cr_expect(strstr(buffer_string(&got.errors), NO_HELLO "exited with status 127: ") != NULL, "%s",
              buffer_string(&got.errors));
    conform_answer_free(&got);
}

Test(adapter_child, ends_badly)
{
    expect_child("bad-end", "5000", false, 1, ONE_CASE "1 pass 0 fail;",
                 "the adapter did not end well: exited with status 5\n");
}

Test(adapter_child, does_not_end)
{
    expect_child("no-end", "1000", false, 1, ONE_CASE "1 pass 0 fail;",
                 "the adapter did not end well: does not end when its input does\n");
}

/* Three cases, of which the second is bad for the child. */
static void make_three(small_corpus *cases)
{
    small_corpus_open(cases);
    small_corpus_add(cases, "a", RDY);
    small_corpus_add(cases, "bad", RDY);
    small_corpus_add(cases, "c", RDY);
}

static void expect_three(const char *how, const char *verdict, const char *reason, const char *last_verdict,
                         const char *last_reason)
{
    small_corpus cases;
    buffer command = {0};
    make_three(&cases);
    buffer_format(&command, ATWIRE_MISBEHAVING " %s %s/started", how, cases.folder);
    const char *const arguments[] = {"--corpus", cases.folder, "--impl", command.octets, "--timeout", "1000", NULL};
    json_t *result = conform_result(arguments);
    cr_expect_str_eq(text_member(case_of_result(result, "bad"), "verdict"), verdict);
    cr_expect_str_eq(text_member(case_of_result(result, "bad"), "reason"), reason);
    cr_expect_str_eq(text_member(case_of_result(result, "c"), "verdict"), last_verdict);
    cr_expect_str_eq(text_member(case_of_result(result, "c"), "reason"), last_reason);
    json_decref(result);
    buffer_free(&command);
    small_corpus_close(&cases);
}

Test(adapter_child, is_started_again_after_a_crash)
{
    expect_three("crash-on-bad", "crash", "ended by signal 6 (Aborted): about to crash", "pass", "");
}

Test(adapter_child, is_started_again_after_a_timeout)
{
    expect_three("hang-on-bad", "timeout", "no answer within 1000 ms", "pass", "");
}

Test(adapter_child, cannot_be_started_again)
{
    expect_three("never-again", "crash", "exited with status 6, when it was started again", "crash",
                 "exited with status 6, when it was started again");
}

Test(adapter_child, is_somebody_else_the_second_time)
{
    expect_three("another", "crash", "protocol: its first line is another one, when it was started again", "crash",
                 "protocol: its first line is another one, when it was started again");
}

Test(adapter_child, is_given_up_when_it_never_answers)
{
    small_corpus cases;
    small_corpus_open(&cases);
    for (char id[] = "a"; *id <= 'l'; ++*id) {
        small_corpus_add(&cases, id, RDY);
    }
    static const char command[] = ATWIRE_MISBEHAVING " hang";
    const char *const arguments[] = {"--corpus", cases.folder, "--impl", command, "--timeout", "20", NULL};
    json_t *result = conform_result(arguments);
    cr_expect_str_eq(text_member(case_of_result(result, "j"), "reason"), "no answer within 20 ms");
    cr_expect_str_eq(text_member(case_of_result(result, "k"), "verdict"), "timeout");
    cr_expect_str_eq(text_member(case_of_result(result, "k"), "reason"),
                     "not asked: it failed to answer or to start 10 times in a row");
    json_decref(result);
    small_corpus_close(&cases);
}
