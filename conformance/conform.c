#include "conform.h"

#include <stdlib.h>
#include <string.h>

#include "adapter_run.h"

static bool is_chosen(const conform_choice *choice, const corpus_case *one)
{
    if (choice->has_family && one->transcript.script.family != choice->family) {
        return false;
    }
    return choice->pattern == NULL || corpus_id_matches(one->id, choice->pattern);
}

void conform(conform_run *to, const corpus *cases, const ledger *rows, const expected_failures *list,
             const conform_choice *choice, adapter *by, conform_progress *progress, void *context)
{
    *to = (conform_run){.corpus = cases, .ledger = rows, .choice = *choice, .adapter = by, .start = time(NULL)};
    for (size_t i = 0; i < cases->count; i++) {
        const corpus_case *from = &cases->cases[i];
        if (!is_chosen(choice, from)) {
            continue;
        }
        to->cases = memory_room(to->cases, to->count, sizeof *to->cases);
        conform_case *one = &to->cases[to->count++];
        one->from = from;
        one->expected_failure = expected_failures_reason(list, from->id);
        if (by != NULL) {
            adapter_run(by, &one->outcome, from->id, &from->transcript.script, !choice->uncut);
        } else {
            case_run(&one->outcome, &from->transcript.script, !choice->uncut);
        }
        if (progress != NULL) {
            progress(context, to, one);
        }
    }
    to->stop = time(NULL);
}

void conform_free(conform_run *from)
{
    for (size_t i = 0; i < from->count; i++) {
        case_outcome_free(&from->cases[i].outcome);
    }
    free(from->cases);
    *from = (conform_run){0};
}

bool conform_is_good(const conform_case *one)
{
    verdict came = one->outcome.verdict;
    return came == VERDICT_SKIP || (came == VERDICT_PASS) == (one->expected_failure == NULL);
}

bool conform_has_row(const conform_run *in, const ledger_row *row)
{
    return !in->choice.has_family || strcmp(row->family, atw_family_name(in->choice.family)) == 0;
}
