/* atwire conform: run the corpus, say what fails, check the ledger. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "result_json.h"

static const char help[] =
    "usage: atwire conform [--family F] [--case GLOB] [--impl 'CMD'] [--expect FILE] [--json FILE] [--corpus DIR]\n"
    "                      [--uncut] [--timeout MS]\n"
    "\n"
    "Runs the corpus: every case whole and with its input cut in every way.\n"
    "\n"
    "  --family F     only cases of a76xx a7600 (or sim7600) sim7028 sim7x00 any\n"
    "  --case GLOB    only cases whose id matches; a76xx/* is short for transcripts/a76xx/*\n"
    "  --impl 'CMD'   another implementation: a command that speaks the adapter protocol, started by /bin/sh;\n"
    "                 default: the parser in this process\n"
    "  --expect FILE  cases that are known to fail: lines of a case id (or glob), blanks and the reason,\n"
    "                 or of reason: and the reason, with the ids indented below;\n"
    "                 one that passes, and an entry without a case, are findings\n"
    "  --json FILE    write the result that atwire report renders; - is standard output, without the summary then\n"
    "  --corpus DIR   another corpus folder; default: $ATWIRE_CORPUS or the one it was built with\n"
    "  --uncut        each case once, not cut in every way\n"
    "  --timeout MS   with --impl: time for one run of a case, default 5000; a start has at least that\n"
    "\n"
    "Without --case the ledger is checked, too: every row that is not info has a case, every case a row.\n"
    "exit status: 0 good, 1 findings, 2 usage or bad input\n";

typedef struct conform_options {
    conform_choice choice;
    const char *expect;
    const char *json;
    const char *corpus;
    const char *command;
    unsigned long timeout_ms;
    bool help;
} conform_options;

/* What a family's line of the summary says. */
typedef struct tally {
    size_t rows, info, covered, cases, verdicts[VERDICT_COUNT], expected;
} tally;

static bool read_option(conform_options *to, const char *command, int option)
{
    switch (option) {
    case 'f': to->choice.has_family = true; return cli_family(command, optarg, &to->choice.family);
    case 'c': to->choice.pattern = optarg; return true;
    case 'e': to->expect = optarg; return true;
    case 'j': to->json = optarg; return true;
    case 'd': to->corpus = optarg; return true;
    case 'u': to->choice.uncut = true; return true;
    case 'h': to->help = true; return true;
    case 'i': to->command = optarg; return true;
    case 't': return cli_number(command, "--timeout", optarg, 1, 3600000, &to->timeout_ms);
    default: return false;
    }
}

static bool read_options(conform_options *to, int argc, char **argv)
{
    static const struct option options[] = {
        {"family", required_argument, NULL, 'f'}, {"case", required_argument, NULL, 'c'},
        {"expect", required_argument, NULL, 'e'}, {"json", required_argument, NULL, 'j'},
        {"corpus", required_argument, NULL, 'd'}, {"impl", required_argument, NULL, 'i'},
        {"uncut", no_argument, NULL, 'u'},        {"timeout", required_argument, NULL, 't'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0}};
    int option;
    while ((option = cli_option(argc, argv, options)) != -1) {
        if (!read_option(to, argv[0], option)) {
            return false;
        }
    }
    if (!to->help && optind < argc) {
        cli_usage_error(argv[0], "unexpected argument '%s'", argv[optind]);
        return false;
    }
    return true;
}

static void print_case(void *context, const conform_run *run, const conform_case *one)
{
    size_t *findings = context;
    if (conform_is_good(one)) {
        return;
    }
    buffer text = {0};
    ++*findings;
    if (one->outcome.verdict == VERDICT_PASS) {
        buffer_format(&text, "unexpected pass: %s\n  expected to fail: %s\n", one->from->id, one->expected_failure);
    } else {
        case_outcome_explain(&text, &one->outcome, one->from->id, one->from->file,
                             run->adapter != NULL ? run->adapter->command : NULL);
    }
    fputs(text.octets, stderr);
    buffer_free(&text);
}

static tally count_family(const conform_run *run, const char *family)
{
    tally sum = {0};
    for (size_t i = 0; i < run->count; i++) {
        const conform_case *one = &run->cases[i];
        if (strcmp(atw_family_name(one->from->transcript.script.family), family) == 0) {
            sum.cases++;
            sum.verdicts[one->outcome.verdict]++;
            bool failed = one->outcome.verdict != VERDICT_PASS && one->outcome.verdict != VERDICT_SKIP;
            sum.expected += failed && one->expected_failure != NULL;
        }
    }
    for (size_t i = 0; i < run->ledger->count; i++) {
        const ledger_row *row = &run->ledger->rows[i];
        if (strcmp(row->family, family) == 0) {
            sum.rows++;
            sum.info += strcmp(row->level, "info") == 0;
            sum.covered += row->case_count > 0;
        }
    }
    return sum;
}

static void print_summary(const conform_run *run)
{
    for (int family = 0; family < ATW_FAMILY_COUNT; family++) {
        const char *name = atw_family_name((atw_family)family);
        tally sum = count_family(run, name);
        if (sum.cases == 0) {
            continue;
        }
        printf("%-8s %4zu cases:", name, sum.cases);
        for (int kind = 0; kind < VERDICT_COUNT; kind++) {
            if (sum.verdicts[kind] > 0 || kind == VERDICT_PASS || kind == VERDICT_FAIL) {
                printf(" %zu %s", sum.verdicts[kind], verdict_text((verdict)kind));
            }
        }
        if (sum.expected > 0) {
            printf(" (%zu expected to fail)", sum.expected);
        }
        printf("; ledger: %zu rows, %zu covered, %zu info\n", sum.rows, sum.covered, sum.info);
    }
}

/* Gaps of the ledger and stale entries: findings of the corpus as a whole, not of a choice of its cases. */
static size_t print_gaps(const conform_options *from, const expected_failures *list, const corpus *cases,
                         const buffer *gaps, size_t gap_count)
{
    buffer stale = {0};
    size_t found = from->choice.pattern == NULL ? gap_count : 0;
    if (found > 0) {
        fputs(gaps->octets, stderr);
    }
    found += expected_failures_stale(list, cases, &stale);
    fputs(buffer_string(&stale), stderr);
    buffer_free(&stale);
    return found;
}

static int run_loaded(const conform_options *from, const corpus *cases, ledger *rows, const expected_failures *list,
                      const char *folder, adapter *other)
{
    conform_run run;
    buffer gaps = {0};
    size_t findings = 0;
    size_t gap_count = ledger_map(rows, cases, &gaps);
    conform(&run, cases, rows, list, &from->choice, other, print_case, &findings);
    findings += print_gaps(from, list, cases, &gaps, gap_count);
    int status = findings > 0 ? CLI_FINDINGS : CLI_GOOD;
    if (run.count == 0) {
        status = cli_usage_error("conform", "expected a case of the corpus, none was chosen");
    }
    if (from->json == NULL || strcmp(from->json, "-") != 0) {
        print_summary(&run);
    }
    if (from->json != NULL && !result_json_write(&run, from->json, folder)) {
        fprintf(stderr, "%s: expected a file that can be written: %s\n", from->json, strerror(errno));
        status = CLI_USAGE;
    }
    conform_free(&run);
    buffer_free(&gaps);
    return status;
}

/* Run the parser in this process, or start the implementation that was named, run that and let it end. */
static int run_implementation(const conform_options *from, const corpus *cases, ledger *rows,
                              const expected_failures *list, const char *folder)
{
    adapter other;
    buffer reason = {0};
    int status;
    if (from->command == NULL) {
        return run_loaded(from, cases, rows, list, folder, NULL);
    }
    if (!adapter_open(&other, from->command, (unsigned)from->timeout_ms, &reason)) {
        fprintf(stderr, "atwire conform: expected an adapter that starts with the line " ADAPTER_HELLO ": %s\n",
                buffer_string(&reason));
        status = CLI_USAGE;
    } else {
        status = run_loaded(from, cases, rows, list, folder, &other);
    }
    if (!adapter_close(&other, &reason)) {
        fprintf(stderr, "the adapter did not end well: %s\n", buffer_string(&reason));
        status = status == CLI_GOOD ? CLI_FINDINGS : status;
    }
    buffer_free(&reason);
    return status;
}

static int load_and_run(const conform_options *from)
{
    corpus cases = {0};
    ledger rows = {0};
    expected_failures list = {0};
    source_error error;
    const char *folder = from->corpus != NULL ? from->corpus : corpus_folder();
    bool good = (from->expect == NULL || expected_failures_load(&list, from->expect, &error)) &&
                corpus_load(&cases, folder, &error) && ledger_load(&rows, folder, &error);
    int status = good ? run_implementation(from, &cases, &rows, &list, folder) : cli_input_error(error.message);
    expected_failures_free(&list);
    ledger_free(&rows);
    corpus_free(&cases);
    return status;
}

int conform_command(int argc, char **argv)
{
    conform_options from = {.timeout_ms = ADAPTER_TIMEOUT_MS};
    if (!read_options(&from, argc, argv)) {
        return CLI_USAGE;
    }
    if (from.help) {
        fputs(help, stdout);
        return CLI_GOOD;
    }
    return load_and_run(&from);
}
