/**
 * @file
 * The model: a second, deliberately naive reading of the same `.def` rows, to hold the parser against.
 *
 * It has all octets before it at once and keeps whatever it likes: no chunks, no limits but the configured ones, no tables but the
 * rows themselves, compared as text. It was written from DESIGN.md; the octets decide, never the parser.
 */
#ifndef ATWIRE_CONFORMANCE_MODEL_H
#define ATWIRE_CONFORMANCE_MODEL_H

#include "event_log.h"
#include "script.h"

/** Most octets of names without a row in one command line that the model knows the parser to keep, with a command buffer of 255. */
#define MODEL_NAMES_MAX 80

/**
 * Read a script.
 *
 * @param[out] log  the lines that the player must log for it, uncut and without blocks; cleared first
 * @retval false    the script has a command line of which nothing is promised: `AT+` without a name, `ATE?`, more octets of names
 *                  without a row than MODEL_NAMES_MAX or the command buffer keeps
 */
bool model_read(const script *what, event_log *log);

#endif
