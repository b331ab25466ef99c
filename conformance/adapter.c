#include "adapter.h"

#include <errno.h>
#include <string.h>

/* Most octets of a line that a message quotes. */
#define QUOTED_MAX 80

/* How long a child that closed a pipe may take to end, so that its status is known. */
#define LAST_WORDS_MS 500

static void quote(buffer *to, const char *line, size_t count)
{
    buffer_octet(to, '"');
    buffer_escape(to, line, count < QUOTED_MAX ? count : QUOTED_MAX);
    buffer_text(to, count > QUOTED_MAX ? "…\"" : "\"");
}

/* Say what went wrong, and end the child: what it prints from now on belongs to nothing. */
static adapter_reply break_off(adapter *with, adapter_io how, buffer *reason)
{
    buffer status = {0};
    bool ended = how == ADAPTER_IO_ENDED || how == ADAPTER_IO_DEAF;
    adapter_process_kill(&with->process, ended ? LAST_WORDS_MS : 0, &status);
    if (how == ADAPTER_IO_SILENT) {
        buffer_format(reason, "no answer within %u ms", with->granted_ms);
        with->failures++;
    } else if (how == ADAPTER_IO_FLOOD) {
        buffer_format(reason, "protocol: more than %zu octets of output", ADAPTER_OUTPUT_MAX);
    } else if (how == ADAPTER_IO_DEAF) {
        buffer_text(reason, "closed its input");
    } else if (how == ADAPTER_IO_ENDED && status.count == 0) {
        buffer_text(reason, "closed its output");
    }
    if (ended && status.count > 0) {
        buffer_text(reason, reason->count > 0 ? "; " : "");
        buffer_text(reason, buffer_string(&status));
    }
    buffer_free(&status);
    return how == ADAPTER_IO_SILENT ? ADAPTER_REPLY_TIMEOUT : ADAPTER_REPLY_CRASH;
}

static void expect(adapter *with, unsigned timeout_ms)
{
    with->granted_ms = timeout_ms;
    adapter_process_expect(&with->process, timeout_ms);
}

static adapter_reply start(adapter *with, adapter_hello *hello, buffer *reason)
{
    const char *line;
    size_t count;
    if (!adapter_process_start(&with->process, with->command)) {
        buffer_format(reason, "cannot be started: %s", strerror(errno));
        return ADAPTER_REPLY_CRASH;
    }
    expect(with, with->timeout_ms > ADAPTER_TIMEOUT_MS ? with->timeout_ms : ADAPTER_TIMEOUT_MS);
    adapter_io how = adapter_process_line(&with->process, &line, &count);
    if (how != ADAPTER_IO_DONE) {
        return break_off(with, how, reason);
    }
    if (strlen(line) != count || !adapter_hello_read(hello, line)) {
        buffer_text(reason, "protocol: its first line is ");
        quote(reason, line, count);
        return break_off(with, ADAPTER_IO_DONE, reason);
    }
    return ADAPTER_REPLY_EVENTS;
}

bool adapter_open(adapter *to, const char *command, unsigned timeout_ms, buffer *reason)
{
    *to = (adapter){.command = command, .timeout_ms = timeout_ms};
    return start(to, &to->hello, reason) == ADAPTER_REPLY_EVENTS;
}

bool adapter_close(adapter *from, buffer *reason)
{
    buffer_free(&from->question);
    return adapter_process_finish(&from->process, from->timeout_ms, reason);
}

static bool is_same(const adapter_hello *a, const adapter_hello *b)
{
    return strcmp(a->name, b->name) == 0 && strcmp(a->version, b->version) == 0 && a->level == b->level;
}

/* The child runs, or runs again. Failures are counted so that a child that never answers does not take hours. */
static adapter_reply make_ready(adapter *with, buffer *reason)
{
    adapter_hello hello = with->hello;
    if (with->process.group != 0) {
        return ADAPTER_REPLY_EVENTS;
    }
    if (with->failures >= ADAPTER_GIVE_UP) {
        buffer_format(reason, "not asked: it failed to answer or to start %d times in a row", ADAPTER_GIVE_UP);
        return ADAPTER_REPLY_TIMEOUT;
    }
    unsigned failures = with->failures;
    adapter_reply reply = start(with, &hello, reason);
    if (reply == ADAPTER_REPLY_EVENTS && !is_same(&hello, &with->hello)) {
        buffer_text(reason, "protocol: its first line is another one");
        reply = break_off(with, ADAPTER_IO_DONE, reason);
    }
    if (reply != ADAPTER_REPLY_EVENTS) {
        with->failures = failures + 1;
        buffer_text(reason, ", when it was started again");
    }
    return reply;
}

static adapter_reply take_answer(adapter *with, adapter_answer *to)
{
    const char *line;
    size_t count;
    adapter_io how;
    buffer ignored = {0};
    while ((how = adapter_process_line(&with->process, &line, &count)) == ADAPTER_IO_DONE) {
        if (strcmp(line, "end") == 0 && count == 3) {
            return ADAPTER_REPLY_EVENTS;
        }
        if (strncmp(line, "skip ", 5) == 0 && to->count == 0 && strlen(line) == count) {
            buffer_escape(&to->reason, line + 5, count - 5);
            return ADAPTER_REPLY_SKIP;
        }
        bool good =
            strlen(line) == count && adapter_level_of_answer(&ignored, with->hello.level, line) != ADAPTER_PART_FAULT;
        buffer_free(&ignored);
        if (!good) {
            buffer_format(&to->reason, "protocol: no event line of level %s: ", adapter_level_text(with->hello.level));
            quote(&to->reason, line, count);
            return break_off(with, ADAPTER_IO_DONE, &to->reason);
        }
        buffer_add(&to->text, line, count + 1);
        to->count++;
    }
    return break_off(with, how, &to->reason);
}

static adapter_reply ask(adapter *with, adapter_answer *to)
{
    expect(with, with->timeout_ms);
    adapter_io how = adapter_process_send(&with->process, with->question.octets, with->question.count);
    if (how != ADAPTER_IO_DONE && how != ADAPTER_IO_ENDED) {
        return break_off(with, how, &to->reason);
    }
    adapter_reply reply = take_answer(with, to);
    if (reply == ADAPTER_REPLY_EVENTS || reply == ADAPTER_REPLY_SKIP) {
        with->failures = 0;
    }
    if (with->process.group != 0 && adapter_process_has_more(&with->process)) {
        buffer_clear(&to->reason);
        buffer_text(&to->reason, "protocol: output after the answer's end");
        return break_off(with, ADAPTER_IO_DONE, &to->reason);
    }
    return reply;
}

void adapter_ask(adapter *with, adapter_answer *to, const char *id, const script *what, size_t last, const cutting *how)
{
    adapter_answer_free(to);
    buffer_clear(&with->question);
    adapter_case_print(&with->question, id, what, last, how);
    to->reply = make_ready(with, &to->reason);
    if (to->reply == ADAPTER_REPLY_EVENTS) {
        to->reply = ask(with, to);
    }
}

void adapter_answer_free(adapter_answer *from)
{
    buffer_free(&from->reason);
    buffer_free(&from->text);
    *from = (adapter_answer){0};
}
