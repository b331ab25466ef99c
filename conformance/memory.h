/**
 * @file
 * Memory for hosted tools: allocations that end the program when there is none, growing arrays, and arenas.
 */
#ifndef ATWIRE_CONFORMANCE_MEMORY_H
#define ATWIRE_CONFORMANCE_MEMORY_H

#include <stddef.h>

/** @return `size` octets of zeros, to be freed by free(); never NULL: without memory the program ends with status 2. */
void *memory_new(size_t size);

/** @return `old` with room for `size` octets, as realloc(); never NULL. */
void *memory_resize(void *old, size_t size);

/**
 * Make room for one more item at the end of a growing array.
 *
 * @param items      the array, or NULL while `count` is 0; its room is derived from `count`, so grow it only with this
 * @param count      items in it
 * @param item_size  octets of one
 * @return the array, perhaps moved; to be freed by free()
 */
void *memory_room(void *items, size_t count, size_t item_size);

/** Strings and other small things that are freed together. Zero-initialise. */
typedef struct arena {
    void **blocks;
    size_t count;
} arena;

/** @return `size` octets of zeros that live until arena_free(). */
void *arena_new(arena *memory, size_t size);

/** @return a NUL-terminated copy of `length` octets that lives until arena_free(). */
char *arena_text(arena *memory, const char *text, size_t length);

/** Free everything taken from the arena; it is empty then and may be used again. */
void arena_free(arena *memory);

#endif
