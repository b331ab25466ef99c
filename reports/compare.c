#include "compare.h"

#include "allocate.h"

#include <stdlib.h>

/* What a case and a requirement have in common. */
struct item {
    const char *id, *family, *title;
    enum report_outcome outcome;
};

struct items {
    struct item *list;
    size_t count;
    json_t *index; /* id to position */
};

const char *report_change_word(enum report_change change)
{
    static const char *const words[] = {"regressed", "improved", "added", "removed"};
    return words[change];
}

/* Outcomes of one rank are neither better nor worse than each other. */
static int rank(enum report_outcome outcome)
{
    static const int ranks[REPORT_OUTCOMES] = {
        [REPORT_INFO] = 0, [REPORT_PASS] = 0, [REPORT_SKIP] = 1,    [REPORT_EXPECTED] = 1,
        [REPORT_OPEN] = 1, [REPORT_FAIL] = 2, [REPORT_TIMEOUT] = 3, [REPORT_CRASH] = 4,
    };
    return ranks[outcome];
}

static struct items make_items(const struct report_result *result, bool cases)
{
    struct items items = {.count = cases ? result->case_count : result->row_count, .index = json_object()};
    items.list = report_allocate(items.count, sizeof *items.list);
    for (size_t i = 0; i < items.count; i++) {
        const struct report_case *one_case = cases ? &result->cases[i] : NULL;
        const struct report_row *row = cases ? NULL : &result->rows[i];
        items.list[i] = cases ? (struct item){one_case->id, one_case->family, one_case->title, one_case->outcome}
                              : (struct item){row->id, row->family, row->statement, row->outcome};
        json_object_set_new(items.index, items.list[i].id, json_integer((json_int_t)i));
    }
    return items;
}

static void free_items(struct items *items)
{
    free(items->list);
    json_decref(items->index);
}

static const struct item *find_item(const struct items *items, const char *id)
{
    const json_t *position = json_object_get(items->index, id);
    return position ? &items->list[json_integer_value(position)] : NULL;
}

/* REPORT_CHANGES: as it was. */
static enum report_change change_of(const struct item *before, const struct item *after)
{
    if (!before || !after)
        return before ? REPORT_REMOVED : REPORT_ADDED;
    if (rank(before->outcome) == rank(after->outcome))
        return REPORT_CHANGES;
    return rank(before->outcome) < rank(after->outcome) ? REPORT_REGRESSED : REPORT_IMPROVED;
}

static void add_difference(struct report_comparison *comparison, const struct item *before, const struct item *after,
                           enum report_change change, bool is_case)
{
    const struct item *item = after ? after : before;
    comparison->differences[comparison->count++] = (struct report_difference){
        .id = item->id,
        .family = item->family,
        .title = item->title,
        .change = change,
        .is_case = is_case,
        .before = before ? before->outcome : REPORT_INFO,
        .after = after ? after->outcome : REPORT_INFO,
    };
    (is_case ? comparison->case_changes : comparison->row_changes)[change]++;
}

static void add_changes(struct report_comparison *comparison, const struct items *before, const struct items *after,
                        enum report_change change, bool is_case)
{
    bool removed = change == REPORT_REMOVED;
    const struct items *these = removed ? before : after;
    const struct items *others = removed ? after : before;
    for (size_t i = 0; i < these->count; i++) {
        const struct item *item = &these->list[i];
        const struct item *other = find_item(others, item->id);
        const struct item *old = removed ? item : other;
        const struct item *new = removed ? other : item;
        if (change_of(old, new) == change)
            add_difference(comparison, old, new, change, is_case);
    }
}

struct report_comparison *report_compare(const struct report_result *before, const struct report_result *after)
{
    struct report_comparison *comparison = report_allocate(1, sizeof *comparison);
    size_t most = before->row_count + after->row_count + before->case_count + after->case_count;
    comparison->before = before;
    comparison->after = after;
    comparison->differences = report_allocate(most, sizeof *comparison->differences);
    struct items old_rows = make_items(before, false), new_rows = make_items(after, false);
    struct items old_cases = make_items(before, true), new_cases = make_items(after, true);
    for (enum report_change change = 0; change < REPORT_CHANGES; change++) {
        add_changes(comparison, &old_rows, &new_rows, change, false);
        add_changes(comparison, &old_cases, &new_cases, change, true);
    }
    free_items(&old_rows);
    free_items(&new_rows);
    free_items(&old_cases);
    free_items(&new_cases);
    return comparison;
}

void report_comparison_free(struct report_comparison *comparison)
{
    if (!comparison)
        return;
    free(comparison->differences);
    free(comparison);
}

bool report_has_regressed(const struct report_comparison *comparison)
{
    return comparison->case_changes[REPORT_REGRESSED] + comparison->row_changes[REPORT_REGRESSED] > 0;
}

json_t *report_comparison_json(const struct report_comparison *comparison)
{
    json_t *list = json_array();
    for (size_t i = 0; i < comparison->count; i++) {
        const struct report_difference *difference = &comparison->differences[i];
        bool added = difference->change == REPORT_ADDED, removed = difference->change == REPORT_REMOVED;
        json_array_append_new(list, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s?, s:s?}", "id", difference->id, "family",
                                              difference->family, "title", difference->title, "change",
                                              report_change_word(difference->change), "of",
                                              difference->is_case ? "case" : "requirement", "before",
                                              added ? NULL : report_outcome_word(difference->before), "after",
                                              removed ? NULL : report_outcome_word(difference->after)));
    }
    return json_pack("{s:o, s:O, s:O}", "differences", list, "suite",
                     json_object_get(comparison->before->json, "suite"), "implementation",
                     json_object_get(comparison->before->json, "implementation"));
}
