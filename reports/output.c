#include "output.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

static bool complain(const char *path, const char *what)
{
    fprintf(stderr, "atwire report: %s: %s: %s\n", path, what, strerror(errno));
    return false;
}

static bool make_one_folder(const char *folder)
{
    struct stat status;
    if (mkdir(folder, 0777) == 0 || (stat(folder, &status) == 0 && S_ISDIR(status.st_mode)))
        return true;
    return complain(folder, "expected a folder that can be created");
}

bool report_make_folder(const char *folder)
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s", folder) >= sizeof path) {
        errno = ENAMETOOLONG;
        return complain(folder, "expected a folder that can be created");
    }
    for (char *slash = path + 1; *path && (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        if (!make_one_folder(path))
            return false;
        *slash = '/';
    }
    return make_one_folder(path);
}

static bool make_folder_above(const char *path)
{
    char folder[4096];
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return true;
    snprintf(folder, sizeof folder, "%.*s", (int)(slash - path), path);
    return report_make_folder(folder);
}

bool report_open(struct report_output *output, const char *folder, const char *name)
{
    int length = snprintf(output->path, sizeof output->path, "%s%s%s", folder ? folder : "", folder ? "/" : "", name);
    if ((size_t)length >= sizeof output->path) {
        errno = ENAMETOOLONG;
        return complain(name, "expected a file that can be written");
    }
    if (!folder && !make_folder_above(name))
        return false;
    output->stream = fopen(output->path, "w");
    return output->stream || complain(output->path, "expected a file that can be written");
}

bool report_close(struct report_output *output)
{
    bool failed = ferror(output->stream);
    failed |= fclose(output->stream) != 0;
    return !failed || complain(output->path, "not everything was written");
}
