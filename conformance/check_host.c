#include "check_host.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "model_host.h"

static void keep_text(char *to, size_t size, const void *octets, size_t count)
{
    buffer escaped = {0};
    buffer_escape_wire(&escaped, octets, count);
    if (escaped.count >= size) {
        escaped.count = size - 4;
        escaped.octets[escaped.count] = '\0';
        buffer_text(&escaped, "...");
    }
    memcpy(to, buffer_string(&escaped), escaped.count + 1);
    buffer_free(&escaped);
}

static check_data data_of(const model_command *command)
{
    if (command->row == NULL) {
        return CHECK_UNKNOWN_DATA;
    }
    const char *data = command->row->data;
    if (command->form != MODEL_WRITE || model_is(data, "NO_DATA") || model_is(data, "")) {
        return CHECK_NO_DATA;
    }
    bool counted = model_is(data, "LENGTH") || (model_is(data, "LENGTH_OR_CTRL_Z") && command->has_length);
    return counted ? CHECK_COUNTED_DATA : CHECK_ENDED_DATA;
}

static void read_first(check_request *to, const model_command *first)
{
    static const char *const forms[] = {
        [MODEL_EXECUTE] = "EXECUTE", [MODEL_READ] = "READ", [MODEL_TEST] = "TEST", [MODEL_WRITE] = "WRITE"};
    to->id = first->row != NULL ? first->row->id : ATW_NAME_OTHER;
    keep_text(to->name, sizeof to->name, first->name, first->name_length);
    to->form = forms[first->form];
    to->index = first->link;
    to->data = data_of(first);
    to->length = first->length;
}

bool check_request_read(check_request *to, const uint8_t *line, size_t count)
{
    arena memory = {0};
    model_request request;
    *to = (check_request){.id = ATW_NAME_AT, .name = "AT", .form = "EXECUTE", .index = -1};
    bool good = model_read_request(&request, line, count, &memory);
    if (good) {
        keep_text(to->text, sizeof to->text, request.echo, request.echo_count);
        if (request.count > 0) {
            read_first(to, &request.commands[0]);
        }
    }
    free(request.commands);
    arena_free(&memory);
    return good;
}

size_t check_trim(const uint8_t *line, size_t count)
{
    while (count > 0 && (line[count - 1] == '\r' || line[count - 1] == '\n' || line[count - 1] == ' ')) {
        count--;
    }
    return count;
}

static bool is_one_of(uint8_t octet, const char *set)
{
    return octet != '\0' && strchr(set, octet) != NULL;
}

/* What may stand behind a basic command's letter in a line that is one. */
static bool is_basic_command(const uint8_t *text, size_t count)
{
    const uint8_t letter = (uint8_t)toupper(text[0]);
    if (!is_one_of(letter, "ACDEHILMOPQSTVWXZ")) {
        return false;
    }
    return count == 1 || letter == 'D' || is_one_of(text[1], "0123456789;=?&+");
}

bool check_is_command(const uint8_t *line, size_t count)
{
    count = check_trim(line, count);
    if (count == 2 && memcmp(line, "A/", 2) == 0) {
        return true;
    }
    if (count < 2 || (memcmp(line, "AT", 2) != 0 && memcmp(line, "at", 2) != 0)) {
        return false;
    }
    return count == 2 || is_one_of(line[2], "+&%$*#\\^@_") || is_basic_command(line + 2, count - 2);
}

static bool begins_with_one(const uint8_t *line, size_t count, const char *const *set, bool whole)
{
    for (; *set != NULL; set++) {
        size_t length = strlen(*set);
        if (count >= length && (!whole || count == length) && memcmp(line, *set, length) == 0) {
            return true;
        }
    }
    return false;
}

bool check_is_answer(const uint8_t *line, size_t count)
{
    static const char *const words[] = {"OK", "ERROR", "SEND OK", "SEND FAIL", NULL};
    static const char *const starts[] = {
        "+CME ERROR:", "+CMS ERROR:", "+CIPSEND:", "+CIPERROR:", "+IP ERROR:", "+CMGS:", "+CMGW:", NULL};
    count = check_trim(line, count);
    return begins_with_one(line, count, words, true) || begins_with_one(line, count, starts, false);
}

bool check_ends_data(const uint8_t *line, size_t count)
{
    static const char *const words[] = {"OK", "ERROR", "NO CARRIER", "CLOSED", NULL};
    return begins_with_one(line, check_trim(line, count), words, true);
}
