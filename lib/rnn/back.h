/* SPDX-License-Identifier: ISC */
/*
 * back: forward and backward passes (back-propagation through time).
 *
 * The networks are those of forward.h.  The caller provides the input of the
 * first layer, and computes the gradients that it wants from those of p and q
 * at each step: learner.h sums them for training, delta.h keeps each word's for
 * attribution.
 *
 * Texts of a batch run in lockstep, longest first, and the rows of a step lie
 * together: row off[t] + i is text order[i] at step t, in the order in which
 * the direction reads.  So a step is one product for all texts that are still
 * running, and the gradient of W_hh is one product over the rows of all steps.
 * Padding is never computed.  Products with the weights use packed.h, so a
 * text's numbers do not depend on the other texts of the batch.
 *
 * Between layers a word's row is that of the forward direction; the reverse
 * direction reads at its row r the word of row input[1][r].
 *
 *     p = W_ih x + b            q = W_hh h_before
 *     dW_ih = sum  dp x^T       dW_hh = sum over rows  dq h_before^T
 *
 * The caller runs the layers one by one, upwards and then downwards, so that it
 * can change what passes between them (dropout).
 */
#ifndef RNN_BACK_H
#define RNN_BACK_H

#include <stdbool.h>

#include "rnn/ahead.h"
#include "rnn/batch.h"
#include "rnn/sweep.h"

/*
 * The forward pass of a layer.  In the first layer the caller has set input,
 * inputs and p of each direction; above it, they are computed from y of the
 * layer below.
 */
void rnn_back_forward(struct rnn_back *, size_t layer);

/*
 * Back through one direction of a layer: dp, and the gradient of q (in q); with
 * rows (batch.h), they get dp of the first layer, and q is not kept.  With
 * start, the state before the first step (ahead.h), flow is the gradient of the
 * state after the last step, and receives that of start; dy is then the only
 * other source.  If pooling is last alone the top layer has no dy.  With start
 * NULL, flow is not used.  sweep may be NULL.
 */
void rnn_back_run_back(struct rnn_back *, size_t layer, size_t d,
    const struct rnn_state *start, const struct rnn_state *flow,
    const struct rnn_sweep *sweep);

/*
 * From dp of a direction, the gradient dy [N][F] of the layer below: direction
 * 0 sets it, direction 1 adds to it.
 */
void rnn_back_below(struct rnn_back *, size_t layer, size_t d, float *dy);

/* The backward pass of a layer: dp, the gradient of q (in q), and dy of the
 * layer below.  sweep may be NULL. */
void rnn_back_backward(struct rnn_back *, size_t layer,
    const struct rnn_sweep *sweep);

#endif
