/* The fields of a line: numbers, texts, addresses, ranges, and what makes them malformed. */
#include "test_script.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void check_malformed(const char *name, const char *line)
{
    char event[256];
    snprintf(event, sizeof event, "malformed %s ", name);
    test_quote((const uint8_t *)line, strlen(line), event + strlen(event), sizeof event - strlen(event));
    test_line(ATW_FAMILY_ANY, line, event);
}

/* ---- integers ---- */

/* `text` as the only field of +CME ERROR: a number, or a text if it is none. */
static void check_code(const char *text, const char *fields)
{
    char line[64];
    char event[96];
    snprintf(line, sizeof line, "+CME ERROR: %s", text);
    snprintf(event, sizeof event, "final CME-ERROR %s", fields);
    test_line(ATW_FAMILY_ANY, line, event);
}

Test(fields, integers_of_32_bits)
{
    check_code("0", "code=0");
    check_code("9", "code=9");
    check_code("10", "code=10");
    check_code("-1", "code=-1");
    check_code("-0", "code=0");
    check_code("2147483647", "code=2147483647");
    check_code("-2147483648", "code=-2147483648");
    check_code("-2147483647", "code=-2147483647");
    check_code("1999999999", "code=1999999999");
    check_code("2147483639", "code=2147483639");
}

/* The last octet of a full line buffer: no octet behind it is read. */
Test(fields, a_lone_minus_at_the_end_of_a_full_line_buffer)
{
    PLAY_WITH(((test_options){.line_size = 8}), RECEIVED("+CSQ:1,-\n"), EVENTS("malformed CSQ \"+CSQ:1,-\"\n"));
    PLAY_WITH(((test_options){.line_size = 8}), RECEIVED("+CSQ:1,0\n"),
              EVENTS("info CSQ rssi=1 ber=0 ~missing-blank\n"));
    PLAY_WITH(((test_options){.line_size = 5}), RECEIVED("+IPD-\n"), EVENTS("malformed IPD \"+IPD-\"\n"));
    PLAY_WITH(((test_options){.line_size = 4}), RECEIVED("+IPD\n"), EVENTS("malformed IPD \"+IPD\"\n"));
    PLAY_WITH(((test_options){.line_size = 13}), RECEIVED("RECV FROM:a:-\n"),
              EVENTS("malformed RECV-FROM \"RECV FROM:a:-\"\n"));
    PLAY_WITH(((test_options){.line_size = 12}), RECEIVED("RECV FROM:a:\n"),
              EVENTS("malformed RECV-FROM \"RECV FROM:a:\"\n"));
    PLAY_WITH(((test_options){.line_size = 7}), RECEIVED("CONNECT\n"), EVENTS("connect\n"));
    PLAY_WITH(((test_options){.line_size = 7}), RECEIVED("+IPD 1:\n"),
              EVENTS("urc IPD len=1 ~length-blank ~length-colon\n"));
    PLAY_WITH(((test_options){.line_size = 16}), RECEIVED("+CGDCONT: 1,\"a\",\"\n"), EVENTS("overlong len=17\n"));
    PLAY_WITH(((test_options){.line_size = 17}), RECEIVED("+CGDCONT: 1,\"a\",\"\n"),
              EVENTS("malformed CGDCONT \"+CGDCONT: 1,\\\"a\\\",\\\"\"\n"));
}

Test(fields, leading_zeros_are_noted)
{
    check_code("00", "code=0 ~leading-zero");
    check_code("-00", "code=0 ~leading-zero");
    check_code("01", "code=1 ~leading-zero");
    check_code("-007", "code=-7 ~leading-zero");
    check_code("00000000002147483647", "code=2147483647 ~leading-zero");
}

Test(fields, what_is_no_integer_of_32_bits)
{
    static const char *const texts[] = {
        "2147483648",
        "-2147483649",
        "4294967295",
        "4294967296",
        "4294967297",
        "2147483650",
        "9999999999",
        "-9999999999",
        "18446744073709551615",
        "18446744073709551616",
        "18446744073709551617",
        "340282366920938463463374607431768211456",
        "+1",
        "+0",
        "1+",
        "--1",
        "1-",
        "-",
        "1 2",
        "1.0",
        "0x10",
        "1e3",
        "a1",
        "1a",
        ":",
        "/",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        char fields[64];
        char line[64];
        snprintf(fields, sizeof fields, "text=\"%s\"", texts[i]);
        check_code(texts[i], fields);
        snprintf(line, sizeof line, "+IPCLOSE: 0,%s", texts[i]);
        check_malformed("IPCLOSE", line);
    }
}

/* Every octet but digits at each end of a number makes it none. */
Test(fields, only_digits_make_a_number)
{
    for (int octet = 1; octet < 256; octet++) {
        char line[32] = "+IPCLOSE: 0,1?1\n";
        line[13] = (char)octet;
        test_parser test;
        test_open(&test, &(test_options){0});
        const atw_event *event = test_receive(&test, line);
        const bool is_digit = octet >= '0' && octet <= '9';
        const bool is_end = octet == '\n';
        cr_assert_eq(event->kind, is_digit || is_end ? ATW_URC : ATW_MALFORMED, "octet %d", octet);
        test_close(&test);
    }
}

/* ---- which fields there are ---- */

Test(fields, too_few_too_many_and_empty_fields_are_malformed)
{
    static const char *const lines[] = {
        "+IPCLOSE: ",        "+IPCLOSE: 1",       "+IPCLOSE: 1,",    "+IPCLOSE: ,1",  "+IPCLOSE: ,",   "+IPCLOSE: 1,,1",
        "+IPCLOSE: 1,1,",    "+IPCLOSE: 1,1,1",   "+IPCLOSE: ,1,1",  "+IPCLOSE: 1;1", "+IPCLOSE: 1 1", "+IPCLOSE: 1 ,1",
        "+IPCLOSE: \"1\",1", "+IPCLOSE: 1,\"1\"", "+IPCLOSE: 1,\"1", "+IPCLOSE: 1,x", "+IPCLOSE:",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        check_malformed("IPCLOSE", lines[i]);
}

Test(fields, any_number_of_fields_is_read_without_harm)
{
    static const char all[] =
        "+CIPCCFG: 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1";
    char line[sizeof all];
    for (size_t length = 11; length < sizeof all; length++) {
        snprintf(line, length + 1, "%s", all);
        if (length != 23) /* seven fields */
            check_malformed("CIPCCFG", line);
    }
}

/* With more fields than an event holds, a row that takes the rest of the line still takes it. */
Test(fields, the_rest_of_a_line_takes_any_number_of_fields)
{
    static const char all[] = "+CIPEVENT: x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x,x";
    char line[sizeof all];
    char event[128];
    for (size_t length = 12; length < sizeof all; length++) {
        snprintf(line, length + 1, "%s", all);
        snprintf(event, sizeof event, "urc CIPEVENT text=\"%s\"", line + 11);
        test_line(ATW_FAMILY_ANY, line, event);
    }
}

Test(fields, the_rest_after_two_words_takes_any_number_of_fields)
{
    test_line(ATW_FAMILY_ANY, "+CPSI: a,b,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18",
              "info CPSI system_mode=\"a\" operation_mode=\"b\" raw=\"1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18\"");
    test_line(ATW_FAMILY_ANY, "+CPSI: a,b,\"c\",d",
              "info CPSI system_mode=\"a\" operation_mode=\"b\" raw=\"\\\"c\\\",d\"");
    test_line(ATW_FAMILY_ANY, "+CIPRXGET: (0-4),1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17",
              "info CIPRXGET ranges=\"(0-4),1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17\"");
}

Test(fields, absent_optional_fields_are_left_out)
{
    test_line(ATW_FAMILY_ANY, "+CREG: 2,1,,,7", "info CREG n=2 stat=1 act=7");
    test_line(ATW_FAMILY_ANY, "+CREG: 2,1,\"a\",,7", "info CREG n=2 stat=1 lac=\"a\" act=7");
    test_line(ATW_FAMILY_ANY, "+CREG: 2,1,,,,,", "info CREG n=2 stat=1");
    test_line(ATW_FAMILY_ANY, "+CREG: 2,1, ,,7", "info CREG n=2 stat=1 act=7 ~extra-blank");
    test_line(ATW_FAMILY_ANY, "+CGDCONT: 1,\"IP\",\"\"", "info CGDCONT cid=1 pdp_type=\"IP\" apn=\"\"");
    check_malformed("CREG", "+CREG: 2,1,,,,,,");
    check_malformed("CREG", "+CREG: 2,1,7,,7");
    check_malformed("CREG", "+CREG: 2,1,,,\"7\"");
}

/* ---- strings ---- */

Test(fields, strings_in_double_quotes)
{
    test_line(ATW_FAMILY_ANY, "+CGDCONT: 1,\"a,b\",\"c;d\"", "info CGDCONT cid=1 pdp_type=\"a,b\" apn=\"c;d\"");
    test_line(ATW_FAMILY_ANY, "+CGDCONT: 1,\" a \",\",\"", "info CGDCONT cid=1 pdp_type=\" a \" apn=\",\"");
    test_line(ATW_FAMILY_ANY, "+CGDCONT: 1,\"1\",\"2\",\"3\"",
              "info CGDCONT cid=1 pdp_type=\"1\" apn=\"2\" pdp_addr=\"3\"");
    test_line(ATW_FAMILY_ANY, "+CGDCONT: 1,\"\\\",\"\x80\t\"", "info CGDCONT cid=1 pdp_type=\"\\\\\" apn=\"\\x80\\t\"");
}

Test(fields, unbalanced_quotes_are_malformed)
{
    static const char *const lines[] = {
        "+CGDCONT: 1,\"IP\",\"x",    "+CGDCONT: 1,\"IP,\"x\"",     "+CGDCONT: 1,IP\",\"x\"",
        "+CGDCONT: 1,\"IP\"x,\"y\"", "+CGDCONT: 1,\"IP\" ,\"y\"",  "+CGDCONT: 1,x\"IP\",\"y\"",
        "+CGDCONT: 1,\"IP\",\"",     "+CGDCONT: 1,\"\"\"\",\"y\"", "+CGDCONT: 1,IP,\"y\"",
        "+CGDCONT: 1,,\"y\"",        "+CGDCONT: 1,\"IP\"x\"y\"",   "+CGDCONT: 1,\"IP\";\"y\"",
    };
    for (size_t i = 0; i < COUNT_OF(lines); i++)
        check_malformed("CGDCONT", lines[i]);
}

Test(fields, bare_words)
{
    test_line(ATW_FAMILY_ANY, "+CPSI: 1,2", "info CPSI system_mode=\"1\" operation_mode=\"2\"");
    test_line(ATW_FAMILY_ANY, "+CPSI: a\"b,2", "info CPSI system_mode=\"a\\\"b\" operation_mode=\"2\"");
    check_malformed("CPSI", "+CPSI: \"LTE\",Online");
    check_malformed("CPSI", "+CPSI: LTE,\"Online\"");
    check_malformed("CPSI", "+CPSI: ,Online");
    check_malformed("CPSI", "+CPSI: LTE,");
}

Test(fields, the_rest_of_a_line_keeps_its_quotes)
{
    test_line(ATW_FAMILY_ANY, "+CIPEVENT: \"a\"", "urc CIPEVENT text=\"\\\"a\\\"\"");
    test_line(ATW_FAMILY_ANY, "+CIPEVENT: \"a", "urc CIPEVENT text=\"\\\"a\"");
    test_line(ATW_FAMILY_ANY, "+CIPEVENT: ,", "urc CIPEVENT text=\",\"");
    test_line(ATW_FAMILY_ANY, "+CIPEVENT: 12", "urc CIPEVENT text=\"12\"");
    test_line(ATW_FAMILY_ANY, "+CIPEVENT:  a", "urc CIPEVENT text=\"a\" ~extra-blank");
}

/* ---- addresses and peers ---- */

Test(fields, an_address_has_hex_digits_dots_and_colons_only)
{
    static const char plain[] = "0123456789abcdefABCDEF.:";
    for (int octet = 0x21; octet < 0x7f; octet++) {
        char line[32];
        char text[32];
        char event[64];
        snprintf(line, sizeof line, "+IPADDR: 1%c", octet);
        test_quote((const uint8_t *)line + 9, 2, text, sizeof text);
        if (strchr(plain, octet) != NULL)
            snprintf(event, sizeof event, "info IPADDR ip_address=%s", text);
        else
            snprintf(event, sizeof event, "error IPADDR text=%s", text);
        test_line(ATW_FAMILY_ANY, line, event);
    }
    check_malformed("IPADDR", "+IPADDR:");
}

Test(fields, a_peer_is_split_at_its_last_colon)
{
    test_line(ATW_FAMILY_ANY, "RECV FROM:1.2.3.4:0", "urc RECV-FROM ip=\"1.2.3.4\" port=0");
    test_line(ATW_FAMILY_ANY, "RECV FROM:2001:db8::7:65535", "urc RECV-FROM ip=\"2001:db8::7\" port=65535");
    test_line(ATW_FAMILY_ANY, "RECV FROM:::1", "urc RECV-FROM ip=\":\" port=1");
    test_line(ATW_FAMILY_ANY, "RECV FROM:host:7", "urc RECV-FROM ip=\"host\" port=7");
    test_line(ATW_FAMILY_ANY, "RECV FROM:1.2.3.4:65536", "urc RECV-FROM ip=\"1.2.3.4\" port=65536 ~out-of-range");
    check_malformed("RECV-FROM", "RECV FROM:1.2.3.4:x");
    check_malformed("RECV-FROM", "RECV FROM:1.2.3.4:");
    check_malformed("RECV-FROM", "RECV FROM:1.2.3.4:-1");
    check_malformed("RECV-FROM", "RECV FROM:1.2.3.4:+1");
    check_malformed("RECV-FROM", "RECV FROM:1.2.3.4:1 2");
    check_malformed("RECV-FROM", "RECV FROM:1.2.3.4:2147483648");
    check_malformed("RECV-FROM", "RECV FROM:,1.2.3.4:1");
    check_malformed("RECV-FROM", "RECV FROM::");
    check_malformed("CLIENT", "+CLIENT: 0,1,1.2.3.4:5,6");
    check_malformed("CLIENT", "+CLIENT: 0,1,:5");
    check_malformed("CLIENT", "+CLIENT: 0,1,5");
}

Test(fields, secondary_servers_have_their_label)
{
    test_line(ATW_FAMILY_ANY, "Primary IPv4 DNS: a,Secondary IPv6 DNS: b", "info CDNSCFG pri_dns=\"a\" sec_dns=\"b\"");
    check_malformed("CDNSCFG", "Primary IPv4 DNS: a,Secondary IPv4 DNS: ");
    check_malformed("CDNSCFG", "Primary IPv4 DNS: a,Secondary IPv4 DNS:");
    check_malformed("CDNSCFG", "Primary IPv4 DNS: a,Secondary IPv5 DNS: b");
    check_malformed("CDNSCFG", "Primary IPv4 DNS: a,secondary IPv4 DNS: b");
    check_malformed("CDNSCFG", "Primary IPv4 DNS: a,Secondary IPv4 DNX: b");
    check_malformed("CDNSCFG", "Primary IPv4 DNS: a,Secondary IPv4 DNS: b,c");
    check_malformed("CDNSCFG", "Primary IPv4 DNS: a,\"Secondary IPv4 DNS: b\"");
    check_malformed("CDNSCFG", "Primary IPv4 DNS: ,Secondary IPv4 DNS: b");
}

/* ---- ranges of the test forms ---- */

Test(fields, ranges_have_a_parenthesis)
{
    test_line(ATW_FAMILY_ANY, "+CIPHEAD: (0,1)", "info CIPHEAD ranges=\"(0,1)\"");
    test_line(ATW_FAMILY_ANY, "+CIPHEAD: (0", "info CIPHEAD ranges=\"(0\"");
    test_line(ATW_FAMILY_ANY, "+SERVERSTART: (0-65535),(0-3)", "info SERVERSTART ranges=\"(0-65535),(0-3)\"");
    check_malformed("CIPHEAD", "+CIPHEAD: 0,1)");
    check_malformed("CIPHEAD", "+CIPHEAD: []");
    check_malformed("CIPTIMEOUT", "+CIPTIMEOUT: (3000-120000)");
}

/* ---- documented ranges ---- */

static void check_ranged(uint8_t family, const char *line, const char *event, bool inside)
{
    char text[256];
    snprintf(text, sizeof text, "%s%s", event, inside ? "" : " ~out-of-range");
    test_line(family, line, text);
}

/* Every value of -2..16 and two large ones as a link, a server or a reason, against the documented ones. */
static void check_values(uint8_t family, const char *line_format, const char *event_format, int limit, unsigned reasons)
{
    char line[64];
    char event[64];
    for (int value = -2; value <= 18; value++) {
        const int shown = value == 17 ? INT32_MAX : value == 18 ? INT32_MIN : value;
        const bool inside =
            reasons == 0 ? shown >= 0 && shown < limit : shown >= 0 && shown < 8 && (reasons >> shown & 1u) != 0;
        snprintf(line, sizeof line, line_format, shown);
        snprintf(event, sizeof event, event_format, shown);
        check_ranged(family, line, event, inside);
    }
}

Test(fields, links_servers_and_reasons_are_the_familys)
{
    static const struct {
        uint8_t family;
        int links;
        int servers;
        unsigned reasons;
    } rows[] = {
        {ATW_FAMILY_ANY, 10, 4, 0xf},    {ATW_FAMILY_A76XX, 10, 4, 0x7},   {ATW_FAMILY_A7600, 10, 4, 0x7},
        {ATW_FAMILY_SIM7028, 2, 2, 0x7}, {ATW_FAMILY_SIM7X00, 10, 4, 0xb},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++) {
        const uint8_t family = rows[i].family;
        check_values(family, "+CIPOPEN: %d", "info CIPOPEN link_num=%d", rows[i].links, 0);
        check_values(family, "+IPCLOSE: %d,1", "urc IPCLOSE client_index=%d close_reason=1", rows[i].links, 0);
        check_values(family, "+SERVERSTART: %d,80", "info SERVERSTART server_index=%d port=80", rows[i].servers, 0);
        check_values(family, "+IPCLOSE: 0,%d", "urc IPCLOSE client_index=0 close_reason=%d", 0, rows[i].reasons);
    }
}

typedef struct {
    const char *before; /* of the value in the line */
    const char *after;
    const char *event; /* before the value */
    const char *rest;  /* after it */
    long low;
    long high;
    long also; /* one more documented value; low where there is none */
} ranged_line;

static void check_range_value(const ranged_line *row, long value, bool inside)
{
    char line[128];
    char event[160];
    snprintf(line, sizeof line, "%s%ld%s", row->before, value, row->after);
    snprintf(event, sizeof event, "%s%ld%s", row->event, value, row->rest);
    check_ranged(ATW_FAMILY_ANY, line, event, inside);
}

static void check_range(const ranged_line *row)
{
    check_range_value(row, row->low, true);
    check_range_value(row, row->high, true);
    check_range_value(row, row->also, true);
    check_range_value(row, row->low - 1, row->low - 1 == row->also);
    if (row->high < INT32_MAX)
        check_range_value(row, row->high + 1, row->high + 1 == row->also);
    if (row->also > row->high)
        check_range_value(row, row->also + 1, false);
}

Test(fields, ranges_of_the_manuals)
{
    static const ranged_line rows[] = {
        {"+CSQ: ", ",0", "info CSQ rssi=", " ber=0", 0, 31, 99},
        {"+CSQ: 0,", "", "info CSQ rssi=0 ber=", "", 0, 7, 99},
        {"+CREG: ", "", "urc CREG stat=", "", 0, 11, 0},
        {"+NETCLOSE: ", "", "result NETCLOSE err=", "", 0, 12, 0},
        {"+NETOPEN: ", "", "result NETOPEN err=", "", 0, 12, 0},
        {"+CIPERROR: ", "", "error CIPERROR err=", "", 0, 12, 0},
        {"+CIPOPEN: 1,", "", "result CIPOPEN link_num=1 err=", "", 0, 12, 0},
        {"+IP ERROR: ", "", "error IP-ERROR code=", "", 0, 22, 0},
        {"+CIPOPEN: 1,\"TCP\",\"h\",", ",-1",
         "info CIPOPEN link_num=1 type=\"TCP\" server_ip=\"h\" server_port=", " index=-1", 0, 65535, 0},
        {"+CIPOPEN: 1,\"TCP\",\"h\",1,", "",
         "info CIPOPEN link_num=1 type=\"TCP\" server_ip=\"h\" server_port=1 index=", "", -1, 3, -1},
        {"+CIPSEND: 1,", ",0", "result CIPSEND link_num=1 req_send_length=", " cnf_send_length=0", 1, 1500, 1},
        {"+CIPSEND: 1,5,", "", "result CIPSEND link_num=1 req_send_length=5 cnf_send_length=", "", -1, 1500, -1},
        {"+CIPHEAD: ", "", "info CIPHEAD mode=", "", 0, 1, 0},
        {"+CIPRXGET: 4,1,", "", "info CIPRXGET mode=4 link_num=1 rest_len=", "", 0, INT32_MAX, 0},
        {"+CIPACK: ", ",0,0", "info CIPACK sent_data_size=", " ack_data_size=0 recv_data_size=0", 0, INT32_MAX, 0},
        {"+SERVERSTART: 0,", "", "info SERVERSTART server_index=0 port=", "", 0, 65535, 0},
        {"+CIPTIMEOUT: ", ",3000,3000",
         "info CIPTIMEOUT netopen_timeout=", " cipopen_timeout=3000 cipsend_timeout=3000", 3000, 120000, 3000},
        {"+CIPTIMEOUT: 3000,", ",3000",
         "info CIPTIMEOUT netopen_timeout=3000 cipopen_timeout=", " cipsend_timeout=3000", 3000, 120000, 3000},
        {"+CIPTIMEOUT: 3000,3000,", "",
         "info CIPTIMEOUT netopen_timeout=3000 cipopen_timeout=3000 cipsend_timeout=", "", 3000, 120000, 3000},
        {"+CSOCKSETPN: 1,", "", "info CSOCKSETPN profile_num=1 ip_family=", "", 1, 1, 6},
        {"+CTCPKA: ", ",1,1,1", "info CTCPKA keepalive=", " keepidle=1 keepcount=1 keepinterval=1", 0, 1, 0},
        {"+CTCPKA: 0,", ",1,1", "info CTCPKA keepalive=0 keepidle=", " keepcount=1 keepinterval=1", 1, 120, 1},
        {"+CTCPKA: 0,1,", ",1", "info CTCPKA keepalive=0 keepidle=1 keepcount=", " keepinterval=1", 1, 10, 1},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        check_range(&rows[i]);
}

Test(fields, ranges_of_cipccfg)
{
    static const ranged_line rows[] = {
        {"+CIPCCFG: ", ",0,0,0,0,0,500",
         "info CIPCCFG nm_retry=", " delay_tm=0 ack=0 err_mode=0 header_type=0 async_mode=0 timeout_val=500", 0, 10, 0},
        {"+CIPCCFG: 0,", ",0,0,0,0,500", "info CIPCCFG nm_retry=0 delay_tm=",
         " ack=0 err_mode=0 header_type=0 async_mode=0 timeout_val=500", 0, 1000, 0},
        {"+CIPCCFG: 0,0,", ",0,0,0,500",
         "info CIPCCFG nm_retry=0 delay_tm=0 ack=", " err_mode=0 header_type=0 async_mode=0 timeout_val=500", 0, 0, 0},
        {"+CIPCCFG: 0,0,0,", ",0,0,500",
         "info CIPCCFG nm_retry=0 delay_tm=0 ack=0 err_mode=", " header_type=0 async_mode=0 timeout_val=500", 0, 1, 0},
        {"+CIPCCFG: 0,0,0,0,", ",0,500",
         "info CIPCCFG nm_retry=0 delay_tm=0 ack=0 err_mode=0 header_type=", " async_mode=0 timeout_val=500", 0, 1, 0},
        {"+CIPCCFG: 0,0,0,0,0,", ",500",
         "info CIPCCFG nm_retry=0 delay_tm=0 ack=0 err_mode=0 header_type=0 async_mode=", " timeout_val=500", 0, 1, 0},
        {"+CIPCCFG: 0,0,0,0,0,0,", "",
         "info CIPCCFG nm_retry=0 delay_tm=0 ack=0 err_mode=0 header_type=0 async_mode=0 timeout_val=", "", 500, 120000,
         500},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        check_range(&rows[i]);
}

/* ---- how a field is held ---- */

Test(fields, a_field_has_its_value_and_its_text)
{
    static const char line[] = "+CIPOPEN: 01,\"TCP\",\"1.2.3.4\",-80,-1\n";
    test_parser test;
    test_open(&test, &(test_options){0});
    const atw_event *event = test_receive(&test, line);
    cr_assert_eq(event->kind, ATW_INFO);
    const atw_field *link = atw_event_field(event, ATW_PARAM_LINK_NUM);
    cr_assert_eq(link->type, ATW_FIELD_INT);
    cr_assert_eq(link->value, 1);
    cr_assert_eq(link->text, (const uint8_t *)line + 10, "as received");
    cr_assert_eq(link->length, 2);
    const atw_field *address = atw_event_field(event, ATW_PARAM_SERVER_IP);
    cr_assert_eq(address->type, ATW_FIELD_TEXT);
    cr_assert_eq(address->value, 0, "0 for a text");
    cr_assert_eq(address->length, 7, "the quotes are not part of it");
    cr_assert_eq(address->text, (const uint8_t *)line + 20);
    cr_assert_eq(atw_event_field(event, ATW_PARAM_SERVER_PORT)->value, -80);
    test_close(&test);
}

Test(fields, a_number_read_as_text_has_no_value)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    const atw_event *event = test_receive(&test, "+CIPEVENT: 12\n");
    cr_assert_eq(event->fields[0].type, ATW_FIELD_TEXT);
    cr_assert_eq(event->fields[0].value, 0);
    event = test_receive(&test, "+CPSI: 12,13\n");
    cr_assert_eq(event->fields[0].value, 0);
    cr_assert_eq(event->fields[1].value, 0);
    test_close(&test);
}

Test(fields, an_error_texts_number_stands_before_it)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    const atw_event *event = test_receive(&test, "+IP ERROR: No data\n");
    cr_assert_eq(event->field_count, 2);
    cr_assert_eq(event->fields[0].param, ATW_PARAM_ERR_INFO);
    cr_assert_eq(event->fields[0].type, ATW_FIELD_INT);
    cr_assert_eq(event->fields[0].value, 22);
    cr_assert_eq(event->fields[1].param, ATW_PARAM_ERR_INFO_TEXT);
    cr_assert_eq(event->fields[1].type, ATW_FIELD_TEXT);
    cr_assert_eq(event->fields[1].value, 0);
    test_close(&test);
}
