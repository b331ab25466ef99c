#include "source.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static bool read_all(FILE *stream, buffer *content)
{
    char chunk[65536];
    size_t count;
    while ((count = fread(chunk, 1, sizeof chunk, stream)) > 0) {
        buffer_add(content, chunk, count);
    }
    return !ferror(stream);
}

static bool cannot_read(const char *file, source_error *error)
{
    snprintf(error->message, sizeof error->message, "%s: expected a readable file: %s", file, strerror(errno));
    return false;
}

bool source_open(source *from, const char *file, source_error *error)
{
    *from = (source){.file = strcmp(file, "-") == 0 ? "(standard input)" : file};
    if (strcmp(file, "-") == 0) {
        return read_all(stdin, &from->content) || cannot_read(from->file, error);
    }
    FILE *stream = fopen(file, "rb");
    if (stream == NULL) {
        return cannot_read(file, error);
    }
    bool good = read_all(stream, &from->content) || cannot_read(file, error);
    fclose(stream);
    if (!good) {
        source_close(from);
    }
    return good;
}

void source_from_octets(source *from, const char *file, const void *octets, size_t count)
{
    *from = (source){.file = file};
    buffer_add(&from->content, octets, count);
}

void source_close(source *from)
{
    buffer_free(&from->content);
    *from = (source){0};
}

static bool check_octets(const source *from, bool tabs, source_error *error)
{
    for (size_t i = 0; i < from->length; i++) {
        unsigned char octet = (unsigned char)from->line[i];
        if (octet == '\t' && !tabs) {
            return source_fail(from, i + 1, error, "expected blanks, not a TAB");
        }
        if (octet == '\r') {
            return source_fail(from, i + 1, error,
                               "expected LF as the line end, not a CR octet (on the wire it is \\r)");
        }
        if (octet != '\t' && (octet < 0x20 || octet > 0x7e)) {
            return source_fail(from, i + 1, error, "expected printable ASCII, not octet 0x%02x (write \\x%02x)", octet,
                               octet);
        }
    }
    return true;
}

int source_next(source *from, bool tabs, source_error *error)
{
    if (from->next >= from->content.count) {
        return 0;
    }
    from->line = from->content.octets + from->next;
    size_t rest = from->content.count - from->next;
    char *end = memchr(from->line, '\n', rest);
    from->length = end != NULL ? (size_t)(end - from->line) : rest;
    from->next += from->length + 1;
    from->number++;
    from->line[from->length] = '\0';
    return check_octets(from, tabs, error) ? 1 : -1;
}

bool source_fail(const source *from, size_t column, source_error *error, const char *format, ...)
{
    size_t size = sizeof error->message;
    int used = snprintf(error->message, size, "%s:%zu: ", from->file, from->number);
    if (used < 0 || (size_t)used >= size) {
        return false;
    }
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message + used, size - (size_t)used, format, arguments);
    va_end(arguments);
    size_t length = strlen(error->message);
    if (column > 0) {
        snprintf(error->message + length, size - length, " (column %zu)", column);
    }
    return false;
}
