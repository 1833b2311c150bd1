/* SPDX-License-Identifier: ISC */
/*
 * A step of Adam, with g the gradient and t the number of the step:
 *
 *     g = g + decay x                        of decay/2 |x|^2 in the loss
 *     m = b1 m + (1 - b1) g                  running means of g and g^2, from 0
 *     v = b2 v + (1 - b2) g^2
 *     x = x - rate / (1 - b1^t) m / (sqrt(v / (1 - b2^t)) + eps)
 *
 * b1 = 0.9, b2 = 0.999, eps = 1e-8.  A mean that starts from 0 is too small in
 * the first steps; 1 - b1^t and 1 - b2^t correct that.  They are the same for
 * all elements, so they are computed once, in double precision:
 *
 *     rate' = rate / (1 - b1^t)    root = 1 / sqrt(1 - b2^t)
 *     x = x - rate' m / (sqrt(v) root + eps)               lanes_adam
 *
 * Rows of an embedding.  A batch has gradients for its own words only:
 *
 *     word      the    film   dull   ...        V rows
 *     step 1    x m v  x m v                    words of this batch
 *     step 2    x m v         x m v             "film" keeps x, m and v
 *
 * The dense rule would take g = 0 for "film": m and v would decay, and x would
 * still move by what is left of m.  Here nothing changes until the word occurs
 * again.  t is the number of the run's step for every row, not how often the
 * word has occurred.
 */
#include "train/adam.h"

#include <math.h>

#include "base/crew.h"
#include "base/mem.h"
#include "math/lanes.h"
#include "model/parameters.h"

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

/* Parameters, or rows of one, to update. */
struct update {
	struct adam *a;
	const struct parameter *gradient;	/* of each of n parameters */
	size_t n;
	const int32_t *id;	/* [n] rows of width numbers */
	size_t width;
	const float *g;		/* [n][width] */
	struct lanes_adam r;
};

static void
update_parameters(void *self, size_t part, size_t parts)
{
	const struct update *u = self;

	for (size_t k = 0; k < u->n; k++) {
		struct adam *a = &u->a[k];
		size_t at = crew_begin(a->n, 64, part, parts);

		lanes_adam(crew_begin(a->n, 64, part + 1, parts) - at, &u->r,
		    u->gradient[k].x + at, a->x + at, a->m + at, a->v + at);
	}
}

static void
update_rows(void *self, size_t part, size_t parts)
{
	const struct update *u = self;
	struct adam *a = u->a;
	size_t end = crew_begin(u->n, 1, part + 1, parts);

	for (size_t i = crew_begin(u->n, 1, part, parts); i < end; i++) {
		size_t at = (size_t)u->id[i] * u->width;

		if (u->id[i] >= 0)
			lanes_adam(u->width, &u->r, u->g + i * u->width,
			    a->x + at, a->m + at, a->v + at);
	}
}

void
adam_update(struct crew *crew, size_t n, struct adam *a,
    const struct parameter *gradient, struct adam_step s)
{
	struct update u = {.a = a, .gradient = gradient, .n = n,
	    .r = rates(s)};

	crew_do(crew, update_parameters, &u);
}

void
adam_update_rows(struct crew *crew, struct adam *a, size_t width,
    const int32_t *id, size_t n, const float *g, struct adam_step s)
{
	struct update u = {.a = a, .id = id, .n = n, .width = width, .g = g};

	s.decay = 0.0;
	u.r = rates(s);
	crew_do(crew, update_rows, &u);
}
