#include <string.h>

#include "grammar_formats.h"
#include "grammar_wire.h"

static void escape_entry(buffer *to, const unsigned char *octets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (octets[i] == '"' || octets[i] == '\\') {
            buffer_octet(to, '\\');
        }
        if (octets[i] >= 0x20 && octets[i] <= 0x7e) {
            buffer_octet(to, (char)octets[i]);
        } else {
            buffer_format(to, "\\x%02x", (unsigned)octets[i]);
        }
    }
}

/* Entries without labels, and `#` comments: libFuzzer and AFL++ both read them. What is there already is left out. */
static void add_entry(buffer *to, const void *octets, size_t count)
{
    buffer line = {0};
    buffer_text(&line, "\n\"");
    escape_entry(&line, octets, count);
    buffer_text(&line, "\"\n");
    if (strstr(buffer_string(to), buffer_string(&line)) == NULL) {
        buffer_add(to, line.octets + 1, line.count - 1);
    }
    buffer_free(&line);
}

static void add_text(buffer *to, const char *text)
{
    add_entry(to, text, strlen(text));
}

static void add_and_clear(buffer *to, buffer *entry)
{
    add_entry(to, entry->octets, entry->count);
    buffer_clear(entry);
}

static void add_marks(buffer *to)
{
    static const char *const marks[] = {"\r\n", "\r\r\n", ">",  "\r\n> ",  "+++",     "\x1a", "\x1b", "\x03", "=?\r",
                                        "?\r",  "\"",     ",,", "\"TCP\"", "\"UDP\"", ";",    "A/",   "(0-1)"};
    buffer_text(to, "# ends, prompts, escapes, separators\n");
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        add_text(to, marks[i]);
    }
    add_entry(to, "\0", 1);
}

static void add_prefixes(buffer *to, atw_family family)
{
    buffer entry = {0};
    buffer_text(to, "# prefixes and whole lines\n");
    for (size_t i = 0; i < grammar_names_count; i++) {
        const grammar_name *name = &grammar_names[i];
        const bool is_line = name->kind != GRAMMAR_COMMAND || name->group != 0;
        if (!is_line || !grammar_in_family(name->families, family)) {
            continue;
        }
        if (name->kind == GRAMMAR_WORD) {
            buffer_text(&entry, "\r\n");
        }
        grammar_add_prefix(&entry, name);
        if (name->kind == GRAMMAR_WORD) {
            buffer_text(&entry, "\r\n");
        }
        add_and_clear(to, &entry);
    }
    buffer_free(&entry);
}

/* A literal first field decides the shape: it is worth an entry together with its prefix. */
static void add_shapes(buffer *to, const grammar_name *name)
{
    const grammar_group *group = &grammar_groups[name->group];
    for (size_t row = group->first; row < group->end; row++) {
        const grammar_param *param = &grammar_params[grammar_lines[row].params[0] & ~GRAMMAR_OPTIONAL];
        if (param->type == GRAMMAR_TYPE_LITERAL) {
            buffer entry = {0};
            grammar_add_prefix(&entry, name);
            buffer_number(&entry, grammar_ranges[param->range].low);
            buffer_octet(&entry, ',');
            add_and_clear(to, &entry);
            buffer_free(&entry);
        }
    }
}

static void add_literals(buffer *to, atw_family family)
{
    buffer_text(to, "# prefixes with a literal first field\n");
    for (size_t i = 0; i < grammar_names_count; i++) {
        if (grammar_in_family(grammar_names[i].families, family)) {
            add_shapes(to, &grammar_names[i]);
        }
    }
}

static void add_commands(buffer *to, atw_family family)
{
    buffer entry = {0};
    buffer_text(to, "# commands\n");
    for (size_t i = 0; i < grammar_names_count; i++) {
        if (grammar_names[i].kind == GRAMMAR_COMMAND && grammar_in_family(grammar_names[i].families, family)) {
            grammar_add_command(&entry, &grammar_names[i]);
            add_and_clear(to, &entry);
        }
    }
    buffer_free(&entry);
}

/*
 * Forms without parameters are whole command lines; of the others, what precedes the first parameter. Test and read
 * forms are a command and a mark, which are entries already: beyond 256 entries AFL++ tries only some of them.
 */
static void add_forms(buffer *to, atw_family family)
{
    buffer entry = {0};
    buffer_text(to, "# command lines, whole or up to their first parameter\n");
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const char *syntax = grammar_forms[i].syntax;
        const size_t fixed = strcspn(syntax, "<[.");
        const char *form = grammar_forms[i].form;
        const bool has_mark = strcmp(form, "TEST") == 0 || strcmp(form, "READ") == 0;
        if (!has_mark && grammar_in_family(grammar_forms[i].families, family)) {
            buffer_add(&entry, syntax, fixed);
            buffer_text(&entry, syntax[fixed] == '\0' ? "\r" : "");
            add_and_clear(to, &entry);
        }
    }
    buffer_free(&entry);
}

static void add_codes(buffer *to, const grammar_code *codes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        add_text(to, codes[i].text);
    }
}

static void add_numbers(buffer *to)
{
    buffer entry = {0};
    buffer_text(to, "# ends of the documented ranges, and of 32 bits\n");
    for (size_t i = 0; i < grammar_ranges_count; i++) {
        if (grammar_ranges[i].high > 9) {
            buffer_number(&entry, grammar_ranges[i].high);
            add_and_clear(to, &entry);
            buffer_number(&entry, grammar_ranges[i].high + 1);
            add_and_clear(to, &entry);
        }
    }
    buffer_free(&entry);
    add_text(to, "-1");
    add_text(to, "4294967296");
}

void grammar_dict(buffer *to, atw_family family)
{
    buffer_format(to, "# atwire grammar --format dict --family %s\n", grammar_families[family].name);
    add_marks(to);
    add_prefixes(to, family);
    add_literals(to, family);
    add_commands(to, family);
    add_forms(to, family);
    buffer_text(to, "# texts\n");
    add_codes(to, grammar_err_infos, grammar_err_infos_count);
    add_codes(to, grammar_err_infos_also, grammar_err_infos_also_count);
    add_text(to, "NETWORK CLOSED UNEXPECTEDLY");
    if (grammar_in_family(grammar_name_of(ATW_NAME_PRIMARY_IPV4)->families, family)) {
        add_text(to, ",Secondary IPv4 DNS: ");
        add_text(to, ",Secondary IPv6 DNS: ");
    }
    add_numbers(to);
}
