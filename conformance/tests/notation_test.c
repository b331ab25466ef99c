#include "notation.h"

#include <criterion/criterion.h>
#include <string.h>

#include "event_log.h"
#include "notation_check.h"

static atw_span span(const char *text)
{
    return (atw_span){(const uint8_t *)text, strlen(text)};
}

static atw_field number(atw_param param, int32_t value)
{
    return (atw_field){.param = (uint8_t)param, .type = ATW_FIELD_INT, .value = value};
}

static atw_field string(atw_param param, const char *text)
{
    return (atw_field){.param = (uint8_t)param,
                       .type = ATW_FIELD_TEXT,
                       .text = (const uint8_t *)text,
                       .length = (uint16_t)strlen(text)};
}

static void expect_line(const atw_event *event, const char *line)
{
    event_log log = {0};
    notation_fault fault;
    event_log_add(&log, event);
    event_log_end(&log);
    cr_assert_eq(log.count, 1);
    cr_assert_str_eq(event_log_text(&log, 0), line);
    cr_assert(notation_check(line, &fault), "%s: column %zu: expected %s", line, fault.column, fault.expected);
    event_log_free(&log);
}

Test(notation, a_line_of_every_kind)
{
    atw_event event = {.kind = ATW_ECHO, .text = span("AT+CSQ"), .last = true};
    expect_line(&event, "echo \"AT+CSQ\"");
    event = (atw_event){.kind = ATW_PROMPT, .text = span(">")};
    expect_line(&event, "prompt");
    event = (atw_event){.kind = ATW_FINAL, .name = ATW_NAME_NO_CARRIER};
    expect_line(&event, "final NO-CARRIER");
    event = (atw_event){
        .kind = ATW_FINAL, .name = ATW_NAME_CME_ERROR, .field_count = 1, .fields = {number(ATW_PARAM_CODE, 10)}};
    expect_line(&event, "final CME-ERROR code=10");
    event = (atw_event){
        .kind = ATW_CONNECT, .name = ATW_NAME_CONNECT, .field_count = 1, .fields = {string(ATW_PARAM_TEXT, "115200")}};
    expect_line(&event, "connect text=\"115200\"");
    event = (atw_event){.kind = ATW_INFO,
                        .name = ATW_NAME_CSQ,
                        .field_count = 2,
                        .fields = {number(ATW_PARAM_RSSI, 23), number(ATW_PARAM_BER, 0)}};
    expect_line(&event, "info CSQ rssi=23 ber=0");
    event = (atw_event){.kind = ATW_RESULT,
                        .name = ATW_NAME_CIPSEND,
                        .field_count = 2,
                        .fields = {number(ATW_PARAM_LINK_NUM, 1), number(ATW_PARAM_CNF_SEND_LENGTH, -1)}};
    expect_line(&event, "result CIPSEND link_num=1 cnf_send_length=-1");
    event = (atw_event){.kind = ATW_ERROR,
                        .name = ATW_NAME_IP_ERROR,
                        .field_count = 1,
                        .fields = {string(ATW_PARAM_ERR_INFO_TEXT, "a \"b\"\x7f")}};
    expect_line(&event, "error IP-ERROR text=\"a \\\"b\\\"\\x7f\"");
    event = (atw_event){.kind = ATW_URC, .name = ATW_NAME_CLOSED};
    expect_line(&event, "urc CLOSED");
    event = (atw_event){.kind = ATW_TEXT, .text = span("Hi!\t")};
    expect_line(&event, "text \"Hi!\\t\"");
    event = (atw_event){.kind = ATW_MALFORMED, .name = ATW_NAME_CIPRXGET, .text = span("+CIPRXGET: 9")};
    expect_line(&event, "malformed CIPRXGET \"+CIPRXGET: 9\"");
    event = (atw_event){.kind = ATW_OVERLONG, .total = 1312};
    expect_line(&event, "overlong len=1312");
    event = (atw_event){.kind = ATW_DONE,
                        .name = ATW_NAME_CIPOPEN,
                        .ok = true,
                        .field_count = 1,
                        .fields = {number(ATW_PARAM_LINK_NUM, 1)}};
    expect_line(&event, "done CIPOPEN ok link_num=1");
    event = (atw_event){.kind = ATW_DONE, .name = ATW_NAME_NETOPEN};
    expect_line(&event, "done NETOPEN error");
}

Test(notation, names_without_a_row_come_from_the_label)
{
    atw_event event = {.kind = ATW_URC,
                       .name = ATW_NAME_OTHER,
                       .label = span("CGEV"),
                       .field_count = 1,
                       .fields = {string(ATW_PARAM_RAW, "ME PDN DEACT 1")}};
    expect_line(&event, "urc CGEV raw=\"ME PDN DEACT 1\"");
    event = (atw_event){.kind = ATW_DONE, .name = ATW_NAME_OTHER, .label = span("CMEE"), .ok = true};
    expect_line(&event, "done CMEE ok");
}

/* `AT+`, a parser without a command buffer, and what a host may write in a name's place. */
Test(notation, a_name_that_is_none_is_printed_as_one)
{
    notation_fault fault;
    static const struct {
        const char *label;
        const char *line;
    } rows[] = {{"", "done ? ok"}, {"A\"B", "done A?B ok"}, {" =~\x01\xff", "done -???? ok"}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const atw_event event = {.kind = ATW_DONE, .name = ATW_NAME_OTHER, .label = span(rows[i].label), .ok = true};
        expect_line(&event, rows[i].line);
        cr_expect(notation_check(rows[i].line, &fault), "%s: %s", rows[i].line, fault.expected);
    }
    cr_expect_not(notation_check("done  ok", &fault));
    cr_expect_not(notation_check("done ok", &fault));
}

Test(notation, parameters_without_a_key_are_not_printed)
{
    atw_event event = {.kind = ATW_RESULT,
                       .name = ATW_NAME_CDNSGIP,
                       .field_count = 2,
                       .fields = {number(ATW_PARAM_UNRESOLVED, 0), number(ATW_PARAM_DNS_ERROR_CODE, 10)}};
    expect_line(&event, "result CDNSGIP dns_error_code=10");
}

Test(notation, notes_come_last_in_the_order_of_their_rows)
{
    atw_event event = {.kind = ATW_URC,
                       .name = ATW_NAME_RING,
                       .notes = ATW_NOTE(CONNECT_DIGITS) | ATW_NOTE(MISSING_BLANK) | ATW_NOTE(NUL_NOISE)};
    expect_line(&event, "urc RING ~missing-blank ~nul-noise ~connect-digits");
}

static atw_event part(atw_kind kind, const char *text, bool last)
{
    return (atw_event){.kind = (uint8_t)kind, .text = span(text), .last = last, .total = 6};
}

Test(event_log, spans_are_merged_until_they_are_complete)
{
    event_log log = {0};
    const atw_event parts[] = {part(ATW_DATA, "ab", false), part(ATW_DATA, "cd", false), part(ATW_DATA, "ef", true),
                               part(ATW_DATA, "ghijkl", true)};
    for (size_t i = 0; i < 4; i++) {
        log.step = i;
        event_log_add(&log, &parts[i]);
    }
    cr_assert_eq(log.count, 2);
    cr_assert_str_eq(event_log_text(&log, 0), "data len=6 \"abcdef\"");
    cr_assert_eq(log.lines[0].step, 2, "the line belongs to the step that completes it");
    cr_assert_eq(log.lines[0].octets, 6);
    cr_assert_str_eq(event_log_text(&log, 1), "data len=6 \"ghijkl\"");
    event_log_free(&log);
}

Test(event_log, a_cut_payload_says_how_much_came)
{
    event_log log = {0};
    atw_event cut = part(ATW_DATA, "abcd", false);
    cut.hex = true;
    event_log_add(&log, &cut);
    event_log_end_stream(&log);
    cr_assert_eq(log.count, 0, "nothing but the end of input or an abandon ends a payload");
    event_log_end(&log);
    cr_assert_str_eq(event_log_text(&log, 0), "data len=6 form=hex got=4 \"abcd\"");
    cr_assert_not(log.lines[0].complete);
    event_log_free(&log);
}

Test(event_log, stream_ends_where_the_host_acts_or_another_event_comes)
{
    event_log log = {0};
    const atw_event stream = part(ATW_STREAM, "ab", false);
    const atw_event final = {.kind = ATW_FINAL, .name = ATW_NAME_OK, .last = true};
    event_log_add(&log, &stream);
    event_log_add(&log, &stream);
    event_log_end_stream(&log);
    event_log_add(&log, &stream);
    event_log_add(&log, &final);
    cr_assert_eq(log.count, 3);
    cr_assert_str_eq(event_log_text(&log, 0), "stream \"abab\"");
    cr_assert_str_eq(event_log_text(&log, 1), "stream \"ab\"");
    cr_assert_str_eq(event_log_text(&log, 2), "final OK");
    event_log_free(&log);
}

Test(event_log, a_payload_echo_is_one_line)
{
    event_log log = {0};
    const atw_event first = part(ATW_ECHO, "HEL", false);
    const atw_event second = part(ATW_ECHO, "LO", true);
    event_log_add(&log, &first);
    event_log_add(&log, &second);
    cr_assert_eq(log.count, 1);
    cr_assert_str_eq(event_log_text(&log, 0), "echo \"HELLO\"");
    event_log_free(&log);
}

Test(event_log, logs_differ_by_text_and_by_step)
{
    event_log a = {0};
    event_log b = {0};
    const atw_event ok = {.kind = ATW_FINAL, .name = ATW_NAME_OK, .last = true};
    const atw_event error = {.kind = ATW_FINAL, .name = ATW_NAME_ERROR, .last = true};
    event_log_add(&a, &ok);
    event_log_add(&b, &ok);
    cr_assert(event_log_equal(&a, &b));
    a.step = 1;
    event_log_add(&a, &ok);
    event_log_add(&b, &ok);
    cr_assert_not(event_log_equal(&a, &b));
    event_log_clear(&a);
    event_log_clear(&b);
    event_log_add(&a, &ok);
    event_log_add(&b, &error);
    cr_assert_not(event_log_equal(&a, &b));
    event_log_free(&a);
    event_log_free(&b);
}

static void expect_fault(const char *line, size_t column, const char *expected)
{
    notation_fault fault;
    cr_assert_not(notation_check(line, &fault), "%s", line);
    cr_assert_eq(fault.column, column, "%s: column %zu: expected %s", line, fault.column, fault.expected);
    cr_assert(strstr(fault.expected, expected) != NULL, "%s: expected %s", line, fault.expected);
}

Test(notation_check, says_where_and_what)
{
    expect_fault("", 1, "an event: echo");
    expect_fault("infos CSQ", 1, "an event: echo");
    expect_fault("prompt x", 7, "the line's end");
    expect_fault("prompt ", 7, "the line's end");
    expect_fault("final", 6, "one blank and a NAME");
    expect_fault("final OKAY", 7, "a NAME of name.def");
    expect_fault("final NO CARRIER", 7, "a NAME of name.def");
    expect_fault("info CSQ rssi", 14, "= and the value");
    expect_fault("info CSQ rsi=23", 10, "a key of param.def");
    expect_fault("info CSQ rssi=", 15, "an integer or a string");
    expect_fault("info CSQ rssi=023", 15, "without leading zeros");
    expect_fault("info CSQ rssi=-0", 15, "without leading zeros");
    expect_fault("info CSQ rssi=+1", 15, "an integer or a string");
    expect_fault("info CSQ  rssi=1", 10, "a key of param.def");
    expect_fault("info CSQ rssi=1 ~", 18, "a note of note.def");
    expect_fault("info CSQ rssi=1 ~missing", 18, "a note of note.def");
    expect_fault("info CSQ ~extra-blank ~missing-blank", 24, "in the order of note.def");
    expect_fault("info CSQ ~extra-blank ~extra-blank", 24, "once each");
    expect_fault("info CSQ ~extra-blank rssi=1", 22, "the line's end");
    expect_fault("text Hi", 6, "a string in double quotes");
    expect_fault("text \"Hi", 9, "a closing double quote");
    expect_fault("text \"a\\q\"", 8, "\\r, \\n");
    expect_fault("text \"\\x0d\"", 7, "\\r");
    expect_fault("text \"\\x41\"", 7, "A");
    expect_fault("text \"a\"b", 9, "the line's end");
    expect_fault("data \"x\"", 5, "len=");
    expect_fault("data len=x \"x\"", 10, "a decimal integer");
    expect_fault("data len=3 got=2 form=hex \"x\"", 18, "a string in double quotes");
    expect_fault("overlong", 9, "len=");
    expect_fault("done CSQ", 9, "ok or error");
    expect_fault("done CSQ good", 9, "ok or error");
    expect_fault("malformed XYZ \"x\"", 11, "a NAME of name.def");
    expect_fault("malformed CSQ", 14, "a string in double quotes");
}

Test(notation_check, takes_what_the_notation_can_print)
{
    static const char *const lines[] = {
        "prompt",
        "prompt ~nul-noise",
        "connect",
        "urc ATREADY raw=\"1\"",
        "info XYZ",
        "done &D ok",
        "done \\Q error",
        "data len=63 got=38 \"\"",
        "data len=63 form=hex got=38 \"41\"",
        "stream \"\\x00\\xff\"",
        "info CIPOPEN ranges=\"(0-9),(\\\"TCP\\\")\"",
        "urc IPD len=2147483647 ~over-maximum",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        notation_fault fault;
        cr_assert(notation_check(lines[i], &fault), "%s: column %zu: expected %s", lines[i], fault.column,
                  fault.expected);
    }
}
