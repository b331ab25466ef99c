#include "corpus.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define SUFFIX ".at"

const char *corpus_folder(void)
{
    const char *chosen = getenv("ATWIRE_CORPUS");
    return chosen != NULL && *chosen != '\0' ? chosen : ATWIRE_CORPUS_FOLDER;
}

static const char *joined(arena *memory, const char *folder, const char *name)
{
    buffer path = {0};
    buffer_format(&path, "%s%s%s", folder, *folder != '\0' ? "/" : "", name);
    const char *copy = arena_text(memory, buffer_string(&path), path.count);
    buffer_free(&path);
    return copy;
}

static bool has_suffix(const char *name)
{
    size_t length = strlen(name);
    return length > strlen(SUFFIX) && strcmp(name + length - strlen(SUFFIX), SUFFIX) == 0;
}

static void add_case(corpus *to, const char *path, const char *below)
{
    to->cases = memory_room(to->cases, to->count, sizeof *to->cases);
    to->cases[to->count++] = (corpus_case){.id = arena_text(&to->memory, below, strlen(below) - strlen(SUFFIX)),
                                           .path = path,
                                           .file = joined(&to->memory, "corpus", below)};
}

/* Collect the cases of one folder and go into those below it; `below` is its path below the corpus folder. */
static bool collect(corpus *to, const char *folder, const char *below, source_error *error)
{
    DIR *open = opendir(folder);
    if (open == NULL) {
        snprintf(error->message, sizeof error->message, "%s: expected a readable folder: %s", folder, strerror(errno));
        return false;
    }
    bool good = true;
    struct dirent *entry;
    while (good && (entry = readdir(open)) != NULL) {
        struct stat status;
        if (entry->d_name[0] == '.') {
            continue;
        }
        const char *path = joined(&to->memory, folder, entry->d_name);
        const char *name = joined(&to->memory, below, entry->d_name);
        if (stat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            good = collect(to, path, name, error);
        } else if (has_suffix(name)) {
            add_case(to, path, name);
        }
    }
    closedir(open);
    return good;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const corpus_case *)a)->id, ((const corpus_case *)b)->id);
}

static uint64_t hashed(uint64_t hash, const void *octets, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        hash = (hash ^ ((const uint8_t *)octets)[i]) * 0x100000001b3U;
    }
    return hash;
}

static bool load_case(corpus *to, corpus_case *one, source_error *error)
{
    source from;
    if (!source_open(&from, one->path, error)) {
        return false;
    }
    from.file = one->file;
    to->hash = hashed(to->hash, one->id, strlen(one->id) + 1);
    to->hash = hashed(to->hash, buffer_string(&from.content), from.content.count + 1);
    bool good = transcript_read(&one->transcript, &from, error);
    source_close(&from);
    return good;
}

bool corpus_load(corpus *to, const char *folder, source_error *error)
{
    *to = (corpus){.hash = 0xcbf29ce484222325U};
    if (!collect(to, folder, "", error)) {
        return false;
    }
    if (to->count > 0) {
        qsort(to->cases, to->count, sizeof *to->cases, by_id);
    }
    for (size_t i = 0; i < to->count; i++) {
        if (!load_case(to, &to->cases[i], error)) {
            return false;
        }
    }
    return true;
}

void corpus_free(corpus *from)
{
    for (size_t i = 0; i < from->count; i++) {
        transcript_free(&from->cases[i].transcript);
    }
    free(from->cases);
    arena_free(&from->memory);
    *from = (corpus){0};
}

bool corpus_id_matches(const char *id, const char *pattern)
{
    static const char first[] = "transcripts/";
    if (fnmatch(pattern, id, 0) == 0) {
        return true;
    }
    return strncmp(id, first, sizeof first - 1) == 0 && fnmatch(pattern, id + sizeof first - 1, 0) == 0;
}
