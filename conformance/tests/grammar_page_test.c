#include "grammar_page.h"

#include <jansson.h>
#include <stdlib.h>

#include "grammar_pages.h"
#include "grammar_wire.h"

static json_t *json_of(atw_family family)
{
    json_error_t error;
    char *text = page_of(family, "json");
    json_t *page = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    cr_assert_not_null(page, "line %d: %s", error.line, error.text);
    free(text);
    return page;
}

Test(grammar, unknown_formats_and_families_print_nothing)
{
    char *text = NULL;
    size_t count = 0;
    FILE *out = open_memstream(&text, &count);
    cr_assert_eq(grammar_page(out, ATW_FAMILY_ANY, "html"), -1);
    cr_assert_eq(grammar_page(out, ATW_FAMILY_ANY, ""), -1);
    cr_assert_eq(grammar_page(out, ATW_FAMILY_ANY, "TEXT"), -1);
    cr_assert_eq(grammar_page(out, ATW_FAMILY_COUNT, "text"), -1);
    fclose(out);
    cr_assert_eq(count, 0);
    free(text);
}

Test(grammar, text_is_the_format_of_default)
{
    char *text = page_of(ATW_FAMILY_A7600, "text");
    char *standard = page_of(ATW_FAMILY_A7600, NULL);
    cr_assert_str_eq(standard, text);
    free(standard);
    free(text);
}

/* Rows of the .def files, counted here anew. */
enum {
    FAMILY_ROWS = 0
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) +1
#include "../../parser/grammar/family.def"
    ,
    NAME_ROWS = 0
#define COMMAND(id, text, lines, order, index, data, context, families, source) +1
#define PREFIX(id, text, lines, families, source) +1
#define WORD(id, text, lines, source) +1
#define HEADER(id, text, lines, families, source) +1
#include "../../parser/grammar/name.def"
    ,
    LINE_ROWS = 0
#define LINE(id, kind, flags, source, ...) +1
#include "../../parser/grammar/line.def"
    ,
    FORM_ROWS = 0
#define FORM(command, form, families, syntax, order, max_ms, source) +1
#include "../../parser/grammar/form.def"
    ,
    ESCAPE_ROWS = 0
#define ESCAPE(id, families, syntax, order, guard_ms, interval_ms, source) +1
#include "../../parser/grammar/form.def"
    ,
    ARG_ROWS = 0
#define ARG(command, key, type, low, high, standard, optional, families, source) +1
#include "../../parser/grammar/argument.def"
    ,
    NOTE_ROWS = 0
#define NOTE(id, text, meaning) +1
#include "../../parser/grammar/note.def"
    ,
    ERR_ROWS = 0
#define ERR(code, text) +1
#include "../../parser/grammar/error.def"
    ,
    ERR_INFO_ROWS = 0
#define ERR_INFO(code, text) +1
#include "../../parser/grammar/error.def"
    ,
    CLOSE_REASON_ROWS = 0
#define CLOSE_REASON(code, text) +1
#include "../../parser/grammar/error.def"
};

static size_t size_of(const json_t *page, const char *table)
{
    return json_array_size(json_object_get(page, table));
}

Test(grammar, json_has_every_row)
{
    json_t *page = json_of(ATW_FAMILY_ANY);
    const json_t *errors = json_object_get(page, "errors");
    cr_assert_eq(size_of(page, "families"), FAMILY_ROWS);
    cr_assert_eq(size_of(page, "names"), NAME_ROWS);
    cr_assert_eq(size_of(page, "lines"), LINE_ROWS);
    cr_assert_eq(size_of(page, "forms"), FORM_ROWS);
    cr_assert_eq(size_of(page, "escapes"), ESCAPE_ROWS);
    cr_assert_eq(size_of(page, "arguments"), ARG_ROWS);
    cr_assert_eq(size_of(page, "notes"), NOTE_ROWS);
    cr_assert_eq(size_of(errors, "err"), ERR_ROWS);
    cr_assert_eq(size_of(errors, "err_info"), ERR_INFO_ROWS);
    cr_assert_eq(size_of(errors, "close_reason"), CLOSE_REASON_ROWS);
    json_decref(page);
}

static bool lists_family(const json_t *row, const char *family)
{
    size_t index;
    json_t *name;
    json_array_foreach(json_object_get(row, "families"), index, name)
    {
        if (strcmp(json_string_value(name), family) == 0) {
            return true;
        }
    }
    return false;
}

/* How many rows of a table list the family. */
static size_t rows_listing(const json_t *page, const char *table, const char *family)
{
    size_t found = 0;
    size_t index;
    json_t *row;
    json_array_foreach(json_object_get(page, table), index, row)
    {
        found += lists_family(row, family);
    }
    return found;
}

Test(grammar, json_of_a_family_has_its_rows_and_no_others)
{
    static const char *const tables[] = {"names", "forms", "escapes", "arguments"};
    json_t *all = json_of(ATW_FAMILY_ANY);
    for (int family = ATW_FAMILY_ANY + 1; family < ATW_FAMILY_COUNT; family++) {
        const char *name = atw_family_name((atw_family)family);
        json_t *page = json_of((atw_family)family);
        for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++) {
            const size_t rows = size_of(page, tables[i]);
            cr_assert_eq(rows_listing(page, tables[i], name), rows, "%s of %s", tables[i], name);
            cr_assert_eq(rows_listing(all, tables[i], name), rows, "%s of %s", tables[i], name);
        }
        json_decref(page);
    }
    json_decref(all);
}

Test(grammar, text_has_the_commands_of_the_family)
{
    for (int family = 0; family < ATW_FAMILY_COUNT; family++) {
        char *page = page_of((atw_family)family, "text");
        for (size_t i = 0; i < grammar_names_count; i++) {
            const grammar_name *name = &grammar_names[i];
            if (name->kind != GRAMMAR_COMMAND) {
                continue;
            }
            buffer command = {0};
            grammar_add_command(&command, name);
            buffer_text(&command, "  [");
            cr_assert_eq(has_line(page, buffer_string(&command)), grammar_in_family(name->families, (atw_family)family),
                         "%s in %s", buffer_string(&command), atw_family_name((atw_family)family));
            buffer_free(&command);
        }
        free(page);
    }
}

/* Read from the manuals, not from the rows: one of each thing that the page can get wrong. */
Test(grammar, text_says_what_the_manuals_say)
{
    char *a7600 = page_of(ATW_FAMILY_A7600, "text");
    char *sim7028 = page_of(ATW_FAMILY_SIM7028, "text");
    char *sim7x00 = page_of(ATW_FAMILY_SIM7X00, "text");
    cr_assert(has_line(a7600, "         links 0..9, servers 0..3, close reasons 0 1 2\n"));
    cr_assert(has_line(sim7028, "         links 0..1, servers 0..1, close reasons 0 1 2\n"));
    cr_assert(has_line(sim7x00, "         links 0..9, servers 0..3, close reasons 0 1 3\n"));
    cr_assert(has_line(a7600, "    <link_num> integer 0..9, mandatory"));
    cr_assert_not(has_line(a7600, "    <link_num> integer 0..1"));
    cr_assert(has_line(sim7028, "    <link_num> integer 0..1, mandatory"));
    cr_assert_not(has_line(sim7028, "    <link_num> integer 0..9"));
    cr_assert(has_line(sim7028, "             data-final, 8000 ms at most [sim7028] (SIM7028 2.1.5)"));
    cr_assert(has_line(sim7028, "             result-final, 6000 ms at most [sim7028] (SIM7028 2.1.17)"));
    cr_assert(
        has_line(a7600, "plus  +++  final, silence of 1000 ms before and after, of 900 ms at most inside (A7600 1.2;"));
    cr_assert(has_line(a7600, "    <link_num> int 0..9 (family.def)"));
    cr_assert(has_line(sim7028, "    <link_num> int 0..1 (family.def)"));
    cr_assert(has_line(sim7028, "    <server_index> int 0..1 (family.def)"));
    cr_assert(has_line(sim7x00, "    <close_reason> int 0 1 3 (family.def)"));
    cr_assert(has_line(a7600, "    <rssi> int 0..31 99 (3GPP TS 27.007 8.5)"));
    cr_assert_null(strstr(sim7x00, "AT+CDNSGIP"));
    cr_assert_null(strstr(a7600, "AT+CTCPKA"));
    free(a7600);
    free(sim7028);
    free(sim7x00);
}

Test(grammar, shapes_read_as_the_manuals_print_them)
{
    static const char *const shapes[] = {
        "OK\n",
        "CONNECT[ <text>]\n",
        "+NETOPEN: <net_state>\n",
        "+CIPOPEN: <link_num>,<err>\n",
        "+CIPOPEN: <link_num>,\"<type>\",\"<server_ip>\",<server_port>,<index>\n",
        "+CIPSEND: <link_num>,<req_send_length>,<cnf_send_length>\n",
        "+CIPRXGET: 1,<link_num>\n",
        "+CIPRXGET: 2,<link_num>,<read_len>,<rest_len>\n",
        "+CIPRXGET: 4,<link_num>,<rest_len>\n",
        "+CDNSGIP: 0,<dns_error_code>\n",
        "+CLIENT: <link_num>,<server_index>,<client_ip>:<port>\n",
        "+IPCLOSE: <client_index>,<close_reason>\n",
        "+IPD<len>\n",
        "+RECEIVE,<link_num>,<len>\n",
        "RECV FROM:<ip>:<port>\n",
        "+IP ERROR: <text>\n",
        "Primary IPv4 DNS: <pri_dns>,Secondary IPv4 DNS: <sec_dns>\n",
        "Primary IPv6 DNS: <pri_dns>,Secondary IPv6 DNS: <sec_dns>\n",
    };
    char *page = page_of(ATW_FAMILY_ANY, "text");
    for (size_t i = 0; i < sizeof shapes / sizeof shapes[0]; i++) {
        cr_expect(has_line(page, shapes[i]), "no line %s", shapes[i]);
    }
    free(page);
}

/* A value of a parameter that every family documents. */
static void add_sample(buffer *to, const grammar_param *param)
{
    static const char *const samples[] = {
        [GRAMMAR_TYPE_STRING] = "\"x\"",     [GRAMMAR_TYPE_WORD] = "LTE",         [GRAMMAR_TYPE_TEXT] = "some text",
        [GRAMMAR_TYPE_ADDRESS] = "10.0.0.1", [GRAMMAR_TYPE_RANGES] = "(0-1)",     [GRAMMAR_TYPE_PEER] = "10.0.0.1",
        [GRAMMAR_TYPE_TAGGED] = "10.0.0.2",  [GRAMMAR_TYPE_ERR_INFO] = "No data",
    };
    if (param->type == GRAMMAR_TYPE_INT || param->type == GRAMMAR_TYPE_LITERAL || param->type == GRAMMAR_TYPE_PORT) {
        buffer_number(to, grammar_ranges[param->range].low);
    } else {
        buffer_text(to, samples[param->type]);
    }
}

/* A line of the shape: every `<key>` gives way to a value, brackets to what they hold. */
static void add_sample_line(buffer *to, const grammar_name *name, const grammar_line *line)
{
    buffer shape = {0};
    size_t next = 0;
    grammar_add_shape(&shape, name, line);
    for (const char *at = buffer_string(&shape); *at != '\0'; at++) {
        if (*at == '<') {
            while (grammar_params[line->params[next] & ~GRAMMAR_OPTIONAL].type == GRAMMAR_TYPE_LITERAL) {
                next++;
            }
            add_sample(to, &grammar_params[line->params[next++] & ~GRAMMAR_OPTIONAL]);
            at = strchr(at, '>');
        } else if (*at != '[' && *at != ']' && !(*at == '"' && strchr("<", at[1]) != NULL) &&
                   !(*at == '"' && at[-1] == '>')) {
            buffer_octet(to, *at);
        }
    }
    buffer_text(to, "\r\n");
    buffer_free(&shape);
}

static atw_event first_event(const buffer *octets)
{
    static uint8_t line[256];
    static const atw_config config = {.line = line, .line_size = sizeof line, .family = ATW_FAMILY_ANY};
    atw_parser parser;
    atw_event event = {0};
    size_t consumed;
    cr_assert_eq(atw_init(&parser, &config), ATW_MORE);
    cr_assert_eq(atw_parse(&parser, (const uint8_t *)octets->octets, octets->count, &consumed, &event), ATW_EVENT, "%s",
                 octets->octets);
    return event;
}

Test(grammar, the_parser_knows_every_line_of_the_page)
{
    for (size_t i = 0; i < grammar_names_count; i++) {
        const grammar_name *name = &grammar_names[i];
        const grammar_group *group = &grammar_groups[name->group];
        for (size_t row = group->first; row < group->end; row++) {
            buffer wire = {0};
            add_sample_line(&wire, name, &grammar_lines[row]);
            const atw_event event = first_event(&wire);
            const bool shadowed = grammar_lines[row].flag == GRAMMAR_IF_PENDING;
            cr_expect(event.kind == grammar_lines[row].kind || shadowed, "%s is of kind %d", wire.octets, event.kind);
            const bool renamed = name->kind == GRAMMAR_HEADER || event.kind == ATW_CONNECT;
            cr_expect(event.name == name->name || renamed, "%s has the name %s", wire.octets,
                      atw_name_text((atw_name)event.name));
            cr_expect(event.line != ATW_LINE_NONE, "%s has no row", wire.octets);
            buffer_free(&wire);
        }
    }
}

/* The octets of a dictionary entry, as libFuzzer and AFL++ read it: `\"`, `\\`, `\xNN`. Returns behind the entry. */
static const char *read_entry(const char *at, buffer *octets)
{
    cr_assert_eq(*at, '"', "expected a quote: %.40s", at);
    for (at++; *at != '"';) {
        cr_assert(*at >= ' ' && *at <= '~', "octet 0x%02x in an entry", (unsigned char)*at);
        unsigned octet = (unsigned char)*at;
        size_t length = 1;
        if (at[0] == '\\' && at[1] == 'x') {
            cr_assert_eq(sscanf(at + 2, "%2x", &octet), 1, "expected two hex digits: %.10s", at);
            length = 4;
        } else if (at[0] == '\\') {
            cr_assert(at[1] == '"' || at[1] == '\\', "unknown escape: %.10s", at);
            octet = (unsigned char)at[1];
            length = 2;
        }
        buffer_octet(octets, (char)octet);
        at += length;
    }
    cr_assert_eq(at[1], '\n', "expected a line's end: %.40s", at);
    return at + 2;
}

/* Reads every entry; returns how many are exactly `wanted`. */
static size_t entries_of(const char *page, const char *wanted)
{
    size_t found = 0;
    while (*page != '\0') {
        if (*page == '#') {
            page = strchr(page, '\n') + 1;
            continue;
        }
        buffer entry = {0};
        page = read_entry(page, &entry);
        cr_assert(entry.count >= 1 && entry.count < 128, "%s is too long for AFL++", buffer_string(&entry));
        found += entry.count == strlen(wanted) && memcmp(entry.octets, wanted, entry.count) == 0;
        buffer_free(&entry);
    }
    return found;
}

Test(grammar, dict_parses_and_has_every_name_once)
{
    static const char *const others[] = {"\r\n",
                                         ">",
                                         "+++",
                                         "\x1a",
                                         "+IPD",
                                         "+RECEIVE,",
                                         "+IP ERROR: ",
                                         "\r\nOK\r\n",
                                         "\r\nCONNECT FAIL\r\n",
                                         "RECV FROM:",
                                         "AT+NETOPEN\r",
                                         "AT+CIPSEND=",
                                         "No data",
                                         "Netclose failed for socket opened",
                                         "\"TCP\"",
                                         "1501"};
    char *page = page_of(ATW_FAMILY_ANY, "dict");
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        cr_expect_eq(entries_of(page, others[i]), 1, "entry %s", others[i]);
    }
    for (size_t i = 0; i < grammar_names_count; i++) {
        buffer text = {0};
        if (grammar_names[i].kind == GRAMMAR_COMMAND) {
            grammar_add_command(&text, &grammar_names[i]);
        } else if (grammar_names[i].kind == GRAMMAR_WORD) {
            buffer_format(&text, "\r\n%s\r\n", grammar_names[i].text);
        } else {
            grammar_add_prefix(&text, &grammar_names[i]);
        }
        cr_expect_eq(entries_of(page, buffer_string(&text)), 1, "entry %s", buffer_string(&text));
        buffer_free(&text);
    }
    free(page);
}

/* AFL++ tries every entry of a dictionary only up to 256 of them. */
Test(grammar, dict_of_every_family_parses_and_is_short_enough)
{
    for (int family = 0; family < ATW_FAMILY_COUNT; family++) {
        char *page = page_of((atw_family)family, "dict");
        size_t entries = 0;
        for (const char *at = strstr(page, "\n\""); at != NULL; at = strstr(at + 1, "\n\"")) {
            entries++;
        }
        cr_assert_eq(entries_of(page, "\r\n"), 1);
        cr_assert(entries > ERR_INFO_ROWS && entries <= 256, "%zu entries", entries);
        free(page);
    }
}
