/* SPDX-License-Identifier: ISC */
/* quadrature: the rules, compared with known integrals. */
#include "math/quadrature.h"

#include <math.h>

#include "check.h"

enum { NODES_MAX = 1024 };

typedef void rule(size_t n, double *node, double *weight);

static double
integral(rule *nodes, size_t n, double (*f)(double))
{
	double node[NODES_MAX], weight[NODES_MAX], sum = 0;

	nodes(n, node, weight);
	for (size_t i = 0; i < n; i++)
		sum += weight[i] * f(node[i]);
	return sum;
}

static double
one(double q)
{
	return q * 0 + 1;
}

static double
power9(double q)
{
	return pow(q, 9);
}

/* Poles at 0.1 + 0.2 i and 0.1 - 0.2 i. */
static double
peak(double q)
{
	return 1 / ((q - 0.1) * (q - 0.1) + 0.04);
}

static bool
inside_and_ascending(rule *nodes, size_t n)
{
	double node[NODES_MAX], weight[NODES_MAX];
	double before = 0;

	nodes(n, node, weight);
	for (size_t i = 0; i < n; before = node[i++])
		if (!(node[i] > before && node[i] < 1 && weight[i] > 0))
			return false;
	return true;
}

static void
test_rules(void)
{
	const double area = (atan(4.5) + atan(0.5)) / 0.2;
	bool plain = true, denser = true;

	for (size_t n = 1; n <= NODES_MAX; n += n < 40 ? 1 : 123) {
		plain = plain && inside_and_ascending(quadrature_nodes, n) &&
		    fabs(integral(quadrature_nodes, n, one) - 1) < 1e-13;
		denser = denser && inside_and_ascending(quadrature_denser, n);
	}
	CHECK(plain, "Gauss-Legendre: nodes in 0..1, weights that add up to 1");
	CHECK(denser, "denser: nodes in 0..1, weights above 0");
	CHECK(fabs(integral(quadrature_nodes, 5, power9) - 0.1) < 1e-15 &&
	    fabs(integral(quadrature_nodes, 4, power9) - 0.1) > 1e-6,
	    "n nodes are exact to degree 2 n - 1, and no further");
	CHECK(fabs(integral(quadrature_denser, 20, one) - 1) < 1e-13 &&
	    fabs(integral(quadrature_denser, 20, power9) - 0.1) < 1e-10,
	    "denser: the same integrals");
	CHECK(fabs(integral(quadrature_denser, 10, peak) / area - 1) < 1e-8 &&
	    fabs(integral(quadrature_nodes, 10, peak) / area - 1) > 1e-5,
	    "denser: a peak near 0 takes fewer nodes");
}

int
main(void)
{
	test_rules();
	return check_done();
}
