/* SPDX-License-Identifier: ISC */
#include "adam.h"

#include <math.h>

#include "mem.h"

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

static void
update(float *restrict x, float *restrict m, float *restrict v,
    const float *restrict g, size_t n, struct adam_step s)
{
	const float b1 = (float)BETA1, c1 = (float)(1.0 - BETA1);
	const float b2 = (float)BETA2, c2 = (float)(1.0 - BETA2);
	const float rate = (float)(s.rate / (1.0 - pow(BETA1, (double)s.t)));
	const float root = (float)(1.0 / sqrt(1.0 - pow(BETA2, (double)s.t)));
	const float eps = (float)EPSILON, decay = (float)s.decay;

	for (size_t i = 0; i < n; i++) {
		float d = g[i] + decay * x[i];

		m[i] = b1 * m[i] + c1 * d;
		v[i] = b2 * v[i] + c2 * d * d;
		x[i] -= rate * m[i] / (sqrtf(v[i]) * root + eps);
	}
}

void
adam_update(struct adam *a, const float *g, struct adam_step s)
{
	update(a->x, a->m, a->v, g, a->n, s);
}

void
adam_update_rows(struct adam *a, size_t width, const int32_t *id, size_t n,
    const float *g, struct adam_step s)
{
	s.decay = 0.0;
	for (size_t i = 0; i < n; i++, g += width) {
		size_t at = (size_t)id[i] * width;

		if (id[i] >= 0)
			update(a->x + at, a->m + at, a->v + at, g, width, s);
	}
}
