/* Exchanges: echo, answers, results on several links, completion, and giving up. */
#include "test_script.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- echo ---- */

Test(context, a_line_equal_to_the_pending_command_is_its_echo)
{
    PLAY(SENT("AT+CSQ\r"), RECEIVED("AT+CSQ\r\r\n\r\nOK\r\n"),
         EVENTS_AT("@0 echo \"AT+CSQ\"\n@11 final OK\n@15 done CSQ ok\n"));
    PLAY(SENT("at+csq \r\n"), RECEIVED("at+csq \r\n"), EVENTS("echo \"at+csq \"\n"));
    PLAY(SENT("xxAT\r"), RECEIVED("AT\n"), EVENTS("echo \"AT\"\n"));
}

Test(context, an_echo_compares_exactly_as_sent)
{
    PLAY(SENT("AT+CSQ\r"), RECEIVED("at+csq\r\nAT+CS\r\nAT+CSQ \r\nAT+CSQQ\r\nAT+CSR\r\n"),
         EVENTS("text \"at+csq\"\ntext \"AT+CS\"\ntext \"AT+CSQ \"\ntext \"AT+CSQQ\"\ntext \"AT+CSR\"\n"));
}

Test(context, an_echo_comes_once_and_only_while_its_command_is_pending)
{
    PLAY(SENT("AT\r"), RECEIVED("AT\r\nAT\r\nOK\r\n"), EVENTS("echo \"AT\"\ntext \"AT\"\nfinal OK\ndone AT ok\n"));
    PLAY(RECEIVED("AT\r\n"), EVENTS("text \"AT\"\n"));
    PLAY(SENT("AT\r"), RECEIVED("OK\r\nAT\r\n"), EVENTS("final OK\ndone AT ok\ntext \"AT\"\n"));
    PLAY(SENT("AT"), RECEIVED("AT\r\n"), EVENTS("text \"AT\"\n"));
    PLAY(SENT("AT\r"), ABANDON, RECEIVED("AT\r\n"), EVENTS("text \"AT\"\n"));
    PLAY(SENT("AT\rAT+CSQ\r"), RECEIVED("AT\r\nAT+CSQ\r\n"), EVENTS("text \"AT\"\necho \"AT+CSQ\"\n"));
}

Test(context, urcs_stand_anywhere_around_an_echo)
{
    PLAY(SENT("AT+CSQ\r"), RECEIVED("RING\r\nAT+CSQ\r\n+CIPRXGET: 1,0\r\n+CSQ: 1,2\r\nRDY\r\nOK\r\nSMS DONE\r\n"),
         EVENTS("urc RING\necho \"AT+CSQ\"\nurc CIPRXGET mode=1 link_num=0\ninfo CSQ rssi=1 ber=2\n"
                "urc RDY\nfinal OK\ndone CSQ ok\n"
                "urc SMS-DONE\n"));
}

Test(context, an_echo_of_what_would_be_a_code)
{
    PLAY(SENT("A/"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone A/ ok\n"));
    PLAY(SENT("AT+CMGS=\"CONNECT\"\r"), RECEIVED("AT+CMGS=\"CONNECT\"\r\n> "),
         EVENTS("echo \"AT+CMGS=\\\"CONNECT\\\"\"\nprompt\n"));
}

/* ---- completion at the final code ---- */

Test(context, every_final_code_completes)
{
    static const char *const codes[][2] = {
        {"OK", "final OK\ndone CSQ ok\n"},
        {"ERROR", "final ERROR\ndone CSQ error\n"},
        {"NO CARRIER", "final NO-CARRIER\ndone CSQ error\n"},
        {"NO DIALTONE", "final NO-DIALTONE\ndone CSQ error\n"},
        {"NO ANSWER", "final NO-ANSWER\ndone CSQ error\n"},
        {"BUSY", "final BUSY\ndone CSQ error\n"},
        {"CONNECT FAIL", "final CONNECT-FAIL\ndone CSQ error\n"},
        {"+CME ERROR: 10", "final CME-ERROR code=10\ndone CSQ error\n"},
        {"+CME ERROR: SIM busy", "final CME-ERROR text=\"SIM busy\"\ndone CSQ error\n"},
        {"+CMS ERROR: 1", "final CMS-ERROR code=1\ndone CSQ error\n"},
    };
    for (size_t i = 0; i < COUNT_OF(codes); i++) {
        const test_step steps[] = {SENT("AT+CSQ\r"),
                                   {codes[i][0], strlen(codes[i][0]), TEST_RECEIVED},
                                   RECEIVED("\r\n"),
                                   {codes[i][1], strlen(codes[i][1]), TEST_EVENTS}};
        test_play(&(const test_options){0}, steps, COUNT_OF(steps), codes[i][0], 0);
    }
}

Test(context, a_final_code_that_nobody_asked_for_completes_nothing)
{
    PLAY(RECEIVED("OK\r\n"), EVENTS("final OK\n"));
    PLAY(SENT("AT\r"), RECEIVED("OK\r\nOK\r\nERROR\r\n"), EVENTS("final OK\ndone AT ok\nfinal OK\nfinal ERROR\n"));
}

Test(context, other_lines_complete_nothing)
{
    PLAY(SENT("AT+CIPHEAD?\r"), RECEIVED("+CIPHEAD: 1\r\n+IP ERROR: 8\r\nRING\r\nOKAY\r\n+CSQ: x\r\n"),
         EVENTS("info CIPHEAD mode=1\nerror IP-ERROR code=8\nurc RING\ntext \"OKAY\"\nmalformed CSQ \"+CSQ: x\"\n"),
         RECEIVED("OK\r\n"), EVENTS("final OK\ndone CIPHEAD ok\n"));
}

Test(context, a_command_sent_meanwhile_replaces_the_pending_one_silently)
{
    PLAY(SENT("AT+CSQ\r"), SENT("AT+CREG?\r"), RECEIVED("OK\r\nOK\r\n"), EVENTS("final OK\ndone CREG ok\nfinal OK\n"));
    PLAY(SENT("AT+NETOPEN\r"), SENT("AT+CSQ\r"), RECEIVED("OK\r\n+NETOPEN: 0\r\n"),
         EVENTS("final OK\ndone CSQ ok\nresult NETOPEN err=0\n"));
}

Test(context, lists_end_at_ok)
{
    PLAY(SENT("AT+CIPOPEN?\r"),
         RECEIVED("+CIPOPEN: 0\r\n+CIPOPEN: 1,\"TCP\",\"h\",1,-1\r\n+IPCLOSE: 0,1\r\n+CIPOPEN: 2\r\nOK\r\n"),
         EVENTS("info CIPOPEN link_num=0\ninfo CIPOPEN link_num=1 type=\"TCP\" server_ip=\"h\" server_port=1 index=-1\n"
                "urc IPCLOSE client_index=0 close_reason=1\ninfo CIPOPEN link_num=2\nfinal OK\ndone CIPOPEN ok\n"));
}

/* ---- completion with a result line ---- */

Test(context, ok_then_result)
{
    PLAY(SENT("AT+CIPOPEN=1,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n"), EVENTS_AT("@0 final OK\n"),
         RECEIVED("+CIPOPEN: 1,0\r\n"),
         EVENTS_AT("@4 result CIPOPEN link_num=1 err=0\n@19 done CIPOPEN ok link_num=1\n"));
}

Test(context, result_then_final_code)
{
    PLAY(SENT("AT+CIPOPEN=1,\"UDP\",,,1\r"), RECEIVED("+CIPOPEN: 1,0\r\nOK\r\n"),
         EVENTS("result CIPOPEN link_num=1 err=0\nfinal OK\ndone CIPOPEN ok link_num=1\n"));
    PLAY(SENT("AT+CIPOPEN=1,\"UDP\",,,1\r"), RECEIVED("+CIPOPEN: 1,3\r\nERROR\r\n"),
         EVENTS("result CIPOPEN link_num=1 err=3\nfinal ERROR\ndone CIPOPEN error link_num=1\n"));
    PLAY(SENT("AT+CIPOPEN=1,\"UDP\",,,1\r"), RECEIVED("+CIPOPEN: 1,3\r\nOK\r\n"),
         EVENTS("result CIPOPEN link_num=1 err=3\nfinal OK\ndone CIPOPEN error link_num=1\n"));
}

Test(context, ok_then_failure)
{
    PLAY(SENT("AT+CIPOPEN=1,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n+CIPOPEN: 1,10\r\n"),
         EVENTS("final OK\nresult CIPOPEN link_num=1 err=10\ndone CIPOPEN error link_num=1\n"));
}

Test(context, each_command_that_has_a_result_line)
{
    PLAY(SENT("AT+NETOPEN\r"), RECEIVED("OK\r\n+NETOPEN: 0\r\n"),
         EVENTS("final OK\nresult NETOPEN err=0\ndone NETOPEN ok\n"));
    PLAY(SENT("AT+NETOPEN\r"), RECEIVED("+NETOPEN: 4\r\nERROR\r\n"),
         EVENTS("result NETOPEN err=4\nfinal ERROR\ndone NETOPEN error\n"));
    PLAY(SENT("AT+NETCLOSE\r"), RECEIVED("OK\r\n+NETCLOSE: 9\r\n"),
         EVENTS("final OK\nresult NETCLOSE err=9\ndone NETCLOSE error\n"));
    PLAY(SENT("AT+CIPCLOSE=1\r"), RECEIVED("OK\r\n+CIPCLOSE: 1,0\r\n"),
         EVENTS("final OK\nresult CIPCLOSE link_num=1 err=0\ndone CIPCLOSE ok link_num=1\n"));
    PLAY(SENT("AT+SERVERSTOP=2\r"), RECEIVED("+SERVERSTOP: 2,0\r\nOK\r\n"),
         EVENTS("result SERVERSTOP server_index=2 err=0\nfinal OK\ndone SERVERSTOP ok server_index=2\n"));
    PLAY(SENT("AT+SERVERSTOP=2\r"), RECEIVED("OK\r\n+SERVERSTOP: 2,4\r\n"),
         EVENTS("final OK\nresult SERVERSTOP server_index=2 err=4\ndone SERVERSTOP error server_index=2\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("OK\r\n+CIPSEND: 1,5,5\r\n"),
         EVENTS(
             "final OK\nresult CIPSEND link_num=1 req_send_length=5 cnf_send_length=5\ndone CIPSEND ok link_num=1\n"));
}

Test(context, cipsend_with_unequal_counts_is_an_error)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("OK\r\n+CIPSEND: 1,5,4\r\n"),
         EVENTS("final OK\nresult CIPSEND link_num=1 req_send_length=5 cnf_send_length=4\n"
                "done CIPSEND error link_num=1\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("+CIPSEND: 1,5,-1\r\nOK\r\n"),
         EVENTS("result CIPSEND link_num=1 req_send_length=5 cnf_send_length=-1\nfinal OK\n"
                "done CIPSEND error link_num=1\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("OK\r\n+CIPSEND: 1,5,0\r\n"),
         EVENTS("final OK\nresult CIPSEND link_num=1 req_send_length=5 cnf_send_length=0\n"
                "done CIPSEND error link_num=1\n"));
}

Test(context, cipsend_with_esc_is_complete_with_its_final_code)
{
    PLAY(SENT("AT+CIPSEND=1,\r"), RECEIVED(">"), SENT("abc\x1b"), RECEIVED("OK\r\n"),
         EVENTS("prompt\nfinal OK\ndone CIPSEND ok link_num=1\n"));
    PLAY(SENT("AT+CIPSEND=1,\r"), RECEIVED(">"), SENT("abc\x03\x1b\x1a"), RECEIVED("OK\r\n"),
         EVENTS("prompt\nfinal OK\n"));
    PLAY(SENT("AT+CIPSEND=1,\r"), RECEIVED(">"), SENT("abc\x1b"), RECEIVED("ERROR\r\n"),
         EVENTS("prompt\nfinal ERROR\ndone CIPSEND error link_num=1\n"));
}

Test(context, cdnsgip_is_complete_in_either_order)
{
    PLAY(SENT("AT+CDNSGIP=\"a\"\r"), RECEIVED("+CDNSGIP: 1,\"a\",\"1.1.1.1\"\r\nOK\r\n"),
         EVENTS("result CDNSGIP domain_name=\"a\" ip_address=\"1.1.1.1\"\nfinal OK\ndone CDNSGIP ok\n"));
    PLAY(SENT("AT+CDNSGIP=\"a\"\r"), RECEIVED("OK\r\n+CDNSGIP: 1,\"a\",\"1.1.1.1\"\r\n"),
         EVENTS("final OK\nresult CDNSGIP domain_name=\"a\" ip_address=\"1.1.1.1\"\ndone CDNSGIP ok\n"));
    PLAY(SENT("AT+CDNSGIP=\"a\"\r"), RECEIVED("OK\r\n+CDNSGIP: 0,10\r\n"),
         EVENTS("final OK\nresult CDNSGIP dns_error_code=10\ndone CDNSGIP error\n"));
    PLAY(SENT("AT+CDNSGIP=\"a\"\r"), RECEIVED("+CDNSGIP: 0,10\r\nERROR\r\n"),
         EVENTS("result CDNSGIP dns_error_code=10\nfinal ERROR\ndone CDNSGIP error\n"));
    PLAY(SENT("AT+CDNSGIP=\"a\"\r"), RECEIVED("+CDNSGIP: 0,0\r\nOK\r\n"),
         EVENTS("result CDNSGIP dns_error_code=0\nfinal OK\ndone CDNSGIP error\n"));
}

Test(context, other_forms_are_complete_with_their_final_code)
{
    PLAY(SENT("AT+NETOPEN?\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone NETOPEN ok\n"));
    PLAY(SENT("AT+NETOPEN=1\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone NETOPEN ok\n"));
    PLAY(SENT("AT+NETCLOSE=?\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone NETCLOSE ok\n"));
    PLAY(SENT("AT+CIPOPEN=?\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CIPOPEN ok\n"));
    PLAY(SENT("AT+CIPCLOSE?\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CIPCLOSE ok\n"));
    PLAY(SENT("AT+SERVERSTOP\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone SERVERSTOP ok\n"));
    PLAY(SENT("AT+CDNSGIP=?\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone CDNSGIP ok\n"));
    PLAY(SENT("AT+SERVERSTART=80,0\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone SERVERSTART ok server_index=0\n"));
}

Test(context, a_result_nobody_asked_for_completes_nothing)
{
    PLAY(SENT("AT+NETCLOSE\r"), RECEIVED("+CIPCLOSE: 1,0\r\nOK\r\n+NETCLOSE: 0\r\n"),
         EVENTS("result CIPCLOSE link_num=1 err=0\nfinal OK\nresult NETCLOSE err=0\ndone NETCLOSE ok\n"));
    PLAY(RECEIVED("+CIPOPEN: 1,0\r\n+NETOPEN: 0\r\n"),
         EVENTS("result CIPOPEN link_num=1 err=0\nresult NETOPEN err=0\n"));
    PLAY(SENT("AT+CIPOPEN=1,\"TCP\",\"h\",1\r"), RECEIVED("+CIPOPEN: 2,0\r\nOK\r\n+CIPOPEN: 3,0\r\n"),
         EVENTS("result CIPOPEN link_num=2 err=0\nfinal OK\nresult CIPOPEN link_num=3 err=0\n"),
         RECEIVED("+CIPOPEN: 1,0\r\n"), EVENTS("result CIPOPEN link_num=1 err=0\ndone CIPOPEN ok link_num=1\n"));
}

Test(context, only_the_first_result_before_the_final_code_counts)
{
    PLAY(SENT("AT+CIPCLOSE=1\r"), RECEIVED("+CIPCLOSE: 1,4\r\n+CIPCLOSE: 1,0\r\nOK\r\n"),
         EVENTS("result CIPCLOSE link_num=1 err=4\nresult CIPCLOSE link_num=1 err=0\nfinal OK\n"
                "done CIPCLOSE error link_num=1\n"));
}

Test(context, a_result_comes_once)
{
    PLAY(SENT("AT+NETOPEN\r"), RECEIVED("OK\r\n+NETOPEN: 0\r\n+NETOPEN: 0\r\n"),
         EVENTS("final OK\nresult NETOPEN err=0\ndone NETOPEN ok\nresult NETOPEN err=0\n"));
}

/* ---- several results outstanding ---- */

/* Ask for something on each link, then let the results come in another order. */
static void check_sixteen(const char *command, const char *result, const char *done)
{
    char text[64];
    test_parser test;
    test_open(&test, &(test_options){0});
    for (int link = 0; link < 16; link++) {
        snprintf(text, sizeof text, command, link);
        test_send(&test, text);
        cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
        cr_assert_eq(test_receive(&test, "")->kind, TEST_NO_EVENT, "nothing is complete yet");
    }
    for (int i = 0; i < 16; i++) {
        const int link = i * 5 % 16;
        char line[64];
        snprintf(text, sizeof text, result, link);
        cr_assert_eq(test_receive(&test, text)->kind, ATW_RESULT);
        test_describe(test_receive(&test, ""), line, sizeof line);
        snprintf(text, sizeof text, done, link);
        cr_assert_str_eq(line, text);
        cr_assert_eq(test_receive(&test, "")->kind, TEST_NO_EVENT);
    }
    test_close(&test);
}

Test(context, sixteen_links_are_outstanding_at_once)
{
    check_sixteen("AT+CIPOPEN=%d,\"TCP\",\"h\",1\r", "+CIPOPEN: %d,0\r\n", "done CIPOPEN ok link_num=%d\n");
    check_sixteen("AT+CIPSEND=%d,0\r", "+CIPSEND: %d,5,4\r\n", "done CIPSEND error link_num=%d\n");
    check_sixteen("AT+CIPCLOSE=%d\r", "+CIPCLOSE: %d,1\r\n", "done CIPCLOSE error link_num=%d\n");
    check_sixteen("AT+SERVERSTOP=%d\r", "+SERVERSTOP: %d,0\r\n", "done SERVERSTOP ok server_index=%d\n");
}

Test(context, results_of_different_commands_are_outstanding_at_once)
{
    PLAY(SENT("AT+NETOPEN\r"), RECEIVED("OK\r\n"), SENT("AT+CIPOPEN=1,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n"),
         SENT("AT+CDNSGIP=\"a\"\r"), RECEIVED("OK\r\n"), SENT("AT+CSQ\r"),
         RECEIVED("+CIPOPEN: 1,0\r\n+CSQ: 1,2\r\n+CDNSGIP: 0,10\r\nOK\r\n+NETOPEN: 0\r\n"),
         EVENTS("final OK\nfinal OK\nfinal OK\nresult CIPOPEN link_num=1 err=0\n"
                "done CIPOPEN ok link_num=1\ninfo CSQ rssi=1 ber=2\n"
                "result CDNSGIP dns_error_code=10\ndone CDNSGIP error\nfinal OK\ndone CSQ ok\n"
                "result NETOPEN err=0\ndone NETOPEN ok\n"));
}

Test(context, a_link_outside_0_to_15_has_a_result_but_no_completion)
{
    PLAY(SENT("AT+CIPOPEN=16,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n+CIPOPEN: 16,0\r\n"),
         EVENTS("final OK\nresult CIPOPEN link_num=16 err=0 ~out-of-range ~untracked-link\n"));
    PLAY(SENT("AT+CIPOPEN=256,\"TCP\",\"h\",1\r"), RECEIVED("+CIPOPEN: 256,0\r\nOK\r\n"),
         EVENTS("result CIPOPEN link_num=256 err=0 ~out-of-range ~untracked-link\nfinal OK\n"));
    PLAY(RECEIVED("+CIPCLOSE: -1,0\r\n"), EVENTS("result CIPCLOSE link_num=-1 err=0 ~out-of-range ~untracked-link\n"));
    PLAY(SENT("AT+CIPOPEN=15,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n+CIPOPEN: 15,0\r\n"),
         EVENTS("final OK\nresult CIPOPEN link_num=15 err=0 ~out-of-range\ndone CIPOPEN ok link_num=15\n"));
    PLAY(SENT("AT+CIPOPEN=0,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n+CIPOPEN: 256,0\r\n"),
         EVENTS("final OK\nresult CIPOPEN link_num=256 err=0 ~out-of-range ~untracked-link\n"));
}

Test(context, the_same_command_on_the_same_link_replaces_the_older)
{
    PLAY(SENT("AT+CIPCLOSE=1\r"), RECEIVED("OK\r\n"), SENT("AT+CIPCLOSE=1\r"), RECEIVED("+CIPCLOSE: 1,0\r\nOK\r\n"),
         EVENTS("final OK\nresult CIPCLOSE link_num=1 err=0\nfinal OK\ndone CIPCLOSE ok link_num=1\n"));
    PLAY(SENT("AT+NETOPEN\r"), RECEIVED("OK\r\n"), SENT("AT+NETOPEN\r"), RECEIVED("ERROR\r\n+NETOPEN: 0\r\n"),
         EVENTS("final OK\nfinal ERROR\ndone NETOPEN error\nresult NETOPEN err=0\n"));
    PLAY(SENT("AT+CIPCLOSE=1\r"), RECEIVED("OK\r\n"), SENT("AT+CIPCLOSE=2\r"), RECEIVED("+CIPCLOSE: 1,0\r\nOK\r\n"),
         EVENTS("final OK\nresult CIPCLOSE link_num=1 err=0\ndone CIPCLOSE ok link_num=1\nfinal OK\n"));
}

Test(context, another_form_of_the_command_replaces_nothing)
{
    PLAY(SENT("AT+NETOPEN\r"), RECEIVED("OK\r\n"), SENT("AT+NETOPEN=?\r"), RECEIVED("OK\r\n+NETOPEN: 0\r\n"),
         EVENTS("final OK\nfinal OK\ndone NETOPEN ok\nresult NETOPEN err=0\ndone NETOPEN ok\n"));
}

/* ---- first asked, first answered ---- */

Test(context, netopen_is_info_only_while_its_query_is_pending)
{
    PLAY(SENT("AT+NETOPEN?\r"), RECEIVED("+NETOPEN: 1\r\nOK\r\n+NETOPEN: 1\r\n"),
         EVENTS("info NETOPEN net_state=1\nfinal OK\ndone NETOPEN ok\nresult NETOPEN err=1\n"));
    PLAY(SENT("AT+NETOPEN=?\r"), RECEIVED("+NETOPEN: 1\r\n"), EVENTS("result NETOPEN err=1\n"));
    PLAY(SENT("AT+NETOPEN?\r"), RECEIVED("+NETOPEN: 2\r\n"), EVENTS("info NETOPEN net_state=2 ~out-of-range\n"));
    PLAY(SENT("AT+NETOPEN?\r"), RECEIVED("+NETOPEN: 0,0\r\n"), EVENTS("result NETOPEN err=0 second=0 ~extra-field\n"));
}

Test(context, an_outstanding_result_is_taken_before_an_answer)
{
    PLAY(SENT("AT+NETOPEN\r"), RECEIVED("OK\r\n"), SENT("AT+NETOPEN?\r"),
         RECEIVED("+NETOPEN: 0\r\n+NETOPEN: 1\r\nOK\r\n"),
         EVENTS(
             "final OK\nresult NETOPEN err=0\ndone NETOPEN ok\ninfo NETOPEN net_state=1\nfinal OK\ndone NETOPEN ok\n"));
    PLAY(SENT("AT+CIPCLOSE=0\r"), RECEIVED("OK\r\n"), SENT("AT+CIPCLOSE?\r"),
         RECEIVED("+CIPCLOSE: 0,1\r\n+CIPCLOSE: 0,1\r\n"),
         EVENTS("final OK\nresult CIPCLOSE link_num=0 err=1\ndone CIPCLOSE error link_num=0\n"
                "info CIPCLOSE link0_state=0 link1_state=1\n"));
    PLAY(SENT("AT+CIPCLOSE=1\r"), RECEIVED("OK\r\n"), SENT("AT+CIPCLOSE?\r"),
         RECEIVED("+CIPCLOSE: 0,1\r\n+CIPCLOSE: 1,0\r\n"),
         EVENTS("final OK\ninfo CIPCLOSE link0_state=0 link1_state=1\n"
                "result CIPCLOSE link_num=1 err=0\ndone CIPCLOSE ok link_num=1\n"));
}

Test(context, two_fields_of_cipclose_are_a_result_without_the_query)
{
    PLAY(RECEIVED("+CIPCLOSE: 0,1\r\n"), EVENTS("result CIPCLOSE link_num=0 err=1\n"));
    PLAY(SENT("AT+CIPCLOSE=?\r"), RECEIVED("+CIPCLOSE: 0,1\r\n"), EVENTS("result CIPCLOSE link_num=0 err=1\n"));
    PLAY(SENT("AT+CIPCLOSE=0\r"), RECEIVED("+CIPCLOSE: 0,1\r\n"), EVENTS("result CIPCLOSE link_num=0 err=1\n"));
}

Test(context, where_echo_is_on_an_answer_comes_after_the_echo)
{
    PLAY(SENT("ATE1\r"), RECEIVED("OK\r\n"), SENT("AT+NETOPEN?\r"),
         RECEIVED("+NETOPEN: 1\r\nAT+NETOPEN?\r\n+NETOPEN: 1\r\n"),
         EVENTS("final OK\ndone E ok\nresult NETOPEN err=1\necho \"AT+NETOPEN?\"\ninfo NETOPEN net_state=1\n"));
    PLAY(SENT("ATE1\r"), RECEIVED("OK\r\n"), SENT("AT+CPIN?\r"), RECEIVED("+CPIN: A\r\nAT+CPIN?\r\n+CPIN: B\r\n"),
         EVENTS("final OK\ndone E ok\nurc CPIN code=\"A\"\necho \"AT+CPIN?\"\ninfo CPIN code=\"B\"\n"));
    PLAY(SENT("ATE1\r"), RECEIVED("OK\r\n"), SENT("AT+FOO?\r"), RECEIVED("+FOO: A\r\nAT+FOO?\r\n+FOO: B\r\n"),
         EVENTS("final OK\ndone E ok\nurc FOO raw=\"A\"\necho \"AT+FOO?\"\ninfo FOO raw=\"B\"\n"));
}

Test(context, final_codes_results_and_prompts_count_without_the_echo)
{
    PLAY(SENT("ATE1\r"), RECEIVED("OK\r\n"), SENT("AT+CIPSEND=1,1\r"), RECEIVED(">"), SENT("A"),
         RECEIVED("\r\n+CIPSEND: 1,1,1\r\nOK\r\n"),
         EVENTS("final OK\ndone E ok\nprompt\nresult CIPSEND link_num=1 req_send_length=1 cnf_send_length=1\nfinal OK\n"
                "done CIPSEND ok link_num=1\n"));
}

Test(context, the_echo_setting_outlives_giving_up)
{
    PLAY(SENT("ATE1\r"), RECEIVED("OK\r\n"), ABANDON, SENT("AT+NETOPEN?\r"), RECEIVED("+NETOPEN: 1\r\n"),
         EVENTS("final OK\ndone E ok\nresult NETOPEN err=1\n"));
    PLAY(SENT("ATE0\r"), RECEIVED("OK\r\n"), ABANDON, SENT("AT+NETOPEN?\r"), RECEIVED("+NETOPEN: 1\r\n"),
         EVENTS("final OK\ndone E ok\ninfo NETOPEN net_state=1\n"));
}

/* ---- what is pending ---- */

Test(context, cpin_and_names_without_fields_are_info_while_pending)
{
    PLAY(SENT("AT+CPIN?\r"), RECEIVED("+CPIN: READY\r\nOK\r\n+CPIN: READY\r\n"),
         EVENTS("info CPIN code=\"READY\"\nfinal OK\ndone CPIN ok\nurc CPIN code=\"READY\"\n"));
    PLAY(SENT("AT+CPIN=\"1234\"\r"), RECEIVED("+CPIN: READY\r\n"), EVENTS("info CPIN code=\"READY\"\n"));
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("+CMGS: 7\r\n+CMGR: 7\r\nOK\r\n+CMGS: 7\r\n"),
         EVENTS("info CMGS raw=\"7\"\nurc CMGR raw=\"7\"\nfinal OK\ndone CMGS ok\nurc CMGS raw=\"7\"\n"));
    PLAY(SENT("AT+CMQTTSUB=0,1,1\r"), RECEIVED("+CMQTTSUB: 0,0\r\n"), EVENTS("info CMQTTSUB raw=\"0,0\"\n"));
}

/* Every command that has a name but no shapes: its lines are info while it is pending in any form. */
Test(context, names_without_shapes_are_info_while_pending_in_any_form)
{
    static const char *const names[] = {"CNVW",       "CMGS",         "CMGW",     "CMGR",      "CMGL",
                                        "CMQTTTOPIC", "CMQTTPAYLOAD", "CMQTTSUB", "CMQTTUNSUB"};
    static const char *const forms[] = {"", "?", "=?", "=1", "=0,5"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        for (size_t form = 0; form < COUNT_OF(forms); form++) {
            char command[64];
            char line[64];
            char events[64];
            snprintf(command, sizeof command, "AT+%s%s\r", names[i], forms[form]);
            snprintf(line, sizeof line, "+%s: x\r\n", names[i]);
            snprintf(events, sizeof events, "info %s raw=\"x\"\n", names[i]);
            const test_step steps[] = {{command, strlen(command), TEST_SENT},
                                       {line, strlen(line), TEST_RECEIVED},
                                       {events, strlen(events), TEST_EVENTS}};
            test_play(&(const test_options){0}, steps, COUNT_OF(steps), command, 0);
        }
    }
}

Test(context, a_prefix_without_a_row_is_info_while_its_command_is_pending)
{
    PLAY(SENT("AT+FOO\r"), RECEIVED("+FOO: 1\r\n+FOO\r\n*FOO: 1\r\n+FOOT: 1\r\n+FO: 1\r\n+foo: 1\r\nOK\r\n+FOO: 1\r\n"),
         EVENTS("info FOO raw=\"1\"\ninfo FOO\ninfo FOO raw=\"1\"\nurc FOOT raw=\"1\"\n"
                "urc FO raw=\"1\"\nurc foo raw=\"1\"\nfinal OK\n"
                "done FOO ok\nurc FOO raw=\"1\"\n"));
    PLAY_WITH(((test_options){.no_command = true}), SENT("AT+FOO\r"), RECEIVED("+FOO: 1\r\n"),
              EVENTS("urc FOO raw=\"1\"\n"));
}

Test(context, every_part_of_a_line_counts_as_pending)
{
    PLAY(SENT("AT+CSQ;+NETOPEN?\r"), RECEIVED("+NETOPEN: 1\r\n"), EVENTS("info NETOPEN net_state=1\n"));
    PLAY(SENT("AT+NETOPEN?;+CIPCLOSE?\r"), RECEIVED("+NETOPEN: 1\r\n+CIPCLOSE: 0,1\r\n"),
         EVENTS("info NETOPEN net_state=1\ninfo CIPCLOSE link0_state=0 link1_state=1\n"));
    PLAY(SENT("AT+FOO;+BAR?;+QUX=1\r"), RECEIVED("+QUX: 1\r\n+BAR: 1\r\n+FOO: 1\r\n+BA: 1\r\nOK\r\n"),
         EVENTS(
             "info QUX raw=\"1\"\ninfo BAR raw=\"1\"\ninfo FOO raw=\"1\"\nurc BA raw=\"1\"\nfinal OK\ndone FOO ok\n"));
    PLAY(SENT("ATE0+CPIN?\r"), RECEIVED("+CPIN: A\r\n"), EVENTS("info CPIN code=\"A\"\n"));
    PLAY(SENT("AT+CSQ;O\r"), RECEIVED("CONNECT\r\n"), EVENTS("connect\ndone CSQ ok\n"));
}

/* ---- CONNECT ---- */

Test(context, connect_completes_what_asked_for_it)
{
    PLAY(SENT("ATO\r"), RECEIVED("CONNECT\r\nA"), EVENTS("connect\ndone O ok\nstream \"A\"\n"));
    PLAY(SENT("ATD*99#\r"), RECEIVED("CONNECT 115200\r\n"), EVENTS("connect text=\"115200\"\ndone D ok\n"));
    PLAY(SENT("AT+CIPOPEN=0,\"TCP\",\"h\",1\r"), RECEIVED("CONNECT\r\n"),
         EVENTS("connect\ndone CIPOPEN ok link_num=0\n"));
    PLAY(SENT("AT+CIPOPEN=0,\"TCP\",\"h\",1\r"), RECEIVED("CONNECT FAIL\r\n"),
         EVENTS("final CONNECT-FAIL\ndone CIPOPEN error link_num=0\n"));
}

Test(context, an_outstanding_cipopen_counts_as_pending_for_connect)
{
    PLAY(SENT("AT+CIPOPEN=0,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\nCONNECT\r\n"),
         EVENTS("final OK\nconnect\ndone CIPOPEN ok link_num=0\n"));
    PLAY(SENT("AT+CIPOPEN=7,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n"), SENT("AT+CSQ\r"), RECEIVED("CONNECT\r\n"),
         EVENTS("final OK\nconnect\ndone CIPOPEN ok link_num=7\n"));
    PLAY(SENT("AT+CIPOPEN=3,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n"), SENT("ATO\r"), RECEIVED("CONNECT\r\n"),
         SENT("+++"), RECEIVED("\r\nOK\r\n+CIPOPEN: 3,0\r\n"),
         EVENTS(
             "final OK\nconnect\ndone O ok\nfinal OK\nresult CIPOPEN link_num=3 err=0\ndone CIPOPEN ok link_num=3\n"));
    PLAY(SENT("AT+CIPOPEN=3,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n"), SENT("AT+CIPOPEN=5,\"TCP\",\"h\",1\r"),
         RECEIVED("CONNECT\r\n"), EVENTS("final OK\nconnect\ndone CIPOPEN ok link_num=3\n"));
}

Test(context, connect_is_text_while_another_command_is_pending)
{
    PLAY(SENT("AT+CMGR=1\r"), RECEIVED("CONNECT\r\nCONNECT 9600\r\nCONNECT9600\r\nOK\r\n"),
         EVENTS("text \"CONNECT\"\ntext \"CONNECT 9600\"\ntext \"CONNECT9600\"\nfinal OK\ndone CMGR ok\n"));
    PLAY(SENT("AT+CIPOPEN?\r"), RECEIVED("CONNECT\r\n"), EVENTS("text \"CONNECT\"\n"));
    PLAY(SENT("AT+CIPOPEN=?\r"), RECEIVED("CONNECT\r\n"), EVENTS("text \"CONNECT\"\n"));
}

Test(context, the_code_that_ends_data_mode_completes_nothing)
{
    PLAY(SENT("AT+CIPOPEN=0,\"TCP\",\"h\",1\r"), RECEIVED("CONNECT\r\n"), SENT("+++"), RECEIVED("\r\nOK\r\n"),
         SENT("ATO\r"), RECEIVED("CONNECT\r\n"),
         EVENTS("connect\ndone CIPOPEN ok link_num=0\nfinal OK\nconnect\ndone O ok\n"));
    PLAY(SENT("AT+CIPOPEN=7,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n"), SENT("AT+CSQ\r"), RECEIVED("CONNECT\r\n"),
         SENT("+++"), RECEIVED("\r\nOK\r\nOK\r\n"),
         EVENTS("final OK\nconnect\ndone CIPOPEN ok link_num=7\nfinal OK\nfinal OK\ndone CSQ ok\n"));
}

Test(context, what_is_sent_in_data_mode_is_no_command)
{
    PLAY(RECEIVED("CONNECT\r\n"), SENT("AT+CSQ\r"), SENT("+++"), RECEIVED("AT+CSQ\r\nOK\r\nOK\r\n"),
         EVENTS("connect\nstream \"AT+CSQ\"\nfinal OK\nfinal OK\n"));
}

/* ---- giving up ---- */

Test(context, giving_up_clears_every_exchange)
{
    PLAY(SENT("AT+CSQ\r"), ABANDON, RECEIVED("OK\r\n"), EVENTS("final OK\n"));
    PLAY(SENT("AT+NETOPEN\r"), RECEIVED("OK\r\n"), ABANDON, RECEIVED("+NETOPEN: 0\r\n"),
         EVENTS("final OK\nresult NETOPEN err=0\n"));
    PLAY(SENT("AT+CIPCLOSE=15\r"), RECEIVED("OK\r\n"), ABANDON, RECEIVED("+CIPCLOSE: 15,0\r\n"),
         EVENTS("final OK\nresult CIPCLOSE link_num=15 err=0 ~out-of-range\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), SENT("AB"), ABANDON, SENT("AT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("final OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CS"), ABANDON, SENT("AT\r"), RECEIVED("OK\r\n"), EVENTS("final OK\ndone AT ok\n"));
    PLAY(SENT("AT+CIPOPEN=3,\"TCP\",\"h\",1\r"), RECEIVED("OK\r\n"), ABANDON, SENT("AT+CSQ\r"), RECEIVED("CONNECT\r\n"),
         EVENTS("final OK\ntext \"CONNECT\"\n"));
}

Test(context, giving_up_drops_a_completion_that_was_not_fetched)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    test_send(&test, "AT+FOO\r");
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    atw_abandon(&test.parser);
    cr_assert_eq(test_receive(&test, "")->kind, TEST_NO_EVENT);
    test_close(&test);
}

Test(context, without_host_octets_lines_are_told_by_shape_alone)
{
    PLAY(RECEIVED("AT+NETOPEN?\r\n+NETOPEN: 1\r\nOK\r\n+CIPCLOSE: 0,1\r\n> \r\nCONNECT\r\n"),
         EVENTS("text \"AT+NETOPEN?\"\nresult NETOPEN err=1\nfinal OK\n"
                "result CIPCLOSE link_num=0 err=1\ntext \"> \"\nconnect\n"));
}

/* A command of `length` octets whose echo has not come is not its own echo, whatever the width of a counter. */
Test(context, a_command_as_long_as_a_counters_range_has_no_echo_yet)
{
    enum { LENGTH = 65536 };
    char *command = malloc(LENGTH + 2);
    test_parser test;
    cr_assert_not_null(command);
    memset(command, ' ', LENGTH);
    memcpy(command, "AT+NETOPEN?", 11);
    memcpy(command + LENGTH, "\r", 2);
    test_open(&test, &(test_options){0});
    test_send(&test, "ATE1\r");
    test_receive(&test, "OK\r\n");
    cr_assert_eq(test_receive(&test, "")->kind, ATW_DONE);
    test_send(&test, command);
    cr_assert_eq(test_receive(&test, "+NETOPEN: 1\r\n")->kind, ATW_RESULT, "an answer comes after the echo");
    free(command);
    test_close(&test);
}
