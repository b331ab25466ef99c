#include "grammar_page.h"

#include <string.h>

#include "grammar_formats.h"

static const struct {
    const char *name;
    void (*render)(buffer *to, atw_family family);
} formats[] = {
    {"text", grammar_text},
    {"abnf", grammar_abnf},
    {"dict", grammar_dict},
    {"json", grammar_json},
};

int grammar_page(FILE *out, atw_family family, const char *format)
{
    const char *wanted = format == NULL ? "text" : format;
    if ((unsigned)family >= ATW_FAMILY_COUNT) {
        return -1;
    }
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(formats[i].name, wanted) == 0) {
            buffer page = {0};
            formats[i].render(&page, family);
            fwrite(page.octets, 1, page.count, out);
            buffer_free(&page);
            return 0;
        }
    }
    return -1;
}
