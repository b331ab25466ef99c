/* Children that an adapter host must survive. misbehaving HOW [FILE]: FILE remembers that it ran before. */
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define HELLO "atwire-adapter 1 misbehaving 1 level=complete\n"

static char line[1 << 16];
static bool is_bad; /* the case's id begins with "bad" */

static void say(const char *text)
{
    fputs(text, stdout);
    fflush(stdout);
}

static void sleep_ms(long milliseconds)
{
    nanosleep(&(struct timespec){.tv_nsec = milliseconds * 1000000}, NULL);
}

/* Read a case to its end. @return whether there was one */
static bool read_case(void)
{
    while (fgets(line, sizeof line, stdin) != NULL) {
        is_bad = strncmp(line, "case ", 5) == 0 ? strncmp(line, "case bad", 8) == 0 : is_bad;
        if (strcmp(line, "end\n") == 0) {
            return true;
        }
    }
    return false;
}

static void crash(void)
{
    fputs("about to crash\n", stderr);
    raise(SIGABRT);
}

static void leave(void)
{
    exit(3);
}

static void hang(void)
{
    for (;;) {
        pause();
    }
}

/* A child of its own that keeps the pipes open. */
static void hang_with_child(void)
{
    fork();
    hang();
}

static void print_garbage(void)
{
    say("debug: got a case\nurc RDY\nend\n");
}

static void print_octets(void)
{
    fwrite("urc \0\xff\n", 1, 7, stdout);
    say("end\n");
}

static void print_for_ever(void)
{
    for (;;) {
        say("urc RDY\nurc RDY\nurc RDY\nurc RDY\nurc RDY\nurc RDY\nurc RDY\nurc RDY\n");
    }
}

static void print_endless_line(void)
{
    for (;;) {
        say("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    }
}

static void lie(void)
{
    say("urc RING\nend\n");
}

static void lie_by_silence(void)
{
    say("end\n");
}

static void answer_twice(void)
{
    say("urc RDY\nend\nurc RDY\nend\n");
}

static void skip_late(void)
{
    say("urc RDY\nskip not this one\n");
}

static void skip(void)
{
    say("skip no such command here\n");
}

static void answer(void)
{
    say("urc RDY\nend\n");
}

static void crash_on_bad(void)
{
    if (is_bad) {
        crash();
    }
    answer();
}

static void hang_on_bad(void)
{
    if (is_bad) {
        hang();
    }
    answer();
}

static void chatter_on_stderr(void)
{
    for (int i = 0; i < 20000; i++) {
        fputs("a line of debug output that nobody asked for\n", stderr);
    }
    answer();
}

static void answer_slowly(void)
{
    sleep_ms(20);
    say("urc R");
    sleep_ms(20);
    say("DY\r\nen");
    sleep_ms(20);
    say("d\n");
}

/* Answers well once, then not at all; before and after a new start. */
static void answer_once(void)
{
    static bool answered;
    if (answered) {
        hang();
    }
    answered = true;
    answer();
}

static void close_output(void)
{
    fclose(stdout);
    hang();
}

static const struct {
    const char *how;
    void (*act)(void); /* on each case */
} deeds[] = {
    {"crash", crash},
    {"crash-on-bad", crash_on_bad},
    {"hang-on-bad", hang_on_bad},
    {"leave", leave},
    {"hang", hang},
    {"hang-with-child", hang_with_child},
    {"garbage", print_garbage},
    {"octets", print_octets},
    {"flood", print_for_ever},
    {"endless-line", print_endless_line},
    {"lie", lie},
    {"silence", lie_by_silence},
    {"twice", answer_twice},
    {"skip", skip},
    {"skip-late", skip_late},
    {"stderr", chatter_on_stderr},
    {"slow", answer_slowly},
    {"once", answer_once},
    {"close-output", close_output},
};

/* What it does at the start; false: it does not come to cases. */
static bool begin(const char *how)
{
    if (strcmp(how, "wrong-hello") == 0) {
        say("hello\n");
    } else if (strcmp(how, "wrong-version") == 0) {
        say("atwire-adapter 2 misbehaving 1 level=complete\n");
    } else if (strcmp(how, "wrong-level") == 0) {
        say("atwire-adapter 1 misbehaving 1 level=everything\n");
    } else if (strcmp(how, "no-hello") == 0) {
        hang();
    } else if (strcmp(how, "slow-start") == 0) {
        sleep_ms(300);
        say(HELLO);
        return true;
    } else if (strcmp(how, "deaf") == 0) {
        close(0);
        say(HELLO);
        hang();
    } else {
        say(HELLO);
        return true;
    }
    return false;
}

/* Starts that are counted in a file: the first one is good. */
static bool is_first_start(const char *file)
{
    FILE *mark = fopen(file, "r");
    if (mark != NULL) {
        fclose(mark);
        return false;
    }
    mark = fopen(file, "w");
    if (mark != NULL) {
        fclose(mark);
    }
    return true;
}

/* The ones that misbehave other than on a case. */
static void misbehave(const char *how)
{
    if (strcmp(how, "deaf-and-gone") == 0) {
        exit(4);
    }
    if (strcmp(how, "bad-end") == 0) {
        while (read_case()) {
            answer();
        }
        exit(5);
    }
    if (strcmp(how, "no-end") == 0) {
        while (read_case()) {
            answer();
        }
        hang();
    }
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";
    if (strcmp(how, "never-again") == 0 && !is_first_start(argv[2])) {
        return 6;
    }
    if (strcmp(how, "another") == 0 && !is_first_start(argv[2])) {
        say("atwire-adapter 1 somebody-else 1 level=complete\n");
        read_case();
        return 0;
    }
    if (!begin(how)) {
        return 0;
    }
    misbehave(how);
    while (read_case()) {
        void (*act)(void) = crash; /* never-again, another */
        for (size_t i = 0; i < sizeof deeds / sizeof deeds[0]; i++) {
            act = strcmp(deeds[i].how, how) == 0 ? deeds[i].act : act;
        }
        act = strcmp(how, "slow-start") == 0 ? answer : act;
        act();
    }
    return 0;
}
