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

/*
 * (u, v) is uniform in a rectangle, and v / u is normal where u^2 is at most
 * exp(-(v/u)^2 / 2).  Two quadratic curves, one inside of that border and one
 * outside of it, decide all but 1 of 80 points without a logarithm.  The number
 * is a quotient of two doubles, and has the same bits on every machine.
 */
double
random_normal(struct random *r)
{
	for (;;) {
		double u = ((double)random_bits(r) + 1) * 0x1p-32;
		double v = 1.7156 * ((double)random_bits(r) * 0x1p-32 - 0.5);
		double x = u - 0.449871, y = fabs(v) + 0.386595;
		double q = x * x + y * (0.19600 * y - 0.25472 * x);

		if (q < 0.27597 || (q <= 0.27846 &&
		    v * v <= -4 * log(u) * u * u))
			return v / u;
	}
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
