#include "model_host.h"

#include <string.h>

/* A line while it is read. */
typedef struct reading {
    model_request *to;
    const uint8_t *text;
    size_t count;
    size_t at;
    arena *memory;
} reading;

static bool is_digit(uint8_t octet)
{
    return octet >= '0' && octet <= '9';
}

static uint8_t capital(uint8_t octet)
{
    return octet >= 'a' && octet <= 'z' ? (uint8_t)(octet - 'a' + 'A') : octet;
}

static bool is_letter(uint8_t octet)
{
    return capital(octet) >= 'A' && capital(octet) <= 'Z';
}

static bool is_one_of(uint8_t octet, const char *set)
{
    return memchr(set, octet, strlen(set)) != NULL;
}

static bool more(const reading *in)
{
    return in->at < in->count;
}

static uint8_t peek(const reading *in)
{
    return in->text[in->at];
}

static model_command *add_command(reading *in)
{
    model_request *to = in->to;
    to->commands = memory_room(to->commands, to->count, sizeof *to->commands);
    model_command *command = &to->commands[to->count++];
    *command = (model_command){.link = -1, .is_zero = true};
    to->ends_open = false;
    return command;
}

/* Names of the grammar's basic commands are never longer than two octets. */
static bool is_basic(const char *name)
{
    return strlen(name) <= 2;
}

static void set_name(reading *in, model_command *command, const uint8_t *name, size_t length, bool extended)
{
    const model_name *row = model_find(MODEL_COMMAND, name, length);
    command->name = name;
    command->name_length = length;
    command->row = row != NULL && is_basic(row->text) != extended ? row : NULL;
    in->to->name_octets += command->row == NULL ? length + 1 : 0;
    in->to->unspecified = in->to->unspecified || length == 0;
}

/* A parameter: everything up to a comma or semicolon outside quotes. Returns whether it is a number, blanks not counted. */
static bool read_parameter(reading *in, uint64_t *number, bool *quoted)
{
    bool digits = false;
    bool others = false;
    *number = 0;
    for (; more(in); in->at++) {
        uint8_t octet = peek(in);
        if (!*quoted && (octet == ',' || octet == ';')) {
            break;
        }
        *quoted = *quoted != (octet == '"');
        if (is_digit(octet)) {
            digits = true;
            *number = *number > UINT32_MAX ? *number : *number * 10 + octet - '0';
        } else if (octet != ' ') {
            others = true;
        }
    }
    return digits && !others;
}

/* Which parameter names a link or server: the number at the end of LINK_1, SERVER_2; 0: none. */
static size_t index_position(const model_command *command)
{
    const char *index = command->row != NULL ? command->row->index : "";
    size_t length = strlen(index);
    return length > 0 && is_digit((uint8_t)index[length - 1]) ? (size_t)(index[length - 1] - '0') : 0;
}

static void read_parameters(reading *in, model_command *command)
{
    bool quoted = false;
    command->form = MODEL_WRITE;
    for (size_t position = 1;; position++) {
        uint64_t number = 0;
        bool is_number = read_parameter(in, &number, &quoted);
        if (is_number && position == index_position(command) && number < UINT8_MAX) {
            command->link = (long)number;
        }
        if (is_number && position == 2) {
            command->has_length = true;
            command->length = number;
        }
        command->is_zero = position <= 2 ? number == 0 : command->is_zero;
        if (!more(in) || peek(in) == ';') {
            return;
        }
        in->at++;
    }
}

/* Up to a semicolon outside quotes. */
static void skip_rest(reading *in)
{
    bool quoted = false;
    while (more(in) && (quoted || peek(in) != ';')) {
        quoted = quoted != (peek(in) == '"');
        in->at++;
    }
}

/* What follows a name: `?`, `=?`, `=` and parameters. False if none of them does. */
static bool read_form(reading *in, model_command *command)
{
    if (!more(in) || (peek(in) != '?' && peek(in) != '=')) {
        return false;
    }
    bool query = in->text[in->at++] == '?';
    bool test = !query && more(in) && peek(in) == '?';
    if (query || test) {
        command->form = query ? MODEL_READ : MODEL_TEST;
        skip_rest(in);
    } else if (more(in)) {
        read_parameters(in, command);
    } else {
        command->form = MODEL_WRITE;
    }
    return true;
}

static void pass_semicolon(reading *in)
{
    if (more(in) && peek(in) == ';') {
        in->at++;
        in->to->ends_open = true;
    }
}

/* `+NAME…`: the name is everything up to `=`, `?` or `;`, blanks left out. */
static void read_extended(reading *in)
{
    model_command *command = add_command(in);
    uint8_t *name = arena_new(in->memory, in->count + 1);
    size_t length = 0;
    for (in->at++; more(in) && !is_one_of(peek(in), "=?;"); in->at++) {
        if (peek(in) != ' ') {
            name[length++] = capital(peek(in));
        }
    }
    set_name(in, command, name, length, true);
    (void)read_form(in, command);
    pass_semicolon(in);
}

/* How many octets from here on are a basic command's name: a letter; `&` and a letter; S and digits; another sign and letters. */
static size_t basic_name_length(const reading *in)
{
    const uint8_t *text = in->text + in->at;
    size_t left = in->count - in->at;
    size_t length = 1;
    if (is_one_of(*text, "&\\%")) {
        return left > 1 && is_letter(text[1]) ? 2 : 1;
    }
    if (capital(*text) == 'S') {
        while (length < left && is_digit(text[length])) {
            length++;
        }
    } else if (!is_letter(*text)) {
        while (length < left && is_letter(text[length])) {
            length++;
        }
    }
    return length;
}

/* The number behind a basic command's name, blanks left out; then `=…` or `?`, or at once the next command. */
static void read_number(reading *in, model_command *command)
{
    for (; more(in) && (is_digit(peek(in)) || peek(in) == ' '); in->at++) {
        command->is_zero = command->is_zero && (peek(in) == ' ' || peek(in) == '0');
    }
    if (read_form(in, command)) {
        bool is_e = command->row != NULL && command->row->id == ATW_NAME_E;
        in->to->unspecified = in->to->unspecified || is_e;
        pass_semicolon(in);
    } else {
        in->to->ends_open = more(in);
    }
}

static void read_basic(reading *in)
{
    model_command *command = add_command(in);
    size_t length = basic_name_length(in);
    uint8_t *name = arena_new(in->memory, length);
    for (size_t i = 0; i < length; i++) {
        name[i] = capital(in->text[in->at++]);
    }
    set_name(in, command, name, length, false);
    if (name[0] == 'D') {
        in->at = in->count; /* a dial string goes up to the line's end */
    } else {
        read_number(in, command);
    }
}

/* Where the first AT begins, or `count`. */
static size_t find_at(const uint8_t *line, size_t count)
{
    for (size_t i = 0; i + 1 < count; i++) {
        if (capital(line[i]) == 'A' && capital(line[i + 1]) == 'T') {
            return i;
        }
    }
    return count;
}

bool model_read_request(model_request *to, const uint8_t *line, size_t count, arena *memory)
{
    *to = (model_request){0};
    size_t start = find_at(line, count);
    if (start == count) {
        return false;
    }
    to->echo = line + start;
    to->echo_count = count - start;
    reading in = {.to = to, .text = to->echo, .count = to->echo_count, .at = 2, .memory = memory};
    while (more(&in)) {
        uint8_t octet = peek(&in);
        if (octet == ' ' || octet == ';' || is_digit(octet)) {
            in.at++;
        } else if (octet == '+' || octet == '*') {
            read_extended(&in);
        } else {
            read_basic(&in);
        }
    }
    return true;
}

void model_read_repeat(model_request *to, arena *memory)
{
    *to = (model_request){.echo = (const uint8_t *)"A/", .echo_count = 2};
    reading in = {.to = to, .memory = memory};
    set_name(&in, add_command(&in), to->echo, to->echo_count, false);
}
