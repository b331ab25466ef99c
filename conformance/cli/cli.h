/**
 * @file
 * The program `atwire`: its subcommands and what they share.
 */
#ifndef ATWIRE_CONFORMANCE_CLI_H
#define ATWIRE_CONFORMANCE_CLI_H

#include <atwire/atwire.h>
#include <getopt.h>
#include <stdbool.h>

/** Exit statuses of all subcommands. */
enum { CLI_GOOD = 0, CLI_FINDINGS = 1, CLI_USAGE = 2 };

/** A subcommand: `argv[0]` is its name; returns the exit status. */
typedef int cli_command(int argc, char **argv);

cli_command trace_command;   /**< `atwire trace`: events of a transcript's or a file's octets */
cli_command check_command;   /**< `atwire check`: a capture against the grammar */
cli_command conform_command; /**< `atwire conform`: run the corpus */
cli_command list_command;    /**< `atwire list`: cases and requirements */
cli_command grammar_command; /**< `atwire grammar`: the grammar from the parser's own tables */

/** Print to standard error, with the subcommand's name before and a hint to `--help` behind. @return CLI_USAGE */
__attribute__((format(printf, 2, 3))) int cli_usage_error(const char *command, const char *format, ...);

/** Print a message, as the readers make it, to standard error. @return CLI_USAGE */
int cli_input_error(const char *message);

/**
 * Fetch the next option, as getopt_long() without short options and messages.
 *
 * @return its value in `options`, -1 after the last, or '?' after a message to standard error
 */
int cli_option(int argc, char **argv, const struct option *options);

/**
 * Read a decimal number.
 *
 * @retval false  `text` is no number from `low` to `high`; a message was printed
 */
bool cli_number(const char *command, const char *option, const char *text, unsigned long low, unsigned long high,
                unsigned long *number);

/** Read a family's name. @retval false  there is no such family; a message was printed */
bool cli_family(const char *command, const char *text, atw_family *family);

#endif
