/* SPDX-License-Identifier: ISC */
/*
 * gradient: how a target changes with the embedding of each word.
 *
 * With F the target (delta.h) as a function of the embeddings x_t:
 *
 *     grad         S(t) = |dF / dx_t|, the Euclidean norm
 *     gradxinput   S(t) = x_t . dF / dx_t
 *     ig           S(t) = integral over q in 0..1 of x_t . dF / dx_t at q x
 *     ignorm       the Euclidean norm of the vector of the D terms that ig adds
 *
 * ig is integrated gradients (Sundararajan et al. 2017) on the straight path
 * from zero embeddings, with Gauss-Legendre nodes.  Its words add up to
 * F(x) - F(0) if there are enough nodes (nodes.h).  Fewer are enough if they
 * are denser near 0, where the gates change most (quadrature_denser).
 *
 * Two methods are means over random points (samples.h):
 *
 *     smoothgrad   x_t . G_t with G_t the mean of dF / dx_t at x + noise
 *     smoothnorm   |G_t|
 *     expected     the mean of (x_t - f_t) . dF / dx_t at f + q (x - f): over
 *                  texts f of a background, and q in 0..1
 */
#ifndef EXPLAIN_GRADIENT_H
#define EXPLAIN_GRADIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "math/random.h"
#include "rnn/delta.h"

/* Words that run together: more do not fit into the cache. */
enum { GRADIENT_WORDS = 320 };

/* Where the random points of a task lie. */
struct gradient_samples {
	struct random random;	/* its next numbers */
	const int32_t **from;	/* [texts][T] the words f of texts that paths
				 * begin at; NULL: points lie around x */
	size_t texts;
	uint64_t seed;		/* around x: of the noise */
	double deviation;	/* of each number of a vector */
};

/* A text, a target, and the scores of its words. */
struct gradient_task {
	struct rnn_text text;
	struct rnn_target target;
	const struct gradient_samples *samples;	/* or NULL: ig */
	size_t nodes;		/* of ig, up to NODES_MAX (nodes.h); or the
				 * number of samples */
	bool denser;		/* the nodes of quadrature_denser */
	double *S;		/* [T], stride apart: the scores, set */
	double *norm;		/* the same, of ignorm or smoothnorm, or NULL */
	size_t stride;
};

struct gradient;

/* did, if not NULL, is called with the number of steps just done. */
struct gradient *gradient_new(struct model *,
    void (*did)(void *self, size_t steps), void *self);
void gradient_free(struct gradient *);

/*
 * Compute the integrals, or means, of n texts.  With norm, in all tasks or in
 * none, this takes a product with W_ih for each word and node, and up to 32 MB
 * for the vectors of a text; those of a longer text are computed in parts, each
 * in the time of all nodes.
 */
void gradient_integrate(struct gradient *, size_t n,
    const struct gradient_task task[]);

/*
 * The other methods.  gradient_forward runs n texts, about GRADIENT_WORDS words
 * in all, and fills their traces as rnn_forward does for RNN_LOGITS.
 * gradient_back scores each of them for a target; it may be called again with
 * other targets.  It skips a text whose S is NULL.  With norm, the score is the
 * gradient's length (grad), otherwise gradxinput.
 */
void gradient_forward(struct gradient *, struct arena *, size_t n,
    const struct rnn_text text[], struct trace trace[]);
void gradient_back(struct gradient *, bool norm,
    const struct gradient_task task[]);

#endif
