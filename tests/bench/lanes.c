/* SPDX-License-Identifier: ISC */
/*
 * lanes: print the largest error of lanes_exp, lanes_sigmoid and lanes_tanh
 * over all finite floats, in units of the last place of the exact result, and a
 * checksum that must be the same for every REAT_CPU.
 *
 *     for c in baseline v3 v4; do REAT_CPU=$c build/bench/lanes; done
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "math/cpu.h"
#include "math/lanes.h"

enum { BLOCK = 4096 };

static double
sigmoid(double x)
{
	return 1.0 / (1.0 + exp(-x));
}

/*
 * Returns the distance of y from exact, in ulps of exact as a float.  Subnormal
 * results (sigmoid below -87.3) are ignored, because exp overflows and the
 * result is 0.
 */
static double
error(float y, double exact)
{
	if (fabs(exact) < 0x1p-126 && fabsf(y) < 0x1p-126f)
		return 0;

	float nearest = (float)exact;
	double ulp;

	if (isinf(nearest) || isinf(y))
		return isinf(nearest) && isinf(y) ? 0 :
		    fabs(exact) > 3.4e38 ? 1 : 1e9;
	ulp = (double)nextafterf(fabsf(nearest), INFINITY) -
	    fabs((double)nearest);
	return fabs((double)y - exact) / ulp;
}

static const struct {
	const char *name;
	void (*lanes)(size_t, const float *, float *);
	double (*exact)(double);
} functions[] = {
	{"exp", lanes_exp, exp},
	{"sigmoid", lanes_sigmoid, sigmoid},
	{"tanh", lanes_tanh, tanh},
};

int
main(void)
{
	static float x[BLOCK], y[BLOCK];

	for (int f = 0; f < 3; f++) {
		double worst = 0;
		float at = 0;
		uint64_t sum = 14695981039346656037u;

		for (uint64_t first = 0; first < 1ull << 32; first += BLOCK) {
			for (uint32_t i = 0; i < BLOCK; i++) {
				uint32_t bits = (uint32_t)first + i;

				memcpy(&x[i], &bits, 4);
			}
			functions[f].lanes(BLOCK, x, y);
			for (int i = 0; i < BLOCK; i++) {
				uint32_t bits;
				double e;

				memcpy(&bits, &y[i], 4);
				if (isnan(x[i]))
					continue;
				sum = (sum ^ bits) * 1099511628211u;
				if (!isfinite(x[i]))
					continue;
				e = error(y[i], functions[f].exact(
				    (double)x[i]));
				if (e > worst) {
					worst = e;
					at = x[i];
				}
			}
		}
		printf("%s\t%s\t%.3f ulp at %a (%g)\t%016llx\n",
		    cpu_path_name(), functions[f].name, worst, (double)at,
		    (double)at, (unsigned long long)sum);
	}
	return 0;
}
