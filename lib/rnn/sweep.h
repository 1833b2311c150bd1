/* SPDX-License-Identifier: ISC */
/*
 * sweep: the rows of a pass back (back.h), each through its own step.
 *
 * A row is text order[i] at step t of a direction, row off[t] + i.
 */
#ifndef RNN_SWEEP_H
#define RNN_SWEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "rnn/batch.h"

/* A state, or its gradient, of n texts, or of one. */
struct rnn_state {
	float *h;		/* [n][H] */
	float *c;		/* [n][H]; not read if the cell has no c */
};

/*
 * A pass back that is not that of the gradient, or that is watched.
 *
 * If later is set, it is called at each row, from a direction's last step to
 * its first, with what later steps give to the row's state (flow), and at a
 * text's end with what pooling gives to the last state (ends); but without what
 * other pooling and the layer above give to h at this step.
 *
 * What flows is the gradient, or, if one of these is set:
 *
 *     alone      half's multipliers (presence.h).  It sets gate[i], for the n
 *                rows of a direction's step t, to what the step keeps, [K][H],
 *                when it runs from the state zero; in layers above the first
 *                also with input zero
 *     reference  the multipliers between each step and that of the reference,
 *                whose texts have the same lengths in the same order and have
 *                been run forward
 *     lrp        relevance (lanes.h), of the difference from the reference; if
 *                that is NULL, of the text itself
 *
 * A sweep leaves q, and with later it sets dp above the first layer alone.
 */
struct rnn_step {
	size_t layer, d;
	size_t i, t;		/* text order[i], the direction's step t */
	struct rnn_state flow, now, before;	/* [H] each; before the step */
};

struct rnn_sweep {
	void (*later)(void *self, const struct rnn_step *);
	void (*alone)(void *self, size_t layer, size_t d, size_t t, size_t n,
	    const float *gate[]);
	void *self;
	const struct rnn_back *reference;
	const struct lanes_rule *lrp;
};

/* True if what flows is not the gradient, and if the weights of attention are
 * held; sweep may be NULL. */
bool rnn_sweep_compares(const struct rnn_sweep *);
bool rnn_sweep_holds(const struct rnn_sweep *);

/* The row and what flows to it; flow is that of dh and dc of the batch. */
struct rnn_step rnn_sweep_step(const struct rnn_back *, size_t layer, size_t d,
    size_t t, size_t i);

/* Add the gradient dS of a row to that of its state, dh [H] and dc [H]. */
void rnn_sweep_join_state(const struct rnn_back *, const struct rnn_pass *,
    size_t row, float *dh, float *dc);

/* Add the gradients dA and dO of a row to dq [G H] and dp [G H]. */
void rnn_sweep_join_gates(const struct rnn_back *, const struct rnn_pass *,
    size_t row, float *dq, float *dp);

/* A row back; dh, dc, dq and dp are its own, as in lanes_back. */
void rnn_sweep_back(const struct rnn_back *, size_t layer, size_t d, size_t t,
    size_t i, const struct rnn_sweep *, float *dh, float *dc, float *dq,
    float *dp);

/* A row back through its reset gate, from dx [H], the gradient of what the
 * second product reads (second.h). */
void rnn_sweep_reset(const struct rnn_back *, size_t layer, size_t d, size_t t,
    size_t i, const struct rnn_sweep *, const float *dx, float *dh, float *dq,
    float *dp);

#endif
