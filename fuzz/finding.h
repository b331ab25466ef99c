/**
 * @file
 * What a target says when its property does not hold, and the transcript that shows it.
 */
#ifndef ATWIRE_FUZZ_FINDING_H
#define ATWIRE_FUZZ_FINDING_H

#include "player.h"

/**
 * Name what is about to be played. If $ATWIRE_FUZZ_TRANSCRIPT names a file, the script is written there as a transcript whose events
 * are the model's, so that whatever happens next leaves a case that `atwire conform` can run.
 */
void finding_candidate(const script *what);

/**
 * The property does not hold: say so on standard error and abort, so that the engine keeps the input.
 *
 * @param property  the oracle's word: `split`
 * @param why       lines for a person; the first holds what differs
 */
_Noreturn void finding(const char *property, const char *why);

/** Write a script as a transcript. `covers` and `title` are for a person to complete. @return whether it could be written. */
bool finding_write(const char *file, const script *what);

#endif
