/**
 * @file Plays a script on the parser: every chunk in an exactly sized heap copy, so that a sanitizer sees the first
 * octet beyond.
 */
#ifndef ATWIRE_CONFORMANCE_PLAYER_H
#define ATWIRE_CONFORMANCE_PLAYER_H

#include "event_log.h"
#include "script.h"

/** How the received octets are cut into chunks. All zero: each stretch is one chunk. */
typedef struct cutting {
    size_t width;       /**< 0, or octets of every chunk, counted anew in each stretch */
    const size_t *cuts; /**< positions among all received octets, ascending, where a chunk ends */
    size_t cut_count;
    size_t sent_width; /**< 0, or octets of every atw_sent() call; `+++` always goes whole */
} cutting;

/** Append what a cutting is called: `whole`, `width 3`, `cuts 5,9`, `sent width 1`. */
void cutting_text(buffer *to, const cutting *how);

/**
 * @return the end of the chunk that begins at position `at` of a stretch which ends at `end`; both among all received
 *   octets.
 */
size_t cutting_chunk_end(const cutting *how, size_t at, size_t end);

/** @return how many octets of a `-->` step go into the atw_sent() call that begins at `at`; `width` as in a cutting. */
size_t cutting_sent_piece(const script_step *step, size_t at, size_t width);

/** Sees each event as the parser delivered it, before spans are merged. */
typedef struct player_observer {
    void (*event)(void *context, const atw_event *event);
    void *context;
} player_observer;

/** A parser with its buffers, and the log of the last play. */
typedef struct player {
    atw_parser parser;
    atw_config config;
    event_log log;
    player_observer observer; /**< may be set between plays */
    size_t received;          /**< octets fed so far */
    buffer fault;             /**< empty, or which of its promises the parser broke; playing stops there */
} player;

/** Set up a player. To be closed by player_close(). */
void player_open(player *to, atw_family family, const script_settings *settings);

/** Free everything that belongs to the player. */
void player_close(player *from);

/**
 * Play a script from a fresh parser on. The log and the fault of the play before are gone.
 *
 * @param blocks  whether a block of expected lines ends a stretch, and with it a `stream` line, as in `conform`
 * @retval false  the parser broke a promise: see `fault`
 */
bool player_play(player *with, const script *what, const cutting *how, bool blocks);

#endif
