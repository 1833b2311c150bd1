/* SPDX-License-Identifier: ISC */
/* quadrature and gradient: rules against known integrals, and when to stop. */
#include "math/quadrature.h"

#include <math.h>

#include "check.h"
#include "explain/gradient.h"

typedef void rule(size_t n, double *node, double *weight);

static double
integral(rule *nodes, size_t n, double (*f)(double))
{
	double node[GRADIENT_NODES_MAX], weight[GRADIENT_NODES_MAX], sum = 0;

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
	double node[GRADIENT_NODES_MAX], weight[GRADIENT_NODES_MAX];
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

	for (size_t n = 1; n <= GRADIENT_NODES_MAX; n += n < 40 ? 1 : 123) {
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

/* Errors as if they fell by a factor each node, but not below a floor: the
 * nodes of the last try, and whether that was enough. */
static bool
enough(double factor, double floor, double tolerance,
    struct gradient_progress *p, int *tries)
{
	double error;

	*p = (struct gradient_progress){gradient_nodes(tolerance), HUGE_VAL,
	    0};
	*tries = 0;
	do {
		error = fmax(pow(factor, (double)p->nodes), floor);
		++*tries;
	} while (gradient_more(p, error, tolerance, 1e-6));
	return p->missed <= tolerance;
}

static void
test_when_to_stop(void)
{
	struct gradient_progress p;
	int tries;

	CHECK(gradient_nodes(1e-7) == 14 && gradient_nodes(0.5) == 8 &&
	    gradient_nodes(0) == 16, "nodes to begin with");
	CHECK(enough(0.1, 0, 1e-7, &p, &tries) && tries == 1 && p.nodes == 14,
	    "enough at once");
	CHECK(enough(0.5, 0, 1e-7, &p, &tries) && tries == 2 && p.nodes <= 27,
	    "enough at the second try: %zu nodes", p.nodes);
	CHECK(!enough(0.5, 2e-7, 1e-7, &p, &tries) && p.nodes < 64,
	    "the floor is seen: no more than %zu nodes", p.nodes);
	CHECK(!enough(1, 0, 1e-4, &p, &tries) && p.nodes == GRADIENT_NODES_MAX,
	    "what does not fall is tried to the end, in %d tries", tries);
	CHECK(!enough(0.1, 1e-9, 0, &p, &tries), "none is enough for 0");
	CHECK(enough(0.1, 0, 0.5, &p, &tries) && tries == 1, "8 for 0.5");
}

int
main(void)
{
	test_rules();
	test_when_to_stop();
	return check_done();
}
