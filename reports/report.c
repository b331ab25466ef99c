#include "report.h"

#include "allocate.h"
#include "badge.h"
#include "compare.h"
#include "history.h"
#include "html.h"
#include "junit.h"
#include "markdown.h"
#include "result.h"
#include "summary.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_GOOD = 0, EXIT_FINDINGS = 1, EXIT_USAGE = 2 };

static const char usage[] =
    "usage: atwire report [--html FOLDER] [--markdown FOLDER] [--junit FILE] [--badge FILE] [--compare OLD.json]\n"
    "                     [--history FILE] RESULT.json...\n"
    "\n"
    "Render results of `atwire conform --json`, one file an implementation, and print their counts.\n"
    "\n"
    "  --html FOLDER       the pages: open FOLDER/index.html in a browser; shows all results\n"
    "  --markdown FOLDER   summary.md and a page a family, on the first result; the others' totals\n"
    "  --junit FILE        JUnit XML of the first result\n"
    "  --badge FILE        JSON for a shields.io endpoint badge, of the first result\n"
    "  --compare OLD.json  what has changed in the first result since this one\n"
    "  --history FILE      history.tsv: the parser's size and speed over its releases, for HTML and Markdown\n"
    "  --help              this text\n"
    "\n"
    "A file `-` is standard input. Exit: 0 rendered; 1 rendered, and --compare found something that regressed;\n"
    "2 usage, bad input, or an output that cannot be written.\n";

/* What the command line asks for. NULL: not asked for. */
struct request {
    const char *html, *markdown, *junit, *badge, *compare, *history;
    char **files;
    int file_count;
    bool help;
};

static bool refuse(const char *what, const char *argument)
{
    fprintf(stderr, "atwire report: expected %s, got %s\n%s", what, argument ? argument : "nothing", usage);
    return false;
}

static const char **target_of(struct request *request, const char *option)
{
    const struct {
        const char *option;
        const char **target;
    } options[] = {
        {"--html", &request->html},   {"--markdown", &request->markdown}, {"--junit", &request->junit},
        {"--badge", &request->badge}, {"--compare", &request->compare},   {"--history", &request->history},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        if (strcmp(option, options[i].option) == 0)
            return options[i].target;
    return NULL;
}

static bool is_option(const char *argument)
{
    return argument[0] == '-' && argument[1] != '\0';
}

/* Result files are moved to the front of argv, in their order. */
static bool read_arguments(struct request *request, int argc, char **argv)
{
    *request = (struct request){.files = argv};
    for (int i = 1; i < argc; i++) {
        const char *argument = argv[i];
        if (strcmp(argument, "--help") == 0) {
            request->help = true;
            return true;
        }
        if (!is_option(argument)) {
            request->files[request->file_count++] = argv[i];
            continue;
        }
        const char **target = target_of(request, argument);
        if (!target)
            return refuse("an option of the list below", argument);
        if (++i == argc || is_option(argv[i]))
            return refuse("a path after the option", i == argc ? NULL : argv[i]);
        *target = argv[i];
    }
    return request->file_count > 0 || refuse("a result file", NULL);
}

static bool read_results(const struct request *request, struct report_result **results)
{
    for (int i = 0; i < request->file_count; i++)
        if (!(results[i] = report_result_read(request->files[i])))
            return false;
    for (int i = 1; i < request->file_count; i++)
        for (int j = 0; j < i; j++)
            if (strcmp(results[i]->name, results[j]->name) == 0) {
                fprintf(stderr, "%s: implementation.name: expected a name of its own, got \"%s\" as in %s\n",
                        results[i]->file, results[i]->name, results[j]->file);
                return false;
            }
    return true;
}

static bool render(const struct request *request, struct report_result *const *results,
                   const struct report_comparison *comparison, const struct report_history *history)
{
    size_t count = (size_t)request->file_count;
    return (!request->html || report_write_html(results, count, comparison, history, request->html)) &&
           (!request->markdown || report_write_markdown(results, count, comparison, history, request->markdown)) &&
           (!request->junit || report_write_junit(results[0], request->junit)) &&
           (!request->badge || report_write_badge(results[0], request->badge));
}

static int report(const struct request *request, struct report_result **results)
{
    int status = EXIT_GOOD;
    struct report_result *before = NULL;
    struct report_comparison *comparison = NULL;
    struct report_history *history = NULL;
    if (!read_results(request, results) || (request->history && !(history = report_history_read(request->history))) ||
        (request->compare && !(before = report_result_read(request->compare)))) {
        report_history_free(history);
        return EXIT_USAGE;
    }
    if (before)
        comparison = report_compare(before, results[0]);
    for (int i = 0; i < request->file_count; i++)
        report_print_summary(stdout, results[i]);
    if (comparison) {
        report_print_comparison(stdout, comparison);
        status = report_has_regressed(comparison) ? EXIT_FINDINGS : EXIT_GOOD;
    }
    if (!render(request, results, comparison, history))
        status = EXIT_USAGE;
    report_comparison_free(comparison);
    report_result_free(before);
    report_history_free(history);
    return status;
}

int report_main(int argc, char **argv)
{
    struct request request;
    if (!read_arguments(&request, argc, argv))
        return EXIT_USAGE;
    if (request.help) {
        fputs(usage, stdout);
        return EXIT_GOOD;
    }
    struct report_result **results = report_allocate((size_t)request.file_count, sizeof *results);
    int status = report(&request, results);
    for (int i = 0; i < request.file_count; i++)
        report_result_free(results[i]);
    free(results);
    return status;
}
