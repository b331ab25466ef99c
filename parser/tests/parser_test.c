/* The interface: return codes, configuration, and what a call may touch. */
#include "test_parser.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static uint8_t line[64];
static uint8_t command[32];

static atw_config usual(void)
{
    return (atw_config){.line = line, .line_size = sizeof line, .command = command, .command_size = sizeof command};
}

Test(parser, init_takes_a_whole_configuration)
{
    atw_parser parser;
    atw_config config = usual();
    cr_assert_eq(atw_init(&parser, &config), ATW_MORE);
    config.command = NULL;
    config.command_size = 0;
    cr_assert_eq(atw_init(&parser, &config), ATW_MORE, "without a command buffer");
    config.command = command;
    cr_assert_eq(atw_init(&parser, &config), ATW_MORE, "with an empty command buffer");
    config.line_size = 1;
    cr_assert_eq(atw_init(&parser, &config), ATW_MORE);
    config.line_size = UINT16_MAX;
    cr_assert_eq(atw_init(&parser, &config), ATW_MORE, "the buffer is not touched");
    config.ceiling = UINT32_MAX;
    cr_assert_eq(atw_init(&parser, &config), ATW_MORE);
}

Test(parser, init_refuses_null)
{
    atw_parser parser;
    atw_config config = usual();
    cr_assert_eq(atw_init(NULL, &config), ATW_ERR_NULL);
    cr_assert_eq(atw_init(&parser, NULL), ATW_ERR_NULL);
    cr_assert_eq(atw_init(NULL, NULL), ATW_ERR_NULL);
    config.line = NULL;
    cr_assert_eq(atw_init(&parser, &config), ATW_ERR_NULL);
    config = usual();
    config.command = NULL;
    cr_assert_eq(atw_init(&parser, &config), ATW_ERR_NULL);
    config.command_size = 1;
    cr_assert_eq(atw_init(&parser, &config), ATW_ERR_NULL);
}

Test(parser, init_refuses_fields_outside_their_range)
{
    atw_parser parser;
    atw_config config = usual();
    config.line_size = 0;
    cr_assert_eq(atw_init(&parser, &config), ATW_ERR_CONFIG);
    config = usual();
    config.family = ATW_FAMILY_COUNT;
    cr_assert_eq(atw_init(&parser, &config), ATW_ERR_CONFIG);
    config.family = 255;
    cr_assert_eq(atw_init(&parser, &config), ATW_ERR_CONFIG);
    for (uint8_t family = 0; family < ATW_FAMILY_COUNT; family++) {
        config.family = family;
        cr_assert_eq(atw_init(&parser, &config), ATW_MORE, "family %d", family);
    }
}

Test(parser, init_writes_the_parser_whole)
{
    atw_config config = usual();
    atw_parser first;
    atw_parser second;
    memset(&first, 0x00, sizeof first);
    memset(&second, 0xff, sizeof second);
    atw_init(&first, &config);
    atw_init(&second, &config);
    cr_assert_eq(memcmp((const uint8_t *)&first, (const uint8_t *)&second, sizeof first), 0);
}

Test(parser, parse_refuses_null_and_takes_nothing)
{
    static const uint8_t octets[] = "OK\r\n";
    test_parser test;
    atw_event event;
    test_open(&test, &(test_options){0});
    size_t consumed = 7;
    cr_assert_eq(atw_parse(NULL, octets, 4, &consumed, &event), ATW_ERR_NULL);
    cr_assert_eq(consumed, 0, "written on every return");
    consumed = 7;
    cr_assert_eq(atw_parse(&test.parser, octets, 4, &consumed, NULL), ATW_ERR_NULL);
    cr_assert_eq(consumed, 0);
    consumed = 7;
    cr_assert_eq(atw_parse(&test.parser, NULL, 4, &consumed, &event), ATW_ERR_NULL);
    cr_assert_eq(consumed, 0);
    cr_assert_eq(atw_parse(&test.parser, octets, 4, NULL, &event), ATW_ERR_NULL);
    cr_assert_eq(atw_parse(NULL, NULL, 0, NULL, NULL), ATW_ERR_NULL);
    cr_assert_eq(atw_parse(&test.parser, octets, 4, &consumed, &event), ATW_EVENT, "nothing was lost by all that");
    cr_assert_eq(consumed, 4);
    cr_assert_eq(event.offset, 0);
    test_close(&test);
}

Test(parser, a_count_of_0_is_legal)
{
    test_parser test;
    size_t consumed = 7;
    test_open(&test, &(test_options){0});
    cr_assert_eq(atw_parse(&test.parser, NULL, 0, &consumed, &test.event), ATW_MORE);
    cr_assert_eq(consumed, 0);
    cr_assert_eq(atw_parse(&test.parser, line, 0, &consumed, &test.event), ATW_MORE);
    test_close(&test);
}

Test(parser, without_input_an_event_that_is_ready_is_fetched)
{
    test_parser test;
    size_t consumed = 7;
    test_open(&test, &(test_options){0});
    test_send(&test, "AT\r");
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    cr_assert_eq(atw_parse(&test.parser, NULL, 0, &consumed, &test.event), ATW_EVENT);
    cr_assert_eq(consumed, 0);
    cr_assert_eq(test.event.kind, ATW_DONE);
    cr_assert_eq(test.event.name, ATW_NAME_AT);
    cr_assert(test.event.ok);
    cr_assert_eq(test.event.text.count, 0);
    cr_assert_eq(atw_parse(&test.parser, NULL, 0, &consumed, &test.event), ATW_MORE);
    test_close(&test);
}

Test(parser, a_ready_event_takes_none_of_the_octets)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    test_send(&test, "AT\r");
    cr_assert_eq(test_receive(&test, "OK\r\nRING\r\n")->kind, ATW_FINAL);
    cr_assert_eq(test.consumed, 4, "the octets of one event");
    cr_assert_eq(test_receive(&test, "RING\r\n")->kind, ATW_DONE);
    cr_assert_eq(test.consumed, 0);
    cr_assert_eq(test_receive(&test, "RING\r\n")->kind, ATW_URC);
    cr_assert_eq(test.consumed, 6);
    test_close(&test);
}

Test(parser, an_event_is_written_only_with_atw_event)
{
    test_parser test;
    atw_event untouched;
    test_open(&test, &(test_options){0});
    memset(&untouched, 0x5c, sizeof untouched);
    memset(&test.event, 0x5c, sizeof test.event);
    size_t consumed = 0;
    cr_assert_eq(atw_parse(&test.parser, (const uint8_t *)"\r\n+CSQ: 1,2\r", 12, &consumed, &test.event), ATW_MORE);
    cr_assert_eq(consumed, 12);
    cr_assert_eq(memcmp((const uint8_t *)&test.event, (const uint8_t *)&untouched, sizeof untouched), 0);
    test_close(&test);
}

Test(parser, sent_takes_nothing_of_nothing)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    atw_sent(&test.parser, NULL, 0);
    test_receive(&test, "CONNECT\r\n");
    atw_sent(&test.parser, NULL, 0);
    cr_assert_eq(test_receive(&test, "\r\nOK\r\n")->kind, ATW_STREAM);
    test_close(&test);
}

Test(parser, an_escape_in_command_mode_has_no_effect)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    atw_escape(&test.parser);
    test_send(&test, "AT\r");
    atw_escape(&test.parser);
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    cr_assert_eq(test_receive(&test, "")->kind, ATW_DONE);
    cr_assert_eq(test_receive(&test, "CONNECT\r\n")->kind, ATW_CONNECT);
    cr_assert_eq(test_receive(&test, "\r\nOK\r\n")->kind, ATW_STREAM);
    test_close(&test);
}

Test(parser, parsers_are_independent)
{
    test_parser first;
    test_parser second;
    test_open(&first, &(test_options){0});
    test_open(&second, &(test_options){.family = ATW_FAMILY_SIM7028});
    test_send(&first, "AT+NETOPEN?\r");
    cr_assert_eq(test_receive(&first, "+NETO")->kind, TEST_NO_EVENT);
    cr_assert_eq(test_receive(&second, "+CSQ: 1,2\r\n")->kind, ATW_INFO);
    cr_assert_eq(test_receive(&second, "+NETOPEN: 1\r\n")->kind, ATW_RESULT);
    cr_assert_eq(test_receive(&first, "PEN: 1\r\n")->kind, ATW_INFO);
    test_close(&first);
    test_close(&second);
}

Test(parser, abandon_before_anything_was_received)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    atw_abandon(&test.parser);
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    test_close(&test);
}

Test(parser, a_field_is_found_by_its_parameter)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    const atw_event *event = test_receive(&test, "+CSQ: 23,99\r\n");
    cr_assert_eq(atw_event_field(event, ATW_PARAM_RSSI)->value, 23);
    cr_assert_eq(atw_event_field(event, ATW_PARAM_BER)->value, 99);
    cr_assert_null(atw_event_field(event, ATW_PARAM_ERR));
    cr_assert_null(atw_event_field(test_receive(&test, "OK\r\n"), ATW_PARAM_RSSI));
    test_close(&test);
}

Test(parser, done_names_its_link_in_a_field_without_text)
{
    test_parser test;
    test_open(&test, &(test_options){0});
    test_send(&test, "AT+CIPACK=3\r");
    test_receive(&test, "ERROR\r\n");
    const atw_event *event = test_receive(&test, "");
    cr_assert_eq(event->kind, ATW_DONE);
    cr_assert_not(event->ok);
    cr_assert_eq(event->field_count, 1);
    cr_assert_eq(event->fields[0].param, ATW_PARAM_LINK_NUM);
    cr_assert_eq(event->fields[0].value, 3);
    cr_assert_null(event->fields[0].text);
    cr_assert_eq(event->fields[0].length, 0);
    test_close(&test);
}

/* Feed `count` octets of a payload in large pieces of a block that nobody looks at. */
static void feed_payload(test_parser *test, const uint8_t *block, size_t size, uint32_t count)
{
    while (count != 0) {
        const size_t piece = count < size ? count : size;
        cr_assert_eq(test_receive_octets(test, block, piece)->kind, ATW_DATA);
        count -= (uint32_t)test->consumed;
        cr_assert_eq(test->event.last, count == 0);
    }
}

Test(parser, offsets_count_modulo_2_to_the_32)
{
    enum { BLOCK_SIZE = 1 << 24 };
    uint8_t *block = calloc(BLOCK_SIZE, 1);
    test_parser test;
    cr_assert_not_null(block);
    test_open(&test, &(test_options){.ceiling = UINT32_MAX});
    for (int i = 0; i < 2; i++) {
        cr_assert_eq(test_receive(&test, "+IPD2147483647\r\n")->kind, ATW_URC);
        feed_payload(&test, block, BLOCK_SIZE, INT32_MAX);
    }
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    cr_assert_eq(test.event.offset, 30, "2 * (16 + 2^31 - 1) = 2^32 + 30");
    free(block);
    test_close(&test);
}

Test(parser, the_largest_hex_payload)
{
    enum { BLOCK_SIZE = 1 << 24 };
    uint8_t *block = calloc(BLOCK_SIZE, 1);
    test_parser test;
    cr_assert_not_null(block);
    test_open(&test, &(test_options){.ceiling = UINT32_MAX});
    cr_assert_eq(test_receive(&test, "+CIPRXGET: 3,0,2147483647,0\r\n")->kind, ATW_INFO);
    feed_payload(&test, block, BLOCK_SIZE, UINT32_C(4294967294));
    cr_assert_eq(test.event.total, INT32_MAX);
    cr_assert_eq(test_receive(&test, "OK\r\n")->kind, ATW_FINAL);
    free(block);
    test_close(&test);
}

Test(parser, the_state_fits_what_was_published)
{
    cr_assert_leq(sizeof(atw_parser), sizeof(void *) == 4 ? 96 : 104, "one pointer is wider, and aligned");
}
