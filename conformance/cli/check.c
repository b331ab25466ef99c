/* atwire check: a captured log of a real module against the grammar. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "check_json.h"
#include "check_report.h"
#include "cli.h"

static const char help[] =
    "usage: atwire check [--family F] [--strict] [--json OUT] [OPTION…] FILE\n"
    "\n"
    "Reads what was captured of a host and a module and prints what deviates from the grammar, where, and what the\n"
    "manual says; then the exchanges, the notes and what else came. FILE - is standard input, which may be a capture\n"
    "that is still going on. Transcripts (.at), raw octets, logs with time stamps and direction marks, hex dumps, what\n"
    "socat -v and -x and sigrok-cli -A uart print, and tables (CSV) of logic analysers are told apart by their start.\n"
    "\n"
    "  --family F       a76xx a7600 (or sim7600) sim7028 sim7x00 any; default: the transcript's, or any\n"
    "  --strict         notes (accepted deviations) and remarks (unfinished at the end) are findings\n"
    "  --json OUT       write a report for programs; - is standard output, instead of the text\n"
    "  --input KIND     transcript raw log table, where the start misleads\n"
    "  --swap           marks and columns are the module's view: TX, and > of socat, is what the module sends\n"
    "  --exchanges N    list the first N exchanges one by one; default 200; totals count all\n"
    "  --line N         line buffer, 1..65535 octets; default 1024\n"
    "  --ceiling N      largest payload, 1..2147483647; default 65535\n"
    "  --progress       show progress on standard error even if that is no terminal\n"
    "\n"
    "exit status: 0 good, 1 findings, 2 usage or bad input\n";

#define EXCHANGES_KEPT 200
#define EXCHANGES_KEPT_MAX 1000000
/* Time between two lines of progress: in a terminal, which shows one, and in a log. */
#define PROGRESS_TERMINAL_MS 200
#define PROGRESS_LOG_MS 1000

typedef struct check_run {
    check_options options;
    capture_kind kind;
    const char *file;
    const char *json;
    bool help;
    bool progress;
    check check;
    check_json writer; /* its `to` is NULL without --json */
    bool text;         /* the report goes to standard output as text */
    bool begun;
    bool terminal;
    int64_t shown_ms; /* when progress was shown */
    uint64_t done;    /* octets read */
    uint64_t total;   /* 0: not known */
} check_run;

static bool read_kind(const char *command, check_run *to)
{
    if (!capture_kind_from_text(optarg, &to->kind)) {
        cli_usage_error(command, "expected transcript, raw, log or table after --input, not '%s'", optarg);
        return false;
    }
    return true;
}

static bool read_limit(const char *command, check_run *to, int option)
{
    unsigned long number = 0;
    bool good = false;
    switch (option) {
    case 'l':
        good = cli_number(command, "--line", optarg, 1, ATW_LINE_MAX, &number);
        to->options.line_size = (uint16_t)number;
        return good;
    case 'p':
        good = cli_number(command, "--ceiling", optarg, 1, INT32_MAX, &number);
        to->options.ceiling = (uint32_t)number;
        return good;
    default:
        good = cli_number(command, "--exchanges", optarg, 0, EXCHANGES_KEPT_MAX, &number);
        to->options.exchanges_kept = number;
        return good;
    }
}

static bool read_option(check_run *to, const char *command, int option)
{
    switch (option) {
    case 'f': to->options.has_family = true; return cli_family(command, optarg, &to->options.family);
    case 's': to->options.strict = true; return true;
    case 'j': to->json = optarg; return true;
    case 'i': return read_kind(command, to);
    case 'w': to->options.swap = true; return true;
    case 'g': to->progress = true; return true;
    case 'h': to->help = true; return true;
    case 'l':
    case 'p':
    case 'e': return read_limit(command, to, option);
    default: return false;
    }
}

static bool read_options(check_run *to, int argc, char **argv)
{
    static const struct option options[] = {{"family", required_argument, NULL, 'f'},
                                            {"strict", no_argument, NULL, 's'},
                                            {"json", required_argument, NULL, 'j'},
                                            {"input", required_argument, NULL, 'i'},
                                            {"swap", no_argument, NULL, 'w'},
                                            {"exchanges", required_argument, NULL, 'e'},
                                            {"line", required_argument, NULL, 'l'},
                                            {"ceiling", required_argument, NULL, 'p'},
                                            {"progress", no_argument, NULL, 'g'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    int option;
    while ((option = cli_option(argc, argv, options)) != -1) {
        if (!read_option(to, argv[0], option)) {
            return false;
        }
    }
    if (!to->help && argc - optind != 1) {
        cli_usage_error(argv[0], "expected one FILE");
        return false;
    }
    to->file = to->help ? NULL : argv[optind];
    return true;
}

static const char *shown_file(const check_run *run)
{
    return strcmp(run->file, "-") == 0 ? "(standard input)" : run->file;
}

static void found(void *context, const check_found *what)
{
    check_run *run = context;
    if (run->writer.to != NULL) {
        check_json_found(&run->writer, what);
    }
    if (run->text) {
        buffer line = {0};
        check_report_found(&line, what);
        fputs(buffer_string(&line), stdout);
        buffer_free(&line);
    }
}

static void begin(void *context, const capture_form *form, const script *transcript)
{
    check_run *run = context;
    check_begin(&run->check, form, transcript);
    run->begun = true;
    if (run->writer.to != NULL) {
        check_json_head(&run->writer, shown_file(run), &run->check);
    }
    if (run->text) {
        buffer head = {0};
        check_report_head(&head, shown_file(run), &run->check);
        fputs(buffer_string(&head), stdout);
        buffer_free(&head);
    }
}

static void piece(void *context, const capture_piece *what)
{
    check_piece(&((check_run *)context)->check, what);
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void show_progress(check_run *run)
{
    run->shown_ms = now_ms();
    fprintf(stderr, "%satwire check: %.1f MB", run->terminal ? "\r" : "", (double)run->done / 1e6);
    if (run->total > 0) {
        fprintf(stderr, " of %.1f MB, %d %%", (double)run->total / 1e6, (int)(100 * run->done / run->total));
    }
    fprintf(stderr, ", line %llu, %llu findings%s", (unsigned long long)run->check.lines,
            (unsigned long long)run->check.failures, run->terminal ? "  " : "\n");
}

/* What was found is seen while the capture goes on. */
static void pause_run(void *context, uint64_t done, uint64_t total)
{
    check_run *run = context;
    fflush(stdout);
    if (run->writer.to != NULL) {
        fflush(run->writer.to);
    }
    run->done = done;
    run->total = total;
    const int64_t wait_ms = run->terminal ? PROGRESS_TERMINAL_MS : PROGRESS_LOG_MS;
    if (run->progress && now_ms() - run->shown_ms >= wait_ms) {
        show_progress(run);
    }
}

static void report_end(check_run *run, const char *error)
{
    if (run->progress) {
        show_progress(run);
        fputs(run->terminal ? "\n" : "", stderr);
    }
    if (!run->begun) {
        return;
    }
    if (error == NULL) {
        check_end(&run->check);
    }
    if (run->writer.to != NULL) {
        check_json_tail(&run->writer, &run->check, error);
    }
    if (run->text) {
        buffer tail = {0};
        check_report_tail(&tail, &run->check);
        fputs(buffer_string(&tail), stdout);
        buffer_free(&tail);
    }
}

static int run_check(check_run *run)
{
    const check_listener listener = {.found = found, .context = run};
    const capture_sink sink = {.begin = begin, .piece = piece, .pause = pause_run, .context = run};
    source_error error;
    check_open(&run->check, &run->options, &listener);
    bool good = capture_read(run->file, run->kind, &sink, &error);
    report_end(run, good ? NULL : error.message);
    int status = run->check.failures > 0 ? CLI_FINDINGS : CLI_GOOD;
    check_close(&run->check);
    fflush(stdout);
    return good ? status : cli_input_error(error.message);
}

static bool open_json(check_run *run)
{
    bool standard = run->json != NULL && strcmp(run->json, "-") == 0;
    run->text = !standard;
    if (run->json == NULL || standard) {
        run->writer.to = standard ? stdout : NULL;
        return true;
    }
    run->writer.to = fopen(run->json, "w");
    if (run->writer.to == NULL) {
        fprintf(stderr, "%s: expected a writable file\n", run->json);
    }
    return run->writer.to != NULL;
}

int check_command(int argc, char **argv)
{
    check_run run = {.options = {.exchanges_kept = EXCHANGES_KEPT}};
    if (!read_options(&run, argc, argv)) {
        return CLI_USAGE;
    }
    if (run.help) {
        fputs(help, stdout);
        return CLI_GOOD;
    }
    if (!open_json(&run)) {
        return CLI_USAGE;
    }
    run.terminal = isatty(STDERR_FILENO) != 0;
    run.progress = run.progress || run.terminal;
    int status = run_check(&run);
    if (run.writer.to != NULL && run.writer.to != stdout && fclose(run.writer.to) != 0) {
        fprintf(stderr, "%s: expected a writable file\n", run.json);
        status = CLI_USAGE;
    }
    return status;
}
