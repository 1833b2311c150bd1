/* SPDX-License-Identifier: ISC */
#include "train/dropout.h"

#include "math/random.h"

void
dropout(double p, struct random *random, size_t n, float *x, float *mask)
{
	float scale = (float)(1.0 / (1.0 - p));

	if (p <= 0.0)
		return;
	for (size_t i = 0; i < n; i++) {
		mask[i] = (double)random_unit(random) < p ? 0.0f : scale;
		x[i] *= mask[i];
	}
}

void
dropout_back(double p, size_t n, const float *mask, float *dx)
{
	if (p <= 0.0)
		return;
	for (size_t i = 0; i < n; i++)
		dx[i] *= mask[i];
}
