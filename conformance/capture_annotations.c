/* Annotations of a UART decoder, as sigrok-cli -P uart -A uart prints them, an octet a line. */
#include <ctype.h>
#include <string.h>

#include "capture_reader.h"

/* A line: `1234-2345 uart-1: rx-data: "4F"`; the samples, the class and the quotes may be left out. */
typedef struct annotation {
    const char *class;
    size_t class_length; /* 0: none */
    const char *text;
    size_t length;
} annotation;

static const char *skip_digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

static const char *skip_samples(const char *text)
{
    const char *at = skip_digits(text);
    if (at == text || *at != '-' || !isdigit((unsigned char)at[1])) {
        return text;
    }
    at = skip_digits(at + 1);
    return *at == ' ' ? at + 1 : text;
}

/* Returns what follows `uart-1: `, or NULL. */
static const char *skip_decoder(const char *text)
{
    static const char name[] = "uart-";
    const char *number = text + strlen(name);
    if (strncmp(text, name, strlen(name)) != 0 || !isdigit((unsigned char)*number)) {
        return NULL;
    }
    const char *at = skip_digits(number);
    return strncmp(at, ": ", 2) == 0 ? at + 2 : NULL;
}

static bool read_annotation(const char *line, annotation *to)
{
    const char *at = skip_decoder(skip_samples(line));
    if (at == NULL) {
        return false;
    }
    const size_t class = strspn(at, "abcdefghijklmnopqrstuvwxyz-");
    const bool classed = class > 0 && strncmp(at + class, ": ", 2) == 0;
    *to = (annotation){.class = at, .class_length = classed ? class : 0};
    at += classed ? class + 2 : 0;
    const bool quoted = *at == '"'; /* shorter texts for the same may follow */
    to->text = at + quoted;
    to->length = strcspn(to->text, quoted ? "\"" : "");
    return true;
}

static bool is_class(const annotation *what, const char *name)
{
    return what->class_length == strlen(name) && strncmp(what->class, name, what->class_length) == 0;
}

static bool is_octet(const annotation *what)
{
    return what->length == 2 && isxdigit((unsigned char)what->text[0]) && isxdigit((unsigned char)what->text[1]);
}

/* What stands between octets if no class tells. */
static bool is_of_frame(const annotation *what)
{
    static const char *const texts[] = {
        "0", "1", "Start bit", "Stop bit", "Parity bit", "Parity error", "Frame error", "Break condition"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (what->length == strlen(texts[i]) && strncmp(what->text, texts[i], what->length) == 0) {
            return true;
        }
    }
    return false;
}

static bool take_octet(capture_reader *in, capture_direction direction, const annotation *what)
{
    if (!is_octet(what)) {
        return capture_fail(in, "expected an octet as two hex digits (-A uart=rx-data:tx-data), not '%.40s'",
                            what->text);
    }
    const char digits[] = {what->text[0], what->text[1], '\0'};
    buffer_clear(&in->scratch);
    capture_octets_read(&in->scratch, CAPTURE_HEX, digits);
    capture_gather(in, direction, in->scratch.octets, in->scratch.count);
    return true;
}

bool capture_annotation_line(capture_reader *in, char *text)
{
    annotation what;
    text[strcspn(text, "\r")] = '\0';
    if (*text == '\0') {
        return true;
    }
    if (!read_annotation(text, &what)) {
        return capture_fail(in, "expected an annotation of a UART decoder (uart-1: 4F), not '%.40s'", text);
    }
    if (is_class(&what, "tx-data")) {
        return take_octet(in, CAPTURE_SENT, &what);
    }
    if (is_class(&what, "rx-data")) {
        return take_octet(in, CAPTURE_RECEIVED, &what);
    }
    const bool other = what.class_length > 0 || is_of_frame(&what);
    return other || take_octet(in, CAPTURE_MIXED, &what);
}

bool capture_is_annotation(const char *text, bool *marks)
{
    annotation what;
    const bool good = read_annotation(text, &what);
    *marks = good && what.class_length > 0;
    return good;
}
