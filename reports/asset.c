#include "asset.h"

#include <string.h>

const struct report_asset *report_asset_find(const char *name)
{
    for (size_t i = 0; i < report_asset_count; i++)
        if (strcmp(report_assets[i].name, name) == 0)
            return &report_assets[i];
    return NULL;
}
