/*
 * The host's direction: command lines and payload as they are written to the module.
 *
 * Octets are collected to CR (V.250 5.2.1) and nothing is stored of a line but a hash, its commands' rows, and the first command's
 * link: enough to recognise the echo, to know which answers are due, and how much data follows.
 */
#include "state.h"

#include <string.h>

enum { ETX = 0x03, CTRL_Z = 0x1a, ESC = 0x1b };

/* atw_parser.number while a parameter is read: a value below the limit, nothing yet, or no number. */
#define NUMBER_LIMIT UINT32_C(1000000000)
#define NUMBER_NONE UINT32_MAX
#define NUMBER_BAD (UINT32_MAX - 1)

/* Parameters beyond the second are not told apart. */
enum { LENGTH_PARAMETER = 2, LATER_PARAMETER };

/* The longest line whose echo can be recognised; a longer one fills the count and matches none. */
enum { COMMAND_LENGTH_MAX = UINT16_MAX };

static uint8_t upper(uint8_t octet)
{
    return (uint8_t)(octet - 'a') < 26 ? (uint8_t)(octet - 0x20) : octet;
}
static bool is_letter(uint8_t octet)
{
    return (uint8_t)((octet | 0x20) - 'a') < 26;
}
static bool is_digit(uint8_t octet)
{
    return (uint8_t)(octet - '0') < 10;
}

void atw_reset_host(atw_parser *parser)
{
    memset(&parser->next, 0, sizeof parser->next);
    parser->next.index = NO_INDEX;
    parser->host_mode = HOST_LINE_START;
}

/* Keep an octet of a name without a row, if there is room. */
static void keep(atw_parser *parser, uint8_t octet)
{
    const unsigned used = (unsigned)parser->names_done + parser->pending.names + parser->next.names;
    if (used >= parser->config->command_size)
        return;
    parser->config->command[used] = octet;
    parser->next.names++;
}

static void keep_word(atw_parser *parser)
{
    if (parser->next.names != 0)
        keep(parser, ';');
    for (unsigned i = 0; i < parser->word_length; i++)
        keep(parser, parser->word[i]);
}

/* One more octet of the command's name. A name longer than any row's goes straight to the command buffer. */
static void add_to_word(atw_parser *parser, uint8_t octet)
{
    if (parser->word_length < sizeof parser->word) {
        parser->word[parser->word_length++] = octet;
        return;
    }
    if (parser->part_name == ATW_NAME_NONE)
        keep_word(parser);
    parser->part_name = ATW_NAME_OTHER;
    keep(parser, octet);
}

/* The name is complete: find its row, or keep its text. */
static void end_word(atw_parser *parser)
{
    const bool is_extended = parser->host_mode == HOST_NAME;
    parser->host_mode = HOST_AFTER_NAME;
    if (parser->part_name != ATW_NAME_NONE)
        return;
    const uint8_t name = atw_find_name(parser->word, parser->word_length);
    parser->part_name = name;
    if (name != ATW_NAME_NONE && name <= LAST_COMMAND && is_basic(name) != is_extended)
        return;
    parser->part_name = ATW_NAME_OTHER;
    keep_word(parser);
}

/* Begin a command of the line. */
static void start_command(atw_parser *parser)
{
    parser->host_mode = HOST_COMMAND;
    parser->host_flags &= HOST_VARIABLE;
    parser->part_name = ATW_NAME_NONE;
    parser->part_form = FORM_EXECUTE;
    parser->word_length = 0;
    parser->parameter = 0;
    parser->number = NUMBER_NONE;
}

static void start_parameter(atw_parser *parser)
{
    if (parser->parameter < LENGTH_PARAMETER)
        parser->number = NUMBER_NONE;
    if (parser->parameter < LATER_PARAMETER)
        parser->parameter++;
}

/* The parameter is complete: it may be the first command's link. */
static void end_parameter(atw_parser *parser)
{
    const uint32_t number = parser->number;
    if (parser->next.name == ATW_NAME_NONE && parser->parameter == (rule_index(parser->part_name) & INDEX_POSITION) &&
        number < NUMBER_LIMIT)
        parser->next.index = number < NO_INDEX ? (uint8_t)number : (uint8_t)NO_INDEX;
}

static void take_number_octet(atw_parser *parser, uint8_t octet)
{
    uint32_t number = parser->number;
    if (octet == ' ' || parser->parameter == LATER_PARAMETER)
        return;
    if (!is_digit(octet))
        number = NUMBER_BAD;
    else if (number == NUMBER_NONE)
        number = (uint32_t)octet - '0';
    else if (number < NUMBER_LIMIT / 10)
        number = number * 10 + octet - '0';
    parser->number = number;
}

/* What the command makes pending. */
static uint16_t context_of(uint8_t name, uint8_t form)
{
    const unsigned context = atw_names[name].context;
    const bool reads = form >= FORM_READ;
    if (context <= CONTEXT_CIPCLOSE_READ ? form != FORM_READ : reads && context <= CONTEXT_DATA_AFTER_PROMPT)
        return 0;
    return (uint16_t)(1u << context);
}

/* The command is complete: the line counts it as pending. */
static void end_command(atw_parser *parser)
{
    const uint8_t name = parser->part_name;
    const uint8_t form = parser->part_form;
    atw_exchange *next = &parser->next;
    if (name == ATW_NAME_NONE)
        return;
    if (next->name == ATW_NAME_NONE) {
        next->name = name;
        if (rule_index(name) == INDEX_NO_INDEX)
            next->index = 0;
        if (rule_order(name) == form + 1u)
            next->flags |= EXCHANGE_DEFERRED;
    }
    next->context |= context_of(name, form);
    if (name == ATW_NAME_E && form < FORM_READ) {
        next->flags |= EXCHANGE_SETS_ECHO | EXCHANGE_ECHO_VALUE;
        if (parser->number + 1 <= 1) /* none is 0 */
            next->flags ^= EXCHANGE_ECHO_VALUE;
    }
}

/* Finish the command that the line is in. */
static void end_part(atw_parser *parser)
{
    if (parser->host_mode >= HOST_NAME && parser->host_mode <= HOST_LETTER)
        end_word(parser);
    else if (parser->host_mode == HOST_PARAMETER)
        end_parameter(parser);
    end_command(parser);
}

/* Which payload the line's last command takes: the host_mode that follows. */
static uint8_t data_mode(const atw_parser *parser)
{
    const unsigned data = rule_data(parser->part_name);
    if (parser->part_form != FORM_WRITE || data == DATA_NO_DATA)
        return HOST_LINE_START;
    if (data != DATA_CTRL_Z && parser->parameter >= LENGTH_PARAMETER && parser->number < NUMBER_LIMIT)
        return HOST_COUNTED;
    return data == DATA_LENGTH ? HOST_LINE_START : HOST_CTRL_Z;
}

/* The line is complete: its exchange begins, and its data follows. */
static void end_line(atw_parser *parser)
{
    end_part(parser);
    const uint8_t mode = data_mode(parser);
    atw_exchange *next = &parser->next;
    if (next->name == ATW_NAME_NONE)
        next->name = ATW_NAME_AT;
    if (mode != HOST_LINE_START || has_context(next, CONTEXT_DATA_AFTER_PROMPT))
        next->flags |= EXCHANGE_TAKES_DATA;
    atw_begin_exchange(parser);
    atw_reset_host(parser);
    if (mode != HOST_LINE_START)
        atw_start_payload(parser, mode);
}

void atw_start_payload(atw_parser *parser, uint8_t mode)
{
    parser->host_mode = mode == HOST_COUNTED && parser->number == 0 ? (uint8_t)HOST_LINE_START : mode;
    parser->host_flags &= HOST_AFTER_CR;
    if (mode == HOST_CTRL_Z)
        parser->host_flags |= HOST_VARIABLE;
    parser->payload_sent = 0;
    if (parser->mode == MODE_ECHO) { /* of an older payload */
        parser->mode = MODE_START;
        parser->count = 0;
    }
}

/* Before the first AT. The hash begins at the A. `A/` at a line's start repeats the last command at once: it has no CR. */
static void take_before_at(atw_parser *parser, uint8_t octet)
{
    const uint8_t before = parser->host_mode;
    const uint8_t letter = upper(octet);
    atw_exchange *next = &parser->next;
    next->length++;
    next->hash = ATW_HASH_OCTET(next->hash, octet);
    parser->host_mode = HOST_JUNK;
    if (letter == 'A') {
        parser->host_mode = before == HOST_LINE_START ? HOST_A_FIRST : HOST_A;
        next->length = 1;
        next->hash = ATW_HASH_OCTET(HASH_START, octet);
    } else if (before >= HOST_A_FIRST && letter == 'T') {
        start_command(parser);
    } else if (before == HOST_A_FIRST && letter == '/') {
        start_command(parser);
        parser->host_mode = HOST_VENDOR;
        add_to_word(parser, 'A');
        add_to_word(parser, '/');
        end_line(parser);
    } else if (letter == '\r') {
        parser->host_mode = HOST_LINE_START;
        parser->host_flags = HOST_AFTER_CR | (parser->host_flags & HOST_VARIABLE);
    }
}

/* The first octet of a command. */
static void take_first(atw_parser *parser, uint8_t letter)
{
    if (letter == ' ' || letter == ';' || is_digit(letter))
        return;
    parser->host_mode = HOST_NAME;
    if (letter == '+' || letter == '*')
        return;
    add_to_word(parser, letter);
    parser->host_mode = HOST_LETTER;
    if (letter == '&' || letter == '\\' || letter == '%') {
        parser->host_mode = HOST_SYMBOL;
    } else if (!is_letter(letter)) {
        parser->host_mode = HOST_VENDOR;
    } else if (letter == 'S') {
        parser->host_mode = HOST_REGISTER;
    } else if (letter == 'D') {
        end_word(parser);
        parser->host_mode = HOST_DIAL;
    }
}

/* An octet after the name: the form, a basic command's number, or the next command of the line, perhaps without a separator. */
static void take_after_name(atw_parser *parser, uint8_t letter)
{
    if (letter == '=') {
        parser->part_form = FORM_WRITE;
        parser->host_mode = HOST_EQUALS;
    } else if (letter == '?') {
        parser->part_form = FORM_READ;
        parser->parameter = LATER_PARAMETER;
        parser->host_mode = HOST_PARAMETER;
    } else if (letter == ' ' || is_digit(letter)) {
        take_number_octet(parser, letter);
    } else {
        end_command(parser);
        start_command(parser);
        take_first(parser, letter);
    }
}

/* Whether the octet belongs to the command's name. */
static bool belongs_to_name(uint8_t mode, uint8_t letter)
{
    switch (mode) {
    case HOST_NAME: return letter != '=' && letter != '?' && letter != ';';
    case HOST_REGISTER: return is_digit(letter);
    case HOST_LETTER: return false;
    default: return is_letter(letter);
    }
}

/* An octet of a command's name, or the first after it. */
static void take_name(atw_parser *parser, uint8_t letter)
{
    const uint8_t mode = parser->host_mode;
    if (mode == HOST_NAME && letter == ' ')
        return;
    if (!belongs_to_name(mode, letter)) {
        end_word(parser);
        take_after_name(parser, letter);
        return;
    }
    add_to_word(parser, letter);
    if (mode == HOST_SYMBOL)
        parser->host_mode = HOST_LETTER;
}

static void take_parameter(atw_parser *parser, uint8_t octet)
{
    const bool quoted = (parser->host_flags & HOST_QUOTED) != 0;
    if (octet == '"')
        parser->host_flags ^= HOST_QUOTED;
    if (octet == ';' && !quoted) {
        end_part(parser);
        start_command(parser);
    } else if (octet == ',' && !quoted) {
        end_parameter(parser);
        start_parameter(parser);
    } else {
        take_number_octet(parser, octet);
    }
}

/* The octet after `=`: the test form's `?`, or the first parameter. */
static void take_after_equals(atw_parser *parser, uint8_t octet)
{
    parser->host_mode = HOST_PARAMETER;
    if (octet == '?') {
        parser->part_form = FORM_TEST;
        parser->parameter = LATER_PARAMETER;
        return;
    }
    start_parameter(parser);
    take_parameter(parser, octet);
}

static void take_command_octet(atw_parser *parser, uint8_t octet)
{
    const uint8_t letter = upper(octet);
    switch (parser->host_mode) {
    case HOST_COMMAND: take_first(parser, letter); break;
    case HOST_AFTER_NAME: take_after_name(parser, letter); break;
    case HOST_EQUALS: take_after_equals(parser, octet); break;
    case HOST_PARAMETER: take_parameter(parser, octet); break;
    case HOST_DIAL: break;
    default: take_name(parser, letter); break;
    }
}

/* Octets of a command line up to its CR; returns how many, the CR included. */
static size_t take_command(atw_parser *parser, const uint8_t *octets, size_t count)
{
    uint32_t hash = parser->next.hash;
    size_t taken = 0;
    for (; taken < count && octets[taken] != '\r'; taken++) {
        hash = ATW_HASH_OCTET(hash, octets[taken]);
        take_command_octet(parser, octets[taken]);
    }
    parser->next.hash = hash;
    const size_t length = parser->next.length + taken;
    parser->next.length = length < COMMAND_LENGTH_MAX ? (uint16_t)length : (uint16_t)COMMAND_LENGTH_MAX;
    if (taken == count)
        return taken;
    end_line(parser);
    parser->host_flags |= HOST_AFTER_CR;
    return taken + 1;
}

/* Whether the octet ends a payload of variable length: Ctrl-Z or ESC without an unpaired ETX before it (A7600 2.4). */
static bool ends_payload(atw_parser *parser, uint8_t octet)
{
    if (parser->host_flags & HOST_ETX) {
        parser->host_flags ^= HOST_ETX;
        return false;
    }
    if (octet == ETX)
        parser->host_flags |= HOST_ETX;
    if (octet == ESC)
        parser->pending.flags &= (uint8_t)~EXCHANGE_DEFERRED; /* cancelled: its final code completes it */
    return octet == CTRL_Z || octet == ESC;
}

/* Octets of a payload, up to its end; returns how many, what ends it included. */
static size_t take_payload(atw_parser *parser, const uint8_t *octets, size_t count)
{
    size_t taken = count;
    size_t end = 0; /* octets that are not payload */
    if (parser->host_mode == HOST_COUNTED) {
        if (taken >= parser->number) {
            taken = parser->number;
            parser->host_mode = HOST_LINE_START;
        }
        parser->number -= (uint32_t)taken;
    } else if (parser->host_mode == HOST_CTRL_Z) {
        for (taken = 0; taken < count && end == 0; taken++)
            end = ends_payload(parser, octets[taken]);
        if (end != 0)
            parser->host_mode = HOST_LINE_START;
    }
    if (parser->payload_sent == 0 && taken > end)
        parser->payload_first = *octets;
    parser->payload_sent += (uint32_t)(taken - end);
    return taken;
}

void atw_escape(atw_parser *parser)
{
    if (parser->mode < MODE_STREAM)
        return;
    parser->mode = MODE_ESCAPED;
    if (parser->end_match != 0)
        parser->end_held = parser->end_match;
    parser->end_match = 0;
}

void atw_sent(atw_parser *parser, const uint8_t *octets, size_t count)
{
    if (parser->done_name == ATW_NAME_NONE && parser->names_done != 0)
        atw_drop_done_name(parser);
    if (parser->mode >= MODE_STREAM) {
        if (count == 3 && memcmp(octets, "+++", 3) == 0)
            atw_escape(parser);
        return;
    }
    for (size_t taken; count != 0; octets += taken, count -= taken) {
        taken = 1;
        const bool is_line_end = (parser->host_flags & HOST_AFTER_CR) && *octets == '\n';
        parser->host_flags &= (uint8_t)~HOST_AFTER_CR;
        if (is_line_end)
            continue;
        if (parser->host_mode < HOST_COMMAND)
            take_before_at(parser, *octets);
        else if (parser->host_mode < HOST_COUNTED)
            taken = take_command(parser, octets, count);
        else
            taken = take_payload(parser, octets, count);
    }
}
