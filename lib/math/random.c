/* SPDX-License-Identifier: ISC */
#include "math/random.h"

#include <math.h>

struct random
random_seeded(uint64_t seed, uint64_t stream)
{
	struct random r = {0, 2 * stream + 1};

	random_bits(&r);
	r.state += seed;
	random_bits(&r);
	return r;
}

uint32_t
random_bits(struct random *r)
{
	uint64_t s = r->state;
	uint32_t x = (uint32_t)(((s >> 18) ^ s) >> 27);
	uint32_t rot = (uint32_t)(s >> 59);

	r->state = s * 6364136223846793005u + r->step;
	return x >> rot | x << ((32 - rot) & 31);
}

float
random_unit(struct random *r)
{
	return (float)(random_bits(r) >> 8) * 0x1p-24f;
}

uint32_t
random_below(struct random *r, uint32_t n)
{
	/* 2^32 mod n: draw again below it, so that every x % n is as likely */
	uint32_t x, least = (0u - n) % n;

	do
		x = random_bits(r);
	while (x < least);
	return x % n;
}

double
random_normal(struct random *r)
{
	double u, v, s;

	do {
		u = 2.0 * (double)random_unit(r) - 1.0;
		v = 2.0 * (double)random_unit(r) - 1.0;
		s = u * u + v * v;
	} while (s >= 1.0 || s == 0.0);
	return u * sqrt(-2.0 * log(s) / s);
}

void
random_shuffle(struct random *r, uint32_t *order, uint32_t n)
{
	for (uint32_t i = n; i > 1; i--) {
		uint32_t k = random_below(r, i), swap = order[k];

		order[k] = order[i - 1];
		order[i - 1] = swap;
	}
}
