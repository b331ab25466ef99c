/*
 * The texts that belong to the grammar's rows: for messages, logs and tools. The parser itself needs one of them, the error texts.
 */
#include "tables.h"

#include <string.h>

const char *atw_family_name(atw_family family)
{
    switch (family) {
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) \
    case ATW_FAMILY_##id: return name;
#include "../grammar/family.def"
    case ATW_FAMILY_COUNT:
    default: return "";
    }
}

static bool same_text(const char *left, const char *right)
{
    while (*left != '\0' && *left == *right) {
        left++;
        right++;
    }
    return *left == *right;
}

bool atw_family_from_name(const char *name, atw_family *family)
{
#define FAMILY(id, text, bit, links, servers, close_reasons, manual) \
    if (same_text(name, text)) { \
        *family = ATW_FAMILY_##id; \
        return true; \
    }
#include "../grammar/family.def"
    if (!same_text(name, "sim7600"))
        return false;
    *family = ATW_FAMILY_A7600;
    return true;
}

/* The notation writes blanks of a name as hyphens. */
const char *atw_name_text(atw_name name)
{
    switch (name) {
    case ATW_NAME_IP_ERROR: return "IP-ERROR";
    case ATW_NAME_CME_ERROR: return "CME-ERROR";
    case ATW_NAME_CMS_ERROR: return "CMS-ERROR";
    case ATW_NAME_NO_CARRIER: return "NO-CARRIER";
    case ATW_NAME_NO_DIALTONE: return "NO-DIALTONE";
    case ATW_NAME_NO_ANSWER: return "NO-ANSWER";
    case ATW_NAME_CONNECT_FAIL: return "CONNECT-FAIL";
    case ATW_NAME_SMS_DONE: return "SMS-DONE";
    case ATW_NAME_PB_DONE: return "PB-DONE";
    case ATW_NAME_NORMAL_POWER_DOWN: return "NORMAL-POWER-DOWN";
    case ATW_NAME_RECV_FROM: return "RECV-FROM";
    default: return (unsigned)name < ATW_NAME_COUNT ? (const char *)atw_name_octets((uint8_t)name) : "";
    }
}

const char *atw_param_key(atw_param param)
{
    switch (param) {
#define PARAM(id, key, type, range) \
    case ATW_PARAM_##id: return key;
#include "../grammar/param.def"
    case ATW_PARAM_NO_FIELDS:
    case ATW_PARAM_COUNT:
    default: return "";
    }
}

const char *atw_note_text(atw_note_bit note)
{
    switch (note) {
#define NOTE(id, text, meaning) \
    case ATW_NOTE_BIT_##id: return text;
#include "../grammar/note.def"
    case ATW_NOTE_COUNT:
    default: return "";
    }
}

const char *atw_note_meaning(atw_note_bit note)
{
    switch (note) {
#define NOTE(id, text, meaning) \
    case ATW_NOTE_BIT_##id: return meaning;
#include "../grammar/note.def"
    case ATW_NOTE_COUNT:
    default: return "";
    }
}

const char *atw_line_source(atw_line line)
{
    switch (line) {
#define LINE(id, kind, flags, source, ...) \
    case ATW_LINE_##id: return source;
#include "../grammar/line.def"
    case ATW_LINE_NONE:
    case ATW_LINE_COUNT:
    default: return "";
    }
}

const char *atw_err_text(int32_t err)
{
    switch (err) {
#define ERR(code, text) \
    case code: return text;
#include "../grammar/error.def"
    default: return NULL;
    }
}

const char *atw_err_info_text(int32_t err_info)
{
    switch (err_info) {
#define ERR_INFO(code, text) \
    case code: return text;
#include "../grammar/error.def"
    default: return NULL;
    }
}

const char *atw_close_reason_text(int32_t close_reason)
{
    switch (close_reason) {
#define CLOSE_REASON(code, text) \
    case code: return text;
#include "../grammar/error.def"
    default: return NULL;
    }
}

uint32_t atw_max_response_ms(atw_name name)
{
    switch (name) {
    case ATW_NAME_NETOPEN:
    case ATW_NAME_NETCLOSE:
    case ATW_NAME_CIPOPEN:
    case ATW_NAME_CIPSEND:
    case ATW_NAME_CIPCLOSE: return 120000;
    default: return 0;
    }
}
