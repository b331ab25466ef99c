#include "cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

int cli_usage_error(const char *command, const char *format, ...)
{
    va_list arguments;
    fprintf(stderr, "atwire %s: ", command);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "; see atwire %s --help\n", command);
    return CLI_USAGE;
}

int cli_input_error(const char *message)
{
    fprintf(stderr, "%s\n", message);
    return CLI_USAGE;
}

int cli_option(int argc, char **argv, const struct option *options)
{
    opterr = 0;
    int option = getopt_long(argc, argv, ":", options, NULL);
    if (option == ':') {
        cli_usage_error(argv[0], "expected a value after %s", argv[optind - 1]);
        return '?';
    }
    if (option == '?') {
        cli_usage_error(argv[0], "unexpected option %s", argv[optind - 1]);
    }
    return option;
}

bool cli_number(const char *command, const char *option, const char *text, unsigned long low, unsigned long high,
                unsigned long *number)
{
    char *end = NULL;
    *number = strtoul(text, &end, 10);
    bool digits = text[0] >= '0' && text[0] <= '9' && *end == '\0';
    if (!digits || *number < low || *number > high) {
        cli_usage_error(command, "expected a number from %lu to %lu after %s, not '%s'", low, high, option, text);
        return false;
    }
    return true;
}

bool cli_family(const char *command, const char *text, atw_family *family)
{
    if (!atw_family_from_name(text, family)) {
        cli_usage_error(command, "expected a family (a76xx a7600 sim7028 sim7x00 any), not '%s'", text);
        return false;
    }
    return true;
}
