/*
 * What the sanitizers are asked for in fuzzing: short stacks and a small quarantine, for the sake of speed; $ASAN_OPTIONS wins.
 */
/* NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c): the name is AddressSanitizer's. */
const char *__asan_default_options(void);

const char *__asan_default_options(void)
{
    return "malloc_context_size=4:quarantine_size_mb=4";
}
/* NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c) */
