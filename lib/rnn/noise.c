/* SPDX-License-Identifier: ISC */
#include "rnn/noise.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "math/packed.h"
#include "math/random.h"
#include "model/model.h"
#include "rnn/inputs.h"

enum {
	QUARTER = NOISE_POOL / 4,
	INDEX_BITS = 8,		/* 2^8 vectors in a quarter */
	AT_ONCE = 64,		/* vectors drawn and multiplied together */
};

_Static_assert(1 << INDEX_BITS == QUARTER, "an index of a quarter");

struct noise {
	const struct model *m;
	struct arena *arena;	/* of ih, x and y */
	float *ih[2];		/* W_ih of each direction, packed */
	float *x;		/* [AT_ONCE or fewer][D] */
	float *y;		/* the same rows of [directions][G H], of the
				 * whole pool: [NOISE_POOL] */
	bool made;
	uint64_t seed, number;	/* of the pool, if made */
};

struct noise *
noise_new(const struct model *m)
{
	struct noise *r = mem_calloc(1, sizeof *r);
	size_t GH = m->G * m->H;

	r->m = m;
	r->arena = mem_arena();
	for (size_t d = 0; d < m->directions; d++) {
		r->ih[d] = MEM_VECTOR(r->arena, packed_size(GH, m->D), float);
		packed_make(GH, m->D, m->layer[0][d].weight_ih, r->ih[d]);
	}
	r->x = MEM_VECTOR(r->arena, inputs_at_once(m, AT_ONCE) * m->D, float);
	r->y = MEM_VECTOR(r->arena, NOISE_POOL * m->directions * GH, float);
	return r;
}

void
noise_free(struct noise *r)
{
	if (r == NULL)
		return;
	mem_free(r->arena);
	free(r);
}

/* The products of direction d: [NOISE_POOL][G H]. */
static float *
products(const struct noise *r, size_t d)
{
	return r->y + d * NOISE_POOL * r->m->G * r->m->H;
}

bool
noise_is(const struct noise *r, uint64_t seed, uint64_t number)
{
	return r->made && r->seed == seed && r->number == number;
}

void
noise_pool(struct noise *r, uint64_t seed, uint64_t number)
{
	struct random random = random_seeded(seed, number);
	size_t D = r->m->D, GH = r->m->G * r->m->H;
	size_t most = inputs_at_once(r->m, AT_ONCE);

	for (size_t i = 0, some; i < NOISE_POOL; i += some) {
		some = NOISE_POOL - i < most ? NOISE_POOL - i : most;
		for (size_t j = 0; j < some * D; j++)
			r->x[j] = (float)random_normal(&random);
		for (size_t d = 0; d < r->m->directions; d++)
			packed_product(some, GH, D, r->x, r->ih[d],
			    products(r, d) + i * GH);
	}
	r->made = true;
	r->seed = seed;
	r->number = number;
}

void
noise_add(void *self, size_t d, size_t t, float *p)
{
	const struct noise_sample *s = self;
	size_t GH = s->noise->m->G * s->noise->m->H;
	uint64_t bits = hash_number_keyed(s->key, t);
	const float *z[4];
	float w[4];

	for (size_t k = 0; k < 4; k++) {
		size_t i = k * QUARTER + (bits & (QUARTER - 1));

		bits >>= INDEX_BITS;
		z[k] = products(s->noise, d) + i * GH;
		w[k] = (float)(bits & 1 ? s->deviation : -s->deviation) / 2;
		bits >>= 1;
	}
	for (size_t i = 0; i < GH; i++)
		p[i] += w[0] * z[0][i] + w[1] * z[1][i] + w[2] * z[2][i] +
		    w[3] * z[3][i];
}
