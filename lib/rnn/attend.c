/* SPDX-License-Identifier: ISC */
#include "rnn/attend.h"

#include <math.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "model/model.h"
#include "rnn/stacked.h"

/* The query of dot: unit j of the last state of its direction. */
static const float *
query(const struct model *m, size_t T, const float *h, size_t j)
{
	return h + (j < m->H ? (T - 1) * m->directions * m->H : 0) + j;
}

/* The factor of the product with the query. */
static double
scale(const struct model *m)
{
	return m->attention.kind == ATTENTION_SCALED_DOT ?
	    1 / sqrt((double)(m->directions * m->H)) : 1;
}

static void
run_word(const struct model *m, const struct stacked *v, const float *h)
{
	for (size_t j = 0; j < m->directions * m->H; j++)
		v->x[0][j] = (double)h[j];
	stacked_run(&m->attention.stack, m->epsilon, v);
}

/* Set score [T]. */
static void
score_words(const struct model *m, struct arena *arena, size_t T,
    const float *h, double *score)
{
	const struct stack *s = &m->attention.stack;
	size_t F = m->directions * m->H;
	double *q = MEM_NEW(arena, F, double);
	struct stacked v;

	if (m->attention.kind == ATTENTION_MODULES) {
		v = stacked_new(arena, s, F);
		for (size_t t = 0; t < T; t++) {
			run_word(m, &v, h + t * F);
			score[t] = v.x[s->n][0];
		}
		return;
	}
	for (size_t j = 0; j < F; j++)
		q[j] = scale(m) * (double)*query(m, T, h, j);
	for (size_t t = 0; t < T; t++)
		score[t] = lanes_dot(F, h + t * F, q);
}

void
attend(const struct model *m, struct arena *arena, size_t T, const float *h,
    double *alpha)
{
	double top = -HUGE_VAL, sum = 0;

	score_words(m, arena, T, h, alpha);
	for (size_t t = 0; t < T; t++)
		top = fmax(top, alpha[t]);
	for (size_t t = 0; t < T; t++)
		sum += alpha[t] = exp(alpha[t] - top);
	for (size_t t = 0; t < T; t++)
		alpha[t] /= sum;
}

/* dh [F] += dscore times the gradient of the score of a word. */
static void
back_word(const struct model *m, struct arena *arena, const struct stacked *v,
    double dscore, float *dh)
{
	size_t F = m->directions * m->H;
	double *dx = MEM_NEW(arena, F, double);

	stacked_back(&m->attention.stack, m->epsilon, arena, v, v, &dscore,
	    dx);
	for (size_t j = 0; j < F; j++)
		dh[j] += (float)dx[j];
}

void
attend_back(const struct model *m, struct arena *arena, size_t T,
    const float *h, const double *alpha, const float *df, float *dh,
    float *dlast)
{
	size_t F = m->directions * m->H;
	struct arena *scratch = mem_arena();
	double *along = MEM_NEW(arena, T, double), all = 0;
	struct stacked v = {0};

	if (m->attention.kind == ATTENTION_MODULES)
		v = stacked_new(arena, &m->attention.stack, F);
	for (size_t t = 0; t < T; t++) {
		along[t] = lanes_along(F, df, h + t * F);
		all += alpha[t] * along[t];
	}
	for (size_t t = 0; t < T; t++) {
		double dscore = alpha[t] * (along[t] - all);

		if (m->attention.kind == ATTENTION_MODULES) {
			mem_reset(scratch);
			run_word(m, &v, h + t * F);
			back_word(m, scratch, &v, dscore, dh + t * F);
			continue;
		}
		dscore *= scale(m);
		for (size_t j = 0; j < F; j++) {
			dh[t * F + j] += (float)(dscore * (double)*query(m, T,
			    h, j));
			dlast[j] += (float)(dscore * (double)h[t * F + j]);
		}
	}
	mem_free(scratch);
}
