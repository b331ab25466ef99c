#include "badge.h"

#include "output.h"

static const char *colour_of(const struct report_tally *tally)
{
    if (report_failed_cases(tally) > 0)
        return "red";
    if (!report_tally_is_clean(tally))
        return "yellow";
    return report_tally_is_whole(tally) ? "brightgreen" : "yellowgreen";
}

bool report_write_badge(const struct report_result *result, const char *path)
{
    struct report_output output;
    struct report_tally tally = report_tally_of(result, NULL);
    char message[64];
    snprintf(message, sizeof message, "%zu of %zu cases", tally.case_outcomes[REPORT_PASS], tally.cases);
    if (!report_open(&output, NULL, path))
        return false;
    json_t *badge = json_pack("{s:i, s:s, s:s, s:s}", "schemaVersion", 1, "label", "conformance", "message", message,
                              "color", colour_of(&tally));
    json_dumpf(badge, output.stream, JSON_INDENT(2));
    fputc('\n', output.stream);
    json_decref(badge);
    return report_close(&output);
}
