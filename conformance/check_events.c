/* What the parser says about a capture, and what of it deviates. */
#include <string.h>

#include "check_internal.h"
#include "check_manual.h"
#include "notation.h"

/* Most octets of what came that are shown. */
#define SHOWN_MAX 160
/* The longest result code that ends data mode, and its CR. */
#define STREAM_LINE_MAX 12

static uint64_t start_of(const check *in, const atw_event *event)
{
    return in->received - (uint32_t)((uint32_t)in->received - event->offset);
}

static void add_came(buffer *to, const uint8_t *octets, size_t count)
{
    buffer_escape(to, octets, count < SHOWN_MAX ? count : SHOWN_MAX);
    buffer_text(to, count > SHOWN_MAX ? "..." : "");
}

static void tell_line(check *in, const atw_event *event)
{
    const check_place at = check_place_of(in, start_of(in, event));
    check_words say = check_speak(in);
    notation_event(say.what, event);
    if (event->kind == ATW_MALFORMED) {
        check_manual_shapes(say.manual, event);
        add_came(say.came, event->text.octets, event->text.count);
    } else {
        buffer_format(say.manual, "no documented line is longer than %u octets", (unsigned)in->config.line_size);
        buffer_format(say.came, "%u octets", (unsigned)event->total);
    }
    check_tell(in, CHECK_FINDING, notation_kind_text((atw_kind)event->kind), &at);
}

static void tell_note(check *in, const atw_event *event, atw_note_bit note, const check_place *at)
{
    check_words say = check_speak(in);
    if (notation_is_span(event)) {
        buffer_text(say.what, notation_kind_text((atw_kind)event->kind));
    } else {
        notation_event(say.what, event);
    }
    check_manual_note(say.manual, event, note, in->family);
    add_came(say.came, event->text.octets, event->text.count);
    check_tell(in, CHECK_NOTE, atw_note_text(note), at);
}

/* Notes are counted; told one by one only where they count. */
static void take_notes(check *in, const atw_event *event)
{
    const check_place at = check_place_of(in, start_of(in, event));
    for (unsigned bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        if ((event->notes >> bit & 1) == 0) {
            continue;
        }
        check_count *note = &in->notes[bit];
        note->first_line = note->count == 0 ? at.line : note->first_line;
        note->count++;
        if (in->options.strict) {
            tell_note(in, event, (atw_note_bit)bit, &at);
        } else {
            in->weights[CHECK_NOTE]++;
        }
    }
}

/* A line without a row: chatter, unless it is a result code that was damaged or a prefix without its colon. */
static void take_text(check *in, const atw_event *event)
{
    const check_place at = check_place_of(in, start_of(in, event));
    const char *like = check_resembled(event->text.octets, event->text.count);
    bool prefix = event->text.count > 1 && (event->text.octets[0] == '+' || event->text.octets[0] == '*');
    if (like == NULL && !prefix) {
        check_tally_add(&in->chatter, event->text.octets, event->text.count, at.line);
        return;
    }
    check_words say = check_speak(in);
    notation_event(say.what, event);
    if (like != NULL) {
        buffer_format(say.manual, "%s is a whole line, exactly so (ITU-T V.250 5.7.1)", like);
    } else {
        buffer_text(say.manual, "a prefix has a name of letters and digits and ends with a colon (ITU-T V.250 5.7.2)");
    }
    add_came(say.came, event->text.octets, event->text.count);
    check_tell(in, CHECK_FINDING, like != NULL ? "damaged-code" : "damaged-prefix", &at);
}

/* A prefix that announces a payload: how many octets follow. */
static void take_header(check *in, const atw_event *event)
{
    const atw_field *length = NULL;
    uint64_t digits = 1;
    switch (event->line) {
    case ATW_LINE_IPD_LENGTH:
    case ATW_LINE_RECEIVE_LENGTH: length = atw_event_field(event, ATW_PARAM_LEN); break;
    case ATW_LINE_CIPRXGET_HEX_DATA: digits = 2; /* fall through */
    case ATW_LINE_CIPRXGET_DATA: length = atw_event_field(event, ATW_PARAM_READ_LEN); break;
    default: break;
    }
    if (length != NULL && length->value > 0) {
        in->payload_left = digits * (uint64_t)length->value;
        in->payload_total = in->payload_left;
    }
}

static bool is_label(const atw_event *event, const char *text)
{
    return event->label.count == strlen(text) && memcmp(event->label.octets, text, event->label.count) == 0;
}

/* What a module says when it starts, and nothing else. */
static bool is_restart(const atw_event *event)
{
    return event->kind == ATW_URC &&
           (event->name == ATW_NAME_RDY || (event->name == ATW_NAME_OTHER && is_label(event, "ATREADY")));
}

static void take_restart(check *in, const atw_event *event)
{
    if (in->exchanges.open_count == 0) {
        return;
    }
    const check_place at = check_place_of(in, start_of(in, event));
    check_words say = check_speak(in);
    buffer_text(say.what, "the module restarted inside an exchange:");
    for (size_t i = 0; i < in->exchanges.open_count; i++) {
        const check_exchange *one = &in->exchanges.open[i];
        buffer_format(say.what, "%s %s of line %llu", i > 0 ? "," : "", one->command.text,
                      (unsigned long long)one->sent.line);
    }
    buffer_text(say.manual,
                "a command is answered by its final result code, and where it has one its result line, before "
                "anything ends the exchange (ITU-T V.250 5.7.1)");
    add_came(say.came, event->text.octets, event->text.count);
    check_tell(in, CHECK_FINDING, "restart", &at);
    check_end_exchanges(in, CHECK_LOST);
    check_host_owes_nothing(in);
    atw_abandon(&in->parser);
}

/* A final result code that no command waits for. Without the host's side of the capture that is the rule. */
static void take_unasked(check *in, const atw_event *event)
{
    in->unasked++;
    if (!in->had_command || !in->form.marks) {
        return;
    }
    const check_place at = check_place_of(in, start_of(in, event));
    check_words say = check_speak(in);
    buffer_text(say.what, "no command waits for ");
    notation_event(say.what, event);
    buffer_text(say.manual, "one final result code answers one command line (ITU-T V.250 5.7.1)");
    add_came(say.came, event->text.octets, event->text.count);
    check_tell(in, CHECK_FINDING, "unasked-code", &at);
}

static void take_final(check *in, const atw_event *event)
{
    check_exchange *pending = check_exchanges_pending(&in->exchanges);
    if (in->in_stream) {
        in->in_stream = false;
    } else if (pending != NULL) {
        pending->has_final = true;
        check_host_owes_nothing(in);
    } else {
        take_unasked(in, event);
    }
}

static void take_connect(check *in)
{
    check_exchange *pending = check_exchanges_pending(&in->exchanges);
    if (pending != NULL) {
        pending->has_final = true;
    }
    check_host_owes_nothing(in);
    in->in_stream = true;
    in->stream_ended = false;
    buffer_clear(&in->stream_line);
}

static void take_done(check *in, const atw_event *event)
{
    const char *name = atw_name_text((atw_name)event->name);
    size_t length = strlen(name);
    if (event->name == ATW_NAME_OTHER) {
        name = (const char *)event->label.octets;
        length = event->label.count;
    } else if (event->name == ATW_NAME_AT) {
        name = "AT";
        length = 2;
    }
    long index = event->field_count > 0 ? event->fields[0].value : -1;
    check_exchange *which = check_exchanges_find(&in->exchanges, name, length, index);
    if (which != NULL) {
        check_end_exchange(in, which, event->ok ? CHECK_OK : CHECK_ERROR);
    }
}

/* Whether the last line in data mode that is not empty is a result code that ends it. */
static void take_stream(check *in, const atw_event *event)
{
    in->stream += event->text.count;
    for (size_t i = 0; i < event->text.count; i++) {
        const uint8_t octet = event->text.octets[i];
        buffer *line = &in->stream_line;
        if (octet != '\n') {
            if (line->count < STREAM_LINE_MAX) {
                buffer_octet(line, (char)octet);
            }
        } else {
            size_t count = check_trim((const uint8_t *)line->octets, line->count);
            in->stream_ended = count > 0 ? check_ends_data((const uint8_t *)line->octets, count) : in->stream_ended;
            buffer_clear(line);
        }
    }
}

static void take_data(check *in, const atw_event *event)
{
    const uint64_t count = event->text.count;
    in->data += count;
    in->payload_left -= count < in->payload_left ? count : in->payload_left;
}

static void take_unknown(check *in, const atw_event *event)
{
    if (event->name == ATW_NAME_OTHER) {
        const check_place at = check_place_of(in, start_of(in, event));
        check_tally_add(&in->prefixes, event->label.octets, event->label.count, at.line);
    }
}

static void take_urc(check *in, const atw_event *event)
{
    in->in_stream = false; /* inside it there is but the one that ends it */
    take_header(in, event);
    take_unknown(in, event);
    if (is_restart(event)) {
        take_restart(in, event);
    }
}

void check_event(check *in, const atw_event *event)
{
    bool span = notation_is_span(event);
    if (event->notes != 0 && !(span && in->in_data)) {
        take_notes(in, event);
    }
    in->in_data = span && !event->last;
    in->known = in->known || (event->kind != ATW_TEXT && event->kind != ATW_OVERLONG);
    switch (event->kind) {
    case ATW_PROMPT: in->prompted = true; break;
    case ATW_FINAL: take_final(in, event); break;
    case ATW_CONNECT: take_connect(in); break;
    case ATW_INFO:
        take_header(in, event);
        take_unknown(in, event);
        break;
    case ATW_URC: take_urc(in, event); break;
    case ATW_DATA: take_data(in, event); break;
    case ATW_STREAM: take_stream(in, event); break;
    case ATW_TEXT: take_text(in, event); break;
    case ATW_MALFORMED:
    case ATW_OVERLONG: tell_line(in, event); break;
    case ATW_DONE: take_done(in, event); break;
    default: break;
    }
}
