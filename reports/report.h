/**
 * @file
 * The entry of `atwire report`.
 */
#ifndef ATWIRE_REPORTS_REPORT_H
#define ATWIRE_REPORTS_REPORT_H

/**
 * Read results of `atwire conform --json` and render them.
 *
 * @param argc  arguments at `argv`, the subcommand's name included
 * @param argv  `report`, then options and result files; see `--help`
 * @return 0 rendered; 1 rendered, and the comparison with the earlier result has regressions; 2 usage, bad input or an
 *         output that cannot be written, with a message on standard error.
 */
int report_main(int argc, char **argv);

#endif
