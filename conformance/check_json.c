#include "check_json.h"

#include <jansson.h>
#include <stdlib.h>

/* A text whose octets may be anything (a file's name): jansson takes UTF-8 only. */
static json_t *text_json(const char *text)
{
    json_t *value = json_string(text);
    if (value == NULL) {
        buffer escaped = {0};
        for (; *text != '\0'; text++) {
            char octet = '?';
            if ((unsigned char)*text < 0x80) {
                octet = *text;
            }
            buffer_octet(&escaped, octet);
        }
        value = json_string(buffer_string(&escaped));
        buffer_free(&escaped);
    }
    return value;
}

static json_t *number_json(uint64_t number)
{
    return json_integer((json_int_t)number);
}

/* Write a value and free it. */
static void write_value(FILE *to, json_t *value)
{
    char *text = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    fputs(text != NULL ? text : "null", to);
    free(text);
    json_decref(value);
}

static void write_member(FILE *to, const char *key, json_t *value)
{
    fprintf(to, ",\n\"%s\": ", key);
    write_value(to, value);
}

static json_t *form_json(const capture_form *form)
{
    static const char *const styles[] = {"text", "escapes", "names", "hex"};
    static const char *const layouts[] = {"lines", "counted", "annotations"};
    return json_pack("{s:s, s:s, s:s, s:b, s:b}", "kind", capture_kind_text(form->kind), "layout",
                     layouts[form->layout], "octets", styles[form->style], "stamps", form->stamps, "marks",
                     form->marks);
}

void check_json_head(check_json *to, const char *file, const check *from)
{
    fputs("{\"schema\": \"atwire-check-1\"", to->to);
    write_member(to->to, "version", json_string(ATWIRE_VERSION));
    write_member(to->to, "file", text_json(file));
    write_member(to->to, "form", form_json(&from->form));
    write_member(to->to, "family", json_string(atw_family_name(from->family)));
    write_member(to->to, "strict", json_boolean(from->options.strict));
    fputs(",\n\"found\": [", to->to);
}

static json_t *time_json(bool known, int64_t time_us)
{
    return known ? json_real((double)time_us / 1e3) : json_null();
}

void check_json_found(check_json *to, const check_found *what)
{
    static const char *const weights[] = {"finding", "note", "remark"};
    fputs(to->has_found ? ",\n" : "\n", to->to);
    to->has_found = true;
    json_t *one =
        json_pack("{s:s, s:b, s:s, s:o, s:o}", "weight", weights[what->weight], "counts", what->counts, "rule",
                  what->rule, "line", number_json(what->at.line), "octet", number_json(what->at.offset));
    json_object_set_new(one, "what", text_json(what->what));
    json_object_set_new(one, "came", text_json(what->came));
    json_object_set_new(one, "manual", text_json(what->manual));
    json_object_set_new(one, "time_ms", time_json(what->at.has_time, what->at.time_us));
    write_value(to->to, one);
}

static json_t *exchange_json(const check_exchange *one)
{
    json_t *value =
        json_pack("{s:o, s:o, s:s, s:s}", "line", number_json(one->sent.line), "command", text_json(one->command.text),
                  "name", one->command.name, "completion", check_outcome_text(one->outcome));
    json_object_set_new(value, "duration_ms", time_json(one->timed, one->duration_us));
    json_object_set_new(value, "max_ms", one->max_ms > 0 ? number_json(one->max_ms) : json_null());
    json_object_set_new(value, "late", json_boolean(one->late));
    return value;
}

static json_t *outcomes_json(const uint64_t *outcomes)
{
    json_t *value = json_object();
    for (size_t i = 0; i < CHECK_OUTCOMES; i++) {
        json_object_set_new(value, check_outcome_text((check_outcome)i), number_json(outcomes[i]));
    }
    return value;
}

static json_t *totals_json(const check_totals *one)
{
    json_t *value = json_pack("{s:s, s:o}", "name", one->name, "completions", outcomes_json(one->outcomes));
    json_object_set_new(value, "longest_ms", time_json(one->timed > 0, one->longest_us));
    json_object_set_new(value, "mean_ms",
                        time_json(one->timed > 0, one->timed > 0 ? one->sum_us / (int64_t)one->timed : 0));
    json_object_set_new(value, "max_ms", one->max_ms > 0 ? number_json(one->max_ms) : json_null());
    json_object_set_new(value, "late", number_json(one->late));
    return value;
}

static json_t *notes_json(const check *from)
{
    json_t *all = json_array();
    for (unsigned bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        const check_count *note = &from->notes[bit];
        if (note->count > 0) {
            json_array_append_new(all,
                                  json_pack("{s:s, s:o, s:o}", "note", atw_note_text((atw_note_bit)bit), "count",
                                            number_json(note->count), "first_line", number_json(note->first_line)));
        }
    }
    return all;
}

static json_t *tally_json(const check_tally *from)
{
    json_t *all = json_array();
    for (size_t i = 0; i < from->count; i++) {
        const check_tally_entry *entry = &from->entries[i];
        json_array_append_new(all, json_pack("{s:o, s:o, s:o}", "text", text_json(entry->text), "count",
                                             number_json(entry->count), "first_line", number_json(entry->first_line)));
    }
    return json_pack("{s:o, s:o}", "entries", all, "others", number_json(from->others));
}

static json_t *summary_json(const check *from)
{
    json_t *value = json_pack("{s:o, s:o, s:o, s:o}", "findings", number_json(from->weights[CHECK_FINDING]), "notes",
                              number_json(from->weights[CHECK_NOTE]), "remarks",
                              number_json(from->weights[CHECK_REMARK]), "counted", number_json(from->failures));
    json_object_set_new(value, "exchanges", number_json(from->exchanges.count));
    json_object_set_new(value, "completions", outcomes_json(from->exchanges.outcomes));
    json_object_set_new(value, "received", number_json(from->received));
    json_object_set_new(value, "payload", number_json(from->data));
    json_object_set_new(value, "data_mode", number_json(from->stream));
    json_object_set_new(value, "sent", number_json(from->sent));
    json_object_set_new(value, "unasked_codes", number_json(from->unasked));
    json_object_set_new(value, "assumed_ends_of_data_mode", number_json(from->assumed.count));
    return value;
}

void check_json_tail(check_json *to, const check *from, const char *error)
{
    json_t *exchanges = json_array();
    for (size_t i = 0; i < from->exchanges.kept_count; i++) {
        json_array_append_new(exchanges, exchange_json(&from->exchanges.kept[i]));
    }
    json_t *commands = json_array();
    for (size_t i = 0; i < from->exchanges.totals_count; i++) {
        json_array_append_new(commands, totals_json(&from->exchanges.totals[i]));
    }
    fputs(to->has_found ? "\n]" : "]", to->to);
    write_member(to->to, "exchanges", exchanges);
    write_member(to->to, "commands", commands);
    write_member(to->to, "notes", notes_json(from));
    write_member(to->to, "prefixes", tally_json(&from->prefixes));
    write_member(to->to, "chatter", tally_json(&from->chatter));
    write_member(to->to, "summary", summary_json(from));
    write_member(to->to, "error", error != NULL ? text_json(error) : json_null());
    fputs("}\n", to->to);
}
