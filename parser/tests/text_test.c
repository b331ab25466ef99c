/* The texts of the grammar's rows, both ways. */
#include <atwire/atwire.h>

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

/* ---- families ---- */

Test(text, families_have_names_both_ways)
{
    static const char *const names[] = {"any", "a76xx", "a7600", "sim7028", "sim7x00"};
    cr_assert_eq(ATW_FAMILY_COUNT, COUNT_OF(names));
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        atw_family family = ATW_FAMILY_COUNT;
        cr_assert(atw_family_from_name(names[i], &family), "%s", names[i]);
        cr_assert_str_eq(atw_family_name(family), names[i]);
    }
    cr_assert_str_eq(atw_family_name(ATW_FAMILY_COUNT), "");
    cr_assert_str_eq(atw_family_name((atw_family)255), "");
}

Test(text, sim7600_is_an_alias)
{
    atw_family family = ATW_FAMILY_COUNT;
    cr_assert(atw_family_from_name("sim7600", &family));
    cr_assert_eq(family, ATW_FAMILY_A7600);
}

Test(text, other_family_names_leave_the_family_untouched)
{
    static const char *const names[] = {"", "a", "any ", "a760", "a76000", "A7600", "sim7600x", "sim76", "sim7x0", "x"};
    for (size_t i = 0; i < COUNT_OF(names); i++) {
        atw_family family = ATW_FAMILY_SIM7028;
        cr_assert_not(atw_family_from_name(names[i], &family), "%s", names[i]);
        cr_assert_eq(family, ATW_FAMILY_SIM7028);
    }
}

/* ---- names, parameters, notes, lines ---- */

static void check_name(atw_name name, const char *text)
{
    char shown[32];
    snprintf(shown, sizeof shown, "%s", text);
    for (char *at = shown; *at != '\0'; at++) {
        if (*at == ' ')
            *at = '-';
    }
    cr_assert_str_eq(atw_name_text(name), shown);
}

Test(text, every_name_is_the_rows_text_with_blanks_as_hyphens)
{
#define COMMAND(id, text, ...) check_name(ATW_NAME_##id, text);
#define PREFIX(id, text, ...) check_name(ATW_NAME_##id, text);
#define WORD(id, text, ...) check_name(ATW_NAME_##id, text);
#define HEADER(id, text, ...) check_name(ATW_NAME_##id, text);
#include "../grammar/name.def"
    check_name(ATW_NAME_AT, "AT");
    check_name(ATW_NAME_NONE, "");
    check_name(ATW_NAME_OTHER, "");
    check_name(ATW_NAME_COUNT, "");
    check_name((atw_name)255, "");
}

Test(text, names_of_the_notation)
{
    cr_assert_str_eq(atw_name_text(ATW_NAME_CIPOPEN), "CIPOPEN");
    cr_assert_str_eq(atw_name_text(ATW_NAME_CME_ERROR), "CME-ERROR");
    cr_assert_str_eq(atw_name_text(ATW_NAME_NO_CARRIER), "NO-CARRIER");
    cr_assert_str_eq(atw_name_text(ATW_NAME_NORMAL_POWER_DOWN), "NORMAL-POWER-DOWN");
    cr_assert_str_eq(atw_name_text(ATW_NAME_AMP_D), "&D");
    cr_assert_str_eq(atw_name_text(ATW_NAME_RECV_FROM), "RECV-FROM");
}

Test(text, every_parameter_has_its_key)
{
#define PARAM(id, key, ...) cr_assert_str_eq(atw_param_key(ATW_PARAM_##id), key);
#include "../grammar/param.def"
    cr_assert_str_eq(atw_param_key(ATW_PARAM_NO_FIELDS), "");
    cr_assert_str_eq(atw_param_key(ATW_PARAM_COUNT), "");
    cr_assert_str_eq(atw_param_key((atw_param)255), "");
}

/* Keys are the manual's names in snake_case. */
Test(text, keys_are_in_snake_case)
{
    for (int param = 0; param < ATW_PARAM_COUNT; param++) {
        const char *key = atw_param_key((atw_param)param);
        cr_assert_eq(strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(key), "%s", key);
    }
}

Test(text, every_note_has_its_word_and_meaning)
{
#define NOTE(id, text, meaning) \
    cr_assert_str_eq(atw_note_text(ATW_NOTE_BIT_##id), text); \
    cr_assert_str_eq(atw_note_meaning(ATW_NOTE_BIT_##id), meaning);
#include "../grammar/note.def"
    cr_assert_str_eq(atw_note_text(ATW_NOTE_COUNT), "");
    cr_assert_str_eq(atw_note_meaning(ATW_NOTE_COUNT), "");
    cr_assert_str_eq(atw_note_text((atw_note_bit)255), "");
    cr_assert_str_eq(atw_note_meaning((atw_note_bit)255), "");
}

Test(text, every_line_has_its_source)
{
#define LINE(id, kind, flags, source, ...) cr_assert_str_eq(atw_line_source(ATW_LINE_##id), source);
#include "../grammar/line.def"
    cr_assert_str_eq(atw_line_source(ATW_LINE_NONE), "");
    cr_assert_str_eq(atw_line_source(ATW_LINE_COUNT), "");
    cr_assert_str_eq(atw_line_source((atw_line)255), "");
}

/* ---- errors ---- */

/* Outside 0..`count` - 1 there is no text. */
static void check_bounds(const char *(*text_of)(int32_t), int32_t count)
{
    static const int32_t beyond[] = {-1, -2, INT32_MIN, INT32_MAX, 255, 256};
    for (size_t i = 0; i < COUNT_OF(beyond); i++)
        cr_assert_null(text_of(beyond[i]), "%ld", (long)beyond[i]);
    cr_assert_null(text_of(count));
    for (int32_t code = 0; code < count; code++)
        cr_assert_not_null(text_of(code), "%ld", (long)code);
}

Test(text, errs_of_the_manuals)
{
    static const char *const texts[] = {
        "operation succeeded",
        "Network failure",
        "Network not opened",
        "Wrong parameter",
        "Operation not supported",
        "Failed to create socket",
        "Failed to bind socket",
        "TCP server is already listening",
        "Busy",
        "Sockets opened",
        "Timeout",
        "DNS parse failed for AT+CIPOPEN",
        "Unknown error",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++)
        cr_assert_str_eq(atw_err_text((int32_t)i), texts[i]);
    check_bounds(atw_err_text, 13);
}

Test(text, err_infos_of_the_manuals_both_ways)
{
    static const char *const texts[] = {
        "Connection time out",
        "Bind port failed",
        "Port overflow",
        "Create socket failed",
        "Network is already opened",
        "Network is already closed",
        "No clients connected",
        "No active client",
        "Network not opened",
        "Client index overflow",
        "Connection is already created",
        "Connection is not created",
        "Invalid parameter",
        "Operation not supported",
        "DNS query failed",
        "TCP busy",
        "Net close failed for socket opened",
        "Sending time out",
        "Sending failure for network error",
        "Open failure for network error",
        "Server is already listening",
        "Operation failed",
        "No data",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        cr_assert_str_eq(atw_err_info_text((int32_t)i), texts[i]);
        cr_assert_eq(atw_err_info_from_text((const uint8_t *)texts[i], strlen(texts[i])), (int32_t)i, "%s", texts[i]);
    }
    check_bounds(atw_err_info_text, 23);
}

static int32_t code_of(const char *text)
{
    return atw_err_info_from_text((const uint8_t *)text, strlen(text));
}

Test(text, both_spellings_of_a_failed_netclose)
{
    cr_assert_eq(code_of("Netclose failed for socket opened"), 16);
    cr_assert_eq(code_of("Net close failed for socket opened"), 16);
}

Test(text, an_err_info_is_matched_whole_and_exactly)
{
    cr_assert_eq(atw_err_info_from_text(NULL, 0), -1);
    cr_assert_eq(atw_err_info_from_text((const uint8_t *)"TCP busy", 7), -1);
    cr_assert_eq(atw_err_info_from_text((const uint8_t *)"No data", 8), -1, "the NUL is no part of the text");
    cr_assert_eq(atw_err_info_from_text((const uint8_t *)"No data\0TCP busy", 16), -1);
    cr_assert_eq(atw_err_info_from_text((const uint8_t *)"\0No data", 8), -1, "a NUL in front counts");
    cr_assert_eq(atw_err_info_from_text((const uint8_t *)"No data and more", 7), 22, "the length counts");
    cr_assert_eq(code_of("no data"), -1);
    cr_assert_eq(code_of("No data "), -1);
    cr_assert_eq(code_of(" No data"), -1);
    cr_assert_eq(code_of("operation succeeded"), -1, "an err's text is none");
}

/* One octet of each text changed: no other text is so near. */
Test(text, a_changed_err_info_is_unknown)
{
    for (int32_t code = 0; code < 23; code++) {
        char text[64];
        const size_t length = strlen(atw_err_info_text(code));
        snprintf(text, sizeof text, "%s", atw_err_info_text(code));
        for (size_t i = 0; i < length; i++) {
            text[i] ^= 1;
            cr_assert_eq(code_of(text), -1, "%s", text);
            text[i] ^= 1;
        }
        cr_assert_eq(atw_err_info_from_text((const uint8_t *)text, length - 1), -1);
    }
}

Test(text, close_reasons_of_the_manuals)
{
    check_bounds(atw_close_reason_text, 4);
#define CLOSE_REASON(code, text) cr_assert_str_eq(atw_close_reason_text(code), text);
#include "../grammar/error.def"
}

/* ---- times ---- */

/* The tables of A7600 2.1, 2.3, 2.4 and SIM7028 2.1.1 to 2.1.20. */
Test(text, the_longest_times_that_a_manual_grants)
{
    static const struct {
        atw_name name;
        uint32_t time_ms;
    } rows[] = {
        {ATW_NAME_NETOPEN, 120000},  {ATW_NAME_NETCLOSE, 120000}, {ATW_NAME_CIPOPEN, 120000},
        {ATW_NAME_CIPSEND, 120000},  {ATW_NAME_CIPCLOSE, 120000}, {ATW_NAME_CIPRXGET, 8000},
        {ATW_NAME_CDNSGIP, 6000},    {ATW_NAME_IPADDR, 9000},     {ATW_NAME_CIPHEAD, 9000},
        {ATW_NAME_CIPSRIP, 9000},    {ATW_NAME_CIPMODE, 9000},    {ATW_NAME_CIPSENDMODE, 9000},
        {ATW_NAME_CIPTIMEOUT, 9000}, {ATW_NAME_CIPCCFG, 9000},    {ATW_NAME_SERVERSTART, 9000},
        {ATW_NAME_SERVERSTOP, 9000}, {ATW_NAME_CIPACK, 9000},     {ATW_NAME_CSOCKSETPN, 9000},
        {ATW_NAME_CTCPKA, 9000},     {ATW_NAME_CDNSCFG, 9000},
    };
    for (size_t i = 0; i < COUNT_OF(rows); i++)
        cr_assert_eq(atw_max_response_ms(rows[i].name), rows[i].time_ms, "%s: %lu ms", atw_name_text(rows[i].name),
                     (unsigned long)atw_max_response_ms(rows[i].name));
}

Test(text, where_no_time_is_documented_it_is_0)
{
    static const atw_name names[] = {ATW_NAME_NONE,  ATW_NAME_CSQ,       ATW_NAME_CGDCONT, ATW_NAME_CIPDNSSET,
                                     ATW_NAME_OK,    ATW_NAME_RECV_FROM, ATW_NAME_AT,      ATW_NAME_OTHER,
                                     ATW_NAME_COUNT, (atw_name)255};
    for (size_t i = 0; i < COUNT_OF(names); i++)
        cr_assert_eq(atw_max_response_ms(names[i]), 0);
}
