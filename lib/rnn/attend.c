/* SPDX-License-Identifier: ISC */
/*
 * Between two texts the weights are alpha = exp(u), u = s - L, with L the
 * logarithm of the sum of all exp(s).  The secant of an exponential is the
 * logarithmic mean of its values, so with M(a, b) = (a - b) / (ln a - ln b)
 *
 *     d alpha_t   = M(alpha_t, alpha0_t) d u_t
 *     d L         = sum over t of w_t d s_t
 *     w_t         = M(exp s_t, exp s0_t) / M(exp L, exp L0)
 *
 * exactly, with d the difference of the texts.  All of them are at most 1;
 * a quotient exp(s) / sum of exp(s) would have secants that grow with L - L0,
 * also if all scores move together and no weight changes.
 */
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

/* The logarithm of the sum of all exp(s). */
static double
log_sum(size_t T, const double *s)
{
	double top = -HUGE_VAL, sum = 0;

	for (size_t t = 0; t < T; t++)
		top = fmax(top, s[t]);
	for (size_t t = 0; t < T; t++)
		sum += exp(s[t] - top);
	return top + log(sum);
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

/* dh [F] += dscore times the gradient of the score of a word, or its secant
 * between two states of it. */
static void
back_word(const struct model *m, struct arena *arena, const struct stacked *v0,
    const struct stacked *v, double dscore, float *dh)
{
	size_t F = m->directions * m->H;
	double *dx = MEM_NEW(arena, F, double);

	stacked_back(&m->attention.stack, m->epsilon, arena, v0, v, &dscore,
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
			back_word(m, scratch, &v, &v, dscore, dh + t * F);
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

/* M(a, b) for ln a - ln b = d. */
static double
log_mean(double a, double b, double d)
{
	double x = fabs(d);

	return fmax(a, b) * (x > 0 ? -expm1(-x) / x : 1);
}

/* Of the weights between two texts: set mean [T] to (alpha + alpha0) / 2, and
 * ds [T], which holds what flows to alpha, to what flows to the scores. */
static void
weights_secant(size_t T, const double *s, const double *s0, double *mean,
    double *ds)
{
	double L = log_sum(T, s), L0 = log_sum(T, s0), top = fmax(L, L0);
	double M = log_mean(exp(L - top), exp(L0 - top), L - L0), all = 0;

	for (size_t t = 0; t < T; t++) {
		double u = s[t] - L, u0 = s0[t] - L0;

		mean[t] = (exp(u) + exp(u0)) / 2;
		all += ds[t] *= log_mean(exp(u), exp(u0), u - u0);
	}
	for (size_t t = 0; t < T; t++)
		ds[t] -= all * log_mean(exp(s[t] - top), exp(s0[t] - top),
		    s[t] - s0[t]) / M;
}

void
attend_secant(const struct model *m, struct arena *arena, size_t T,
    const float *h, const float *h0, const float *df, float *dh, float *dlast)
{
	size_t F = m->directions * m->H;
	struct arena *scratch = mem_arena();
	double *s = MEM_NEW(arena, T, double), *s0 = MEM_NEW(arena, T, double);
	double *mean = MEM_NEW(arena, T, double);
	double *ds = MEM_NEW(arena, T, double), half = scale(m) / 2;
	const float *q = query(m, arena, T, h), *q0 = query(m, arena, T, h0);
	struct stacked v = {0}, v0 = {0};

	if (m->attention.kind == ATTENTION_MODULES) {
		v = stacked_new(arena, &m->attention.stack, F);
		v0 = stacked_new(arena, &m->attention.stack, F);
	}
	score_words(m, arena, T, h, s);
	score_words(m, arena, T, h0, s0);
	for (size_t t = 0; t < T; t++)
		ds[t] = (lanes_along(F, df, h + t * F) +
		    lanes_along(F, df, h0 + t * F)) / 2;
	weights_secant(T, s, s0, mean, ds);
	for (size_t t = 0; t < T; t++) {
		const float *now = h + t * F, *zero = h0 + t * F;

		for (size_t j = 0; j < F; j++)
			dh[t * F + j] = (float)(mean[t] * (double)df[j]);
		if (m->attention.kind == ATTENTION_MODULES) {
			mem_reset(scratch);
			run_word(m, &v, now);
			run_word(m, &v0, zero);
			back_word(m, scratch, &v0, &v, ds[t], dh + t * F);
			continue;
		}
		for (size_t j = 0; j < F; j++) {
			dh[t * F + j] += (float)(half * ds[t] *
			    ((double)q[j] + (double)q0[j]));
			dlast[j] += (float)(half * ds[t] *
			    ((double)now[j] + (double)zero[j]));
		}
	}
	mem_free(scratch);
}
