#include "finding.h"

#include <stdio.h>
#include <stdlib.h>

#include "model.h"

_Noreturn void finding(const char *property, const char *why)
{
    fprintf(stderr, "finding: %s: %s\n", property, why);
    fflush(stderr);
    abort();
}

static void write_header(FILE *to, const script *what)
{
    const script_settings *settings = &what->settings;
    fprintf(to, "title:   found by fuzzing\nfamily:  %s\nsource:  DESIGN.md\ncovers:  any/regression\nlevel:   must\n",
            atw_family_name(what->family));
    fprintf(to, "note:    the events are the model's: read them against DESIGN.md before this is kept\n");
    fprintf(to, "config:  line=%u ceiling=%u command=%u closed-ends-data=%d\n\n", settings->line_size,
            settings->ceiling > 0 ? settings->ceiling : SCRIPT_CEILING, settings->command_size,
            settings->closed_ends_data);
}

/* A step without octets changes nothing, and the format has none. */
static void write_step(FILE *to, const script_step *step)
{
    static const char *const words[] = {"-->", "<--", "--! dtr", "--! abandon"};
    bool wire = step->kind == STEP_SENT || step->kind == STEP_RECEIVED;
    if (wire && step->count == 0) {
        return;
    }
    buffer text = {0};
    if (wire) {
        buffer_escape_wire(&text, step->octets, step->count);
    }
    fprintf(to, "%s%s%s\n", words[step->kind], wire ? " " : "", buffer_string(&text));
    buffer_free(&text);
}

bool finding_write(const char *file, const script *what)
{
    event_log log = {0};
    FILE *to = fopen(file, "w");
    if (to == NULL) {
        perror(file);
        return false;
    }
    (void)model_read(what, &log);
    write_header(to, what);
    size_t line = 0;
    for (size_t i = 0; i < what->count; i++) {
        write_step(to, &what->steps[i]);
        for (; line < log.count && log.lines[line].step <= i; line++) {
            fprintf(to, "    %s\n", event_log_text(&log, line));
        }
    }
    event_log_free(&log);
    return fclose(to) == 0;
}

void finding_candidate(const script *what)
{
    static const char *file;
    static bool asked;
    if (!asked) {
        file = getenv("ATWIRE_FUZZ_TRANSCRIPT");
        asked = true;
    }
    if (file != NULL) {
        (void)finding_write(file, what);
    }
}
