#include "memory.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIRST_ROOM 8

static void *must(void *memory)
{
    if (memory == NULL) {
        fputs("atwire: out of memory\n", stderr);
        exit(2);
    }
    return memory;
}

void *memory_new(size_t size)
{
    return must(calloc(1, size > 0 ? size : 1));
}

void *memory_resize(void *old, size_t size)
{
    return must(realloc(old, size > 0 ? size : 1));
}

void *memory_room(void *items, size_t count, size_t item_size)
{
    if (count == 0) {
        return memory_resize(items, FIRST_ROOM * item_size);
    }
    /* Room doubles whenever it is used up, which is at the powers of two. */
    bool full = count >= FIRST_ROOM && (count & (count - 1)) == 0;
    return full ? memory_resize(items, 2 * count * item_size) : items;
}

void *arena_new(arena *memory, size_t size)
{
    void *block = memory_new(size);
    memory->blocks = memory_room(memory->blocks, memory->count, sizeof *memory->blocks);
    memory->blocks[memory->count++] = block;
    return block;
}

char *arena_text(arena *memory, const char *text, size_t length)
{
    char *copy = arena_new(memory, length + 1);
    memcpy(copy, text, length);
    return copy;
}

void arena_free(arena *memory)
{
    for (size_t i = 0; i < memory->count; i++) {
        free(memory->blocks[i]);
    }
    free(memory->blocks);
    *memory = (arena){0};
}
