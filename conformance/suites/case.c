#include "case.h"

#include <criterion/criterion.h>

#include "case_run.h"
#include "corpus.h"

void suite_case(const char *id)
{
    buffer path = {0};
    buffer file = {0};
    buffer text = {0};
    transcript what;
    source_error error;
    case_outcome outcome;
    buffer_format(&path, "%s/%s.at", corpus_folder(), id);
    buffer_format(&file, "corpus/%s.at", id);
    cr_assert(transcript_load(&what, path.octets, &error), "%s", error.message);
    case_run(&outcome, &what.script, true);
    case_outcome_explain(&text, &outcome, id, file.octets, NULL);
    cr_assert(outcome.verdict == VERDICT_PASS, "%s", buffer_string(&text));
    case_outcome_free(&outcome);
    transcript_free(&what);
    buffer_free(&text);
    buffer_free(&file);
    buffer_free(&path);
}
