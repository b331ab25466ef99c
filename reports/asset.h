/**
 * @file
 * Files that are part of the program: the page and the schema. Written by embed.cmake at build time.
 */
#ifndef ATWIRE_REPORTS_ASSET_H
#define ATWIRE_REPORTS_ASSET_H

#include <stddef.h>

/** One file. `octets` is followed by a NUL that `size` does not count. */
struct report_asset {
    const char *name; /**< without a folder */
    const unsigned char *octets;
    size_t size;
};

extern const struct report_asset report_assets[];
extern const size_t report_asset_count;

/** @return the file of that name, or NULL. */
const struct report_asset *report_asset_find(const char *name);

#endif
