/**
 * @file
 * The lossless oracle: every octet received is accounted for exactly once, as line, payload, stream or noise.
 *
 * What stands between two events may only be what the grammar skips: CR, LF and NUL; a blank after a prompt or where a
 * note says that blanks were dropped; the Ctrl-Z after a payload's echo. What an abandon or the end of the input leaves
 * may only be the start of one line, or of the result code that would end data mode.
 */
#ifndef ATWIRE_CONFORMANCE_ACCOUNTING_H
#define ATWIRE_CONFORMANCE_ACCOUNTING_H

#include "player.h"

/** The account of one play. */
typedef struct accounting {
    const script *what;
    buffer received;        /**< all octets of the script's `<--` steps */
    size_t at;              /**< accounted for so far */
    size_t step;            /**< the abandons before it are done */
    size_t passed;          /**< octets received before it */
    bool blank_may_follow;  /**< the event before was a prompt or dropped blanks */
    bool ctrl_z_may_follow; /**< the event before was a payload's echo */
    bool in_data_mode;
    buffer problem; /**< empty, or the first thing that is wrong */
} accounting;

/**
 * Begin an account of a script, which is borrowed. To be freed by accounting_free().
 *
 * @param to  zero-initialised, or the account of another play, whose memory is used again
 */
void accounting_begin(accounting *to, const script *what);

/** @return an observer that enters a player's events into the account. */
player_observer accounting_observer(accounting *to);

/** The play is over. @return whether every octet is accounted for; if not, `problem` says which is not. */
bool accounting_end(accounting *to);

/** Free everything that belongs to the account. */
void accounting_free(accounting *from);

#endif
