#include "compare.h"

#include <string.h>

#include "finding.h"
#include "model.h"

static bool same_line(const event_log *a, const event_log *b, size_t line)
{
    return line < a->count && line < b->count && a->lines[line].step == b->lines[line].step &&
           a->lines[line].offset == b->lines[line].offset &&
           strcmp(event_log_text(a, line), event_log_text(b, line)) == 0;
}

static void add_line(buffer *to, const char *whose, const event_log *log, size_t line)
{
    if (line < log->count) {
        buffer_format(to, "%s: %s (step %zu, octet %u)\n", whose, event_log_text(log, line), log->lines[line].step,
                      log->lines[line].offset);
    } else {
        buffer_format(to, "%s: (nothing more)\n", whose);
    }
}

void compare_with_model(const script *what, const cutting *how)
{
    event_log expected = {0};
    if (model_read(what, &expected)) {
        player play;
        player_open(&play, what->family, &what->settings);
        if (!player_play(&play, what, how, false)) {
            finding("promise", buffer_string(&play.fault));
        }
        size_t line = 0;
        while (same_line(&expected, &play.log, line)) {
            line++;
        }
        if (line < expected.count || line < play.log.count) {
            buffer why = {0};
            buffer_format(&why, "event %zu\n", line);
            add_line(&why, "  model ", &expected, line);
            add_line(&why, "  parser", &play.log, line);
            finding("model", buffer_string(&why));
        }
        player_close(&play);
    }
    event_log_free(&expected);
}
