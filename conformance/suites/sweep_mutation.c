#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "sweeps.h"

/* The changes to one octet: dropped, doubled, and each bit flipped. */
enum { DROPPED, DOUBLED, FLIPPED, CHANGES = FLIPPED + 8 };

/* Write `count` octets with the one at `at` changed; returns how many were written, at most one more. */
static size_t change(uint8_t *to, const uint8_t *octets, size_t count, size_t at, int how)
{
    memcpy(to, octets, at);
    size_t written = at;
    if (how != DROPPED) {
        to[written++] = (uint8_t)(how >= FLIPPED ? octets[at] ^ 1U << (how - FLIPPED) : octets[at]);
    }
    if (how == DOUBLED) {
        to[written++] = octets[at];
    }
    memcpy(to + written, octets + at + 1, count - at - 1);
    return written + count - at - 1;
}

/* `uncut` is where the log of the uncut play goes. */
static bool check(player *with, const script *what, const cutting *how, event_log *uncut, buffer *why)
{
    bool good = oracle_lossless(with, what, &(cutting){0}, why) &&
                oracle_fresh_exchange(&with->log, what->count - ORACLE_FRESH_STEPS, why);
    event_log_swap(&with->log, uncut);
    return good && oracle_split(with, what, uncut, how, why);
}

/* In long cases one bit of each octet is flipped, another one in each of eight neighbours. */
static bool is_meant(size_t at, int how, bool is_long)
{
    return !is_long || how < FLIPPED || (size_t)(how - FLIPPED) == at % 8;
}

/* All changes to all octets of one step; `changed` is the script's copy with the fresh exchange. */
static bool sweep_step(player *with, const char *id, script *changed, size_t index, bool is_long, buffer *why)
{
    script_step *step = &changed->steps[index];
    const script_step original = *step;
    uint8_t *octets = memory_new(original.count + 1);
    event_log uncut = {0};
    bool good = true;
    step->octets = octets;
    for (size_t at = 0; good && at < original.count; at++) {
        for (int how = 0; good && how < CHANGES; how++) {
            if (is_meant(at, how, is_long) && sweep_is_ours(at / 2 + (size_t)how)) {
                sweep_cut cut;
                step->count = change(octets, original.octets, original.count, at, how);
                sweep_choose_cut(&cut, changed, index, at, at + (size_t)how);
                good = check(with, changed, &cut.how, &uncut, why);
            }
        }
    }
    if (!good) {
        sweep_show(why, id, changed);
    }
    event_log_free(&uncut);
    free(octets);
    *step = original;
    return good;
}

bool sweep_mutation(const corpus_case *one, buffer *why)
{
    const script *what = &one->transcript.script;
    const bool is_long = sweep_is_long(what);
    player with;
    player_open(&with, what->family, &what->settings);
    script changed = script_copy(what, ORACLE_FRESH_STEPS);
    oracle_add_fresh_exchange(&changed.steps[what->count]);
    changed.count += ORACLE_FRESH_STEPS;
    bool good = true;
    for (size_t i = 0; good && i < what->count; i++) {
        good = what->steps[i].count == 0 || sweep_step(&with, one->id, &changed, i, is_long, why);
    }
    free(changed.steps);
    player_close(&with);
    return good;
}
