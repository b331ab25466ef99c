#include "check_report.h"

#include <string.h>

static unsigned long long wide(uint64_t number)
{
    return number;
}

void check_report_head(buffer *to, const char *file, const check *from)
{
    buffer_format(to, "%s: ", file);
    capture_form_text(to, &from->form);
    buffer_format(to, "; family %s\n\n", atw_family_name(from->family));
}

void check_report_found(buffer *to, const check_found *what)
{
    static const char *const weights[] = {"", "note: ", "remark: "};
    buffer_format(to, "line %llu, octet %llu: %s%s\n", wide(what->at.line), wide(what->at.offset),
                  weights[what->weight], what->what);
    if (*what->came != '\0') {
        buffer_format(to, "    came:   %s\n", what->came);
    }
    buffer_format(to, "    manual: %s\n", what->manual);
}

static void add_heading(buffer *to, const char *text)
{
    buffer_format(to, "\n%s\n", text);
}

static void add_seconds(buffer *to, int64_t time_us)
{
    buffer_format(to, " %10.3f s", (double)time_us / 1e6);
}

static void add_exchange(buffer *to, const check_exchange *one)
{
    buffer_format(to, "  %8llu  %-34s %-13s", wide(one->sent.line), one->command.text,
                  check_outcome_text(one->outcome));
    if (one->timed) {
        add_seconds(to, one->duration_us);
    }
    if (one->timed && one->max_ms > 0) {
        buffer_format(to, " of %g s%s", (double)one->max_ms / 1e3, one->late ? ", late" : "");
    }
    buffer_octet(to, '\n');
}

static void add_exchanges(buffer *to, const check_exchanges *from)
{
    if (from->kept_count == 0) {
        return;
    }
    add_heading(to, "exchanges (line, command, completion, duration of the documented maximum)");
    for (size_t i = 0; i < from->kept_count; i++) {
        add_exchange(to, &from->kept[i]);
    }
    if (from->count > from->kept_count) {
        buffer_format(to, "  and %llu more\n", wide(from->count - from->kept_count));
    }
}

static void add_total(buffer *to, const check_totals *one)
{
    buffer_format(to, "  %-16s", one->name);
    for (size_t i = 0; i < CHECK_OUTCOMES; i++) {
        if (one->outcomes[i] > 0) {
            buffer_format(to, " %llu %s", wide(one->outcomes[i]), check_outcome_text((check_outcome)i));
        }
    }
    if (one->timed > 0) {
        buffer_format(to, "; mean %.3f s, longest %.3f s", (double)one->sum_us / (double)one->timed / 1e6,
                      (double)one->longest_us / 1e6);
    }
    if (one->timed > 0 && one->max_ms > 0) {
        buffer_format(to, " of %g s", (double)one->max_ms / 1e3);
    }
    buffer_text(to, one->late > 0 ? ", late ones among them\n" : "\n");
}

static void add_totals(buffer *to, const check_exchanges *from)
{
    if (from->totals_count == 0) {
        return;
    }
    add_heading(to, "commands");
    for (size_t i = 0; i < from->totals_count; i++) {
        add_total(to, &from->totals[i]);
    }
}

static void add_notes(buffer *to, const check *from)
{
    const char *heading = "notes";
    for (unsigned bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        const check_count *note = &from->notes[bit];
        if (note->count == 0) {
            continue;
        }
        if (heading != NULL) {
            add_heading(to, heading);
            heading = NULL;
        }
        buffer_format(to, "  %8llu  %s, first in line %llu: %s\n", wide(note->count), atw_note_text((atw_note_bit)bit),
                      wide(note->first_line), atw_note_meaning((atw_note_bit)bit));
    }
}

static void add_tally(buffer *to, const char *heading, const check_tally *from)
{
    if (from->count == 0) {
        return;
    }
    add_heading(to, heading);
    for (size_t i = 0; i < from->count; i++) {
        const check_tally_entry *entry = &from->entries[i];
        buffer_format(to, "  %8llu  %s, first in line %llu\n", wide(entry->count), entry->text,
                      wide(entry->first_line));
    }
    if (from->others > 0) {
        buffer_format(to, "  %8llu  others\n", wide(from->others));
    }
}

static void add_counts(buffer *to, const check *from)
{
    if (from->assumed.count > 0) {
        buffer_format(to, "data mode taken as ended %llu times without an escape in the capture, first in line %llu\n",
                      wide(from->assumed.count), wide(from->assumed.first_line));
    }
    buffer_format(to, "%llu octets received (%llu payload, %llu data mode), %llu sent; %llu exchanges",
                  wide(from->received), wide(from->data), wide(from->stream), wide(from->sent),
                  wide(from->exchanges.count));
    for (size_t i = 0; i < CHECK_OUTCOMES; i++) {
        if (from->exchanges.outcomes[i] > 0) {
            buffer_format(to, ", %llu %s", wide(from->exchanges.outcomes[i]), check_outcome_text((check_outcome)i));
        }
    }
    buffer_octet(to, '\n');
    if (from->unasked > 0) {
        buffer_format(to, "%llu final result codes that no command of the capture waited for\n", wide(from->unasked));
    }
}

void check_report_tail(buffer *to, const check *from)
{
    add_exchanges(to, &from->exchanges);
    add_totals(to, &from->exchanges);
    add_notes(to, from);
    add_tally(to, "prefixes without a row", &from->prefixes);
    add_tally(to, "lines without a row", &from->chatter);
    buffer_octet(to, '\n');
    add_counts(to, from);
    const char *verdict = from->failures > 0 ? "findings" : "good";
    buffer_format(to, "%s: %llu findings, %llu notes, %llu remarks%s\n", verdict, wide(from->weights[CHECK_FINDING]),
                  wide(from->weights[CHECK_NOTE]), wide(from->weights[CHECK_REMARK]),
                  from->options.strict ? " (strict: all of them count)" : "");
}
