#include "support.h"

#include "report.h"

#include <criterion/criterion.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char folder[64];

json_t *load_sample(void)
{
    json_t *sample = json_load_file(SAMPLE, 0, NULL);
    cr_assert_not_null(sample, "%s is not JSON", SAMPLE);
    return sample;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *place)
{
    (void)status, (void)type, (void)place;
    return remove(path);
}

static void remove_folder(void)
{
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

const char *scratch(const char *name)
{
    static char path[512];
    if (!*folder) {
        strcpy(folder, "/tmp/atwire-reports-XXXXXX");
        cr_assert_not_null(mkdtemp(folder), "no folder of its own");
        atexit(remove_folder);
    }
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

char *write_json(const char *name, const json_t *json)
{
    char *path = strdup(scratch(name));
    cr_assert_eq(json_dump_file(json, path, JSON_INDENT(1)), 0, "%s cannot be written", path);
    return path;
}

char *write_text(const char *name, const char *text)
{
    char *path = strdup(scratch(name));
    FILE *file = fopen(path, "w");
    cr_assert_not_null(file, "%s cannot be written", path);
    fputs(text, file);
    fclose(file);
    return path;
}

char *read_file(const char *path)
{
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s cannot be read", path);
    if (getdelim(&text, &size, '\0', file) < 0)
        text[0] = '\0';
    fclose(file);
    return text;
}

char *written_by(void (*put)(FILE *stream, const char *text), const char *text)
{
    char *written;
    size_t size;
    FILE *stream = open_memstream(&written, &size);
    put(stream, text);
    fclose(stream);
    return written;
}

size_t count_of_text(const char *text, const char *part)
{
    size_t count = 0;
    while ((text = strstr(text, part)) != NULL) {
        count++;
        text += strlen(part);
    }
    return count;
}

int run_report(const char *first, ...)
{
    char *arguments[16] = {"report"};
    int count = 1;
    va_list rest;
    va_start(rest, first);
    for (const char *argument = first; argument && count < 16; argument = va_arg(rest, const char *))
        arguments[count++] = (char *)argument;
    va_end(rest);
    return report_main(count, arguments);
}
