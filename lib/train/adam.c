/* SPDX-License-Identifier: ISC */
#include "train/adam.h"

#include <math.h>

#include "base/mem.h"
#include "math/lanes.h"

static const double BETA1 = 0.9, BETA2 = 0.999, EPSILON = 1e-8;

struct adam
adam_new(struct arena *arena, float *x, size_t n)
{
	struct adam a = {
		.x = x,
		.m = MEM_VECTOR(arena, n, float),
		.v = MEM_VECTOR(arena, n, float),
		.n = n,
	};

	return a;
}

static struct lanes_adam
rates(struct adam_step s)
{
	return (struct lanes_adam){
		.b1 = (float)BETA1, .b2 = (float)BETA2,
		.rate = (float)(s.rate / (1.0 - pow(BETA1, (double)s.t))),
		.root = (float)(1.0 / sqrt(1.0 - pow(BETA2, (double)s.t))),
		.eps = (float)EPSILON, .decay = (float)s.decay,
	};
}

void
adam_update(struct adam *a, const float *g, struct adam_step s)
{
	const struct lanes_adam r = rates(s);

	lanes_adam(a->n, &r, g, a->x, a->m, a->v);
}

void
adam_update_rows(struct adam *a, size_t width, const int32_t *id, size_t n,
    const float *g, struct adam_step s)
{
	struct lanes_adam r;

	s.decay = 0.0;
	r = rates(s);
	for (size_t i = 0; i < n; i++, g += width) {
		size_t at = (size_t)id[i] * width;

		if (id[i] >= 0)
			lanes_adam(width, &r, g, a->x + at, a->m + at,
			    a->v + at);
	}
}
