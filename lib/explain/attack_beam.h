/* SPDX-License-Identifier: ISC */
/*
 * attack_beam: attacks that follow several texts of one number of changes.
 */
#ifndef EXPLAIN_ATTACK_BEAM_H
#define EXPLAIN_ATTACK_BEAM_H

#include <stdbool.h>

struct attack_search;

/* Each returns false if the search ended before its end (attack_try). */
bool attack_erasing(struct attack_search *);	/* beam */
bool attack_swapping(struct attack_search *);	/* beam-swap */

#endif
