#include "allocate.h"

#include <stdio.h>
#include <stdlib.h>

void *report_allocate(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    if (!memory) {
        fprintf(stderr, "atwire report: out of memory\n");
        exit(2);
    }
    return memory;
}
