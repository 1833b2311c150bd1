/* SPDX-License-Identifier: ISC */
#include "train/clip.h"

#include <math.h>

#include "math/hint.h"
#include "train/learner.h"

enum { CHAINS = 8 };		/* sums that do not wait for each other */

/* The sum of the squares of x [n], as CHAINS sums. */
static double
squares(size_t n, const float *x)
{
	double sum[CHAINS] = {0};

	for (; n >= CHAINS; n -= CHAINS, x += CHAINS)
		HINT_UNROLL(8)
		for (size_t c = 0; c < CHAINS; c++)
			sum[c] += (double)x[c] * (double)x[c];
	for (size_t c = 0; c < n; c++)
		sum[c] += (double)x[c] * (double)x[c];
	for (size_t c = 1; c < CHAINS; c++)
		sum[0] += sum[c];
	return sum[0];
}

static void
scale(size_t n, float by, float *x)
{
	for (size_t i = 0; i < n; i++)
		x[i] *= by;
}

void
clip_gradients(double most, size_t parts, const struct parameter part[],
    const struct learner_grad *g, size_t D)
{
	size_t words = g->embedding != NULL ? g->words : 0;
	double sum = 0.0, norm;
	float by;

	for (size_t k = 0; k < parts; k++)
		sum += squares(part[k].n, part[k].x);
	for (size_t u = 0; u < words; u++)
		if (g->id[u] >= 0)
			sum += squares(D, g->embedding + u * D);
	norm = sqrt(sum);
	if (!(norm > most))
		return;
	by = (float)(most / norm);
	for (size_t k = 0; k < parts; k++)
		scale(part[k].n, by, part[k].x);
	scale(words * D, by, g->embedding);
}
