#include "transcript.h"

#include <criterion/criterion.h>
#include <string.h>

#define HEAD "title: T\nfamily: a76xx\nsource: S\nlevel: must\n"

static bool read_text(transcript *to, const char *text, source_error *error)
{
    source from;
    source_from_octets(&from, "x.at", text, strlen(text));
    bool good = transcript_read(to, &from, error);
    source_close(&from);
    return good;
}

Test(transcript, reads_everything)
{
    transcript what;
    source_error error;
    cr_assert(read_text(&what,
                        "# comment\n"
                        "title:   A title: with a colon\n"
                        "family:  sim7600\n"
                        "source:  Manual 1.2\n"
                        "covers:  a7600/a/1 a7600/a/2\n"
                        "covers:  a7600/a/3\n"
                        "level:   should\n"
                        "note:    why\n"
                        "config:  line=256 ceiling=2000 command=0 closed-ends-data=1\n"
                        "\n"
                        "--> AT+CSQ\\r\n"
                        "<-- \\s\"\\x00\\\\\\n\\s\n"
                        "    prompt\n"
                        "\n"
                        "# between\n"
                        "    final OK\n"
                        "--! dtr\n"
                        "--! abandon\n",
                        &error),
              "%s", error.message);
    cr_assert_str_eq(what.title, "A title: with a colon");
    cr_assert_str_eq(what.source, "Manual 1.2");
    cr_assert_str_eq(what.level, "should");
    cr_assert_str_eq(what.note, "why");
    cr_assert_eq(what.covers_count, 3);
    cr_assert_str_eq(what.covers[2], "a7600/a/3");
    cr_assert_eq(what.script.family, ATW_FAMILY_A7600);
    cr_assert_eq(what.script.settings.line_size, 256);
    cr_assert_eq(what.script.settings.ceiling, 2000);
    cr_assert_eq(what.script.settings.command_size, 0);
    cr_assert(what.script.settings.closed_ends_data);
    cr_assert_eq(what.script.count, 4);
    const script_step *received = &what.script.steps[1];
    cr_assert_eq(received->kind, STEP_RECEIVED);
    cr_assert_eq(received->line, 12);
    cr_assert_eq(received->count, 6);
    cr_assert_eq(memcmp(received->octets, " \"\0\\\n ", 6), 0);
    cr_assert_str_eq(received->wire, "\\s\"\\x00\\\\\\n\\s");
    cr_assert_eq(received->expected_count, 2);
    cr_assert_str_eq(received->expected[1].text, "final OK");
    cr_assert_eq(received->expected[1].line, 16);
    cr_assert_eq(what.script.steps[2].kind, STEP_DTR);
    cr_assert_eq(what.script.steps[3].kind, STEP_ABANDON);
    transcript_free(&what);
}

Test(transcript, defaults_are_the_tools)
{
    transcript what;
    source_error error;
    cr_assert(read_text(&what, HEAD "<-- a", &error), "%s", error.message);
    cr_assert_eq(what.script.settings.line_size, 1024);
    cr_assert_eq(what.script.settings.ceiling, 65535);
    cr_assert_eq(what.script.settings.command_size, 32);
    cr_assert_not(what.script.settings.closed_ends_data);
    cr_assert_null(what.note);
    transcript_free(&what);
}

static void expect_error(const char *text, const char *message)
{
    transcript what;
    source_error error;
    cr_assert_not(read_text(&what, text, &error), "%s", text);
    cr_assert_eq(strncmp(error.message, message, strlen(message)), 0, "expected %s…\ngot      %s", message,
                 error.message);
    transcript_free(&what);
}

Test(transcript, headers_are_checked)
{
    expect_error("", "x.at:1: expected the header title: before the file's end");
    expect_error("title: T\n", "x.at:1: expected the header family: ");
    expect_error("title: T\nfamily: any\n", "x.at:2: expected the header source: ");
    expect_error("title: T\nfamily: any\nsource: S\n", "x.at:3: expected the header level: ");
    expect_error(HEAD, "x.at:4: expected at least one step");
    expect_error("titel: T\n", "x.at:1: expected a header (title family");
    expect_error("hello\n", "x.at:1: expected a header (title family");
    expect_error("title:\n", "x.at:1: expected a value after the colon");
    expect_error("title: T\ntitle: U\n", "x.at:2: expected this header only once");
    expect_error("family: any\nfamily: any\n", "x.at:2: expected this header only once");
    expect_error("config: line=1\nconfig: line=1\n", "x.at:2: expected this header only once");
    expect_error("family: a99xx\n", "x.at:1: expected a family: a76xx");
    expect_error("level: info\n", "x.at:1: expected must, should or may");
    expect_error("config: line=0\n", "x.at:1: expected a number from 1 to 65535 (column 14)");
    expect_error("config: line=65536\n", "x.at:1: expected a number from 1 to 65535");
    expect_error("config: line=1x\n", "x.at:1: expected a number from 1 to 65535");
    expect_error("config: command=256\n", "x.at:1: expected a number from 0 to 255");
    expect_error("config: ceiling=0\n", "x.at:1: expected a number from 1 to 2147483647");
    expect_error("config: closed-ends-data=2\n", "x.at:1: expected a number from 0 to 1");
    expect_error("config: size=2\n", "x.at:1: expected line=N, ceiling=N, command=N or closed-ends-data=0|1");
    expect_error(HEAD "<-- a\ntitle: U\n", "x.at:6: expected a step (-->, <--, --!), an event line or a comment");
}

Test(transcript, lines_are_checked)
{
    expect_error(HEAD "    prompt\n", "x.at:5: expected a step (-->, <--, --!) before the first event line");
    expect_error(HEAD "-->AT\n", "x.at:5: expected one blank and octets");
    expect_error(HEAD "--> \n", "x.at:5: expected no blank at the line's end");
    expect_error(HEAD "-->\n", "x.at:5: expected one blank and octets");
    expect_error(HEAD "-->  AT\n", "x.at:5: expected \\s for a blank at an end (column 5)");
    expect_error(HEAD "<-- OK \n", "x.at:5: expected no blank at the line's end (on the wire it is \\s) (column 7)");
    expect_error(HEAD "<-- \\q\n", "x.at:5: expected an escape: \\r");
    expect_error(HEAD "<-- \\x0D\n", "x.at:5: expected an escape: \\r");
    expect_error(HEAD "<-- a\\", "x.at:5: expected an escape: \\r");
    expect_error(HEAD "<-- a\tb\n", "x.at:5: expected blanks, not a TAB (column 6)");
    expect_error(HEAD "<-- a\r\n", "x.at:5: expected LF as the line end, not a CR octet");
    expect_error(HEAD "<-- \xc3\xa4\n", "x.at:5: expected printable ASCII, not octet 0xc3");
    expect_error(HEAD "--! reset\n", "x.at:5: expected one blank and dtr or abandon");
    expect_error(HEAD "--!\n", "x.at:5: expected one blank and dtr or abandon");
    expect_error(HEAD "<-- a\n  prompt\n", "x.at:6: expected four blanks before an event line");
    expect_error(HEAD "<-- a\n     prompt\n", "x.at:6: expected an event: echo");
    expect_error(HEAD "<-- a\n    promt\n", "x.at:6: expected an event: echo");
    expect_error(HEAD "<-- a\n    info CSQ rsi=1\n", "x.at:6: expected a key of param.def (column 14)");
}

Test(transcript, a_missing_file_is_an_error)
{
    transcript what;
    source_error error;
    cr_assert_not(transcript_load(&what, "/nowhere/x.at", &error));
    cr_assert_str_eq(error.message, "/nowhere/x.at: expected a readable file: No such file or directory");
    transcript_free(&what);
}

Test(transcript, what_is_printed_is_read_back)
{
    static const char steps[] = "--> AT+CIPSEND=1,5\\r\n<-- \\r\\n>\\s\n--> \\x00\"\\\\\\s\n--! dtr\n--! abandon\n";
    transcript what;
    source_error error;
    buffer text = {0};
    buffer_format(&text, "%s%s", HEAD, steps);
    cr_assert(read_text(&what, text.octets, &error), "%s", error.message);
    buffer_clear(&text);
    script_print(&text, &what.script);
    cr_assert_str_eq(text.octets, steps);
    transcript_free(&what);
    buffer_free(&text);
}
