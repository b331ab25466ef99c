/* atwire trace: what the parser says to a transcript's or a file's octets. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "player.h"
#include "transcript.h"

static const char help[] =
    "usage: atwire trace [--family F] [--chunk N] [--raw] [--offsets] [--line N] [--ceiling N] FILE\n"
    "\n"
    "Prints the events of a transcript's octets, one a line; its expectations are ignored. FILE - is standard input.\n"
    "\n"
    "  --family F   a76xx a7600 (or sim7600) sim7028 sim7x00 any; default: the transcript's, any with --raw\n"
    "  --chunk N    feed N octets at a time; 0, the default: uncut\n"
    "  --raw        FILE holds a module's octets as they are, not a transcript\n"
    "  --offsets    print the stream offset of each event before it\n"
    "  --line N     line buffer, 1..65535 octets; default 1024; wins over the transcript's config:\n"
    "  --ceiling N  largest payload, 1..2147483647; default 65535; wins over the transcript's config:\n"
    "\n"
    "exit status: 0 whatever the events, 2 usage or bad input\n";

typedef struct trace_options {
    const char *file;
    bool help;
    bool raw;
    bool offsets;
    bool has_family;
    atw_family family;
    unsigned long chunk;
    unsigned long line;    /* 0: not given */
    unsigned long ceiling; /* 0: not given */
} trace_options;

static bool read_option(trace_options *to, const char *command, int option)
{
    switch (option) {
    case 'f': to->has_family = true; return cli_family(command, optarg, &to->family);
    case 'c': return cli_number(command, "--chunk", optarg, 0, INT32_MAX, &to->chunk);
    case 'l': return cli_number(command, "--line", optarg, 1, ATW_LINE_MAX, &to->line);
    case 'p': return cli_number(command, "--ceiling", optarg, 1, INT32_MAX, &to->ceiling);
    case 'r': to->raw = true; return true;
    case 'o': to->offsets = true; return true;
    case 'h': to->help = true; return true;
    default: return false;
    }
}

static bool read_options(trace_options *to, int argc, char **argv)
{
    static const struct option options[] = {
        {"family", required_argument, NULL, 'f'}, {"chunk", required_argument, NULL, 'c'},
        {"line", required_argument, NULL, 'l'},   {"ceiling", required_argument, NULL, 'p'},
        {"raw", no_argument, NULL, 'r'},          {"offsets", no_argument, NULL, 'o'},
        {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0}};
    int option;
    while ((option = cli_option(argc, argv, options)) != -1) {
        if (!read_option(to, argv[0], option)) {
            return false;
        }
    }
    if (to->help) {
        return true;
    }
    if (argc - optind != 1) {
        cli_usage_error(argv[0], "expected one FILE");
        return false;
    }
    to->file = argv[optind];
    return true;
}

static int print_events(const trace_options *from, script *what)
{
    player with;
    if (from->line > 0) {
        what->settings.line_size = (uint16_t)from->line;
    }
    if (from->ceiling > 0) {
        what->settings.ceiling = (uint32_t)from->ceiling;
    }
    player_open(&with, from->has_family ? from->family : what->family, &what->settings);
    bool kept = player_play(&with, what, &(cutting){.width = from->chunk}, false);
    for (size_t i = 0; i < with.log.count; i++) {
        if (from->offsets) {
            printf("%u ", (unsigned)with.log.lines[i].offset);
        }
        puts(event_log_text(&with.log, i));
    }
    if (!kept) {
        fprintf(stderr, "atwire trace: %s\n", buffer_string(&with.fault));
    }
    player_close(&with);
    return kept ? CLI_GOOD : CLI_FINDINGS;
}

static int trace_raw(const trace_options *from)
{
    source octets;
    source_error error;
    if (!source_open(&octets, from->file, &error)) {
        return cli_input_error(error.message);
    }
    script_step step = {.kind = STEP_RECEIVED,
                        .octets = (const uint8_t *)buffer_string(&octets.content),
                        .count = octets.content.count};
    script what = {.family = ATW_FAMILY_ANY, .settings = script_default_settings(), .steps = &step, .count = 1};
    int status = print_events(from, &what);
    source_close(&octets);
    return status;
}

static int trace_transcript(const trace_options *from)
{
    transcript what;
    source_error error;
    int status =
        transcript_load(&what, from->file, &error) ? print_events(from, &what.script) : cli_input_error(error.message);
    transcript_free(&what);
    return status;
}

int trace_command(int argc, char **argv)
{
    trace_options from = {0};
    if (!read_options(&from, argc, argv)) {
        return CLI_USAGE;
    }
    if (from.help) {
        fputs(help, stdout);
        return CLI_GOOD;
    }
    return from.raw ? trace_raw(&from) : trace_transcript(&from);
}
