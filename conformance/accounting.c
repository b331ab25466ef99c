#include "accounting.h"

#include <string.h>

#define CTRL_Z 0x1a

void accounting_begin(accounting *to, const script *what)
{
    *to = (accounting){.what = what, .received = to->received, .problem = to->problem};
    buffer_clear(&to->received);
    buffer_clear(&to->problem);
    for (size_t i = 0; i < what->count; i++) {
        if (what->steps[i].kind == STEP_RECEIVED) {
            buffer_add(&to->received, what->steps[i].octets, what->steps[i].count);
        }
    }
}

void accounting_free(accounting *from)
{
    buffer_free(&from->received);
    buffer_free(&from->problem);
    *from = (accounting){0};
}

/* Say what is wrong with the octets from..to. */
static void report(accounting *to, const char *what, size_t from, size_t end)
{
    if (to->problem.count > 0) {
        return;
    }
    /* An event may claim octets that never came. */
    size_t there = from < to->received.count ? to->received.count - from : 0;
    size_t claimed = end - from < there ? end - from : there;
    size_t shown = claimed < 32 ? claimed : 32;
    buffer_format(&to->problem, "octets %zu..%zu of %zu: %s: \"", from, end, to->received.count, what);
    if (shown > 0) {
        buffer_escape(&to->problem, to->received.octets + from, shown);
    }
    buffer_text(&to->problem, "\"");
}

static bool is_noise(char octet)
{
    return octet == '\r' || octet == '\n' || octet == '\0';
}

/* Skip what may stand between events. */
static void skip_noise(accounting *to, size_t end)
{
    const char *octets = to->received.octets;
    if (to->at < end && octets[to->at] == CTRL_Z && to->ctrl_z_may_follow) {
        to->at++;
    }
    while (to->at < end && (is_noise(octets[to->at]) || (octets[to->at] == ' ' && to->blank_may_follow))) {
        to->at++;
    }
}

/* What an abandon or the end of the input drops: noise and the start of one line. */
static void drop_rest(accounting *to, size_t end)
{
    if (to->problem.count > 0) {
        return;
    }
    skip_noise(to, end);
    if (to->at < end && memchr(to->received.octets + to->at, '\n', end - to->at) != NULL) {
        report(to, "a whole line gave no event", to->at, end);
    }
    to->at = end;
    to->blank_may_follow = false;
    to->ctrl_z_may_follow = false;
    to->in_data_mode = false;
}

/* Go on to the next abandon; returns whether there is one up to `offset`. */
static bool reach_abandon(accounting *to, size_t offset)
{
    const script *what = to->what;
    while (to->step < what->count && to->passed <= offset && what->steps[to->step].kind != STEP_ABANDON) {
        const script_step *step = &what->steps[to->step++];
        to->passed += step->kind == STEP_RECEIVED ? step->count : 0;
    }
    return to->step < what->count && to->passed <= offset;
}

/* Drop what the abandons up to `offset` dropped. */
static void pass_abandons(accounting *to, size_t offset)
{
    for (; reach_abandon(to, offset); to->step++) {
        drop_rest(to, to->passed);
    }
}

/* The result code that ends data mode is matched with both its line ends; its event has no text. */
static size_t end_of_data_length(const accounting *to, size_t offset)
{
    const char *octets = to->received.octets + offset;
    const char *lf = offset + 2 < to->received.count ? memchr(octets + 2, '\n', to->received.count - offset - 2) : NULL;
    return lf != NULL ? (size_t)(lf - octets) + 1 : 0;
}

static size_t length_of(const accounting *to, const atw_event *event)
{
    if (event->kind == ATW_OVERLONG) {
        return event->total;
    }
    if (event->kind == ATW_PROMPT) {
        return 1;
    }
    bool ends_data = to->in_data_mode && (event->kind == ATW_FINAL || event->kind == ATW_URC);
    return ends_data ? end_of_data_length(to, event->offset) : event->text.count;
}

/* Whether the event's text is what was received where the event says it was. */
static bool is_faithful(const accounting *to, const atw_event *event, size_t length)
{
    if (length == 0 || event->offset > to->received.count || length > to->received.count - event->offset) {
        return false;
    }
    const char *octets = to->received.octets + event->offset;
    if (event->kind == ATW_PROMPT) {
        return *octets == '>';
    }
    return event->kind == ATW_OVERLONG || length != event->text.count ||
           memcmp(octets, event->text.octets, length) == 0;
}

static void follow_mode(accounting *to, const atw_event *event)
{
    to->blank_may_follow = event->kind == ATW_PROMPT || (event->notes & ATW_NOTE(TRAILING_BLANK)) != 0;
    to->ctrl_z_may_follow = event->kind == ATW_ECHO;
    if (event->kind == ATW_CONNECT) {
        to->in_data_mode = true;
    } else if (event->kind != ATW_STREAM && event->kind != ATW_DONE) {
        to->in_data_mode = false;
    }
}

static void enter(void *context, const atw_event *event)
{
    accounting *to = context;
    if (event->kind == ATW_DONE || to->problem.count > 0) {
        return; /* a completion stands for no octet */
    }
    pass_abandons(to, event->offset);
    size_t length = length_of(to, event);
    if (event->offset < to->at) {
        report(to, "accounted for twice", event->offset, to->at);
        return;
    }
    if (!is_faithful(to, event, length)) {
        report(to, "an event here says something else", event->offset, event->offset + length);
        return;
    }
    skip_noise(to, event->offset);
    if (to->at != event->offset) {
        report(to, "lost between two events", to->at, event->offset);
        return;
    }
    to->at += length;
    follow_mode(to, event);
}

player_observer accounting_observer(accounting *to)
{
    return (player_observer){.event = enter, .context = to};
}

bool accounting_end(accounting *to)
{
    pass_abandons(to, to->received.count);
    drop_rest(to, to->received.count);
    return to->problem.count == 0;
}
