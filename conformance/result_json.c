#include "result_json.h"

#include <stdlib.h>
#include <string.h>

#include "child.h"
#include "corpus_json.h"

#define STRINGS(major, minor, patch) #major "." #minor "." #patch
#define VERSION_TEXT(major, minor, patch) STRINGS(major, minor, patch)

#if defined __clang__
#define TOOLCHAIN "clang " VERSION_TEXT(__clang_major__, __clang_minor__, __clang_patchlevel__)
#elif defined __GNUC__
#define TOOLCHAIN "gcc " VERSION_TEXT(__GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__)
#else
#define TOOLCHAIN "unknown"
#endif

static json_t *utc(time_t when)
{
    char text[32] = "";
    struct tm parts;
    if (gmtime_r(&when, &parts) != NULL) {
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    }
    return json_string(text);
}

/* What git prints for one question about the corpus folder, or nothing if it fails. */
static bool ask_git(const char *folder, char *first, char *second, char *third, buffer *answer)
{
    char *argv[] = {"git", "-C", (char *)folder, first, second, third, NULL};
    buffer errors = {0};
    bool good = child_run(argv, NULL, answer, &errors) == 0;
    buffer_free(&errors);
    return good;
}

static void add_commit(json_t *suite, const char *folder)
{
    buffer commit = {0};
    buffer changes = {0};
    bool known = ask_git(folder, "rev-parse", "--verify", "HEAD", &commit) && commit.count > 0;
    ask_git(folder, "status", "--porcelain", NULL, &changes);
    if (known) {
        commit.octets[strcspn(commit.octets, "\n")] = '\0';
    }
    json_object_set_new(suite, "commit", json_string(known ? commit.octets : "unknown"));
    json_object_set_new(suite, "dirty", json_boolean(known && changes.count > 0));
    buffer_free(&commit);
    buffer_free(&changes);
}

static json_t *suite_json(const conform_run *run, const char *folder)
{
    buffer hash = {0};
    buffer_format(&hash, "%016llx", (unsigned long long)run->corpus->hash);
    json_t *suite = json_pack("{s:s, s:s}", "version", ATWIRE_VERSION, "corpus_hash", hash.octets);
    buffer_free(&hash);
    add_commit(suite, folder);
    json_object_set_new(suite, "toolchain", json_string(TOOLCHAIN));
    json_object_set_new(suite, "start", utc(run->start));
    json_object_set_new(suite, "stop", utc(run->stop));
    json_object_set_new(suite, "seed", json_integer(0));
    return suite;
}

/* What belongs to no family has no manual: it is what all of them leave open. */
static const char *manual_of(atw_family family, const char *manual)
{
    return family == ATW_FAMILY_ANY ? "What the manuals leave open, decided for all families" : manual;
}

static json_t *families_json(void)
{
    json_t *all = json_array();
#define FAMILY(id, name, bit, links, servers, close_reasons, manual_text) \
    json_array_append_new(all, json_pack("{s:s, s:s}", "id", name, "manual", manual_of(ATW_FAMILY_##id, manual_text)));
#include "../parser/grammar/family.def"
    return all;
}

static json_t *rows_json(const conform_run *run)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < run->ledger->count; i++) {
        if (conform_has_row(run, &run->ledger->rows[i])) {
            json_array_append_new(rows, ledger_row_json(&run->ledger->rows[i]));
        }
    }
    return rows;
}

static json_t *wire_json(const script_step *step)
{
    if (step->wire != NULL) {
        return json_string(step->wire);
    }
    buffer wire = {0};
    buffer_escape_wire(&wire, step->octets, step->count);
    json_t *text = json_string(buffer_string(&wire));
    buffer_free(&wire);
    return text;
}

/* An adapter does not say at which octet an event began: there is no "at" then. */
static json_t *step_json(const script_step *step, size_t index, const event_log *whole, bool has_offsets)
{
    static const char *const directions[] = {
        [STEP_SENT] = "tx", [STEP_RECEIVED] = "rx", [STEP_DTR] = "dtr", [STEP_ABANDON] = "abandon"};
    json_t *expected = json_array();
    json_t *got = json_array();
    json_t *at = has_offsets ? json_array() : NULL;
    for (size_t i = 0; i < step->expected_count; i++) {
        json_array_append_new(expected, json_string(step->expected[i].text));
    }
    for (size_t i = 0; i < whole->count; i++) {
        if (whole->lines[i].step == index) {
            json_array_append_new(got, json_string(event_log_text(whole, i)));
            json_array_append_new(at, json_integer((json_int_t)whole->lines[i].offset));
        }
    }
    return json_pack("{s:s, s:I, s:o, s:o, s:o, s:o*}", "dir", directions[step->kind], "line", (json_int_t)step->line,
                     "wire", wire_json(step), "expected", expected, "got", got, "at", at);
}

static json_t *steps_json(const conform_case *one, bool has_offsets)
{
    const script *what = &one->from->transcript.script;
    json_t *steps = json_array();
    for (size_t i = 0; i < what->count; i++) {
        json_array_append_new(steps, step_json(&what->steps[i], i, &one->outcome.whole, has_offsets));
    }
    return steps;
}

static json_t *difference_json(const case_outcome *outcome)
{
    if (!outcome->differs) {
        return json_null();
    }
    return json_pack("{s:I, s:o, s:o}", "line", (json_int_t)outcome->line, "expected",
                     text_or_null_json(buffer_string(&outcome->expected)), "got",
                     text_or_null_json(buffer_string(&outcome->got)));
}

static json_t *notes_json(const case_outcome *outcome)
{
    json_t *notes = json_array();
    uint32_t bits = case_outcome_notes(outcome);
    for (unsigned bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        if (bits >> bit & 1) {
            json_array_append_new(notes, json_string(atw_note_text((atw_note_bit)bit)));
        }
    }
    return notes;
}

static json_t *case_json(const conform_run *run, const conform_case *one)
{
    const case_outcome *outcome = &one->outcome;
    buffer rerun = {0};
    case_rerun(&rerun, one->from->id, run->adapter != NULL ? run->adapter->command : NULL);
    json_t *whole = corpus_case_json(one->from);
    json_t *rest =
        json_pack("{s:s, s:o, s:o, s:o, s:o, s:I, s:I, s:f, s:o, s:s, s:o}", "verdict", verdict_text(outcome->verdict),
                  "expected_failure", text_or_null_json(one->expected_failure), "reason",
                  text_or_null_json(buffer_string(&outcome->reason)), "split",
                  text_or_null_json(buffer_string(&outcome->split)), "difference", difference_json(outcome), "octets",
                  (json_int_t)outcome->octets, "splits", (json_int_t)outcome->runs, "duration_ms", outcome->duration_ms,
                  "notes", notes_json(outcome), "rerun", rerun.octets, "steps", steps_json(one, run->adapter == NULL));
    json_object_update(whole, rest);
    json_decref(rest);
    buffer_free(&rerun);
    return whole;
}

static json_t *summary_json(const conform_run *run)
{
    json_t *summary = json_pack("{s:I}", "cases", (json_int_t)run->count);
    for (int kind = 0; kind < VERDICT_COUNT; kind++) {
        json_int_t count = 0;
        for (size_t i = 0; i < run->count; i++) {
            count += run->cases[i].outcome.verdict == (verdict)kind;
        }
        json_object_set_new(summary, verdict_text((verdict)kind), json_integer(count));
    }
    return summary;
}

static json_t *implementation_json(const adapter *from)
{
    if (from == NULL) {
        return json_pack("{s:s, s:s, s:s, s:n}", "name", "atwire", "version", ATWIRE_VERSION, "level", "complete",
                         "command");
    }
    return json_pack("{s:s, s:s, s:s, s:s}", "name", from->hello.name, "version", from->hello.version, "level",
                     adapter_level_text(from->hello.level), "command", from->command);
}

static json_t *result_json(const conform_run *run, const char *folder)
{
    json_t *cases = json_array();
    for (size_t i = 0; i < run->count; i++) {
        json_array_append_new(cases, case_json(run, &run->cases[i]));
    }
    return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", "atwire-result-1", "suite",
                     suite_json(run, folder), "implementation", implementation_json(run->adapter), "families",
                     families_json(), "requirements", rows_json(run), "cases", cases, "summary", summary_json(run));
}

bool result_json_write(const conform_run *run, const char *file, const char *folder)
{
    const size_t flags = JSON_INDENT(1) | JSON_REAL_PRECISION(6);
    json_t *result = result_json(run, folder);
    bool good;
    if (strcmp(file, "-") == 0) {
        good = json_dumpf(result, stdout, flags) == 0 && putchar('\n') != EOF;
    } else {
        good = json_dump_file(result, file, flags) == 0;
    }
    json_decref(result);
    return good;
}
