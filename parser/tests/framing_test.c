/* Which octets are a line, a prompt, a payload, its echo, transparent data or noise. */
#include "test_script.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines ---- */

Test(framing, a_line_ends_at_lf_and_has_no_cr_at_either_end)
{
    PLAY(RECEIVED("OK\n\r\r\nERROR\r\r\nRING\n\n\r\r"), EVENTS_AT("@0 final OK\n@6 final ERROR\n@14 urc RING\n"));
    PLAY(RECEIVED("\n\r\rOK\r\r\r\r\n"), EVENTS_AT("@3 final OK\n"));
}

Test(framing, a_cr_inside_a_line_is_an_octet_of_it)
{
    PLAY(RECEIVED("A\rB\r\r\n"), EVENTS_AT("@0 text \"A\\rB\"\n"));
    PLAY(RECEIVED("OK\rOK\n"), EVENTS_AT("@0 text \"OK\\rOK\"\n"));
}

Test(framing, empty_lines_are_no_events)
{
    PLAY(RECEIVED("\r\n\r\n\n\n\r\r\n"), EVENTS(""));
}

Test(framing, an_unfinished_line_is_no_event)
{
    PLAY(RECEIVED("OK"), EVENTS(""));
    PLAY(RECEIVED("OK\r"), EVENTS(""));
}

Test(framing, nuls_at_a_lines_start_are_noise_and_noted_once)
{
    PLAY(RECEIVED("\0\r\0\nOK\r\nOK\r\n"), EVENTS_AT("@4 final OK ~nul-noise\n@8 final OK\n"));
    PLAY(RECEIVED("\r\n\0+CSQ: 7\r\n"), EVENTS_AT("@3 malformed CSQ \"+CSQ: 7\" ~nul-noise\n"));
    PLAY(RECEIVED("\0x\r\n"), EVENTS_AT("@1 text \"x\" ~nul-noise\n"));
    PLAY(SENT("AT\r"), RECEIVED("\0AT\r\n"), EVENTS_AT("@1 echo \"AT\" ~nul-noise\n"));
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("\0>"), EVENTS_AT("@1 prompt ~nul-noise\n"));
}

Test(framing, nuls_are_counted)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    test_receive_octets(&test, "\0\0\r\n\0A\0\n", 8);
    cr_assert_eq(test.parser.nul_count, 3);
    atw_abandon(&test.parser);
    cr_assert_eq(test.parser.nul_count, 3, "atw_abandon() keeps the count");
    test_close(&test);
}

Test(framing, a_nul_inside_a_line_is_an_octet_of_it)
{
    PLAY(RECEIVED("A\0B\r\n"), EVENTS("text \"A\\x00B\"\n"));
    PLAY(RECEIVED("OK\0\r\n"), EVENTS("text \"OK\\x00\"\n"));
}

Test(framing, other_junk_belongs_to_the_line)
{
    PLAY(RECEIVED("\xff\x00OK\r\n"), EVENTS("text \"\\xff\\x00OK\"\n"));
    PLAY(RECEIVED("\tOK\r\n"), EVENTS("text \"\\tOK\"\n"));
}

/* ---- the line limit ---- */

static const test_options eight = {.line_size = 8};

Test(framing, exactly_the_line_buffers_size_fits)
{
    PLAY_WITH(eight, RECEIVED("12345678\n123456789\nOK\n"),
              EVENTS_AT("@0 text \"12345678\"\n@9 overlong len=9\n@19 final OK\n"));
}

Test(framing, the_limit_counts_crs_at_the_end_but_not_before_the_first_octet)
{
    PLAY_WITH(eight, RECEIVED("1234567\r\n12345678\r\n"), EVENTS_AT("@0 text \"1234567\"\n@9 overlong len=9\n"));
    PLAY_WITH(eight, RECEIVED("\r\r\r12345678\n"), EVENTS_AT("@3 text \"12345678\"\n"));
    PLAY_WITH(eight, RECEIVED("OK\r\r\r\r\r\r\n"), EVENTS_AT("@0 final OK\n"));
    PLAY_WITH(eight, RECEIVED("OK\r\r\r\r\r\r\r\n"), EVENTS_AT("@0 overlong len=9\n"));
}

Test(framing, the_tail_of_an_overlong_line_is_never_a_line)
{
    PLAY_WITH(eight, RECEIVED("12345678OK\r\n+CSQ: 1\n"),
              EVENTS_AT("@0 overlong len=11\n@12 malformed CSQ \"+CSQ: 1\"\n"));
    PLAY_WITH(eight, RECEIVED("+IPD5\0>>>\rOK\rERROR\r\r\nOK\r\n"), EVENTS_AT("@0 overlong len=20\n@21 final OK\n"));
    PLAY_WITH(eight, RECEIVED("123456789"), EVENTS(""));
}

Test(framing, an_overlong_line_notes_the_noise_before_it)
{
    PLAY_WITH(eight, RECEIVED("\0\r123456789\nOK\n"), EVENTS_AT("@2 overlong len=9 ~nul-noise\n@12 final OK\n"));
}

Test(framing, a_line_buffer_of_one_octet_takes_lines_of_one_octet)
{
    PLAY_WITH(((test_options){.line_size = 1}), RECEIVED("A\r\nB\nCD\n"),
              EVENTS_AT("@0 overlong len=2\n@3 text \"B\"\n@5 overlong len=2\n"));
}

/* The kind and length of a line of `length` octets in a buffer of 65535; `cut` octets come first. */
static void check_long_line(size_t length, size_t cut, atw_kind kind)
{
    test_parser test;
    test_open(&test, &(test_options){.line_size = UINT16_MAX});
    char *line = malloc(length + 1);
    cr_assert_not_null(line);
    memset(line, 'x', length);
    line[length] = '\n';
    if (cut != 0)
        cr_assert_eq(test_receive_octets(&test, line, cut)->kind, TEST_NO_EVENT);
    const atw_event *event = test_receive_octets(&test, line + cut, length + 1 - cut);
    cr_assert_eq(event->kind, kind, "%zu octets, cut at %zu", length, cut);
    cr_assert_eq(event->kind == ATW_TEXT ? event->text.count : event->total, length);
    cr_assert_eq(test.consumed, length + 1 - cut);
    free(line);
    test_close(&test);
}

Test(framing, the_longest_line_has_65535_octets)
{
    for (size_t cut = 0; cut <= 65535; cut += 21845) {
        check_long_line(65535, cut, ATW_TEXT);
        check_long_line(65536, cut, ATW_OVERLONG);
        check_long_line(200000, cut, ATW_OVERLONG);
    }
}

/* ---- where spans lie, and how long ---- */

Test(framing, a_line_inside_one_chunk_is_read_in_place)
{
    static const char chunk[] = "\r\n+CGDCONT: 1,\"IP\",\"web\"\r\n";
    test_parser test;
    test_open(&test, &(test_options){0});
    const atw_event *event = test_receive(&test, chunk);
    cr_assert_eq(event->kind, ATW_INFO);
    cr_assert_eq(event->text.octets, (const uint8_t *)chunk + 2);
    cr_assert_eq(event->text.count, 22);
    cr_assert_eq(event->fields[1].text, (const uint8_t *)chunk + 15, "a string begins behind its quote");
    cr_assert_eq(event->fields[1].length, 2);
    cr_assert_eq(test.config.line[0], 0xa5, "the line buffer was written");
    test_close(&test);
}

Test(framing, a_line_that_a_chunks_end_cuts_is_read_in_the_line_buffer)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    cr_assert_eq(test_receive(&test, "\r\n+CP")->kind, TEST_NO_EVENT);
    cr_assert_eq(test.consumed, 5);
    const atw_event *event = test_receive(&test, "IN: READY\r\nOK\r\n");
    cr_assert_eq(test.consumed, 11);
    cr_assert_eq(event->text.octets, test.config.line);
    cr_assert_eq(event->text.count, 12);
    cr_assert_eq(event->fields[0].text, test.config.line + 7);
    cr_assert_eq(event->offset, 2);
    test_close(&test);
}

Test(framing, a_line_cut_before_its_lf_lives_until_the_next_call)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    char chunk[] = "+CPIN: READY\r";
    test_receive(&test, chunk);
    memset(chunk, '#', sizeof chunk);
    const atw_event *event = test_receive(&test, "\n");
    cr_assert_eq(event->kind, ATW_URC);
    cr_assert_eq(memcmp(event->fields[0].text, "READY", 5), 0);
    test_close(&test);
}

Test(framing, payload_is_a_span_of_the_chunk)
{
    static const char first[] = "+IPD5\r\nHEL";
    static const char second[] = "LOOK\r\n";
    test_parser test;
    test_open(&test, &(test_options){0});
    cr_assert_eq(test_receive(&test, first)->kind, ATW_URC);
    const atw_event *event = test_receive(&test, first + 7);
    cr_assert_eq(event->text.octets, (const uint8_t *)first + 7);
    cr_assert_eq(event->text.count, 3);
    cr_assert_eq(event->total, 5);
    cr_assert_not(event->last);
    event = test_receive(&test, second);
    cr_assert_eq(event->text.octets, (const uint8_t *)second);
    cr_assert_eq(event->text.count, 2);
    cr_assert_eq(event->offset, 10);
    cr_assert(event->last);
    cr_assert_eq(test_receive(&test, second + 2)->kind, ATW_FINAL);
    test_close(&test);
}

/* ---- prompt ---- */

Test(framing, a_prompt_comes_at_once)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("\r\n>"), EVENTS_AT("@2 prompt\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED(">"), EVENTS_AT("@0 prompt\n"));
}

Test(framing, one_blank_and_one_line_end_after_the_prompt_are_swallowed)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("> A\n"), EVENTS_AT("@0 prompt\n@2 text \"A\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED(">A\n"), EVENTS_AT("@0 prompt\n@1 text \"A\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("> \r\nA\n"), EVENTS_AT("@0 prompt\n@4 text \"A\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED(">\r\r\nA\n"), EVENTS_AT("@0 prompt\n@4 text \"A\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED(">\nA\n"), EVENTS_AT("@0 prompt\n@2 text \"A\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED(">\rA\n"), EVENTS_AT("@0 prompt\n@2 text \"A\"\n"));
}

Test(framing, a_second_blank_after_the_prompt_belongs_to_the_line)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED(">  A\n"), EVENTS_AT("@0 prompt\n@2 text \" A\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED(">\r\n A\n"), EVENTS_AT("@0 prompt\n@3 text \" A\"\n"));
}

Test(framing, a_prompt_may_follow_the_echos_cr)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r> \r\nOK\r\n"),
         EVENTS_AT("@0 echo \"AT+CIPSEND=1,5\"\n@15 prompt\n@19 final OK\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("\r\nAT+CIPSEND=1,5\r\r>"),
         EVENTS_AT("@2 echo \"AT+CIPSEND=1,5\"\n@18 prompt\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"),
         EVENTS_AT("@0 echo \"AT+CIPSEND=1,5\"\n@16 prompt\n"));
}

Test(framing, what_only_resembles_echo_and_prompt_is_a_line)
{
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1>\r\n"), EVENTS("text \"AT+CMGS=1>\"\n"));
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=2\r>\r\n"), EVENTS("text \"AT+CMGS=2\\r>\"\n"));
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1\r\r \r>\r\n"), EVENTS("text \"AT+CMGS=1\\r\\r \\r>\"\n"));
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1 \r>\r\n"), EVENTS("text \"AT+CMGS=1 \\r>\"\n"));
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1\rX>\r\n"), EVENTS("text \"AT+CMGS=1\\rX>\"\n"));
}

Test(framing, a_second_echo_before_the_prompt_is_a_line)
{
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1\r\nAT+CMGS=1\r>\r\n>"),
         EVENTS_AT("@0 echo \"AT+CMGS=1\"\n@11 text \"AT+CMGS=1\\r>\"\n@24 prompt\n"));
}

Test(framing, an_echo_that_does_not_fit_is_overlong_even_before_a_prompt)
{
    PLAY_WITH(eight, SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1\r>\r\n>"), EVENTS_AT("@0 overlong len=12\n@13 prompt\n"));
    PLAY_WITH(((test_options){.line_size = 10}), SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1\r>"),
              EVENTS_AT("@0 echo \"AT+CMGS=1\"\n@10 prompt\n"));
    PLAY_WITH(((test_options){.line_size = 9}), SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1\r>\r\n"),
              EVENTS_AT("@0 overlong len=12\n"));
}

Test(framing, elsewhere_the_prompts_octet_is_an_ordinary_one)
{
    PLAY(RECEIVED(">\r\n> \r\n"), EVENTS("text \">\"\ntext \"> \"\n"));
    PLAY(SENT("AT+CSQ\r"), RECEIVED(">\r\n"), EVENTS("text \">\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("A>\r\n"), EVENTS("text \"A>\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("\r\n>\r\n>\r\n"), EVENTS("prompt\ntext \">\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("ERROR\r\n>\r\n"),
         EVENTS("final ERROR\ndone CIPSEND error link_num=1\ntext \">\"\n"));
}

/* ---- echo of the host's payload ---- */

Test(framing, the_payloads_echo_is_exactly_as_long_as_the_payload)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HELLO"), RECEIVED("HELLOOK\r\n"),
         EVENTS_AT("@0 echo \"AT+CIPSEND=1,5\"\n@16 prompt\n@17 echo \"HELLO\"\n@22 final OK\n"));
    PLAY(SENT("AT+CIPSEND=1,4\r"), RECEIVED("AT+CIPSEND=1,4\r\n>"), SENT("OK\r\n"), RECEIVED("OK\r\nOK\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,4\"\nprompt\necho \"OK\\r\\n\"\nfinal OK\n"));
}

Test(framing, the_payloads_echo_is_expected_after_ate1)
{
    PLAY(SENT("ATE1\r"), RECEIVED("\r\nOK\r\n"), SENT("AT+CIPSEND=1,2\r"), RECEIVED("\r\n>"), SENT("Hi"),
         RECEIVED("HiOK\r\n"), EVENTS("final OK\ndone E ok\nprompt\necho \"Hi\"\nfinal OK\n"));
    PLAY(SENT("ATE1\r"), RECEIVED("OK\r\n"), SENT("ATE0\r"), RECEIVED("OK\r\n"), SENT("AT+CIPSEND=1,2\r"),
         RECEIVED("\r\n>"), SENT("Hi"), RECEIVED("Hi\r\n"),
         EVENTS("final OK\ndone E ok\nfinal OK\ndone E ok\nprompt\ntext \"Hi\"\n"));
    PLAY(SENT("ATE1\r"), RECEIVED("ERROR\r\n"), SENT("AT+CIPSEND=1,2\r"), RECEIVED("\r\n>"), SENT("Hi"),
         RECEIVED("Hi\r\n"), EVENTS("final ERROR\ndone E error\nprompt\ntext \"Hi\"\n"));
}

Test(framing, no_payload_echo_where_echo_is_not_known_to_be_on)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("\r\n>"), SENT("HELLO"), RECEIVED("HELLO\r\n"),
         EVENTS("prompt\ntext \"HELLO\"\n"));
}

Test(framing, the_first_octet_that_comes_decides_whether_a_payload_is_echoed)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HELLO"), RECEIVED("\r\nJUNK\r\nHELLO\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,5\"\nprompt\ntext \"JUNK\"\ntext \"HELLO\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HELLO"), RECEIVED("\r\nHELLO\r\nOK\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,5\"\nprompt\necho \"HELLO\"\nfinal OK\n"));
}

Test(framing, a_blank_or_line_end_that_begins_the_payload_is_its_echo)
{
    PLAY(SENT("AT+CIPSEND=1,3\r"), RECEIVED("AT+CIPSEND=1,3\r\n>"), SENT(" Hi"), RECEIVED(" Hi\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,3\"\nprompt\necho \" Hi\"\n"));
    PLAY(SENT("AT+CIPSEND=1,3\r"), RECEIVED("AT+CIPSEND=1,3\r\n>"), SENT("\r\nA"), RECEIVED("\r\nAOK\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,3\"\nprompt\necho \"\\r\\nA\"\nfinal OK\n"));
    PLAY(SENT("AT+CIPSEND=1,3\r"), RECEIVED("AT+CIPSEND=1,3\r\n>"), SENT("\0\rA"), RECEIVED(" \0\rAOK\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,3\"\nprompt\necho \"\\x00\\rA\"\nfinal OK\n"));
    PLAY(SENT("AT+CIPSEND=1,3\r"), RECEIVED("AT+CIPSEND=1,3\r\n> "), SENT(" Hi"), RECEIVED(" Hi\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,3\"\nprompt\necho \" Hi\"\n"));
}

Test(framing, a_payload_may_be_echoed_while_it_is_sent)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HE"), RECEIVED("HE"), SENT("LLO"),
         RECEIVED("LLO\r\n"), EVENTS("echo \"AT+CIPSEND=1,5\"\nprompt\necho \"HELLO\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HE"), RECEIVED("H"), SENT("LLO"),
         RECEIVED("ELL"), RECEIVED("OOK\r\n"), EVENTS("echo \"AT+CIPSEND=1,5\"\nprompt\necho \"HELLO\"\nfinal OK\n"));
}

Test(framing, a_payload_echo_ends_where_an_octet_comes_that_was_not_sent)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HE"), RECEIVED("HEX\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,5\"\nprompt\necho \"HE\"\ntext \"X\"\n"));
}

Test(framing, the_ctrl_z_behind_a_variable_payloads_echo_is_swallowed)
{
    PLAY(SENT("AT+CIPSEND=1,\r"), RECEIVED("AT+CIPSEND=1,\r\n>"), SENT("HELLO\x1a"), RECEIVED("HELLO\x1aOK\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,\"\nprompt\necho \"HELLO\"\nfinal OK\n"));
    PLAY(SENT("AT+CIPSEND=1,\r"), RECEIVED("AT+CIPSEND=1,\r\n>"), SENT("HELLO\x1a"), RECEIVED("HELLO\r\nOK\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,\"\nprompt\necho \"HELLO\"\nfinal OK\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HELLO"), RECEIVED("HELLO\x1a\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,5\"\nprompt\necho \"HELLO\"\ntext \"\\x1a\"\n"));
    PLAY(SENT("AT+CIPSEND=1,\r"), RECEIVED("AT+CIPSEND=1,\r\n>"), SENT("HELLO\x1a"), RECEIVED("HELLO\x1a\x1a\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,\"\nprompt\necho \"HELLO\"\ntext \"\\x1a\"\n"));
}

Test(framing, a_payload_echo_ends_with_the_payload_of_the_next_command)
{
    PLAY(SENT("AT+CIPSEND=1,3\r"), RECEIVED("AT+CIPSEND=1,3\r\n>"), SENT("abc"), RECEIVED("a"),
         SENT("AT+CIPSEND=1,2\r"), RECEIVED("\r\nAT+CIPSEND=1,2\r\n>"), SENT("xy"), RECEIVED("xyOK\r\n"),
         EVENTS(
             "echo \"AT+CIPSEND=1,3\"\nprompt\necho \"a\"\necho \"AT+CIPSEND=1,2\"\nprompt\necho \"xy\"\nfinal OK\n"));
}

Test(framing, a_payloads_echo_may_come_after_the_next_command_was_sent)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HELLO"), SENT("AT+CSQ\r"),
         RECEIVED("HELLO\r\nAT+CSQ\r\nOK\r\n"),
         EVENTS("echo \"AT+CIPSEND=1,5\"\nprompt\necho \"HELLO\"\necho \"AT+CSQ\"\nfinal OK\ndone CSQ ok\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("AT+CIPSEND=1,5\r\n>"), SENT("HELLO"), RECEIVED("HEL"), SENT("AT+CSQ\r"),
         RECEIVED("LO\r\nOK\r\n"), EVENTS("echo \"AT+CIPSEND=1,5\"\nprompt\necho \"HELLO\"\nfinal OK\ndone CSQ ok\n"));
}

/* ---- counted payloads ---- */

Test(framing, a_counted_payload_follows_its_line_end_whatever_it_holds)
{
    PLAY(RECEIVED("\r\n+IPD12\r\n\r\nOK\r\n> \0\x1a\xff+\r\nOK\r\n"),
         EVENTS_AT("@2 urc IPD len=12\n@10 data len=12 \"\\r\\nOK\\r\\n> \\x00\\x1a\\xff+\"\n@24 final OK\n"));
    PLAY(RECEIVED("+IPD3\n\n\0\rOK\n"), EVENTS_AT("@0 urc IPD len=3\n@6 data len=3 \"\\n\\x00\\r\"\n@9 final OK\n"));
    PLAY(RECEIVED("+IPD2\r\r\n\rAOK\n"), EVENTS_AT("@0 urc IPD len=2\n@8 data len=2 \"\\rA\"\n@10 final OK\n"));
}

Test(framing, every_header_of_a_counted_payload)
{
    PLAY(RECEIVED("+RECEIVE,0,5\r\nHELLOOK\r\n"),
         EVENTS("urc RECEIVE link_num=0 len=5\ndata len=5 \"HELLO\"\nfinal OK\n"));
    PLAY(RECEIVED("+RECEIVE,0,5:\r\nHELLOOK\r\n"),
         EVENTS("urc RECEIVE link_num=0 len=5\ndata len=5 \"HELLO\"\nfinal OK\n"));
    PLAY(RECEIVED("+CIPRXGET: 2,1,5,11\r\nHELLO\r\nOK\r\n"),
         EVENTS("info CIPRXGET mode=2 link_num=1 read_len=5 rest_len=11\ndata len=5 \"HELLO\"\nfinal OK\n"));
    PLAY(RECEIVED("+CIPRXGET: 3,1,5,6\r\n66726F6D20\r\nOK\r\n"),
         EVENTS(
             "info CIPRXGET mode=3 link_num=1 read_len=5 rest_len=6\ndata len=5 form=hex \"66726F6D20\"\nfinal OK\n"));
}

Test(framing, hex_payloads_are_not_inspected_and_the_next_payload_is_raw)
{
    PLAY(RECEIVED("+CIPRXGET: 3,1,1,0\r\n\r\n+IPD1\r\nA"),
         EVENTS("info CIPRXGET mode=3 link_num=1 read_len=1 rest_len=0\ndata len=1 form=hex \"\\r\\n\"\n"
                "urc IPD len=1\ndata len=1 \"A\"\n"));
}

Test(framing, a_count_of_zero_has_no_payload)
{
    PLAY(RECEIVED("+IPD0\r\nOK\r\n"), EVENTS("urc IPD len=0\nfinal OK\n"));
    PLAY(RECEIVED("+RECEIVE,0,0\r\nOK\r\n"), EVENTS("urc RECEIVE link_num=0 len=0\nfinal OK\n"));
    PLAY(RECEIVED("+CIPRXGET: 2,1,0,0\r\nOK\r\n"),
         EVENTS("info CIPRXGET mode=2 link_num=1 read_len=0 rest_len=0\nfinal OK\n"));
    PLAY(RECEIVED("+CIPRXGET: 3,1,0,0\r\nOK\r\n"),
         EVENTS("info CIPRXGET mode=3 link_num=1 read_len=0 rest_len=0\nfinal OK\n"));
}

Test(framing, a_cut_payload_says_how_much_came)
{
    PLAY(RECEIVED("+IPD63\r\nabc"), EVENTS("urc IPD len=63\ndata len=63 got=3 \"abc\"\n"));
    PLAY(RECEIVED("+IPD3\r\n"), EVENTS("urc IPD len=3\n"));
}

Test(framing, payloads_follow_each_other)
{
    PLAY(RECEIVED("+IPD1\r\nA+IPD2\r\nBC\r\n+IPD1\r\nD"),
         EVENTS_AT("@0 urc IPD len=1\n@7 data len=1 \"A\"\n@8 urc IPD len=2\n@15 data len=2 \"BC\"\n"
                   "@19 urc IPD len=1\n@26 data len=1 \"D\"\n"));
}

/* Feed a payload of `length` octets after its header; the next line must be in step. */
static void check_payload(const char *header, size_t length, const test_options *options)
{
    test_parser test;
    test_open(&test, options);
    char *payload = malloc(length + 4);
    cr_assert_not_null(payload);
    memset(payload, '\n', length);
    memcpy(payload + length, "OK\r\n", 4);
    cr_assert_neq(test_receive(&test, header)->kind, ATW_MALFORMED, "%s", header);
    const atw_event *event = test_receive_octets(&test, payload, length + 4);
    cr_assert_eq(event->kind, ATW_DATA);
    cr_assert_eq(event->text.count, length);
    cr_assert(event->last);
    cr_assert_eq(test_receive_octets(&test, payload + length, 4)->kind, ATW_FINAL);
    free(payload);
    test_close(&test);
}

Test(framing, the_ceiling_is_65535_unless_configured)
{
    const test_options none = {0};
    check_payload("+IPD65535\r\n", 65535, &none);
    check_payload("+CIPRXGET: 3,1,65535,0\r\n", 131070, &none);
    check_payload("+IPD10\r\n", 10, &(test_options){.ceiling = 10});
    check_payload("+CIPRXGET: 3,1,10,0\r\n", 20, &(test_options){.ceiling = 10});
    check_payload("+IPD70000\r\n", 70000, &(test_options){.ceiling = 70000});
    PLAY(RECEIVED("+IPD65536\r\nOK\r\n"), EVENTS("malformed IPD \"+IPD65536\"\nfinal OK\n"));
}

Test(framing, a_count_beyond_the_ceiling_starts_no_payload)
{
    const test_options ten = {.ceiling = 10};
    PLAY_WITH(ten, RECEIVED("+IPD11\r\nOK\r\n"), EVENTS("malformed IPD \"+IPD11\"\nfinal OK\n"));
    PLAY_WITH(ten, RECEIVED("+RECEIVE,0,11\r\nOK\r\n"), EVENTS("malformed RECEIVE \"+RECEIVE,0,11\"\nfinal OK\n"));
    PLAY_WITH(ten, RECEIVED("+CIPRXGET: 2,1,11,0\r\nOK\r\n"),
              EVENTS("malformed CIPRXGET \"+CIPRXGET: 2,1,11,0\"\nfinal OK\n"));
    PLAY_WITH(ten, RECEIVED("+CIPRXGET: 3,1,11,0\r\nOK\r\n"),
              EVENTS("malformed CIPRXGET \"+CIPRXGET: 3,1,11,0\"\nfinal OK\n"));
}

Test(framing, a_negative_or_too_large_count_starts_no_payload)
{
    PLAY(RECEIVED("+IPD-1\r\nOK\r\n"), EVENTS("malformed IPD \"+IPD-1\"\nfinal OK\n"));
    PLAY(RECEIVED("+CIPRXGET: 2,1,-5,0\r\nOK\r\n"), EVENTS("malformed CIPRXGET \"+CIPRXGET: 2,1,-5,0\"\nfinal OK\n"));
    PLAY(RECEIVED("+RECEIVE,0,-1:\r\nOK\r\n"), EVENTS("malformed RECEIVE \"+RECEIVE,0,-1:\"\nfinal OK\n"));
    PLAY(RECEIVED("+IPD2147483648\r\nOK\r\n"), EVENTS("malformed IPD \"+IPD2147483648\"\nfinal OK\n"));
    PLAY(RECEIVED("+IPD4294967297\r\nOK\r\n"), EVENTS("malformed IPD \"+IPD4294967297\"\nfinal OK\n"));
    PLAY(RECEIVED("+IPD18446744073709551621\r\nOK\r\n"),
         EVENTS("malformed IPD \"+IPD18446744073709551621\"\nfinal OK\n"));
    PLAY_WITH(((test_options){.ceiling = UINT32_MAX}), RECEIVED("+IPD-1\r\nOK\r\n"),
              EVENTS("malformed IPD \"+IPD-1\"\nfinal OK\n"));
}

/* ---- transparent data ---- */

Test(framing, data_mode_begins_at_connects_line_end)
{
    PLAY(RECEIVED("CONNECT\r\n\r\nOK\r\n\0>+CSQ: 1\n"),
         EVENTS_AT("@0 connect\n@9 stream \"\\r\\nOK\\r\\n\\x00>+CSQ: 1\\n\"\n"));
    PLAY(RECEIVED("CONNECT 115200\r\r\nA"), EVENTS_AT("@0 connect text=\"115200\"\n@17 stream \"A\"\n"));
}

Test(framing, only_after_an_escape_does_a_result_code_end_data_mode)
{
    PLAY(RECEIVED("CONNECT\r\nab\r\nOK\r\ncd"), EVENTS_AT("@0 connect\n@9 stream \"ab\\r\\nOK\\r\\ncd\"\n"),
         SENT("+++"), RECEIVED("ef\r\nOK\r\nRING\r\n"), EVENTS_AT("@19 stream \"ef\"\n@21 final OK\n@27 urc RING\n"));
}

#define IN_DATA_MODE RECEIVED("CONNECT\r\n"), EVENTS("connect\n")

Test(framing, the_result_codes_that_end_data_mode)
{
    PLAY(IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nOK\r\nOK\r\n"), EVENTS("final OK\nfinal OK\n"));
    PLAY(IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nERROR\r\nOK\r\n"), EVENTS("final ERROR\nfinal OK\n"));
    PLAY(IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nNO CARRIER\r\nOK\r\n"), EVENTS("final NO-CARRIER\nfinal OK\n"));
    PLAY(IN_DATA_MODE, ESCAPE, RECEIVED("\r\nOK\r\nRING\r\n"), EVENTS("final OK\nurc RING\n"));
    PLAY(IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nBUSY\r\n\nOK\r\n\r\nOK\n"),
         EVENTS("stream \"\\r\\nBUSY\\r\\n\\nOK\\r\\n\\r\\nOK\\n\"\n"));
}

Test(framing, a_code_that_ends_data_mode_has_no_span)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    test_receive(&test, "CONNECT\r\n");
    atw_escape(&test.parser);
    const atw_event *event = test_receive(&test, "\r\nNO CARRIER\r\n");
    cr_assert_eq(event->kind, ATW_FINAL);
    cr_assert_eq(event->name, ATW_NAME_NO_CARRIER);
    cr_assert_neq(event->line, ATW_LINE_NONE);
    cr_assert_eq(event->text.count, 0);
    cr_assert_eq(event->offset, 9);
    cr_assert_eq(test.consumed, 14);
    test_close(&test);
}

Test(framing, closed_is_data_unless_configured)
{
    PLAY(IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nCLOSED\r\nx"), EVENTS("stream \"\\r\\nCLOSED\\r\\nx\"\n"));
    PLAY(IN_DATA_MODE, RECEIVED("\r\nCLOSED\r\n"), EVENTS("stream \"\\r\\nCLOSED\\r\\n\"\n"));
    const test_options ends = {.closed_ends_data = true};
    PLAY_WITH(ends, IN_DATA_MODE, RECEIVED("ab\r\nCLOSED\r\nOK\r\n"), EVENTS("stream \"ab\"\nurc CLOSED\nfinal OK\n"));
    PLAY_WITH(ends, IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nCLOSED\r\nRING\r\n"), EVENTS("urc CLOSED\nurc RING\n"));
    PLAY_WITH(ends, IN_DATA_MODE, RECEIVED("\r\nOK\r\nx"), EVENTS("stream \"\\r\\nOK\\r\\nx\"\n"));
}

Test(framing, an_escape_counts_for_one_data_mode_only)
{
    const test_options ends = {.closed_ends_data = true};
    PLAY_WITH(ends, IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nCLOSED\r\nCONNECT\r\n\r\nOK\r\nx"),
              EVENTS("urc CLOSED\nconnect\nstream \"\\r\\nOK\\r\\nx\"\n"));
    PLAY(IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nOK\r\nCONNECT\r\n\r\nOK\r\n"),
         EVENTS("final OK\nconnect\nstream \"\\r\\nOK\\r\\n\"\n"));
}

Test(framing, the_end_match_starts_afresh_at_the_escape_report)
{
    PLAY(IN_DATA_MODE, RECEIVED("\r\nO"), SENT("+++"), RECEIVED("K\r\nx"), EVENTS("stream \"\\r\\nOK\\r\\nx\"\n"));
    PLAY(IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nO"), SENT("+++"), RECEIVED("K\r\nab\r\nOK\r\nRING\r\n"),
         EVENTS("stream \"\\r\\nOK\\r\\nab\"\nfinal OK\nurc RING\n"));
    PLAY(IN_DATA_MODE, SENT("+++"), RECEIVED("\r\nNO CARRI"), ESCAPE, ESCAPE, RECEIVED("ER\r\n\r\nOK\r\n"),
         EVENTS("stream \"\\r\\nNO CARRIER\\r\\n\"\nfinal OK\n"));
    const test_options ends = {.closed_ends_data = true};
    PLAY_WITH(ends, IN_DATA_MODE, RECEIVED("\r\nCLO"), SENT("+++"), RECEIVED("SED\r\n\r\nOK\r\n"),
              EVENTS("stream \"\\r\\nCLOSED\\r\\n\"\nfinal OK\n"));
}

Test(framing, only_one_write_of_three_plus_signs_is_an_escape)
{
    PLAY(IN_DATA_MODE, SENT("++"), SENT("+"), RECEIVED("\r\nOK\r\n"), EVENTS("stream \"\\r\\nOK\\r\\n\"\n"));
    PLAY(IN_DATA_MODE, SENT("++++"), SENT("+ +"), SENT("+++\r"), RECEIVED("\r\nOK\r\n"),
         EVENTS("stream \"\\r\\nOK\\r\\n\"\n"));
    PLAY(RECEIVED("OK\r\n"), SENT("+++"), ESCAPE, RECEIVED("CONNECT\r\n\r\nOK\r\n"),
         EVENTS("final OK\nconnect\nstream \"\\r\\nOK\\r\\n\"\n"));
}

Test(framing, two_escapes_in_a_row)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    test_receive(&test, "CONNECT\r\n");
    atw_escape(&test.parser);
    cr_assert_eq(test_receive(&test, "\r\nO")->kind, TEST_NO_EVENT);
    atw_escape(&test.parser);
    atw_escape(&test.parser);
    test_send(&test, "+++");
    const atw_event *event = test_receive(&test, "\r\nOK\r\n");
    cr_assert_eq(event->kind, ATW_STREAM, "what was held back comes first");
    cr_assert_eq(event->text.count, 3);
    cr_assert_eq(event->offset, 9);
    cr_assert_eq(memcmp(event->text.octets, "\r\nO", 3), 0);
    cr_assert_eq(test.consumed, 0);
    event = test_receive(&test, "\r\nOK\r\n");
    cr_assert_eq(event->kind, ATW_FINAL);
    cr_assert_eq(event->offset, 12);
    test_close(&test);
}

/* ---- partial matches of the end of data mode ---- */

static const char *const ends[] = {"\r\nOK\r\n", "\r\nERROR\r\n", "\r\nNO CARRIER\r\n", "\r\nCLOSED\r\n"};
static const char *const end_events[] = {"final OK\n", "final ERROR\n", "final NO-CARRIER\n", "urc CLOSED\n"};

/* The first end in the data, by looking at every place; `which` is its number. */
static const char *first_end(const char *data, size_t *which)
{
    for (; *data != '\0'; data++) {
        for (*which = 0; *which < COUNT_OF(ends); ++*which) {
            if (strncmp(data, ends[*which], strlen(ends[*which])) == 0)
                return data;
        }
    }
    return NULL;
}

/* Data mode must end at the first end in `data`, which is followed by nothing. */
static void check_end(const char *data)
{
    const test_options options = {.closed_ends_data = true};
    char events[256];
    char quoted[128];
    size_t which = 0;
    const char *end = first_end(data, &which);
    cr_assert_not_null(end);
    test_quote((const uint8_t *)data, (size_t)(end - data), quoted, sizeof quoted);
    if (end != data)
        snprintf(events, sizeof events, "stream %s\n%s", quoted, end_events[which]);
    else
        snprintf(events, sizeof events, "%s", end_events[which]);
    const test_step steps[] = {IN_DATA_MODE,
                               ESCAPE,
                               {data, (size_t)(end - data) + strlen(ends[which]), TEST_RECEIVED},
                               {events, strlen(events), TEST_EVENTS}};
    test_play(&options, steps, COUNT_OF(steps), __FILE__, __LINE__);
}

/* Every beginning of every end, then something else, then every end. */
static void check_partial_ends(const char *before, const char *between)
{
    char data[128];
    for (size_t partial = 0; partial < COUNT_OF(ends); partial++) {
        for (size_t length = 1; length < strlen(ends[partial]); length++) {
            for (size_t end = 0; end < COUNT_OF(ends); end++) {
                snprintf(data, sizeof data, "%s%.*s%s%s", before, (int)length, ends[partial], between, ends[end]);
                check_end(data);
            }
        }
    }
}

Test(framing, a_partial_end_that_fails_is_data)
{
    check_partial_ends("ab", "x");
}

Test(framing, a_partial_end_that_a_new_end_interrupts_is_data)
{
    check_partial_ends("", "");
}

Test(framing, a_partial_end_that_a_cr_interrupts_is_data)
{
    check_partial_ends("", "\r");
}

Test(framing, a_partial_end_at_the_end_of_input_waits)
{
    PLAY(IN_DATA_MODE, ESCAPE, RECEIVED("ab\r\nO"), EVENTS("stream \"ab\"\n"));
    PLAY(IN_DATA_MODE, ESCAPE, RECEIVED("\r\nERR"), EVENTS(""), RECEIVED("\r\nOK\r\n"),
         EVENTS("stream \"\\r\\nERR\"\nfinal OK\n"));
}

Test(framing, without_an_escape_only_the_configured_end_is_held_back)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    test_receive(&test, "CONNECT\r\n");
    cr_assert_eq(test_receive(&test, "\r\n")->kind, ATW_STREAM);
    cr_assert_eq(test.consumed, 2);
    test_close(&test);
}

/* ---- giving up, in every mode ---- */

Test(framing, after_giving_up_the_next_octet_starts_a_line)
{
    PLAY(RECEIVED("\r"), ABANDON, RECEIVED("OK\r\n"), EVENTS("final OK\n"));
    PLAY(RECEIVED("+CS"), ABANDON, RECEIVED("OK\r\n"), EVENTS("final OK\n"));
    PLAY(RECEIVED("OK\r"), ABANDON, RECEIVED("\nERROR\r\n"), EVENTS("final ERROR\n"));
    PLAY_WITH(eight, RECEIVED("123456789"), ABANDON, RECEIVED("OK\r\n"), EVENTS_AT("@9 final OK\n"));
    PLAY(IN_DATA_MODE, RECEIVED("ab"), ABANDON, RECEIVED("OK\r\n"), EVENTS("stream \"ab\"\nfinal OK\n"));
    PLAY(IN_DATA_MODE, ESCAPE, RECEIVED("\r\nO"), ABANDON, RECEIVED("OK\r\n"), EVENTS("final OK\n"));
}

Test(framing, giving_up_in_a_payload_prints_what_came)
{
    PLAY(RECEIVED("+IPD5\r\nab"), ABANDON, RECEIVED("OK\r\n"),
         EVENTS("urc IPD len=5\ndata len=5 got=2 \"ab\"\nfinal OK\n"));
    PLAY(RECEIVED("+CIPRXGET: 3,1,5,0\r\n6162"), ABANDON, RECEIVED("+IPD1\r\nA"),
         EVENTS("info CIPRXGET mode=3 link_num=1 read_len=5 rest_len=0\ndata len=5 form=hex got=4 \"6162\"\n"
                "urc IPD len=1\ndata len=1 \"A\"\n"));
}

Test(framing, giving_up_after_the_prompt)
{
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED(">"), ABANDON, RECEIVED(" A\r\n>\r\n"),
         EVENTS("prompt\ntext \" A\"\ntext \">\"\n"));
    PLAY(SENT("AT+CIPSEND=1,5\r"), RECEIVED("> "), ABANDON, SENT("HEL\rAT+CSQ\r"), RECEIVED("OK\r\n"),
         EVENTS("prompt\nfinal OK\ndone CSQ ok\n"));
}

Test(framing, giving_up_in_a_payloads_echo)
{
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1\r\n>"), SENT("abc\x1a"), RECEIVED("ab"), ABANDON, RECEIVED("c\r\n"),
         EVENTS("echo \"AT+CMGS=1\"\nprompt\necho \"ab\"\ntext \"c\"\n"));
    PLAY(SENT("AT+CMGS=1\r"), RECEIVED("AT+CMGS=1\r\n>"), SENT("abc\x1a"), RECEIVED("abc"), ABANDON,
         RECEIVED("\x1a\r\n"), EVENTS("echo \"AT+CMGS=1\"\nprompt\necho \"abc\"\ntext \"\\x1a\"\n"));
}

Test(framing, offsets_go_on_after_giving_up)
{
    PLAY(RECEIVED("\r\n+CS"), ABANDON, RECEIVED("\r\nOK\r\n"), EVENTS_AT("@7 final OK\n"));
}
