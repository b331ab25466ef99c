/*
 * interleave: an unsolicited result code at a line boundary of an exchange appears with its payload, and nothing else changes.
 *
 * A boundary is where a line begins that is an event, behind another such line: not behind a prompt or inside data mode, where the
 * same octets would be payload. Which boundaries and which codes is decided by the input's octets.
 */
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "input.h"
#include "oracles.h"
#include "target.h"

#define TRIES 3

/* In every family's manual or not: what a family has to say about a code are notes, and these come from the code alone. */
static const char *const codes[] = {
    "+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n",
    "+IPCLOSE: 0,1\r\n",
    "+IPCLOSE: 12,7\r\n",
    "+CLIENT: 0,1,192.168.108.5:57202\r\n",
    "+CLIENT: 1,0,2001:db8::1:80\r\n",
    "RECV FROM:117.131.85.139:5253\r\n",
    "RECV FROM:117.131.85.139:5253\r\n+IPD16\r\ndata from server",
    "+IPD4\r\n\r\nOK\r\n",
    "+IPD6\r\n\r\nOK\r\n\r\n",
    "+IPD 3\r\n>\x1a\n\r\n",
    "+IPD0\r\n",
    "+RECEIVE,3,9:\r\n+CIPOPEN:\r\n",
    "+CIPRXGET: 1,0\r\n",
    "CLOSED\r\n",
    "RING\r\n",
    "RDY\r\n",
    "SMS DONE\r\n",
    "+CREG: 1\r\n",
    "+CGREG: 2,\"00C3\",\"0184A70B\",7\n",
    "\r\r\n+CEREG: 5\r\n\r\n",
    "*XPOWERON: 1\r\n",
};

#define CODES (sizeof codes / sizeof codes[0])

static bool is_line(const event_line *line)
{
    switch (line->kind) {
    case ATW_FINAL:
    case ATW_INFO:
    case ATW_RESULT:
    case ATW_ERROR:
    case ATW_URC:
    case ATW_TEXT:
    case ATW_MALFORMED:
    case ATW_OVERLONG: return true;
    default: return false;
    }
}

/* The event before the line, completions left out. */
static const event_line *before(const event_log *log, size_t line)
{
    while (line > 0 && log->lines[line - 1].kind == ATW_DONE) {
        line--;
    }
    return line > 0 ? &log->lines[line - 1] : NULL;
}

/* Whether the payload's echo may come: there was a prompt, and no final code since. */
static bool may_echo(const event_log *log, size_t line)
{
    while (line > 0 && log->lines[line - 1].kind != ATW_PROMPT) {
        if (log->lines[--line].kind == ATW_FINAL) {
            return false;
        }
    }
    return line > 0;
}

/* A result code without text ended data mode; a line with NULs before it is not where the noise ends. */
static bool is_boundary(const event_log *log, size_t line)
{
    const event_line *here = &log->lines[line];
    const event_line *last = before(log, line);
    return is_line(here) && here->octets > 0 && (here->notes & ATW_NOTE(NUL_NOISE)) == 0 && !may_echo(log, line) &&
           (last == NULL || (is_line(last) && last->octets > 0) || (last->kind == ATW_DATA && last->complete));
}

/* What the code gives alone. */
static void read_code(const char *code, const script *like, event_log *log)
{
    script_step step = {.kind = STEP_RECEIVED, .octets = (const uint8_t *)code, .count = strlen(code)};
    script alone = {.family = like->family, .settings = like->settings, .steps = &step, .count = 1};
    cutting whole = {0};
    player play;
    player_open(&play, alone.family, &alone.settings);
    if (!player_play(&play, &alone, &whole, false)) {
        finding("promise", buffer_string(&play.fault));
    }
    *log = play.log;
    play.log = (event_log){0};
    player_close(&play);
}

/* With a small line buffer or ceiling a code is not what it is meant to be, and its payload is lines. */
static bool is_whole(const event_log *log)
{
    for (size_t i = 0; i < log->count; i++) {
        if (log->lines[i].kind == ATW_OVERLONG || log->lines[i].kind == ATW_MALFORMED) {
            return false;
        }
    }
    return true;
}

/* Insert the code before the octet at `offset` of all received. The step's octets are new, and to be freed. */
static script_step *insert(script *to, size_t offset, const char *code)
{
    size_t at = 0;
    size_t i = 0;
    while (to->steps[i].kind != STEP_RECEIVED || at + to->steps[i].count <= offset) {
        at += to->steps[i].kind == STEP_RECEIVED ? to->steps[i].count : 0;
        i++;
    }
    script_step *step = &to->steps[i];
    size_t length = strlen(code);
    size_t head = offset - at;
    uint8_t *octets = malloc(step->count + length);
    if (head > 0) {
        memcpy(octets, step->octets, head);
    }
    memcpy(octets + head, code, length);
    memcpy(octets + head + length, step->octets + head, step->count - head);
    step->octets = octets;
    step->count += length;
    return step;
}

static void check(const script *what, const event_log *base, size_t offset, const char *code, const event_log *alone)
{
    const char *lines[8];
    buffer why = {0};
    player play;
    cutting whole = {0};
    for (size_t i = 0; i < alone->count; i++) {
        lines[i] = event_log_text(alone, i);
    }
    script with = *what;
    with.steps = malloc(what->count * sizeof *with.steps);
    memcpy(with.steps, what->steps, what->count * sizeof *with.steps);
    script_step *changed = insert(&with, offset, code);
    finding_candidate(&with);
    player_open(&play, with.family, &with.settings);
    if (!player_play(&play, &with, &whole, false)) {
        finding("promise", buffer_string(&play.fault));
    }
    if (!oracle_inserted(base, &play.log, lines, alone->count, &why)) {
        finding("interleave", buffer_string(&why));
    }
    player_close(&play);
    free((void *)changed->octets);
    free(with.steps);
    buffer_free(&why);
}

static void check_code(const script *what, const event_log *base, size_t line, const char *code)
{
    event_log alone;
    read_code(code, what, &alone);
    if (is_whole(&alone)) {
        check(what, base, base->lines[line].offset, code, &alone);
    }
    event_log_free(&alone);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    input in;
    player play;
    cutting whole = {0};
    input_open(&in, octets, count);
    uint64_t choice = target_choice(octets, count);
    player_open(&play, in.script.family, &in.script.settings);
    finding_candidate(&in.script);
    if (!player_play(&play, &in.script, &whole, false)) {
        finding("promise", buffer_string(&play.fault));
    }
    for (size_t i = 0; i < TRIES && play.log.count > 0; i++) {
        size_t line = choice % play.log.count;
        choice /= 31;
        if (is_boundary(&play.log, line)) {
            check_code(&in.script, &play.log, line, codes[choice % CODES]);
        }
        choice /= 7;
    }
    player_close(&play);
    input_close(&in);
    return 0;
}
