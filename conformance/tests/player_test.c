#include "player.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "case_run.h"
#include "cuttings.h"
#include "transcript.h"

#define HEAD "title: T\nfamily: any\nsource: S\nlevel: must\n"

static void read_text(transcript *to, const char *text)
{
    source from;
    source_error error;
    buffer whole = {0};
    buffer_format(&whole, "%s%s", HEAD, text);
    source_from_octets(&from, "x.at", whole.octets, whole.count);
    cr_assert(transcript_read(to, &from, &error), "%s", error.message);
    source_close(&from);
    buffer_free(&whole);
}

static void expect_log(const transcript *what, const cutting *how, bool blocks, const char *expected)
{
    player with;
    buffer lines = {0};
    player_open(&with, what->script.family, &what->script.settings);
    cr_assert(player_play(&with, &what->script, how, blocks), "%s", buffer_string(&with.fault));
    for (size_t i = 0; i < with.log.count; i++) {
        buffer_format(&lines, "%zu %s\n", with.log.lines[i].step, event_log_text(&with.log, i));
    }
    cr_assert_str_eq(buffer_string(&lines), expected);
    buffer_free(&lines);
    player_close(&with);
}

Test(player, lines_belong_to_the_step_that_completes_them)
{
    transcript what;
    read_text(&what, "--> AT+CSQ\\r\n<-- \\r\\n+CSQ: 1,\n<-- 2\\r\\n\n--> x\n<-- \\r\\nOK\\r\\n\n");
    const char *expected = "2 info CSQ rssi=1 ber=2\n4 final OK\n4 done CSQ ok\n";
    expect_log(&what, &(cutting){0}, true, expected);
    expect_log(&what, &(cutting){.width = 1}, true, expected);
    expect_log(&what, &(cutting){.width = 7}, true, expected);
    expect_log(&what, &(cutting){.sent_width = 1}, true, expected);
    expect_log(&what, &(cutting){.cuts = (size_t[]){3, 12}, .cut_count = 2}, true, expected);
    transcript_free(&what);
}

Test(player, only_conform_ends_a_stream_line_at_a_block)
{
    transcript what;
    read_text(&what, "--> ATO\\r\n<-- \\r\\nCONNECT\\r\\nab\n    connect\n    done O ok\n    stream \"ab\"\n<-- cd\n");
    expect_log(&what, &(cutting){0}, true, "1 connect\n1 done O ok\n1 stream \"ab\"\n2 stream \"cd\"\n");
    expect_log(&what, &(cutting){0}, false, "2 connect\n2 done O ok\n2 stream \"abcd\"\n");
    transcript_free(&what);
}

Test(player, the_host_ends_a_stream_line_but_no_data_line)
{
    transcript what;
    read_text(&what, "<-- \\r\\n+IPD4\\r\\nab\n--> AT\\r\n<-- cd\n");
    expect_log(&what, &(cutting){0}, true, "0 urc IPD len=4\n2 data len=4 \"abcd\"\n");
    transcript_free(&what);
    read_text(&what, "<-- \\r\\n+IPD4\\r\\nab\n--! abandon\n<-- cd\\r\\n\n");
    expect_log(&what, &(cutting){0}, true, "0 urc IPD len=4\n1 data len=4 got=2 \"ab\"\n2 text \"cd\"\n");
    transcript_free(&what);
    read_text(&what, "--> ATO\\r\n<-- \\r\\nCONNECT\\r\\nab\n--> x\n<-- cd\n");
    expect_log(&what, &(cutting){0}, true, "1 connect\n1 done O ok\n1 stream \"ab\"\n3 stream \"cd\"\n");
    transcript_free(&what);
}

Test(player, an_escape_is_one_call_however_the_host_is_cut)
{
    transcript what;
    read_text(&what, "--> ATO\\r\n<-- \\r\\nCONNECT\\r\\n\n--> +++\n<-- \\r\\nOK\\r\\n\n");
    expect_log(&what, &(cutting){.sent_width = 1}, true, "1 connect\n1 done O ok\n3 final OK\n");
    transcript_free(&what);
}

Test(player, no_piece_of_a_longer_write_becomes_an_escape)
{
    static const char *const writes[] = {"+++x", "x+++", "++++", "xyz+++", "+++\\r"};
    for (size_t i = 0; i < sizeof writes / sizeof writes[0]; i++) {
        transcript what;
        buffer text = {0};
        buffer_format(&text, "--> ATO\\r\n<-- \\r\\nCONNECT\\r\\n\n--> %s\n<-- \\r\\nOK\\r\\n\n", writes[i]);
        read_text(&what, text.octets);
        for (size_t width = 0; width < 6; width++) {
            expect_log(&what, &(cutting){.sent_width = width}, true,
                       "1 connect\n1 done O ok\n3 stream \"\\r\\nOK\\r\\n\"\n");
        }
        transcript_free(&what);
        buffer_free(&text);
    }
}

static void expect_difference(const char *text, size_t line, const char *expected, const char *got)
{
    transcript what;
    case_outcome outcome;
    read_text(&what, text);
    case_run(&outcome, &what.script, true);
    cr_assert_eq(outcome.verdict, VERDICT_FAIL, "%s", text);
    cr_assert_eq(outcome.line, line, "%zu", outcome.line);
    cr_assert_str_eq(buffer_string(&outcome.expected), expected);
    cr_assert_str_eq(buffer_string(&outcome.got), got);
    cr_assert_str_eq(buffer_string(&outcome.split), "whole");
    case_outcome_free(&outcome);
    transcript_free(&what);
}

Test(expectation, finds_the_first_difference)
{
    expect_difference("<-- \\r\\nRDY\\r\\n\n    urc RING\n", 6, "urc RING", "urc RDY");
    expect_difference("<-- \\r\\nRDY\\r\\n\n    urc RDY\n    urc RING\n", 7, "urc RING", "");
    expect_difference("<-- \\r\\nRDY\\r\\n\\r\\nRING\\r\\n\n    urc RDY\n", 5, "", "urc RING");
    expect_difference("<-- \\r\\nRDY\\r\\n\n    urc RDY\n--> AT\\r\n<-- \\r\\nRING\\r\\n\n", 8, "", "urc RING");
    expect_difference("<-- \\r\\nRDY\\r\n    urc RDY\n<-- \\n\n", 6, "urc RDY", "");
    expect_difference("<-- \\r\\nRDY \\r\\n\n    urc RDY\n", 6, "urc RDY", "urc RDY ~trailing-blank");
}

Test(expectation, events_may_wait_for_the_next_block)
{
    transcript what;
    case_outcome outcome;
    read_text(&what, "<-- \\r\\nRDY\\r\\n\n--> AT\\r\n<-- \\r\\nOK\\r\\n\n    urc RDY\n    final OK\n    done AT ok\n");
    case_run(&outcome, &what.script, true);
    cr_assert_eq(outcome.verdict, VERDICT_PASS);
    cr_assert_gt(outcome.runs, 50);
    cr_assert_eq(outcome.octets, 13);
    case_outcome_free(&outcome);
    transcript_free(&what);
}

Test(expectation, an_explanation_names_case_split_line_and_rerun)
{
    transcript what;
    case_outcome outcome;
    buffer text = {0};
    read_text(&what, "<-- \\r\\nRDY\\r\\n\n    urc RING\n");
    case_run(&outcome, &what.script, true);
    case_outcome_explain(&text, &outcome, "hostile/x", "corpus/hostile/x.at", NULL);
    cr_assert_str_eq(text.octets, "fail: hostile/x (split: whole)\n"
                                  "  corpus/hostile/x.at:6:\n"
                                  "  expected: urc RING\n"
                                  "  got:      urc RDY\n"
                                  "  rerun:    atwire conform --case 'hostile/x'\n");
    buffer_free(&text);
    case_outcome_free(&outcome);
    transcript_free(&what);
}

typedef struct seen {
    size_t widths, pairs, sent;
    size_t stop_after;
} seen;

static bool count_cutting(void *context, const cutting *how)
{
    seen *all = context;
    all->widths += how->width > 0;
    all->pairs += how->cut_count == 2;
    all->sent += how->sent_width > 0;
    return --all->stop_after > 0;
}

Test(cuttings, short_cases_get_every_width_and_every_pair)
{
    transcript what;
    seen all = {.stop_after = SIZE_MAX};
    event_log whole = {0};
    read_text(&what, "<-- 1234567890\n--> AT\\r\n<-- 1234567890\n");
    cr_assert(cuttings_visit(&what.script, &whole, count_cutting, &all));
    cr_assert_eq(all.widths, 19);
    cr_assert_eq(all.pairs, 19 * 18 / 2);
    cr_assert_eq(all.sent, 4);
    all.stop_after = 5;
    cr_assert_not(cuttings_visit(&what.script, &whole, count_cutting, &all), "the visitor had enough");
    transcript_free(&what);
}

Test(cuttings, long_cases_are_bounded)
{
    for (size_t count = 100; count < 300000; count *= 3) {
        uint8_t *octets = calloc(count, 1);
        memset(octets, '\n', count);
        script_step step = {.kind = STEP_RECEIVED, .octets = octets, .count = count};
        script what = {.steps = &step, .count = 1};
        seen all = {.stop_after = SIZE_MAX};
        event_log whole = {0};
        cuttings_visit(&what, &whole, count_cutting, &all);
        cr_assert_leq(all.pairs * count, (size_t)2 * CUTTINGS_OCTETS, "%zu octets, %zu pairs", count, all.pairs);
        cr_assert_leq((all.widths - 20) * count, (size_t)2 * CUTTINGS_OCTETS, "%zu octets, %zu widths", count,
                      all.widths);
        cr_assert_gt(all.pairs, 0);
        free(octets);
    }
}

Test(cuttings, have_names)
{
    buffer text = {0};
    cutting_text(&text, &(cutting){0});
    cr_assert_str_eq(text.octets, "whole");
    buffer_clear(&text);
    cutting_text(&text, &(cutting){.width = 3});
    cr_assert_str_eq(text.octets, "width 3");
    buffer_clear(&text);
    cutting_text(&text, &(cutting){.cuts = (size_t[]){5, 9}, .cut_count = 2});
    cr_assert_str_eq(text.octets, "cuts 5,9");
    buffer_clear(&text);
    cutting_text(&text, &(cutting){.sent_width = 2});
    cr_assert_str_eq(text.octets, "sent width 2");
    buffer_free(&text);
}
