#include "adapter_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMPLAINT_MAX 2000
/* How long a child whose pipe broke may take to be a dead child. */
#define LAST_BREATH_MS 500

enum { INPUT, OUTPUT, ERRORS, PIPES };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void close_all(int pipes[PIPES][2])
{
    for (int i = 0; i < PIPES; i++) {
        for (int end = 0; end < 2; end++) {
            if (pipes[i][end] >= 0) {
                close(pipes[i][end]);
            }
        }
    }
}

/* The parent's ends never block, and neither the next child nor anything else that is started inherits them. */
static bool open_all(int pipes[PIPES][2])
{
    for (int i = 0; i < PIPES; i++) {
        int own = i == INPUT ? 1 : 0;
        if (pipe(pipes[i]) != 0 || fcntl(pipes[i][own], F_SETFL, O_NONBLOCK) != 0 ||
            fcntl(pipes[i][0], F_SETFD, FD_CLOEXEC) != 0 || fcntl(pipes[i][1], F_SETFD, FD_CLOEXEC) != 0) {
            return false;
        }
    }
    return true;
}

/* Whether the command is words and nothing else, for all that can be seen. */
static bool is_simple(const char *command)
{
    size_t first = strcspn(command, " ");
    return strpbrk(command, ";|&()<>\n!{") == NULL && memchr(command, '=', first) == NULL;
}

static void become(int pipes[PIPES][2], const char *command)
{
    buffer line = {0};
    buffer_format(&line, "%s%s", is_simple(command) ? "exec " : "", command);
    signal(SIGPIPE, SIG_DFL);
    setpgid(0, 0);
    if (dup2(pipes[INPUT][0], 0) == 0 && dup2(pipes[OUTPUT][1], 1) == 1 && dup2(pipes[ERRORS][1], 2) == 2) {
        execl("/bin/sh", "sh", "-c", buffer_string(&line), (char *)NULL);
    }
    _exit(127);
}

bool adapter_process_start(adapter_process *to, const char *command)
{
    int pipes[PIPES][2] = {{-1, -1}, {-1, -1}, {-1, -1}};
    *to = (adapter_process){0};
    pid_t child = -1;
    if (open_all(pipes)) {
        signal(SIGPIPE, SIG_IGN);
        child = fork();
    }
    if (child == 0) {
        become(pipes, command);
    }
    if (child < 0) {
        close_all(pipes);
        return false;
    }
    setpgid(child, child); /* whichever of the two comes first */
    close(pipes[INPUT][0]);
    close(pipes[OUTPUT][1]);
    close(pipes[ERRORS][1]);
    to->group = child;
    to->input = pipes[INPUT][1];
    to->output = pipes[OUTPUT][0];
    to->errors = pipes[ERRORS][0];
    return true;
}

void adapter_process_expect(adapter_process *with, unsigned timeout_ms)
{
    with->deadline_ms = now_ms() + timeout_ms;
    if (with->taken > 0) {
        memmove(with->received.octets, with->received.octets + with->taken, with->received.count - with->taken);
        with->received.count -= with->taken;
    }
    with->taken = with->searched = 0;
}

/* Take what a pipe has. @return whether it is still open */
static bool drain(int pipe, buffer *to)
{
    char chunk[16384];
    ssize_t count = read(pipe, chunk, sizeof chunk);
    if (count > 0) {
        buffer_add(to, chunk, (size_t)count);
    }
    return count > 0 || (count < 0 && (errno == EAGAIN || errno == EINTR));
}

static void take_complaint(adapter_process *with)
{
    buffer *text = &with->complaint;
    if (!drain(with->errors, text)) {
        close(with->errors);
        with->errors = -1;
    }
    if (text->count > COMPLAINT_MAX) {
        memmove(text->octets, text->octets + text->count - COMPLAINT_MAX, COMPLAINT_MAX);
        text->count = COMPLAINT_MAX;
    }
}

static int remaining_ms(const adapter_process *with)
{
    double left = with->deadline_ms - now_ms();
    return left > 0 ? (int)left + 1 : 0;
}

/* Wait until the child prints, or reads if `writable` is not NULL; take what it prints. */
static adapter_io wait_for(adapter_process *with, bool *writable)
{
    struct pollfd events[PIPES] = {{.fd = writable != NULL ? with->input : -1, .events = POLLOUT},
                                   {.fd = with->output, .events = POLLIN},
                                   {.fd = with->errors, .events = POLLIN}};
    int ready = poll(events, PIPES, remaining_ms(with));
    if (ready == 0) {
        return ADAPTER_IO_SILENT;
    }
    if (ready < 0) {
        return errno == EINTR ? ADAPTER_IO_DONE : ADAPTER_IO_ENDED;
    }
    if (events[ERRORS].revents != 0) {
        take_complaint(with);
    }
    if (events[OUTPUT].revents != 0 && !drain(with->output, &with->received)) {
        return ADAPTER_IO_ENDED;
    }
    if (writable != NULL) {
        *writable = events[INPUT].revents != 0;
    }
    return with->received.count > ADAPTER_OUTPUT_MAX ? ADAPTER_IO_FLOOD : ADAPTER_IO_DONE;
}

/* The child does not read any more: is it dead? */
static adapter_io deaf_or_ended(adapter_process *with)
{
    adapter_io how = ADAPTER_IO_DONE;
    with->deadline_ms = now_ms() + LAST_BREATH_MS;
    while (how == ADAPTER_IO_DONE) {
        how = wait_for(with, NULL);
    }
    return how == ADAPTER_IO_SILENT ? ADAPTER_IO_DEAF : how;
}

adapter_io adapter_process_send(adapter_process *with, const void *octets, size_t count)
{
    const char *next = octets;
    while (count > 0) {
        bool writable = false;
        adapter_io how = wait_for(with, &writable);
        if (how != ADAPTER_IO_DONE) {
            return how;
        }
        ssize_t written = writable ? write(with->input, next, count) : 0;
        if (written < 0 && errno != EAGAIN && errno != EINTR) {
            return deaf_or_ended(with);
        }
        if (written > 0) {
            next += written;
            count -= (size_t)written;
        }
    }
    return ADAPTER_IO_DONE;
}

/* Cut the next line off what was received, if it is all there. */
static bool take_line(adapter_process *with, const char **line, size_t *count)
{
    if (with->received.count == with->taken) {
        return false;
    }
    size_t from = with->searched > with->taken ? with->searched : with->taken;
    size_t rest = with->received.count - from;
    char *start = with->received.octets + with->taken;
    char *end = rest > 0 ? memchr(with->received.octets + from, '\n', rest) : NULL;
    with->searched = with->received.count;
    if (end == NULL) {
        return false;
    }
    with->taken += (size_t)(end - start) + 1;
    with->searched = with->taken;
    end -= end > start && end[-1] == '\r';
    *end = '\0';
    *line = start;
    *count = (size_t)(end - start);
    return true;
}

adapter_io adapter_process_line(adapter_process *with, const char **line, size_t *count)
{
    adapter_io how = ADAPTER_IO_DONE;
    if (with->received.count > ADAPTER_OUTPUT_MAX) {
        return ADAPTER_IO_FLOOD;
    }
    while (!take_line(with, line, count)) {
        if (how != ADAPTER_IO_DONE) {
            return how;
        }
        how = wait_for(with, NULL);
    }
    return ADAPTER_IO_DONE;
}

bool adapter_process_has_more(adapter_process *with)
{
    with->deadline_ms = 0;
    wait_for(with, NULL);
    return with->received.count > with->taken;
}

/* The last line of what the child complained, without control octets, after what is said already. */
static void add_complaint(const adapter_process *from, buffer *reason)
{
    const char *text = buffer_string(&from->complaint);
    size_t end = from->complaint.count;
    while (end > 0 && (text[end - 1] == '\n' || text[end - 1] == '\r' || text[end - 1] == ' ')) {
        end--;
    }
    size_t start = end;
    while (start > 0 && text[start - 1] != '\n') {
        start--;
    }
    if (end > start) {
        buffer_text(reason, reason->count > 0 ? ": " : "");
        buffer_escape(reason, text + start, end - start);
    }
}

static void add_status(int status, buffer *reason)
{
    /* A shell between us and the program says 128 + N for signal N. */
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    int number = WIFSIGNALED(status) ? WTERMSIG(status) : code > 128 ? code - 128 : 0;
    buffer_text(reason, reason->count > 0 ? "; " : "");
    if (number > 0) {
        buffer_format(reason, "ended by signal %d (%s)", number, strsignal(number));
    } else {
        buffer_format(reason, "exited with status %d", code);
    }
}

/* @return whether the child has ended within the time; its status then. */
static bool reap(adapter_process *from, double timeout_ms, int *status)
{
    double end = now_ms() + timeout_ms;
    while (waitpid(from->group, status, WNOHANG) == 0) {
        if (now_ms() >= end) {
            return false;
        }
        if (from->errors >= 0) {
            take_complaint(from);
        }
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return true;
}

static void release(adapter_process *from)
{
    if (from->errors >= 0) {
        close(from->errors);
    }
    if (from->input >= 0) {
        close(from->input);
    }
    close(from->output);
    buffer_free(&from->received);
    buffer_free(&from->complaint);
    *from = (adapter_process){0};
}

static void kill_group(adapter_process *from, bool reaped)
{
    int status;
    kill(-from->group, SIGKILL);
    if (!reaped) {
        waitpid(from->group, &status, 0);
    }
}

void adapter_process_kill(adapter_process *from, unsigned wait_ms, buffer *reason)
{
    int status;
    if (from->group == 0) {
        return;
    }
    bool ended = reap(from, wait_ms, &status);
    if (ended) {
        add_status(status, reason);
    }
    kill_group(from, ended);
    if (from->errors >= 0) {
        take_complaint(from);
    }
    add_complaint(from, reason);
    release(from);
}

bool adapter_process_finish(adapter_process *from, unsigned timeout_ms, buffer *reason)
{
    int status;
    if (from->group == 0) {
        return true;
    }
    close(from->input);
    from->input = -1;
    bool ended = reap(from, timeout_ms, &status);
    bool good = ended && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!ended) {
        buffer_text(reason, "does not end when its input does");
    } else if (!good) {
        add_status(status, reason);
        add_complaint(from, reason);
    }
    kill_group(from, ended);
    release(from);
    return good;
}
