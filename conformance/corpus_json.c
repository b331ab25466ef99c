#include "corpus_json.h"

/* Everything that goes in is ASCII, by the readers' rules and the notation's escapes. */
json_t *text_or_null_json(const char *text)
{
    return text != NULL && *text != '\0' ? json_string(text) : json_null();
}

json_t *corpus_case_json(const corpus_case *from)
{
    const transcript *text = &from->transcript;
    json_t *covers = json_array();
    for (size_t i = 0; i < text->covers_count; i++) {
        json_array_append_new(covers, json_string(text->covers[i]));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:o, s:o, s:s}", "id", from->id, "family",
                     atw_family_name(text->script.family), "title", text->title, "source", text->source, "level",
                     text->level, "covers", covers, "note", text_or_null_json(text->note), "file", from->file);
}

json_t *ledger_row_json(const ledger_row *from)
{
    json_t *cases = json_array();
    for (size_t i = 0; i < from->case_count; i++) {
        json_array_append_new(cases, json_string(from->cases[i]->id));
    }
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:o}", "id", from->id, "family", from->family, "kind",
                     from->kind, "manual", from->manual, "section", from->section, "level", from->level, "statement",
                     from->statement, "reason", from->reason, "cases", cases);
}
