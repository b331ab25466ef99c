/* empty: no property at all; what an engine can do at most, to which the others' speed is compared. */
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t count)
{
    (void)octets;
    (void)count;
    return 0;
}
