/*
 * Captures with what is to be found in them, and the forms a capture may have.
 *
 * tests/captures/NAME.expected, in this order: `form`, one `finding`, `note` or `remark` a line (line, octet, rule,
 * event or sentence), one `exchange` a line (line, name, completion, milliseconds), counts of notes, prefixes and
 * chatter, `status`. Lines that begin with `option` say how to check.
 */
#include "check.h"

#include <criterion/criterion.h>
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "capture_reader.h"
#include "check_manual.h"
#include "child.h"

#define CAPTURES ATWIRE_CORPUS_FOLDER "/../conformance/tests/captures/"

typedef struct golden {
    check check;
    buffer found;
    buffer form;
} golden;

static void add_found(void *context, const check_found *what)
{
    static const char *const weights[] = {"finding", "note", "remark"};
    golden *to = context;
    buffer_format(&to->found, "%s %llu %llu %s: %s\n", weights[what->weight], (unsigned long long)what->at.line,
                  (unsigned long long)what->at.offset, what->rule, what->what);
    cr_expect_str_not_empty(what->manual, "%s: nothing said of the manual", what->rule);
}

static void take_begin(void *context, const capture_form *form, const script *transcript)
{
    golden *to = context;
    check_begin(&to->check, form, transcript);
    buffer_text(&to->form, "form ");
    capture_form_text(&to->form, form);
    buffer_format(&to->form, "; %s\n", atw_family_name(to->check.family));
}

static void take_piece(void *context, const capture_piece *piece)
{
    check_piece(&((golden *)context)->check, piece);
}

static void take_pause(void *context, uint64_t done, uint64_t total)
{
    (void)context;
    cr_expect(total == 0 || done <= total);
}

static void add_exchanges(buffer *to, const check_exchanges *from)
{
    for (size_t i = 0; i < from->kept_count; i++) {
        const check_exchange *one = &from->kept[i];
        buffer_format(to, "exchange %llu %s %s", (unsigned long long)one->sent.line, one->command.name,
                      check_outcome_text(one->outcome));
        if (one->timed) {
            buffer_format(to, " %lld ms", (long long)(one->duration_us / 1000));
        }
        buffer_text(to, "\n");
    }
}

static void add_tally(buffer *to, const char *word, const check_tally *from)
{
    for (size_t i = 0; i < from->count; i++) {
        const check_tally_entry *entry = &from->entries[i];
        buffer_format(to, "%s %llu %s\n", word, (unsigned long long)entry->count, entry->text);
    }
}

static void add_summary(buffer *to, const check *from)
{
    for (unsigned bit = 0; bit < ATW_NOTE_COUNT; bit++) {
        if (from->notes[bit].count > 0) {
            buffer_format(to, "noted %llu %s\n", (unsigned long long)from->notes[bit].count,
                          atw_note_text((atw_note_bit)bit));
        }
    }
    add_tally(to, "prefix", &from->prefixes);
    add_tally(to, "chatter", &from->chatter);
    if (from->unasked > 0) {
        buffer_format(to, "unasked %llu\n", (unsigned long long)from->unasked);
    }
    if (from->assumed.count > 0) {
        buffer_format(to, "assumed %llu\n", (unsigned long long)from->assumed.count);
    }
    buffer_format(to, "octets %llu received %llu payload %llu data mode %llu sent\n",
                  (unsigned long long)from->received, (unsigned long long)from->data, (unsigned long long)from->stream,
                  (unsigned long long)from->sent);
}

static void check_file(buffer *to, const char *file, const check_options *options)
{
    golden with = {0};
    source_error error;
    const check_listener listener = {.found = add_found, .context = &with};
    const capture_sink sink = {.begin = take_begin, .piece = take_piece, .pause = take_pause, .context = &with};
    check_open(&with.check, options, &listener);
    bool good = capture_read(file, CAPTURE_UNKNOWN, &sink, &error);
    if (good) {
        check_end(&with.check);
    }
    buffer_text(to, buffer_string(&with.form));
    buffer_text(to, buffer_string(&with.found));
    add_exchanges(to, &with.check.exchanges);
    add_summary(to, &with.check);
    if (good) {
        buffer_format(to, "status %d\n", with.check.failures > 0);
    } else {
        const char *message = strrchr(error.message, '/');
        buffer_format(to, "error %s\n", message != NULL ? message + 1 : error.message);
    }
    check_close(&with.check);
    buffer_free(&with.found);
    buffer_free(&with.form);
}

/* Lines `option …` at the start of what is expected. Returns the rest. */
static const char *read_options(check_options *to, const char *text)
{
    while (strncmp(text, "option ", 7) == 0) {
        char word[32] = "";
        sscanf(text + 7, "%31s", word);
        if (strcmp(word, "strict") == 0) {
            to->strict = true;
        } else if (strcmp(word, "swap") == 0) {
            to->swap = true;
        } else {
            to->has_family = true;
            cr_assert(atw_family_from_name(word, &to->family), "%s", word);
        }
        text = strchr(text, '\n') + 1;
    }
    return text;
}

static void expect_golden(const char *name)
{
    buffer path = {0};
    buffer got = {0};
    source expected;
    source_error error;
    check_options options = {.exchanges_kept = 1000};
    buffer_format(&path, CAPTURES "%s.expected", name);
    cr_assert(source_open(&expected, path.octets, &error), "%s", error.message);
    const char *text = read_options(&options, buffer_string(&expected.content));
    path.octets[path.count - strlen(".expected")] = '\0';
    check_file(&got, path.octets, &options);
    cr_expect_str_eq(buffer_string(&got), text, "%s\n--- got\n%s--- expected\n%s", name, buffer_string(&got), text);
    source_close(&expected);
    buffer_free(&got);
    buffer_free(&path);
}

static const char *const captures[] = {
    "terminal.raw",    "putty.raw",    "marked.log",   "arrows.log",    "transparent.log", "named.log",
    "python.log",      "stamped.log",  "hexmarks.log", "hexdump.log",   "saleae.csv",      "logic2.csv",
    "session.at",      "strict.raw",   "swapped.log",  "damaged.csv",   "minicom.log",     "picocom.raw",
    "coolterm.log",    "teraterm.log", "realterm.log", "docklight.log", "analyzers.csv",   "dsview.csv",
    "prose.raw",       "field.log",    "socat.log",    "socathex.log",  "socatdump.log",   "sigrok.log",
    "sigrokclass.log",
};

#define CAPTURE_COUNT (sizeof captures / sizeof captures[0])

Test(check, terminal_program)
{
    expect_golden("terminal.raw");
}
Test(check, terminal_program_with_a_banner)
{
    expect_golden("putty.raw");
}
Test(check, log_with_stamps_and_marks)
{
    expect_golden("marked.log");
}
Test(check, log_with_arrows)
{
    expect_golden("arrows.log");
}
Test(check, log_with_data_mode)
{
    expect_golden("transparent.log");
}
Test(check, log_with_named_octets)
{
    expect_golden("named.log");
}
Test(check, log_with_escapes)
{
    expect_golden("python.log");
}
Test(check, log_with_stamps_alone)
{
    expect_golden("stamped.log");
}
Test(check, log_with_hex_and_marks)
{
    expect_golden("hexmarks.log");
}
Test(check, hex_dump)
{
    expect_golden("hexdump.log");
}
Test(check, table_of_one_line)
{
    expect_golden("saleae.csv");
}
Test(check, table_of_two_lines)
{
    expect_golden("logic2.csv");
}
Test(check, transcript)
{
    expect_golden("session.at");
}
Test(check, strict_check)
{
    expect_golden("strict.raw");
}
Test(check, swapped_directions)
{
    expect_golden("swapped.log");
}
Test(check, minicom_with_time_stamps)
{
    expect_golden("minicom.log");
}
Test(check, picocom_with_its_introduction)
{
    expect_golden("picocom.raw");
}
Test(check, coolterm_with_time_stamps)
{
    expect_golden("coolterm.log");
}
Test(check, tera_term_with_weekdays)
{
    expect_golden("teraterm.log");
}
Test(check, realterm_with_unix_time)
{
    expect_golden("realterm.log");
}
Test(check, docklight_with_a_clock_of_twelve_hours)
{
    expect_golden("docklight.log");
}
Test(check, table_of_two_analyzers)
{
    expect_golden("analyzers.csv");
}
Test(check, table_of_bare_hex)
{
    expect_golden("dsview.csv");
}
Test(check, nothing_known_is_no_good_capture)
{
    expect_golden("prose.raw");
}
Test(check, field_behaviour)
{
    expect_golden("field.log");
}
Test(check, socat_with_text)
{
    expect_golden("socat.log");
}
Test(check, socat_with_hex)
{
    expect_golden("socathex.log");
}
Test(check, socat_with_both_and_the_module_first)
{
    expect_golden("socatdump.log");
}
Test(check, annotations_of_one_line)
{
    expect_golden("sigrok.log");
}
Test(check, annotations_with_classes)
{
    expect_golden("sigrokclass.log");
}
Test(check, damaged_table)
{
    expect_golden("damaged.csv");
}

Test(check, every_capture_has_a_test)
{
    DIR *folder = opendir(CAPTURES);
    cr_assert_not_null(folder);
    size_t count = 0;
    for (const struct dirent *entry = readdir(folder); entry != NULL; entry = readdir(folder)) {
        const char *end = strstr(entry->d_name, ".expected");
        if (end == NULL) {
            continue;
        }
        bool listed = false;
        for (size_t i = 0; i < CAPTURE_COUNT; i++) {
            listed = listed || strncmp(captures[i], entry->d_name, (size_t)(end - entry->d_name)) == 0;
        }
        cr_expect(listed, "%s is not tested", entry->d_name);
        count++;
    }
    closedir(folder);
    cr_expect_eq(count, CAPTURE_COUNT);
}

static void expect_stamp(const char *text, size_t length, int64_t time_us)
{
    capture_stamp stamp = {0};
    cr_expect_eq(capture_stamp_read(text, &stamp), length, "%s: %zu", text, capture_stamp_read(text, &stamp));
    cr_expect(length == 0 || stamp.time_us == time_us, "%s: %lld", text, (long long)stamp.time_us);
}

Test(check, time_stamps)
{
    expect_stamp("[00:00:01.500] OK", 15, 1500000);
    expect_stamp("00:01:00,25 OK", 12, 60250000);
    expect_stamp("00:00:01:002 OK", 13, 1002000);
    expect_stamp("1970-01-02 00:00:00 OK", 20, INT64_C(86400000000));
    expect_stamp("1972-03-01T00:00:00Z OK", 21, INT64_C(790) * 86400 * 1000000);
    expect_stamp("02.01.1970 00:00:00.001: OK", 25, INT64_C(86400001000));
    expect_stamp("[    2.000001] OK", 15, 2000001);
    expect_stamp("(1234) OK", 7, 1234000);
    expect_stamp("3.25 TX", 5, 3250000);
    expect_stamp("1/1/1970 12:00:00 AM OK", 21, 0);
    expect_stamp("1/1/1970 01:00:00.5 PM OK", 23, INT64_C(46800500000));
    expect_stamp("12:00:00 PM OK", 12, INT64_C(43200000000));
    expect_stamp("12:00:00 AMPLE", 9, INT64_C(43200000000));
    expect_stamp("1000000000,OK", 11, INT64_C(1000000000000000));
    expect_stamp("100000000,OK", 0, 0);
    expect_stamp("10000000000,OK", 0, 0);
    expect_stamp("+CSQ: 23,0", 0, 0);
    expect_stamp("12:34", 0, 0);
    expect_stamp("117.131.85.139:5253", 0, 0);
    expect_stamp("4F 4B", 0, 0);
    expect_stamp("", 0, 0);
}

static void expect_mark(const char *text, size_t length, capture_mark mark)
{
    capture_mark got = CAPTURE_MARK_NONE;
    cr_expect_eq(capture_mark_read(text, &got), length, "%s: %zu", text, capture_mark_read(text, &got));
    cr_expect_eq(got, mark, "%s", text);
}

Test(check, direction_marks)
{
    expect_mark("TX> AT", 4, CAPTURE_MARK_SENT);
    expect_mark("TX AT", 3, CAPTURE_MARK_SENT);
    expect_mark("[RX] - OK", 7, CAPTURE_MARK_RECEIVED);
    expect_mark("rx: OK", 4, CAPTURE_MARK_RECEIVED);
    expect_mark("RX: >", 4, CAPTURE_MARK_RECEIVED);
    expect_mark("RX >", 3, CAPTURE_MARK_RECEIVED);
    expect_mark("RX <- OK", 6, CAPTURE_MARK_RECEIVED);
    expect_mark("host: AT", 6, CAPTURE_MARK_SENT);
    expect_mark("--> AT", 4, CAPTURE_MARK_SENT);
    expect_mark("<<OK", 2, CAPTURE_MARK_RECEIVED);
    expect_mark("\xe2\x86\x92 AT", 4, CAPTURE_MARK_SENT);
    expect_mark("SEND OK", 0, CAPTURE_MARK_NONE);
    expect_mark("RECV FROM:1.2.3.4:5", 0, CAPTURE_MARK_NONE);
    expect_mark("OK", 0, CAPTURE_MARK_NONE);
}

static void expect_octets(capture_style style, const char *text, const char *octets, size_t count)
{
    buffer got = {0};
    cr_expect(capture_octets_read(&got, style, text), "%s", text);
    cr_expect(got.count == count && memcmp(buffer_string(&got), octets, count) == 0, "%s: %zu octets", text, got.count);
    buffer_free(&got);
}

Test(check, octets_in_text)
{
    expect_octets(CAPTURE_HEX, "41 54 0d", "AT\r", 3);
    expect_octets(CAPTURE_HEX, "0x41, 0x00", "A\0", 2);
    expect_octets(CAPTURE_HEX, "00000010: 4154 0d0a  AT..", "AT\r\n", 4);
    expect_octets(CAPTURE_HEX, "00000010  41 54 0d 0a  |AT..|", "AT\r\n", 4);
    expect_octets(CAPTURE_ESCAPES, "b'AT\\r\\x00\\'\\\\'", "AT\r\0'\\", 6);
    expect_octets(CAPTURE_ESCAPES, "+CME: \"x\"\\n", "+CME: \"x\"\n", 10);
    expect_octets(CAPTURE_NAMES, "AT<CR><lf><1A><x>", "AT\r\n\x1a<x>", 8);
    buffer got = {0};
    cr_expect_not(capture_octets_read(&got, CAPTURE_HEX, "41 4x"));
    cr_expect_not(capture_octets_read(&got, CAPTURE_HEX, "OK"));
    buffer_free(&got);
}

static void expect_cell(const char *cell, int octet)
{
    buffer got = {0};
    bool good = capture_octets_cell(&got, cell);
    cr_expect_eq(good, octet >= 0, "%s", cell);
    cr_expect(!good || (got.count == 1 && (uint8_t)got.octets[0] == octet), "%s", cell);
    buffer_free(&got);
}

Test(check, octets_in_cells)
{
    expect_cell("0x41", 0x41);
    expect_cell("A", 'A');
    expect_cell("7", '7');
    expect_cell("'A'", 'A');
    expect_cell("' '", ' ');
    expect_cell("'13'", '\r');
    expect_cell("255", 255);
    expect_cell("\\n", '\n');
    expect_cell("COMMA", ',');
    expect_cell("<0D>", '\r');
    expect_cell("<", '<');
    expect_cell("", -1);
    expect_cell("0x141", -1);
    expect_cell("0x", -1);
}

static bool looks_like_command(const char *line)
{
    return check_is_command((const uint8_t *)line, strlen(line));
}

Test(check, command_lines)
{
    cr_expect(looks_like_command("AT"));
    cr_expect(looks_like_command("at+csq\r\r\n"));
    cr_expect(looks_like_command("ATE0"));
    cr_expect(looks_like_command("AT&D1"));
    cr_expect(looks_like_command("ATD*99#"));
    cr_expect(looks_like_command("A/"));
    cr_expect_not(looks_like_command("ATTENTION"));
    cr_expect_not(looks_like_command("attach"));
    cr_expect_not(looks_like_command("At+CSQ"));
    cr_expect_not(looks_like_command("A"));
    cr_expect_not(looks_like_command(""));
    cr_expect_not(looks_like_command(" AT"));
}

static const char *resembled(const char *line)
{
    const char *like = check_resembled((const uint8_t *)line, strlen(line));
    return like != NULL ? like : "";
}

Test(check, damaged_codes)
{
    cr_expect_str_eq(resembled("ERRO"), "ERROR");
    cr_expect_str_eq(resembled("ERRROR"), "ERROR");
    cr_expect_str_eq(resembled("EXROR"), "ERROR");
    cr_expect_str_eq(resembled(" OK"), "OK");
    cr_expect_str_eq(resembled("ok"), "OK");
    cr_expect_str_eq(resembled("\x80OK"), "OK");
    cr_expect_str_eq(resembled("LOSED"), "CLOSED");
    cr_expect_str_eq(resembled("ERRORS: none"), "");
    cr_expect_str_eq(resembled("K"), "");
    cr_expect_str_eq(resembled("Model: A7600"), "");
    cr_expect_str_eq(resembled(""), "");
}

typedef struct answer {
    int status;
    buffer output;
    buffer errors;
} answer;

static answer run(const char *option, const char *value, const char *input)
{
    answer got = {0};
    buffer in = {0};
    char *argv[6] = {ATWIRE_PROGRAM, "check"};
    size_t count = 2;
    if (*option != '\0') {
        argv[count++] = (char *)option;
    }
    if (*value != '\0') {
        argv[count++] = (char *)value;
    }
    argv[count++] = "-";
    buffer_text(&in, input);
    got.status = child_run(argv, &in, &got.output, &got.errors);
    buffer_free(&in);
    return got;
}

static void release(answer *got)
{
    buffer_free(&got->output);
    buffer_free(&got->errors);
}

static void expect_run(const char *option, const char *value, const char *input, int status, const char *output,
                       const char *errors)
{
    answer got = run(option, value, input);
    cr_expect_eq(got.status, status, "%s: status %d", option, got.status);
    cr_expect_not_null(strstr(buffer_string(&got.output), output), "%s: output %s", option, buffer_string(&got.output));
    cr_expect_not_null(strstr(buffer_string(&got.errors), errors), "%s: errors %s", option, buffer_string(&got.errors));
    cr_expect(*errors != '\0' || got.errors.count == 0, "%s: errors %s", option, buffer_string(&got.errors));
    release(&got);
}

Test(check, exit_statuses_and_options)
{
    static const char noted[] = "AT+CSQ\r\r\n+CSQ:1,0\r\n\r\nOK\r\n";
    expect_run("", "", noted, 0, "missing-blank, first in line 2", "");
    expect_run("--strict", "", noted, 1, "line 2, octet 9: note: info CSQ rssi=1 ber=0 ~missing-blank", "");
    expect_run("", "", "", 0, "good: 0 findings", "");
    expect_run("--line", "4", "12345\r\n", 1, "overlong len=6", "");
    expect_run("--ceiling", "4", "+IPD5\r\n", 1, "malformed IPD", "");
    expect_run("--family", "sim7028", "+IPCLOSE: 5,1\r\n", 0, "family sim7028", "");
    expect_run("--exchanges", "0", noted, 0, "1 ok", "");
    expect_run("--progress", "", noted, 0, "good", "atwire check: 0.0 MB");
    expect_run("--input", "raw", "title: x\r\n", 1, "raw", "");
    expect_run("", "", "\r\nRDY\r\nTerminating...\r\n", 0, "Terminating..., first in line 3", "");
    expect_run("--input", "pcap", "", 2, "", "expected transcript, raw, log or table after --input, not 'pcap'");
    expect_run("--input", "table", "a,b\n", 2, "", "(standard input):1: expected a header line");
    expect_run("--input", "transcript", "x\n", 2, "", "(standard input):1: expected a header");
    expect_run("--json", "/nowhere/x", "", 2, "", "/nowhere/x: expected a writable file");
    expect_run("/nowhere", "", "", 2, "", "expected one FILE");
}

#define STAMP "2021/03/04 12:34:56.123456  "
#define SENT_3 "> " STAMP "length=3 from=0 to=2\n"
#define RECEIVED_6 "< " STAMP "length=6 from=0 to=5\n"
#define SECOND_HEADER ":2: expected a header (> 2021/03/04 12:34:56.123456  length=8 from=0 to=7), not '"

static void expect_good(const char *input, const char *output)
{
    expect_run("", "", input, 0, output, "");
}

static void expect_bad(const char *input, const char *error)
{
    expect_run("", "", input, 2, "", error);
}

Test(check, counted_blocks)
{
    static const char answered[] = "6 octets received (0 payload, 0 data mode), 3 sent; 1 exchanges, 1 ok";
    expect_good(SENT_3 "AT\\r" RECEIVED_6 "\\r\nOK\\r\n", answered);
    expect_good(SENT_3 "AT\\r\r\n\r\n" RECEIVED_6 "\\r\r\nOK\\r\r\n", answered);
    expect_good(SENT_3 " 41 54 0d\n" RECEIVED_6 " 0d 0a 4F 4b 0d 0a", answered);
    expect_good(SENT_3 " 41 54 0d\r\n--\r\n" RECEIVED_6 " 0d 0a\r\n 4f 4b 0d 0a   OK..\r\n--\r\n", answered);
    expect_good("< " STAMP "length=6 from=4294967292 to=1\nOK\\r\nOK", "6 octets received");
    expect_run("--input", "log", SENT_3 "AT\\r" RECEIVED_6 "\\r\nOK\\r\n", 0, "log, counted blocks", "");
    expect_run("--input", "raw", SENT_3 "AT\\r\n", 0, "raw; family any", "");
    expect_run("--swap", "", "< " STAMP "length=3 from=0 to=2\nAT\\r> " STAMP "length=6 from=0 to=5\n\\r\nOK\\r\n", 0,
               answered, "");
}

static void expect_style(const char *block, capture_style style)
{
    char sample[200];
    snprintf(sample, sizeof sample, SENT_3 "%s", block);
    const capture_form form = capture_sniff(sample, strlen(sample), CAPTURE_UNKNOWN);
    cr_expect_eq(form.layout, CAPTURE_COUNTED, "%s", block);
    cr_expect_eq(form.style, style, "%s", block);
}

/* Hex is hex only if the row is as long as the header says, or as `-x -v` writes it. */
Test(check, styles_of_counted_blocks)
{
    expect_style(" 41 54 0d\n", CAPTURE_HEX);
    expect_style(" 41 54 0d\r\n", CAPTURE_HEX);
    expect_style(" 41 5", CAPTURE_HEX);
    expect_style(" 0d 0a                                            ..\n 41", CAPTURE_HEX);
    expect_style(" 41 0d                                            A.\n 41", CAPTURE_ESCAPES);
    expect_style(" 0d 0a                                            ...\n 41", CAPTURE_ESCAPES);
    expect_style(" 41> ", CAPTURE_ESCAPES);
    expect_style(" 41 54 0d> ", CAPTURE_ESCAPES);
    expect_style(" 4", CAPTURE_ESCAPES);
    expect_style("AT\\r", CAPTURE_ESCAPES);
    expect_style("", CAPTURE_ESCAPES);
}

Test(check, counted_blocks_that_are_cut)
{
    expect_bad(SENT_3, ":2: expected 3 more octets of the block of line 1, not the end");
    expect_bad(SENT_3 "AT", ":2: expected 1 more octets of the block of line 1, not the end");
    expect_bad(SENT_3 "AT\\", ":2: expected 1 more octets of the block of line 1, not the end");
    expect_bad(SENT_3 "AT\\r> 2021/03/04 12:3", SECOND_HEADER "> 2021/03/04 12:3'");
    expect_bad(SENT_3 " 41 5", ":2: expected 2 more octets of the block of line 1, not the end");
    expect_bad(SENT_3 " 41 54 0d\n" SENT_3 " 41 54\n",
               ":5: expected 1 more octets of the block of line 3, not the end");
    expect_bad(SENT_3 " 41 54 0d\n" SENT_3 " 41 54\n--\n",
               ":5: expected 1 more octets as hex digits of the block of line 3");
}

Test(check, counted_blocks_that_are_wrong)
{
    static const char *const headers[] = {
        "OK",
        "> ",
        "- " STAMP "length=3 from=3 to=5",
        "> " STAMP "length=3 from=3 to=6",
        "> " STAMP "length=0 from=3 to=2",
        "> " STAMP "length= from=3 to=5",
        "> " STAMP "length=3 from=3",
        "> " STAMP "length=3 from=3 to=5.",
        "> 2021/03/04 12:34:56.123456  ",
        "> 12:34:56.123456  length=3 from=3 to=5",
        "> 2021/03/04 12:34:56  length=3 from=3 to=5",
        "> 2021/03/04 12:34:56.1234567  length=3 from=3 to=5",
        "> 2021/03/04 12:34.123456  length=3 from=3 to=5",
        "2021/03/04 12:34:56 socat[x] N exit(0)",
        "2021/03/04 12:34:56 socat[1] exit(0)",
    };
    for (size_t i = 0; i < sizeof headers / sizeof headers[0]; i++) {
        char input[300];
        char error[300];
        snprintf(input, sizeof input, SENT_3 "AT\\r%s\n", headers[i]);
        snprintf(error, sizeof error, SECOND_HEADER "%s'", headers[i]);
        expect_bad(input, error);
    }
    expect_bad(SENT_3 "AT\\x", ":2: expected \\a, \\b, \\f, \\r, \\v or \\\\, not 0x78 behind \\");
    expect_bad(SENT_3 "A\x01T", ":2: expected text, with . and escapes for what cannot be printed, not 0x01");
    expect_bad(SENT_3 "AT\r", ":2: expected 1 more octets");
    expect_bad(SENT_3 " 41 54 0d\n" SENT_3 " 41 5g", ":4: expected 2 more octets as hex digits of the block of line 3");
    expect_bad(SENT_3 " 41 54 0d\n" SENT_3 " 41 54 0d 0a\n", ":4: expected no more octets in the block of line 3");
}

/* A block may be longer than any line that is read as one. */
static void expect_long_block(const char *octet, const char *end)
{
    buffer input = {0};
    buffer_format(&input, "> " STAMP "length=200000 from=0 to=199999\n");
    for (int i = 0; i < 200000; i++) {
        buffer_text(&input, octet);
    }
    buffer_format(&input, "%s> " STAMP "length=1 from=200000 to=200000\n%s%s", end, octet, end);
    expect_run("", "", buffer_string(&input), 1, " 200001 sent", "");
    buffer_free(&input);
}

Test(check, counted_blocks_of_any_length)
{
    expect_long_block("\t", "");
    expect_long_block("\\r", "");
    expect_long_block(" 41", "\n");
}

Test(check, annotations)
{
    expect_good("uart-1: Start bit\nuart-1: 1\nuart-1: 0\nuart-1: 52\nuart-1: Stop bit\n\nuart-1: 44\r\nuart-1: 59\n"
                "uart-1: 0D\nuart-1: 0a",
                "log, annotations, octets as hex");
    expect_run("", "",
               "1-9 uart-12: tx-start: Start bit\n1-9 uart-12: tx-data: 41\n10-18 uart-12: rx-data: \"4F\" \"4\"\n", 1,
               "1 octets received (0 payload, 0 data mode), 1 sent", "");
    expect_run("--swap", "", "uart-1: rx-data: 4F\n", 1, "0 octets received (0 payload, 0 data mode), 1 sent", "");
    expect_bad("uart-1: 4F\nuart-1: A\n", ":2: expected an octet as two hex digits (-A uart=rx-data:tx-data), not 'A'");
    expect_bad("uart-1: 4F\nuart-1: [0D]\n", ":2: expected an octet as two hex digits");
    expect_bad("uart-1: 4F\nuart-1: 0D 0A\n", ":2: expected an octet as two hex digits");
    expect_bad("uart-1: rx-data: 4F\nuart-1: rx-data: Start bit\n", ":2: expected an octet as two hex digits");
    expect_bad("uart-1: 4F\nuart-1: \n", ":2: expected an octet as two hex digits");
    expect_bad("uart-1: 4F\nuart-: 4F\n", ":2: expected an annotation of a UART decoder (uart-1: 4F), not 'uart-: 4F'");
    expect_bad("uart-1: 4F\nuart-1:4F\n", ":2: expected an annotation");
    expect_bad("uart-1: 4F\n1-uart-1: 4F\n", ":2: expected an annotation");
    expect_bad("uart-1: 4F\n1-2uart-1: 4F\n", ":2: expected an annotation");
    expect_bad("uart-1: 4F\nspi-1: 4F\n", ":2: expected an annotation");
    expect_bad("uart-1: 4F\nuar", ":2: expected an annotation");
}

Test(check, json_report)
{
    answer got = run("--json", "-", "AT+CSQ\r\r\n+CSQ: 1,0\r\n\r\nOK\r\n\r\n+IPCLOSE: \xff\r\n\r\n+NEW: 1\r\n");
    json_t *report = json_loads(buffer_string(&got.output), 0, NULL);
    cr_assert_not_null(report, "%s", buffer_string(&got.output));
    cr_expect_eq(got.status, 1);
    cr_expect_str_eq(json_string_value(json_object_get(report, "schema")), "atwire-check-1");
    const json_t *form = json_object_get(report, "form");
    cr_expect_str_eq(json_string_value(json_object_get(form, "layout")), "lines");
    const json_t *found = json_object_get(report, "found");
    cr_assert_eq(json_array_size(found), 1);
    const json_t *one = json_array_get(found, 0);
    cr_expect_str_eq(json_string_value(json_object_get(one, "rule")), "malformed");
    cr_expect_eq(json_integer_value(json_object_get(one, "line")), 6);
    cr_expect_eq(json_integer_value(json_object_get(one, "octet")), 28);
    cr_expect_str_eq(json_string_value(json_object_get(one, "came")), "+IPCLOSE: \\xff");
    const json_t *exchange = json_array_get(json_object_get(report, "exchanges"), 0);
    cr_expect_str_eq(json_string_value(json_object_get(exchange, "command")), "AT+CSQ");
    cr_expect_str_eq(json_string_value(json_object_get(exchange, "completion")), "ok");
    cr_expect(json_is_null(json_object_get(exchange, "duration_ms")));
    const json_t *prefix = json_array_get(json_object_get(json_object_get(report, "prefixes"), "entries"), 0);
    cr_expect_str_eq(json_string_value(json_object_get(prefix, "text")), "NEW");
    json_decref(report);
    release(&got);
}

/* Start the program on a pipe. Returns the end to write to; `output` is what it prints. */
static int follow(FILE **output, pid_t *child)
{
    int input[2];
    int print[2];
    cr_assert_eq(pipe(input), 0);
    cr_assert_eq(pipe(print), 0);
    *child = fork();
    if (*child == 0) {
        dup2(input[0], STDIN_FILENO);
        dup2(print[1], STDOUT_FILENO);
        close(input[1]);
        execl(ATWIRE_PROGRAM, "atwire", "check", "-", (char *)NULL);
        _exit(127);
    }
    close(input[0]);
    close(print[1]);
    *output = fdopen(print[0], "r");
    cr_assert_not_null(*output);
    return input[1];
}

static void wait_ms(long time)
{
    const struct timespec duration = {.tv_sec = time / 1000, .tv_nsec = time % 1000 * 1000000};
    nanosleep(&duration, NULL);
}

static void send_text(int input, const char *text)
{
    cr_assert_eq(write(input, text, strlen(text)), (ssize_t)strlen(text));
}

/* The other end is still open. */
static void expect_printed(FILE *output, const char *expected)
{
    char line[600] = "";
    while (strncmp(line, expected, strlen(expected)) != 0) {
        cr_assert_not_null(fgets(line, sizeof line, output));
    }
}

static void expect_end(int input, FILE *output, pid_t child)
{
    char line[600] = "";
    int status;
    close(input);
    while (fgets(line, sizeof line, output) != NULL) {
    }
    cr_expect_str_eq(line, "findings: 1 findings, 0 notes, 0 remarks\n");
    fclose(output);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

/* What is found is printed while the capture goes on. */
Test(check, a_growing_capture_is_followed, .timeout = 20)
{
    FILE *output;
    pid_t child;
    int input = follow(&output, &child);
    send_text(input, "\r\nRDY\r\n\r\n+IPCLOSE: x\r\n");
    expect_printed(output, "line 4, octet 9: malformed IPCLOSE");
    expect_end(input, output, child);
}

/* The form is not told before the first block, however long it takes; a line is, before its block is complete. */
Test(check, counted_blocks_are_followed, .timeout = 20)
{
    FILE *output;
    pid_t child;
    int input = follow(&output, &child);
    send_text(input, "2021/03/04 12:34:56 socat[1] N PTY is /dev/pts/3\n");
    wait_ms(1500);
    send_text(input, "< " STAMP "length=17 from=0 to=16\n");
    wait_ms(1500);
    send_text(input, "\\r\n+IPCLOSE: x\\r\n\\");
    expect_printed(output, "line 4, octet 105: malformed IPCLOSE");
    send_text(input, "r\n");
    expect_end(input, output, child);
}

/* A megabyte in and out of the parts that are bounded: open exchanges, places, tallies, kept exchanges. */
Test(check, memory_is_bounded)
{
    static const char text[] = "AT+CIPOPEN=1,\"TCP\",\"10.0.0.1\",80";
    static const check_options options = {.exchanges_kept = 10};
    golden with = {0};
    const check_listener listener = {.found = add_found, .context = &with};
    check_open(&with.check, &options, &listener);
    check_begin(&with.check, &(capture_form){.kind = CAPTURE_LOG, .marks = true}, NULL);
    for (uint64_t line = 1; line <= 30000; line++) {
        char chatter[40];
        snprintf(chatter, sizeof chatter, "%c%c%c chatter", (char)('a' + line % 26), (char)('a' + line / 26 % 26),
                 (char)('a' + line / 676 % 26));
        const char *said = line % 2 == 0 ? text : chatter;
        check_piece(&with.check, &(capture_piece){.direction = line % 2 == 0 ? CAPTURE_SENT : CAPTURE_RECEIVED,
                                                  .octets = (const uint8_t *)said,
                                                  .count = strlen(said),
                                                  .ends_line = line % 3 != 0,
                                                  .line = line});
        cr_assert_leq(with.check.mark_count, CHECK_MARKS_MAX);
        cr_assert_leq(with.check.exchanges.open_count, CHECK_OPEN_MAX);
    }
    check_end(&with.check);
    cr_expect_eq(with.check.exchanges.kept_count, 10);
    cr_expect_gt(with.check.exchanges.count, 9000);
    cr_expect_eq(with.check.chatter.count, CHECK_TALLY_MAX);
    cr_expect_gt(with.check.chatter.others, 5000);
    cr_expect_leq(with.check.tail.count, CHECK_TAIL_MAX);
    check_close(&with.check);
    buffer_free(&with.found);
}

#define MEGABYTE 1000000
/* How much more memory the longer of two captures may take, kilobytes: allocators are not exact. */
#define LONG_CAPTURE_GROWTH_KB 4096

/* One second of a capture, with a finding. */
static const char *const second[] = {
    "TX> AT+CSQ",
    "RX< +CSQ: 21,99",
    "RX< OK",
    "TX> AT+CIPSEND=0,20",
    "RX< >",
    "TX> 12345678901234567890",
    "RX< OK",
    "RX< +CIPSEND: 0,20,20",
    "RX< RECV FROM:10.0.0.1:80",
    "RX< +IPD16",
    "RX< OK345678ERROR+CS",
    "RX< +IPCLOSE: x",
};

static size_t add_second(buffer *to, size_t number)
{
    buffer_clear(to);
    for (size_t i = 0; i < sizeof second / sizeof second[0]; i++) {
        buffer_format(to, "[%02zu:%02zu:%02zu.%03zu] %s\n", number / 3600 % 24, number / 60 % 60, number % 60, i * 10,
                      second[i]);
    }
    return to->count;
}

/* Run the program on a capture that is made while it reads; its standard error goes to a file. */
static pid_t start_long(int *input, FILE *output, FILE *errors)
{
    int ends[2];
    cr_assert_eq(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        setenv("ASAN_OPTIONS", "quarantine_size_mb=1", 1);
        dup2(ends[0], STDIN_FILENO);
        dup2(fileno(output), STDOUT_FILENO);
        dup2(fileno(errors), STDERR_FILENO);
        close(ends[1]);
        execl(ATWIRE_PROGRAM, "atwire", "check", "--progress", "-", (char *)NULL);
        _exit(127);
    }
    close(ends[0]);
    *input = ends[1];
    return child;
}

static void expect_last_line(FILE *from, const char *expected)
{
    char line[600] = "";
    rewind(from);
    while (fgets(line, sizeof line, from) != NULL) {
    }
    cr_expect_str_eq(line, expected);
}

/* Check a capture of so many octets while it is made. Returns the most memory that it took, kilobytes. */
static long check_long(size_t octets)
{
    FILE *output = tmpfile();
    FILE *errors = tmpfile();
    int input;
    int status;
    buffer text = {0};
    size_t seconds = 0;
    struct rusage used;
    char expected[100];
    cr_assert(output != NULL && errors != NULL);
    pid_t child = start_long(&input, output, errors);
    size_t sent = 0;
    for (; sent < octets; seconds++) {
        sent += add_second(&text, seconds);
        cr_assert_eq(write(input, text.octets, text.count), (ssize_t)text.count);
    }
    close(input);
    cr_assert_eq(waitpid(child, &status, 0), child);
    cr_assert_eq(getrusage(RUSAGE_CHILDREN, &used), 0); /* of the largest child there was */
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == 1);
    snprintf(expected, sizeof expected, "findings: %zu findings, 0 notes, 0 remarks\n", seconds);
    expect_last_line(output, expected);
    snprintf(expected, sizeof expected, "atwire check: %.1f MB, line %zu, %zu findings\n", (double)sent / 1e6,
             12 * seconds, seconds);
    expect_last_line(errors, expected);
    fclose(output);
    fclose(errors);
    buffer_free(&text);
    return used.ru_maxrss;
}

/* Twenty megabytes more take hardly more memory, and progress is shown. README.md says what a hundred take. */
Test(check, a_long_capture_in_bounded_memory, .timeout = 300)
{
    long least = check_long(4 * MEGABYTE);
    long most = check_long(24 * MEGABYTE);
    cr_expect_lt(most - least, LONG_CAPTURE_GROWTH_KB, "%ld KB, then %ld KB", least, most);
}
