#include "check_exchanges.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grammar_rows.h"
#include "memory.h"

const char *check_outcome_text(check_outcome outcome)
{
    static const char *const texts[] = {"ok", "error", "no final code", "no result line", "lost", "abandoned", "open"};
    return (size_t)outcome < CHECK_OUTCOMES ? texts[outcome] : "";
}

uint32_t check_max_ms(atw_name id, const char *form, atw_family family, const char **clause)
{
    uint32_t most = 0;
    *clause = "";
    for (size_t i = 0; i < grammar_forms_count; i++) {
        const grammar_form *row = &grammar_forms[i];
        bool fits = row->command == id && strcmp(row->form, form) == 0 && grammar_in_family(row->families, family);
        if (fits && row->max_ms > most) {
            most = row->max_ms;
            *clause = row->source;
        }
    }
    return most;
}

check_exchange *check_exchanges_pending(check_exchanges *in)
{
    for (size_t i = in->open_count; i > 0; i--) {
        if (!in->open[i - 1].has_final) {
            return &in->open[i - 1];
        }
    }
    return NULL;
}

check_exchange *check_exchanges_same(check_exchanges *in, const check_request *command)
{
    check_exchange *same = check_exchanges_find(in, command->name, strlen(command->name), command->index);
    return same != NULL && strcmp(same->command.form, command->form) == 0 ? same : NULL;
}

check_exchange *check_exchanges_find(check_exchanges *in, const char *name, size_t length, long index)
{
    for (size_t i = 0; i < in->open_count; i++) {
        check_exchange *one = &in->open[i];
        bool named =
            length == 0 || (strlen(one->command.name) == length && memcmp(one->command.name, name, length) == 0);
        if (named && (index < 0 || one->command.index < 0 || one->command.index == index)) {
            return one;
        }
    }
    return NULL;
}

void check_exchanges_begin(check_exchanges *in, const check_request *command, const check_place *at)
{
    if (in->open_count == CHECK_OPEN_MAX) {
        check_exchanges_end(in, &in->open[0], CHECK_OPEN, at);
    }
    const char *clause;
    in->open[in->open_count++] = (check_exchange){
        .command = *command, .sent = *at, .max_ms = check_max_ms(command->id, command->form, in->family, &clause)};
}

static check_totals *totals_of(check_exchanges *in, const char *name)
{
    size_t i = 0;
    while (i < in->totals_count && strcmp(in->totals[i].name, name) != 0) {
        i++;
    }
    if (i == CHECK_TOTALS_MAX) {
        return &in->totals[CHECK_TOTALS_MAX - 1];
    }
    if (i == in->totals_count) {
        bool last = i + 1 == CHECK_TOTALS_MAX;
        in->totals[i] = (check_totals){0};
        snprintf(in->totals[i].name, CHECK_NAME_MAX, "%s", last ? "(others)" : name);
        in->totals_count++;
    }
    return &in->totals[i];
}

static void count_one(check_exchanges *in, const check_exchange *one)
{
    check_totals *totals = totals_of(in, one->command.name);
    in->count++;
    in->outcomes[one->outcome]++;
    in->late += one->late;
    totals->outcomes[one->outcome]++;
    totals->late += one->late;
    totals->max_ms = one->max_ms > totals->max_ms ? one->max_ms : totals->max_ms;
    if (one->timed) {
        totals->timed++;
        totals->sum_us += one->duration_us;
        totals->longest_us = one->duration_us > totals->longest_us ? one->duration_us : totals->longest_us;
    }
}

/* Only what ended by itself has a duration; what is still open may only be late. */
static void time_one(check_exchange *one, const check_place *at)
{
    if (!one->sent.has_time || !at->has_time || at->time_us < one->sent.time_us) {
        return;
    }
    int64_t duration_us = at->time_us - one->sent.time_us;
    one->timed = one->outcome == CHECK_OK || one->outcome == CHECK_ERROR;
    one->duration_us = duration_us;
    bool waited = one->timed || one->outcome == CHECK_OPEN || one->outcome == CHECK_NO_RESULT;
    one->late = waited && one->max_ms > 0 && duration_us > (int64_t)one->max_ms * 1000;
}

const check_exchange *check_exchanges_end(check_exchanges *in, check_exchange *which, check_outcome outcome,
                                          const check_place *at)
{
    static const size_t size = sizeof *which;
    check_exchange one = *which;
    const size_t place = (size_t)(which - in->open);
    in->open_count--;
    memmove(which, which + 1, (in->open_count - place) * size);
    one.outcome = outcome;
    time_one(&one, at);
    count_one(in, &one);
    check_exchange *kept = &in->open[in->open_count]; /* just freed: the caller may look at it until the next call */
    *kept = one;
    if (in->kept_count < in->kept_max) {
        in->kept = memory_room(in->kept, in->kept_count, size);
        in->kept[in->kept_count++] = one;
    }
    return kept;
}

void check_exchanges_free(check_exchanges *in)
{
    free(in->kept);
    in->kept = NULL;
    in->kept_count = 0;
}
