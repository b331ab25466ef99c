#include "buffer.h"

#include <criterion/criterion.h>

Test(buffer, numbers_of_every_size)
{
    buffer text = {0};
    buffer_number(&text, 0);
    buffer_octet(&text, ' ');
    buffer_number(&text, -1);
    buffer_octet(&text, ' ');
    buffer_number(&text, INT64_MIN);
    buffer_octet(&text, ' ');
    buffer_number(&text, INT64_MAX);
    cr_assert_str_eq(buffer_string(&text), "0 -1 -9223372036854775808 9223372036854775807");
    buffer_free(&text);
}

Test(buffer, every_octet_survives_escape_and_unescape)
{
    for (unsigned octet = 0; octet < 256; octet++) {
        buffer text = {0};
        uint8_t from = (uint8_t)octet;
        uint8_t back = (uint8_t)~octet;
        buffer_escape(&text, &from, 1);
        if (text.octets[0] == '\\') {
            cr_assert_eq(unescape(text.octets, &back), text.count);
        } else {
            back = (uint8_t)text.octets[0];
        }
        cr_assert_eq(back, from, "octet 0x%02x is written %s", octet, text.octets);
        for (size_t i = 0; i < text.count; i++) {
            cr_assert(text.octets[i] >= ' ' && text.octets[i] <= '~');
        }
        buffer_free(&text);
    }
}

Test(buffer, wire_lines_keep_quotes_and_mark_blanks_at_the_ends)
{
    buffer text = {0};
    buffer_escape_wire(&text, " a \"b\" ", 7);
    cr_assert_str_eq(buffer_string(&text), "\\sa \"b\"\\s");
    buffer_free(&text);
}

Test(buffer, unknown_escapes_are_refused)
{
    static const char *const wrong[] = {"\\", "\\q", "\\x", "\\x1", "\\xG0", "\\x0A", "\\s", "a"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        uint8_t octet;
        cr_assert_eq(unescape(wrong[i], &octet), 0, "%s", wrong[i]);
    }
}
