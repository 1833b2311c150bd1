/* SPDX-License-Identifier: ISC */
/* random: PCG32's published numbers, and the distributions made of them. */
#include "math/random.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "check.h"

static void
test_random(void)
{
	/* pcg32-demo of the PCG distribution, round 1 */
	static const uint32_t golden[] = {0xa15c02b7, 0x7b47f409, 0xba1d3330,
		0x83d2f293, 0xbfa4784b, 0xcbed606e};
	static const double normal[] = {0x1.3856f9b0de716p-3,
		0x1.36d34b05932c7p-1, 0x1.8cde7a258d8f5p-4,
		-0x1.135fb36fca42dp+0};
	struct random r = random_seeded(42, 54), a, b;
	double sum = 0, squares = 0, fourth = 0, below = 0;
	uint32_t order[100], count[7] = {0};
	bool good = true, seen[100] = {false};

	for (size_t i = 0; i < 6; i++)
		good = good && random_bits(&r) == golden[i];
	CHECK(good, "PCG32's published numbers");
	a = random_seeded(1, 0);
	for (size_t i = 0; i < 4; i++)
		CHECK(random_normal(&a) == normal[i],
		    "the same normal numbers everywhere: %a", normal[i]);
	a = random_seeded(1, 0);
	b = random_seeded(1, 1);
	CHECK(random_bits(&a) != random_bits(&b), "streams differ");
	for (int i = 0; i < 100000; i++) {
		float u = random_unit(&r);
		double n = random_normal(&r);

		good = good && u >= 0 && u < 1;
		sum += n;
		squares += n * n;
		fourth += n * n * n * n;
		below += n < -1;
		count[random_below(&r, 7)]++;
	}
	CHECK(good, "units are in [0, 1)");
	CHECK(fabs(sum / 1e5) < 0.02 && fabs(squares / 1e5 - 1) < 0.02,
	    "normal: mean %g, variance %g", sum / 1e5, squares / 1e5);
	CHECK(fabs(fourth / 1e5 - 3) < 0.15 && fabs(below / 1e5 - 0.15866) <
	    0.005, "normal: fourth moment %g, below -1 %g", fourth / 1e5,
	    below / 1e5);
	for (int i = 0; i < 7; i++)
		good = good && abs((int)count[i] - 14286) < 500;
	CHECK(good && random_below(&r, 1) == 0, "below is uniform");
	for (uint32_t i = 0; i < 100; i++)
		order[i] = i;
	random_shuffle(&r, order, 100);
	random_shuffle(&r, order, 0);
	random_shuffle(&r, order, 1);
	for (uint32_t i = 0; i < 100; i++)
		seen[order[i]] = true;
	for (uint32_t i = 0; i < 100; i++)
		good = good && seen[i];
	CHECK(good && (order[0] != 0 || order[1] != 1 || order[2] != 2),
	    "a shuffle is a permutation");
}

int
main(void)
{
	test_random();
	return check_done();
}
