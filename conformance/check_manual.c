#include "check_manual.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "grammar_wire.h"

/* The shortest word that an octet may be wrong in: two of three letters are no likeness. */
#define LIKE_MIN 4
#define WORD_MAX 24

/* Where a name of a prefix is in the table; NULL for one without a row. */
static const grammar_name *find_name(unsigned name)
{
    for (size_t i = 0; i < grammar_names_count; i++) {
        if (grammar_names[i].name == (atw_name)name) {
            return &grammar_names[i];
        }
    }
    return NULL;
}

void check_manual_shapes(buffer *to, const atw_event *event)
{
    const grammar_name *name = find_name(event->name);
    const grammar_group *group = name != NULL ? &grammar_groups[name->group] : NULL;
    if (group == NULL || group->first == group->end) {
        buffer_text(to, "fields as in the manual of the prefix");
        return;
    }
    for (size_t i = group->first; i < group->end; i++) {
        buffer_text(to, i > group->first ? " | " : "");
        grammar_add_shape(to, name, &grammar_lines[i]);
        buffer_format(to, " (%s)", grammar_lines[i].source);
    }
}

static void add_limits(buffer *to, const atw_event *event, atw_family family)
{
    for (size_t i = 0; i < event->field_count; i++) {
        const atw_field *field = &event->fields[i];
        const grammar_limits limits = grammar_limits_of((atw_param)field->param, family);
        bool inside = (field->value >= limits.low && field->value <= limits.high) || field->value == limits.also;
        if (limits.mask != 0 && inside) {
            inside = field->value >= 0 && field->value < 32 && (limits.mask >> field->value & 1u) != 0;
        }
        if (limits.checked && field->type == ATW_FIELD_INT && !inside) {
            buffer_format(to, "; %s is documented as ", atw_param_key((atw_param)field->param));
            grammar_add_limits(to, limits);
        }
    }
}

static void add_families(buffer *to, const atw_event *event)
{
    const grammar_name *name = find_name(event->name);
    if (name != NULL) {
        buffer_text(to, "; it is of ");
        grammar_add_families(to, name->families);
    }
}

static const char *source_of(const atw_event *event)
{
    const char *source = atw_line_source((atw_line)event->line);
    const grammar_name *name = find_name(event->name);
    if (name != NULL && (*source == '\0' || name->kind == GRAMMAR_WORD)) {
        source = name->source;
    }
    return source;
}

void check_manual_note(buffer *to, const atw_event *event, atw_note_bit note, atw_family family)
{
    buffer_text(to, atw_note_meaning(note));
    if (note == ATW_NOTE_BIT_OUT_OF_RANGE) {
        add_limits(to, event, family);
    } else if (note == ATW_NOTE_BIT_NOT_IN_MANUAL) {
        add_families(to, event);
    }
    const char *source = source_of(event);
    if (*source != '\0') {
        buffer_format(to, " (%s)", source);
    }
}

void check_manual_command(buffer *to, atw_name id)
{
    const grammar_name *name = find_name(id);
    buffer_text(to, name != NULL ? name->source : "a command without a row");
}

/* Printable octets in capitals, blanks at the ends left out; 0 if they are too many. */
static size_t normal_word(char *to, const uint8_t *line, size_t count)
{
    size_t length = 0;
    for (size_t i = 0; i < count; i++) {
        if (!isprint(line[i]) || (line[i] == ' ' && length == 0)) {
            continue;
        }
        if (length == WORD_MAX) {
            return 0;
        }
        to[length++] = (char)toupper(line[i]);
    }
    while (length > 0 && to[length - 1] == ' ') {
        length--;
    }
    return length;
}

/* Whether two words differ in one letter: another one, one too many or one missing. */
static bool is_near(const char *a, size_t a_length, const char *b, size_t b_length)
{
    if (a_length > b_length) {
        return is_near(b, b_length, a, a_length);
    }
    size_t start = 0;
    while (start < a_length && a[start] == b[start]) {
        start++;
    }
    if (b_length - a_length > 1) {
        return false;
    }
    const char *rest = a + start + (a_length == b_length && start < a_length ? 1 : 0);
    const size_t left = (size_t)(a + a_length - rest);
    return memcmp(rest, b + b_length - left, left) == 0;
}

const char *check_resembled(const uint8_t *line, size_t count)
{
    char word[WORD_MAX + 1];
    const size_t length = normal_word(word, line, count);
    for (size_t i = 0; i < grammar_names_count && length > 0; i++) {
        const grammar_name *name = &grammar_names[i];
        const size_t other = strlen(name->text);
        bool same = other == length && memcmp(name->text, word, length) == 0;
        bool near = other >= LIKE_MIN && length >= LIKE_MIN - 1 && is_near(word, length, name->text, other);
        if (name->kind == GRAMMAR_WORD && (same || near)) {
            return name->text;
        }
    }
    return NULL;
}
