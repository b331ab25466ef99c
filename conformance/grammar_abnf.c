#include "grammar_formats.h"
#include "grammar_wire.h"

/* Rule names are the ids of the .def rows, in lower case with hyphens; a group's prefix is `<group>-prefix`. */

static const struct {
    grammar_type type;
    const char *elements;
} type_elements[] = {
    {GRAMMAR_TYPE_INT, "integer"},         {GRAMMAR_TYPE_STRING, "quoted-string"}, {GRAMMAR_TYPE_WORD, "bare-word"},
    {GRAMMAR_TYPE_TEXT, "line-rest"},      {GRAMMAR_TYPE_ADDRESS, "address"},      {GRAMMAR_TYPE_RANGES, "range-list"},
    {GRAMMAR_TYPE_PEER, "address"},        {GRAMMAR_TYPE_PORT, "integer"},         {GRAMMAR_TYPE_TAGGED, "bare-word"},
    {GRAMMAR_TYPE_ERR_INFO, "error-text"},
};

/* What the module sends, from the whole down; the kinds are added to `line`. */
static const char head[] =
    "; RFC 5234, with the case-sensitive strings of RFC 7405 and the core rules of RFC 5234 B.1.\n"
    "; The shapes of line.def; what is accepted beyond them (blanks, leading zeros) has a note and is not in here.\n"
    "; The pending command and the counts decide between rules that overlap: lines with IF_PENDING, payloads, echo.\n\n"
    "stream = *( [ line ] CRLF / connect CRLF transparent-data / prompt )\n"
    "line = final / info / result / error / urc / echo / text-line\n"
    "prompt = \">\" [ SP ]\n"
    "echo = ( \"AT\" / \"A/\" ) *( %x20-7E / %x80-FF ) ; the pending command as it was sent\n"
    "text-line = 1*( %x20-7E / %x80-FF ) ; whatever no other rule of `line` matches\n"
    "transparent-data = *OCTET ; up to the final result code that answers an escape\n"
    "payload = *OCTET ; exactly as many octets as the line counts\n"
    "hex-payload = *( 2HEXDIG ) ; exactly as many pairs as the line counts\n\n";

static const char types[] = "integer = [ \"-\" ] 1*DIGIT\n"
                            "quoted-string = DQUOTE *( %x20-21 / %x23-7E / %x80-FF ) DQUOTE\n"
                            "bare-word = 1*( %x20-2B / %x2D-7E / %x80-FF )\n"
                            "line-rest = 1*( %x20-7E / %x80-FF )\n"
                            "address = 1*( HEXDIG / \".\" / \":\" )\n"
                            "range-list = *( %x20-27 / %x29-7E ) \"(\" *%x20-7E\n";

static void add_kind(buffer *to, atw_kind kind, const char *rule, atw_family family)
{
    const char *between = " = ";
    buffer_text(to, rule);
    for (size_t group = 1; group < grammar_groups_count; group++) {
        if (!grammar_group_in_family(group, family)) {
            continue;
        }
        for (size_t row = grammar_groups[group].first; row < grammar_groups[group].end; row++) {
            if (grammar_lines[row].kind == kind) {
                buffer_text(to, between);
                grammar_add_word(to, grammar_lines[row].id);
                between = "\n    / ";
            }
        }
    }
    buffer_octet(to, '\n');
}

static void add_kinds(buffer *to, atw_family family)
{
    add_kind(to, ATW_FINAL, "final", family);
    add_kind(to, ATW_CONNECT, "connect", family);
    add_kind(to, ATW_INFO, "info", family);
    add_kind(to, ATW_RESULT, "result", family);
    add_kind(to, ATW_ERROR, "error", family);
    add_kind(to, ATW_URC, "urc", family);
}

static void add_prefix_rule(buffer *to, size_t group, atw_family family)
{
    const char *between = " = ";
    grammar_add_word(to, grammar_groups[group].id);
    buffer_text(to, "-prefix");
    for (size_t i = 0; i < grammar_names_count; i++) {
        const grammar_name *name = &grammar_names[i];
        if (name->group == group && grammar_in_family(name->families, family)) {
            buffer_format(to, "%s%%s\"", between);
            grammar_add_prefix(to, name);
            buffer_octet(to, '"');
            between = " / ";
        }
    }
    buffer_octet(to, '\n');
}

/* What stands before a parameter that is not the first: a peer's port and DNS labels have separators of their own. */
static const char *separator(grammar_type type, bool first)
{
    if (first) {
        return "";
    }
    switch (type) {
    case GRAMMAR_TYPE_PORT: return "\":\" ";
    case GRAMMAR_TYPE_TAGGED: return "%s\",Secondary IPv\" ( \"4\" / \"6\" ) %s\" DNS: \" ";
    default: return "\",\" ";
    }
}

static void add_line_rule(buffer *to, const grammar_group *group, const grammar_line *line)
{
    size_t open = 0;
    grammar_add_word(to, line->id);
    buffer_text(to, " = ");
    grammar_add_word(to, group->id);
    buffer_text(to, "-prefix");
    for (size_t i = 0; line->params[i] != 0; i++) {
        const grammar_param *param = &grammar_params[line->params[i] & ~GRAMMAR_OPTIONAL];
        const bool optional = (line->params[i] & GRAMMAR_OPTIONAL) != 0;
        buffer_text(to, optional ? " [ " : " ");
        open += optional;
        buffer_text(to, line->kind == ATW_CONNECT ? "SP " : separator(param->type, i == 0));
        grammar_add_word(to, param->id);
    }
    for (; open > 0; open--) {
        buffer_text(to, " ]");
    }
    if (line->flag == GRAMMAR_RAW_DATA || line->flag == GRAMMAR_HEX_DATA) {
        buffer_text(to, line->flag == GRAMMAR_RAW_DATA ? " CRLF payload" : " CRLF hex-payload");
    }
    buffer_format(to, " ; %s\n", line->source);
}

static void add_groups(buffer *to, atw_family family)
{
    for (size_t group = 1; group < grammar_groups_count; group++) {
        if (!grammar_group_in_family(group, family)) {
            continue;
        }
        buffer_octet(to, '\n');
        add_prefix_rule(to, group, family);
        for (size_t row = grammar_groups[group].first; row < grammar_groups[group].end; row++) {
            add_line_rule(to, &grammar_groups[group], &grammar_lines[row]);
        }
    }
}

static bool line_uses(const grammar_line *line, size_t param)
{
    for (size_t i = 0; line->params[i] != 0; i++) {
        if ((size_t)(line->params[i] & ~GRAMMAR_OPTIONAL) == param) {
            return true;
        }
    }
    return false;
}

static bool is_used(size_t param, atw_family family)
{
    for (size_t group = 1; group < grammar_groups_count; group++) {
        for (size_t row = grammar_groups[group].first; row < grammar_groups[group].end; row++) {
            if (line_uses(&grammar_lines[row], param) && grammar_group_in_family(group, family)) {
                return true;
            }
        }
    }
    return false;
}

static void add_elements(buffer *to, const grammar_param *param)
{
    if (param->type == GRAMMAR_TYPE_LITERAL) {
        buffer_octet(to, '"');
        buffer_number(to, grammar_ranges[param->range].low);
        buffer_octet(to, '"');
        return;
    }
    for (size_t i = 0; i < sizeof type_elements / sizeof type_elements[0]; i++) {
        if (type_elements[i].type == param->type) {
            buffer_text(to, type_elements[i].elements);
        }
    }
}

static void add_param_rules(buffer *to, atw_family family)
{
    buffer_octet(to, '\n');
    for (size_t i = 1; i < grammar_params_count; i++) {
        const grammar_limits limits = grammar_limits_of((atw_param)i, family);
        if (!is_used(i, family)) {
            continue;
        }
        grammar_add_word(to, grammar_params[i].id);
        buffer_text(to, " = ");
        add_elements(to, &grammar_params[i]);
        if (limits.checked && grammar_params[i].type != GRAMMAR_TYPE_LITERAL) {
            buffer_text(to, " ; ");
            grammar_add_limits(to, limits);
        }
        buffer_octet(to, '\n');
    }
}

static void add_texts(buffer *to, const grammar_code *codes, size_t count, const char *start)
{
    for (size_t i = 0; i < count; i++) {
        buffer_format(to, "%s%%s\"%s\" ; %d\n", i == 0 ? start : "    / ", codes[i].text, codes[i].code);
    }
}

void grammar_abnf(buffer *to, atw_family family)
{
    buffer_format(to, "; atwire grammar --format abnf --family %s\n", grammar_families[family].name);
    buffer_format(to, "; What modules send: %s.\n", grammar_families[family].manual);
    buffer_text(to, head);
    add_kinds(to, family);
    add_groups(to, family);
    add_param_rules(to, family);
    buffer_octet(to, '\n');
    buffer_text(to, types);
    if (is_used(ATW_PARAM_ERR_INFO_TEXT, family)) {
        add_texts(to, grammar_err_infos, grammar_err_infos_count, "error-text = ");
        add_texts(to, grammar_err_infos_also, grammar_err_infos_also_count, "    / ");
    }
}
