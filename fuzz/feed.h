/**
 * @file
 * The quick way to play a script: no text is made of the events, they become a digest. What the player of the suites promises holds
 * here too: every span is checked, idle calls are counted, and a sanitizer sees the first octet beyond a chunk: all chunks of a play
 * in turn end where one heap allocation ends, so that each also overwrites what the events of the last one pointed to.
 *
 * Two plays with equal digests gave the same events at the same steps. Where digests differ, the player's logs say in what.
 */
#ifndef ATWIRE_FUZZ_FEED_H
#define ATWIRE_FUZZ_FEED_H

#include "player.h"

/** How received octets become chunks. */
typedef enum feed_chunks {
    FEED_STEPS, /**< each `<--` step is one */
    FEED_WHOLE, /**< consecutive `<--` steps are one */
    FEED_WIDTH  /**< `width` octets each; the host's octets likewise, where they have no `+++` */
} feed_chunks;

/** A play. Zero-initialise, set `observer` and `no_digest` if wanted. */
typedef struct feed {
    player_observer observer;
    bool no_digest;    /**< nobody wants it */
    uint64_t digest;   /**< of all events */
    size_t events;     /**< as atw_parse() gave them */
    const char *fault; /**< NULL, or which of its promises the parser broke */
    atw_config config;
    size_t idle;  /* events since the last octet */
    uint8_t open; /* kind + 1 of the spans that are being merged, 0: none */
    size_t step;
} feed;

/**
 * Play a script from a fresh parser on.
 *
 * @param width  of chunks, with FEED_WIDTH; 1 or more
 * @return whether the parser kept its promises; if not, `fault` says which it broke
 */
bool feed_play(feed *with, const script *what, feed_chunks chunks, size_t width);

#endif
