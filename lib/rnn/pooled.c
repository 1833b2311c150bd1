/* SPDX-License-Identifier: ISC */
#include "rnn/pooled.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "model/model.h"
#include "rnn/attend.h"

/* A part of the pooling of text order[i], and the gradient df [F] of it. */
struct part {
	struct passes *r;
	size_t i, T;
	bool only;		/* pooling has no other part */
	const float *df;
};

static struct part
part_of(struct passes *r, size_t i, size_t T, size_t k)
{
	const struct rnn_back *b = r->back;

	return (struct part){r, i, T, b->m->pooling.n == 1,
	    b->df.x + i * b->P + k * b->F};
}

/* The states [F] of word t in the top layer. */
static const float *
states(const struct part *p, size_t t)
{
	return passes_states(p->r, p->r->m->layers - 1, p->i, t);
}

/* Mean: set sum [T + 1] to the sums of W . h over the first words. */
static void
sum_words(const struct part *p, double *sum)
{
	sum[0] = 0;
	for (size_t t = 0; t < p->T; t++)
		sum[t + 1] = sum[t] + lanes_along(p->r->back->F, p->df,
		    states(p, t));
}

/* What a part of the pooling adds to the spans of a text. */
typedef void leave_part(const struct part *, struct arena *, size_t n,
    const struct rnn_span span[], double *S);

static void
leave_end(const struct part *p, struct arena *arena, size_t n,
    const struct rnn_span span[], double *S)
{
	size_t H = p->r->m->H;
	float *h = MEM_NEW(arena, H, float);
	const float *last = states(p, p->T - 1) + H;

	for (size_t k = 0; p->r->m->directions == 2 && k < n; k++) {
		const struct rnn_span *a = &span[k];

		if (a->last + 1 < p->T || a->first == 0)
			continue;
		passes_ending(p->r, p->i, a->first - 1, h);
		S[k] += lanes_along(H, p->df + H, last) -
		    lanes_along(H, p->df + H, h);
	}
}

static void
leave_mean(const struct part *p, struct arena *arena, size_t n,
    const struct rnn_span span[], double *S)
{
	double *sum = MEM_NEW(arena, p->T + 1, double), T = (double)p->T;

	sum_words(p, sum);
	for (size_t k = 0; k < n; k++) {
		const struct rnn_span *a = &span[k];
		double words = (double)(a->last - a->first + 1);
		double part = sum[a->last + 1] - sum[a->first] -
		    words * sum[p->T] / T;

		/* not finite for all words: they have no score */
		S[k] = ((p->only ? T : T - words) * S[k] + part) /
		    (T - words);
	}
}

/* One unit after the other. */
static void
leave_max(const struct part *p, struct arena *arena, size_t n,
    const struct rnn_span span[], double *S)
{
	const struct rnn_back *b = p->r->back;
	/* the largest value before word t, and from it on */
	float *before = MEM_NEW(arena, p->T + 1, float);
	float *after = MEM_NEW(arena, p->T + 1, float);

	for (size_t j = 0; j < b->F; j++) {
		size_t top = b->argmax[p->i * b->F + j];
		double w = (double)p->df[j];
		double largest = (double)states(p, top)[j];

		before[0] = after[p->T] = -FLT_MAX;
		for (size_t t = 0; t < p->T; t++)
			before[t + 1] = fmaxf(before[t], states(p, t)[j]);
		for (size_t t = p->T; t-- > 0; )
			after[t] = fmaxf(after[t + 1], states(p, t)[j]);
		for (size_t k = 0; k < n; k++) {
			const struct rnn_span *a = &span[k];

			if (a->first <= top && top <= a->last)
				S[k] += w * (largest - (double)
				    fmaxf(before[a->first],
				    after[a->last + 1]));
		}
	}
}

/* The weights alpha [T] of attention, and W . h_t in along [T]. */
static const double *
weigh(const struct part *p, struct arena *arena, double *along)
{
	size_t F = p->r->back->F;
	float *h = MEM_NEW(arena, p->T * F, float);
	double *alpha = MEM_NEW(arena, p->T, double);

	for (size_t t = 0; t < p->T; t++) {
		memcpy(h + t * F, states(p, t), F * sizeof *h);
		along[t] = lanes_along(F, p->df, h + t * F);
	}
	attend(p->r->m, arena, p->T, h, alpha);
	return alpha;
}

/* Add to sum [T + 1] the sums of x [T] over the first words. */
static void
add_up(size_t T, const double *x, double *sum)
{
	for (size_t t = 0; t < T; t++)
		sum[t + 1] = sum[t] + x[t];
}

static void
leave_attention(const struct part *p, struct arena *arena, size_t n,
    const struct rnn_span span[], double *S)
{
	size_t T = p->T;
	double *along = MEM_NEW(arena, T, double);
	double *before = MEM_VECTOR(arena, T + 1, double);
	double *after = MEM_VECTOR(arena, T + 1, double);
	double *sum = MEM_VECTOR(arena, T + 1, double);
	const double *alpha = weigh(p, arena, along);

	/* the weights of the words outside, without cancellation */
	add_up(T, alpha, before);
	for (size_t t = T; t-- > 0; )
		after[t] = after[t + 1] + alpha[t];
	for (size_t t = 0; t < T; t++)
		along[t] *= alpha[t];
	add_up(T, along, sum);
	for (size_t k = 0; k < n; k++) {
		const struct rnn_span *a = &span[k];
		double rest = before[a->first] + after[a->last + 1];
		double part = sum[a->last + 1] - sum[a->first] - (1 - rest) *
		    sum[T];

		S[k] = ((p->only ? 1 : rest) * S[k] + part) / rest;
	}
}

static leave_part *const leave_parts[] = {
	[POOLING_LAST] = NULL, [POOLING_END] = leave_end,
	[POOLING_MEAN] = leave_mean, [POOLING_MAX] = leave_max,
	[POOLING_ATTENTION] = leave_attention,
};

/* What a part of the pooling adds to the words of a text. */
typedef void read_part(const struct part *, struct arena *, double *S);

static void
read_end(const struct part *p, struct arena *arena, double *S)
{
	size_t H = p->r->m->H;

	(void)arena;
	if (p->r->m->directions == 2)
		S[p->T - 1] += lanes_along(H, p->df + H, states(p, p->T - 1) +
		    H);
}

static void
read_mean(const struct part *p, struct arena *arena, double *S)
{
	double *sum = MEM_NEW(arena, p->T + 1, double);

	sum_words(p, sum);
	for (size_t t = 0; t < p->T; t++)
		S[t] += (sum[t + 1] - sum[t]) / (double)p->T;
}

static void
read_max(const struct part *p, struct arena *arena, double *S)
{
	const struct rnn_back *b = p->r->back;

	(void)arena;
	for (size_t j = 0; j < b->F; j++) {
		size_t top = b->argmax[p->i * b->F + j];

		S[top] += (double)p->df[j] * (double)states(p, top)[j];
	}
}

static void
read_attention(const struct part *p, struct arena *arena, double *S)
{
	double *along = MEM_NEW(arena, p->T, double);
	const double *alpha = weigh(p, arena, along);

	for (size_t t = 0; t < p->T; t++)
		S[t] += alpha[t] * along[t];
}

static read_part *const read_parts[] = {
	[POOLING_LAST] = NULL, [POOLING_END] = read_end,
	[POOLING_MEAN] = read_mean, [POOLING_MAX] = read_max,
	[POOLING_ATTENTION] = read_attention,
};

/* ---- all parts ---- */

void
pooled_leave(struct passes *r, struct arena *arena, size_t i, size_t T,
    size_t n, const struct rnn_span span[], double *S)
{
	const struct pooling *pooling = &r->m->pooling;

	for (size_t k = 0; k < pooling->n; k++) {
		struct part p = part_of(r, i, T, k);

		if (leave_parts[pooling->part[k]] != NULL)
			leave_parts[pooling->part[k]](&p, arena, n, span,
			    S);
	}
}

void
pooled_read(struct passes *r, struct arena *arena, size_t i, size_t T,
    double *S)
{
	const struct pooling *pooling = &r->m->pooling;

	for (size_t k = 0; T > 0 && k < pooling->n; k++) {
		struct part p = part_of(r, i, T, k);

		if (read_parts[pooling->part[k]] != NULL)
			read_parts[pooling->part[k]](&p, arena, S);
	}
}
