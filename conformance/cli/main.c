/* The program `atwire`: choose the subcommand. */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "report.h"

static const char help[] = "usage: atwire COMMAND [OPTION…] [FILE…]\n"
                           "\n"
                           "  trace    events of a transcript's octets\n"
                           "  check    a captured log of a real module: what deviates, where, and how\n"
                           "  conform  run the corpus\n"
                           "  report   render results of conform\n"
                           "  grammar  the grammar, from the same tables the parser runs\n"
                           "  list     cases and requirements\n"
                           "\n"
                           "atwire COMMAND --help says more; atwire --version prints the version.\n"
                           "exit status: 0 good, 1 findings, 2 usage or bad input\n";

static const struct {
    const char *name;
    cli_command *run;
} commands[] = {
    {"trace", trace_command}, {"check", check_command},     {"conform", conform_command},
    {"report", report_main},  {"grammar", grammar_command}, {"list", list_command},
};

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs(help, stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0) {
        fputs(help, stdout);
        return CLI_GOOD;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("atwire " ATWIRE_VERSION);
        return CLI_GOOD;
    }
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            return commands[i].run(argc - 1, argv + 1);
        }
    }
    fprintf(stderr, "atwire: expected trace, check, conform, report, grammar or list, not '%s'; see atwire --help\n",
            argv[1]);
    return CLI_USAGE;
}
