/* SPDX-License-Identifier: ISC */
/*
 * gradient: what a small change of each word's embedding does to a target.
 *
 * With F the target (delta.h) as a function of the embeddings x_t:
 *
 *     grad         S(t) = |dF / dx_t|, the Euclidean norm
 *     gradxinput   S(t) = x_t . dF / dx_t
 *     ig           S(t) = integral over q in 0..1 of x_t . dF / dx_t at q x
 *
 * ig is integrated gradients (Sundararajan et al. 2017) on the straight path
 * from zero embeddings, by Gauss and Legendre's nodes.  Its words add up to
 * F(x) - F(0), as far as the nodes are enough.  Where only that counts, and not
 * which nodes they are, nodes that are denser near 0, where gates change most,
 * are enough sooner (quadrature_denser).
 */
#ifndef EXPLAIN_GRADIENT_H
#define EXPLAIN_GRADIENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/option.h"
#include "rnn/delta.h"

struct gradient_method {
	struct option_name is;
	bool path;		/* of nodes, not of x alone */
	bool norm;		/* of the gradient, not along x */
};

/* The last has no name; the first is the default. */
extern const struct gradient_method gradient_methods[];

/* Words that are run at once: more leave the cache. */
enum { GRADIENT_WORDS = 320 };

/* A text, a target, and the scores of its words. */
struct gradient_asked {
	struct rnn_text text;
	struct rnn_target target;
	size_t nodes;		/* of ig; up to NODES_MAX (nodes.h) */
	bool denser;		/* quadrature_denser's */
	double *S;		/* [T] stride apart; they are set */
	size_t stride;
};

struct gradient;

/* did, if not NULL, is called with self when so many steps are done. */
struct gradient *gradient_new(struct model *,
    void (*did)(void *self, size_t steps), void *self);
void gradient_free(struct gradient *);

/* Integrated gradients of n texts. */
void gradient_integrate(struct gradient *, size_t n,
    const struct gradient_asked asked[]);

/*
 * The other methods: run n texts, of GRADIENT_WORDS or so together, whose
 * traces are filled as by rnn_forward for RNN_LOGITS; then score them, each for
 * a target, and again for others.  A text whose S is NULL is passed over.
 */
void gradient_forward(struct gradient *, struct arena *, size_t n,
    const struct rnn_text text[], struct trace trace[]);
void gradient_back(struct gradient *, const struct gradient_method *,
    const struct gradient_asked asked[]);

#endif
