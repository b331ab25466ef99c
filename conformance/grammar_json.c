#include <jansson.h>
#include <stdlib.h>

#include "grammar_formats.h"
#include "grammar_wire.h"
#include "notation.h"

/* jansson takes ownership of what is set or appended ("_new"): nothing here needs to be released but the whole. */

static void set_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, json_string(text));
}

/* A word of a .def file, as the other formats write it. */
static void set_word(json_t *object, const char *key, const char *word)
{
    buffer text = {0};
    grammar_add_word(&text, word);
    set_text(object, key, buffer_string(&text));
    buffer_free(&text);
}

static void set_number(json_t *object, const char *key, int64_t number)
{
    json_object_set_new(object, key, json_integer(number));
}

static void set_families(json_t *object, unsigned families)
{
    json_t *names = json_array();
    for (size_t i = 0; i < grammar_families_count; i++) {
        if (i != ATW_FAMILY_ANY && grammar_in_family(families, (atw_family)i)) {
            json_array_append_new(names, json_string(grammar_families[i].name));
        }
    }
    json_object_set_new(object, "families", names);
}

static json_t *family_list(atw_family family)
{
    json_t *list = json_array();
    for (size_t i = 0; i < grammar_families_count; i++) {
        if (family != ATW_FAMILY_ANY && family != (atw_family)i) {
            continue;
        }
        json_t *row = json_object();
        json_t *reasons = json_array();
        for (int reason = 0; grammar_families[i].close_reasons >> reason != 0; reason++) {
            if ((grammar_families[i].close_reasons >> reason & 1u) != 0) {
                json_array_append_new(reasons, json_integer(reason));
            }
        }
        set_text(row, "id", grammar_families[i].name);
        set_text(row, "manual", grammar_families[i].manual);
        set_number(row, "links", grammar_families[i].links);
        set_number(row, "servers", grammar_families[i].servers);
        json_object_set_new(row, "close_reasons", reasons);
        json_array_append_new(list, row);
    }
    return list;
}

static const char *name_kind(const grammar_name *name)
{
    static const char *const kinds[] = {
        [GRAMMAR_COMMAND] = "command",
        [GRAMMAR_PREFIX] = "prefix",
        [GRAMMAR_WORD] = "word",
        [GRAMMAR_HEADER] = "header",
    };
    return kinds[name->kind];
}

static json_t *name_row(const grammar_name *name)
{
    json_t *row = json_object();
    set_text(row, "name", atw_name_text(name->name));
    set_text(row, "text", name->text);
    set_text(row, "kind", name_kind(name));
    if (name->kind == GRAMMAR_COMMAND) {
        set_word(row, "complete", name->complete);
        set_word(row, "index", name->index);
        set_word(row, "data", name->data);
    }
    if (name->group != 0) {
        set_word(row, "lines", grammar_groups[name->group].id);
    }
    set_families(row, name->families);
    set_text(row, "source", name->source);
    return row;
}

static json_t *name_list(atw_family family)
{
    json_t *list = json_array();
    for (size_t i = 0; i < grammar_names_count; i++) {
        if (grammar_in_family(grammar_names[i].families, family)) {
            json_array_append_new(list, name_row(&grammar_names[i]));
        }
    }
    return list;
}

static json_t *limits_object(grammar_limits limits)
{
    json_t *object = json_object();
    set_number(object, "low", limits.low);
    set_number(object, "high", limits.high);
    if (limits.also < limits.low || limits.also > limits.high) {
        set_number(object, "also", limits.also);
    }
    if (limits.mask != 0) {
        json_t *values = json_array();
        for (int64_t value = limits.low; value <= limits.high; value++) {
            if ((limits.mask >> value & 1u) != 0) {
                json_array_append_new(values, json_integer(value));
            }
        }
        json_object_set_new(object, "values", values);
    }
    return object;
}

static json_t *param_row(int entry, atw_family family)
{
    const atw_param param = (atw_param)(entry & ~GRAMMAR_OPTIONAL);
    const grammar_param *of = &grammar_params[param];
    const grammar_limits limits = grammar_limits_of(param, family);
    json_t *row = json_object();
    set_word(row, "id", of->id);
    set_text(row, "key", of->key);
    set_word(row, "type", of->type_text);
    json_object_set_new(row, "optional", json_boolean((entry & GRAMMAR_OPTIONAL) != 0));
    if (limits.checked) {
        json_object_set_new(row, "range", limits_object(limits));
        set_text(row, "source", grammar_ranges[of->range].source);
    }
    return row;
}

static json_t *shape_list(size_t group, const grammar_line *line, atw_family family)
{
    json_t *list = json_array();
    for (size_t i = 0; i < grammar_names_count; i++) {
        if (grammar_names[i].group == group && grammar_in_family(grammar_names[i].families, family)) {
            buffer shape = {0};
            grammar_add_shape(&shape, &grammar_names[i], line);
            json_array_append_new(list, json_string(buffer_string(&shape)));
            buffer_free(&shape);
        }
    }
    return list;
}

static json_t *line_row(size_t group, const grammar_line *line, atw_family family)
{
    json_t *row = json_object();
    json_t *params = json_array();
    for (size_t i = 0; line->params[i] != 0; i++) {
        json_array_append_new(params, param_row(line->params[i], family));
    }
    set_word(row, "id", line->id);
    set_word(row, "lines", grammar_groups[group].id);
    set_text(row, "kind", notation_kind_text(line->kind));
    set_word(row, "condition", line->flag_text);
    json_object_set_new(row, "shapes", shape_list(group, line, family));
    json_object_set_new(row, "params", params);
    set_text(row, "source", line->source);
    return row;
}

static json_t *line_list(atw_family family)
{
    json_t *list = json_array();
    for (size_t group = 1; group < grammar_groups_count; group++) {
        if (!grammar_group_in_family(group, family)) {
            continue;
        }
        for (size_t row = grammar_groups[group].first; row < grammar_groups[group].end; row++) {
            json_array_append_new(list, line_row(group, &grammar_lines[row], family));
        }
    }
    return list;
}

static json_t *form_list(atw_family family)
{
    json_t *list = json_array();
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const grammar_form *form = &grammar_forms[i];
        if (!grammar_in_family(form->families, family)) {
            continue;
        }
        json_t *row = json_object();
        set_text(row, "command", atw_name_text(form->command));
        set_word(row, "form", form->form);
        set_text(row, "syntax", form->syntax);
        set_word(row, "order", form->order);
        set_number(row, "max_ms", form->max_ms);
        set_families(row, form->families);
        set_text(row, "source", form->source);
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *escape_list(atw_family family)
{
    json_t *list = json_array();
    for (size_t i = 0; i < grammar_escapes_count; i++) {
        const grammar_escape *escape = &grammar_escapes[i];
        if (!grammar_in_family(escape->families, family)) {
            continue;
        }
        json_t *row = json_object();
        set_word(row, "id", escape->id);
        set_text(row, "syntax", escape->syntax);
        set_word(row, "order", escape->order);
        set_number(row, "guard_ms", escape->guard_ms);
        set_number(row, "interval_ms", escape->interval_ms);
        set_families(row, escape->families);
        set_text(row, "source", escape->source);
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *argument_row(const grammar_argument *argument)
{
    json_t *row = json_object();
    set_text(row, "command", atw_name_text(argument->command));
    set_text(row, "key", argument->key);
    set_word(row, "type", argument->type);
    if (argument->low <= argument->high) {
        set_number(row, "low", argument->low);
        set_number(row, "high", argument->high);
    }
    if (*argument->standard != '\0') {
        set_text(row, "default", argument->standard);
    }
    json_object_set_new(row, "optional", json_boolean(argument->optional));
    set_families(row, argument->families);
    set_text(row, "source", argument->source);
    return row;
}

static json_t *argument_list(atw_family family)
{
    json_t *list = json_array();
    for (size_t i = 0; i < grammar_arguments_count; i++) {
        if (grammar_in_family(grammar_arguments[i].families, family)) {
            json_array_append_new(list, argument_row(&grammar_arguments[i]));
        }
    }
    return list;
}

static json_t *note_list(void)
{
    json_t *list = json_array();
    for (size_t i = 0; i < grammar_notes_count; i++) {
        json_t *row = json_object();
        set_text(row, "note", grammar_notes[i].text);
        set_text(row, "meaning", grammar_notes[i].meaning);
        json_array_append_new(list, row);
    }
    return list;
}

/* `mask`: which codes below 32 count. */
static json_t *code_list(const grammar_code *codes, size_t count, uint32_t mask)
{
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        if (codes[i].code < 0 || (mask >> codes[i].code & 1u) != 0) {
            json_t *row = json_object();
            set_number(row, "code", codes[i].code);
            set_text(row, "text", codes[i].text);
            json_array_append_new(list, row);
        }
    }
    return list;
}

static json_t *error_tables(atw_family family)
{
    json_t *tables = json_object();
    json_object_set_new(tables, "err", code_list(grammar_errs, grammar_errs_count, UINT32_MAX));
    json_object_set_new(tables, "err_info", code_list(grammar_err_infos, grammar_err_infos_count, UINT32_MAX));
    json_object_set_new(tables, "err_info_also",
                        code_list(grammar_err_infos_also, grammar_err_infos_also_count, UINT32_MAX));
    json_object_set_new(
        tables, "close_reason",
        code_list(grammar_close_reasons, grammar_close_reasons_count, grammar_families[family].close_reasons));
    json_object_set_new(tables, "dns_error", code_list(grammar_dns_errors, grammar_dns_errors_count, UINT32_MAX));
    json_object_set_new(tables, "cnf_send", code_list(grammar_cnf_sends, grammar_cnf_sends_count, UINT32_MAX));
    return tables;
}

void grammar_json(buffer *to, atw_family family)
{
    json_t *page = json_object();
    set_text(page, "schema", "atwire-grammar-1");
    set_text(page, "family", grammar_families[family].name);
    json_object_set_new(page, "families", family_list(family));
    json_object_set_new(page, "names", name_list(family));
    json_object_set_new(page, "lines", line_list(family));
    json_object_set_new(page, "forms", form_list(family));
    json_object_set_new(page, "escapes", escape_list(family));
    json_object_set_new(page, "arguments", argument_list(family));
    json_object_set_new(page, "notes", note_list());
    json_object_set_new(page, "errors", error_tables(family));
    char *text = json_dumps(page, JSON_INDENT(2));
    buffer_text(to, text != NULL ? text : "");
    buffer_octet(to, '\n');
    free(text);
    json_decref(page);
}
