/* SPDX-License-Identifier: ISC */
#include "rnn/pool.h"

#include <string.h>

#include "base/mem.h"
#include "rnn/attend.h"
#include "rnn/head.h"
#include "rnn/trace.h"

/* The features of text order[i]: the last state of each direction. */
static void
last_states(const struct rnn_back *b, size_t i, size_t T, float *f)
{
	size_t H = b->m->H;

	for (size_t d = 0; d < b->m->directions; d++)
		memcpy(f + d * H, b->pass[b->m->layers - 1][d].h.x +
		    (b->off[T - 1] + i) * H, H * sizeof *f);
}

/* Pooling over y [T][F] of text order[i]. */
static void
pool_text(struct rnn_back *b, size_t i, size_t T, const float *y)
{
	const struct model *m = b->m;
	struct trace trace = {.T = T};

	if (pooling_has(&m->pooling, POOLING_MAX))
		b->argmax = mem_grow(b->argmax, &b->argmax_cap, (i + 1) * b->F,
		    sizeof *b->argmax);
	for (size_t d = 0; d < m->directions && b->argmax != NULL; d++)
		trace.direction[d].argmax = b->argmax + i * b->F + d * m->H;
	head_pool(m, T, y, &trace, b->f.x + i * b->P);
}

void
rnn_pool_text(struct rnn_back *b, size_t T, const float *y)
{
	rnn_buffer_want(&b->f, b->P);
	pool_text(b, 0, T, y);
}

/* The same for the states of text order[i] in the batch. */
static void
pool(struct rnn_back *b, size_t i, size_t T)
{
	size_t F = b->F;
	const float *y = b->y[b->m->layers - 1].x;
	float *row = rnn_buffer_want(&b->row, T * F);

	for (size_t t = 0; t < T; t++)
		memcpy(row + t * F, y + (b->off[t] + i) * F, F * sizeof *row);
	pool_text(b, i, T, row);
}

void
rnn_pool(struct rnn_back *b)
{
	float *f = rnn_buffer_want(&b->f, b->n * b->P);

	for (size_t i = 0; i < b->n; i++, f += b->P) {
		size_t T = b->text[b->order[i]].T;

		if (T == 0)
			memset(f, 0, b->P * sizeof *f);
		else if (pooling_is(&b->m->pooling, POOLING_LAST))
			last_states(b, i, T, f);
		else
			pool(b, i, T);
	}
}

/* ---- back ---- */

/* A text whose pooling is run back: order[i]. */
struct unpooling {
	const struct rnn_back *b;
	size_t i, T;
	const size_t *off;	/* word t's row is off[t] + i; NULL: t */
	bool held;
	float *ends;		/* [F] */
	const float *y;		/* the states of all rows */
	const struct rnn_back *reference;	/* or NULL; and its states */
	const float *y0;
	float *dy;		/* all rows; NULL if pooling is last alone */
};

/* Where the row of word t begins. */
static size_t
row_at(const struct unpooling *u, size_t t)
{
	return (u->off == NULL ? t : u->off[t] + u->i) * u->b->F;
}

/* Word t's row of dy. */
static float *
row_of(const struct unpooling *u, size_t t)
{
	return u->dy + row_at(u, t);
}

/* One part of the pooling: add df [F] to where the part has read. */
typedef void unpool_part(const struct unpooling *, const float *df);

static void
unpool_last(const struct unpooling *u, const float *df)
{
	for (size_t j = 0; j < u->b->F; j++)
		u->ends[j] += df[j];
}

static void
unpool_end(const struct unpooling *u, const float *df)
{
	size_t H = u->b->m->H;

	for (size_t j = 0; j < H; j++)
		u->ends[j] += df[j];
	for (size_t j = H; j < u->b->F; j++)
		row_of(u, u->T - 1)[j] += df[j];
}

static void
unpool_mean(const struct unpooling *u, const float *df)
{
	for (size_t t = 0; t < u->T; t++) {
		float *dy = row_of(u, t);

		for (size_t j = 0; j < u->b->F; j++)
			dy[j] += df[j] / (float)u->T;
	}
}

/* The same with a reference.  The word of the larger maximum has moved at least
 * as far as the maximum, so the quotient is at most 1. */
static void
unpool_max_apart(const struct unpooling *u, const uint32_t *top,
    const float *df)
{
	const uint32_t *top0 = u->reference->argmax + u->i * u->b->F;

	for (size_t j = 0; j < u->b->F; j++) {
		float m = u->y[row_at(u, top[j]) + j];
		float m0 = u->y0[row_at(u, top0[j]) + j];
		size_t t = m >= m0 ? top[j] : top0[j], at = row_at(u, t) + j;
		float by = u->y[at] - u->y0[at];

		u->dy[at] += by < 0 || by > 0 ? df[j] * ((m - m0) / by) :
		    df[j];
	}
}

static void
unpool_max(const struct unpooling *u, const float *df)
{
	const uint32_t *top = u->b->argmax + u->i * u->b->F;

	if (u->reference != NULL) {
		unpool_max_apart(u, top, df);
		return;
	}
	for (size_t j = 0; j < u->b->F; j++)
		row_of(u, top[j])[j] += df[j];
}

/* The states of the text, [T][F], of all rows y. */
static float *
states_of(const struct unpooling *u, struct arena *arena, const float *y)
{
	size_t F = u->b->F;
	float *h = MEM_NEW(arena, u->T * F, float);

	for (size_t t = 0; t < u->T; t++)
		memcpy(h + t * F, y + row_at(u, t), F * sizeof *h);
	return h;
}

static void
unpool_attention(const struct unpooling *u, const float *df)
{
	size_t F = u->b->F, T = u->T;
	struct arena *arena = mem_arena();
	float *h = states_of(u, arena, u->y);
	float *dh = MEM_VECTOR(arena, T * F, float);
	double *alpha = MEM_VECTOR(arena, T, double);

	if (u->held || u->reference == NULL)
		attend(u->b->m, arena, T, h, alpha);
	for (size_t t = 0; t < T; t++)
		for (size_t j = 0; j < F; j++)
			dh[t * F + j] = (float)(alpha[t] * (double)df[j]);
	if (!u->held && u->reference == NULL)
		attend_back(u->b->m, arena, T, h, alpha, df, dh, u->ends);
	else if (!u->held)
		attend_secant(u->b->m, arena, T, h, states_of(u, arena, u->y0),
		    df, dh, u->ends);
	for (size_t t = 0; t < T; t++)
		for (size_t j = 0; j < F; j++)
			row_of(u, t)[j] += dh[t * F + j];
	mem_free(arena);
}

static unpool_part *const unpool_parts[] = {
	[POOLING_LAST] = unpool_last, [POOLING_END] = unpool_end,
	[POOLING_MEAN] = unpool_mean, [POOLING_MAX] = unpool_max,
	[POOLING_ATTENTION] = unpool_attention,
};

/* ends and dy are 0. */
static void
unpool(const struct unpooling *u)
{
	const struct pooling *pooling = &u->b->m->pooling;
	const float *df = u->b->df.x + u->i * u->b->P;

	for (size_t k = 0; u->T > 0 && k < pooling->n; k++)
		unpool_parts[pooling->part[k]](u, df + k * u->b->F);
}

/* Room for the ends of n texts, which are 0. */
static float *
zero_ends(struct rnn_back *b, size_t n)
{
	float *ends = rnn_buffer_want(&b->ends, n * b->F);

	memset(ends, 0, n * b->F * sizeof *ends);
	return ends;
}

void
rnn_unpool_text(struct rnn_back *b, size_t T, const float *y, bool held,
    const struct rnn_back *reference, const float *y0, float *dy)
{
	struct unpooling u = {.b = b, .T = T, .held = held,
	    .ends = zero_ends(b, 1), .y = y, .reference = reference, .y0 = y0,
	    .dy = dy};

	if (dy != NULL)
		memset(dy, 0, T * b->F * sizeof *dy);
	unpool(&u);
}

void
rnn_unpool(struct rnn_back *b, bool held, const struct rnn_back *reference)
{
	size_t top = b->m->layers - 1;
	struct unpooling u = {.b = b, .off = b->off, .held = held,
	    .ends = zero_ends(b, b->n), .y = b->y[top].x,
	    .reference = reference,
	    .y0 = reference == NULL ? NULL : reference->y[top].x};

	if (!pooling_is(&b->m->pooling, POOLING_LAST)) {
		u.dy = rnn_buffer_want(&b->dy[top], b->N * b->F);
		memset(u.dy, 0, b->N * b->F * sizeof *u.dy);
	}
	for (; u.i < b->n; u.i++, u.ends += b->F) {
		u.T = b->text[b->order[u.i]].T;
		unpool(&u);
	}
}
