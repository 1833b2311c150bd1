/* SPDX-License-Identifier: ISC */
#include "rnn/contextual_pool.h"

#include <string.h>

#include "base/mem.h"
#include "model/model.h"
#include "rnn/attend.h"

/* The states of word t of the text (row 0) and the spans. */
static const float *
states(const struct part_states *r, size_t t)
{
	return r->y + t * (1 + r->n) * r->F;
}

/* Set f [n], stride P, to the part of unit j of the features: the weights
 * weight [T] of the words. */
static void
weigh(const struct part_states *r, const double *weight, float *f)
{
	size_t F = r->F, P = r->P, T = r->T;

	for (size_t k = 0; k < r->n; k++)
		for (size_t j = 0; j < F; j++) {
			double sum = 0;

			for (size_t t = 0; t < T; t++)
				sum += weight[t] * (double)states(r,
				    t)[(1 + k) * F + j];
			f[k * P + j] = (float)sum;
		}
}

/* A part of pooling of the spans: f [n], stride P. */
typedef void pool_part(const struct part_states *, struct arena *, float *f);

static void
pool_last(const struct part_states *r, struct arena *arena, float *f)
{
	size_t F = r->F;

	(void)arena;
	for (size_t k = 0; k < r->n; k++)
		memcpy(f + k * r->P, r->last + (1 + k) * F,
		    F * sizeof *f);
}

static void
pool_end(const struct part_states *r, struct arena *arena, float *f)
{
	size_t F = r->F;
	const float *y = states(r, r->T - 1);

	(void)arena;
	for (size_t k = 0; k < r->n; k++)
		memcpy(f + k * r->P, y + (1 + k) * F, F * sizeof *f);
}

static void
pool_mean(const struct part_states *r, struct arena *arena, float *f)
{
	size_t T = r->T;
	double *weight = MEM_NEW(arena, T, double);

	for (size_t t = 0; t < T; t++)
		weight[t] = 1 / (double)T;
	weigh(r, weight, f);
}

static void
pool_max(const struct part_states *r, struct arena *arena, float *f)
{
	size_t F = r->F;

	(void)arena;
	for (size_t j = 0; j < F; j++) {
		size_t top = 0;

		for (size_t t = 0; t < r->T; t++)
			if (states(r, t)[j] > states(r, top)[j])
				top = t;
		for (size_t k = 0; k < r->n; k++)
			f[k * r->P + j] = states(r, top)[(1 + k) * F +
			    j];
	}
}

static void
pool_attention(const struct part_states *r, struct arena *arena, float *f)
{
	size_t F = r->F, T = r->T;
	float *h = MEM_NEW(arena, T * F, float);
	double *alpha = MEM_NEW(arena, T, double);

	for (size_t t = 0; t < T; t++)
		memcpy(h + t * F, states(r, t), F * sizeof *h);
	attend(r->m, arena, T, h, alpha);
	weigh(r, alpha, f);
}

static pool_part *const pool_parts[] = {
	[POOLING_LAST] = pool_last, [POOLING_END] = pool_end,
	[POOLING_MEAN] = pool_mean, [POOLING_MAX] = pool_max,
	[POOLING_ATTENTION] = pool_attention,
};

void
contextual_pool(const struct part_states *r, struct arena *arena, float *f)
{
	const struct pooling *p = &r->m->pooling;

	for (size_t k = 0; k < p->n; k++)
		pool_parts[p->part[k]](r, arena, f + k * r->F);
}
