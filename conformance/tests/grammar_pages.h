/**
 * @file
 * What the suites of the grammar's page share.
 */
#ifndef ATWIRE_CONFORMANCE_TESTS_GRAMMAR_PAGES_H
#define ATWIRE_CONFORMANCE_TESTS_GRAMMAR_PAGES_H

#include <criterion/criterion.h>
#include <string.h>

#include "grammar_page.h"

/** @return the page of a family, to be freed. */
static char *page_of(atw_family family, const char *format)
{
    char *text = NULL;
    size_t count = 0;
    FILE *out = open_memstream(&text, &count);
    cr_assert_eq(grammar_page(out, family, format), 0, "format %s, family %s", format, atw_family_name(family));
    fclose(out);
    cr_assert_eq(strlen(text), count, "%s of %s has NUL octets", format, atw_family_name(family));
    return text;
}

/** @return the start of the next line, NULL after the last. */
static const char *next_line(const char *at)
{
    const char *end = strchr(at, '\n');
    return end == NULL ? NULL : end + 1;
}

/** @return whether a line of the text starts with `start`. */
static bool has_line(const char *text, const char *start)
{
    const size_t length = strlen(start);
    for (const char *at = text; at != NULL; at = next_line(at)) {
        if (strncmp(at, start, length) == 0) {
            return true;
        }
    }
    return false;
}

#endif
