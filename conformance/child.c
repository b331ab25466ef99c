#include "child.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* Files rather than pipes: the child can print as much as it likes on both without anybody waiting for anybody. */
static FILE *scratch(void)
{
    FILE *file = tmpfile();
    if (file == NULL) {
        perror("atwire: temporary file");
        exit(2);
    }
    return file;
}

static void become(char *const argv[], FILE *input, FILE *output, FILE *errors)
{
    if (dup2(fileno(input), 0) == 0 && dup2(fileno(output), 1) == 1 && dup2(fileno(errors), 2) == 2) {
        execvp(argv[0], argv);
    }
    _exit(127);
}

static void take_all(FILE *from, buffer *to)
{
    char chunk[4096];
    size_t count;
    rewind(from);
    while ((count = fread(chunk, 1, sizeof chunk, from)) > 0) {
        buffer_add(to, chunk, count);
    }
    fclose(from);
}

static int wait_for(pid_t child)
{
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child) {
        return 127;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int child_run(char *const argv[], const buffer *input, buffer *output, buffer *errors)
{
    FILE *in = scratch();
    FILE *out = scratch();
    FILE *err = scratch();
    if (input != NULL && input->count > 0) {
        fwrite(input->octets, 1, input->count, in);
    }
    rewind(in);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        become(argv, in, out, err);
    }
    int status = wait_for(child);
    fclose(in);
    take_all(out, output);
    take_all(err, errors);
    return status;
}
