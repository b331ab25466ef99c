#include <inttypes.h>
#include <string.h>

#include "grammar_formats.h"
#include "grammar_wire.h"

static void add_heading(buffer *to, const char *text)
{
    buffer_format(to, "\n%s\n", text);
    for (size_t i = strlen(text); i > 0; i--) {
        buffer_octet(to, '=');
    }
    buffer_octet(to, '\n');
}

/* A word of a .def file in a column of its own. */
static void add_column(buffer *to, const char *word, size_t width)
{
    const size_t start = to->count;
    grammar_add_word(to, word);
    do {
        buffer_octet(to, ' ');
    } while (to->count < start + width);
}

static void add_family_list(buffer *to, unsigned families)
{
    buffer_octet(to, '[');
    grammar_add_families(to, families);
    buffer_octet(to, ']');
}

static void add_family(buffer *to, atw_family family)
{
    const grammar_family *row = &grammar_families[family];
    buffer_format(to, "%-8s %s\n         links 0..%u, servers 0..%u, close reasons ", row->name, row->manual,
                  row->links - 1, row->servers - 1);
    grammar_add_limits(to, grammar_limits_of(ATW_PARAM_CLOSE_REASON, family));
    buffer_octet(to, '\n');
}

static void add_families(buffer *to, atw_family family)
{
    add_heading(to, "Families");
    for (size_t i = 0; i < grammar_families_count; i++) {
        if (family == ATW_FAMILY_ANY || family == (atw_family)i) {
            add_family(to, (atw_family)i);
        }
    }
}

static void add_form(buffer *to, const grammar_form *form)
{
    buffer_text(to, "    ");
    add_column(to, form->form, 9);
    buffer_format(to, "%s\n             ", form->syntax);
    grammar_add_word(to, form->order);
    if (form->max_ms > 0) {
        buffer_format(to, ", %" PRIu32 " ms at most", form->max_ms);
    }
    buffer_octet(to, ' ');
    add_family_list(to, form->families);
    buffer_format(to, " (%s)\n", form->source);
}

static void add_forms(buffer *to, const grammar_name *command, atw_family family)
{
    bool found = false;
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const grammar_form *form = &grammar_forms[i];
        if (form->command == command->name && grammar_in_family(form->families, family)) {
            add_form(to, form);
            found = true;
        }
    }
    if (!found) {
        buffer_text(to, "    no form in this family's manual\n");
    }
}

static void add_argument(buffer *to, const grammar_argument *argument)
{
    buffer_format(to, "    <%s> ", argument->key);
    grammar_add_word(to, argument->type);
    if (argument->low <= argument->high) {
        buffer_format(to, " %" PRId32 "..%" PRId32, argument->low, argument->high);
    }
    buffer_text(to, argument->optional ? ", optional" : ", mandatory");
    if (*argument->standard != '\0') {
        buffer_format(to, ", default %s", argument->standard);
    }
    buffer_octet(to, ' ');
    add_family_list(to, argument->families);
    buffer_format(to, " (%s)\n", argument->source);
}

static void add_arguments(buffer *to, const grammar_name *command, atw_family family)
{
    for (size_t i = 0; i < grammar_arguments_count; i++) {
        const grammar_argument *argument = &grammar_arguments[i];
        if (argument->command == command->name && grammar_in_family(argument->families, family)) {
            add_argument(to, argument);
        }
    }
}

static void add_command(buffer *to, const grammar_name *command, atw_family family)
{
    buffer_octet(to, '\n');
    grammar_add_command(to, command);
    buffer_text(to, "  ");
    add_family_list(to, command->families);
    buffer_format(to, " (%s)\n    complete with ", command->source);
    grammar_add_word(to, command->complete);
    if (strcmp(command->index, "NO_INDEX") != 0) {
        buffer_text(to, "; names ");
        grammar_add_word(to, command->index);
    }
    if (strcmp(command->data, "NO_DATA") != 0) {
        buffer_text(to, "; takes data by ");
        grammar_add_word(to, command->data);
    }
    buffer_octet(to, '\n');
    add_forms(to, command, family);
    add_arguments(to, command, family);
}

static void add_commands(buffer *to, atw_family family)
{
    add_heading(to, "Commands: forms, answers in their order, longest response times, arguments");
    for (size_t i = 0; i < grammar_names_count; i++) {
        if (grammar_names[i].kind == GRAMMAR_COMMAND && grammar_in_family(grammar_names[i].families, family)) {
            add_command(to, &grammar_names[i], family);
        }
    }
}

static void add_escapes(buffer *to, atw_family family)
{
    add_heading(to, "Escapes from data mode");
    for (size_t i = 0; i < grammar_escapes_count; i++) {
        const grammar_escape *escape = &grammar_escapes[i];
        if (!grammar_in_family(escape->families, family)) {
            continue;
        }
        add_column(to, escape->id, 6);
        buffer_format(to, "%s%s", escape->syntax, *escape->syntax == '\0' ? "" : "  ");
        grammar_add_word(to, escape->order);
        if (escape->guard_ms > 0) {
            buffer_format(to, ", silence of %" PRIu32 " ms before and after, of %" PRIu32 " ms at most inside",
                          escape->guard_ms, escape->interval_ms);
        }
        buffer_format(to, " (%s)\n", escape->source);
    }
}

static void add_param(buffer *to, int entry, atw_family family)
{
    const atw_param param = (atw_param)(entry & ~GRAMMAR_OPTIONAL);
    const grammar_param *row = &grammar_params[param];
    if (*row->key == '\0') {
        return; /* a literal that tells shapes apart: it stands in the shape */
    }
    const grammar_limits limits = grammar_limits_of(param, family);
    const char *source = grammar_ranges[row->range].source;
    buffer_format(to, "    <%s> ", row->key);
    grammar_add_word(to, row->type_text);
    buffer_text(to, limits.checked ? " " : "");
    grammar_add_limits(to, limits);
    buffer_text(to, (entry & GRAMMAR_OPTIONAL) != 0 ? ", optional" : "");
    if (*source != '\0') {
        buffer_format(to, " (%s)", source);
    }
    buffer_octet(to, '\n');
}

static const char *flag_meaning(grammar_line_flag flag)
{
    switch (flag) {
    case GRAMMAR_IF_PENDING: return ", only while its command is pending";
    case GRAMMAR_RAW_DATA: return ", then as many octets of payload as it counts";
    case GRAMMAR_HEX_DATA: return ", then twice as many hex digits as it counts";
    case GRAMMAR_ALWAYS:
    default: return "";
    }
}

static void add_line(buffer *to, const grammar_name *name, const grammar_line *line, atw_family family)
{
    grammar_add_shape(to, name, line);
    buffer_format(to, "\n    %s%s (%s)\n", name->kind == GRAMMAR_WORD ? name->source : line->source,
                  flag_meaning(line->flag), line->id);
    for (size_t i = 0; line->params[i] != 0; i++) {
        add_param(to, line->params[i], family);
    }
}

static void add_lines(buffer *to, atw_kind kind, const char *heading, atw_family family)
{
    add_heading(to, heading);
    for (size_t i = 0; i < grammar_names_count; i++) {
        const grammar_name *name = &grammar_names[i];
        const grammar_group *group = &grammar_groups[name->group];
        for (size_t row = group->first; row < group->end; row++) {
            if (grammar_lines[row].kind == kind && grammar_in_family(name->families, family)) {
                add_line(to, name, &grammar_lines[row], family);
            }
        }
    }
}

static void add_codes(buffer *to, const char *heading, const grammar_code *codes, size_t count)
{
    add_heading(to, heading);
    for (size_t i = 0; i < count; i++) {
        buffer_format(to, "%3d  %s\n", codes[i].code, codes[i].text);
    }
}

static void add_close_reasons(buffer *to, atw_family family)
{
    add_heading(to, "<close_reason>: why a link was closed");
    for (size_t i = 0; i < grammar_close_reasons_count; i++) {
        if ((grammar_families[family].close_reasons >> grammar_close_reasons[i].code & 1u) != 0) {
            buffer_format(to, "%3d  %s\n", grammar_close_reasons[i].code, grammar_close_reasons[i].text);
        }
    }
}

static void add_notes(buffer *to)
{
    add_heading(to, "Notes: what is accepted although the manuals do not have it");
    for (size_t i = 0; i < grammar_notes_count; i++) {
        buffer_format(to, "~%-15s %s\n", grammar_notes[i].text, grammar_notes[i].meaning);
    }
}

void grammar_text(buffer *to, atw_family family)
{
    buffer_format(to, "atwire grammar, family %s\n\n", grammar_families[family].name);
    buffer_text(
        to,
        "Every row of parser/grammar that this family has. Sources are manual and section. Ranges are the documented\n"
        "values; a range followed by a number has that value too. A form's answer names what comes, in its order.\n");
    add_families(to, family);
    add_lines(to, ATW_FINAL, "Final result codes", family);
    add_lines(to, ATW_CONNECT, "Intermediate result codes", family);
    add_commands(to, family);
    add_escapes(to, family);
    add_lines(to, ATW_INFO, "Information responses", family);
    add_lines(to, ATW_RESULT, "Result lines", family);
    add_lines(to, ATW_ERROR, "Error detail lines", family);
    add_lines(to, ATW_URC, "Unsolicited result codes", family);
    add_notes(to);
    add_codes(to, "<err>: the outcome of an operation", grammar_errs, grammar_errs_count);
    add_codes(to, "<err_info>: the cause in +IP ERROR", grammar_err_infos, grammar_err_infos_count);
    add_codes(to, "<err_info>: other spellings", grammar_err_infos_also, grammar_err_infos_also_count);
    add_close_reasons(to, family);
    add_codes(to, "<dns_error_code>: why a name was not resolved", grammar_dns_errors, grammar_dns_errors_count);
    add_codes(to, "<cnf_send_length>: special values", grammar_cnf_sends, grammar_cnf_sends_count);
}
