/* SPDX-License-Identifier: ISC */
/*
 * contextual_pool: what pooling reads of the parts of spans (contextual.h).
 *
 * Pooling is linear once its weights are chosen: the text's own states choose
 * the word of the largest number, and the attention.
 */
#ifndef RNN_CONTEXTUAL_POOL_H
#define RNN_CONTEXTUAL_POOL_H

#include <stddef.h>

struct arena;
struct model;

/* The states of the top layer: row 0 is the text's, then the parts'. */
struct part_states {
	const struct model *m;
	size_t T, n;		/* words, parts */
	size_t F, P;		/* directions H; numbers of the features */
	const float *y;		/* [T][1 + n][F]; not read if pooling is last
				 * alone */
	const float *last;	/* [1 + n][F] after the last step */
};

/* Set f [n][P] to the parts' features. */
void contextual_pool(const struct part_states *, struct arena *, float *f);

#endif
