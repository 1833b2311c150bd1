/* SPDX-License-Identifier: ISC */
/*
 * attack_greedy: attacks that change one word after the other (attack.h).
 */
#ifndef EXPLAIN_ATTACK_GREEDY_H
#define EXPLAIN_ATTACK_GREEDY_H

#include <stdbool.h>

struct attack_search;

/* Each returns false if the search ended before its end (attack_try). */
bool attack_fixed(struct attack_search *);	/* pwws */
bool attack_weighed(struct attack_search *);	/* pwws-textattack */
bool attack_important(struct attack_search *);	/* textfooler */

#endif
