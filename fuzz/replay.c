/*
 * Replay: a target's executions without a fuzzer, for any compiler and sanitizer. Reads files, and all files below folders.
 *
 * usage: atwire-replay-TARGET [--seconds S] FILE|FOLDER…
 *
 * Prints how many inputs were played; with --seconds, plays them again for so long, in processor time, and prints how many a second.
 * A property that does not hold aborts after naming the input.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "buffer.h"
#include "targets/target.h"

static size_t played;
static const char *current;

/* For --seconds: all inputs, one behind the other. */
static struct {
    buffer octets;
    buffer sizes; /* of each, as size_t */
} kept;

static void replay_octets(const buffer *content)
{
    /* An exactly sized copy: a sanitizer sees the first octet beyond. */
    uint8_t *copy = content->count > 0 ? malloc(content->count) : NULL;
    if (copy != NULL) {
        memcpy(copy, content->octets, content->count);
    }
    (void)LLVMFuzzerTestOneInput(copy, content->count);
    free(copy);
    played++;
}

static void keep(const buffer *content)
{
    buffer_add(&kept.octets, content->octets, content->count);
    buffer_add(&kept.sizes, &content->count, sizeof content->count);
}

static size_t play_kept(void)
{
    size_t at = 0;
    size_t count = kept.sizes.count / sizeof(size_t);
    for (size_t i = 0; i < count; i++) {
        size_t size;
        memcpy(&size, kept.sizes.octets + i * sizeof size, sizeof size);
        (void)LLVMFuzzerTestOneInput((const uint8_t *)kept.octets.octets + at, size);
        at += size;
    }
    return count;
}

static void play_for(double seconds)
{
    clock_t start = clock();
    double spent = 0;
    size_t count = 0;
    while (spent < seconds) {
        count += play_kept();
        spent = (double)(clock() - start) / CLOCKS_PER_SEC;
    }
    printf("%.0f executions a second, %.0f octets each on average\n", (double)count / spent,
           (double)kept.octets.count * sizeof(size_t) / (double)kept.sizes.count);
}

static int replay_file(const char *path)
{
    char piece[4096];
    buffer content = {0};
    FILE *from = fopen(path, "rb");
    if (from == NULL) {
        perror(path);
        return 2;
    }
    size_t count;
    while ((count = fread(piece, 1, sizeof piece, from)) > 0) {
        buffer_add(&content, piece, count);
    }
    fclose(from);
    current = path;
    replay_octets(&content);
    keep(&content);
    buffer_free(&content);
    return 0;
}

static int visit(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status;
    (void)where;
    return type == FTW_F ? replay_file(path) : 0;
}

/* Said last, whether an execution aborts or a sanitizer ends the program. */
static void say_current(void)
{
    fprintf(stderr, "input: %s\n", current != NULL ? current : "(none)");
}

#if defined(__SANITIZE_ADDRESS__)
#define HAS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define HAS_SANITIZER 1
#endif
#endif

#ifdef HAS_SANITIZER
void __sanitizer_set_death_callback(
    void (*callback)(void)); /* NOLINT(cert-dcl37-c,cert-dcl51-cpp): the runtime's name */
#endif

int main(int argc, char **argv)
{
    bool timed = argc > 3 && strcmp(argv[1], "--seconds") == 0;
    double seconds = timed ? strtod(argv[2], NULL) : 0;
    if (argc < 2 || (timed && !(seconds > 0))) {
        fprintf(stderr, "usage: %s [--seconds S] FILE|FOLDER...\n", argv[0]);
        return 2;
    }
#ifdef HAS_SANITIZER
    __sanitizer_set_death_callback(say_current);
#else
    (void)say_current;
#endif
    for (int i = timed ? 3 : 1; i < argc; i++) {
        int status = nftw(argv[i], visit, 16, FTW_PHYS);
        if (status != 0) {
            fprintf(stderr, "%s: expected a file or folder that can be read\n", argv[i]);
            return 2;
        }
    }
    printf("%zu inputs played\n", played);
    if (timed && played > 0) {
        play_for(seconds);
    }
    buffer_free(&kept.octets);
    buffer_free(&kept.sizes);
    return 0;
}
