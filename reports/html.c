#include "html.h"

#include "asset.h"
#include "output.h"
#include "plot.h"

#include <string.h>

static bool write_asset(const struct report_asset *asset, const char *folder)
{
    struct report_output output;
    if (!report_open(&output, folder, asset->name))
        return false;
    fwrite(asset->octets, 1, asset->size, output.stream);
    return report_close(&output);
}

static bool write_assets(const char *folder)
{
    for (size_t i = 0; i < report_asset_count; i++)
        if (strcmp(report_assets[i].name, "schema.json") != 0 && !write_asset(&report_assets[i], folder))
            return false;
    return true;
}

/* In JSON, `<` stands only in strings, where it may be an escape: then no text can look like the end of a script. */
static int put_script_safe(const char *text, size_t size, void *context)
{
    FILE *stream = context;
    for (size_t i = 0; i < size; i++)
        if (text[i] == '<')
            fputs("\\u003c", stream);
        else
            fputc(text[i], stream);
    return ferror(stream) ? -1 : 0;
}

static void put_json(FILE *stream, const json_t *json)
{
    json_dump_callback(json, put_script_safe, stream, JSON_COMPACT | JSON_ENSURE_ASCII);
}

/* A member of the data; takes the value. */
static void put_member(FILE *stream, const char *name, json_t *value)
{
    fprintf(stream, "\"%s\": ", name);
    json_dump_callback(value, put_script_safe, stream, JSON_COMPACT | JSON_ENSURE_ASCII | JSON_ENCODE_ANY);
    json_decref(value);
}

static bool write_data(struct report_result *const *results, size_t count, const struct report_comparison *comparison,
                       const struct report_history *history, const char *folder)
{
    struct report_output output;
    if (!report_open(&output, folder, "data.js"))
        return false;
    fputs("\"use strict\";\nvar atwireData = {\"results\": [", output.stream);
    for (size_t i = 0; i < count; i++) {
        fputs(i ? ",\n" : "\n", output.stream);
        put_json(output.stream, results[i]->json);
    }
    fputs("],\n", output.stream);
    put_member(output.stream, "comparison", comparison ? report_comparison_json(comparison) : json_null());
    fputs(",\n", output.stream);
    put_member(output.stream, "history", history ? report_history_json(history) : json_null());
    fputs("};\n", output.stream);
    return report_close(&output);
}

/* A plot for each result: the page shows the one that is chosen. */
static bool write_plots(struct report_result *const *results, size_t count, const struct report_history *history,
                        const char *folder)
{
    char name[64];
    for (size_t i = 0; i < count; i++) {
        snprintf(name, sizeof name, "coverage-%zu.svg", i);
        if (!report_write_plot(results[i], folder, name))
            return false;
    }
    return !history || report_write_history_plot(history, folder, "history.svg");
}

bool report_write_html(struct report_result *const *results, size_t count, const struct report_comparison *comparison,
                       const struct report_history *history, const char *folder)
{
    return report_make_folder(folder) && write_assets(folder) &&
           write_data(results, count, comparison, history, folder) && write_plots(results, count, history, folder);
}
