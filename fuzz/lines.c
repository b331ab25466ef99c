#include "lines.h"

#include <string.h>

#include "model_rows.h"
#include "notation.h"

#define COUNT_OF(list) (sizeof(list) / sizeof *(list))

static const char *pick(mutator_dice *dice, const char *const *from, size_t count)
{
    return from[mutator_roll(dice, count)];
}

void lines_add_number(buffer *to, mutator_dice *dice)
{
    static const char *const edges[] = {
        "0",
        "1",
        "2",
        "3",
        "4",
        "5",
        "9",
        "10",
        "15",
        "16",
        "-1",
        "-0",
        "00",
        "01",
        "007",
        "+1",
        "255",
        "256",
        "1023",
        "1024",
        "1500",
        "1501",
        "750",
        "751",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "-2147483648",
        "4294967295",
        "4294967296",
        "4294967297",
        "",
        "4294967301",
        "-2147483649",
        "18446744073709551616",
        "18446744073709551621",
        "1e3",
        "0x10",
        "-",
    };
    if (mutator_roll(dice, 3) == 0) {
        buffer_number(to, (int64_t)mutator_roll(dice, 40));
    } else {
        buffer_text(to, pick(dice, edges, COUNT_OF(edges)));
    }
}

static void add_small_number(buffer *to, mutator_dice *dice)
{
    if (mutator_roll(dice, 5) == 0) {
        lines_add_number(to, dice);
    } else {
        buffer_number(to, (int64_t)mutator_roll(dice, 4));
    }
}

void lines_add_hostile(buffer *to, mutator_dice *dice)
{
    static const char *const pieces[] = {
        "\\r\\n",
        "\\r\\nOK\\r\\n",
        "\\r\\nERROR\\r\\n",
        "\\r\\nNO CARRIER\\r\\n",
        "\\r\\nCLOSED\\r\\n",
        "\\n",
        "\\r",
        "> ",
        ">",
        "\\x00",
        "\\x1a",
        "\\x1b",
        "\\x03\\x1a",
        "+++",
        "+IPD5\\r\\n",
        "\\r\\n+IPCLOSE: 0,1\\r\\n",
        "+CIPRXGET: 2,1,4,0\\r\\n",
        "\\r\\nCONNECT\\r\\n",
        "OK",
        "\\r\\nO",
        "\\r\\nOK\\r",
        "\\r\\n\\r\\n",
        "\\xff",
        "\\\"",
        ",",
        ":",
        " ",
        "\\r\\nCONNECT FAIL\\r\\n",
        "AT\\r",
        "RECV FROM:::1:80\\r\\n",
        "\\r\\nCLOSED\\r",
        "\\r\\nNO",
        "+CIPSEND: 0,5,5\\r\\n",
        ";",
        "\\x7f",
    };
    buffer_text(to, pick(dice, pieces, COUNT_OF(pieces)));
}

static void add_hostiles(buffer *to, mutator_dice *dice, size_t most)
{
    for (size_t left = mutator_roll(dice, most + 1); left > 0; left--) {
        lines_add_hostile(to, dice);
    }
}

static const model_name *pick_name(mutator_dice *dice, model_sort sort)
{
    const model_name *name = NULL;
    for (size_t tries = 0; tries < 64 && (name == NULL || name->sort != sort); tries++) {
        name = model_name_of((atw_name)(1 + mutator_roll(dice, ATW_NAME_COUNT - 1)));
    }
    return name != NULL && name->sort == sort ? name : model_name_of(ATW_NAME_CIPSEND);
}

/* The parameters of a write form: numbers mostly, and strings. */
static void add_parameters(buffer *to, mutator_dice *dice)
{
    for (size_t left = 1 + mutator_roll(dice, 4); left > 0; left--) {
        if (mutator_roll(dice, 5) == 0) {
            buffer_text(to, "\"TCP;,\"");
        } else if (mutator_roll(dice, 9) > 0) {
            add_small_number(to, dice);
        }
        buffer_text(to, left > 1 ? "," : "");
    }
}

/* A command without its AT, CR and direction. */
static void add_command(buffer *to, const model_name *name, mutator_dice *dice)
{
    static const char *const unknown[] = {"+FOO", "+XYZ-1", "I", "Z0", "V1", "S7", "&F", "\\\\Q1", "$QC", "+A B", "*N"};
    bool basic = name->text[1] == '\0' || strchr("&S", name->text[0]) != NULL;
    if (mutator_roll(dice, 8) == 0) {
        buffer_text(to, pick(dice, unknown, COUNT_OF(unknown)));
    } else {
        buffer_format(to, "%s%s", basic ? "" : "+", name->text);
    }
    switch (mutator_roll(dice, basic ? 8 : 6)) {
    case 0: buffer_text(to, "?"); break;
    case 1: buffer_text(to, "=?"); break;
    case 2: break;
    case 3:
    case 4:
    case 5:
        buffer_text(to, basic ? "1" : "=");
        if (!basic) {
            add_parameters(to, dice);
        }
        break;
    default: buffer_number(to, (int64_t)mutator_roll(dice, 2)); break;
    }
}

static void add_command_line(buffer *to, const model_name *name, mutator_dice *dice)
{
    static const char *const starts[] = {"AT", "AT", "AT", "AT", "at", "aT", "xAT", "\\nAT", "AAT"};
    buffer_text(to, pick(dice, starts, COUNT_OF(starts)));
    add_command(to, name, dice);
    while (mutator_roll(dice, 8) == 0) {
        buffer_text(to, ";");
        add_command(to, pick_name(dice, MODEL_COMMAND), dice);
    }
    buffer_text(to, mutator_roll(dice, 12) > 0 ? "\\r" : "");
}

void lines_add_command(buffer *to, mutator_dice *dice)
{
    buffer_text(to, "--> ");
    switch (mutator_roll(dice, 8)) {
    case 0:
        buffer_text(to, "DATA"); /* of a payload */
        add_hostiles(to, dice, 3);
        buffer_text(to, mutator_roll(dice, 2) == 0 ? "\\x1a" : "");
        break;
    case 1: buffer_text(to, mutator_roll(dice, 2) == 0 ? "+++" : "A/"); break;
    default: add_command_line(to, pick_name(dice, MODEL_COMMAND), dice); break;
    }
    buffer_text(to, "\n");
}

static const model_line *pick_row(mutator_dice *dice, const char *group)
{
    size_t count = 0;
    size_t start = 0;
    while (start < model_line_count &&
           (model_lines[start].group == NULL || !model_is(model_lines[start].group, group))) {
        start++;
    }
    while (start + 1 + count < model_line_count && model_lines[start + 1 + count].group == NULL) {
        count++;
    }
    return count > 0 ? &model_lines[start + 1 + mutator_roll(dice, count)] : NULL;
}

static void add_value(buffer *to, const model_param *as, mutator_dice *dice)
{
    static const char *const texts[] = {"READY", "LTE",     "1", "(0-3)", "fe80::1", "10.0.0.1", "Network not opened",
                                        "a,b",   "SIM busy"};
    if (model_is(as->type, "LITERAL") && mutator_roll(dice, 8) > 0) {
        buffer_number(to, model_range_of(as->range)->low);
    } else if (model_is(as->type, "INT") || model_is(as->type, "LITERAL") || model_is(as->type, "PORT")) {
        add_small_number(to, dice);
    } else if (model_is(as->type, "STRING")) {
        buffer_format(to, "\"%s\"", pick(dice, texts, COUNT_OF(texts)));
    } else if (model_is(as->type, "PEER")) {
        buffer_text(to, mutator_roll(dice, 2) == 0 ? "2001:db8::1" : "117.131.85.139");
    } else if (model_is(as->type, "TAGGED")) {
        buffer_text(to, "Secondary IPv4 DNS: 8.8.8.8");
    } else if (model_is(as->type, "RANGES")) {
        buffer_text(to, "(0-3),(\"TCP\",\"UDP\")");
    } else {
        buffer_text(to, pick(dice, texts, COUNT_OF(texts)));
    }
}

/* The parameters of a row, an optional one sometimes left out. */
static void add_values(buffer *to, const model_line *row, mutator_dice *dice)
{
    for (size_t i = 0; i < MODEL_PARAMS && row->params[i] != 0; i++) {
        const model_param *as = model_param_of(row->params[i]);
        if (row->params[i] < 0 && mutator_roll(dice, 3) == 0) {
            return;
        }
        if (i > 0) {
            buffer_text(to, model_is(as->type, "PORT") ? ":" : ",");
        }
        if (row->params[i] > 0 || mutator_roll(dice, 6) > 0) {
            add_value(to, as, dice);
        }
    }
}

static void add_prefix(buffer *to, const model_name *name, mutator_dice *dice)
{
    if (name->id == ATW_NAME_IPD) {
        buffer_text(to, mutator_roll(dice, 4) == 0 ? "+IPD " : "+IPD");
    } else if (name->id == ATW_NAME_RECEIVE) {
        buffer_text(to, "+RECEIVE,");
    } else if (name->sort == MODEL_HEADER) {
        buffer_format(to, "%s%s:", mutator_roll(dice, 4) == 0 ? "+" : "", name->text);
    } else {
        buffer_format(to, "%s%s:%s", mutator_roll(dice, 16) > 0 ? "+" : "*", name->text,
                      mutator_roll(dice, 8) > 0 ? " " : "");
    }
}

/* A line of the module, without its ends. */
static void add_answer(buffer *to, const model_name *name, mutator_dice *dice)
{
    const model_line *row = pick_row(dice, name->lines);
    if (name->sort == MODEL_WORD || row == NULL) {
        buffer_format(to, name->sort == MODEL_WORD ? "%s" : "+%s: 1", name->text);
        if (name->id == ATW_NAME_CONNECT && mutator_roll(dice, 2) == 0) {
            buffer_text(to, mutator_roll(dice, 2) == 0 ? " 115200" : "9600");
        }
        return;
    }
    add_prefix(to, name, dice);
    add_values(to, row, dice);
}

static void add_line_end(buffer *to, mutator_dice *dice)
{
    static const char *const ends[] = {"\\r\\n", "\\r\\n", "\\r\\n", "\\r\\n", "\\n", "\\r\\r\\n", " \\r\\n", "\\r"};
    buffer_text(to, pick(dice, ends, COUNT_OF(ends)));
}

static const model_name *pick_answer(mutator_dice *dice)
{
    static const model_sort sorts[] = {MODEL_COMMAND, MODEL_PREFIX, MODEL_PREFIX, MODEL_WORD, MODEL_WORD, MODEL_HEADER};
    return pick_name(dice, sorts[mutator_roll(dice, COUNT_OF(sorts))]);
}

void lines_add_answer(buffer *to, mutator_dice *dice)
{
    buffer_text(to, "<-- ");
    buffer_text(to, mutator_roll(dice, 2) == 0 ? "\\r\\n" : "");
    add_answer(to, pick_answer(dice), dice);
    add_line_end(to, dice);
    buffer_text(to, "\n");
}

void lines_add_payload(buffer *to, mutator_dice *dice)
{
    static const char *const heads[] = {"+IPD", "+RECEIVE,1,", "+CIPRXGET: 2,1,", "+CIPRXGET: 3,1,"};
    static const char *const tails[] = {"\\r\\n", ":\\r\\n", ",0\\r\\n", ",0\\r\\n"};
    size_t by = mutator_roll(dice, COUNT_OF(heads));
    buffer payload = {0};
    add_hostiles(&payload, dice, 5);
    /* Escapes count one octet each: `\xNN` is four characters, the others two. */
    size_t count = 0;
    const char *text = buffer_string(&payload);
    for (size_t at = 0; at < payload.count; count++) {
        at += text[at] != '\\' ? 1 : text[at + 1] == 'x' ? 4 : 2;
    }
    count = by == 3 ? count / 2 : count;
    count += mutator_roll(dice, 8) == 0 ? 1 : 0;
    buffer_format(to, "<-- %s%zu%s", heads[by], count, tails[by]);
    buffer_text(to, mutator_roll(dice, 3) == 0 ? "\n<-- " : "");
    buffer_add(to, text, payload.count);
    buffer_text(to, mutator_roll(dice, 2) == 0 ? "\\r\\n\n" : "\n");
    buffer_free(&payload);
}

/* The command's line again, as the module echoes it. */
static void add_echo(buffer *to, size_t from)
{
    size_t length = to->count - from;
    buffer copy = {0};
    buffer_add(&copy, to->octets + from + strlen("--> "), length - strlen("--> "));
    buffer_format(to, "<-- %s", buffer_string(&copy));
    buffer_free(&copy);
}

static void add_final(buffer *to, mutator_dice *dice)
{
    static const char *const codes[] = {"OK", "OK", "OK", "OK", "ERROR", "+CME ERROR: 3", "NO CARRIER", "CONNECT"};
    buffer_format(to, "<-- \\r\\n%s\\r\\n\n", pick(dice, codes, COUNT_OF(codes)));
}

void lines_add_exchange(buffer *to, mutator_dice *dice)
{
    const model_name *name = pick_name(dice, MODEL_COMMAND);
    size_t start = to->count;
    buffer_text(to, "--> ");
    add_command_line(to, name, dice);
    buffer_text(to, "\n");
    if (mutator_roll(dice, 3) == 0) {
        add_echo(to, start);
    }
    if (!model_is(name->data, "NO_DATA") && mutator_roll(dice, 4) > 0) {
        buffer_text(to, mutator_roll(dice, 2) == 0 ? "<-- \\r\\n>\n" : "<-- \\r\\n> \n");
        buffer_text(to, mutator_roll(dice, 2) == 0 ? "--> HELLO\n" : "--> HI\\x1a\n");
    }
    bool first = mutator_roll(dice, 2) == 0;
    if (first) {
        add_final(to, dice);
    }
    for (size_t left = mutator_roll(dice, 3); left > 0; left--) {
        buffer_text(to, "<-- \\r\\n");
        add_answer(to, name, dice);
        buffer_text(to, "\\r\\n\n");
    }
    if (!first) {
        add_final(to, dice);
    }
}

void lines_add_setting(buffer *to, mutator_dice *dice)
{
    static const char *const settings[] = {
        "family: a76xx",
        "family: a7600",
        "family: sim7028",
        "family: sim7x00",
        "family: any",
        "config: line=16",
        "config: line=40",
        "config: line=1",
        "config: ceiling=8",
        "config: command=8",
        "config: command=0",
        "config: closed-ends-data=1",
        "--! dtr",
        "--! abandon",
        "--> +++",
        "--> ATE1\\r\n<-- \\r\\nOK\\r\\n",
        "--> ATE0\\r\n<-- \\r\\nOK\\r\\n",
        "--> ATD*99#\\r\n<-- \\r\\nCONNECT\\r\\n",
    };
    buffer_text(to, pick(dice, settings, COUNT_OF(settings)));
    buffer_text(to, "\n");
}

static void add_event_value(buffer *to, const model_param *as, mutator_dice *dice)
{
    bool number = model_is(as->type, "INT") || model_is(as->type, "LITERAL") || model_is(as->type, "PORT");
    buffer value = {0};
    add_value(&value, as, dice);
    bool quoted = model_is(as->type, "STRING");
    buffer_format(to, " %s=%s", as->key, number || quoted ? "" : "\"");
    buffer_add(to, value.octets, value.count);
    buffer_text(to, number || quoted ? "" : "\"");
    buffer_free(&value);
}

static void add_event_name(buffer *to, const model_name *name)
{
    buffer_octet(to, ' ');
    for (const char *at = name->text; *at != '\0'; at++) {
        buffer_octet(to, *at == ' ' ? '-' : *at);
    }
}

void lines_add_event(buffer *to, mutator_dice *dice)
{
    const model_name *name = pick_answer(dice);
    const model_line *row = pick_row(dice, name->lines);
    if (row == NULL) {
        buffer_text(to, "    urc XINFO raw=\"1\"\n");
        return;
    }
    buffer_format(to, "    %s", notation_kind_text(row->kind));
    add_event_name(to, name);
    for (size_t i = 0; i < MODEL_PARAMS && row->params[i] != 0; i++) {
        const model_param *as = model_param_of(row->params[i]);
        if (*as->key != '\0' && (row->params[i] > 0 || mutator_roll(dice, 3) > 0)) {
            add_event_value(to, as, dice);
        }
    }
    buffer_text(to, "\n");
}

void lines_add_data_event(buffer *to, mutator_dice *dice)
{
    static const char *const heads[] = {"    urc IPD len=1\n    data len=1 \"",
                                        "    urc RECEIVE link_num=1 len=1\n    data len=1 \"",
                                        "    info CIPRXGET mode=2\n    data len=1 \"",
                                        "    info CIPRXGET mode=3\n    data len=1 form=hex \"",
                                        "    stream \"",
                                        "    stream \""};
    buffer_text(to, pick(dice, heads, COUNT_OF(heads)));
    add_hostiles(to, dice, 6);
    buffer_text(to, "\"\n");
}
