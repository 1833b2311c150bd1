/* SPDX-License-Identifier: ISC */
/* quadrature: the rules, compared with known integrals and with LAPACK. */
#include "math/quadrature.h"

#include <cblas.h>
#include <math.h>

#include "base/mem.h"
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

/* LAPACK: the eigenvalues d of a symmetric tridiagonal matrix [n][n], d on its
 * diagonal and e beside it, and its eigenvectors Z [n][n], a row each. */
void dstev_(const char *job, const blasint *n, double *d, double *e, double *Z,
    const blasint *ldz, double *work, blasint *info, size_t);

/*
 * The nodes are the eigenvalues of the matrix of the recurrence of Legendre's
 * polynomials, and the weights the squares of the vectors' first components
 * (Golub and Welsch 1969).  Returns the largest error of n nodes and weights.
 */
static double
off(struct arena *arena, size_t n)
{
	double node[NODES_MAX], weight[NODES_MAX], worst = 0;
	double *d = MEM_VECTOR(arena, n, double);
	double *e = MEM_VECTOR(arena, n, double);
	double *Z = MEM_VECTOR(arena, n * n, double);
	double *work = MEM_VECTOR(arena, 2 * n, double);
	blasint size = (blasint)n, info;

	for (size_t i = 1; i < n; i++) {
		double k = (double)i;

		e[i - 1] = k / sqrt(4 * k * k - 1);
	}
	dstev_("V", &size, d, e, Z, &size, work, &info, 1);
	quadrature_nodes(n, node, weight);
	for (size_t i = 0; i < n; i++)
		worst = fmax(worst, fmax(fabs((1 + d[i]) / 2 - node[i]),
		    fabs(Z[i * n] * Z[i * n] / weight[i] - 1)));
	mem_reset(arena);
	return info == 0 ? worst : HUGE_VAL;
}

static void
test_lapack(void)
{
	static const size_t sizes[] = {1, 2, 7, 16, 33, 128, 300};
	struct arena *arena = mem_arena();

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		double worst = off(arena, sizes[i]);

		CHECK(worst < 3e-11, "%zu nodes and weights are LAPACK's "
		    "(%.1e)", sizes[i], worst);
	}
	mem_free(arena);
}

int
main(void)
{
	test_rules();
	test_lapack();
	return check_done();
}
