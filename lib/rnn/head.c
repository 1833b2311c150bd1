/* SPDX-License-Identifier: ISC */
#include "rnn/head.h"

#include <string.h>

#include "base/mem.h"
#include "model/model.h"
#include "rnn/attend.h"
#include "rnn/stacked.h"
#include "rnn/trace.h"

void
head_trace(const struct model *m, const float *bias, struct arena *arena,
    size_t T, struct trace *trace)
{
	*trace = (struct trace){.model = m->name, .cell = m->cell,
	    .pooling = m->pooling, .T = T, .H = m->H, .C = m->C,
	    .directions = m->directions, .rows = m->rows,
	    .multilabel = m->multilabel, .label = m->label,
	    .weight = m->weight, .bias = bias};
	trace->logit = MEM_NEW(arena, m->rows, float);
	trace->probability = MEM_NEW(arena, m->C, float);
}

/* One part of the pooling, as head_pool. */
typedef void pool_part(const struct model *, size_t T, const float *h,
    struct trace *, float *feature);

static void
pool_last(const struct model *m, size_t T, const float *h, struct trace *trace,
    float *feature)
{
	(void)trace;
	memcpy(feature, h + (T - 1) * m->directions * m->H,
	    m->H * sizeof *feature);
	if (m->directions == 2)
		memcpy(feature + m->H, h + m->H, m->H * sizeof *feature);
}

static void
pool_end(const struct model *m, size_t T, const float *h, struct trace *trace,
    float *feature)
{
	size_t F = m->directions * m->H;

	(void)trace;
	memcpy(feature, h + (T - 1) * F, F * sizeof *feature);
}

static void
pool_mean(const struct model *m, size_t T, const float *h, struct trace *trace,
    float *feature)
{
	size_t F = m->directions * m->H;

	(void)trace;
	for (size_t j = 0; j < F; j++) {
		double sum = 0;

		for (size_t t = 0; t < T; t++)
			sum += (double)h[t * F + j];
		feature[j] = (float)(sum / (double)T);
	}
}

static void
pool_max(const struct model *m, size_t T, const float *h, struct trace *trace,
    float *feature)
{
	size_t F = m->directions * m->H;

	for (size_t j = 0; j < F; j++) {
		size_t best = 0;

		for (size_t t = 0; t < T; t++)
			if (h[t * F + j] > h[best * F + j])
				best = t;
		feature[j] = h[best * F + j];
		trace->direction[j / m->H].argmax[j % m->H] = (uint32_t)best;
	}
}

static void
pool_attention(const struct model *m, size_t T, const float *h,
    struct trace *trace, float *feature)
{
	size_t F = m->directions * m->H;
	struct arena *arena = mem_arena();
	double *alpha = MEM_NEW(arena, T, double);

	attend(m, arena, T, h, alpha);
	for (size_t j = 0; j < F; j++) {
		double sum = 0;

		for (size_t t = 0; t < T; t++)
			sum += alpha[t] * (double)h[t * F + j];
		feature[j] = (float)sum;
	}
	for (size_t d = 0; d < m->directions; d++) {
		float *M = trace->direction[d].M;

		for (size_t t = 0; M != NULL && t < T; t++)
			for (size_t j = 0; j < m->H; j++)
				M[t * m->H + j] = (float)alpha[t];
	}
	mem_free(arena);
}

static pool_part *const pool_parts[] = {
	[POOLING_LAST] = pool_last, [POOLING_END] = pool_end,
	[POOLING_MEAN] = pool_mean, [POOLING_MAX] = pool_max,
	[POOLING_ATTENTION] = pool_attention,
};

void
head_pool(const struct model *m, size_t T, const float *h, struct trace *trace,
    float *feature)
{
	size_t F = m->directions * m->H;

	for (size_t i = 0; T > 0 && i < m->pooling.n; i++)
		pool_parts[m->pooling.part[i]](m, T, h, trace,
		    feature + i * F);
}

struct stacked *
head_values(const struct model *m, struct arena *arena)
{
	struct stacked *v;

	if (m->stack.n == 0)
		return NULL;
	v = MEM_NEW(arena, 1, struct stacked);
	*v = stacked_new(arena, &m->stack, model_features(m));
	return v;
}

/* Run the modules from features [P]; NULL is zero. */
static void
run_modules(const struct model *m, const struct stacked *v,
    const float *feature)
{
	for (size_t j = 0; j < model_features(m); j++)
		v->x[0][j] = feature == NULL ? 0 : (double)feature[j];
	stacked_run(&m->stack, m->epsilon, v);
}

/* Row k of the output layer, of x [columns] or of the features. */
static double
output(const struct model *m, size_t k, const double *x, const float *feature)
{
	size_t columns = model_columns(m);
	const float *w = m->weight + k * columns;
	double z = (double)m->bias[k];

	for (size_t j = 0; j < columns; j++)
		z += (double)w[j] * (x != NULL ? x[j] : (double)feature[j]);
	return z;
}

struct stacked *
head_run(const struct model *m, struct arena *arena, const float *feature)
{
	struct stacked *v = head_values(m, arena);

	if (v != NULL)
		run_modules(m, v, feature);
	return v;
}

const float *
head_bias(const struct model *m, struct arena *arena,
    const struct stacked *zero)
{
	float *bias;

	if (zero == NULL)
		return m->bias;
	bias = MEM_NEW(arena, m->rows, float);
	for (size_t k = 0; k < m->rows; k++)
		bias[k] = (float)output(m, k, zero->x[m->stack.n], NULL);
	return bias;
}

void
head_classify(const struct model *m, const struct stacked *values,
    const float *feature, struct trace *trace)
{
	const double *x = NULL;

	if (values != NULL) {
		run_modules(m, values, feature);
		x = values->x[m->stack.n];
	}
	for (size_t k = 0; k < m->rows; k++)
		trace->logit[k] = (float)output(m, k, x, feature);
	trace_classify(trace);
}

void
head_linearise(const struct model *m, struct arena *arena,
    const struct stacked *zero, const struct stacked *values,
    struct trace *trace)
{
	size_t P = model_features(m), columns = model_columns(m);
	float *weight;
	double *dy, *dx;

	if (m->stack.n == 0)
		return;
	weight = MEM_VECTOR(arena, m->rows * P, float);
	dy = MEM_VECTOR(arena, columns, double);
	dx = MEM_VECTOR(arena, P, double);
	for (size_t k = 0; k < m->rows; k++) {
		for (size_t j = 0; j < columns; j++)
			dy[j] = (double)m->weight[k * columns + j];
		stacked_back(&m->stack, m->epsilon, arena, zero, values, dy,
		    dx);
		for (size_t j = 0; j < P; j++)
			weight[k * P + j] = (float)dx[j];
	}
	trace->weight = weight;
}

/* The gradient [columns] at what the output layer reads, of dz [rows]. */
static double *
output_back(const struct model *m, struct arena *arena, const double *dz)
{
	size_t columns = model_columns(m);
	double *dx = MEM_VECTOR(arena, columns, double);

	for (size_t j = 0; j < columns; j++)
		for (size_t k = 0; k < m->rows; k++)
			dx[j] += dz[k] * (double)m->weight[k * columns + j];
	return dx;
}

void
head_back(const struct model *m, struct arena *arena, const float *feature,
    const struct stacked *zero, const double *dz, float *df)
{
	double *dx = output_back(m, arena, dz);
	struct stacked *values = head_run(m, arena, feature);

	if (values != NULL) {
		double *dy = dx;

		dx = MEM_VECTOR(arena, model_features(m), double);
		stacked_back(&m->stack, m->epsilon, arena, zero == NULL ?
		    values : zero, values, dy, dx);
	}
	for (size_t j = 0; j < model_features(m); j++)
		df[j] = (float)dx[j];
}

/* The sum of dz_k times logit k, of features or of what the modules gave. */
static double
along(const struct model *m, const double *dz, const struct stacked *values,
    const float *feature)
{
	double sum = 0;

	for (size_t k = 0; k < m->rows; k++)
		if (dz[k] < 0 || dz[k] > 0)
			sum += dz[k] * output(m, k, values == NULL ? NULL :
			    values->x[m->stack.n], feature);
	return sum;
}

void
head_lrp(const struct model *m, struct arena *arena, double epsilon,
    const float *feature, const float *zero, const double *dz, float *df)
{
	double *dx = output_back(m, arena, dz);
	struct stacked *values = head_run(m, arena, feature);
	struct stacked *values0 = zero == NULL ? NULL : head_run(m, arena,
	    zero);
	double all = along(m, dz, values, feature), factor;

	all -= zero == NULL ? 0 : along(m, dz, values0, zero);
	factor = all / (all + (all >= 0 ? epsilon : -epsilon));
	for (size_t j = 0; j < model_columns(m); j++)
		dx[j] *= factor;
	if (values != NULL) {
		double *dy = dx;

		dx = MEM_VECTOR(arena, model_features(m), double);
		stacked_lrp(&m->stack, m->epsilon, arena, epsilon, values0,
		    values, dy, dx);
	}
	for (size_t j = 0; j < model_features(m); j++)
		df[j] = (float)dx[j];
}
