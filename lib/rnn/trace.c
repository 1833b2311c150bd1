/* SPDX-License-Identifier: ISC */
#include "rnn/trace.h"

#include <math.h>

size_t
trace_row(const struct trace *t, size_t c, float *sign)
{
	bool sigmoid = t->rows == 1 && t->C == 2;

	*sign = sigmoid && c == 0 ? -1.0f : 1.0f;
	return sigmoid ? 0 : c;
}

void
trace_classify(struct trace *t)
{
	double top = -HUGE_VAL, sum = 0;
	float sign;

	t->predicted = 0;
	if (t->rows == 1 && t->C == 2) {
		double z = (double)t->logit[0];

		/* not 1 - p, which is 0 from z = 37 on */
		t->probability[0] = (float)(1.0 / (1.0 + exp(z)));
		t->probability[1] = (float)(1.0 / (1.0 + exp(-z)));
		t->predicted = t->logit[0] > 0;
		return;
	}
	for (size_t c = 0; c < t->C; c++) {
		double z = (double)t->logit[trace_row(t, c, &sign)];

		if (z > top) {
			top = z;
			t->predicted = c;
		}
	}
	for (size_t c = 0; t->multilabel && c < t->C; c++)
		t->probability[c] = (float)(1.0 / (1.0 +
		    exp(-(double)t->logit[c])));
	if (t->multilabel)
		return;
	for (size_t c = 0; c < t->C; c++)
		sum += exp((double)t->logit[c] - top);
	for (size_t c = 0; c < t->C; c++)
		t->probability[c] = (float)(exp((double)t->logit[c] - top) /
		    sum);
}
