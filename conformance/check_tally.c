#include "check_tally.h"

#include <string.h>

#include "buffer.h"

/* Octets of a text that are looked at. */
#define LOOKED_AT (CHECK_TALLY_TEXT - 4)

static void escape_short(char *to, const void *octets, size_t count)
{
    buffer escaped = {0};
    bool cut = count > LOOKED_AT;
    buffer_escape(&escaped, octets, cut ? LOOKED_AT : count);
    if (cut || escaped.count >= CHECK_TALLY_TEXT) {
        escaped.count = escaped.count < CHECK_TALLY_TEXT - 4 ? escaped.count : CHECK_TALLY_TEXT - 4;
        buffer_text(&escaped, "...");
    }
    memcpy(to, buffer_string(&escaped), escaped.count + 1);
    buffer_free(&escaped);
}

void check_tally_add(check_tally *to, const void *octets, size_t count, uint64_t line)
{
    char text[CHECK_TALLY_TEXT];
    escape_short(text, octets, count);
    to->total++;
    for (size_t i = 0; i < to->count; i++) {
        if (strcmp(to->entries[i].text, text) == 0) {
            to->entries[i].count++;
            return;
        }
    }
    if (to->count == CHECK_TALLY_MAX) {
        to->others++;
        return;
    }
    check_tally_entry *entry = &to->entries[to->count++];
    *entry = (check_tally_entry){.count = 1, .first_line = line};
    memcpy(entry->text, text, sizeof text);
}
