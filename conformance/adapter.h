/**
 * @file
 * Another implementation, tested as a child process: one for all cases, started again when it
 * has died or lost its way.
 */
#ifndef ATWIRE_CONFORMANCE_ADAPTER_H
#define ATWIRE_CONFORMANCE_ADAPTER_H

#include "adapter_process.h"
#include "adapter_protocol.h"

/** Time for one run of a case in milliseconds, where the user names none; and the least time for a start. */
#define ADAPTER_TIMEOUT_MS 5000
/** After so many timeouts in a row, or starts that failed, the child is not asked again. */
#define ADAPTER_GIVE_UP 10

/** An implementation. To be closed by adapter_close(). */
typedef struct adapter {
    const char *command; /**< for /bin/sh; borrowed */
    unsigned timeout_ms; /**< for one run of a case */
    unsigned granted_ms; /* for what is going on */
    adapter_hello hello;
    adapter_process process; /* runs while process.group is not 0 */
    unsigned failures;       /* timeouts and failed starts in a row */
    buffer question;
} adapter;

/** What an adapter answered. */
typedef enum adapter_reply {
    ADAPTER_REPLY_EVENTS,
    ADAPTER_REPLY_SKIP,   /**< it does not take this case */
    ADAPTER_REPLY_CRASH,  /**< it ended, broke the protocol, or could not be started */
    ADAPTER_REPLY_TIMEOUT /**< it did not answer in time */
} adapter_reply;

/** One answer. Zero-initialise; to be freed by adapter_answer_free(). */
typedef struct adapter_answer {
    adapter_reply reply;
    buffer reason; /**< of everything but events */
    buffer text;   /**< the event lines, each with a NUL behind it */
    size_t count;  /**< of lines */
} adapter_answer;

/**
 * Start an implementation and hear what it says of itself.
 *
 * @param[out] to      written whole; to be closed whatever comes back
 * @param[out] reason  why it failed is appended
 * @retval false       it could not be started, or does not say ADAPTER_HELLO first
 */
bool adapter_open(adapter *to, const char *command, unsigned timeout_ms, buffer *reason);

/**
 * Let the implementation end.
 *
 * @param[out] reason  if it does not do so well, why is appended
 * @return whether it did; true, too, if it was not running
 */
bool adapter_close(adapter *from, buffer *reason);

/**
 * Put a case, or its first steps, and hear the answer. Never fails: what the child does wrong is an answer, too.
 *
 * @param last  the last step that is put
 */
void adapter_ask(adapter *with, adapter_answer *to, const char *id, const script *what, size_t last,
                 const cutting *how);

/** Free an answer; it is empty then and may be used again. */
void adapter_answer_free(adapter_answer *from);

#endif
