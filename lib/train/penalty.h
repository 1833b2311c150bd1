/* SPDX-License-Identifier: ISC */
/*
 * penalty: REAT's scores of marked words as a part of the loss.
 *
 * As in Ross et al., "Right for the Right Reasons: Training Differentiable
 * Models by Constraining their Explanations", IJCAI 2017, with REAT's scores in
 * the place of input gradients.  Equations in penalty.c.
 */
#ifndef TRAIN_PENALTY_H
#define TRAIN_PENALTY_H

#include <stdbool.h>

#include "rnn/back.h"

struct arena;

struct penalty {
	double weight;		/* of the penalty in the loss; 0: there is no
				 * penalty */
	const bool *marked;	/* [V] rows of the vocabulary */
};

/*
 * After the forward pass and rnn_pool: return the penalty of the batch, times
 * its weight.  Add its gradient to that of the output layer's weight
 * [rows][directions H], and set dS, dA and dO of the top layer's passes
 * (back.h).  They are in the arena, or NULL if no word is marked.
 */
double penalty_gradients(const struct penalty *, struct arena *,
    struct rnn_back *, float *weight);

#endif
