/* Suite `sweep`: one test a sweep and a part of the corpus, so that they run beside each other. */
#include <criterion/criterion.h>

#include "sweeps.h"

#define FINDINGS_MAX 5

/* Every case below a folder, up to a few findings. */
static void sweep_folder(sweep *one_sweep, const char *pattern)
{
    corpus cases;
    source_error error;
    buffer why = {0};
    size_t swept = 0;
    size_t found = 0;
    cr_assert(corpus_load(&cases, corpus_folder(), &error), "%s", error.message);
    for (size_t i = 0; i < cases.count && found < FINDINGS_MAX; i++) {
        if (corpus_id_matches(cases.cases[i].id, pattern)) {
            swept++;
            found += !one_sweep(&cases.cases[i], &why);
        }
    }
    cr_expect(found == 0, "%s", buffer_string(&why));
    cr_expect(swept > 0, "expected cases that match %s", pattern);
    corpus_free(&cases);
    buffer_free(&why);
}

#define SWEEP_FOLDER(folder, pattern) \
    Test(sweep, urcs_##folder) \
    { \
        sweep_folder(sweep_urcs, pattern); \
    } \
    Test(sweep, truncation_##folder) \
    { \
        sweep_folder(sweep_truncation, pattern); \
    } \
    Test(sweep, mutation_##folder) \
    { \
        sweep_folder(sweep_mutation, pattern); \
    }

SWEEP_FOLDER(a76xx, "transcripts/a76xx/*")
SWEEP_FOLDER(a7600, "transcripts/a7600/*")
SWEEP_FOLDER(sim7028, "transcripts/sim7028/*")
SWEEP_FOLDER(sim7x00, "transcripts/sim7x00/*")
SWEEP_FOLDER(hostile, "hostile/*")

Test(sweep, shares_have_each_change_once)
{
    static const char *const shares[] = {"1/3", "2/3", "3/3"};
    for (size_t turn = 0; turn < 12; turn++) {
        size_t count = 0;
        for (size_t i = 0; i < 3; i++) {
            count += sweep_share_has(shares[i], turn);
        }
        cr_expect_eq(count, 1, "change %zu is made %zu times", turn, count);
        cr_expect(sweep_share_has(NULL, turn));
    }
}

#define SWEEP_PAYLOAD(id) \
    Test(sweep, payload_##id) \
    { \
        buffer why = {0}; \
        cr_assert(sweep_payload(ATW_FAMILY_##id, &why), "%s", buffer_string(&why)); \
        buffer_free(&why); \
    }

SWEEP_PAYLOAD(ANY)
SWEEP_PAYLOAD(A76XX)
SWEEP_PAYLOAD(A7600)
SWEEP_PAYLOAD(SIM7028)
SWEEP_PAYLOAD(SIM7X00)
