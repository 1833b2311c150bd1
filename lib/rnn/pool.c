/* SPDX-License-Identifier: ISC */
#include "rnn/pool.h"

#include <string.h>

#include "base/mem.h"
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

	if (m->pooling == POOLING_MAX)
		b->argmax = mem_grow(b->argmax, &b->argmax_cap, (i + 1) * b->F,
		    sizeof *b->argmax);
	for (size_t d = 0; d < m->directions && b->argmax != NULL; d++)
		trace.direction[d].argmax = b->argmax + i * b->F + d * m->H;
	head_pool(m, T, y, &trace, b->f.x + i * b->F);
}

void
rnn_pool_text(struct rnn_back *b, size_t T, const float *y)
{
	rnn_buffer_want(&b->f, b->F);
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
	size_t F = b->F;
	float *f = rnn_buffer_want(&b->f, b->n * F);

	for (size_t i = 0; i < b->n; i++, f += F) {
		size_t T = b->text[b->order[i]].T;

		if (T == 0)
			memset(f, 0, F * sizeof *f);
		else if (b->m->pooling == POOLING_LAST)
			last_states(b, i, T, f);
		else
			pool(b, i, T);
	}
}

/*
 * Back through the pooling of text order[i]: set the rows of its words in dy,
 * which is 0.  A word's row is off[t] + i, or t if off is NULL.
 */
static void
unpool(const struct rnn_back *b, size_t i, size_t T, const size_t *off,
    float *dy)
{
	size_t F = b->F;
	const float *df = b->df.x + i * F;
	const uint32_t *top = b->argmax + i * F;

	for (size_t j = 0; T > 0 && b->m->pooling == POOLING_MAX && j < F; j++)
		dy[(off == NULL ? top[j] : off[top[j]] + i) * F + j] = df[j];
	for (size_t t = 0; b->m->pooling == POOLING_MEAN && t < T; t++)
		for (size_t j = 0; j < F; j++)
			dy[(off == NULL ? t : off[t] + i) * F + j] = df[j] /
			    (float)T;
}

void
rnn_unpool_text(const struct rnn_back *b, size_t T, float *dy)
{
	memset(dy, 0, T * b->F * sizeof *dy);
	unpool(b, 0, T, NULL, dy);
}

void
rnn_unpool(struct rnn_back *b)
{
	float *dy;

	if (b->m->pooling == POOLING_LAST)
		return;		/* gradient_of_ends reads df itself */
	dy = rnn_buffer_want(&b->dy[b->m->layers - 1], b->N * b->F);
	memset(dy, 0, b->N * b->F * sizeof *dy);
	for (size_t i = 0; i < b->n; i++)
		unpool(b, i, b->text[b->order[i]].T, b->off, dy);
}
