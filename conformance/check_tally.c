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

static const char *skip_digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

/* Lines that count or tell the time differ in their numbers only: they are one. */
static bool is_same(const char *a, const char *b)
{
    while (*a != '\0' && *b != '\0') {
        const char *a_end = skip_digits(a);
        const char *b_end = skip_digits(b);
        if ((a_end == a) != (b_end == b) || (a_end == a && *a != *b)) {
            return false;
        }
        a = a_end > a ? a_end : a + 1;
        b = b_end > b ? b_end : b + 1;
    }
    return *a == *b;
}

void check_tally_add(check_tally *to, const void *octets, size_t count, uint64_t line)
{
    char text[CHECK_TALLY_TEXT];
    escape_short(text, octets, count);
    to->total++;
    for (size_t i = 0; i < to->count; i++) {
        if (is_same(to->entries[i].text, text)) {
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
