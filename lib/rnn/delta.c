/* SPDX-License-Identifier: ISC */
/*
 * The gradient of a score with respect to each word, at a scale q of all words.
 *
 *     e_t --> P_t = W_ih e_t --> p_t = q P_t + b --> layers --> logits --> F
 *             once a word               ^                                  |
 *                                       +------ delta_t = dF / dp_t <------+
 *
 * P_t depends on the word's embedding e_t alone and is computed once (memo.h).
 * So a pass at another scale needs no product with W_ih: scale_inputs makes p
 * from P.  The derivative along the embedding needs none either, since
 *
 *     d p_t / d q = P_t      =>      dF / dq = sum over t of P_t . delta_t
 *
 * and a word's part of that sum, P_t . delta_t = (dF / dx_t) . e_t, is its
 * gradient x input at q = 1, and its integrand in integrated gradients.  Only
 * the gradient itself (-a grad) multiplies by W_ih^T (rnn_delta_words).
 *
 * The gradient begins at the logits z: F = sum of c_k z_k gives dz_k = c_k; a
 * probability p_c gives dz_k = p_c ([k = c] - p_k), over two classes in a
 * contrast and over all otherwise.
 *
 * Easy to get wrong: 1 - p_c must be computed as the sum of the other classes'
 * probabilities, since the difference cancels if p_c is near 1.  The biases are
 * not scaled.  Both directions' dp have a word in its row of the forward
 * direction.
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
#include "rnn/memo.h"

struct rnn_delta {
	struct model *m;
	struct rnn_back *back;
	struct arena *arena;	/* of what follows */
	float *ih[2], *ih_back[2];	/* W_ih of the first layer, packed */
	float *x, *y;		/* [MEMO_AT_ONCE][D], [MEMO_AT_ONCE][G H] */
	struct memo *memo;	/* P: rows [directions][G H] */
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

		r->ih[d] = MEM_VECTOR(r->arena, packed_size(GH, m->D), float);
		r->ih_back[d] = MEM_VECTOR(r->arena, packed_size(m->D, GH),
		    float);
		packed_make(GH, m->D, W, r->ih[d]);
		packed_make_transposed(m->D, GH, W, r->ih_back[d]);
	}
	r->x = MEM_VECTOR(r->arena, MEMO_AT_ONCE * m->D, float);
	r->y = MEM_VECTOR(r->arena, MEMO_AT_ONCE * GH, float);
	r->memo = memo_new(m->V, m->directions * GH);
	return r;
}

void
rnn_delta_free(struct rnn_delta *r)
{
	rnn_back_free(r->back);
	memo_free(r->memo);
	mem_free(r->arena);
	free(r);
}

const struct model *
rnn_delta_model(const struct rnn_delta *r)
{
	return r->m;
}

/* Compute P of n words, at most MEMO_AT_ONCE, into rows of the memo. */
static void
products(void *self, size_t n, const int32_t id[], float *const row[])
{
	struct rnn_delta *r = self;
	size_t D = r->m->D, GH = r->m->G * r->m->H;

	for (size_t i = 0; i < n; i++)
		model_embed(r->m, id[i], r->x + i * D);
	for (size_t d = 0; d < r->m->directions; d++) {
		packed_product(n, GH, D, r->x, r->ih[d], r->y);
		for (size_t i = 0; i < n; i++)
			memcpy(row[i] + d * GH, r->y + i * GH,
			    GH * sizeof *r->y);
	}
}

/* Make sure that the memo has a row P for each word of the batch. */
static void
fill_memo(struct rnn_delta *r, struct arena *arena, size_t n,
    const struct rnn_text text[])
{
	size_t N = r->back->N;
	int32_t *id = MEM_NEW(arena, N, int32_t), *to = id;

	for (size_t i = 0; i < n; to += text[i++].T)
		if (text[i].T > 0)
			memcpy(to, text[i].id, text[i].T * sizeof *id);
	memo_fill(r->memo, N, id, products, r);
}

/* Set p = q P + b of every word, in the word's row. */
static void
scale_inputs(struct rnn_delta *r, const struct rnn_asked asked[])
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
				const float *P = memo_row(r->memo,
				    b->text[i].id[t]) + d * GH;

				lanes_line(GH, (float)asked[i].scale, P,
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
heads(struct rnn_delta *r, struct arena *arena, struct rnn_asked asked[],
    const struct trace trace[])
{
	const struct model *m = r->m;
	struct rnn_back *b = r->back;
	float *df = rnn_buffer_want(&b->df, b->n * b->F);
	double *dz = MEM_NEW(arena, m->rows, double);

	for (size_t i = 0; i < b->n; i++, df += b->F) {
		struct rnn_asked *a = &asked[b->order[i]];

		a->value = evaluate(m, &a->target, &trace[b->order[i]], dz);
		for (size_t j = 0; j < b->F; j++) {
			double sum = 0.0;

			for (size_t k = 0; k < m->rows; k++)
				sum += dz[k] * (double)m->weight[k * b->F + j];
			df[j] = (float)sum;
		}
	}
}

/* Set along of each text: P . delta, word by word. */
static void
multiply(struct rnn_delta *r, struct arena *arena, struct rnn_asked asked[])
{
	const struct rnn_back *b = r->back;
	size_t GH = r->m->G * r->m->H;

	for (size_t i = 0; i < b->n; i++) {
		struct rnn_asked *a = &asked[b->order[i]];

		a->along = MEM_NEW(arena, a->text.T, double);
		for (size_t t = 0; t < a->text.T; t++) {
			const float *P = memo_row(r->memo, a->text.id[t]);

			for (size_t d = 0; d < r->m->directions; d++)
				a->along[t] += lanes_along(GH, P + d * GH,
				    b->pass[0][d].dp.x + (b->off[t] + i) * GH);
		}
	}
}

/* Set delta of each text: its rows of dp, in the order of its words. */
static void
gather(struct rnn_delta *r, struct arena *arena, struct rnn_asked asked[])
{
	const struct rnn_back *b = r->back;
	size_t GH = r->m->G * r->m->H, directions = r->m->directions;

	for (size_t i = 0; i < b->n; i++) {
		struct rnn_asked *a = &asked[b->order[i]];
		float *to = MEM_VECTOR(arena, a->text.T * directions * GH,
		    float);

		a->delta = to;
		for (size_t t = 0; t < a->text.T; t++)
			for (size_t d = 0; d < directions; d++, to += GH)
				memcpy(to, b->pass[0][d].dp.x +
				    (b->off[t] + i) * GH, GH * sizeof *to);
	}
}

void
rnn_delta_forward(struct rnn_delta *r, struct arena *arena, size_t n,
    const struct rnn_asked asked[], struct trace trace[])
{
	struct rnn_text *text = MEM_NEW(arena, n, struct rnn_text);
	struct rnn_back *b = r->back;

	for (size_t i = 0; i < n; i++)
		text[i] = asked[i].text;
	rnn_back_lay_out(b, n, text);
	fill_memo(r, arena, n, text);
	scale_inputs(r, asked);
	for (size_t l = 0; l < r->m->layers; l++)
		rnn_back_forward(b, l);
	rnn_back_pool(b);
	for (size_t i = 0; i < n; i++) {
		struct trace *to = &trace[b->order[i]];

		head_trace(r->m, arena, text[b->order[i]].T, to);
		head_classify(r->m, b->f.x + i * b->F, to);
	}
}

void
rnn_delta_back(struct rnn_delta *r, struct arena *arena,
    struct rnn_asked asked[], const struct trace trace[], bool rows)
{
	heads(r, arena, asked, trace);
	rnn_back_unpool(r->back);
	for (size_t l = r->m->layers; l-- > 0; )
		rnn_back_backward(r->back, l);
	if (rows)
		gather(r, arena, asked);
	else
		multiply(r, arena, asked);
}

void
rnn_delta_run(struct rnn_delta *r, struct arena *arena, size_t n,
    struct rnn_asked asked[], bool rows)
{
	struct trace *trace = MEM_NEW(arena, n, struct trace);

	if (n == 0)
		return;
	rnn_delta_forward(r, arena, n, asked, trace);
	rnn_delta_back(r, arena, asked, trace, rows);
}

void
rnn_delta_words(struct rnn_delta *r, size_t T, const float *delta, float *dx)
{
	size_t D = r->m->D, GH = r->m->G * r->m->H;
	size_t directions = r->m->directions;

	memset(dx, 0, T * D * sizeof *dx);
	for (size_t t = 0, n; t < T; t += n, delta += n * directions * GH) {
		n = T - t < MEMO_AT_ONCE ? T - t : MEMO_AT_ONCE;
		for (size_t d = 0; d < directions; d++) {
			for (size_t i = 0; i < n; i++)
				memcpy(r->y + i * GH, delta +
				    (i * directions + d) * GH,
				    GH * sizeof *delta);
			packed_product(n, D, GH, r->y, r->ih_back[d], r->x);
			for (size_t i = 0; i < n * D; i++)
				dx[t * D + i] += r->x[i];
		}
	}
}
