#include "sweeps.h"

#include <stdio.h>
#include <stdlib.h>

/* A case of more octets, both directions counted, is long. */
#define SHORT 160

/* Chunks of 1 to so many octets take turns. */
#define WIDTHS 5

bool sweep_share_has(const char *share, size_t turn)
{
    unsigned which = 1;
    unsigned of = 1;
    if (share != NULL && (sscanf(share, "%u/%u", &which, &of) != 2 || which < 1 || which > of)) {
        fprintf(stderr, "ATWIRE_SWEEP_SHARE: expected 1/2 or the like, got %s\n", share);
        abort();
    }
    return turn % of == which - 1;
}

bool sweep_is_ours(size_t turn)
{
    return sweep_share_has(getenv("ATWIRE_SWEEP_SHARE"), turn);
}

void sweep_choose_cut(sweep_cut *to, const script *changed, size_t step, size_t at, size_t turn)
{
    if (!sweep_is_long(changed)) {
        to->how = (cutting){.width = 1 + turn % WIDTHS};
        return;
    }
    size_t before = 0;
    for (size_t i = 0; i < step; i++) {
        before += changed->steps[i].kind == STEP_RECEIVED ? changed->steps[i].count : 0;
    }
    to->cuts[0] = before + at;
    to->cuts[1] = before + at + 1;
    to->how = (cutting){.cuts = to->cuts, .cut_count = 2};
}

bool sweep_is_long(const script *what)
{
    size_t count = 0;
    for (size_t i = 0; i < what->count; i++) {
        count += what->steps[i].count;
    }
    return count > SHORT;
}

void sweep_show(buffer *why, const char *id, const script *what)
{
    buffer_format(why, "case %s, changed to:\n", id);
    script_print(why, what);
}
