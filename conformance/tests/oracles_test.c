/* The oracles themselves: each must notice what it is for. */
#include "oracles.h"

#include <criterion/criterion.h>
#include <string.h>

#include "accounting.h"

static atw_event event_at(atw_kind kind, uint32_t offset, const char *text)
{
    return (atw_event){.kind = (uint8_t)kind,
                       .offset = offset,
                       .text = {(const uint8_t *)text, strlen(text)},
                       .total = (uint32_t)strlen(text),
                       .last = true};
}

/* The account of these events over this input must find this problem; none if it is empty. */
static void account_for(const char *received, const atw_event *events, size_t count, const char *problem)
{
    accounting account = {0};
    script_step step = {.kind = STEP_RECEIVED, .octets = (const uint8_t *)received, .count = strlen(received)};
    const script what = {.steps = &step, .count = 1};
    accounting_begin(&account, &what);
    player_observer observer = accounting_observer(&account);
    for (size_t i = 0; i < count; i++) {
        observer.event(observer.context, &events[i]);
    }
    accounting_end(&account);
    const char *found = buffer_string(&account.problem);
    bool as_expected = *problem == '\0' ? *found == '\0' : strstr(found, problem) != NULL;
    cr_expect(as_expected, "%s: expected '%s', got '%s'", received, problem, found);
    accounting_free(&account);
}

Test(oracles, every_octet_is_accounted_for)
{
    const atw_event both[] = {event_at(ATW_URC, 2, "RING"), event_at(ATW_FINAL, 10, "OK")};
    account_for("\r\nRING\r\n\r\nOK\r\n", both, 2, "");
    account_for("\r\nRING\r\n\r\nOK\r\npart", both, 2, "");
    account_for("\r\nRING\r\n\r\nOK\r\nline\n", both, 2, "a whole line gave no event");
    account_for("\r\nRING\r\n\r\nOK\r\n", both, 1, "a whole line gave no event");
    account_for("\r\nRING\r\n\r\nOK\r\n", both + 1, 1, "lost between two events");
    account_for("\r\nRING\r\n\r\nKO\r\n", both, 2, "an event here says something else");
    const atw_event twice[] = {event_at(ATW_URC, 2, "RING"), event_at(ATW_URC, 2, "RING")};
    account_for("\r\nRING\r\n", twice, 2, "accounted for twice");
    const atw_event beyond[] = {event_at(ATW_URC, 4, "RING")};
    account_for("\r\nRING", beyond, 1, "an event here says something else");
}

Test(oracles, only_noise_may_stand_between_events)
{
    const atw_event blank[] = {event_at(ATW_URC, 0, "RING"), event_at(ATW_FINAL, 7, "OK")};
    account_for("RING \r\nOK\r\n", blank, 2, "lost between two events");
    atw_event noted[] = {blank[0], blank[1]};
    noted[0].notes = ATW_NOTE(TRAILING_BLANK);
    account_for("RING \r\nOK\r\n", noted, 2, "");
    const atw_event prompt[] = {event_at(ATW_PROMPT, 0, ">"), event_at(ATW_FINAL, 4, "OK")};
    account_for("> \r\nOK\r\n", prompt, 2, "");
    account_for("< \r\nOK\r\n", prompt, 2, "an event here says something else");
}

/* A log with these lines, made of text events' look-alikes. */
static void make_log(event_log *log, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const atw_event event = event_at(ATW_TEXT, 0, words[i]);
        log->step = i;
        event_log_add(log, &event);
    }
}

static bool inserted(const char *const *base, size_t base_count, const char *const *got, size_t got_count)
{
    static const char *const lines[] = {"text \"x\"", "text \"y\""};
    event_log a = {0};
    event_log b = {0};
    buffer why = {0};
    make_log(&a, base, base_count);
    make_log(&b, got, got_count);
    bool good = oracle_inserted(&a, &b, lines, 2, &why);
    cr_expect(good == (why.count == 0));
    event_log_free(&a);
    event_log_free(&b);
    buffer_free(&why);
    return good;
}

Test(oracles, inserted_lines_stand_together_and_change_nothing)
{
    const char *base[] = {"a", "b"};
    cr_expect(inserted(base, 2, (const char *[]){"x", "y", "a", "b"}, 4));
    cr_expect(inserted(base, 2, (const char *[]){"a", "x", "y", "b"}, 4));
    cr_expect(inserted(base, 2, (const char *[]){"a", "b", "x", "y"}, 4));
    cr_expect_not(inserted(base, 2, base, 2));
    cr_expect_not(inserted(base, 2, (const char *[]){"x", "a", "y", "b"}, 4));
    cr_expect_not(inserted(base, 2, (const char *[]){"a", "x", "y", "c"}, 4));
    cr_expect_not(inserted(base, 2, (const char *[]){"a", "x", "y"}, 3));
    cr_expect_not(inserted(base, 2, (const char *[]){"a", "x", "y", "b", "b"}, 5));
    const char *like[] = {"x", "y", "x", "b"};
    cr_expect(inserted(like, 4, (const char *[]){"x", "y", "x", "y", "x", "b"}, 6));
}

Test(oracles, a_cut_log_begins_the_whole_one)
{
    event_log whole = {0};
    event_log cut = {0};
    buffer why = {0};
    make_log(&whole, (const char *[]){"a", "b", "c"}, 3);
    make_log(&cut, (const char *[]){"a", "b?", "fresh"}, 3);
    cr_expect(oracle_prefix(&whole, &cut, 2, &why), "the last line before the cut may differ");
    cr_expect_not(oracle_prefix(&whole, &cut, 3, &why));
    event_log_free(&whole);
    event_log_free(&cut);
    buffer_free(&why);
}

Test(oracles, the_fresh_exchange_has_three_events)
{
    script_step steps[ORACLE_FRESH_STEPS];
    script what = {.settings = script_default_settings(), .steps = steps, .count = ORACLE_FRESH_STEPS};
    player with;
    buffer why = {0};
    oracle_add_fresh_exchange(steps);
    player_open(&with, what.family, &what.settings);
    cr_expect(oracle_lossless(&with, &what, &(cutting){0}, &why), "%s", buffer_string(&why));
    cr_expect(oracle_fresh_exchange(&with.log, 0, &why), "%s", buffer_string(&why));
    steps[2].count -= 2; /* the final code's line end is lost */
    player_play(&with, &what, &(cutting){0}, true);
    cr_expect_not(oracle_fresh_exchange(&with.log, 0, &why));
    player_close(&with);
    buffer_free(&why);
}

Test(oracles, a_split_that_changes_an_event_is_found)
{
    static const uint8_t received[] = "\r\nRING\r\n";
    script_step step = {.kind = STEP_RECEIVED, .octets = received, .count = sizeof received - 1};
    script what = {.settings = script_default_settings(), .steps = &step, .count = 1};
    player with;
    event_log other = {0};
    buffer why = {0};
    make_log(&other, (const char *[]){"RING"}, 1);
    player_open(&with, what.family, &what.settings);
    cr_expect_not(oracle_split(&with, &what, &other, &(cutting){.width = 2}, &why));
    cr_expect_str_eq(why.octets, "split: width 2: event 0: whole: text \"RING\", cut: urc RING\n");
    cr_expect_not(oracle_lines(&with.log, (const char *[]){"urc RDY"}, 1, &why));
    cr_expect_not(oracle_lines(&with.log, (const char *[]){"urc RING", "urc RDY"}, 2, &why));
    cr_expect(oracle_lines(&with.log, (const char *[]){"urc RING"}, 1, &why));
    player_close(&with);
    event_log_free(&other);
    buffer_free(&why);
}
