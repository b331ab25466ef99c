/*
 * Leaks are looked for where tests run: Criterion has each in a process of its own. The process that starts them may end with an object
 * of Criterion's for a test that has just ended, on a busy machine, and that is no test's leak.
 */
#include <string.h>

extern char *program_invocation_short_name; /* the C library's */

/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the name is LeakSanitizer's, which asks before it looks. */
int __lsan_is_turned_off(void);

int __lsan_is_turned_off(void)
{
    return strcmp(program_invocation_short_name, "boxfort-worker") != 0;
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
