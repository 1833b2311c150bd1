/* SPDX-License-Identifier: ISC */
/*
 * The gradient of a score with respect to each word, at a scale q of all words,
 * from delta_t = dF / dp_t, p_t = q P_t + b (passes.c).  If the words come from
 * others, P_t - W_ih f_t is in the place of P_t.
 *
 * The derivative along the embedding needs no product with W_ih, since
 *
 *     d p_t / d q = P_t      =>      dF / dq = sum over t of P_t . delta_t
 *
 * and a word's part of that sum, P_t . delta_t = (dF / dx_t) . e_t, is its
 * gradient x input at q = 1, and its integrand in integrated gradients.  Only
 * the gradient itself (-a grad) multiplies by W_ih^T (embed_gradient).
 *
 * Easy to get wrong: both directions' dp have a word in its row of the forward
 * direction.
 */
#include "rnn/delta.h"

#include <stdlib.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "math/packed.h"
#include "model/model.h"
#include "rnn/inputs.h"
#include "rnn/trace.h"

/* Words whose gradients are multiplied at once, at most. */
enum { AT_ONCE = 240 };

struct rnn_delta {
	struct passes *passes;
	struct arena *arena;	/* of what follows */
	float *ih_back[2];	/* W_ih^T of the first layer, packed */
	size_t at_once;
	float *x;		/* [at_once][D] */
	struct rnn_buffer dx;	/* [N][D]; with one direction, of a segment */
	struct rnn_sweep rule;

	/* the pass back */
	struct rnn_run *run;
	rnn_delta_word *word;
	void *self;
};

struct rnn_delta *
rnn_delta_new(struct model *m)
{
	struct rnn_delta *r = mem_calloc(1, sizeof *r);
	size_t GH = m->G * m->H;

	r->passes = passes_new(m);
	r->passes->lean = true;
	r->arena = mem_arena();
	for (size_t d = 0; d < m->directions; d++) {
		const float *W = m->layer[0][d].weight_ih;

		r->ih_back[d] = MEM_VECTOR(r->arena, packed_size(m->D, GH),
		    float);
		packed_make_transposed(m->D, GH, W, r->ih_back[d]);
	}
	r->at_once = inputs_at_once(m, AT_ONCE);
	r->x = MEM_VECTOR(r->arena, r->at_once * m->D, float);
	return r;
}

struct rnn_delta *
rnn_delta_ruled(struct model *m, const struct rnn_rule *rule)
{
	struct rnn_delta *r = rnn_delta_new(m);

	r->rule.lrp = rule->lrp;
	r->passes->lean = rule->lrp == NULL && !rule->reference;
	if (rule->reference)
		passes_refer(r->passes);
	return r;
}

const struct trace *
rnn_delta_zero(const struct rnn_delta *r, size_t i)
{
	return &r->passes->zero[i];
}

void
rnn_delta_free(struct rnn_delta *r)
{
	passes_free(r->passes);
	free(r->dx.x);
	mem_free(r->arena);
	free(r);
}

const struct model *
rnn_delta_model(const struct rnn_delta *r)
{
	return r->passes->m;
}

/* ---- what the gradient at p gives ---- */

/* Add P . delta to along, from delta [n][G H] of n words of a run, direction d;
 * and subtract what the words that they come from give. */
static void
multiply(struct rnn_delta *r, size_t d, const struct rnn_run *a, size_t first,
    size_t n, const float *delta)
{
	const struct inputs *in = r->passes->inputs;
	size_t GH = r->passes->m->G * r->passes->m->H;

	for (size_t t = first; t < first + n; t++, delta += GH) {
		a->along[t] += lanes_along(GH, inputs_of(in, d, a->text.id[t]),
		    delta);
		if (a->from != NULL)
			a->along[t] -= lanes_along(GH, inputs_of(in, d,
			    a->from[t]), delta);
	}
}

/* dx [n][D] = W_ih^T delta of direction 0; that of direction 1 is added. */
static void
embed_gradient(struct rnn_delta *r, size_t d, size_t n, const float *delta,
    float *dx)
{
	size_t D = r->passes->m->D, GH = r->passes->m->G * r->passes->m->H;

	if (d == 0) {
		packed_product(n, D, GH, delta, r->ih_back[0], dx);
		return;
	}
	for (size_t t = 0, some; t < n; t += some) {
		some = n - t < r->at_once ? n - t : r->at_once;
		packed_product(some, D, GH, delta + t * GH, r->ih_back[1],
		    r->x);
		for (size_t i = 0; i < some * D; i++)
			dx[t * D + i] += r->x[i];
	}
}

/* For passes_back: dp of words, of a segment if their dx are asked for. */
static void
receive(void *self, size_t i, size_t d, size_t first, size_t n,
    const float *dp)
{
	struct rnn_delta *r = self;
	const struct rnn_run *a = &r->run[i];
	size_t D = r->passes->m->D;
	bool one = r->passes->m->directions == 1;
	float *dx;

	if (r->word == NULL) {
		multiply(r, d, a, first, n, dp);
		return;
	}
	/* the other direction reads the segments in another order */
	dx = rnn_buffer_want(&r->dx, (one ? n : a->text.T) * D);
	dx += one ? 0 : first * D;
	embed_gradient(r, d, n, dp, dx);
	if (d + 1 == r->passes->m->directions)
		for (size_t t = 0; t < n; t++)
			r->word(r->self, 0, first + t, dx + t * D);
}

/* ---- a batch, at once ---- */

/* Give the dx of each text to word. */
static void
give(struct rnn_delta *r, const struct rnn_run run[])
{
	const struct rnn_back *b = r->passes->back;
	size_t D = r->passes->m->D;
	float *dx = rnn_buffer_want(&r->dx, b->N * D);

	for (size_t d = 0; d < r->passes->m->directions; d++)
		embed_gradient(r, d, b->N, b->pass[0][d].dp.x, dx);
	for (size_t i = 0; i < b->n; i++)
		for (size_t t = 0; t < run[b->order[i]].text.T; t++)
			r->word(r->self, b->order[i], t, dx + (b->off[t] + i) *
			    D);
}

void
rnn_delta_forward(struct rnn_delta *r, struct arena *arena, size_t n,
    struct rnn_run run[], struct trace trace[])
{
	passes_forward(r->passes, arena, n, run, trace);
}

void
rnn_delta_back(struct rnn_delta *r, struct arena *arena,
    struct rnn_run run[], const struct trace trace[],
    rnn_delta_word *word, void *self)
{
	r->run = run;
	r->word = word;
	r->self = self;
	for (size_t i = 0; word == NULL && i < r->passes->back->n; i++)
		run[i].along = MEM_NEW(arena, run[i].text.T, double);
	passes_back(r->passes, arena, run, trace, r->rule.lrp == NULL ? NULL :
	    &r->rule, word == NULL || r->passes->segmented ? receive : NULL, r);
	if (word != NULL && !r->passes->segmented)
		give(r, run);
}

void
rnn_delta_run(struct rnn_delta *r, struct arena *arena, size_t n,
    struct rnn_run run[], rnn_delta_word *word, void *self)
{
	struct trace *trace = MEM_NEW(arena, n, struct trace);

	if (n == 0)
		return;
	rnn_delta_forward(r, arena, n, run, trace);
	rnn_delta_back(r, arena, run, trace, word, self);
}
