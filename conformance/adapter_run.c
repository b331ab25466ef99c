#include "adapter_run.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "adapter_expectation.h"
#include "memory.h"

/* Everything about the case that is running. */
typedef struct run {
    adapter *with;
    case_outcome *to;
    const char *id;
    const script *what;
    adapter_expectation expectation;
    adapter_events whole;    /* what the whole script expects */
    adapter_events expected; /* what is due by the step that was put last */
    adapter_events got;
    adapter_answer *answers; /* to the uncut case up to each step at which it can stop; others are empty */
} run;

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void keep_difference(run *in, const difference *first, size_t step)
{
    in->to->verdict = VERDICT_FAIL;
    in->to->differs = true;
    in->to->line = first->line > 0 ? first->line : in->what->steps[step].line;
    buffer_text(&in->to->expected, first->expected != NULL ? first->expected : "");
    buffer_text(&in->to->got, first->got != NULL ? first->got : "");
}

static void keep_failure(run *in, const adapter_answer *answer)
{
    static const verdict verdicts[] = {[ADAPTER_REPLY_SKIP] = VERDICT_SKIP,
                                       [ADAPTER_REPLY_CRASH] = VERDICT_CRASH,
                                       [ADAPTER_REPLY_TIMEOUT] = VERDICT_TIMEOUT};
    in->to->verdict = verdicts[answer->reply];
    buffer_text(&in->to->reason, buffer_string(&answer->reason));
}

/* Whether what has come up to a step may still grow. */
static bool goes_on(const script *what, size_t step)
{
    return step + 1 < what->count && what->steps[step].kind != STEP_ABANDON;
}

static bool is_due(run *in, const adapter_answer *answer, size_t last, difference *first)
{
    adapter_events_expected(&in->expected, &in->expectation, last);
    adapter_events_answered(&in->got, in->with->hello.level, answer, goes_on(in->what, last));
    return adapter_events_equal(&in->expected, &in->got, &in->whole, first);
}

/* Put the whole case once more, cut. @return whether it is worth going on */
static bool ask_cut(run *in, const cutting *how)
{
    adapter_answer answer = {0};
    difference first;
    size_t last = in->what->count - 1;
    bool good = true;
    in->to->runs++;
    adapter_ask(in->with, &answer, in->id, in->what, last, how);
    if (answer.reply == ADAPTER_REPLY_EVENTS && !is_due(in, &answer, last, &first)) {
        keep_difference(in, &first, last);
        good = false;
    } else if (answer.reply > ADAPTER_REPLY_SKIP) {
        keep_failure(in, &answer);
        good = false;
    }
    if (!good) {
        cutting_text(&in->to->split, how);
    }
    adapter_answer_free(&answer);
    return good;
}

static bool ask_widths(run *in, size_t count)
{
    size_t width = 1;
    size_t next = 2;
    while (width < count) {
        if (!ask_cut(in, &(cutting){.width = width})) {
            return false;
        }
        size_t sum = width + next;
        width = next;
        next = sum;
    }
    return ask_cut(in, &(cutting){.sent_width = 1}) && ask_cut(in, &(cutting){.sent_width = 3});
}

/* Whether a line ends, or may be cut within its end, before this position. */
static bool is_boundary(const buffer *all, size_t at)
{
    return all->octets[at] == '\r' || all->octets[at - 1] == '\r' || all->octets[at - 1] == '\n';
}

static size_t collect_positions(const script *what, size_t *positions)
{
    buffer all = {0};
    size_t found = 0;
    for (size_t i = 0; i < what->count; i++) {
        if (what->steps[i].kind == STEP_RECEIVED) {
            buffer_add(&all, what->steps[i].octets, what->steps[i].count);
        }
    }
    for (size_t at = 1; at < all.count; at++) {
        if (all.count <= ADAPTER_CUTS_MAX || is_boundary(&all, at)) {
            positions[found++] = at;
        }
    }
    buffer_free(&all);
    return found;
}

static bool ask_cuts(run *in, size_t count)
{
    size_t *positions = memory_new(count * sizeof *positions);
    size_t found = collect_positions(in->what, positions);
    size_t most = found < ADAPTER_CUTS_MAX ? found : ADAPTER_CUTS_MAX;
    bool good = true;
    for (size_t i = 0; i < most && good; i++) {
        good = ask_cut(in, &(cutting){.cuts = &positions[i * found / most], .cut_count = 1});
    }
    free(positions);
    return good;
}

/* Whether nothing of the step's stretch is left behind it. */
static bool can_stop(const script *what, size_t step)
{
    return what->steps[step].kind != STEP_RECEIVED || script_stretch_end(what, step, true) == step;
}

/* Put the whole case, then its beginnings. @return whether all were answered */
static bool ask_whole(run *in)
{
    size_t last = in->what->count - 1;
    adapter_answer *answer = &in->answers[last];
    in->to->runs++;
    adapter_ask(in->with, answer, in->id, in->what, last, &(cutting){0});
    for (size_t i = 0; i < last && answer->reply == ADAPTER_REPLY_EVENTS; i++) {
        if (can_stop(in->what, i)) {
            answer = &in->answers[i];
            in->to->runs++;
            adapter_ask(in->with, answer, in->id, in->what, i, &(cutting){0});
        }
    }
    if (answer->reply != ADAPTER_REPLY_EVENTS) {
        keep_failure(in, answer);
        cutting_text(&in->to->split, &(cutting){0});
    }
    return answer->reply == ADAPTER_REPLY_EVENTS;
}

/* Hold what had come by each block of expected lines, and by the end, against what was due. */
static bool compare_whole(run *in)
{
    difference first;
    for (size_t i = 0; i < in->what->count; i++) {
        bool due = in->what->steps[i].expected_count > 0 || i + 1 == in->what->count;
        if (due && can_stop(in->what, i) && !is_due(in, &in->answers[i], i, &first)) {
            keep_difference(in, &first, i);
            cutting_text(&in->to->split, &(cutting){0});
            return false;
        }
    }
    return true;
}

/*
 * The octets of a `stream` line that an earlier answer had as far as `taken`: the quote in front of the rest is
 * its own.
 */
static void log_line(event_log *log, const char *line, size_t taken)
{
    buffer text = {0};
    if (taken > 0) {
        buffer_text(&text, "stream \"");
        buffer_text(&text, line + taken);
    } else {
        buffer_text(&text, line);
    }
    event_log_add_text(log, buffer_string(&text));
    buffer_free(&text);
}

/* Where a line stands among those that were already logged. */
typedef struct log_place {
    const char *line; /* of the whole answer */
    size_t left;      /* lines from there on */
    size_t logged;    /* lines before it */
    size_t taken;     /* characters of it that are logged, without its closing quote */
} log_place;

/* Log what an answer to a beginning of the case shares with the answer to the whole. `open`: a stream line at its end may still
   grow, because what the host did last came before it. */
static void log_shared(event_log *log, const adapter_answer *answer, log_place *at, bool more, bool open)
{
    size_t skip = at->logged;
    const char *line = buffer_string(&answer->text);
    for (size_t i = 0; i < answer->count && at->left > 0; i++, line += strlen(line) + 1) {
        if (i < skip) {
            continue;
        }
        bool grows = adapter_is_cut_payload(line) || (open && adapter_kind_is(line, "stream"));
        if (more && i + 1 == answer->count && grows) {
            return; /* it becomes a line when it is whole or given up */
        }
        if (strcmp(line, at->line) == 0) {
            log_line(log, line, at->taken);
            at->line += strlen(at->line) + 1;
            at->left--;
            at->logged++;
            at->taken = 0;
            continue;
        }
        size_t count = strlen(line) - 1;
        if (adapter_kind_is(line, "stream") && strncmp(line, at->line, count) == 0 && count > at->taken) {
            log_line(log, line, at->taken);
            at->taken = count;
        }
        return;
    }
}

/* The whole answer with the steps by which its lines had come: the answers to the case up to those steps have them. */
static void log_whole(run *in)
{
    const adapter_answer *all = &in->answers[in->what->count - 1];
    log_place at = {.line = buffer_string(&all->text), .left = all->count};
    for (size_t i = 0; i < in->what->count; i++) {
        if (can_stop(in->what, i)) {
            in->to->whole.step = i;
            bool open = in->what->steps[i].kind != STEP_RECEIVED;
            log_shared(&in->to->whole, &in->answers[i], &at, goes_on(in->what, i), open);
        }
    }
}

static void run_prepared(run *in, bool every)
{
    size_t steps = in->what->count;
    in->answers = memory_new(steps * sizeof *in->answers);
    adapter_events_expected(&in->whole, &in->expectation, steps - 1);
    bool answered = ask_whole(in);
    if (answered && compare_whole(in) && every) {
        size_t count = script_received_count(in->what);
        (void)(ask_widths(in, count) && ask_cuts(in, count));
    }
    if (in->answers[steps - 1].reply == ADAPTER_REPLY_EVENTS) {
        log_whole(in);
    }
    for (size_t i = 0; i < steps; i++) {
        adapter_answer_free(&in->answers[i]);
    }
    free(in->answers);
}

void adapter_run(adapter *with, case_outcome *to, const char *id, const script *what, bool every)
{
    double start = now_ms();
    run in = {.with = with, .to = to, .id = id, .what = what};
    *to = (case_outcome){.verdict = VERDICT_PASS, .octets = script_received_count(what)};
    if (adapter_expectation_open(&in.expectation, what, with->hello.level)) {
        run_prepared(&in, every);
    } else {
        to->verdict = VERDICT_SKIP;
        buffer_text(&to->reason, "the octets of its lines are not known: the parser in this process fails it");
    }
    adapter_events_free(&in.whole);
    adapter_events_free(&in.expected);
    adapter_events_free(&in.got);
    adapter_expectation_free(&in.expectation);
    to->duration_ms = now_ms() - start;
}
