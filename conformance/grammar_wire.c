#include "grammar_wire.h"

#include <ctype.h>
#include <string.h>

void grammar_add_word(buffer *to, const char *word)
{
    for (; *word != '\0'; word++) {
        const int letter = *word == '_' ? '-' : tolower((unsigned char)*word);
        buffer_octet(to, (char)letter);
    }
}

void grammar_add_families(buffer *to, unsigned families)
{
    const char *between = "";
    for (size_t i = 0; i < grammar_families_count; i++) {
        if (i != ATW_FAMILY_ANY && grammar_in_family(families, (atw_family)i)) {
            buffer_text(to, between);
            buffer_text(to, grammar_families[i].name);
            between = " ";
        }
    }
}

const grammar_name *grammar_name_of(atw_name name)
{
    size_t i = 0;
    while (grammar_names[i].name != name) {
        i++;
    }
    return &grammar_names[i];
}

bool grammar_is_ipv6(const grammar_name *name)
{
    return strstr(name->text, "IPv6") != NULL;
}

/* Commands of one letter, perhaps after `&`, and S parameters are V.250's basic ones; the others have a plus sign. */
static bool is_basic(const grammar_name *name)
{
    return strlen(name->text) <= 2;
}

void grammar_add_command(buffer *to, const grammar_name *name)
{
    buffer_text(to, is_basic(name) ? "AT" : "AT+");
    buffer_text(to, name->text);
}

/* What stands between a name and its first field. */
static const char *separator(const grammar_name *name)
{
    switch (name->name) {
    case ATW_NAME_IPD: return "";
    case ATW_NAME_RECEIVE: return ",";
    case ATW_NAME_RECV_FROM:
    case ATW_NAME_RCV_FROM: return ":";
    default: return name->kind == GRAMMAR_WORD ? "" : ": ";
    }
}

void grammar_add_prefix(buffer *to, const grammar_name *name)
{
    buffer_text(to, name->kind == GRAMMAR_COMMAND || name->kind == GRAMMAR_PREFIX ? "+" : "");
    buffer_text(to, name->text);
    buffer_text(to, separator(name));
}

/* What stands before a field that is not a line's first. CONNECT's text is its first and has a blank of its own. */
static void add_field_separator(buffer *to, const grammar_name *name, grammar_type type, bool first)
{
    if (first) {
        buffer_text(to, name->kind == GRAMMAR_WORD ? " " : "");
    } else if (type == GRAMMAR_TYPE_TAGGED) {
        buffer_text(to, grammar_is_ipv6(name) ? ",Secondary IPv6 DNS: " : ",Secondary IPv4 DNS: ");
    } else {
        buffer_octet(to, type == GRAMMAR_TYPE_PORT ? ':' : ',');
    }
}

static void add_field(buffer *to, const grammar_param *param)
{
    if (param->type == GRAMMAR_TYPE_LITERAL) {
        buffer_number(to, grammar_ranges[param->range].low);
        return;
    }
    buffer_format(to, param->type == GRAMMAR_TYPE_STRING ? "\"<%s>\"" : "<%s>", param->key);
}

void grammar_add_shape(buffer *to, const grammar_name *name, const grammar_line *line)
{
    size_t open = 0;
    grammar_add_prefix(to, name);
    for (size_t i = 0; line->params[i] != 0; i++) {
        const bool optional = (line->params[i] & GRAMMAR_OPTIONAL) != 0;
        const grammar_param *param = &grammar_params[line->params[i] & ~GRAMMAR_OPTIONAL];
        if (optional) {
            buffer_octet(to, '[');
            open++;
        }
        add_field_separator(to, name, param->type, i == 0);
        add_field(to, param);
    }
    for (; open > 0; open--) {
        buffer_octet(to, ']');
    }
}

static void add_values(buffer *to, grammar_limits limits)
{
    const char *between = "";
    for (int64_t value = limits.low; value <= limits.high; value++) {
        if ((limits.mask >> value & 1u) != 0) {
            buffer_text(to, between);
            buffer_number(to, value);
            between = " ";
        }
    }
}

void grammar_add_limits(buffer *to, grammar_limits limits)
{
    if (!limits.checked) {
        return;
    }
    if (limits.mask != 0) {
        add_values(to, limits);
        return;
    }
    buffer_number(to, limits.low);
    if (limits.high > limits.low) {
        buffer_text(to, "..");
        buffer_number(to, limits.high);
    }
    if (limits.also < limits.low || limits.also > limits.high) {
        buffer_octet(to, ' ');
        buffer_number(to, limits.also);
    }
}
