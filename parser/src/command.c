/*
 * The host's direction: command lines and payload as they are written to the module.
 *
 * Octets are collected to CR (V.250 5.2.1) and nothing is stored of a line but a hash, its commands' rows, and the first command's
 * link: enough to recognise the echo, to know which answers are due, and how much data follows.
 */
#include "state.h"

#include <string.h>

enum { ETX = 0x03, CTRL_Z = 0x1a, ESC = 0x1b };

/* atw_parser.number while a parameter is read: a value of at most nine digits, nothing yet, or no number. */
enum { NUMBER_NONE = -1, NUMBER_BAD = -2, NUMBER_EIGHT_DIGITS_MAX = 99999999 };

/* Parameters beyond the second are not told apart. */
enum { LENGTH_PARAMETER = 2, LATER_PARAMETER };

/* Classes of a command line's octets, as bits: HOST_NAME and the classes of those that continue the name are a host_mode. */
enum {
    CLASS_LETTER = 1,
    CLASS_DIGIT = 2,
    CLASS_OTHER = 4, /* what only extended commands' names have, and the blanks between their octets */
    ONE_LETTER = CLASS_LETTER | 8,
    EXTENDED = CLASS_LETTER | CLASS_DIGIT | CLASS_OTHER
};

static uint8_t upper(uint8_t octet)
{
    return (uint8_t)(octet - 'a') < 26 ? (uint8_t)(octet - 0x20) : octet;
}

static unsigned class_of(uint8_t letter)
{
    if ((uint8_t)((letter | 0x20) - 'a') < 26)
        return CLASS_LETTER;
    if ((uint8_t)(letter - '0') < 10)
        return CLASS_DIGIT;
    return CLASS_OTHER;
}

void atw_reset_host(atw_parser *parser)
{
    memset(&parser->next, 0, sizeof parser->next);
    parser->next.index = NO_INDEX;
    parser->next.names = parser->pending.names;
    parser->host_mode = HOST_LINE_START;
}

/* Keep an octet of a name without a row, if there is room. */
static void keep(atw_parser *parser, uint8_t octet)
{
    if (parser->next.names < parser->config->command_size)
        parser->config->command[parser->next.names++] = octet;
}

static void keep_word(atw_parser *parser)
{
    if (parser->next.names != parser->pending.names)
        keep(parser, ';');
    for (unsigned i = 0; i < parser->word_length; i++)
        keep(parser, parser->word[i]);
    parser->part_name = ATW_NAME_OTHER;
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
    keep(parser, octet);
}

/* The name is complete: find its row, or keep its text. */
static void end_word(atw_parser *parser)
{
    const bool is_extended = parser->host_mode == HOST_NAME + EXTENDED;
    if (parser->part_name != ATW_NAME_NONE)
        return;
    const uint8_t name = atw_find_name(parser->word, parser->word_length);
    parser->part_name = name;
    if (name == ATW_NAME_NONE || name > LAST_COMMAND || is_basic(name) == is_extended)
        keep_word(parser);
}

/* Begin a command of the line. */
static void start_command(atw_parser *parser)
{
    parser->host_mode = HOST_COMMAND;
    parser->host_flags &= HOST_VARIABLE;
    parser->part_name = ATW_NAME_NONE;
    parser->part_form = FORM_EXECUTE;
    parser->parameter = 0;
    parser->word_length = 0;
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
    const int32_t number = parser->number;
    if (parser->next.name == ATW_NAME_NONE && parser->parameter == (rule_index(parser->part_name) & INDEX_POSITION) &&
        number >= 0)
        parser->next.index = number < NO_INDEX ? (uint8_t)number : (uint8_t)NO_INDEX;
}

static void take_number_octet(atw_parser *parser, uint8_t octet)
{
    const int32_t digit = octet - '0';
    int32_t number = parser->number;
    if (octet == ' ' || parser->parameter == LATER_PARAMETER)
        return;
    if (digit < 0 || digit > 9)
        number = NUMBER_BAD;
    else if (number == NUMBER_NONE)
        number = digit;
    else if (number >= 0 && number <= NUMBER_EIGHT_DIGITS_MAX)
        number = number * 10 + digit;
    parser->number = number;
}

/* The forms that set a context, one bit each. */
static unsigned forms_of(unsigned context)
{
    if (context <= CONTEXT_CIPCLOSE_READ)
        return 1 << FORM_READ;
    return context <= CONTEXT_DATA_AFTER_PROMPT ? 1 << FORM_EXECUTE | 1 << FORM_WRITE : ~0u;
}

/* The command is complete: the line counts it as pending. */
static void end_command(atw_parser *parser)
{
    const uint8_t name = parser->part_name;
    const unsigned form = parser->part_form;
    const unsigned context = atw_names[name].context;
    atw_exchange *next = &parser->next;
    if (next->name == ATW_NAME_NONE) {
        next->name = name;
        if (rule_index(name) == INDEX_NO_INDEX)
            next->index = 0;
        if (rule_order(name) == form + 1)
            next->flags |= EXCHANGE_DEFERRED;
    }
    next->context = (uint16_t)(next->context | (forms_of(context) >> form & 1) << context);
    if (name == ATW_NAME_E && form < FORM_READ) {
        next->flags |= EXCHANGE_SETS_ECHO | EXCHANGE_ECHO_VALUE;
        if (parser->number == 0 || parser->number == NUMBER_NONE)
            next->flags ^= EXCHANGE_ECHO_VALUE;
    }
}

/* Finish the command that the line is in, if it has begun. */
static void end_part(atw_parser *parser)
{
    if (parser->host_mode == HOST_COMMAND)
        return;
    end_word(parser);
    end_parameter(parser);
    end_command(parser);
}

/* Which payload the line's last command takes: the host_mode that follows. */
static uint8_t data_mode(const atw_parser *parser)
{
    const unsigned data = parser->part_form == FORM_WRITE ? rule_data(parser->part_name) : (unsigned)DATA_NO_DATA;
    if ((data & DATA_LENGTH) && parser->parameter >= LENGTH_PARAMETER && parser->number >= 0)
        return HOST_COUNTED;
    return data & DATA_CTRL_Z ? HOST_CTRL_Z : HOST_LINE_START;
}

/* The line is complete: its exchange begins, and its data follows. */
static void end_line(atw_parser *parser)
{
    end_part(parser);
    const uint8_t mode = data_mode(parser);
    atw_begin_exchange(parser);
    atw_reset_host(parser);
    if (mode == HOST_LINE_START)
        return;
    parser->pending.flags |= EXCHANGE_TAKES_DATA;
    atw_start_payload(parser, mode);
}

void atw_start_payload(atw_parser *parser, uint8_t mode)
{
    parser->host_mode = mode;
    parser->host_flags &= HOST_AFTER_CR;
    if (mode == HOST_CTRL_Z)
        parser->host_flags |= HOST_VARIABLE;
    parser->payload_sent = 0;
    if (parser->mode == MODE_ECHO) { /* of an older payload */
        parser->mode = MODE_START;
        parser->count = 0;
    }
}

/* The first octet of a command: which octets continue its name. */
static void take_first(atw_parser *parser, uint8_t letter)
{
    const unsigned kind = class_of(letter);
    unsigned rest = kind == CLASS_LETTER ? 0 : CLASS_LETTER;
    if (kind == CLASS_DIGIT || letter == ' ' || letter == ';')
        return;
    if (letter == '+' || letter == '*')
        rest = EXTENDED;
    else
        add_to_word(parser, letter);
    if (letter == '&' || letter == '\\' || letter == '%')
        rest = ONE_LETTER;
    if (letter == 'S')
        rest = CLASS_DIGIT;
    parser->host_mode = letter == 'D' ? (uint8_t)HOST_DIAL : (uint8_t)(HOST_NAME + rest);
}

/* Before the first AT. `A/` at a line's start repeats the last command at once: it has no CR. */
static void take_before_at(atw_parser *parser, uint8_t letter)
{
    const uint8_t before = parser->host_mode;
    const bool repeats = before == HOST_A_FIRST && letter == '/';
    parser->host_mode = HOST_JUNK;
    if (letter == 'A') {
        parser->host_mode = before == HOST_LINE_START ? HOST_A_FIRST : HOST_A;
    } else if (repeats || (before >= HOST_A_FIRST && letter == 'T')) {
        start_command(parser);
        if (repeats) {
            take_first(parser, 'A');
            add_to_word(parser, '/');
            end_line(parser);
        }
    }
}

/* The octet begins the line's next command, or separates it. */
static void take_next(atw_parser *parser, uint8_t letter)
{
    end_part(parser);
    start_command(parser);
    take_first(parser, letter);
}

/* An octet of a command's name, or of a basic command's number, or the first after them: the form, or the next command of the line,
   perhaps without a separator. */
static void take_name(atw_parser *parser, uint8_t letter)
{
    const unsigned kind = class_of(letter);
    const unsigned mode = parser->host_mode;
    if (letter == '=' || letter == '?') {
        end_word(parser);
        parser->host_mode = HOST_PARAMETER;
        parser->part_form = FORM_WRITE;
        if (letter == '?') {
            parser->part_form = FORM_READ;
            parser->parameter = LATER_PARAMETER;
        }
        return;
    }
    if (letter != ';' && (kind & mode)) {
        if (letter != ' ')
            add_to_word(parser, letter);
        if (mode == HOST_NAME + ONE_LETTER)
            parser->host_mode = HOST_NAME;
        return;
    }
    end_word(parser);
    parser->host_mode = HOST_NAME;
    if (letter == ' ' || kind == CLASS_DIGIT)
        take_number_octet(parser, letter);
    else
        take_next(parser, letter);
}

/* An octet after `=`: the test form's `?`, or of a parameter. */
static void take_parameter(atw_parser *parser, uint8_t octet)
{
    if (parser->parameter == 0) {
        start_parameter(parser);
        if (octet == '?') {
            parser->part_form = FORM_TEST;
            parser->parameter = LATER_PARAMETER;
            return;
        }
    }
    if (octet == '"')
        parser->host_flags ^= HOST_QUOTED;
    if ((parser->host_flags & HOST_QUOTED) || (octet != ';' && octet != ',')) {
        take_number_octet(parser, octet);
    } else if (octet == ';') {
        take_next(parser, octet);
    } else {
        end_parameter(parser);
        start_parameter(parser);
    }
}

/* An octet of a command line. Its hash begins at the A. */
static void take_line_octet(atw_parser *parser, uint8_t octet)
{
    atw_exchange *next = &parser->next;
    const uint8_t mode = parser->host_mode;
    const uint8_t letter = upper(octet);
    if (octet == '\r') {
        if (mode >= HOST_COMMAND)
            end_line(parser);
        else
            parser->host_mode = HOST_LINE_START;
        parser->host_flags |= HOST_AFTER_CR;
        return;
    }
    if (mode < HOST_COMMAND && letter == 'A') {
        next->length = 0;
        next->hash = HASH_START;
    }
    next->hash = ATW_HASH_OCTET(next->hash, octet);
    if (next->length != UINT16_MAX) /* a line too long to be counted fills the count: no echo matches it */
        next->length++;
    if (mode < HOST_COMMAND)
        take_before_at(parser, letter);
    else if (mode == HOST_COMMAND)
        take_first(parser, letter);
    else if (mode < HOST_PARAMETER)
        take_name(parser, letter);
    else if (mode == HOST_PARAMETER)
        take_parameter(parser, letter);
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
    bool ends = false;
    if (parser->host_mode == HOST_COUNTED) {
        if (taken >= (uint32_t)parser->number) {
            taken = (uint32_t)parser->number;
            parser->host_mode = HOST_LINE_START;
        }
        parser->number -= (int32_t)taken;
    } else if (parser->host_mode == HOST_CTRL_Z) {
        taken = 0;
        do {
            ends = ends_payload(parser, octets[taken++]);
        } while (!ends && taken < count);
        if (ends)
            parser->host_mode = HOST_LINE_START;
    }
    if (parser->payload_sent == 0 && taken > ends)
        parser->payload_first = *octets;
    parser->payload_sent += (uint32_t)taken - ends;
    return taken;
}

void atw_escape(atw_parser *parser)
{
    if (parser->mode < MODE_STREAM)
        return;
    parser->mode = MODE_ESCAPED;
    if (parser->end_match != 0)
        parser->end_match |= END_HELD;
}

void atw_sent(atw_parser *parser, const uint8_t *octets, size_t count)
{
    atw_drop_done_name(parser);
    if (parser->mode >= MODE_STREAM) {
        if (count == 3 && memcmp(octets, "+++", 3) == 0)
            atw_escape(parser);
        return;
    }
    for (size_t taken; count != 0; octets += taken, count -= taken) {
        taken = 1;
        if (parser->host_flags & HOST_AFTER_CR) {
            parser->host_flags ^= HOST_AFTER_CR;
            if (*octets == '\n')
                continue;
        }
        if (parser->host_mode < HOST_COUNTED)
            take_line_octet(parser, *octets);
        else
            taken = take_payload(parser, octets, count);
    }
}
