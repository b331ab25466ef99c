/* From a whole line to an event: which row it is, what is text, malformed or noted. */
#include "test_script.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    const char *line;
    const char *event;
} line_event;

static void check_lines(uint8_t family, const line_event *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        test_line(family, lines[i].line, lines[i].event);
}

#define CHECK_LINES(lines) check_lines(ATW_FAMILY_ANY, lines, COUNT_OF(lines))

/* ---- words ---- */

Test(classify, whole_lines_that_are_codes)
{
    static const line_event lines[] = {
        {"OK", "final OK"},
        {"ERROR", "final ERROR"},
        {"NO CARRIER", "final NO-CARRIER"},
        {"NO DIALTONE", "final NO-DIALTONE"},
        {"NO ANSWER", "final NO-ANSWER"},
        {"BUSY", "final BUSY"},
        {"CONNECT FAIL", "final CONNECT-FAIL"},
        {"CLOSED", "urc CLOSED"},
        {"RING", "urc RING"},
        {"RDY", "urc RDY"},
        {"QCRDY", "urc QCRDY"},
        {"SMS DONE", "urc SMS-DONE"},
        {"PB DONE", "urc PB-DONE"},
        {"NORMAL POWER DOWN", "urc NORMAL-POWER-DOWN"},
    };
    CHECK_LINES(lines);
}

Test(classify, a_line_that_only_begins_or_ends_like_a_code_is_text)
{
    static const char *const lines[] = {
        "OKAY",
        "OK.",
        "xOK",
        "ERRORS: none",
        "ERROR:",
        "CLOSED UNEXPECTEDLY",
        "BUSY NOW",
        "NO  CARRIER",
        "RINGING",
        "NO CARRIE",
        "O",
        "K",
        "ok",
        "Error",
        "CONNECT FAILED",
        "CONNECTED",
        "CONNECTFAIL",
        "CONNECT FAIL 3",
        "NORMAL POWER DOWNX",
        "AN UNKNOWN LINE THAT IS LONGER THAN ANY NAME",
        "+",
        "*",
        "+:",
        "+: 1",
        "+1A: 2",
        "+A B: 2",
        "+A.B: 2",
        "*1",
        "+_A: 1",
        "+-A: 1",
        "++CSQ: 1,2",
        "=CSQ: 1,2",
        "CSQ: 1,2",
        ":",
        ":1",
        "RECV FROM",
        "RECV FROMX:1.2.3.4:5",
        "RECV: 1.2.3.4:5",
        "Primary IPv4 DNS",
        "+Primary IPv4 DNS: 1.1.1.1,Secondary IPv4 DNS: 2.2.2.2",
        "*RECV FROM:1.2.3.4:5",
        "IPD30",
        "RECEIVE,0,5",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        char event[128];
        snprintf(event, sizeof event, "text \"%s\"", lines[i]);
        test_line(ATW_FAMILY_ANY, lines[i], event);
    }
}

Test(classify, blanks_at_the_end_of_a_code_are_dropped_and_noted)
{
    static const line_event lines[] = {
        {"OK ", "final OK ~trailing-blank"},
        {"OK    ", "final OK ~trailing-blank"},
        {"+CSQ: 1,2 ", "info CSQ rssi=1 ber=2 ~trailing-blank"},
        {"+IPD0 ", "urc IPD len=0 ~trailing-blank"},
        {"+CREG: 1 ", "urc CREG stat=1 ~trailing-blank"},
        {"CONNECT ", "connect ~trailing-blank"},
        {"+FOO: x ", "urc FOO raw=\"x\" ~trailing-blank"},
        {"+CPIN: READY ", "urc CPIN code=\"READY\" ~trailing-blank"},
        {"RECV FROM:1.2.3.4:5 ", "urc RECV-FROM ip=\"1.2.3.4\" port=5 ~trailing-blank"},
    };
    CHECK_LINES(lines);
}

Test(classify, text_keeps_all_its_blanks)
{
    static const line_event lines[] = {
        {"Hi  ", "text \"Hi  \""},
        {" OK", "text \" OK\""},
        {"  ", "text \"  \""},
        {" ", "text \" \""},
        {" +CSQ: 1,2", "text \" +CSQ: 1,2\""},
        {"OKAY ", "text \"OKAY \""},
    };
    CHECK_LINES(lines);
}

Test(classify, trailing_blanks_of_a_malformed_line_stay)
{
    test_line(ATW_FAMILY_ANY, "+CSQ: 1 ", "malformed CSQ \"+CSQ: 1 \"");
}

/* ---- prefixes without a row ---- */

Test(classify, a_prefix_without_a_row_is_a_urc_with_its_fields_unparsed)
{
    static const line_event lines[] = {
        {"+CGEV: ME PDN DEACT 1", "urc CGEV raw=\"ME PDN DEACT 1\""},
        {"*ATREADY: 1", "urc ATREADY raw=\"1\""},
        {"*FOO", "urc FOO"},
        {"+FOO", "urc FOO"},
        {"+FOO:", "urc FOO raw=\"\""},
        {"+FOO:x", "urc FOO raw=\"x\""},
        {"+FOO:  x", "urc FOO raw=\" x\""},
        {"+FOO: a:b,\"c", "urc FOO raw=\"a:b,\\\"c\""},
        {"+foo_B-9: 1", "urc foo_B-9 raw=\"1\""},
        {"+E: 1", "urc E raw=\"1\""},
        {"+AT: 1", "urc AT raw=\"1\""},
        {"+AT", "urc AT"},
        {"+O: 1", "urc O raw=\"1\""},
        {"+S0: 1", "urc S0 raw=\"1\""},
        {"+OK", "urc OK"},
        {"+OK: 1", "urc OK raw=\"1\""},
        {"+CPIPEVENT: x", "urc CPIPEVENT raw=\"x\""},
        {"+IPDX: 1", "urc IPDX raw=\"1\""},
        {"+IPD_1: 1", "urc IPD_1 raw=\"1\""},
        {"+RECEIVED,1", "text \"+RECEIVED,1\""},
        {"+CMGS: 1", "urc CMGS raw=\"1\""},
        {"+CMGR:", "urc CMGR raw=\"\""},
        {"+csq: 1,2", "urc csq raw=\"1,2\""},
    };
    CHECK_LINES(lines);
}

Test(classify, a_name_of_a_row_alone_is_malformed)
{
    static const line_event lines[] = {
        {"+CSQ", "malformed CSQ \"+CSQ\""},
        {"+NETOPEN", "malformed NETOPEN \"+NETOPEN\""},
        {"*CSQ", "malformed CSQ \"*CSQ\""},
        {"+CMGS", "malformed CMGS \"+CMGS\""},
        {"+IPD", "malformed IPD \"+IPD\""},
        {"+CME ERROR", "malformed CME-ERROR \"+CME ERROR\""},
        {"+CSQ:", "malformed CSQ \"+CSQ:\""},
        {"+CSQ: ", "malformed CSQ \"+CSQ: \""},
        {"+RECEIVE", "malformed RECEIVE \"+RECEIVE\""},
        {"+RECEIVE,", "malformed RECEIVE \"+RECEIVE,\""},
    };
    CHECK_LINES(lines);
}

Test(classify, a_star_reads_like_a_plus_sign)
{
    static const line_event lines[] = {
        {"*CSQ: 1,2", "info CSQ rssi=1 ber=2"},
        {"*CIPEVENT: x", "urc CIPEVENT text=\"x\""},
    };
    CHECK_LINES(lines);
}

/* ---- documented lines, one of each shape, as the manuals print them ---- */

Test(classify, lines_of_the_network)
{
    static const line_event lines[] = {
        {"+NETOPEN: 0", "result NETOPEN err=0"},
        {"+NETOPEN: 0,0", "result NETOPEN err=0 second=0 ~extra-field"},
        {"+NETCLOSE: 2", "result NETCLOSE err=2"},
        {"+IPADDR: 10.71.155.118", "info IPADDR ip_address=\"10.71.155.118\""},
        {"+IPADDR: 2409:8928::1", "info IPADDR ip_address=\"2409:8928::1\""},
        {"+IPADDR: Network not opened", "error IPADDR text=\"Network not opened\""},
        {"+CSQ: 23,0", "info CSQ rssi=23 ber=0"},
        {"+CSQ: 99,99", "info CSQ rssi=99 ber=99"},
        {"+CPSI: LTE,Online,460-00,0x333C",
         "info CPSI system_mode=\"LTE\" operation_mode=\"Online\" raw=\"460-00,0x333C\""},
        {"+CPSI: NO SERVICE,Online", "info CPSI system_mode=\"NO SERVICE\" operation_mode=\"Online\""},
        {"+CPIN: READY", "urc CPIN code=\"READY\""},
        {"+CGDCONT: 1,\"IP\",\"cmnet\",\"0.0.0.0\",0,0",
         "info CGDCONT cid=1 pdp_type=\"IP\" apn=\"cmnet\" pdp_addr=\"0.0.0.0\" d_comp=0 h_comp=0"},
        {"+ICCID: 89860317", "info ICCID iccid=\"89860317\""},
        {"+GCAP: +CGSM,+FCLASS", "info GCAP text=\"+CGSM,+FCLASS\""},
    };
    CHECK_LINES(lines);
}

Test(classify, lines_of_sockets)
{
    static const line_event lines[] = {
        {"+CIPOPEN: 1", "info CIPOPEN link_num=1"},
        {"+CIPOPEN: 1,0", "result CIPOPEN link_num=1 err=0"},
        {"+CIPOPEN: 1,\"TCP\",\"117.131.85.139\",5253,-1",
         "info CIPOPEN link_num=1 type=\"TCP\" server_ip=\"117.131.85.139\" server_port=5253 index=-1"},
        {"+CIPOPEN: (0-9),(\"TCP\",\"UDP\")", "info CIPOPEN ranges=\"(0-9),(\\\"TCP\\\",\\\"UDP\\\")\""},
        {"+CIPSEND: 1,5,5", "result CIPSEND link_num=1 req_send_length=5 cnf_send_length=5"},
        {"+CIPSEND: 1,5,-1", "result CIPSEND link_num=1 req_send_length=5 cnf_send_length=-1"},
        {"+CIPSEND: (0-9),(1-1500)", "info CIPSEND ranges=\"(0-9),(1-1500)\""},
        {"+CIPCLOSE: 1,0", "result CIPCLOSE link_num=1 err=0"},
        {"+CIPRXGET: 1", "info CIPRXGET mode=1"},
        {"+CIPRXGET: 0", "info CIPRXGET mode=0"},
        {"+CIPRXGET: 1,1", "urc CIPRXGET mode=1 link_num=1"},
        {"+CIPRXGET: 4,1,16", "info CIPRXGET mode=4 link_num=1 rest_len=16"},
        {"+CIPRXGET: (0-4),(0-9),(1-1500)", "info CIPRXGET ranges=\"(0-4),(0-9),(1-1500)\""},
        {"+CIPERROR: 4", "error CIPERROR err=4"},
        {"+CIPACK: 10,5,0", "info CIPACK sent_data_size=10 ack_data_size=5 recv_data_size=0"},
        {"+SERVERSTART: 0,8080", "info SERVERSTART server_index=0 port=8080"},
        {"+SERVERSTOP: 0,0", "result SERVERSTOP server_index=0 err=0"},
    };
    CHECK_LINES(lines);
}

Test(classify, lines_of_settings)
{
    static const line_event lines[] = {
        {"+CIPHEAD: 1", "info CIPHEAD mode=1"},
        {"+CIPHEAD: (0-1)", "info CIPHEAD ranges=\"(0-1)\""},
        {"+CIPTIMEOUT: 120000,120000,120000",
         "info CIPTIMEOUT netopen_timeout=120000 cipopen_timeout=120000 cipsend_timeout=120000"},
        {"+CIPCCFG: 10,0,0,1,1,0,500",
         "info CIPCCFG nm_retry=10 delay_tm=0 ack=0 err_mode=1 header_type=1 async_mode=0 timeout_val=500"},
        {"+CSOCKSETPN: 1", "info CSOCKSETPN profile_num=1"},
        {"+CSOCKSETPN: 1,6", "info CSOCKSETPN profile_num=1 ip_family=6"},
        {"+CTCPKA: 1,2,3,4", "info CTCPKA keepalive=1 keepidle=2 keepcount=3 keepinterval=4"},
        {"Primary IPv4 DNS: 1.1.1.1,Secondary IPv4 DNS: 2.2.2.2",
         "info CDNSCFG pri_dns=\"1.1.1.1\" sec_dns=\"2.2.2.2\""},
        {"Primary IPv6 DNS: ::1,Secondary IPv6 DNS: ::2", "info CDNSCFG pri_dns=\"::1\" sec_dns=\"::2\""},
        {"+CDNSGIP: 1,\"a.b\",\"1.2.3.4\"", "result CDNSGIP domain_name=\"a.b\" ip_address=\"1.2.3.4\""},
        {"+CDNSGIP: 0,10", "result CDNSGIP dns_error_code=10"},
        {"+CIPDNSSET: 0,30000,5", "info CIPDNSSET max_net_retries=0 net_timeout=30000 max_query_retries=5"},
    };
    CHECK_LINES(lines);
}

Test(classify, registration_is_told_by_its_second_field_alone)
{
    static const line_event lines[] = {
        {"+CREG: 1", "urc CREG stat=1"},
        {"+CREG: 0,1", "info CREG n=0 stat=1"},
        {"+CREG: 1,\"1A2B\",\"00000001\",7", "urc CREG stat=1 lac=\"1A2B\" ci=\"00000001\" act=7"},
        {"+CREG: 2,1,\"1A2B\",\"00000001\",7", "info CREG n=2 stat=1 lac=\"1A2B\" ci=\"00000001\" act=7"},
        {"+CREG: 1,,", "urc CREG stat=1"},
        {"+CGREG: 0,5", "info CGREG n=0 stat=5"},
        {"+CGREG: 5", "urc CGREG stat=5"},
        {"+CGREG: 2,1,\"1A\",\"2B\",7,\"00\",0,1,\"a\",\"b\",\"c\"",
         "info CGREG n=2 stat=1 lac=\"1A\" ci=\"2B\" act=7 rac=\"00\" cause_type=0 reject_cause=1 "
         "active_time=\"a\" periodic_rau=\"b\" "
         "gprs_ready_timer=\"c\""},
        {"+CEREG: 5,1,\"1A\",\"2B\",7,,,\"a\",\"b\"",
         "info CEREG n=5 stat=1 tac=\"1A\" ci=\"2B\" act=7 active_time=\"a\" periodic_tau=\"b\""},
        {"+CEREG: 1,\"1A\",\"2B\",7,0,3,\"a\",\"b\"",
         "urc CEREG stat=1 tac=\"1A\" ci=\"2B\" act=7 cause_type=0 reject_cause=3 "
         "active_time=\"a\" periodic_tau=\"b\""},
    };
    CHECK_LINES(lines);
    PLAY(SENT("AT+CREG?\r"), RECEIVED("+CREG: 1\r\n+CREG: 0,1\r\n"), EVENTS("urc CREG stat=1\ninfo CREG n=0 stat=1\n"));
}

Test(classify, unsolicited_lines)
{
    static const line_event lines[] = {
        {"+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY", "urc CIPEVENT text=\"NETWORK CLOSED UNEXPECTEDLY\""},
        {"+IPCLOSE: 0,1", "urc IPCLOSE client_index=0 close_reason=1"},
        {"+CLIENT: 0,1,192.168.108.5:57202",
         "urc CLIENT link_num=0 server_index=1 client_ip=\"192.168.108.5\" port=57202"},
        {"+CLIENT: 0,1,2409:8928::1:57202",
         "urc CLIENT link_num=0 server_index=1 client_ip=\"2409:8928::1\" port=57202"},
        {"RECV FROM:117.131.85.139:5253", "urc RECV-FROM ip=\"117.131.85.139\" port=5253"},
        {"RECV FROM:2409::1:5253", "urc RECV-FROM ip=\"2409::1\" port=5253"},
        {"+RECV FROM:1.2.3.4:5", "urc RECV-FROM ip=\"1.2.3.4\" port=5 ~spelling"},
        {"RCV FROM:1.2.3.4:5", "urc RECV-FROM ip=\"1.2.3.4\" port=5 ~spelling"},
        {"+RCV FROM:1.2.3.4:5", "urc RECV-FROM ip=\"1.2.3.4\" port=5 ~spelling"},
        {"+IPD 0", "urc IPD len=0 ~length-blank"},
        {"+IPD0:", "urc IPD len=0 ~length-colon"},
        {"+IPD 0:", "urc IPD len=0 ~length-blank ~length-colon"},
        {"+IPD  0", "urc IPD len=0 ~extra-blank ~length-blank"},
    };
    CHECK_LINES(lines);
}

Test(classify, error_lines)
{
    static const line_event lines[] = {
        {"+IP ERROR: 8", "error IP-ERROR code=8"},
        {"+IP ERROR: Network not opened", "error IP-ERROR code=8 text=\"Network not opened\""},
        {"+IP ERROR: Netclose failed for socket opened",
         "error IP-ERROR code=16 text=\"Netclose failed for socket opened\""},
        {"+IP ERROR: Net close failed for socket opened",
         "error IP-ERROR code=16 text=\"Net close failed for socket opened\""},
        {"+IP ERROR: network not opened", "error IP-ERROR text=\"network not opened\" ~unknown-text"},
        {"+IP ERROR: Network, closed", "error IP-ERROR text=\"Network, closed\" ~unknown-text"},
        {"+CME ERROR: 10", "final CME-ERROR code=10"},
        {"+CME ERROR: SIM busy", "final CME-ERROR text=\"SIM busy\""},
        {"+CME ERROR: 99999999999", "final CME-ERROR text=\"99999999999\""},
        {"+CMS ERROR: 500", "final CMS-ERROR code=500"},
        {"+CMS ERROR: unknown error", "final CMS-ERROR text=\"unknown error\""},
    };
    CHECK_LINES(lines);
}

/* ---- malformed lines ---- */

Test(classify, a_known_prefix_with_wrong_fields_is_malformed)
{
    static const char *const lines[][2] = {
        {"NETOPEN", "+NETOPEN: x"},
        {"NETOPEN", "+NETOPEN: 0,0,0"},
        {"NETOPEN", "+NETOPEN: "},
        {"CIPOPEN", "+CIPOPEN: 1,0,0"},
        {"CIPOPEN", "+CIPOPEN: 1,"},
        {"CIPOPEN", "+CIPOPEN: \"1\",0"},
        {"CIPOPEN", "+CIPOPEN: 1,\"TCP\",\"h\",1"},
        {"CIPOPEN", "+CIPOPEN: 1,\"TCP\",\"h\",\"1\",-1"},
        {"CIPRXGET", "+CIPRXGET: 2,1"},
        {"CIPRXGET", "+CIPRXGET: 2,1,5,11data"},
        {"CIPRXGET", "+CIPRXGET: 5,1,1,1"},
        {"CIPRXGET", "+CIPRXGET: 0,1"},
        {"CIPRXGET", "+CIPRXGET: 4,1"},
        {"CIPRXGET", "+CIPRXGET: 1,1,1"},
        {"IPD", "+IPD,1,1460"},
        {"IPD", "+IPD5x"},
        {"IPD", "+IPD\t5"},
        {"IPD", "+IPD5::"},
        {"IPD", "+IPD:"},
        {"IPD", "+IPD "},
        {"RECEIVE", "+RECEIVE,5"},
        {"RECEIVE", "+RECEIVE,0,5,6"},
        {"RECEIVE", "+RECEIVE: 0,5"},
        {"CSQ", "+CSQ: 1,2,3"},
        {"CSQ", "+CSQ: \"1\",2"},
        {"CSQ", "+CSQ: 1;2"},
        {"CIPEVENT", "+CIPEVENT:"},
        {"CME-ERROR", "+CME ERROR:"},
        {"IP-ERROR", "+IP ERROR:"},
        {"CDNSGIP", "+CDNSGIP: 2,10"},
        {"CDNSGIP", "+CDNSGIP: 1,10"},
        {"CDNSGIP", "+CDNSGIP: 0,\"x\""},
        {"CLIENT", "+CLIENT: 0,1,1.2.3.4"},
        {"CLIENT", "+CLIENT: 0,1"},
        {"CLIENT", "+CLIENT: 0,1,\"1.2.3.4:5\""},
        {"RECV-FROM", "RECV FROM:"},
        {"RECV-FROM", "RECV FROM:1.2.3.4"},
        {"RECV-FROM", "RECV FROM:1.2.3.4:"},
        {"RECV-FROM", "RECV FROM::5"},
        {"RECV-FROM", "RECV FROM:1.2.3.4:5,6"},
        {"RECV-FROM", "RCV FROM:x"},
        {"CDNSCFG", "Primary IPv4 DNS: 1.1.1.1"},
        {"CDNSCFG", "Primary IPv4 DNS: 1.1.1.1,2.2.2.2"},
        {"CDNSCFG", "Primary IPv4 DNS:"},
        {"CPSI", "+CPSI: LTE"},
        {"CIPHEAD", "+CIPHEAD: 0-1"},
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++) {
        char event[128];
        char quoted[96];
        test_quote((const uint8_t *)lines[i][1], strlen(lines[i][1]), quoted, sizeof quoted);
        snprintf(event, sizeof event, "malformed %s %s", lines[i][0], quoted);
        test_line(ATW_FAMILY_ANY, lines[i][1], event);
    }
}

Test(classify, the_line_after_a_malformed_header_is_a_line)
{
    PLAY(RECEIVED("+IPD,1,1460\r\nOK\r\n+CIPRXGET: 2,1,5,11data\r\nRING\r\n"),
         EVENTS("malformed IPD \"+IPD,1,1460\"\nfinal OK\nmalformed CIPRXGET \"+CIPRXGET: 2,1,5,11data\"\nurc RING\n"));
}

/* ---- notes ---- */

Test(classify, a_missing_blank_after_the_colon)
{
    static const line_event lines[] = {
        {"+CSQ:23,0", "info CSQ rssi=23 ber=0 ~missing-blank"},
        {"+CPIN:READY", "urc CPIN code=\"READY\" ~missing-blank"},
        {"+CME ERROR:10", "final CME-ERROR code=10 ~missing-blank"},
        {"Primary IPv4 DNS:1.1.1.1,Secondary IPv4 DNS: 2.2.2.2",
         "info CDNSCFG pri_dns=\"1.1.1.1\" sec_dns=\"2.2.2.2\" ~missing-blank"},
        {"+CIPHEAD:(0-1)", "info CIPHEAD ranges=\"(0-1)\" ~missing-blank"},
    };
    CHECK_LINES(lines);
}

Test(classify, a_blank_more_than_documented)
{
    static const line_event lines[] = {
        {"+CSQ:  23,0", "info CSQ rssi=23 ber=0 ~extra-blank"},
        {"+CSQ: 23, 0", "info CSQ rssi=23 ber=0 ~extra-blank"},
        {"+CSQ: 23,   0", "info CSQ rssi=23 ber=0 ~extra-blank"},
        {"+CSQ:23, 0", "info CSQ rssi=23 ber=0 ~missing-blank ~extra-blank"},
        {"+CGDCONT: 1, \"IP\", \"x\"", "info CGDCONT cid=1 pdp_type=\"IP\" apn=\"x\" ~extra-blank"},
        {"+CLIENT: 0,1, 1.2.3.4:5", "urc CLIENT link_num=0 server_index=1 client_ip=\"1.2.3.4\" port=5 ~extra-blank"},
        {"RECV FROM: 1.2.3.4:5", "urc RECV-FROM ip=\"1.2.3.4\" port=5 ~extra-blank"},
    };
    CHECK_LINES(lines);
}

Test(classify, leading_zeros)
{
    static const line_event lines[] = {
        {"+CSQ: 07,0", "info CSQ rssi=7 ber=0 ~leading-zero"},
        {"+CSQ: 0,00", "info CSQ rssi=0 ber=0 ~leading-zero"},
        {"+IPD00", "urc IPD len=0 ~leading-zero"},
        {"+CIPSEND: 1,5,-01", "result CIPSEND link_num=1 req_send_length=5 cnf_send_length=-1 ~leading-zero"},
        {"RECV FROM:1.2.3.4:05", "urc RECV-FROM ip=\"1.2.3.4\" port=5 ~leading-zero"},
        {"+CIPRXGET: 01,1", "urc CIPRXGET mode=1 link_num=1 ~leading-zero"},
    };
    CHECK_LINES(lines);
}

Test(classify, a_payload_beyond_the_documented_maximum)
{
    PLAY(RECEIVED("+IPD1500\r\n"), EVENTS("urc IPD len=1500\n"));
    PLAY(RECEIVED("+IPD1501\r\n"), EVENTS("urc IPD len=1501 ~over-maximum\n"));
    PLAY(RECEIVED("+RECEIVE,0,1500\r\n"), EVENTS("urc RECEIVE link_num=0 len=1500\n"));
    PLAY(RECEIVED("+RECEIVE,0,1501:\r\n"), EVENTS("urc RECEIVE link_num=0 len=1501 ~over-maximum\n"));
    PLAY(RECEIVED("+CIPRXGET: 2,1,1500,0\r\n"), EVENTS("info CIPRXGET mode=2 link_num=1 read_len=1500 rest_len=0\n"));
    PLAY(RECEIVED("+CIPRXGET: 2,1,1501,0\r\n"),
         EVENTS("info CIPRXGET mode=2 link_num=1 read_len=1501 rest_len=0 ~over-maximum\n"));
    PLAY(RECEIVED("+CIPRXGET: 3,1,750,0\r\n"), EVENTS("info CIPRXGET mode=3 link_num=1 read_len=750 rest_len=0\n"));
    PLAY(RECEIVED("+CIPRXGET: 3,1,751,0\r\n"),
         EVENTS("info CIPRXGET mode=3 link_num=1 read_len=751 rest_len=0 ~over-maximum\n"));
}

Test(classify, link_states_of_a_family_with_ten_links)
{
    static const line_event lines[] = {
        {"+CIPCLOSE: 0,1,0,0,0,0,0,0,0,0",
         "info CIPCLOSE link0_state=0 link1_state=1 link2_state=0 link3_state=0 link4_state=0 "
         "link5_state=0 link6_state=0 "
         "link7_state=0 link8_state=0 link9_state=0"},
        {"+CIPCLOSE: 0,1,0", "info CIPCLOSE link0_state=0 link1_state=1 link2_state=0 ~link-states"},
        {"+CIPCLOSE: 0,1,0,0,0,0,0,0,0",
         "info CIPCLOSE link0_state=0 link1_state=1 link2_state=0 link3_state=0 link4_state=0 "
         "link5_state=0 link6_state=0 "
         "link7_state=0 link8_state=0 ~link-states"},
        {"+CIPCLOSE: 0,1,0,0,0,0,0,0,0,0,0", "malformed CIPCLOSE \"+CIPCLOSE: 0,1,0,0,0,0,0,0,0,0,0\""},
    };
    CHECK_LINES(lines);
    check_lines(ATW_FAMILY_A7600, lines, COUNT_OF(lines));
    test_line(ATW_FAMILY_SIM7028, "+CIPCLOSE: 0,1,0",
              "info CIPCLOSE link0_state=0 link1_state=1 link2_state=0 ~link-states");
}

/* The answer of two states in each family. */
static void check_two_states(uint8_t family, const char *note)
{
    char events[128];
    snprintf(events, sizeof events, "info CIPCLOSE link0_state=0 link1_state=1%s\n", note);
    const test_step steps[] = {
        SENT("AT+CIPCLOSE?\r"), RECEIVED("+CIPCLOSE: 0,1\r\n"), {events, strlen(events), TEST_EVENTS}};
    test_play(&(const test_options){.family = family}, steps, COUNT_OF(steps), __FILE__, __LINE__);
}

Test(classify, two_link_states_are_noted_where_the_family_has_ten_links)
{
    check_two_states(ATW_FAMILY_A76XX, " ~link-states");
    check_two_states(ATW_FAMILY_A7600, " ~link-states");
    check_two_states(ATW_FAMILY_SIM7X00, " ~link-states");
    check_two_states(ATW_FAMILY_SIM7028, "");
    check_two_states(ATW_FAMILY_ANY, "");
}

Test(classify, fields_beyond_the_documented_ones)
{
    static const line_event lines[] = {
        {"+NETOPEN: 0,7", "result NETOPEN err=0 second=7 ~extra-field"},
        {"+CDNSGIP: 1,\"a\",\"1.1.1.1\",\"2.2.2.2\"",
         "result CDNSGIP domain_name=\"a\" ip_address=\"1.1.1.1\" ip_address2=\"2.2.2.2\" ~extra-field"},
        {"+CDNSGIP: 1,\"a\",\"1\",\"2\",\"3\",\"4\"",
         "result CDNSGIP domain_name=\"a\" ip_address=\"1\" ip_address2=\"2\" ip_address3=\"3\" "
         "ip_address4=\"4\" ~extra-field"},
        {"+CDNSGIP: 1,\"a\",\"1\",\"2\",\"3\"",
         "result CDNSGIP domain_name=\"a\" ip_address=\"1\" ip_address2=\"2\" ip_address3=\"3\" ~extra-field"},
    };
    CHECK_LINES(lines);
}

/* A line for each note. */
Test(classify, every_note_is_reachable)
{
    static const struct {
        const char *line;
        uint32_t note;
        uint8_t family;
    } rows[] = {
        {"+CSQ:1,2\n", ATW_NOTE(MISSING_BLANK), ATW_FAMILY_ANY},
        {"+CSQ: 1, 2\n", ATW_NOTE(EXTRA_BLANK), ATW_FAMILY_ANY},
        {"OK \n", ATW_NOTE(TRAILING_BLANK), ATW_FAMILY_ANY},
        {"+CSQ: 01,2\n", ATW_NOTE(LEADING_ZERO), ATW_FAMILY_ANY},
        {"+CSQ: 32,2\n", ATW_NOTE(OUT_OF_RANGE), ATW_FAMILY_ANY},
        {"+CIPEVENT: x\n", ATW_NOTE(NOT_IN_MANUAL), ATW_FAMILY_SIM7X00},
        {"RCV FROM:a:1\n", ATW_NOTE(SPELLING), ATW_FAMILY_ANY},
        {"+IPD 1\n", ATW_NOTE(LENGTH_BLANK), ATW_FAMILY_ANY},
        {"+IPD1:\n", ATW_NOTE(LENGTH_COLON), ATW_FAMILY_ANY},
        {"+IPD1501\n", ATW_NOTE(OVER_MAXIMUM), ATW_FAMILY_ANY},
        {"+CIPCLOSE: 0,0,0\n", ATW_NOTE(LINK_STATES), ATW_FAMILY_ANY},
        {"+NETOPEN: 0,0\n", ATW_NOTE(EXTRA_FIELD), ATW_FAMILY_ANY},
        {"+CIPOPEN: 16,0\n", ATW_NOTE(UNTRACKED_LINK) | ATW_NOTE(OUT_OF_RANGE), ATW_FAMILY_ANY},
        {"+IP ERROR: x\n", ATW_NOTE(UNKNOWN_TEXT), ATW_FAMILY_ANY},
        {"CONNECT1\n", ATW_NOTE(CONNECT_DIGITS), ATW_FAMILY_ANY},
    };
    uint32_t seen = ATW_NOTE(NUL_NOISE); /* framing_test.c */
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        test_parser test;
        test_open(&test, &(test_options){.family = rows[i].family});
        cr_assert_eq(test_receive(&test, rows[i].line)->notes, rows[i].note, "%s", rows[i].line);
        seen |= rows[i].note;
        test_close(&test);
    }
    cr_assert_eq(seen, (UINT32_C(1) << ATW_NOTE_COUNT) - 1, "a note has no line here");
}

/* ---- families ---- */

/* A line, and which families' manuals have it. */
typedef struct {
    const char *line;
    const char *event;
    bool in[ATW_FAMILY_COUNT];
} family_line;

static void check_family_line(const family_line *row)
{
    char event[256];
    for (uint8_t family = 0; family < ATW_FAMILY_COUNT; family++) {
        snprintf(event, sizeof event, "%s%s", row->event, row->in[family] ? "" : " ~not-in-manual");
        test_line(family, row->line, event);
    }
}

Test(classify, lines_that_not_every_manual_has)
{
#define HAVE(a76xx, a7600, sim7028, sim7x00) \
    { \
        [ATW_FAMILY_ANY] = true, [ATW_FAMILY_A76XX] = a76xx, [ATW_FAMILY_A7600] = a7600, \
        [ATW_FAMILY_SIM7028] = sim7028, [ATW_FAMILY_SIM7X00] = sim7x00 \
    }
    static const family_line rows[] = {
        {"+CIPEVENT: x", "urc CIPEVENT text=\"x\"", HAVE(1, 1, 1, 0)},
        {"+RECEIVE,0,0", "urc RECEIVE link_num=0 len=0", HAVE(1, 1, 1, 0)},
        {"+CIPERROR: 4", "error CIPERROR err=4", HAVE(1, 1, 1, 0)},
        {"+IP ERROR: 8", "error IP-ERROR code=8", HAVE(1, 1, 1, 0)},
        {"+CDNSGIP: 0,10", "result CDNSGIP dns_error_code=10", HAVE(1, 1, 1, 0)},
        {"+CIPSENDMODE: 0", "info CIPSENDMODE mode=0", HAVE(1, 1, 1, 0)},
        {"+CIPACK: 1,1,0", "info CIPACK sent_data_size=1 ack_data_size=1 recv_data_size=0", HAVE(1, 1, 1, 0)},
        {"+CSOCKSETPN: 1,1", "info CSOCKSETPN profile_num=1 ip_family=1", HAVE(0, 0, 1, 1)},
        {"+CTCPKA: 1,1,1,1", "info CTCPKA keepalive=1 keepidle=1 keepcount=1 keepinterval=1", HAVE(0, 0, 1, 0)},
        {"+CDNSCFG: (1)", "info CDNSCFG ranges=\"(1)\"", HAVE(0, 0, 1, 0)},
        {"Primary IPv4 DNS: a,Secondary IPv4 DNS: b", "info CDNSCFG pri_dns=\"a\" sec_dns=\"b\"", HAVE(0, 0, 1, 0)},
        {"Primary IPv6 DNS: a,Secondary IPv6 DNS: b", "info CDNSCFG pri_dns=\"a\" sec_dns=\"b\"", HAVE(0, 0, 1, 0)},
        {"+CGSOCKCONT: 1,\"IP\",\"x\"", "info CGSOCKCONT cid=1 pdp_type=\"IP\" apn=\"x\"", HAVE(0, 0, 0, 1)},
        {"+CSOCKAUTH: 1,0", "info CSOCKAUTH cid=1 auth_type=0", HAVE(0, 0, 0, 1)},
        {"+IPCLOSE: 0,1", "urc IPCLOSE client_index=0 close_reason=1", HAVE(1, 1, 1, 1)},
        {"RECV FROM:1.1.1.1:1", "urc RECV-FROM ip=\"1.1.1.1\" port=1", HAVE(1, 1, 1, 1)},
        {"+CSQ: 1,1", "info CSQ rssi=1 ber=1", HAVE(1, 1, 1, 1)},
        {"OK", "final OK", HAVE(1, 1, 1, 1)},
        {"+CME ERROR: 3", "final CME-ERROR code=3", HAVE(1, 1, 1, 1)},
        {"+FOO: 1", "urc FOO raw=\"1\"", HAVE(1, 1, 1, 1)},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        check_family_line(&rows[i]);
}

Test(classify, a_malformed_line_has_no_note_of_its_family)
{
    test_line(ATW_FAMILY_SIM7X00, "+CIPACK: 1", "malformed CIPACK \"+CIPACK: 1\"");
    test_line(ATW_FAMILY_ANY, "+CSQ:07", "malformed CSQ \"+CSQ:07\"");
}

/* ---- CONNECT ---- */

Test(classify, connect_with_and_without_text)
{
    static const line_event lines[] = {
        {"CONNECT", "connect"},
        {"CONNECT 115200", "connect text=\"115200\""},
        {"CONNECT 1 2", "connect text=\"1 2\""},
        {"CONNECT9600", "connect text=\"9600\" ~connect-digits"},
        {"CONNECT FAI", "connect text=\"FAI\""},
        {"CONNECT fail", "connect text=\"fail\""},
    };
    CHECK_LINES(lines);
    static const line_event texts[] = {
        {"CONNECT9600X", "text \"CONNECT9600X\""},
        {"CONNECT/9600", "text \"CONNECT/9600\""},
        {"CONNECT:", "text \"CONNECT:\""},
        {"CONNECT FAILURE", "text \"CONNECT FAILURE\""},
        {"CONNEC", "text \"CONNEC\""},
        {"connect", "text \"connect\""},
    };
    CHECK_LINES(texts);
}

Test(classify, an_event_knows_its_row)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    cr_assert_eq(test_receive(&test, "+CSQ: 1,2\r\n")->line, ATW_LINE_CSQ_QUALITY);
    cr_assert_eq(test_receive(&test, "OK\r\n")->line, ATW_LINE_FINAL_WORD_LINE);
    cr_assert_eq(test_receive(&test, "RING\r\n")->line, ATW_LINE_URC_WORD_LINE);
    cr_assert_eq(test_receive(&test, "+FOO: 1\r\n")->line, ATW_LINE_NONE);
    cr_assert_eq(test_receive(&test, "Hi\r\n")->line, ATW_LINE_NONE);
    cr_assert_eq(test_receive(&test, "+CSQ: x\r\n")->line, ATW_LINE_NONE);
    cr_assert_eq(test_receive(&test, "CONNECT\r\n")->line, ATW_LINE_CONNECT_TEXT);
    test_close(&test);
}

Test(classify, text_and_malformed_lines_have_no_fields)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    const atw_event *event = test_receive(&test, "+CSQ: 1,x\r\n");
    cr_assert_eq(event->field_count, 0);
    cr_assert_eq(event->name, ATW_NAME_CSQ);
    event = test_receive(&test, "Hi there\r\n");
    cr_assert_eq(event->field_count, 0);
    cr_assert_eq(event->name, ATW_NAME_NONE);
    cr_assert_eq(event->label.count, 0);
    test_close(&test);
}
