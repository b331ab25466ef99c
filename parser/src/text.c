/*
 * The texts that belong to the grammar's rows: for messages, logs and tools. The parser itself needs none of these functions but
 * atw_err_info_from_text().
 */
#include "tables.h"

/* A row of a table of texts. */
#define CASE(value, text) \
    case value: return text;

const char *atw_family_name(atw_family family)
{
    switch (family) {
#define FAMILY(id, name, bit, links, servers, close_reasons, manual) CASE(ATW_FAMILY_##id, name)
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

/* The notation writes blanks of a name as hyphens. NULL for a name without blanks. */
static const char *hyphenated(atw_name name)
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
    case ATW_NAME_RCV_FROM: return "RCV-FROM";
    case ATW_NAME_PRIMARY_IPV4: return "Primary-IPv4-DNS";
    case ATW_NAME_PRIMARY_IPV6: return "Primary-IPv6-DNS";
    default: return NULL;
    }
}

static const char *text_of(atw_name name)
{
    switch (name) {
#define COMMAND(id, text, lines, order, index, data, context, families, source) CASE(ATW_NAME_##id, text)
#define PREFIX(id, text, lines, families, source) CASE(ATW_NAME_##id, text)
#define WORD(id, text, lines, source) CASE(ATW_NAME_##id, text)
#define HEADER(id, text, lines, families, source) CASE(ATW_NAME_##id, text)
#include "../grammar/name.def"
    case ATW_NAME_AT: return "AT";
    default: return "";
    }
}

const char *atw_name_text(atw_name name)
{
    const char *text = hyphenated(name);
    return text != NULL ? text : text_of(name);
}

const char *atw_param_key(atw_param param)
{
    switch (param) {
#define PARAM(id, key, type, range) CASE(ATW_PARAM_##id, key)
#include "../grammar/param.def"
    case ATW_PARAM_NO_FIELDS:
    case ATW_PARAM_COUNT:
    default: return "";
    }
}

const char *atw_note_text(atw_note_bit note)
{
    switch (note) {
#define NOTE(id, text, meaning) CASE(ATW_NOTE_BIT_##id, text)
#include "../grammar/note.def"
    case ATW_NOTE_COUNT:
    default: return "";
    }
}

const char *atw_note_meaning(atw_note_bit note)
{
    switch (note) {
#define NOTE(id, text, meaning) CASE(ATW_NOTE_BIT_##id, meaning)
#include "../grammar/note.def"
    case ATW_NOTE_COUNT:
    default: return "";
    }
}

const char *atw_line_source(atw_line line)
{
    switch (line) {
#define LINE(id, kind, flags, source, ...) CASE(ATW_LINE_##id, source)
#include "../grammar/line.def"
    case ATW_LINE_NONE:
    case ATW_LINE_COUNT:
    default: return "";
    }
}

const char *atw_err_text(int32_t err)
{
    switch (err) {
#define ERR(code, text) CASE(code, text)
#include "../grammar/error.def"
    default: return NULL;
    }
}

const char *atw_err_info_text(int32_t err_info)
{
    switch (err_info) {
#define ERR_INFO(code, text) CASE(code, text)
#include "../grammar/error.def"
    default: return NULL;
    }
}

/*
 * Texts are found by their hash: the words themselves would cost 436 octets more. Of texts that no manual has, one in 2^32 / 24 is taken
 * for one of theirs.
 */
#define OCTET(text, place) \
    (uint8_t) text[(place) + sizeof text > HASHED_LENGTH ? (place) + sizeof text - 1 - HASHED_LENGTH : sizeof text - 1]
#define HASHED_1(text, place, hash) ATW_HASH_OCTET(hash, OCTET(text, place))
#define HASHED_2(text, place, hash) HASHED_1(text, (place) + 1, HASHED_1(text, place, hash))
#define HASHED_4(text, place, hash) HASHED_2(text, (place) + 2, HASHED_2(text, place, hash))
#define HASHED_12(text, place, hash) \
    HASHED_4(text, (place) + 8, HASHED_4(text, (place) + 4, HASHED_4(text, place, hash)))
#define HASHED(text) \
    ATW_HASH_OCTET(HASHED_12(text, 24, HASHED_12(text, 12, HASHED_12(text, 0, HASH_START))), (uint8_t)(sizeof text - 1))
enum { HASHED_LENGTH = 36 };

static const uint32_t err_info_hashes[] = {
#define ERR_INFO(code, text) HASHED(text),
#include "../grammar/error.def"
#define ERR_INFO_ALSO(code, text) HASHED(text),
#include "../grammar/error.def"
};

#define ERR_INFO(code, text) ATW_ASSERT(sizeof text - 1 <= HASHED_LENGTH, "a text in error.def is too long: " #code);
#define ERR_INFO_ALSO(code, text) ERR_INFO(code, text)
#include "../grammar/error.def"

/* What the rows of error.def are: in the order of their codes, then other spellings, whose codes follow. */
enum {
#define ERR_INFO(code, text) ERR_INFO_PLACE_##code,
#include "../grammar/error.def"
    ERR_INFO_COUNT
};
#define ERR_INFO(code, text) \
    ATW_ASSERT(ERR_INFO_PLACE_##code == (code), "ERR_INFO rows are in the order of their codes");
#include "../grammar/error.def"

static const uint8_t err_info_also[] = {
#define ERR_INFO_ALSO(code, text) code,
#include "../grammar/error.def"
};

int32_t atw_err_info_from_text(const uint8_t *text, size_t length)
{
    const uint32_t hash = ATW_HASH_OCTET(atw_hash(text, length), (uint32_t)length); /* NULs in front count, too */
    for (unsigned i = 0; i < sizeof err_info_hashes / sizeof *err_info_hashes; i++) {
        if (err_info_hashes[i] == hash)
            return (int32_t)(i < ERR_INFO_COUNT ? i : err_info_also[i - ERR_INFO_COUNT]);
    }
    return -1;
}

const char *atw_close_reason_text(int32_t close_reason)
{
    switch (close_reason) {
#define CLOSE_REASON(code, text) CASE(code, text)
#include "../grammar/error.def"
    default: return NULL;
    }
}

/* The documented maximum of every form, and its command. */
static const struct {
    uint32_t ms;
    uint8_t name;
} max_responses[] = {
#define FORM(command, form, families, syntax, order, max_ms, source) {max_ms, ATW_NAME_##command},
#include "../grammar/form.def"
};

uint32_t atw_max_response_ms(atw_name name)
{
    uint32_t longest = 0;
    for (size_t i = 0; i < sizeof max_responses / sizeof *max_responses; i++) {
        if (max_responses[i].name == name && max_responses[i].ms > longest)
            longest = max_responses[i].ms;
    }
    return longest;
}
