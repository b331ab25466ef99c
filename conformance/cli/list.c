/* atwire list: cases and requirements. */
#include <stdio.h>

#include "cli.h"
#include "corpus_json.h"

static const char help[] =
    "usage: atwire list [--json] [--corpus DIR]\n"
    "\n"
    "Prints every case and every row of the ledger, one a line:\n"
    "  case ID FAMILY LEVEL TITLE\n"
    "  row ID KIND LEVEL CASES STATEMENT   (CASES: how many cover it)\n"
    "\n"
    "  --json        one JSON object instead: cases and requirements, each with what refers to it\n"
    "  --corpus DIR  another corpus folder; default: $ATWIRE_CORPUS or the one it was built with\n"
    "\n"
    "exit status: 0 good, 2 usage or bad input\n";

static void print_text(const corpus *cases, const ledger *rows)
{
    for (size_t i = 0; i < cases->count; i++) {
        const corpus_case *one = &cases->cases[i];
        printf("case %s %s %s %s\n", one->id, atw_family_name(one->transcript.script.family), one->transcript.level,
               one->transcript.title);
    }
    for (size_t i = 0; i < rows->count; i++) {
        const ledger_row *row = &rows->rows[i];
        printf("row %s %s %s %zu %s\n", row->id, row->kind, row->level, row->case_count, row->statement);
    }
}

static void print_json(const corpus *cases, const ledger *rows)
{
    json_t *all_cases = json_array();
    json_t *all_rows = json_array();
    for (size_t i = 0; i < cases->count; i++) {
        json_array_append_new(all_cases, corpus_case_json(&cases->cases[i]));
    }
    for (size_t i = 0; i < rows->count; i++) {
        json_array_append_new(all_rows, ledger_row_json(&rows->rows[i]));
    }
    json_t *all = json_pack("{s:o, s:o}", "cases", all_cases, "requirements", all_rows);
    json_dumpf(all, stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(all);
}

static int list(const char *folder, bool json)
{
    corpus cases = {0};
    ledger rows = {0};
    source_error error;
    bool good = corpus_load(&cases, folder, &error) && ledger_load(&rows, folder, &error);
    if (good) {
        buffer gaps = {0};
        ledger_map(&rows, &cases, &gaps);
        buffer_free(&gaps);
        (json ? print_json : print_text)(&cases, &rows);
    }
    ledger_free(&rows);
    corpus_free(&cases);
    return good ? CLI_GOOD : cli_input_error(error.message);
}

int list_command(int argc, char **argv)
{
    static const struct option options[] = {{"json", no_argument, NULL, 'j'},
                                            {"corpus", required_argument, NULL, 'd'},
                                            {"help", no_argument, NULL, 'h'},
                                            {NULL, 0, NULL, 0}};
    const char *folder = corpus_folder();
    bool json = false;
    int option;
    while ((option = cli_option(argc, argv, options)) != -1) {
        if (option == '?') {
            return CLI_USAGE;
        }
        if (option == 'h') {
            fputs(help, stdout);
            return CLI_GOOD;
        }
        json = json || option == 'j';
        folder = option == 'd' ? optarg : folder;
    }
    return optind < argc ? cli_usage_error(argv[0], "unexpected argument '%s'", argv[optind]) : list(folder, json);
}
