/**
 * @file
 * What a generated test of a corpus case calls.
 */
#ifndef ATWIRE_CONFORMANCE_SUITES_CASE_H
#define ATWIRE_CONFORMANCE_SUITES_CASE_H

/** Run one case, cut in every way, and fail the present test with an explanation if it does not pass. */
void suite_case(const char *id);

#endif
