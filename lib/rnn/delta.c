/* SPDX-License-Identifier: ISC */
/*
 * The gradient of a score with respect to each word, at a scale q of all words.
 *
 *     e_t --> P_t = W_ih e_t --> p_t = q P_t + b --> layers --> logits --> F
 *             once a word               ^                                  |
 *                                       +------ delta_t = dF / dp_t <------+
 *
 * P_t depends on the word's embedding e_t alone; it is computed once (inputs).
 * So a pass at another scale needs no product with W_ih: scale_inputs makes p
 * from P.  The derivative along the embedding needs none either, since
 *
 *     d p_t / d q = P_t      =>      dF / dq = sum over t of P_t . delta_t
 *
 * and a word's part of that sum, P_t . delta_t = (dF / dx_t) . e_t, is its
 * gradient x input at q = 1, and its integrand in integrated gradients.  Only
 * the gradient itself (-a grad) multiplies by W_ih^T (embed_gradient).
 *
 * The gradient begins at the logits z: F = sum of c_k z_k gives dz_k = c_k; a
 * probability p_c gives dz_k = p_c ([k = c] - p_k), over two classes in a
 * contrast and over all otherwise.
 *
 * Easy to get wrong: 1 - p_c must be computed as the sum of the other classes'
 * probabilities, since the difference cancels if p_c is near 1.  The biases are
 * not scaled.  Both directions' dp have a word in its row of the forward
 * direction.
 *
 * A text that is a batch by itself is run in segments if its rows have more
 * than ROWS_MOST floats; otherwise all rows of the batch are run at once.
 */
#include "rnn/delta.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "math/lanes.h"
#include "math/packed.h"
#include "model/model.h"
#include "rnn/back.h"
#include "rnn/head.h"
#include "rnn/inputs.h"
#include "rnn/segments.h"

/* A text whose rows would be more floats (32 MB) is run in segments, which
 * takes about a quarter more time. */
enum { ROWS_MOST = 1 << 23 };

/* Words whose gradients are multiplied at once. */
enum { AT_ONCE = 240 };

struct rnn_delta {
	struct model *m;
	struct rnn_back *back;
	struct arena *arena;	/* of what follows */
	float *ih_back[2];	/* W_ih^T of the first layer, packed */
	float *x;		/* [AT_ONCE][D] */
	struct inputs *inputs;	/* P */

	/* the text that is run in segments */
	struct segments *segments;
	struct rnn_run *run;
	rnn_delta_word *word;
	void *self;
	struct rnn_buffer dx;	/* [N][D]; with one direction, of a segment */
};

struct rnn_delta *
rnn_delta_new(struct model *m)
{
	struct rnn_delta *r = mem_calloc(1, sizeof *r);
	size_t GH = m->G * m->H;

	r->m = m;
	r->back = rnn_back_new(m);
	r->arena = mem_arena();
	for (size_t d = 0; d < m->directions; d++) {
		const float *W = m->layer[0][d].weight_ih;

		r->ih_back[d] = MEM_VECTOR(r->arena, packed_size(m->D, GH),
		    float);
		packed_make_transposed(m->D, GH, W, r->ih_back[d]);
	}
	r->x = MEM_VECTOR(r->arena, AT_ONCE * m->D, float);
	r->inputs = inputs_new(m, false);
	r->segments = segments_new(r->back);
	return r;
}

void
rnn_delta_free(struct rnn_delta *r)
{
	segments_free(r->segments);
	rnn_back_free(r->back);
	free(r->dx.x);
	inputs_free(r->inputs);
	mem_free(r->arena);
	free(r);
}

const struct model *
rnn_delta_model(const struct rnn_delta *r)
{
	return r->m;
}

/* Make P ready for each word of the batch. */
static void
fill_inputs(struct rnn_delta *r, struct arena *arena, size_t n,
    const struct rnn_text text[])
{
	size_t N = r->back->N;
	int32_t *id = MEM_NEW(arena, N, int32_t), *to = id;

	for (size_t i = 0; i < n; to += text[i++].T)
		if (text[i].T > 0)
			memcpy(to, text[i].id, text[i].T * sizeof *id);
	inputs_fill(r->inputs, N, id);
}

/* Set p = q P + b of every word, in the word's row. */
static void
scale_inputs(struct rnn_delta *r, const struct rnn_run run[])
{
	struct rnn_back *b = r->back;
	size_t GH = r->m->G * r->m->H;

	for (size_t d = 0; d < r->m->directions; d++) {
		struct rnn_pass *s = &b->pass[0][d];
		float *p = rnn_buffer_want(&s->p, b->N * GH);

		s->input = b->input[d];
		s->inputs = b->N;
		for (size_t t = 0; t < b->steps; t++)
			for (size_t row = b->off[t]; row < b->off[t + 1];
			    row++) {
				size_t i = b->order[row - b->off[t]];
				const float *P = inputs_of(r->inputs, d,
				    b->text[i].id[t]);

				lanes_line(GH, (float)run[i].scale, P,
				    s->bias, p + row * GH);
			}
	}
}

/* Returns the target's value; dz [rows] receives its gradient at the logits. */
static double
evaluate(const struct model *m, const struct rnn_target *target,
    const struct trace *trace, double *dz)
{
	const float *p = trace->probability;
	size_t c = target->class;
	double value = 0.0, rest = 0.0;

	if (target->coefficient != NULL) {
		for (size_t k = 0; k < m->rows; k++) {
			dz[k] = target->coefficient[k];
			value += dz[k] * (double)trace->logit[k];
		}
		return value;
	}
	/* a sigmoid head: also a contrast, since it has only two classes */
	if (m->rows == 1) {
		dz[0] = (c == 1 ? 1.0 : -1.0) * (double)p[0] * (double)p[1];
		return (double)p[c];
	}
	if (target->contrast) {
		double z = (double)trace->logit[c] -
		    (double)trace->logit[target->against];

		memset(dz, 0, m->rows * sizeof *dz);
		dz[c] = 1 / (1 + exp(-z)) / (1 + exp(z));
		dz[target->against] = -dz[c];
		return 1 / (1 + exp(-z));
	}
	for (size_t k = 0; k < m->rows; k++) {
		dz[k] = -(double)p[c] * (double)p[k];
		rest += k == c ? 0.0 : (double)p[k];
	}
	dz[c] = (double)p[c] * rest;	/* 1 - p_c, without cancellation */
	return (double)p[c];
}

/* Set each text's value, and df, its gradient at the features. */
static void
heads(struct rnn_delta *r, struct arena *arena, struct rnn_run run[],
    const struct trace trace[])
{
	const struct model *m = r->m;
	struct rnn_back *b = r->back;
	float *df = rnn_buffer_want(&b->df, b->n * b->F);
	double *dz = MEM_NEW(arena, m->rows, double);

	for (size_t i = 0; i < b->n; i++, df += b->F) {
		struct rnn_run *a = &run[b->order[i]];

		a->value = evaluate(m, &a->target, &trace[b->order[i]], dz);
		for (size_t j = 0; j < b->F; j++) {
			double sum = 0.0;

			for (size_t k = 0; k < m->rows; k++)
				sum += dz[k] * (double)m->weight[k * b->F + j];
			df[j] = (float)sum;
		}
	}
}

/* ---- what the gradient at p gives ---- */

/* along [n] += P . delta, from delta [n][G H] of n words, direction d. */
static void
multiply(struct rnn_delta *r, size_t d, size_t n, const int32_t id[],
    const float *delta, double *along)
{
	size_t GH = r->m->G * r->m->H;

	for (size_t t = 0; t < n; t++)
		along[t] += lanes_along(GH, inputs_of(r->inputs, d, id[t]),
		    delta + t * GH);
}

/* dx [n][D] = W_ih^T delta of direction 0; that of direction 1 is added. */
static void
embed_gradient(struct rnn_delta *r, size_t d, size_t n, const float *delta,
    float *dx)
{
	size_t D = r->m->D, GH = r->m->G * r->m->H;

	if (d == 0) {
		packed_product(n, D, GH, delta, r->ih_back[0], dx);
		return;
	}
	for (size_t t = 0, some; t < n; t += some) {
		some = n - t < AT_ONCE ? n - t : AT_ONCE;
		packed_product(some, D, GH, delta + t * GH, r->ih_back[1],
		    r->x);
		for (size_t i = 0; i < some * D; i++)
			dx[t * D + i] += r->x[i];
	}
}

/* ---- a long text, in segments ---- */

static void
segment_inputs(void *self, size_t d, size_t first, size_t n, float *p)
{
	struct rnn_delta *r = self;
	const struct rnn_run *a = r->run;
	size_t GH = r->m->G * r->m->H;

	inputs_fill(r->inputs, n, a->text.id + first);
	for (size_t t = 0; t < n; t++, p += GH)
		lanes_line(GH, (float)a->scale, inputs_of(r->inputs, d,
		    a->text.id[first + t]), r->back->pass[0][d].bias, p);
}

static void
segment_gradient(void *self, size_t d, size_t first, size_t n,
    const float *dp)
{
	struct rnn_delta *r = self;
	const struct rnn_run *a = r->run;
	size_t D = r->m->D;
	bool one = r->m->directions == 1;
	float *dx;

	if (r->word == NULL) {
		multiply(r, d, n, a->text.id + first, dp, a->along + first);
		return;
	}
	/* the other direction reads the segments in another order */
	dx = rnn_buffer_want(&r->dx, (one ? n : a->text.T) * D);
	dx += one ? 0 : first * D;
	embed_gradient(r, d, n, dp, dx);
	if (d + 1 == r->m->directions)
		for (size_t t = 0; t < n; t++)
			r->word(r->self, 0, first + t, dx + t * D);
}

static struct segments_user
user_of(struct rnn_delta *r)
{
	return (struct segments_user){segment_inputs, segment_gradient, r};
}

/* ---- a batch, at once ---- */

/* Set along of each text, or give its dx to word. */
static void
give(struct rnn_delta *r, struct rnn_run run[])
{
	const struct rnn_back *b = r->back;
	size_t GH = r->m->G * r->m->H, D = r->m->D;
	float *dx = rnn_buffer_want(&r->dx, r->word == NULL ? 0 : b->N * D);

	for (size_t d = 0; r->word != NULL && d < r->m->directions; d++)
		embed_gradient(r, d, b->N, b->pass[0][d].dp.x, dx);
	for (size_t i = 0; i < b->n; i++) {
		struct rnn_run *a = &run[b->order[i]];

		for (size_t t = 0; t < a->text.T; t++) {
			size_t row = b->off[t] + i;

			if (r->word != NULL)
				r->word(r->self, b->order[i], t, dx + row * D);
			for (size_t d = 0; r->word == NULL &&
			    d < r->m->directions; d++)
				multiply(r, d, 1, a->text.id + t,
				    b->pass[0][d].dp.x + row * GH,
				    a->along + t);
		}
	}
}

static bool
in_segments(const struct model *m, size_t n, const struct rnn_run run[])
{
	const struct cell_kind *cell = &cells[m->cell];
	/* p, dp and q; gates; h, h before and c (back.h) */
	size_t row = (3 * m->G + cell->K + 2 + cell->has_c) * m->H *
	    m->directions * m->layers;

	return n == 1 && run[0].text.T > ROWS_MOST / row;
}

void
rnn_delta_forward(struct rnn_delta *r, struct arena *arena, size_t n,
    struct rnn_run run[], struct trace trace[])
{
	struct rnn_text *text = MEM_NEW(arena, n, struct rnn_text);
	struct rnn_back *b = r->back;
	struct segments_user user = user_of(r);

	r->run = run;
	for (size_t i = 0; i < n; i++)
		text[i] = run[i].text;
	if (in_segments(r->m, n, run))
		segments_forward(r->segments, text, &user);
	else {
		rnn_back_lay_out(b, n, text);
		fill_inputs(r, arena, n, text);
		scale_inputs(r, run);
		for (size_t l = 0; l < r->m->layers; l++)
			rnn_back_forward(b, l);
		rnn_back_pool(b);
	}
	for (size_t i = 0; i < n; i++) {
		struct trace *to = &trace[b->order[i]];

		head_trace(r->m, arena, text[b->order[i]].T, to);
		head_classify(r->m, b->f.x + i * b->F, to);
		inputs_faults(r->inputs, &text[b->order[i]], to);
	}
}

void
rnn_delta_back(struct rnn_delta *r, struct arena *arena,
    struct rnn_run run[], const struct trace trace[],
    rnn_delta_word *word, void *self)
{
	struct rnn_back *b = r->back;
	struct segments_user user = user_of(r);

	r->run = run;
	r->word = word;
	r->self = self;
	heads(r, arena, run, trace);
	for (size_t i = 0; word == NULL && i < b->n; i++)
		run[i].along = MEM_NEW(arena, run[i].text.T, double);
	if (in_segments(r->m, b->n, run)) {
		segments_back(r->segments, &user);
		return;
	}
	rnn_back_unpool(b);
	for (size_t l = r->m->layers; l-- > 0; )
		rnn_back_backward(b, l);
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
