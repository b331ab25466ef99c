/**
 * @file
 * The parser's log held against the model's.
 */
#ifndef ATWIRE_FUZZ_COMPARE_H
#define ATWIRE_FUZZ_COMPARE_H

#include "player.h"

/** Play a script cut like this, and read it by the model: a difference is a finding. Scripts beyond the model's promise pass. */
void compare_with_model(const script *what, const cutting *how);

#endif
