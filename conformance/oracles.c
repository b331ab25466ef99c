#include "oracles.h"

#include <string.h>

#include "accounting.h"

bool oracle_lossless(player *with, const script *what, const cutting *how, buffer *why)
{
    accounting account = {0};
    accounting_begin(&account, what);
    with->observer = accounting_observer(&account);
    bool kept = player_play(with, what, how, true);
    with->observer = (player_observer){0};
    bool good = kept && accounting_end(&account);
    if (!good) {
        buffer_text(why, kept ? "lossless: " : "promise: ");
        buffer_text(why, buffer_string(kept ? &account.problem : &with->fault));
        buffer_text(why, "\n");
    }
    accounting_free(&account);
    return good;
}

static const char *text_at(const event_log *log, size_t line)
{
    return line < log->count ? event_log_text(log, line) : "(nothing more)";
}

static size_t first_difference(const event_log *a, const event_log *b)
{
    size_t line = 0;
    while (line < a->count && line < b->count && a->lines[line].step == b->lines[line].step &&
           strcmp(event_log_text(a, line), event_log_text(b, line)) == 0) {
        line++;
    }
    return line;
}

bool oracle_split(player *with, const script *what, const event_log *whole, const cutting *how, buffer *why)
{
    bool kept = player_play(with, what, how, true);
    if (kept && event_log_equal(whole, &with->log)) {
        return true;
    }
    size_t line = first_difference(whole, &with->log);
    buffer_text(why, "split: ");
    cutting_text(why, how);
    if (kept) {
        buffer_format(why, ": event %zu: whole: %s, cut: %s\n", line, text_at(whole, line), text_at(&with->log, line));
    } else {
        buffer_format(why, ": %s\n", buffer_string(&with->fault));
    }
    return false;
}

static bool has_lines(const event_log *log, size_t from, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (from + i >= log->count || strcmp(event_log_text(log, from + i), lines[i]) != 0) {
            return false;
        }
    }
    return true;
}

/* Whether `b` from line `from_b` on is `a` from line `from_a` on, whatever the steps. */
static bool same_rest(const event_log *a, size_t from_a, const event_log *b, size_t from_b)
{
    if (a->count - from_a != b->count - from_b) {
        return false;
    }
    for (; from_a < a->count; from_a++, from_b++) {
        if (strcmp(event_log_text(a, from_a), event_log_text(b, from_b)) != 0) {
            return false;
        }
    }
    return true;
}

bool oracle_inserted(const event_log *base, const event_log *got, const char *const *lines, size_t count, buffer *why)
{
    size_t same = 0;
    while (same < base->count && same < got->count &&
           strcmp(event_log_text(base, same), event_log_text(got, same)) == 0) {
        same++;
    }
    /* The inserted lines may begin like the base's own, so the place may be before the first difference. */
    for (size_t at = same + 1; at-- > 0;) {
        if (got->count == base->count + count && has_lines(got, at, lines, count) &&
            same_rest(base, at, got, at + count)) {
            return true;
        }
    }
    buffer_format(why, "interleave: event %zu: without: %s, with: %s\n", same, text_at(base, same), text_at(got, same));
    return false;
}

bool oracle_prefix(const event_log *whole, const event_log *cut, size_t end, buffer *why)
{
    size_t count = 0;
    while (count < cut->count && cut->lines[count].step < end) {
        count++;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        if (strcmp(text_at(whole, i), event_log_text(cut, i)) != 0) {
            buffer_format(why, "prefix: event %zu: whole: %s, cut short: %s\n", i, text_at(whole, i),
                          event_log_text(cut, i));
            return false;
        }
    }
    return true;
}

void oracle_add_fresh_exchange(script_step *steps)
{
    static const uint8_t command[] = {'A', 'T', '+', 'C', 'S', 'Q', '\r'};
    static const uint8_t answer[] = "\r\n+CSQ: 23,0\r\n\r\nOK\r\n";
    steps[0] = (script_step){.kind = STEP_ABANDON};
    steps[1] = (script_step){.kind = STEP_SENT, .octets = command, .count = sizeof command};
    steps[2] = (script_step){.kind = STEP_RECEIVED, .octets = answer, .count = sizeof answer - 1};
}

bool oracle_fresh_exchange(const event_log *log, size_t first, buffer *why)
{
    static const char *const lines[] = {"info CSQ rssi=23 ber=0", "final OK", "done CSQ ok"};
    size_t from = log->count;
    while (from > 0 && log->lines[from - 1].step > first) {
        from--; /* step `first` is the abandon: what it cuts is a line of that step */
    }
    if (log->count - from == 3 && has_lines(log, from, lines, 3)) {
        return true;
    }
    buffer_format(why, "in step: after abandon, AT+CSQ gives %zu events, the first: %s\n", log->count - from,
                  text_at(log, from));
    return false;
}

bool oracle_lines(const event_log *log, const char *const *lines, size_t count, buffer *why)
{
    size_t same = 0;
    while (same < count && same < log->count && strcmp(event_log_text(log, same), lines[same]) == 0) {
        same++;
    }
    if (same == count && same == log->count) {
        return true;
    }
    buffer_format(why, "payload: event %zu: expected %s, got %s\n", same, same < count ? lines[same] : "(nothing more)",
                  text_at(log, same));
    return false;
}
