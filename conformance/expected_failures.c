#include "expected_failures.h"

#include <stdlib.h>
#include <string.h>

#define GROUP "reason:"

static void keep(expected_failures *to, const source *from, const char *id, size_t length, const char *reason)
{
    to->entries = memory_room(to->entries, to->count, sizeof *to->entries);
    to->entries[to->count++] =
        (expected_failure){.pattern = arena_text(&to->memory, id, length), .reason = reason, .line = from->number};
}

/* An indented line: one more id of the group. */
static bool add_to_group(expected_failures *to, const source *from, const char *reason, source_error *error)
{
    const char *id = from->line + strspn(from->line, " ");
    size_t length = strcspn(id, " ");
    if (reason == NULL) {
        return source_fail(from, 0, error, "expected a line " GROUP " REASON before indented ids");
    }
    if (length == 0 || id[length] != '\0') {
        return source_fail(from, 0, error, "expected one case id on an indented line");
    }
    keep(to, from, id, length, reason);
    return true;
}

/* Read a line that is no comment. @return whether it keeps the rules; `reason` is that of the group */
static bool add_line(expected_failures *to, const source *from, const char **reason, source_error *error)
{
    const char *line = from->line;
    size_t length = strcspn(line, " ");
    const char *rest = line + length + strspn(line + length, " ");
    if (length == 0) {
        return add_to_group(to, from, *reason, error);
    }
    if (*rest == '\0') {
        return source_fail(from, 0, error, "expected a case id, blanks and the reason why it fails");
    }
    const char *text = arena_text(&to->memory, rest, strlen(rest));
    if (length == sizeof GROUP - 1 && memcmp(line, GROUP, length) == 0) {
        *reason = text;
    } else {
        keep(to, from, line, length, text);
    }
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
    const char *reason = NULL;
    while (good && (more = source_next(&from, false, error)) != 0) {
        bool empty = more > 0 && (from.length == 0 || from.line[0] == '#');
        good = more > 0 && (empty || add_line(to, &from, &reason, error));
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
