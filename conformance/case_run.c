#include "case_run.h"

#include <time.h>

#include "cuttings.h"

const char *verdict_text(verdict of)
{
    static const char *const texts[] = {[VERDICT_PASS] = "pass",
                                        [VERDICT_FAIL] = "fail",
                                        [VERDICT_CRASH] = "crash",
                                        [VERDICT_TIMEOUT] = "timeout",
                                        [VERDICT_SKIP] = "skip"};
    return (size_t)of < VERDICT_COUNT ? texts[of] : "";
}

typedef struct run {
    case_outcome *to;
    const script *what;
    player player;
} run;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void keep_difference(case_outcome *to, const difference *first)
{
    to->verdict = VERDICT_FAIL;
    to->differs = true;
    to->line = first->line;
    buffer_text(&to->expected, first->expected != NULL ? first->expected : "");
    buffer_text(&to->got, first->got != NULL ? first->got : "");
}

/* Play once more; a log equal to the one that met the expectations meets them, too. */
static bool play(void *context, const cutting *how)
{
    run *in = context;
    case_outcome *to = in->to;
    difference first;
    to->runs++;
    bool kept = player_play(&in->player, in->what, how, true);
    if (kept && to->runs > 1 && event_log_equal(&in->player.log, &to->whole)) {
        return true;
    }
    if (kept && expectation_met(in->what, &in->player.log, &first)) {
        return true;
    }
    cutting_text(&to->split, how);
    if (kept) {
        keep_difference(to, &first);
    } else {
        to->verdict = VERDICT_CRASH;
        buffer_text(&to->reason, buffer_string(&in->player.fault));
    }
    return false;
}

void case_run(case_outcome *to, const script *what, bool every)
{
    *to = (case_outcome){.verdict = VERDICT_PASS, .octets = script_received_count(what)};
    run in = {.to = to, .what = what};
    double start = now_ms();
    player_open(&in.player, what->family, &what->settings);
    bool good = play(&in, &(cutting){0});
    to->whole = in.player.log;
    in.player.log = (event_log){0};
    if (good && every) {
        cuttings_visit(what, &to->whole, play, &in);
    }
    player_close(&in.player);
    to->duration_ms = now_ms() - start;
}

uint32_t case_outcome_notes(const case_outcome *from)
{
    uint32_t notes = 0;
    for (size_t i = 0; i < from->whole.count; i++) {
        notes |= from->whole.lines[i].notes;
    }
    return notes;
}

void case_outcome_free(case_outcome *from)
{
    buffer_free(&from->split);
    buffer_free(&from->reason);
    buffer_free(&from->expected);
    buffer_free(&from->got);
    event_log_free(&from->whole);
}

/* A word of the shell, whatever is in it. */
static void add_quoted_word(buffer *to, const char *word)
{
    buffer_octet(to, '\'');
    for (; *word != '\0'; word++) {
        if (*word == '\'') {
            buffer_text(to, "'\\''");
        } else {
            buffer_octet(to, *word);
        }
    }
    buffer_octet(to, '\'');
}

void case_rerun(buffer *to, const char *id, const char *command)
{
    buffer_text(to, "atwire conform --case ");
    add_quoted_word(to, id);
    if (command != NULL) {
        buffer_text(to, " --impl ");
        add_quoted_word(to, command);
    }
}

void case_outcome_explain(buffer *to, const case_outcome *from, const char *id, const char *file, const char *command)
{
    buffer_format(to, "%s: %s", verdict_text(from->verdict), id);
    if (from->split.count > 0) {
        buffer_format(to, " (split: %s)", buffer_string(&from->split));
    }
    buffer_text(to, "\n");
    if (from->reason.count > 0) {
        buffer_format(to, "  reason:   %s\n", buffer_string(&from->reason));
    }
    if (from->differs) {
        buffer_format(to, "  %s:%zu:\n  expected: %s\n  got:      %s\n", file, from->line,
                      from->expected.count > 0 ? buffer_string(&from->expected) : "(nothing more)",
                      from->got.count > 0 ? buffer_string(&from->got) : "(nothing more)");
    }
    buffer_text(to, "  rerun:    ");
    case_rerun(to, id, command);
    buffer_text(to, "\n");
}
