/* atwire grammar: the grammar from the rows that the parser runs. */
#include "grammar_page.h"

#include <stdio.h>

#include "cli.h"

static const char help[] =
    "usage: atwire grammar [--family F] [--format text|abnf|dict|json]\n"
    "\n"
    "  --family F    only what this family's manual has: a76xx a7600 (or sim7600) sim7028 sim7x00\n"
    "  --format FMT  text: reference page (default); abnf: RFC 5234 grammar of what a module sends;\n"
    "                dict: dictionary for fuzzers; json: all of it for programs\n"
    "\n"
    "exit status: 0 good, 2 usage\n";

int grammar_command(int argc, char **argv)
{
    static const struct option options[] = {{"family", required_argument, NULL, 'f'},
                                            {"format", required_argument, NULL, 'm'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    atw_family family = ATW_FAMILY_ANY;
    const char *format = "text";
    int option;
    while ((option = cli_option(argc, argv, options)) != -1) {
        if (option == '?' || (option == 'f' && !cli_family(argv[0], optarg, &family))) {
            return CLI_USAGE;
        }
        if (option == 'h') {
            fputs(help, stdout);
            return CLI_GOOD;
        }
        format = option == 'm' ? optarg : format;
    }
    if (optind < argc) {
        return cli_usage_error(argv[0], "unexpected argument '%s'", argv[optind]);
    }
    if (grammar_page(stdout, family, format) != 0) {
        return cli_usage_error(argv[0], "expected text, abnf, dict or json after --format, not '%s'", format);
    }
    return CLI_GOOD;
}
