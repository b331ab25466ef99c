#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>

#include "grammar_pages.h"
#include "grammar_wire.h"

/* A rule of the ABNF page. */
typedef struct rule {
    char name[64];
    bool used;
} rule;

typedef struct rules {
    rule list[1024];
    size_t count;
} rules;

/* Names of rules have no case (RFC 5234 2.1). */
static rule *find_rule(rules *in, const char *name)
{
    for (size_t i = 0; i < in->count; i++) {
        if (strcasecmp(in->list[i].name, name) == 0) {
            return &in->list[i];
        }
    }
    return NULL;
}

static void add_rule(rules *to, const char *name, bool used)
{
    cr_assert_null(find_rule(to, name), "%s is defined twice", name);
    cr_assert_lt(to->count, sizeof to->list / sizeof to->list[0]);
    rule *added = &to->list[to->count++];
    snprintf(added->name, sizeof added->name, "%s", name);
    added->used = used;
}

static size_t take_name(const char *at, char name[64])
{
    size_t length = 0;
    while (isalnum((unsigned char)at[length]) || at[length] == '-') {
        cr_assert_lt(length, 63);
        name[length] = at[length];
        length++;
    }
    name[length] = '\0';
    return length;
}

/* RFC 5234 B.1: the page may use them and must not define them. */
static void add_core_rules(rules *to)
{
    static const char *const core[] = {"ALPHA",  "BIT",  "CHAR", "CR",   "CRLF",  "CTL", "DIGIT", "DQUOTE",
                                       "HEXDIG", "HTAB", "LF",   "LWSP", "OCTET", "SP",  "VCHAR", "WSP"};
    for (size_t i = 0; i < sizeof core / sizeof core[0]; i++) {
        add_rule(to, core[i], true);
    }
}

static void collect_rules(rules *to, const char *page)
{
    for (const char *at = page; at != NULL; at = next_line(at)) {
        char name[64];
        if (!isalpha((unsigned char)*at)) {
            cr_assert_not_null(strchr("; \n", *at), "a line starts with %c", *at);
            continue;
        }
        const size_t length = take_name(at, name);
        cr_assert_eq(strncmp(at + length, " = ", 3), 0, "%s is not defined by ` = `", name);
        add_rule(to, name, strcmp(name, "stream") == 0);
    }
}

/* Past a string, comment or numeric value; NULL where none starts. */
static const char *skip_terminal(const char *at)
{
    if (at[0] == ';') {
        return at + strcspn(at, "\n");
    }
    if (at[0] == '%' && at[1] == 'x') {
        return at + 2 + strspn(at + 2, "0123456789ABCDEF-");
    }
    if (at[0] == '%' && at[1] == 's') {
        at += 2;
        cr_assert_eq(*at, '"');
    }
    if (at[0] == '"') {
        const char *end = strpbrk(at + 1, "\"\n");
        cr_assert(end != NULL && *end == '"', "open string: %.40s", at);
        return end + 1;
    }
    return NULL;
}

enum { DEPTH_MAX = 63 };

/* One element, operator or blank of the page; brackets are counted in `depth`, references marked as used. */
static const char *check_element(rules *known, const char *at, char *depth)
{
    char name[64];
    const char *next = skip_terminal(at);
    if (next != NULL) {
        return next;
    }
    const size_t length = isalpha((unsigned char)*at) ? take_name(at, name) : 0;
    if (length > 0) {
        rule *referred = find_rule(known, name);
        cr_assert_not_null(referred, "%s is not defined", name);
        referred->used = true;
        return at + length;
    }
    if (*at == '(' || *at == '[') {
        const size_t open = strlen(depth);
        cr_assert_lt(open, DEPTH_MAX, "brackets are nested too deep at %.40s", at);
        depth[open] = *at == '(' ? ')' : ']';
        depth[open + 1] = '\0';
    } else if (*at == ')' || *at == ']') {
        cr_assert(*depth != '\0' && depth[strlen(depth) - 1] == *at, "unbalanced at %.40s", at);
        depth[strlen(depth) - 1] = '\0';
    } else {
        cr_assert(strchr("/*= 12", *at) != NULL, "unexpected %.40s", at);
    }
    return at + 1;
}

static void check_closed(const char *page)
{
    static rules known;
    char depth[DEPTH_MAX + 1] = "";
    known.count = 0;
    add_core_rules(&known);
    collect_rules(&known, page);
    for (const char *at = page; *at != '\0';) {
        if (*at == '\n') {
            cr_assert(at[1] == ' ' || *depth == '\0', "a rule ends inside brackets before %.40s", at + 1);
            at += at[1] == ' ' ? 1 : 1 + strcspn(at + 1, " \n;"); /* a definition's own name is no reference */
        } else {
            at = check_element(&known, at, depth);
        }
    }
    for (size_t i = 0; i < known.count; i++) {
        cr_assert(known.list[i].used, "%s is defined and not used", known.list[i].name);
    }
}

Test(grammar, abnf_is_closed)
{
    for (int family = 0; family < ATW_FAMILY_COUNT; family++) {
        char *page = page_of((atw_family)family, "abnf");
        check_closed(page);
        free(page);
    }
}

Test(grammar, abnf_has_every_line)
{
    char *page = page_of(ATW_FAMILY_ANY, "abnf");
    for (size_t i = 0; i < grammar_lines_count; i++) {
        buffer start = {0};
        grammar_add_word(&start, grammar_lines[i].id);
        buffer_text(&start, " = ");
        cr_expect(has_line(page, buffer_string(&start)), "no rule %s", buffer_string(&start));
        buffer_free(&start);
    }
    cr_expect(has_line(page, "cipopen-prefix = %s\"+CIPOPEN: \"\n"));
    cr_expect(has_line(page, "ipd-length = ipd-prefix len CRLF payload ; "));
    cr_expect(has_line(page, "recv-from-peer = recv-from-prefix ip \":\" ip-port ; "));
    cr_expect(has_line(page, "recv-from-prefix = %s\"RECV FROM:\" / %s\"RCV FROM:\"\n"));
    free(page);
}
