/**
 * @file
 * The adapter protocol's texts: what an adapter says first, and how a case is put to it.
 */
#ifndef ATWIRE_CONFORMANCE_ADAPTER_PROTOCOL_H
#define ATWIRE_CONFORMANCE_ADAPTER_PROTOCOL_H

#include "adapter_level.h"
#include "player.h"

/** How an adapter introduces itself; for messages. */
#define ADAPTER_HELLO "atwire-adapter 1 NAME VERSION level=framing|classify|values|complete"

/** What an adapter says of itself. */
typedef struct adapter_hello {
    char name[64];
    char version[64];
    adapter_level level;
} adapter_hello;

/** Read an adapter's first line. @retval false  it is none; *to is undefined */
bool adapter_hello_read(adapter_hello *to, const char *line);

/**
 * Append a case as the protocol puts it, from `case` to `end`.
 *
 * @param last  the last step that is put; the steps behind it are left out
 * @param how   the cutting; uncut, each stretch is one `rx` line, and so a block of expected lines ends it
 */
void adapter_case_print(buffer *to, const char *id, const script *what, size_t last, const cutting *how);

#endif
