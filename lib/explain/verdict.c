/* SPDX-License-Identifier: ISC */
#include "explain/verdict.h"

#include <math.h>

#include "rnn/trace.h"

struct verdict
verdict_of(const struct trace *t, const float *logit, const float *probability)
{
	struct verdict v = {.finite = true};

	for (size_t row = 0; row < t->rows && !t->odds; row++)
		v.finite = v.finite && isfinite(logit[row]);
	for (size_t c = 1; c < t->C; c++)
		if (probability[c] > probability[v.predicted])
			v.predicted = c;
	v.probability = probability[v.predicted];
	v.stays = probability[t->predicted];
	return v;
}
