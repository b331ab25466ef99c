/*
 * command: what the host writes, in whatever pieces, is understood as the naive reading of whole lines understands it: its name, link
 * and form (by the completion it gets), its echo, whether and how much payload follows, and which answers are its own.
 *
 * Only the `-->` lines of an input are used. After each of them the module says something that asks what the host said: which of the
 * probes is decided by the line's octets.
 */
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "feed.h"
#include "finding.h"
#include "input.h"
#include "target.h"

static const char *const probes[] = {
    "\r\nOK\r\n",
    "\r\n>",
    "\r\n> ",
    "\r\nERROR\r\n",
    "\r\n+NETOPEN: 1\r\n\r\nOK\r\n",
    "\r\n+CIPCLOSE: 0,1\r\n\r\nOK\r\n",
    "\r\n+CIPOPEN: 0,0\r\n",
    "\r\n+CIPSEND: 1,5,5\r\n\r\nOK\r\n",
    "\r\n+CPIN: READY\r\n",
    "\r\n+CMGS: 7\r\n\r\nOK\r\n",
    "\r\n+SERVERSTOP: 2,0\r\n",
    "\r\nCONNECT\r\n\r\nOK\r\n",
    "\r\n+FOO: 1\r\n",
    "\r\n+CME ERROR: 3\r\n",
};

#define PROBES (sizeof probes / sizeof probes[0])
#define ECHO_PROBE PROBES

/* The line's octets from its first AT on, as a module echoes them. */
static script_step echo_of(const script_step *sent)
{
    size_t start = 0;
    while (start + 1 < sent->count &&
           ((sent->octets[start] | 0x20) != 'a' || (sent->octets[start + 1] | 0x20) != 't')) {
        start++;
    }
    return (script_step){.kind = STEP_RECEIVED, .octets = sent->octets + start, .count = sent->count - start};
}

static script_step probe_of(const script_step *sent)
{
    size_t which = target_choice(sent->octets, sent->count) % (PROBES + 1);
    if (which == ECHO_PROBE && sent->count > 0) {
        return echo_of(sent);
    }
    const char *text = probes[which % PROBES];
    return (script_step){.kind = STEP_RECEIVED, .octets = (const uint8_t *)text, .count = strlen(text)};
}

/* However the host's octets are cut into calls: the same events. */
static void check_pieces(const script *what)
{
    feed whole = {0};
    feed cut = {0};
    const size_t widths[] = {1, 2, 5};
    if (!feed_play(&whole, what, FEED_STEPS, 0)) {
        finding("promise", whole.fault);
    }
    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        if (!feed_play(&cut, what, FEED_WIDTH, widths[i]) || cut.digest != whole.digest) {
            finding("split", cut.fault != NULL ? cut.fault : "the host's octets in pieces give other events");
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    input in;
    input_open(&in, octets, count);
    script asked = in.script;
    asked.steps = malloc((2 * in.script.count + 1) * sizeof *asked.steps);
    asked.count = 0;
    asked.settings.command_size = UINT8_MAX;
    for (size_t i = 0; i < in.script.count; i++) {
        if (in.script.steps[i].kind != STEP_RECEIVED) {
            asked.steps[asked.count++] = in.script.steps[i];
            asked.steps[asked.count++] = probe_of(&in.script.steps[i]);
        }
    }
    finding_candidate(&asked);
    cutting whole = {0};
    compare_with_model(&asked, &whole);
    check_pieces(&asked);
    free(asked.steps);
    input_close(&in);
    return 0;
}
