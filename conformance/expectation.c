#include "expectation.h"

#include <string.h>

/* The end of the log's lines that were complete by the end of a step. */
static size_t due_end(const event_log *log, size_t from, size_t step)
{
    while (from < log->count && log->lines[from].step <= step) {
        from++;
    }
    return from;
}

static bool block_met(const script_step *step, const event_log *log, size_t from, size_t end, difference *first)
{
    for (size_t i = 0; i < step->expected_count || from + i < end; i++) {
        const char *got = from + i < end ? event_log_text(log, from + i) : NULL;
        const char *expected = i < step->expected_count ? step->expected[i].text : NULL;
        if (got == NULL || expected == NULL || strcmp(got, expected) != 0) {
            *first = (difference){
                .line = expected != NULL ? step->expected[i].line : step->line, .expected = expected, .got = got};
            return false;
        }
    }
    return true;
}

bool expectation_met(const script *what, const event_log *log, difference *first)
{
    size_t from = 0;
    for (size_t i = 0; i < what->count; i++) {
        bool last = i + 1 == what->count;
        if (what->steps[i].expected_count == 0 && !last) {
            continue;
        }
        size_t end = due_end(log, from, i);
        if (!block_met(&what->steps[i], log, from, end, first)) {
            return false;
        }
        from = end;
    }
    return true;
}
