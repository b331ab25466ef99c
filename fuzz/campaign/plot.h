/**
 * @file
 * A campaign's course as pictures: coverage and speed over time, one line a target.
 */
#ifndef ATWIRE_FUZZ_PLOT_H
#define ATWIRE_FUZZ_PLOT_H

#include "progress.h"

/** Which number of a sample is drawn. */
typedef double plot_value(const progress_sample *sample);

/** @return edges that one of the engine's executions reached. */
double plot_edges(const progress_sample *sample);

/** @return executions per second. */
double plot_speed(const progress_sample *sample);

/**
 * Write an SVG file, readable on light and dark pages.
 *
 * @param title   what is drawn, with its unit
 * @param engine  whose samples
 * @return false after a message on standard error
 */
bool plot_write(const char *file, const progress *from, const char *engine, const char *title, plot_value *value);

#endif
