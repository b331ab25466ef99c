/**
 * @file
 * Run another program and take what it prints.
 */
#ifndef ATWIRE_CONFORMANCE_CHILD_H
#define ATWIRE_CONFORMANCE_CHILD_H

#include "buffer.h"

/**
 * Run a program to its end, with nothing on its standard input.
 *
 * @param argv    program, arguments, NULL; the program is looked for in $PATH
 * @param input   NULL, or what it finds on its standard input
 * @param output  what it printed is appended
 * @param errors  the same for standard error
 * @return exit status; 127 if it could not be started, 128 + N if signal N ended it
 */
int child_run(char *const argv[], const buffer *input, buffer *output, buffer *errors);

#endif
