#include "expected_failures.h"

#include <stdlib.h>
#include <string.h>

static bool add_entry(expected_failures *to, const source *from, source_error *error)
{
    const char *line = from->line;
    size_t length = strcspn(line, " ");
    const char *reason = line + length + strspn(line + length, " ");
    if (length == 0 || *reason == '\0') {
        return source_fail(from, 0, error, "expected a case id, blanks and the reason why it fails");
    }
    to->entries = memory_room(to->entries, to->count, sizeof *to->entries);
    to->entries[to->count++] = (expected_failure){.pattern = arena_text(&to->memory, line, length),
                                                  .reason = arena_text(&to->memory, reason, strlen(reason)),
                                                  .line = from->number};
    return true;
}

bool expected_failures_load(expected_failures *to, const char *file, source_error *error)
{
    source from;
    *to = (expected_failures){.file = file};
    if (!source_open(&from, file, error)) {
        return false;
    }
    int more;
    bool good = true;
    while (good && (more = source_next(&from, false, error)) != 0) {
        bool empty = more > 0 && (from.length == 0 || from.line[0] == '#');
        good = more > 0 && (empty || add_entry(to, &from, error));
    }
    source_close(&from);
    return good;
}

void expected_failures_free(expected_failures *from)
{
    free(from->entries);
    arena_free(&from->memory);
    *from = (expected_failures){0};
}

const char *expected_failures_reason(const expected_failures *in, const char *id)
{
    for (size_t i = 0; i < in->count; i++) {
        if (corpus_id_matches(id, in->entries[i].pattern)) {
            return in->entries[i].reason;
        }
    }
    return NULL;
}

static bool matches_any(const expected_failure *entry, const corpus *cases)
{
    for (size_t i = 0; i < cases->count; i++) {
        if (corpus_id_matches(cases->cases[i].id, entry->pattern)) {
            return true;
        }
    }
    return false;
}

size_t expected_failures_stale(const expected_failures *in, const corpus *cases, buffer *to)
{
    size_t found = 0;
    for (size_t i = 0; i < in->count; i++) {
        const expected_failure *entry = &in->entries[i];
        if (!matches_any(entry, cases)) {
            buffer_format(to, "%s:%zu: expected a case of the corpus, none matches %s\n", in->file, entry->line,
                          entry->pattern);
            found++;
        }
    }
    return found;
}
