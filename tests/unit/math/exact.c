/* SPDX-License-Identifier: ISC */
/*
 * exact: compared with fmaf, on hard cases: sums in the middle between two
 * floats, products far smaller and far larger than the number they are added
 * to, subnormals, overflow.
 */
#include "math/exact.h"

#include <stdbool.h>

#include "check.h"
#include "math/random.h"

static float
of_bits(uint32_t bits)
{
	float x;

	memcpy(&x, &bits, sizeof x);
	return x;
}

/* A random float with the exponent e; its low bits are often zero. */
static float
number(struct random *r, int e)
{
	static const uint32_t masks[] = {0xffffffff, 0xfffff000, 0xffff0000,
	    0xfffffff0};
	uint32_t bits = random_bits(r) & masks[random_bits(r) % 4];

	if (e < -126)
		return of_bits(bits & 0x80ffffff & ~0x00800000u);
	return of_bits((bits & 0x807fffff) | (uint32_t)(e + 127) << 23);
}

static bool
same(float a, float b)
{
	return memcmp(&a, &b, sizeof a) == 0 || (isnan(a) && isnan(b));
}

int
main(void)
{
	struct random r = random_seeded(1, 1);
	/* the exponent of a and b, that of c, and by how much c's varies */
	static const int kinds[][3] = {{0, 0, 40}, {-63, -126, 24},
	    {-75, -150, 1}, {-20, -64, 40}, {63, 126, 2}, {-70, -130, 10}};
	static const float special[] = {0.0f, -0.0f, 1.0f, 3.402823466e38f,
	    1e-45f, INFINITY, NAN};
	size_t wrong = 0, n = sizeof special / sizeof *special;

	for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
		for (int i = 0; i < 300000; i++) {
			int off = (int)random_below(&r,
			    2 * (uint32_t)kinds[k][2] + 1) - kinds[k][2];
			int e = kinds[k][1] + off;
			float a = number(&r, kinds[k][0]);
			float b = number(&r, kinds[k][0]);
			float c = number(&r, e > 127 ? 127 : e);

			wrong += !same(exact_fmaf(a, b, c), fmaf(a, b, c));
		}
		CHECK(wrong == 0, "kind %zu: %zu differ from fmaf", k, wrong);
	}
	for (size_t i = 0; i < n * n * n; i++) {
		float a = special[i % n], b = special[i / n % n];
		float c = special[i / n / n];

		wrong += !same(exact_fmaf(a, b, c), fmaf(a, b, c));
	}
	CHECK(wrong == 0, "zeros, limits, infinity, NaN");
	return check_done();
}
