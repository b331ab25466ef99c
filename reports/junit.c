#include "junit.h"

#include "output.h"

#include <string.h>

/* What a suite's attributes count. */
struct count {
    size_t tests, failures, errors, skipped;
    double seconds;
};

static void put_attribute(FILE *stream, const char *name, const char *value)
{
    fprintf(stream, " %s=\"", name);
    report_put_xml(stream, value ? value : "");
    fputc('"', stream);
}

static bool is_of(const char *family, const char *other)
{
    return !family || strcmp(family, other) == 0;
}

/* Counts of one family, or of all if `family` is NULL. */
static struct count count_of(const struct report_result *result, const char *family)
{
    struct count count = {0};
    for (size_t i = 0; i < result->case_count; i++) {
        const struct report_case *item = &result->cases[i];
        if (!is_of(family, item->family))
            continue;
        count.tests++;
        count.failures += item->outcome == REPORT_FAIL;
        count.errors += item->outcome == REPORT_CRASH || item->outcome == REPORT_TIMEOUT;
        count.skipped += item->outcome == REPORT_SKIP || item->outcome == REPORT_EXPECTED;
        count.seconds += item->duration_ms / 1000;
    }
    for (size_t i = 0; i < result->row_count; i++)
        if (result->rows[i].outcome == REPORT_OPEN && is_of(family, result->rows[i].family)) {
            count.tests++;
            count.failures++;
        }
    return count;
}

static void put_counts(FILE *stream, struct count count)
{
    fprintf(stream, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\" time=\"%.6f\"", count.tests,
            count.failures, count.errors, count.skipped, count.seconds);
}

/* The class is the id's folders, the name its last part: that is how readers of JUnit XML draw a tree. */
static void put_test_start(FILE *stream, const char *prefix, const char *id, double seconds)
{
    char class_name[1024];
    const char *slash = strrchr(id, '/');
    snprintf(class_name, sizeof class_name, "%s%s%.*s", prefix, slash ? "." : "", slash ? (int)(slash - id) : 0, id);
    for (char *octet = class_name; (octet = strchr(octet, '/')) != NULL;)
        *octet = '.';
    fputs("    <testcase", stream);
    put_attribute(stream, "name", slash ? slash + 1 : id);
    put_attribute(stream, "classname", class_name);
    fprintf(stream, " time=\"%.6f\"", seconds);
}

static void put_line(FILE *stream, const char *label, const char *value)
{
    if (!value)
        return;
    fprintf(stream, "%-10s", label);
    report_put_xml(stream, value);
    fputc('\n', stream);
}

static void put_details(FILE *stream, const struct report_case *item)
{
    char line[16];
    snprintf(line, sizeof line, "%d", item->line);
    put_line(stream, "case", item->id);
    put_line(stream, "title", item->title);
    put_line(stream, "file", item->file);
    if (item->differs) {
        put_line(stream, "line", line);
        put_line(stream, "split", item->split);
        put_line(stream, "expected", item->expected ? item->expected : "(nothing)");
        put_line(stream, "got", item->got ? item->got : "(nothing)");
    }
    put_line(stream, "reason", item->reason);
    put_line(stream, "source", item->source);
    put_line(stream, "rerun", item->rerun);
}

static void put_failure(FILE *stream, const struct report_case *item, const char *element)
{
    fprintf(stream, ">\n      <%s type=\"%s\" message=\"", element, report_outcome_word(item->outcome));
    if (item->differs) {
        fputs("expected ", stream);
        report_put_xml(stream, item->expected ? item->expected : "nothing");
        fputs(", got ", stream);
        report_put_xml(stream, item->got ? item->got : "nothing");
    } else {
        report_put_xml(stream, item->reason ? item->reason : report_outcome_word(item->outcome));
    }
    fputs("\">", stream);
    put_details(stream, item);
    fprintf(stream, "</%s>\n    </testcase>\n", element);
}

static void put_skipped(FILE *stream, const char *why)
{
    fputs(">\n      <skipped", stream);
    put_attribute(stream, "message", why);
    fputs("/>\n    </testcase>\n", stream);
}

static void put_case(FILE *stream, const struct report_case *item)
{
    put_test_start(stream, "corpus", item->id, item->duration_ms / 1000);
    switch (item->outcome) {
    case REPORT_FAIL: put_failure(stream, item, "failure"); break;
    case REPORT_CRASH:
    case REPORT_TIMEOUT: put_failure(stream, item, "error"); break;
    case REPORT_SKIP: put_skipped(stream, item->reason); break;
    case REPORT_EXPECTED: put_skipped(stream, item->expected_failure); break;
    default: fputs("/>\n", stream);
    }
}

static void put_open_row(FILE *stream, const struct report_row *row)
{
    put_test_start(stream, "ledger", row->id, 0);
    fputs(">\n      <failure type=\"open\" message=\"no case covers this requirement\">", stream);
    put_line(stream, "clause", row->manual);
    put_line(stream, "section", row->section);
    put_line(stream, "statement", row->statement);
    fputs("</failure>\n    </testcase>\n", stream);
}

static void put_property(FILE *stream, const char *name, const char *value)
{
    fputs("      <property", stream);
    put_attribute(stream, "name", name);
    put_attribute(stream, "value", value);
    fputs("/>\n", stream);
}

/* JUnit's time stamps have no zone. */
static void put_timestamp(FILE *stream, const char *start)
{
    char local[32];
    snprintf(local, sizeof local, "%.*s", (int)strcspn(start, "Z+."), start);
    put_attribute(stream, "timestamp", local);
}

static void put_suite(FILE *stream, const struct report_result *result, const struct report_family *family)
{
    fputs("  <testsuite", stream);
    put_attribute(stream, "name", family->id);
    put_timestamp(stream, result->start);
    put_counts(stream, count_of(result, family->id));
    fputs(">\n    <properties>\n", stream);
    put_property(stream, "implementation", result->name);
    put_property(stream, "implementation.version", result->version);
    put_property(stream, "level", result->level);
    put_property(stream, "manual", family->manual);
    put_property(stream, "suite.version", result->suite_version);
    put_property(stream, "corpus.hash", result->corpus_hash);
    put_property(stream, "commit", result->commit);
    fputs("    </properties>\n", stream);
    for (size_t i = 0; i < result->case_count; i++)
        if (is_of(family->id, result->cases[i].family))
            put_case(stream, &result->cases[i]);
    for (size_t i = 0; i < result->row_count; i++)
        if (result->rows[i].outcome == REPORT_OPEN && is_of(family->id, result->rows[i].family))
            put_open_row(stream, &result->rows[i]);
    fputs("  </testsuite>\n", stream);
}

bool report_write_junit(const struct report_result *result, const char *path)
{
    struct report_output output;
    if (!report_open(&output, NULL, path))
        return false;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites", output.stream);
    put_attribute(output.stream, "name", result->name);
    put_counts(output.stream, count_of(result, NULL));
    fputs(">\n", output.stream);
    for (size_t i = 0; i < result->family_count; i++)
        put_suite(output.stream, result, &result->families[i]);
    fputs("</testsuites>\n", output.stream);
    return report_close(&output);
}
