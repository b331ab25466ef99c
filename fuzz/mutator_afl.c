/*
 * The mutator as AFL++'s custom mutator library: AFL_CUSTOM_MUTATOR_LIBRARY. Its own havoc stage goes on beside it.
 */
#include <stdlib.h>
#include <string.h>

#include "mutator.h"

typedef struct state {
    mutator ours;
    uint8_t *room;
    size_t size;
} state;

void *afl_custom_init(void *afl, unsigned int seed);
size_t afl_custom_fuzz(void *data, uint8_t *octets, size_t count, uint8_t **to, uint8_t *other, size_t other_count,
                       size_t most);
void afl_custom_deinit(void *data);

void *afl_custom_init(void *afl, unsigned int seed)
{
    (void)afl;
    state *made = calloc(1, sizeof *made);
    if (made != NULL) {
        made->ours = (mutator){.target = ATWIRE_TARGET, .dice = {UINT64_C(0x9e3779b97f4a7c15) * (seed + UINT64_C(1))}};
    }
    return made;
}

static int make_room(state *in, size_t size)
{
    if (in->size < size) {
        uint8_t *room = realloc(in->room, size);
        if (room == NULL) {
            return 0;
        }
        in->room = room;
        in->size = size;
    }
    return 1;
}

size_t afl_custom_fuzz(void *data, uint8_t *octets, size_t count, uint8_t **to, uint8_t *other, size_t other_count,
                       size_t most)
{
    state *in = data;
    if (!make_room(in, most + 1)) {
        return 0;
    }
    *to = in->room;
    if (other != NULL && mutator_roll(&in->ours.dice, 4) == 0) {
        return mutator_cross(&in->ours, octets, count, other, other_count, in->room, most);
    }
    size_t kept = count < most ? count : most;
    memcpy(in->room, octets, kept);
    return mutator_mutate(&in->ours, in->room, kept, most);
}

void afl_custom_deinit(void *data)
{
    state *in = data;
    free(in->room);
    free(in);
}
