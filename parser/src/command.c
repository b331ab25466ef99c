/*
 * The host's direction: command lines and payload as they are written to the module.
 *
 * Octets are collected to CR (V.250 5.2.1) and nothing is stored of a line but a hash, its commands' rows, and the first command's
 * link: enough to recognise the echo, to know which answers are due, and how much data follows.
 */
#include "state.h"

#include <string.h>

enum { ETX = 0x03, CTRL_Z = 0x1a, ESC = 0x1b };

/* The longest line whose echo can be recognised; a longer one fills the count and matches none. */
enum { COMMAND_LENGTH_MAX = UINT16_MAX };

static uint8_t upper(uint8_t octet) { return (uint8_t)(octet - 'a') < 26 ? (uint8_t)(octet - 0x20) : octet; }
static bool is_letter(uint8_t octet) { return (uint8_t)(upper(octet) - 'A') < 26; }
static bool is_digit(uint8_t octet) { return (uint8_t)(octet - '0') < 10; }

void atw_reset_host(atw_parser *parser)
{
    memset(&parser->next, 0, sizeof parser->next);
    parser->next.hash = HASH_START;
    parser->next.index = NO_INDEX;
    parser->host_mode = HOST_LINE_START;
    parser->host_flags &= HOST_AFTER_CR | HOST_VARIABLE;
    parser->payload_owed = 0;
    parser->names_next = 0;
}

/* Keep octets of a name without a row, as far as there is room. */
static void keep(atw_parser *parser, const uint8_t *octets, size_t count)
{
    const unsigned used = (unsigned)parser->names_done + parser->names_pending + parser->names_next;
    const unsigned room = parser->config->command_size - used;
    const size_t kept = count < room ? count : room;
    if (kept == 0)
        return;
    memcpy(parser->config->command + used, octets, kept);
    parser->names_next = (uint8_t)(parser->names_next + kept);
}

static void keep_word(atw_parser *parser)
{
    static const uint8_t separator = ';';
    if (parser->names_next != 0)
        keep(parser, &separator, 1);
    keep(parser, parser->word, parser->word_length);
}

/* One more octet of the command's name. A name longer than any row's goes straight to the command buffer. */
static void add_to_word(atw_parser *parser, uint8_t octet)
{
    const uint8_t folded = upper(octet);
    if (parser->word_length < sizeof parser->word) {
        parser->word[parser->word_length++] = folded;
        return;
    }
    if (parser->word_length == sizeof parser->word) {
        keep_word(parser);
        parser->word_length++;
    }
    keep(parser, &folded, 1);
}

/* The name is complete: find its row, or keep its text. */
static void end_word(atw_parser *parser, bool extended)
{
    if (parser->word_length > sizeof parser->word) {
        parser->part_name = ATW_NAME_OTHER;
        return;
    }
    const uint8_t name = atw_find_name(parser->word, parser->word_length, false);
    parser->part_name = name;
    if (name != ATW_NAME_NONE && name <= LAST_COMMAND && is_basic(name) != extended)
        return;
    parser->part_name = ATW_NAME_OTHER;
    keep_word(parser);
}

/* Begin a command of the line. */
static void start_command(atw_parser *parser)
{
    parser->host_mode = HOST_COMMAND;
    parser->part_name = ATW_NAME_NONE;
    parser->part_form = FORM_EXECUTE;
    parser->word_length = 0;
    parser->parameter = 0;
    parser->payload_owed = 0;
    parser->host_flags &= HOST_AFTER_CR | HOST_VARIABLE;
}

static void start_parameter(atw_parser *parser)
{
    parser->host_mode = HOST_PARAMETER;
    parser->parameter = (uint8_t)(parser->parameter + (parser->parameter < UINT8_MAX));
    if (parser->parameter <= 2)
        parser->payload_owed = 0;
    parser->host_flags &= (uint8_t)~(HOST_DIGITS | HOST_NOT_NUMBER);
}

/* The parameter is complete: the first command's link, the length of the data. */
static void end_parameter(atw_parser *parser)
{
    if ((parser->host_flags & (HOST_DIGITS | HOST_NOT_NUMBER)) != HOST_DIGITS)
        return;
    const bool is_first = parser->next.name == ATW_NAME_NONE;
    if (is_first && parser->parameter == (rule_index(parser->part_name) & INDEX_POSITION))
        parser->next.index = parser->payload_owed < NO_INDEX ? (uint8_t)parser->payload_owed : (uint8_t)NO_INDEX;
    if (parser->parameter == 2)
        parser->host_flags |= HOST_LENGTH;
}

static void add_digit(atw_parser *parser, uint8_t octet)
{
    enum { BEYOND_ANY_LENGTH = 100000000 };
    parser->host_flags |= HOST_DIGITS;
    if (parser->parameter <= 2 && parser->payload_owed < BEYOND_ANY_LENGTH)
        parser->payload_owed = parser->payload_owed * 10 + octet - '0';
}

static uint16_t context_of(uint8_t name, uint8_t form)
{
    const unsigned context = name == ATW_NAME_OTHER ? (unsigned)CONTEXT_DATA_AFTER_PROMPT : atw_names[name].context;
    const bool asks = form == FORM_READ || form == FORM_TEST;
    if ((context == CONTEXT_NETOPEN_READ || context == CONTEXT_CIPCLOSE_READ) ? form != FORM_READ : asks && context != CONTEXT_CPIN)
        return 0;
    return (uint16_t)(1u << context);
}

/* The command is complete: the line counts it as pending. */
static void end_command(atw_parser *parser)
{
    const uint8_t name = parser->part_name;
    atw_exchange *next = &parser->next;
    if (name == ATW_NAME_NONE)
        return;
    if (next->name == ATW_NAME_NONE) {
        next->name = name;
        next->form = parser->part_form;
    }
    next->context |= context_of(name, parser->part_form);
    if (name == ATW_NAME_E) {
        next->flags &= (uint8_t)~(EXCHANGE_ECHO_ON | EXCHANGE_ECHO_OFF);
        next->flags |= parser->payload_owed != 0 ? EXCHANGE_ECHO_ON : EXCHANGE_ECHO_OFF;
    }
}

/* Which payload the line's last command takes: the host_mode that follows. */
static uint8_t data_mode(const atw_parser *parser)
{
    const bool counted = (parser->host_flags & HOST_LENGTH) != 0;
    if (parser->part_form != FORM_WRITE)
        return HOST_LINE_START;
    switch (rule_data(parser->part_name)) {
    case DATA_LENGTH: return counted ? HOST_COUNTED : HOST_LINE_START;
    case DATA_LENGTH_OR_CTRL_Z: return counted ? HOST_COUNTED : HOST_CTRL_Z;
    case DATA_CTRL_Z: return HOST_CTRL_Z;
    default: return HOST_LINE_START;
    }
}

/* Finish whatever the line was in the middle of. */
static void end_part(atw_parser *parser)
{
    switch (parser->host_mode) {
    case HOST_NAME: end_word(parser, true); break;
    case HOST_PREFIXED:
    case HOST_VENDOR:
    case HOST_REGISTER: end_word(parser, false); break;
    case HOST_PARAMETER: end_parameter(parser); break;
    default: break;
    }
    end_command(parser);
}

/* The line is complete: its exchange begins, and its data follows. */
static void end_line(atw_parser *parser)
{
    if (parser->host_mode < HOST_COMMAND) {
        atw_reset_host(parser);
        return;
    }
    end_part(parser);
    const uint8_t mode = data_mode(parser);
    const uint32_t length = parser->payload_owed;
    if (parser->next.name == ATW_NAME_NONE)
        parser->next.name = ATW_NAME_AT;
    if (mode != HOST_LINE_START || (parser->next.context >> CONTEXT_DATA_AFTER_PROMPT) != 0)
        parser->next.flags |= EXCHANGE_TAKES_DATA;
    atw_begin_exchange(parser);
    atw_reset_host(parser);
    if (mode != HOST_LINE_START)
        atw_start_payload(parser, mode, mode == HOST_COUNTED ? length : 0);
}

void atw_start_payload(atw_parser *parser, uint8_t mode, uint32_t length)
{
    parser->host_mode = mode == HOST_COUNTED && length == 0 ? (uint8_t)HOST_LINE_START : mode;
    parser->payload_owed = length;
    parser->payload_sent = 0;
    parser->host_flags &= (uint8_t)~(HOST_VARIABLE | HOST_ETX);
    if (mode == HOST_CTRL_Z)
        parser->host_flags |= HOST_VARIABLE;
    if (parser->mode == MODE_ECHO)
        parser->mode = MODE_START; /* of an older payload */
}

/* `A/` at a line's start repeats the last command at once: it has no CR. */
static void repeat_command(atw_parser *parser)
{
    start_command(parser);
    add_to_word(parser, 'A');
    add_to_word(parser, '/');
    parser->host_mode = HOST_VENDOR;
    end_line(parser);
}

/* Before the first AT. The hash begins at the A. */
static void take_before_at(atw_parser *parser, uint8_t octet)
{
    const uint8_t letter = upper(octet);
    if (parser->host_mode == HOST_A_FIRST && octet == '/') {
        repeat_command(parser);
    } else if (parser->host_mode >= HOST_A_FIRST && letter == 'T') {
        start_command(parser);
    } else if (letter == 'A') {
        parser->host_mode = parser->host_mode == HOST_LINE_START ? HOST_A_FIRST : HOST_A;
        parser->next.length = 1;
        parser->next.hash = hash_octet(HASH_START, octet);
    } else {
        parser->host_mode = HOST_JUNK;
    }
}

/* The first octet of a command. */
static void take_first(atw_parser *parser, uint8_t octet)
{
    const uint8_t letter = upper(octet);
    if (octet == ' ' || octet == ';' || is_digit(octet))
        return;
    if (octet == '+' || octet == '*') {
        parser->host_mode = HOST_NAME;
        return;
    }
    add_to_word(parser, octet);
    if (octet == '&' || octet == '\\' || octet == '%') {
        parser->host_mode = HOST_PREFIXED;
    } else if (!is_letter(octet)) {
        parser->host_mode = HOST_VENDOR;
    } else if (letter == 'S') {
        parser->host_mode = HOST_REGISTER;
    } else {
        end_word(parser, false);
        parser->host_mode = letter == 'D' ? HOST_DIAL : HOST_BASIC;
    }
}

static void take_equals_or_query(atw_parser *parser, uint8_t octet)
{
    parser->part_form = octet == '=' ? FORM_WRITE : FORM_READ;
    parser->host_mode = octet == '=' ? HOST_EQUALS : HOST_REST;
}

/* An octet after a basic command's letter: its number, or the next command of the line without a separator. */
static void take_basic(atw_parser *parser, uint8_t octet)
{
    if (is_digit(octet)) {
        add_digit(parser, octet);
    } else if (octet == '=' || octet == '?') {
        take_equals_or_query(parser, octet);
    } else if (octet != ' ') {
        end_command(parser);
        start_command(parser);
        take_first(parser, octet);
    }
}

/* An octet of a basic command's name after its first. */
static void take_basic_name(atw_parser *parser, uint8_t octet)
{
    const bool belongs = parser->host_mode == HOST_REGISTER ? is_digit(octet) : is_letter(octet);
    const bool ends = parser->host_mode == HOST_PREFIXED;
    if (belongs)
        add_to_word(parser, octet);
    if (belongs && !ends)
        return;
    end_word(parser, false);
    parser->host_mode = HOST_BASIC;
    if (!belongs)
        take_basic(parser, octet);
}

static void take_name(atw_parser *parser, uint8_t octet)
{
    if (octet == '=' || octet == '?') {
        end_word(parser, true);
        take_equals_or_query(parser, octet);
    } else if (octet == ';') {
        end_part(parser);
        start_command(parser);
    } else if (octet != ' ') {
        add_to_word(parser, octet);
    }
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
    } else if (is_digit(octet)) {
        add_digit(parser, octet);
    } else if (octet != ' ') {
        parser->host_flags |= HOST_NOT_NUMBER;
    }
}

/* The octet after `=`: the test form's `?`, or the first parameter. */
static void take_after_equals(atw_parser *parser, uint8_t octet)
{
    if (octet == '?') {
        parser->part_form = FORM_TEST;
        parser->host_mode = HOST_REST;
        return;
    }
    start_parameter(parser);
    take_parameter(parser, octet);
}

static void take_rest(atw_parser *parser, uint8_t octet)
{
    if (octet != ';')
        return;
    end_command(parser);
    start_command(parser);
}

static void take_command_octet(atw_parser *parser, uint8_t octet)
{
    if (octet == '\r') {
        end_line(parser);
        parser->host_flags |= HOST_AFTER_CR;
        return;
    }
    if (parser->host_mode >= HOST_A_FIRST) {
        parser->next.hash = hash_octet(parser->next.hash, octet);
        if (parser->next.length < COMMAND_LENGTH_MAX)
            parser->next.length++;
    }
    switch (parser->host_mode) {
    case HOST_COMMAND: take_first(parser, octet); break;
    case HOST_PREFIXED:
    case HOST_VENDOR:
    case HOST_REGISTER: take_basic_name(parser, octet); break;
    case HOST_BASIC: take_basic(parser, octet); break;
    case HOST_NAME: take_name(parser, octet); break;
    case HOST_EQUALS: take_after_equals(parser, octet); break;
    case HOST_PARAMETER: take_parameter(parser, octet); break;
    case HOST_REST: take_rest(parser, octet); break;
    case HOST_DIAL: break;
    default: take_before_at(parser, octet); break;
    }
}

/* Whether the octet ends a payload of variable length: Ctrl-Z or ESC without an unpaired ETX before it (A7600 2.4). */
static bool ends_payload(atw_parser *parser, uint8_t octet)
{
    if (parser->host_flags & HOST_ETX) {
        parser->host_flags &= (uint8_t)~HOST_ETX;
        return false;
    }
    if (octet == ETX)
        parser->host_flags |= HOST_ETX;
    if (octet == ESC)
        parser->pending.flags |= EXCHANGE_CANCELLED;
    return octet == CTRL_Z || octet == ESC;
}

static void take_payload_octet(atw_parser *parser, uint8_t octet)
{
    if (parser->host_mode == HOST_CTRL_Z && ends_payload(parser, octet)) {
        parser->host_mode = HOST_LINE_START;
        return;
    }
    if (parser->payload_sent++ == 0)
        parser->payload_first = octet;
    if (parser->host_mode == HOST_COUNTED && --parser->payload_owed == 0)
        parser->host_mode = HOST_LINE_START;
}

void atw_escape(atw_parser *parser)
{
    if (parser->mode == MODE_STREAM)
        atw_start_escape(parser);
}

void atw_sent(atw_parser *parser, const uint8_t *octets, size_t count)
{
    if (parser->done_name == ATW_NAME_NONE)
        atw_drop_done_names(parser);
    if (parser->mode == MODE_STREAM) {
        if (count == 3 && memcmp(octets, "+++", 3) == 0)
            atw_start_escape(parser);
        return;
    }
    for (const uint8_t *end = octets + count; octets < end; octets++) {
        const bool after_cr = (parser->host_flags & HOST_AFTER_CR) != 0;
        parser->host_flags &= (uint8_t)~HOST_AFTER_CR;
        if (after_cr && *octets == '\n')
            continue;
        if (parser->host_mode >= HOST_COUNTED)
            take_payload_octet(parser, *octets);
        else
            take_command_octet(parser, *octets);
    }
}
