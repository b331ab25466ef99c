/* The host's direction: command lines, their names and parts, and the payload behind them. */
#include "test_script.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The command must be complete with OK under this name; ` link_num=…` may follow. */
static void check_done(const test_options *options, const char *command, const char *done)
{
    char events[128];
    snprintf(events, sizeof events, "final OK\ndone %s\n", done);
    const test_step steps[] = {
        {command, strlen(command), TEST_SENT}, RECEIVED("\r\nOK\r\n"), {events, strlen(events), TEST_EVENTS}};
    test_play(options, steps, COUNT_OF(steps), command, 0);
}

typedef struct {
    const char *command;
    const char *done;
} named_command;

static void check_all_done(const test_options *options, const named_command *commands, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_done(options, commands[i].command, commands[i].done);
}

#define CHECK_ALL_DONE(commands) check_all_done(&(const test_options){0}, commands, COUNT_OF(commands))

/* ---- names ---- */

Test(command, names_of_basic_and_s_commands)
{
    static const named_command commands[] = {
        {"AT\r", "AT ok"},
        {"ATE\r", "E ok"},
        {"ATE0\r", "E ok"},
        {"ATO\r", "O ok"},
        {"ATD*99#\r", "D ok"},
        {"ATD\r", "D ok"},
        {"ATDT123;\r", "D ok"},
        {"ATS0=7\r", "S0 ok"},
        {"ATS0?\r", "S0 ok"},
        {"ATS0=?\r", "S0 ok"},
        {"AT&D1\r", "&D ok"},
        {"AT&E\r", "&E ok"},
        {"ATI\r", "I ok"},
        {"ATH0\r", "H ok"},
        {"ATV1\r", "V ok"},
        {"AT&F\r", "&F ok"},
        {"AT&W0\r", "&W ok"},
        {"AT\\Q3\r", "\\Q ok"},
        {"AT%C1\r", "%C ok"},
        {"ATS10=5\r", "S10 ok"},
        {"ATS\r", "S ok"},
        {"AT$X=1\r", "$X ok"},
        {"AT$QCRMCALL=1,1\r", "$QCRMCALL ok"},
        {"AT^SYSINFO\r", "^SYSINFO ok"},
        {"AT$X\r", "$X ok"},
        {"AT$X?\r", "$X ok"},
        {"AT&\r", "& ok"},
    };
    CHECK_ALL_DONE(commands);
}

Test(command, names_of_extended_commands_in_each_form)
{
    static const named_command commands[] = {
        {"AT+CSQ\r", "CSQ ok"},
        {"AT+CSQ=?\r", "CSQ ok"},
        {"AT+CREG?\r", "CREG ok"},
        {"AT+CREG=2\r", "CREG ok"},
        {"AT+NETOPEN?\r", "NETOPEN ok"},
        {"AT+FOO\r", "FOO ok"},
        {"AT+FOO?\r", "FOO ok"},
        {"AT+FOO=?\r", "FOO ok"},
        {"AT+FOO=1,\"x\"\r", "FOO ok"},
        {"AT*CSQ\r", "CSQ ok"},
        {"AT*FOO=1\r", "FOO ok"},
        {"AT+E\r", "E ok"},
        {"AT+CIPSENDMODE=1\r", "CIPSENDMODE ok"},
        {"AT+CMQTTPAYLOAD?\r", "CMQTTPAYLOAD ok"},
        {"AT+\r", " ok"},
    };
    CHECK_ALL_DONE(commands);
}

Test(command, host_commands_are_read_without_case)
{
    static const named_command commands[] = {
        {"at+csq\r", "CSQ ok"}, {"aT+CsQ\r", "CSQ ok"}, {"At&d1\r", "&D ok"}, {"ats0=1\r", "S0 ok"},
        {"ate1\r", "E ok"},     {"at+foo\r", "FOO ok"}, {"a/", "A/ ok"},      {"at$x\r", "$X ok"},
    };
    CHECK_ALL_DONE(commands);
}

Test(command, blanks_in_a_command_line_count_for_nothing)
{
    static const named_command commands[] = {
        {"AT +CSQ\r", "CSQ ok"},      {"AT+C SQ\r", "CSQ ok"},   {"AT E0\r", "E ok"},
        {"AT+CREG = 2\r", "CREG ok"}, {"AT ; +CSQ\r", "CSQ ok"}, {"AT+CIPACK= 1 \r", "CIPACK ok link_num=1"},
        {"ATE 0\r", "E ok"},
    };
    CHECK_ALL_DONE(commands);
}

Test(command, done_is_named_after_the_first_of_several_commands)
{
    static const named_command commands[] = {
        {"AT+CSQ;+CREG?\r", "CSQ ok"},
        {"AT&F;E0\r", "&F ok"},
        {"AT+CMEE=2;+CREG?\r", "CMEE ok"},
        {"ATE0V1\r", "E ok"},
        {"ATV1E0\r", "V ok"},
        {"ATS0=1;+CSQ\r", "S0 ok"},
        {"AT;+CSQ\r", "CSQ ok"},
        {"ATE0+CSQ\r", "E ok"},
        {"AT&D1&E0\r", "&D ok"},
        {"ATE?;V1\r", "E ok"},
        {"AT+CREG=?;+CSQ\r", "CREG ok"},
        {"AT1+CSQ\r", "CSQ ok"},
        {"AT+CREG=1;+CIPACK=1\r", "CREG ok"},
        {"AT+CSQ;D123\r", "CSQ ok"},
        {"AT$X;E0\r", "$X ok"},
        {"ATS10;E\r", "S10 ok"},
    };
    CHECK_ALL_DONE(commands);
}

Test(command, the_names_link_or_server_is_the_first_commands)
{
    static const named_command commands[] = {
        {"AT+CIPACK=7\r", "CIPACK ok link_num=7"},
        {"AT+CIPRXGET=2,9,100\r", "CIPRXGET ok link_num=9"},
        {"AT+CIPRXGET=4,0\r", "CIPRXGET ok link_num=0"},
        {"AT+CIPRXGET=1\r", "CIPRXGET ok"},
        {"AT+CIPRXGET?\r", "CIPRXGET ok"},
        {"AT+SERVERSTART=8080,3\r", "SERVERSTART ok server_index=3"},
        {"AT+SERVERSTART=8080, 0,1\r", "SERVERSTART ok server_index=0"},
        {"AT+SERVERSTART?\r", "SERVERSTART ok"},
        {"AT+CIPACK=?\r", "CIPACK ok"},
        {"AT+CIPACK=x1\r", "CIPACK ok"},
        {"AT+CIPACK=\"1\"\r", "CIPACK ok"},
        {"AT+CIPACK=007\r", "CIPACK ok link_num=7"},
        {"AT+CIPACK=,7\r", "CIPACK ok"},
        {"AT+CIPACK=\r", "CIPACK ok"},
        {"AT+CIPACK=1;+CIPACK=2\r", "CIPACK ok link_num=1"},
        {"AT+CSQ;+CIPACK=2\r", "CSQ ok"},
        {"AT+CIPRXGET=4,3;+CIPRXGET=4,5\r", "CIPRXGET ok link_num=3"},
    };
    CHECK_ALL_DONE(commands);
}

Test(command, an_error_names_the_link_too)
{
    PLAY(SENT("AT+CIPOPEN=16,\"TCP\",\"h\",1\r"), RECEIVED("ERROR\r\n"),
         EVENTS("final ERROR\ndone CIPOPEN error link_num=16\n"));
    PLAY(SENT("AT+CIPCLOSE=9\r"), RECEIVED("ERROR\r\n"), EVENTS("final ERROR\ndone CIPCLOSE error link_num=9\n"));
    PLAY(SENT("AT+SERVERSTOP=3\r"), RECEIVED("ERROR\r\n"),
         EVENTS("final ERROR\ndone SERVERSTOP error server_index=3\n"));
    PLAY(SENT("AT+CIPSEND=4,1\r"), RECEIVED("ERROR\r\n"), EVENTS("final ERROR\ndone CIPSEND error link_num=4\n"));
}

/* ---- names without a row ---- */

Test(command, the_command_buffer_keeps_what_fits_of_a_name)
{
    const test_options four = {.command_size = 4};
    check_done(&four, "AT+ABCD\r", "ABCD ok");
    check_done(&four, "AT+ABCDE\r", "ABCD ok");
    check_done(&four, "AT+ABCDEFGHIJKLMNOPQRSTUVWXYZ\r", "ABCD ok");
    check_done(&four, "AT+AB;+CD\r", "AB ok");
    check_done(&four, "AT+CSQ;+ABCDE\r", "CSQ ok");
    check_done(&(test_options){.command_size = 1}, "AT\\Q3\r", "\\ ok");
}

Test(command, without_a_command_buffer_such_names_are_empty)
{
    const test_options none = {.no_command = true};
    check_done(&none, "AT+FOO\r", " ok");
    check_done(&none, "AT+ABCDEFGHIJKLMNOPQRSTUVWXYZ\r", " ok");
    check_done(&none, "AT+CSQ\r", "CSQ ok");
}

Test(command, long_names_without_a_row)
{
    const test_options large = {.command_size = 255};
    check_done(&large, "AT+ABCDEFGHIJKL\r", "ABCDEFGHIJKL ok");
    check_done(&large, "AT+ABCDEFGHIJKLM\r", "ABCDEFGHIJKLM ok");
    check_done(&large, "AT+CMQTTPAYLOADS\r", "CMQTTPAYLOADS ok");
    check_done(&large, "AT+abcdefghijklmnopqrstuvwxyz0123456789=1\r", "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ok");
    check_done(&large, "AT+FOO;+ABCDEFGHIJKLMNOPQRS\r", "FOO ok");
}

/* A name of 300 octets: the label is as long as the buffer. */
Test(command, a_name_longer_than_any_buffer)
{
    char command[320] = "AT+";
    memset(command + 3, 'X', 300);
    command[303] = '\r';
    test_parser test;
    test_open(&test, &(test_options){.command_size = 255});
    test_send(&test, command);
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    const atw_event *event = test_receive(&test, "");
    cr_assert_eq(event->kind, ATW_DONE);
    cr_assert_eq(event->name, ATW_NAME_OTHER);
    cr_assert_eq(event->label.count, 255);
    cr_assert_eq(memcmp(event->label.octets, command + 3, 255), 0);
    test_close(&test);
}

Test(command, names_of_older_and_newer_commands_do_not_mix)
{
    PLAY(SENT("AT+FOO\r"), SENT("AT+BAR\r"), RECEIVED("+FOO: 1\r\n+BAR: 2\r\nOK\r\n"),
         EVENTS("urc FOO raw=\"1\"\ninfo BAR raw=\"2\"\nfinal OK\ndone BAR ok\n"));
    PLAY(SENT("AT+FOO\rAT+BA"), RECEIVED("+FOO: 1\r\nOK\r\n"), SENT("R\r"), RECEIVED("+BAR: 2\r\nOK\r\n"),
         EVENTS("info FOO raw=\"1\"\nfinal OK\ndone FOO ok\ninfo BAR raw=\"2\"\nfinal OK\ndone BAR ok\n"));
    PLAY(SENT("AT+FOO\rAT+BAR;+BA"), ABANDON, SENT("AT+QUX\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone QUX ok\n"));
    const test_options six = {.command_size = 6};
    PLAY_WITH(six, SENT("AT+FOO\r"), RECEIVED("OK\r\n"), SENT("AT+BAR1\r"), RECEIVED("OK\r\n"), SENT("AT+QUX123\r"),
              RECEIVED("OK\r\n"), EVENTS("final OK\ndone FOO ok\nfinal OK\ndone BAR1 ok\nfinal OK\ndone QUX123 ok\n"));
}

Test(command, a_name_waits_for_its_done_while_the_next_command_is_sent)
{
    test_parser test;
    test_open(&test, &(test_options){.command_size = 6});
    test_send(&test, "AT+FOO\r");
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    test_send(&test, "AT+BAR\r");
    const atw_event *event = test_receive(&test, "");
    cr_assert_eq(event->kind, ATW_DONE);
    cr_assert_eq(event->label.count, 3);
    cr_assert_eq(memcmp(event->label.octets, "FOO", 3), 0);
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    event = test_receive(&test, "");
    cr_assert_eq(event->kind, ATW_DONE);
    cr_assert_eq(memcmp(event->label.octets, "BAR", 3), 0);
    test_send(&test, "AT+QUX123\r");
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    event = test_receive(&test, "");
    cr_assert_eq(event->label.count, 6, "the older name has made room at once");
    cr_assert_eq(memcmp(event->label.octets, "QUX123", 6), 0);
    test_close(&test);
}

/* ---- the line ---- */

Test(command, what_precedes_the_first_at_is_skipped)
{
    static const named_command commands[] = {
        {"xxAT+CSQ\r", "CSQ ok"},    {"\x1b\x1a AT+CSQ\r", "CSQ ok"}, {"AAT+CSQ\r", "CSQ ok"},
        {"AXAT+CSQ\r", "CSQ ok"},    {"\n\nAT+CSQ\r", "CSQ ok"},      {"+++AT+CSQ\r", "CSQ ok"},
        {"TAT+CSQ\r", "CSQ ok"},     {"xA/AT+CSQ\r", "CSQ ok"},       {"AA/AT+CSQ\r", "CSQ ok"},
        {"\nxA/AT+CSQ\r", "CSQ ok"}, {"A A T AT+CSQ\r", "CSQ ok"},
    };
    CHECK_ALL_DONE(commands);
    PLAY(SENT("xxAT+CSQ\r"), RECEIVED("xxAT+CSQ\r\nAT+CSQ\r\n"), EVENTS("text \"xxAT+CSQ\"\necho \"AT+CSQ\"\n"));
}

Test(command, a_line_without_at_starts_nothing)
{
    PLAY(SENT("HELLO\r"), RECEIVED("HELLO\r\nOK\r\n"), EVENTS("text \"HELLO\"\nfinal OK\n"));
    PLAY(SENT("AT+CSQ\r"), SENT("\r"), SENT("A\r"), SENT("xA/\r"), SENT("+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("A"), RECEIVED("OK\r\n"), EVENTS("final OK\n"));
    PLAY(SENT("AT+CSQ"), RECEIVED("OK\r\n"), EVENTS("final OK\n"));
    PLAY(SENT("A\rT+CSQ\r"), RECEIVED("OK\r\n"), EVENTS("final OK\n"));
}

Test(command, a_slash_at_the_lines_start_repeats_at_once)
{
    PLAY(SENT("A/"), RECEIVED("A/\r\nOK\r\n"), EVENTS("echo \"A/\"\nfinal OK\ndone A/ ok\n"));
    PLAY(SENT("A/"), SENT("\rAT+CSQ\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("A/AT+CSQ\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CSQ\rxA/\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
}

Test(command, an_lf_right_after_a_commands_cr_is_neither_payload_nor_line)
{
    PLAY(SENT("AT+CIPSEND=1,2\r\nAB"), SENT("AT+CSQ\r\n"), RECEIVED("AT+CSQ\r\nOK\r\n"),
         EVENTS("echo \"AT+CSQ\"\nfinal OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CIPSEND=1,2\rA\n"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CIPSEND=1,2\r\n\nA"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
}

Test(command, a_command_line_of_any_length)
{
    const size_t length = 70000;
    char *command = malloc(length + 1);
    cr_assert_not_null(command);
    memset(command, ',', length);
    memcpy(command, "AT+CIPACK=7", 11);
    command[length - 1] = '\r';
    command[length] = '\0';
    test_parser test;
    test_open(&test, &(test_options){.line_size = UINT16_MAX});
    test_send(&test, command);
    command[65535] = '\n';
    cr_assert_eq(test_receive_octets(&test, command, 65536)->kind, ATW_TEXT, "only a part of it came: no echo");
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    cr_assert_eq(test_receive(&test, "")->name, ATW_NAME_CIPACK);
    free(command);
    test_close(&test);
}

/* ---- what separates commands ---- */

/* The line takes data or not: a prompt comes or a text. */
static void check_prompt(const char *command, bool takes_data)
{
    const char *events = takes_data ? "prompt\n" : "text \">\"\n";
    const test_step steps[] = {
        {command, strlen(command), TEST_SENT}, RECEIVED("\r\n>\r\n"), {events, strlen(events), TEST_EVENTS}};
    test_play(&(const test_options){0}, steps, COUNT_OF(steps), command, 0);
}

Test(command, a_semicolon_in_quotes_or_a_dial_string_separates_nothing)
{
    check_prompt("AT+CMGS=\"1;2\"\r", true);
    check_prompt("AT+CMGS=1;2\r", false);
    check_prompt("AT+CMGS=\"1\";+CSQ\r", false);
    check_prompt("AT+CSQ;+CMGS=1\r", true);
    check_prompt("ATD1;+CMGS=1\r", false);
    check_prompt("ATE0;+CMGS=1\r", true);
    check_prompt("ATE0+CMGS=1\r", true);
    check_prompt("AT+CREG?;+CMGS=1\r", true);
    check_prompt("AT+CREG?x;+CMGS=1\r", true);
    check_prompt("AT+CREG=\"a\";+CMGS=1\r", true);
}

Test(command, a_comma_in_quotes_separates_no_parameters)
{
    PLAY(SENT("AT+CMQTTTOPIC=\"0,9\",2\r"), SENT("AB"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("final OK\ndone CSQ ok\n"));
}

Test(command, quotes_end_with_their_line)
{
    PLAY(SENT("AT+CREG=\"open\r"), SENT("AT+CSQ;+CMGS=1\r"), RECEIVED(">"), EVENTS("prompt\n"));
}

/* ---- which commands take data ---- */

Test(command, commands_that_take_data)
{
    static const char *const commands[] = {
        "AT+CIPSEND=1,5\r",
        "AT+CIPSEND=1,\r",
        "AT+CIPSEND=1\r",
        "AT+CIPSEND=1,,\"h\",1\r",
        "AT+CIPSEND=1,\"h\",1\r",
        "AT+CMGS=\"1\"\r",
        "AT+CMGS=23\r",
        "AT+CMGW=\"1\"\r",
        "AT+CMQTTTOPIC=0,5\r",
        "AT+CMQTTPAYLOAD=0,5\r",
        "AT+CMQTTSUB=0,5,1\r",
        "AT+CMQTTUNSUB=0,5,0\r",
        "AT+FOO=1\r",
        "AT+FOO\r",
    };
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        check_prompt(commands[i], true);
}

Test(command, commands_that_take_none)
{
    static const char *const commands[] = {
        "AT\r",
        "AT+CSQ\r",
        "AT+CIPSEND=?\r",
        "AT+CIPSEND?\r",
        "AT+CIPSEND\r",
        "AT+CMGS=?\r",
        "AT+CMGW=?\r",
        "AT+CMGW\r",
        "AT+CMGS?\r",
        "AT+CMGR=1\r",
        "AT+CMGL=\"ALL\"\r",
        "AT+CMQTTTOPIC=?\r",
        "AT+CMQTTSUB=0\r",
        "AT+FOO?\r",
        "AT+FOO=?\r",
        "ATO\r",
        "AT+CIPOPEN=1,\"TCP\",\"h\",1\r",
        "AT+CNVW=1\r",
    };
    for (size_t i = 0; i < COUNT_OF(commands); i++)
        check_prompt(commands[i], false);
}

/* ---- payload ---- */

/* After the command line and exactly this payload, AT+CSQ is a command again. */
static void check_payload(const char *command, const char *payload, size_t count)
{
    const test_step steps[] = {{command, strlen(command), TEST_SENT},
                               {payload, count, TEST_SENT},
                               SENT("AT+CSQ\r"),
                               RECEIVED("OK\r\n"),
                               EVENTS("final OK\ndone CSQ ok\n")};
    test_play(&(const test_options){0}, steps, COUNT_OF(steps), command, 0);
}

#define CHECK_PAYLOAD(command, payload) check_payload(command, payload, sizeof payload - 1)

Test(command, a_fixed_length_counts_raw_octets)
{
    CHECK_PAYLOAD("AT+CIPSEND=1,5\r", "HELLO");
    CHECK_PAYLOAD("AT+CIPSEND=1,8\r", "AT+CREG\r");
    CHECK_PAYLOAD("AT+CIPSEND=1,4\r", "\x03\x1a\x1b\0");
    CHECK_PAYLOAD("AT+CIPSEND=1,1\r", "A");
    CHECK_PAYLOAD("AT+CIPSEND=1,0\r", "");
    CHECK_PAYLOAD("AT+CIPSEND=1, 3\r", "A\r\n");
    CHECK_PAYLOAD("AT+CIPSEND=1,3,\"h\",80\r", "\r\n\r");
    CHECK_PAYLOAD("AT+CMQTTTOPIC=0,4\r", "a\x1a/b");
    CHECK_PAYLOAD("AT+CMQTTPAYLOAD=0,2\r", "AT");
    CHECK_PAYLOAD("AT+CMQTTSUB=0,2,1\r", "A/");
    CHECK_PAYLOAD("AT+CMQTTUNSUB=0,2,1\r", "\r\r");
}

Test(command, a_variable_length_ends_at_ctrl_z_or_esc)
{
    CHECK_PAYLOAD("AT+CIPSEND=1,\r", "HELLO\x1a");
    CHECK_PAYLOAD("AT+CIPSEND=1\r", "\x1a");
    CHECK_PAYLOAD("AT+CIPSEND=1,\r", "AT+CREG\r\n\x1b");
    CHECK_PAYLOAD("AT+CIPSEND=1,\"1.2.3.4\",80\r", "HELLO\x1a");
    CHECK_PAYLOAD("AT+CIPSEND=1,,\"1.2.3.4\",80\r", "HELLO\x1a");
    CHECK_PAYLOAD("AT+CMGS=\"1\"\r", "AT+CREG\r\x1a");
    CHECK_PAYLOAD("AT+CMGS=23\r", "0011\x1a");
    CHECK_PAYLOAD("AT+CMGW=\"1\"\r", "HELLO\x1b");
}

Test(command, an_etx_escapes_the_octet_after_it)
{
    CHECK_PAYLOAD("AT+CIPSEND=1,\r", "a\x03\x1a"
                                     "b\x1a");
    CHECK_PAYLOAD("AT+CIPSEND=1,\r", "a\x03\x1b"
                                     "b\x1a");
    CHECK_PAYLOAD("AT+CIPSEND=1,\r", "a\x03\x03\x1a");
    CHECK_PAYLOAD("AT+CIPSEND=1,\r", "a\x03\x03\x03\x1a\x1a");
    CHECK_PAYLOAD("AT+CIPSEND=1,\r", "a\x03"
                                     "b\x1a");
}

Test(command, an_etx_at_the_end_of_one_payload_is_not_kept_for_the_next)
{
    PLAY(SENT("AT+CIPSEND=1,\r"), SENT("ab\x03"), RECEIVED("ERROR\r\n"), SENT("AT+CIPSEND=1,\r"), SENT("\x1a"),
         SENT("AT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("final ERROR\ndone CIPSEND error link_num=1\nfinal OK\ndone CSQ ok\n"));
}

Test(command, payload_and_command_in_one_write)
{
    PLAY(SENT("AT+CIPSEND=1,3\rabcAT+CSQ\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CIPSEND=1,\rabc\x1a"
              "AT+CSQ\r"),
         RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CIPSEND=1,\r\x1b"
              "AT+CSQ\r"),
         RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CMQTTTOPIC=0,2\rabAT+CMQTTPAYLOAD=0,2\rcdAT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("final OK\ndone CSQ ok\n"));
}

Test(command, data_is_taken_with_or_without_a_prompt)
{
    PLAY(SENT("AT+CIPSEND=1,8\rAT+CREG\r"), RECEIVED("\r\n>"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("prompt\nfinal OK\ndone CSQ ok\n"));
}

Test(command, a_command_without_a_row_takes_data_after_its_prompt_up_to_a_final_code)
{
    PLAY(SENT("AT+FOO=1\r"), RECEIVED(">"), SENT("AT+CREG\r\x1a\x1b"), RECEIVED("+FOO: 1\r\nOK\r\n"), SENT("AT+CSQ\r"),
         RECEIVED("OK\r\n"), EVENTS("prompt\ninfo FOO raw=\"1\"\nfinal OK\ndone FOO ok\nfinal OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+FOO=1\r"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+FOO=1\rAT+B"), RECEIVED(">"), SENT("AR\r"), RECEIVED("OK\r\n"),
         EVENTS("prompt\nfinal OK\ndone FOO ok\n"));
    PLAY(SENT("ATE1\r"), RECEIVED("OK\r\n"), SENT("AT+FOO=1\r"), RECEIVED(">"), SENT("Hi"), RECEIVED("Hi\r\nOK\r\n"),
         EVENTS("final OK\ndone E ok\nprompt\necho \"Hi\"\nfinal OK\ndone FOO ok\n"));
}

Test(command, any_final_code_ends_the_payload)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), SENT("HE"), RECEIVED("ERROR\r\n"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("final ERROR\ndone CIPSEND error link_num=1\nfinal OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CMGS=1\r"), SENT("HE"), RECEIVED("+CMS ERROR: 500\r\n"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("final CMS-ERROR code=500\ndone CMGS error\nfinal OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CIPSEND=1,999999999999999999\r"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n"), SENT("AT+CSQ\r"),
         RECEIVED("OK\r\n"), EVENTS("final OK\nfinal OK\ndone CSQ ok\n"));
}

Test(command, a_urc_does_not_end_the_payload)
{
    PLAY(SENT("AT+CIPSEND=1,8\r"), SENT("AT+"), RECEIVED("\r\n>\r\nRING\r\n+CIPRXGET: 1,2\r\n"), SENT("CREG\r"),
         SENT("AT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("prompt\nurc RING\nurc CIPRXGET mode=1 link_num=2\nfinal OK\ndone CSQ ok\n"));
}

Test(command, many_parameters)
{
    char command[400] = "AT+CIPSEND=1,5,";
    memset(command + 15, ',', 300);
    command[315] = '\r';
    check_payload(command, "HELLO", 5);
}

/* ---- echo settings inside a line ---- */

/* After the line is acknowledged, a payload's echo is expected or not. */
static void check_echo(const char *command, const char *done, bool is_on)
{
    char events[128];
    snprintf(events, sizeof events, "final OK\ndone %s ok\nprompt\n%s", done,
             is_on ? "echo \"Hi\"\ntext \"x\"\n" : "text \"Hix\"\n");
    const test_step steps[] = {{command, strlen(command), TEST_SENT},
                               RECEIVED("OK\r\n"),
                               SENT("AT+CIPSEND=1,2\r"),
                               RECEIVED(">"),
                               SENT("Hi"),
                               RECEIVED("Hix\r\n"),
                               {events, strlen(events), TEST_EVENTS}};
    test_play(&(const test_options){0}, steps, COUNT_OF(steps), command, 0);
}

Test(command, e_anywhere_in_a_line_sets_the_echo)
{
    check_echo("ATE1\r", "E", true);
    check_echo("ate1\r", "E", true);
    check_echo("AT&F;E1\r", "&F", true);
    check_echo("ATV1E1\r", "V", true);
    check_echo("ATE1V1\r", "E", true);
    check_echo("AT+CSQ;E1;+CREG?\r", "CSQ", true);
    check_echo("ATE0E1\r", "E", true);
    check_echo("ATE1E0\r", "E", false);
    check_echo("ATE\r", "E", false);
    check_echo("ATE0\r", "E", false);
    check_echo("AT+E1\r", "E1", false);
    check_echo("AT&E1\r", "&E", false);
    check_echo("ATDE1\r", "D", false);
    check_echo("AT+CREG=\";E1;\"\r", "CREG", false);
    check_echo("AT&FE1\r", "&F", true);
}

Test(command, only_the_set_form_of_e_sets_the_echo)
{
    PLAY(SENT("ATE1\r"), RECEIVED("OK\r\n"), SENT("ATE?\r"), RECEIVED("OK\r\n"), SENT("AT+CIPSEND=1,2\r"),
         RECEIVED(">"), SENT("Hi"), RECEIVED("Hix\r\n"),
         EVENTS("final OK\ndone E ok\nfinal OK\ndone E ok\nprompt\necho \"Hi\"\ntext \"x\"\n"));
}
