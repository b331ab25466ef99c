/**
 * @file
 * Files that reports are written to, and the escapes of their formats.
 */
#ifndef ATWIRE_REPORTS_OUTPUT_H
#define ATWIRE_REPORTS_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/** A file being written. */
struct report_output {
    FILE *stream;
    char path[4096];
};

/**
 * Create `folder` with the folders above it, as far as they are missing.
 *
 * @return false after a message on standard error
 */
bool report_make_folder(const char *folder);

/**
 * Open a file for writing; an older one is replaced.
 *
 * @param[out] output  for report_close(), written on success
 * @param[in]  folder  NULL: `name` is the whole path, and the folders above it are created
 * @return false after a message on standard error
 */
bool report_open(struct report_output *output, const char *folder, const char *name);

/**
 * Close a file.
 *
 * @return false after a message on standard error: not everything was written
 */
bool report_close(struct report_output *output);

/** Write a text into XML, as content or as an attribute's value. What XML 1.0 cannot hold becomes `\xNN`, `\uNNNN`. */
void report_put_xml(FILE *stream, const char *text);

/** Write a text into Markdown (GitHub's), on one line, so that it reads as it stands and marks up nothing. */
void report_put_markdown(FILE *stream, const char *text);

/** Write a text as a code span of Markdown, on one line; `in_table`: a bar is escaped. An empty text gives nothing. */
void report_put_code(FILE *stream, const char *text, bool in_table);

#endif
