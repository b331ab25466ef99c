/*
 * Leaks are looked for where tests run: Criterion has each in a process of its own. The process that starts them may end with an object
 * of Criterion's for a test that has just ended, on a busy machine, and that is no test's leak.
 */
#define _GNU_SOURCE /* program_invocation_short_name; NOLINT(bugprone-reserved-identifier,cert-dcl37-c) */
#include <errno.h>
#include <string.h>

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c): the name is LeakSanitizer's, which asks before it looks. */
int __lsan_is_turned_off(void);

int __lsan_is_turned_off(void)
{
    return strcmp(program_invocation_short_name, "boxfort-worker") != 0;
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c) */
