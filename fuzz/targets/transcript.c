/*
 * transcript: whatever stands in an `.at` file, its reader takes it or says `file:line: expected …`; what it took reads back the same
 * when its wire lines are written out again; and the notation's check takes every line that the notation prints.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "finding.h"
#include "notation_check.h"
#include "player.h"
#include "target.h"
#include "transcript.h"

static const char name[] = "input.at";

static void check_message(const source_error *error)
{
    int line = -1;
    int length = 0;
    if (sscanf(error->message, "input.at:%d:%n", &line, &length) != 1 || length == 0 || line < 0) {
        finding("message", error->message);
    }
    if (strstr(error->message, "expected") == NULL) {
        finding("message", error->message);
    }
}

static void write_step(buffer *to, const script_step *step)
{
    static const char *const words[] = {"--> ", "<-- ", "--! dtr", "--! abandon"};
    buffer_text(to, words[step->kind]);
    buffer_escape_wire(to, step->octets, step->count);
    buffer_octet(to, '\n');
}

/* Steps with just the octets of the other's. */
static bool same_steps(const script *a, const script *b)
{
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) {
        const script_step *one = &a->steps[i];
        const script_step *other = &b->steps[i];
        same = one->kind == other->kind && one->count == other->count &&
               (one->count == 0 || memcmp(one->octets, other->octets, one->count) == 0);
    }
    return same;
}

static void check_rewritten(const transcript *first)
{
    buffer text = {0};
    buffer_text(&text, "title: t\nfamily: any\nsource: s\nlevel: may\n");
    for (size_t i = 0; i < first->script.count; i++) {
        write_step(&text, &first->script.steps[i]);
    }
    source from = {0};
    source_error error;
    transcript second;
    source_from_octets(&from, name, text.octets, text.count);
    if (!transcript_read(&second, &from, &error)) {
        finding("rewritten", error.message);
    }
    if (!same_steps(&first->script, &second.script)) {
        finding("rewritten", "a wire line reads back as other octets");
    }
    transcript_free(&second);
    source_close(&from);
    buffer_free(&text);
}

static void check_printed(const transcript *read)
{
    player play;
    cutting whole = {0};
    notation_fault fault;
    player_open(&play, read->script.family, &read->script.settings);
    if (!player_play(&play, &read->script, &whole, true)) {
        finding("promise", buffer_string(&play.fault));
    }
    for (size_t i = 0; i < play.log.count; i++) {
        if (!notation_check(event_log_text(&play.log, i), &fault)) {
            finding("notation", event_log_text(&play.log, i));
        }
    }
    player_close(&play);
}

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    source from = {0};
    source_error error = {""};
    transcript read;
    source_from_octets(&from, name, octets, count);
    if (transcript_read(&read, &from, &error)) {
        check_rewritten(&read);
        check_printed(&read);
    } else {
        check_message(&error);
    }
    transcript_free(&read);
    source_close(&from);
    return 0;
}
