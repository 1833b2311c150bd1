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

enum {
	GRADIENT_WORDS = 320,	/* run at once: more leave the cache */
	GRADIENT_NODES = 16,		/* of ig, unless they are chosen */
	GRADIENT_NODES_MAX = 1024,
};

/* A text, a target, and the scores of its words. */
struct gradient_asked {
	struct rnn_text text;
	struct rnn_target target;
	size_t nodes;		/* of ig; up to GRADIENT_NODES_MAX */
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

/*
 * How many of the denser nodes a text is likely to need for a tolerance.
 * At least 8: with fewer, the words' errors can add up to 0 by chance.
 */
size_t gradient_nodes(double tolerance);

/* What is known of an integral that shall be complete to a tolerance. */
struct gradient_progress {
	size_t nodes;		/* that it was last done with */
	double missed;		/* F(x) - F(0) less sum S, parts of sum |S| */
	unsigned stalls;	/* times that more nodes did not help */
};

/*
 * Whether to do it again: then nodes are set, else they remain.  The error
 * falls about as a constant to the power of nodes, so they are as many as the
 * last one promises to be enough.  Not if it was, not with more than
 * GRADIENT_NODES_MAX nodes, and not where the error is single precision's: it
 * is below rounding, and three times more nodes did not help.
 */
bool gradient_more(struct gradient_progress *, double missed,
    double tolerance, double rounding);

/* Whether that was the reason. */
bool gradient_rounds(const struct gradient_progress *);

#endif
