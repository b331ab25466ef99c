#include "ledger.h"

#include <criterion/criterion.h>
#include <string.h>

#define HEADER "id\tkind\tmanual\tsection\tlevel\tstatement\treason\n"
#define ROW(id, level, reason) id "\tform\tA7600\t2.1\t" level "\tstatement\t" reason "\n"

static bool read_text(ledger *to, const char *text, source_error *error)
{
    source from;
    source_from_octets(&from, "x.tsv", text, strlen(text));
    bool good = ledger_read(to, &from, error) && ledger_sort(to, error);
    source_close(&from);
    return good;
}

static void expect_error(const char *text, const char *message)
{
    ledger rows = {0};
    source_error error;
    cr_assert_not(read_text(&rows, text, &error), "%s", text);
    cr_assert_eq(strncmp(error.message, message, strlen(message)), 0, "expected %s…\ngot      %s", message,
                 error.message);
    ledger_free(&rows);
}

Test(ledger_reader, reads_and_sorts_rows)
{
    ledger rows = {0};
    source_error error;
    cr_assert(read_text(&rows, HEADER ROW("any/b", "must", "") ROW("any/a/+++", "info", "no octets"), &error), "%s",
              error.message);
    cr_assert_eq(rows.count, 2);
    cr_assert_str_eq(rows.rows[0].id, "any/a/+++");
    cr_assert_str_eq(rows.rows[0].reason, "no octets");
    cr_assert_str_eq(rows.rows[1].family, "any");
    cr_assert_str_eq(rows.rows[1].section, "2.1");
    cr_assert_eq(rows.rows[1].line, 2);
    cr_assert_eq(ledger_find(&rows, "any/b"), &rows.rows[1]);
    cr_assert_null(ledger_find(&rows, "any/c"));
    ledger_free(&rows);
}

Test(ledger_reader, errors_are_exact)
{
    expect_error("", "x.tsv:1: expected the header line");
    expect_error("id\tkind\n", "x.tsv:1: expected the header line");
    expect_error(HEADER "any/a\tform\tM\t1\tmust\ts\n", "x.tsv:2: expected 7 columns");
    expect_error(HEADER "any/a\tform\tM\t1\tmust\ts\t\t\n", "x.tsv:2: expected 7 columns");
    expect_error(HEADER ROW("a", "must", ""), "x.tsv:2: expected an id");
    expect_error(HEADER ROW("a99/a", "must", ""), "x.tsv:2: expected an id");
    expect_error(HEADER ROW("sim7600/a", "must", ""), "x.tsv:2: expected an id");
    expect_error(HEADER ROW("any/", "must", ""), "x.tsv:2: expected an id");
    expect_error(HEADER ROW("any/a b", "must", ""), "x.tsv:2: expected an id");
    expect_error(HEADER ROW("any/a", "shall", ""), "x.tsv:2: expected a level");
    expect_error(HEADER ROW("any/a", "info", ""), "x.tsv:2: expected a reason in info rows");
    expect_error(HEADER ROW("any/a", "must", "why"), "x.tsv:2: expected a reason in info rows, none in others");
    expect_error(HEADER "any/a\tforms\tM\t1\tmust\ts\t\n", "x.tsv:2: expected a kind");
    expect_error(HEADER "any/a\tform\t\t1\tmust\ts\t\n", "x.tsv:2: expected a manual, a section and a statement");
    expect_error(HEADER ROW("any/a", "must", "") ROW("any/a", "must", ""),
                 "x.tsv:3: expected an id of its own, any/a is in x.tsv:2");
    expect_error(HEADER "\xff\n", "x.tsv:2: expected printable ASCII");
}

static void cover(corpus_case *one, const char *id, const char **covers, size_t count)
{
    *one = (corpus_case){.id = id, .file = "corpus/x.at", .transcript = {.covers = covers, .covers_count = count}};
}

Test(ledger_reader, finds_gaps_both_ways)
{
    ledger rows = {0};
    source_error error;
    buffer gaps = {0};
    corpus_case cases[3];
    const char *first[] = {"any/a", "any/i"};
    const char *second[] = {"any/unknown"};
    cover(&cases[0], "one", first, 2);
    cover(&cases[1], "two", second, 1);
    cover(&cases[2], "three", NULL, 0);
    const corpus all = {.cases = cases, .count = 3};
    cr_assert(
        read_text(&rows, HEADER ROW("any/a", "must", "") ROW("any/b", "may", "") ROW("any/i", "info", "why"), &error));
    cr_assert_eq(ledger_map(&rows, &all, &gaps), 4);
    cr_assert(strstr(gaps.octets, "there is no row any/unknown") != NULL);
    cr_assert(strstr(gaps.octets, "case three has no row") != NULL);
    cr_assert(strstr(gaps.octets, "x.tsv:3: expected a case for row any/b") != NULL);
    cr_assert(strstr(gaps.octets, "x.tsv:4: expected no case for the info row any/i") != NULL);
    cr_assert_eq(ledger_find(&rows, "any/a")->case_count, 1);
    buffer_free(&gaps);
    ledger_free(&rows);
}

/* The project's own corpus. */

typedef struct whole {
    corpus cases;
    ledger rows;
} whole;

static void load(whole *to)
{
    source_error error;
    cr_assert(corpus_load(&to->cases, corpus_folder(), &error), "%s", error.message);
    cr_assert(ledger_load(&to->rows, corpus_folder(), &error), "%s", error.message);
}

static void unload(whole *from)
{
    corpus_free(&from->cases);
    ledger_free(&from->rows);
}

Test(ledger, every_row_has_a_case_and_every_case_a_row)
{
    whole all;
    buffer gaps = {0};
    load(&all);
    cr_assert_eq(ledger_map(&all.rows, &all.cases, &gaps), 0, "%s", buffer_string(&gaps));
    cr_assert_gt(all.cases.count, 0);
    buffer_free(&gaps);
    unload(&all);
}

Test(ledger, every_family_has_rows)
{
    whole all;
    load(&all);
    for (int family = 0; family < ATW_FAMILY_COUNT; family++) {
        size_t found = 0;
        for (size_t i = 0; i < all.rows.count; i++) {
            found += strcmp(all.rows.rows[i].family, atw_family_name((atw_family)family)) == 0;
        }
        cr_expect(found > 0, "%s", atw_family_name((atw_family)family));
    }
    unload(&all);
}

/* Whether some case expects a line with that note. */
static bool is_expected(const corpus *cases, const char *note)
{
    buffer word = {0};
    bool found = false;
    buffer_format(&word, " ~%s", note);
    for (size_t i = 0; i < cases->count && !found; i++) {
        const script *what = &cases->cases[i].transcript.script;
        for (size_t j = 0; j < what->count; j++) {
            for (size_t k = 0; k < what->steps[j].expected_count; k++) {
                const char *at = strstr(what->steps[j].expected[k].text, word.octets);
                found = found || (at != NULL && (at[word.count] == ' ' || at[word.count] == '\0'));
            }
        }
    }
    buffer_free(&word);
    return found;
}

Test(ledger, every_note_has_a_case)
{
    whole all;
    load(&all);
    for (int bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        cr_expect(is_expected(&all.cases, atw_note_text((atw_note_bit)bit)), "no case expects ~%s",
                  atw_note_text((atw_note_bit)bit));
    }
    unload(&all);
}
