/**
 * @file
 * Memory that is there.
 */
#ifndef ATWIRE_REPORTS_ALLOCATE_H
#define ATWIRE_REPORTS_ALLOCATE_H

#include <stddef.h>

/**
 * @return `count` zeroed elements of `size` octets, for free(), also for a count of 0. Where there is no memory, the
 *         program ends with 2 after a message.
 */
void *report_allocate(size_t count, size_t size);

#endif
