#include "output.h"
#include "support.h"

#include <criterion/criterion.h>
#include <stdlib.h>

static void put_code_outside(FILE *stream, const char *text)
{
    report_put_code(stream, text, false);
}

static void put_code_in_table(FILE *stream, const char *text)
{
    report_put_code(stream, text, true);
}

static void expect(void (*put)(FILE *, const char *), const char *text, const char *expected)
{
    char *written = written_by(put, text);
    cr_expect_str_eq(written, expected, "expected %s, got %s", expected, written);
    free(written);
}

Test(reports, xml_markup_is_escaped)
{
    expect(report_put_xml, "<a b=\"c\" d='e'>&]]></a>",
           "&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;]]&#62;&#60;/a&#62;");
}

Test(reports, xml_line_ends_survive_attributes)
{
    expect(report_put_xml, "a\r\n\tb", "a&#13;&#10;&#9;b");
}

Test(reports, xml_has_no_illegal_character)
{
    expect(report_put_xml, "\x01\x1b\x7f", "\\x01\\x1b\\x7f");
    expect(report_put_xml, "\xef\xbf\xbe\xef\xbf\xbf", "\\ufffe\\uffff");
    expect(report_put_xml, "\xc2\x85", "\\x85");
}

Test(reports, xml_keeps_other_characters)
{
    expect(report_put_xml, "\xc3\xa9 \xe2\x9c\x93 \xf0\x9f\x98\x80", "\xc3\xa9 \xe2\x9c\x93 \xf0\x9f\x98\x80");
}

Test(reports, markdown_marks_up_nothing)
{
    expect(report_put_markdown, "*a* _b_ `c` [d](e) <f> | # @g & !h ~i~",
           "&#42;a&#42; &#95;b&#95; &#96;c&#96; &#91;d&#93;(e) &#60;f&#62; &#124; &#35; &#64;g &#38; &#33;h "
           "&#126;i&#126;");
}

Test(reports, markdown_keeps_names_readable)
{
    expect(report_put_markdown, "cnf_send_length", "cnf_send_length");
}

Test(reports, markdown_stays_on_its_line)
{
    expect(report_put_markdown, "a\r\nb\x01", "a  b ");
}

Test(reports, code_is_fenced_by_more_backticks_than_it_has)
{
    expect(put_code_outside, "a", "`a`");
    expect(put_code_outside, "a`b``c", "``` a`b``c ```");
    expect(put_code_outside, "`", "`` ` ``");
    expect(put_code_outside, "", "");
}

Test(reports, code_escapes_bars_only_in_tables)
{
    expect(put_code_outside, "a|b", "`a|b`");
    expect(put_code_in_table, "a|b", "`a\\|b`");
}
