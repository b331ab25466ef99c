#include "adapter_protocol.h"

#include <string.h>

/* Copy a word of printable octets that is followed by a blank. @return what follows that, or NULL if there is none */
static const char *take_word(const char *text, char *to, size_t room)
{
    size_t count = strcspn(text, " ");
    if (count == 0 || count >= room || text[count] != ' ') {
        return NULL;
    }
    for (size_t i = 0; i < count; i++) {
        if (text[i] < ' ' || text[i] > '~') {
            return NULL;
        }
    }
    memcpy(to, text, count);
    to[count] = '\0';
    return text + count + 1;
}

bool adapter_hello_read(adapter_hello *to, const char *line)
{
    static const char start[] = "atwire-adapter 1 ";
    if (strncmp(line, start, sizeof start - 1) != 0) {
        return false;
    }
    const char *rest = take_word(line + sizeof start - 1, to->name, sizeof to->name);
    rest = rest != NULL ? take_word(rest, to->version, sizeof to->version) : NULL;
    return rest != NULL && strncmp(rest, "level=", 6) == 0 && adapter_level_from_text(rest + 6, &to->level);
}

static void print_config(buffer *to, const script_settings *settings)
{
    script_settings usual = script_default_settings();
    buffer values = {0};
    if (settings->line_size != usual.line_size) {
        buffer_format(&values, " line=%u", settings->line_size);
    }
    if (settings->ceiling != usual.ceiling) {
        buffer_format(&values, " ceiling=%lu", (unsigned long)settings->ceiling);
    }
    if (settings->command_size != usual.command_size) {
        buffer_format(&values, " command=%u", settings->command_size);
    }
    if (settings->closed_ends_data) {
        buffer_text(&values, " closed-ends-data=1");
    }
    if (values.count > 0) {
        buffer_format(to, "config%s\n", values.octets);
    }
    buffer_free(&values);
}

static void print_octets(buffer *to, const char *direction, const void *octets, size_t count)
{
    buffer_format(to, "%s \"", direction);
    buffer_escape(to, octets, count);
    buffer_text(to, "\"\n");
}

static void print_sent(buffer *to, const script_step *step, size_t width)
{
    size_t count;
    for (size_t at = 0; at < step->count; at += count) {
        count = cutting_sent_piece(step, at, width);
        print_octets(to, "tx", step->octets + at, count);
    }
}

/* Print the steps first..last, in chunks that may span several of them. */
static void print_received(buffer *to, const script *what, size_t first, size_t last, const cutting *how, size_t *done)
{
    buffer stretch = {0};
    for (size_t i = first; i <= last; i++) {
        buffer_add(&stretch, what->steps[i].octets, what->steps[i].count);
    }
    size_t start = *done;
    size_t end = start + stretch.count;
    while (*done < end) {
        size_t next = cutting_chunk_end(how, *done, end);
        print_octets(to, "rx", stretch.octets + (*done - start), next - *done);
        *done = next;
    }
    buffer_free(&stretch);
}

void adapter_case_print(buffer *to, const char *id, const script *what, size_t last, const cutting *how)
{
    size_t received = 0;
    buffer_format(to, "case %s %s\n", id, atw_family_name(what->family));
    print_config(to, &what->settings);
    for (size_t i = 0; i < what->count && i <= last; i++) {
        const script_step *step = &what->steps[i];
        if (step->kind == STEP_SENT) {
            print_sent(to, step, how->sent_width);
        } else if (step->kind == STEP_RECEIVED) {
            size_t end = script_stretch_end(what, i, true);
            print_received(to, what, i, end, how, &received);
            i = end;
        } else {
            buffer_text(to, step->kind == STEP_DTR ? "dtr\n" : "abandon\n");
        }
    }
    buffer_text(to, "end\n");
}
