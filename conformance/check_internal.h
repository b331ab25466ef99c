/**
 * @file
 * What the parts of a check share: how something found is told, and the two directions.
 */
#ifndef ATWIRE_CONFORMANCE_CHECK_INTERNAL_H
#define ATWIRE_CONFORMANCE_CHECK_INTERNAL_H

#include "check.h"

/** The texts of something found, to be written before check_tell(): emptied, and never more than one set at a time. */
typedef struct check_words {
    buffer *what;
    buffer *manual;
    buffer *came;
} check_words;

/** @return the three texts, emptied. */
check_words check_speak(check *in);

/** Tell the listener what the texts say. */
void check_tell(check *in, check_weight weight, const char *rule, const check_place *at);

/** @return where an octet received stands. */
check_place check_place_of(const check *in, uint64_t received);

/** The parser delivered an event. */
void check_event(check *in, const atw_event *event);

/** The host wrote octets: the parser is told, and commands are registered. */
void check_host_sent(check *in, const uint8_t *octets, size_t count);

/** The host's part of an exchange is over: it owes no payload any more. */
void check_host_owes_nothing(check *in);

/** An exchange is over: it is counted, and told if it deviates. */
void check_end_exchange(check *in, check_exchange *which, check_outcome outcome);

/** All open exchanges are over. */
void check_end_exchanges(check *in, check_outcome outcome);

#endif
