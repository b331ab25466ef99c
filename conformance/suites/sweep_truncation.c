#include <stdlib.h>

#include "memory.h"
#include "sweeps.h"

/* Play the shortened script; `end` is the step at which it gives up, `uncut` is where the log of the uncut play goes. */
static bool check(player *with, const script *what, size_t end, const event_log *whole, const cutting *how,
                  event_log *uncut, buffer *why)
{
    bool good = oracle_lossless(with, what, &(cutting){0}, why) && oracle_prefix(whole, &with->log, end, why) &&
                oracle_fresh_exchange(&with->log, end, why);
    event_log_swap(&with->log, uncut);
    return good && oracle_split(with, what, uncut, how, why);
}

bool sweep_truncation(const corpus_case *one, buffer *why)
{
    const script *what = &one->transcript.script;
    player with;
    player_open(&with, what->family, &what->settings);
    player_play(&with, what, &(cutting){0}, true);
    event_log whole = with.log;
    with.log = (event_log){0};
    event_log uncut = {0};
    bool good = true;
    for (size_t i = 0; good && i < what->count; i++) {
        for (size_t kept = 0; good && kept <= what->steps[i].count; kept++) {
            if (!sweep_is_ours(kept)) {
                continue;
            }
            script shorter = script_copy(what, ORACLE_FRESH_STEPS);
            shorter.steps[i].count = kept;
            shorter.count = i + 1 + ORACLE_FRESH_STEPS;
            oracle_add_fresh_exchange(&shorter.steps[i + 1]);
            sweep_cut cut;
            sweep_choose_cut(&cut, &shorter, i, kept > 0 ? kept - 1 : 0, kept);
            good = check(&with, &shorter, i + 1, &whole, &cut.how, &uncut, why);
            if (!good) {
                sweep_show(why, one->id, &shorter);
            }
            free(shorter.steps);
        }
    }
    event_log_free(&uncut);
    event_log_free(&whole);
    player_close(&with);
    return good;
}
