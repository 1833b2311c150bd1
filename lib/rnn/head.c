/* SPDX-License-Identifier: ISC */
#include "rnn/head.h"

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

void
head_pool(const struct model *m, size_t T, const float *h, struct trace *trace,
    float *feature)
{
	size_t F = m->directions * m->H;

	for (size_t j = 0; T > 0 && j < F; j++) {
		double sum = 0;
		size_t best = 0;

		for (size_t t = 0; t < T; t++) {
			sum += (double)h[t * F + j];
			if (h[t * F + j] > h[best * F + j])
				best = t;
		}
		if (m->pooling == POOLING_MEAN) {
			feature[j] = (float)(sum / (double)T);
			continue;
		}
		feature[j] = h[best * F + j];
		trace->direction[j / m->H].argmax[j % m->H] = (uint32_t)best;
	}
}

void
head_classify(const struct model *m, const float *feature, struct trace *trace)
{
	size_t F = m->directions * m->H;

	for (size_t row = 0; row < m->rows; row++) {
		double z = (double)m->bias[row];

		for (size_t j = 0; j < F; j++)
			z += (double)m->weight[row * F + j] *
			    (double)feature[j];
		trace->logit[row] = (float)z;
	}
	trace_classify(trace);
}
