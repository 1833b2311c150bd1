/* SPDX-License-Identifier: ISC */
#include "rnn/attend.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "model/model.h"
#include "rnn/stacked.h"

/* The query [F] of dot: the last states of the directions. */
static const float *
query(const struct model *m, struct arena *arena, size_t T, const float *h)
{
	size_t H = m->H, F = m->directions * H;
	float *q = MEM_NEW(arena, F, float);

	memcpy(q, h + (T - 1) * F, H * sizeof *q);
	memcpy(q + H, h + H, (F - H) * sizeof *q);
	return q;
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
	double factor = scale(m), *scaled;
	const float *q;
	struct stacked v;

	if (m->attention.kind == ATTENTION_MODULES) {
		v = stacked_new(arena, s, F);
		for (size_t t = 0; t < T; t++) {
			run_word(m, &v, h + t * F);
			score[t] = v.x[s->n][0];
		}
		return;
	}
	q = query(m, arena, T, h);
	scaled = MEM_NEW(arena, F, double);
	for (size_t j = 0; j < F; j++)
		scaled[j] = factor * (double)q[j];
	for (size_t t = 0; t < T; t++)
		score[t] = lanes_dot(F, h + t * F, scaled);
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
	double *along = MEM_NEW(arena, T, double), all = 0, factor = scale(m);
	const float *q = query(m, arena, T, h);
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
		dscore *= factor;
		for (size_t j = 0; j < F; j++) {
			dh[t * F + j] += (float)(dscore * (double)q[j]);
			dlast[j] += (float)(dscore * (double)h[t * F + j]);
		}
	}
	mem_free(scratch);
}
