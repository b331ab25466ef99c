/* The mutator as libFuzzer's. */

#include "mutator.h"

size_t LLVMFuzzerMutate(uint8_t *octets, size_t count, size_t room);
size_t LLVMFuzzerCustomMutator(uint8_t *octets, size_t count, size_t room, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
                                 uint8_t *to, size_t room, unsigned int seed);

static mutator seeded(unsigned int seed)
{
    return (mutator){.target = ATWIRE_TARGET,
                     .dice = {UINT64_C(0x9e3779b97f4a7c15) * (seed + UINT64_C(1))},
                     .fallback = LLVMFuzzerMutate};
}

size_t LLVMFuzzerCustomMutator(uint8_t *octets, size_t count, size_t room, unsigned int seed)
{
    mutator ours = seeded(seed);
    return mutator_mutate(&ours, octets, count, room);
}

size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_count, const uint8_t *second, size_t second_count,
                                 uint8_t *to, size_t room, unsigned int seed)
{
    mutator ours = seeded(seed);
    return mutator_cross(&ours, first, first_count, second, second_count, to, room);
}
