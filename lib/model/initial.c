/* SPDX-License-Identifier: ISC */
#include "model/initial.h"

#include <math.h>

#include "math/random.h"
#include "model/model.h"

void
initial_uniform(struct random *random, double range, float *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (float)((2.0 * (double)random_unit(random) - 1.0) *
		    range);
}

void
initial_decay(struct random *random, struct model *m, size_t layer)
{
	size_t from = cells[m->cell].inner * m->H, n = m->G * m->H;

	for (size_t d = 0; d < m->directions; d++)
		for (size_t i = from; i < n; i++)
			m->layer[layer][d].bias_hh[i] = (float)log(-log(
			    .9 + .099 * (double)random_unit(random)));
}
