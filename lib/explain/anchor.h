/* SPDX-License-Identifier: ISC */
/*
 * anchor: the fewest words that, while they are there, hold the prediction.
 *
 * Samples of a text are made in which each word outside a rule is replaced by
 * UNK with the probability 1/2.
 *
 *     rule      not bad       The film is not bad at all        positive
 *     samples                 UNK film UNK not bad at UNK       positive
 *                             The UNK UNK not bad UNK all       positive
 *
 *     precision   the share of such samples with the prediction of the text
 *     coverage    the share of samples without a rule that fulfil it: 2^-k for
 *                 a rule of k words
 *
 * A rule is an anchor if its precision is at least 1 - tolerance.  A rule with
 * fewer words has more coverage, so the anchor with the fewest words is
 * searched, by a beam, and the best rules of a size are found by lucb.h.
 *
 * Source: Ribeiro, Singh and Guestrin, "Anchors: high-precision model-agnostic
 * explanations", 2018.
 */
#ifndef EXPLAIN_ANCHOR_H
#define EXPLAIN_ANCHOR_H

#include <stdint.h>

#include "explain/reduce.h"
#include "math/random.h"

struct anchor_search {
	int32_t unk;		/* the id of UNK */
	double tolerance;
	size_t beam;
	struct random random;
};

struct anchor {
	/* complete is false if the search was ended by most: the rule is then
	 * the best so far, and its precision may be less than 1 - tolerance */
	struct reduced rule;
	double precision, coverage;
};

struct anchor anchor_find(const struct reduce *, struct anchor_search);

#endif
