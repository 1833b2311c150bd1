/* SPDX-License-Identifier: ISC */
/* normal: standard normal random numbers, by the polar method (Marsaglia). */
#ifndef NORMAL_H
#define NORMAL_H

#include <math.h>

#include "math/random.h"

static inline double
normal(struct random *r)
{
	double u, v, s;

	do {
		u = 2.0 * (double)random_unit(r) - 1.0;
		v = 2.0 * (double)random_unit(r) - 1.0;
		s = u * u + v * v;
	} while (s >= 1.0 || s == 0.0);
	return u * sqrt(-2.0 * log(s) / s);
}

#endif
