/* SPDX-License-Identifier: ISC */
/*
 * ahead: the forward pass of back.h, one direction of a layer.
 *
 * Functions have the names of back.h, whose equations it computes.
 */
#ifndef RNN_AHEAD_H
#define RNN_AHEAD_H

#include "rnn/batch.h"
#include "rnn/sweep.h"

/* Set p of a direction in a layer above the first, from y [N][F] of the layer
 * below. */
void rnn_back_inputs(struct rnn_back *, size_t layer, size_t d,
    const float *y);

/*
 * Run a direction.  start is the state before the first step; NULL is zero.
 * The caller has set input and inputs of the direction, and p unless there are
 * rows (batch.h).
 */
void rnn_back_run(struct rnn_back *, size_t layer, size_t d,
    const struct rnn_state *start);

#endif
