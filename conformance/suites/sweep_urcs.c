#include <stdlib.h>
#include <string.h>

#include "memory.h"
#include "sweeps.h"

#define LINES_MAX 3

/* Whose manual has it; the bits are family.def's. */
enum { A76XX = 1, A7600 = 2, SIM7028 = 4, SIM7X00 = 8, ALL = 15 };

/* An unsolicited result code: what a module sends, and the events it must give wherever it comes. */
typedef struct urc {
    unsigned families;
    const char *wire;
    const char *unless_sent; /* not injected where the host sends this, because the line is then an answer */
    const char *lines[LINES_MAX];
} urc;

static const urc urcs[] = {
    {ALL, "\r\n+IPCLOSE: 1,1\r\n", NULL, {"urc IPCLOSE client_index=1 close_reason=1"}},
    {ALL,
     "\r\n+CLIENT: 0,1,192.168.108.5:57202\r\n",
     NULL,
     {"urc CLIENT link_num=0 server_index=1 client_ip=\"192.168.108.5\" port=57202"}},
    {ALL, "\r\n+CIPRXGET: 1,1\r\n", NULL, {"urc CIPRXGET mode=1 link_num=1"}},
    {ALL, "\r\nCLOSED\r\n", NULL, {"urc CLOSED"}},
    {ALL,
     "\r\nRECV FROM:117.131.85.139:5253\r\n+IPD4\r\nOK\r\n",
     NULL,
     {"urc RECV-FROM ip=\"117.131.85.139\" port=5253", "urc IPD len=4", "data len=4 \"OK\\r\\n\""}},
    {ALL, "\r\n+IPD5\r\n> \0\r\n", NULL, {"urc IPD len=5", "data len=5 \"> \\x00\\r\\n\""}},
    {A76XX | A7600 | SIM7028,
     "\r\n+RECEIVE,0,4:\r\nOK\r\n",
     NULL,
     {"urc RECEIVE link_num=0 len=4", "data len=4 \"OK\\r\\n\""}},
    {A76XX | A7600 | SIM7028,
     "\r\n+CIPEVENT: NETWORK CLOSED UNEXPECTEDLY\r\n",
     NULL,
     {"urc CIPEVENT text=\"NETWORK CLOSED UNEXPECTEDLY\""}},
    {ALL, "\r\n+CREG: 1\r\n", NULL, {"urc CREG stat=1"}},
    {ALL, "\r\n+CGREG: 2,\"1816\",\"1A2B3C\"\r\n", NULL, {"urc CGREG stat=2 lac=\"1816\" ci=\"1A2B3C\""}},
    {ALL, "\r\n+CEREG: 5\r\n", NULL, {"urc CEREG stat=5"}},
    {ALL, "\r\n+CPIN: READY\r\n", "CPIN", {"urc CPIN code=\"READY\""}},
    {ALL, "\r\n*ATREADY: 1\r\n", "ATREADY", {"urc ATREADY raw=\"1\""}},
    {ALL, "\r\n+CGEV: ME PDN DEACT 1\r\n", "CGEV", {"urc CGEV raw=\"ME PDN DEACT 1\""}},
    {ALL, "\r\nRING\r\n", NULL, {"urc RING"}},
    {ALL, "\r\nRDY\r\n", NULL, {"urc RDY"}},
    {ALL, "\r\nSMS DONE\r\n", NULL, {"urc SMS-DONE"}},
    {ALL, "\r\nPB DONE\r\n", NULL, {"urc PB-DONE"}},
    {ALL, "\r\nQCRDY\r\n", NULL, {"urc QCRDY"}},
    {ALL, "\r\nNORMAL POWER DOWN\r\n", NULL, {"urc NORMAL-POWER-DOWN"}},
};

#define URC_COUNT (sizeof urcs / sizeof urcs[0])

static unsigned family_bit(atw_family family)
{
    static const unsigned bits[] = {
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) bit,
#include "../../parser/grammar/family.def"
    };
    return bits[family];
}

/* A wire text may hold one NUL: it goes on behind it if it does not end in an LF before. */
static size_t wire_length(const urc *of)
{
    size_t length = strlen(of->wire);
    return of->wire[length - 1] == '\n' ? length : length + 1 + strlen(of->wire + length + 1);
}

static size_t line_count(const urc *of)
{
    size_t count = 0;
    while (count < LINES_MAX && of->lines[count] != NULL) {
        count++;
    }
    return count;
}

static bool is_sent(const script *what, const char *text)
{
    size_t length = strlen(text);
    for (size_t i = 0; i < what->count; i++) {
        const script_step *step = &what->steps[i];
        for (size_t at = 0; step->kind == STEP_SENT && at + length <= step->count; at++) {
            if (memcmp(step->octets + at, text, length) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* The longest payload of the table, octets. */
#define PAYLOAD_MAX 5

/* Whether the case's line buffer holds each of its lines, and its ceiling allows the payloads. */
static bool fits(const urc *one, const script_settings *settings)
{
    size_t longest = 0;
    size_t length = 0;
    for (size_t at = 0; at < wire_length(one); at++) {
        length = one->wire[at] == '\n' ? 0 : length + 1;
        longest = length > longest ? length : longest;
    }
    return longest <= settings->line_size && PAYLOAD_MAX <= settings->ceiling;
}

static bool is_meant(const urc *one, const script *what)
{
    if (!fits(one, &what->settings)) {
        return false;
    }
    bool known = what->family == ATW_FAMILY_ANY || (one->families & family_bit(what->family)) != 0;
    return known && (one->unless_sent == NULL || !is_sent(what, one->unless_sent));
}

static void mark(bool *inside, size_t count, size_t from, size_t end)
{
    for (size_t at = from; at < end && at <= count; at++) {
        inside[at] = true;
    }
}

/*
 * Positions among all received octets at which no line can begin: inside a payload, its echo or a line that was
 * dropped, and from CONNECT to the result code that ends data mode. `inside` has one flag a position, 0..count.
 */
static void mark_inside(bool *inside, size_t count, const event_log *log)
{
    size_t connected = SIZE_MAX;
    for (size_t i = 0; i < log->count; i++) {
        const event_line *line = &log->lines[i];
        size_t end = line->offset + line->octets;
        if (line->kind == ATW_DATA) {
            mark(inside, count, line->offset, line->complete ? end : count + 1);
        } else if (line->kind == ATW_OVERLONG || line->kind == ATW_ECHO) {
            mark(inside, count, line->offset, end);
        } else if (line->kind == ATW_CONNECT) {
            connected = line->offset;
        } else if (connected != SIZE_MAX && (line->kind == ATW_FINAL || line->kind == ATW_URC)) {
            mark(inside, count, connected, end + 3);
            connected = SIZE_MAX;
        }
    }
    if (connected != SIZE_MAX) {
        mark(inside, count, connected, count + 1);
    }
}

/* Whether NULs come before a position whose note the line there gets: an injected line would take it away. */
static bool is_behind_nul(const buffer *received, size_t at)
{
    while (at > 0 && (received->octets[at - 1] == '\r' || received->octets[at - 1] == '\n')) {
        at--;
    }
    return at > 0 && received->octets[at - 1] == '\0';
}

/* Whether a line can begin at a position: at the input's start, behind an LF, behind a payload. */
static bool is_boundary(const buffer *received, const event_log *log, size_t at)
{
    if (is_behind_nul(received, at)) {
        return false;
    }
    if (at == 0 || received->octets[at - 1] == '\n') {
        return true;
    }
    for (size_t i = 0; i < log->count; i++) {
        const event_line *line = &log->lines[i];
        if (line->kind == ATW_DATA && line->complete && line->offset + line->octets == at) {
            return true;
        }
    }
    return false;
}

typedef struct place {
    size_t step;
    size_t at; /* in that step's octets */
} place;

/* Put the URC there and play. */
static bool inject(player *with, const corpus_case *one, const event_log *base, place where, const urc *what,
                   buffer *why)
{
    const script_step *step = &one->transcript.script.steps[where.step];
    size_t length = wire_length(what);
    uint8_t *octets = memory_new(step->count + length);
    memcpy(octets, step->octets, where.at);
    memcpy(octets + where.at, what->wire, length);
    memcpy(octets + where.at + length, step->octets + where.at, step->count - where.at);
    script changed = script_copy(&one->transcript.script, 0);
    changed.steps[where.step].octets = octets;
    changed.steps[where.step].count += length;
    bool good = oracle_lossless(with, &changed, &(cutting){0}, why) &&
                oracle_inserted(base, &with->log, what->lines, line_count(what), why);
    if (!good) {
        sweep_show(why, one->id, &changed);
    }
    free(changed.steps);
    free(octets);
    return good;
}

static bool inject_all(player *with, const corpus_case *one, const event_log *base, place where, buffer *why)
{
    bool good = true;
    for (size_t i = 0; good && i < URC_COUNT; i++) {
        if (is_meant(&urcs[i], &one->transcript.script) && sweep_is_ours(where.at + i)) {
            good = inject(with, one, base, where, &urcs[i], why);
        }
    }
    return good;
}

/* Go through all positions, before and behind each step's octets, too. */
static bool sweep_places(player *with, const corpus_case *one, const event_log *base, const buffer *received,
                         const bool *inside, buffer *why)
{
    const script *what = &one->transcript.script;
    size_t start = 0;
    bool good = true;
    for (size_t i = 0; good && i < what->count; i++) {
        size_t count = what->steps[i].kind == STEP_RECEIVED ? what->steps[i].count : 0;
        for (size_t at = 0; good && count > 0 && at <= count; at++) {
            if (!inside[start + at] && is_boundary(received, base, start + at)) {
                good = inject_all(with, one, base, (place){i, at}, why);
            }
        }
        start += count;
    }
    return good;
}

bool sweep_urcs(const corpus_case *one, buffer *why)
{
    const script *what = &one->transcript.script;
    player with;
    player_open(&with, what->family, &what->settings);
    player_play(&with, what, &(cutting){0}, true);
    event_log base = with.log;
    with.log = (event_log){0};
    buffer received = {0};
    for (size_t i = 0; i < what->count; i++) {
        if (what->steps[i].kind == STEP_RECEIVED) {
            buffer_add(&received, what->steps[i].octets, what->steps[i].count);
        }
    }
    bool *inside = memory_new((received.count + 1) * sizeof *inside);
    mark_inside(inside, received.count, &base);
    bool good = sweep_places(&with, one, &base, &received, inside, why);
    free(inside);
    buffer_free(&received);
    event_log_free(&base);
    player_close(&with);
    return good;
}
