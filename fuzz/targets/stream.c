/*
 * stream: whatever both sides send, in every family, configuration and line-buffer size, the parser keeps its promises (bounds,
 * progress, statuses), accounts for every octet exactly once, and is in step again after atw_abandon().
 */
#include "accounting.h"
#include "feed.h"
#include "finding.h"
#include "input.h"
#include "oracles.h"
#include "target.h"

/* What goes to the account, and the last events: those of the fresh exchange. */
typedef struct witness {
    player_observer accountant;
    uint8_t kinds[3];
    uint8_t names[3];
    size_t count;
} witness;

static void see(void *context, const atw_event *event)
{
    witness *to = context;
    to->kinds[to->count % 3] = event->kind;
    to->names[to->count % 3] = event->name;
    to->count++;
    to->accountant.event(to->accountant.context, event);
}

static bool ends_with_fresh_exchange(const witness *from)
{
    static const uint8_t kinds[] = {ATW_INFO, ATW_FINAL, ATW_DONE};
    static const uint8_t names[] = {ATW_NAME_CSQ, ATW_NAME_OK, ATW_NAME_CSQ};
    for (size_t i = 0; i < 3; i++) {
        size_t at = (from->count + i) % 3; /* the oldest of the last three stands where the next would go */
        if (from->count < 3 || from->kinds[at] != kinds[i] || from->names[at] != names[i]) {
            return false;
        }
    }
    return true;
}

/* What the header says about arguments that must not be, once a process. */
static void check_misuse(void)
{
    static bool done;
    uint8_t line[1];
    atw_parser parser;
    atw_event event;
    size_t consumed = 1;
    const atw_config good = {.line = line, .line_size = 1};
    const atw_config no_line = {.line_size = 1};
    const atw_config no_command = {.line = line, .line_size = 1, .command_size = 1};
    const atw_config no_size = {.line = line};
    const atw_config no_family = {.line = line, .line_size = 1, .family = ATW_FAMILY_COUNT};
    if (done) {
        return;
    }
    done = true;
    bool kept = atw_init(NULL, &good) == ATW_ERR_NULL && atw_init(&parser, NULL) == ATW_ERR_NULL &&
                atw_init(&parser, &no_line) == ATW_ERR_NULL && atw_init(&parser, &no_command) == ATW_ERR_NULL &&
                atw_init(&parser, &no_size) == ATW_ERR_CONFIG && atw_init(&parser, &no_family) == ATW_ERR_CONFIG &&
                atw_init(&parser, &good) == ATW_MORE;
    kept = kept && atw_parse(NULL, line, 1, &consumed, &event) == ATW_ERR_NULL && consumed == 0 &&
           atw_parse(&parser, NULL, 1, &consumed, &event) == ATW_ERR_NULL &&
           atw_parse(&parser, line, 1, NULL, &event) == ATW_ERR_NULL &&
           atw_parse(&parser, line, 1, &consumed, NULL) == ATW_ERR_NULL &&
           atw_parse(&parser, NULL, 0, &consumed, &event) == ATW_MORE;
    atw_sent(&parser, NULL, 0);
    if (!kept) {
        finding("promise", "an argument that must not be is not refused as the header says");
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    static accounting account; /* its memory serves the next execution, too */
    input in;
    check_misuse();
    input_open(&in, octets, count);
    size_t own_steps = in.script.count;
    oracle_add_fresh_exchange(in.script.steps + own_steps);
    in.script.count += ORACLE_FRESH_STEPS;
    finding_candidate(&in.script);
    accounting_begin(&account, &in.script);
    witness seen = {.accountant = accounting_observer(&account)};
    feed play = {.observer = {.event = see, .context = &seen}, .no_digest = true};
    if (!feed_play(&play, &in.script, FEED_STEPS, 0)) {
        finding("promise", play.fault);
    }
    if (!accounting_end(&account)) {
        finding("lossless", buffer_string(&account.problem));
    }
    if (in.script.settings.line_size >= TARGET_LINE_OF_FRESH_EXCHANGE && !ends_with_fresh_exchange(&seen)) {
        finding("in-step", "after abandon, AT+CSQ does not give its three events");
    }
    in.script.count = own_steps;
    input_close(&in);
    return 0;
}
