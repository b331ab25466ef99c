#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#include "grammar_wire.h"

/* The manual's `serverIP`, `PDP_type`, `domain name` as argument.def writes it: server_ip, pdp_type, domain_name. */
static void add_key(buffer *to, const char *name, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && isupper((unsigned char)name[i]) && islower((unsigned char)name[i - 1])) {
            buffer_octet(to, '_');
        }
        const int letter = name[i] == ' ' ? '_' : tolower((unsigned char)name[i]);
        buffer_octet(to, (char)letter);
    }
}

/* The families in which argument.def has that parameter of the command. */
static unsigned argument_families(atw_name command, const char *key)
{
    unsigned families = 0;
    for (size_t i = 0; i < grammar_arguments_count; i++) {
        if (grammar_arguments[i].command == command && strcmp(grammar_arguments[i].key, key) == 0) {
            cr_expect_eq(families & grammar_arguments[i].families, 0, "%s of %s stands twice for one family", key,
                         atw_name_text(command));
            families |= grammar_arguments[i].families;
        }
    }
    return families;
}

Test(grammar, every_parameter_of_a_form_is_an_argument)
{
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const grammar_form *form = &grammar_forms[i];
        for (const char *at = strchr(form->syntax, '<'); at != NULL; at = strchr(at + 1, '<')) {
            buffer key = {0};
            add_key(&key, at + 1, strcspn(at + 1, ">"));
            const unsigned families = argument_families(form->command, buffer_string(&key));
            cr_expect_eq(form->families & ~families, 0, "%s: no argument %s in families %x", form->syntax,
                         buffer_string(&key), form->families & ~families);
            buffer_free(&key);
        }
    }
}

/* The families in which the command has a form that takes arguments. */
static unsigned form_families(atw_name command)
{
    unsigned families = 0;
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const bool takes = strchr(grammar_forms[i].syntax, '<') != NULL;
        families |= grammar_forms[i].command == command && takes ? grammar_forms[i].families : 0;
    }
    return families;
}

Test(grammar, every_argument_has_a_form)
{
    for (size_t i = 0; i < grammar_arguments_count; i++) {
        const grammar_argument *argument = &grammar_arguments[i];
        cr_expect_eq(argument->families & ~form_families(argument->command), 0, "%s of %s in families without a form",
                     argument->key, atw_name_text(argument->command));
        cr_expect_neq(*argument->source, '\0');
        cr_expect(argument->low <= argument->high || (argument->low == 1 && argument->high == 0),
                  "%s of %s: no range is written 1, 0", argument->key, atw_name_text(argument->command));
    }
}

/* Whether a range is 0 to the last of `count`. */
static void check_index(const grammar_argument *argument, unsigned count)
{
    cr_expect(argument->low == 0 && argument->high == (int32_t)count - 1, "%s of %s: %d..%d with %u in family.def",
              argument->key, atw_name_text(argument->command), (int)argument->low, (int)argument->high, count);
}

Test(grammar, links_and_servers_are_as_many_as_the_family_has)
{
    for (size_t i = 0; i < grammar_arguments_count; i++) {
        const grammar_argument *argument = &grammar_arguments[i];
        for (int family = ATW_FAMILY_ANY + 1; family < ATW_FAMILY_COUNT; family++) {
            if (!grammar_in_family(argument->families, (atw_family)family)) {
                continue;
            }
            if (strcmp(argument->key, "link_num") == 0) {
                check_index(argument, grammar_families[family].links);
            } else if (strcmp(argument->key, "server_index") == 0) {
                check_index(argument, grammar_families[family].servers);
            }
        }
    }
}

/* What stands behind the command in the syntax of each form. */
static bool has_tail(const grammar_form *form, const char *tail)
{
    if (strcmp(form->form, "TEST") == 0) {
        return strcmp(tail, "=?") == 0;
    }
    if (strcmp(form->form, "READ") == 0) {
        return strcmp(tail, "?") == 0;
    }
    if (strcmp(form->form, "WRITE") == 0) {
        return tail[0] == '=' && tail[1] != '?' && tail[1] != '\0';
    }
    const bool is_basic = strlen(grammar_name_of(form->command)->text) <= 2;
    return strcmp(form->form, "EXECUTE") == 0 && (is_basic || *tail == '\0');
}

Test(grammar, syntax_is_the_command_and_its_form)
{
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const grammar_form *form = &grammar_forms[i];
        buffer command = {0};
        grammar_add_command(&command, grammar_name_of(form->command));
        cr_expect_eq(strncmp(form->syntax, buffer_string(&command), command.count), 0, "%s", form->syntax);
        cr_expect(has_tail(form, form->syntax + command.count), "%s is no %s", form->syntax, form->form);
        cr_expect_neq(*form->source, '\0');
        buffer_free(&command);
    }
}

Test(grammar, every_command_has_a_form_and_no_family_a_form_without_the_command)
{
    for (size_t i = 0; i < grammar_names_count && grammar_names[i].kind == GRAMMAR_COMMAND; i++) {
        unsigned families = 0;
        for (size_t form = 0; form < grammar_forms_count; form++) {
            families |= grammar_forms[form].command == grammar_names[i].name ? grammar_forms[form].families : 0;
        }
        cr_expect_neq(families, 0, "%s has no form", grammar_names[i].text);
        cr_expect_eq(families & ~grammar_names[i].families, 0, "%s has forms in families that lack it",
                     grammar_names[i].text);
    }
}

/* The two files that say when an exchange is complete and what takes data agree. */
Test(grammar, orders_agree_with_the_names)
{
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const grammar_form *form = &grammar_forms[i];
        const grammar_name *name = grammar_name_of(form->command);
        const bool has_result = strstr(form->order, "RESULT") != NULL;
        const bool write = strcmp(form->form, "WRITE") == 0;
        const bool execute = strcmp(form->form, "EXECUTE") == 0;
        const bool deferred = (write && strcmp(name->complete, "WRITE_RESULT") == 0) ||
                              (execute && strcmp(name->complete, "EXEC_RESULT") == 0);
        const bool connects = strcmp(form->order, "CONNECT") == 0;
        cr_expect_eq(has_result, deferred && !connects, "%s is answered by %s", form->syntax, form->order);
        const bool takes_data = write && strcmp(name->data, "NO_DATA") != 0;
        cr_expect_eq(strncmp(form->order, "PROMPT", 6) == 0, takes_data, "%s is answered by %s", form->syntax,
                     form->order);
    }
}

Test(grammar, the_parser_grants_the_longest_documented_time)
{
    for (size_t i = 0; i < grammar_names_count && grammar_names[i].kind == GRAMMAR_COMMAND; i++) {
        uint32_t longest = 0;
        for (size_t form = 0; form < grammar_forms_count; form++) {
            const bool longer = grammar_forms[form].max_ms > longest;
            longest =
                grammar_forms[form].command == grammar_names[i].name && longer ? grammar_forms[form].max_ms : longest;
        }
        cr_expect_eq(atw_max_response_ms(grammar_names[i].name), longest, "%s: %u", grammar_names[i].text,
                     (unsigned)longest);
    }
}

/* The times stand in SIM7028's tables of 2.1, and in A7600's of these three commands; the other manuals have none. */
static bool is_bounded(const grammar_form *form)
{
    const bool in_a7600 =
        form->command == ATW_NAME_NETOPEN || form->command == ATW_NAME_CIPOPEN || form->command == ATW_NAME_CIPSEND;
    return (grammar_in_family(form->families, ATW_FAMILY_A7600) && in_a7600) ||
           (grammar_in_family(form->families, ATW_FAMILY_SIM7028) && strstr(form->source, "SIM7028 2.1.") != NULL);
}

Test(grammar, times_are_granted_where_a_manual_grants_them)
{
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const grammar_form *form = &grammar_forms[i];
        const unsigned unbounded =
            form->families & (grammar_families[ATW_FAMILY_A76XX].bit | grammar_families[ATW_FAMILY_SIM7X00].bit);
        cr_expect_eq(form->max_ms > 0, is_bounded(form), "%s (%s): %u ms", form->syntax, form->source,
                     (unsigned)form->max_ms);
        cr_expect(form->max_ms == 0 || unbounded == 0, "%s: %u ms in a family without times", form->syntax,
                  (unsigned)form->max_ms);
    }
}
