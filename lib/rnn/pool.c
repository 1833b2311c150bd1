/* SPDX-License-Identifier: ISC */
/* rnn_back: the head's features, forward and back. */
#include <string.h>

#include "base/mem.h"
#include "rnn/back.h"
#include "rnn/head.h"

/* The last states of text i (by order): the last steps of both directions. */
static void
last_states(const struct rnn_back *b, size_t i, size_t T, float *f)
{
	size_t H = b->m->H;

	for (size_t d = 0; d < b->m->directions; d++)
		memcpy(f + d * H, b->pass[b->m->layers - 1][d].h.x +
		    (b->off[T - 1] + i) * H, H * sizeof *f);
}

/* Mean or max over the words of text i. */
static void
pool(struct rnn_back *b, size_t i, size_t T, float *f)
{
	const struct model *m = b->m;
	size_t F = b->F;
	const float *y = b->y[m->layers - 1].x;
	float *row = rnn_buffer_want(&b->row, T * F);
	struct trace trace = {.T = T};

	for (size_t t = 0; t < T; t++)
		memcpy(row + t * F, y + (b->off[t] + i) * F, F * sizeof *row);
	for (size_t d = 0; d < m->directions; d++)
		trace.direction[d].argmax = b->argmax + i * F + d * m->H;
	head_pool(m, T, row, &trace, f);
}

void
rnn_back_pool(struct rnn_back *b)
{
	size_t F = b->F;
	float *f = rnn_buffer_want(&b->f, b->n * F);

	if (b->m->pooling == POOLING_MAX)
		b->argmax = mem_grow(b->argmax, &b->argmax_cap, b->n * F,
		    sizeof *b->argmax);
	for (size_t i = 0; i < b->n; i++, f += F) {
		size_t T = b->text[b->order[i]].T;

		if (T == 0)
			memset(f, 0, F * sizeof *f);
		else if (b->m->pooling == POOLING_LAST)
			last_states(b, i, T, f);
		else
			pool(b, i, T, f);
	}
}

void
rnn_back_unpool(struct rnn_back *b)
{
	const struct model *m = b->m;
	size_t F = b->F;
	float *dy;

	if (m->pooling == POOLING_LAST)
		return;		/* its df flows in at the last steps */
	dy = rnn_buffer_want(&b->dy[m->layers - 1], b->N * F);
	memset(dy, 0, b->N * F * sizeof *dy);
	for (size_t i = 0; i < b->n; i++) {
		size_t T = b->text[b->order[i]].T;
		const float *df = b->df.x + i * F;

		if (m->pooling == POOLING_MAX)
			for (size_t j = 0; T > 0 && j < F; j++)
				dy[(b->off[b->argmax[i * F + j]] + i) * F + j]
				    = df[j];
		else
			for (size_t t = 0; t < T; t++)
				for (size_t j = 0; j < F; j++)
					dy[(b->off[t] + i) * F + j] = df[j] /
					    (float)T;
	}
}
