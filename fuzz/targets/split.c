/*
 * split: however the received octets are cut into chunks and the sent ones into calls, the same events come at the same steps, whole
 * or octet by octet, or as the input cuts them.
 */
#include "feed.h"
#include "finding.h"
#include "input.h"
#include "oracles.h"
#include "target.h"

/* The quick plays differ, or one of them broke a promise: play slowly, and say in what. */
static _Noreturn void explain(const input *in, const feed *play, size_t width)
{
    buffer why = {0};
    player slow;
    player_open(&slow, in->script.family, &in->script.settings);
    cutting whole = {0};
    cutting as_given = input_cutting(in);
    cutting narrow = {.width = width, .sent_width = width};
    (void)player_play(&slow, &in->script, &whole, false);
    event_log log = slow.log;
    slow.log = (event_log){0};
    if (play->fault != NULL) {
        finding("promise", play->fault);
    }
    if (!oracle_split(&slow, &in->script, &log, &as_given, &why) ||
        !oracle_split(&slow, &in->script, &log, &narrow, &why)) {
        finding("split", buffer_string(&why));
    }
    finding("split", "an offset, a count or a note differs, the lines are the same");
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    input in;
    input_open(&in, octets, count);
    finding_candidate(&in.script);
    const size_t widths[] = {1, 2 + target_choice(octets, count) % 15};
    feed whole = {0};
    feed cut = {0};
    if (!feed_play(&whole, &in.script, FEED_WHOLE, 0)) {
        explain(&in, &whole, 1);
    }
    if (!feed_play(&cut, &in.script, FEED_STEPS, 0) || cut.digest != whole.digest) {
        explain(&in, &cut, 1);
    }
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        if (!feed_play(&cut, &in.script, FEED_WIDTH, widths[i]) || cut.digest != whole.digest) {
            explain(&in, &cut, widths[i]);
        }
    }
    input_close(&in);
    return 0;
}
