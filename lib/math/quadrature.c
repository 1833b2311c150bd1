/* SPDX-License-Identifier: ISC */
#include "math/quadrature.h"

#include <math.h>

/* The Legendre polynomial P_n at x, and its derivative. */
static double
legendre(size_t n, double x, double *derivative)
{
	double p = 1, before = 0;

	for (size_t k = 1; k <= n; k++) {
		double next = ((2.0 * (double)k - 1) * x * p -
		    ((double)k - 1) * before) / (double)k;

		before = p;
		p = next;
	}
	*derivative = (double)n * (x * p - before) / (x * x - 1);
	return p;
}

/*
 * Newton's method for each root of P_n, from Tricomi's estimate (Abramowitz and
 * Stegun 22.16.6), which is near enough to converge for every n.  Roots come in
 * pairs, x and -x.  The weight is 2 / ((1 - x^2) P_n'(x)^2) on -1..1, and half
 * of it on 0..1.
 */
void
quadrature_nodes(size_t n, double *node, double *weight)
{
	const double pi = 3.14159265358979323846;

	for (size_t i = 0; i < (n + 1) / 2; i++) {
		size_t pair = n - 1 - i;
		double x = cos(pi * ((double)i + 0.75) / ((double)n + 0.5));
		double slope, step;
		int tries = 0;

		do {
			step = legendre(n, x, &slope) / slope;
			x -= step;
		} while (fabs(step) > 1e-15 && ++tries < 100);
		if (i == pair)
			x = 0;
		legendre(n, x, &slope);
		node[i] = 0.5 - 0.5 * x;
		node[pair] = 0.5 + 0.5 * x;
		weight[i] = weight[pair] = 1 / ((1 - x * x) * slope * slope);
	}
}

void
quadrature_denser(size_t n, double *node, double *weight)
{
	const double a = 0.1, b = 0.2;
	double from = asinh(-a / b), to = asinh((1 - a) / b);

	quadrature_nodes(n, node, weight);
	for (size_t i = 0; i < n; i++) {
		double u = from + (to - from) * node[i];

		node[i] = a + b * sinh(u);
		weight[i] *= (to - from) * b * cosh(u);
	}
}
