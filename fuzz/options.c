/*
 * What the sanitizers are asked for in fuzzing: no stacks of allocations, which the replay shows, and a quarantine that stays in the
 * processor's cache; $ASAN_OPTIONS wins.
 */
/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c): the name is AddressSanitizer's. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
    return "malloc_context_size=0:quarantine_size_mb=1:thread_local_quarantine_size_kb=16";
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c) */
