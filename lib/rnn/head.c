/* SPDX-License-Identifier: ISC */
#include "rnn/head.h"

#include <string.h>

#include "base/mem.h"
#include "model/model.h"
#include "rnn/trace.h"

void
head_trace(const struct model *m, struct arena *arena, size_t T,
    struct trace *trace)
{
	*trace = (struct trace){.model = m->name, .cell = m->cell,
	    .pooling = m->pooling, .T = T, .H = m->H, .C = m->C,
	    .directions = m->directions, .rows = m->rows, .label = m->label,
	    .weight = m->weight, .bias = m->bias};
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

static pool_part *const pool_parts[] = {
	[POOLING_LAST] = pool_last, [POOLING_END] = pool_end,
	[POOLING_MEAN] = pool_mean, [POOLING_MAX] = pool_max,
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

void
head_classify(const struct model *m, const float *feature, struct trace *trace)
{
	size_t P = model_features(m);

	for (size_t row = 0; row < m->rows; row++) {
		double z = (double)m->bias[row];

		for (size_t j = 0; j < P; j++)
			z += (double)m->weight[row * P + j] *
			    (double)feature[j];
		trace->logit[row] = (float)z;
	}
	trace_classify(trace);
}
