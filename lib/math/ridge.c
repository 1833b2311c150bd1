/* SPDX-License-Identifier: ISC */
/*
 * A weighted ridge regression from moments.
 *
 * A sample i has the weight w_i, the features x_i, each 0 or 1, and the values
 * y_i, one for each target.  As one row,
 *
 *     z_i = sqrt(w_i) (1, x_i, y_i),    M = sum_i z_i z_i^T
 *
 *           1      x       y
 *       +------+-------+-------+
 *     1 | w    | x     | y     |     w  = sum w_i      xx = sum w_i x_i x_i^T
 *       +------+-------+-------+     x  = sum w_i x_i  xy = sum w_i x_i y_i^T
 *     x |      | xx    | xy    |     y  = sum w_i y_i  yy = sum w_i y_i y_i^T
 *       +------+-------+-------+
 *     y |      |       | yy    |     (only this triangle is kept)
 *       +------+-------+-------+
 *
 * The fit needs only M.  Rows are collected, and BLAS adds many at once
 * (dsyrk).  With the means subtracted, and A = G + alpha I,
 *
 *     G = xx - x x^T / w      g = xy - x y / w
 *     A beta = g              b = (y - beta . x) / w
 *
 * A is scaled to ones on its diagonal, s_i = 1 / sqrt(A_ii), and LAPACK
 * factorises it, with its rows in the order P in which the largest pivot is
 * next (dpstrf):
 *
 *     P^T S A S P = L L^T     L z = P^T S g     L^T c = z     beta = S P c
 *
 * The squared error of the fit follows from the same moments, and gives R2
 * without a second pass over the samples:
 *
 *     total = yy - y^2 / w    error = total - beta . g - alpha |beta|^2
 *     R2 = 1 - error / total
 *
 * With the intercept b and the sum s of the coefficients fixed (ridge_fit_sum),
 * the means stay, and a Lagrange multiplier l holds the sum:
 *
 *     xx u = xy - b x      xx v = 1      l = (sum u - s) / sum v
 *     beta = u - l v
 *
 * Easy to get wrong: with alpha 0 a feature may be a combination of others (two
 * spans of the same words).  Then its pivot is only rounding.  At the first
 * pivot below 1e-12 the factorisation ends, and the features that are left get
 * the coefficient 0, since the others explain the same.  A feature that is the
 * same in every sample has only rounding on the diagonal of G, which must not
 * be scaled to 1.  Values y far from 0 lose digits in yy - y^2 / w, so the
 * caller subtracts a constant first.
 */
#include "math/ridge.h"

#include <cblas.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

enum {
	ROWS = 256,		/* most that dsyrk adds at once */
	BUFFER = 128 << 20,	/* bytes that OpenBLAS reserves on x86-64 */
};

static const double rounding = 1e-12;

/* LAPACK's Fortran function, which has no header in Debian's OpenBLAS; the last
 * argument is the length of uplo. */
void dpstrf_(const char *uplo, const blasint *n, double *A, const blasint *lda,
    blasint *pivot, blasint *rank, const double *tolerance, double *work,
    blasint *info, size_t);

struct ridge {
	size_t n, targets;
	size_t width;		/* of z: 1 + n + targets */
	size_t rows;		/* of z, not yet in M */
	bool fixed;		/* the intercept is, so no means */
	double *z;		/* [ROWS][width] */
	double *M;		/* [width][width], column >= row */
};

/*
 * OpenBLAS reserves a buffer at its first call and keeps it.  Without memory
 * for that it would try forever, so the memory is tested first.
 */
static void
start_blas(void)
{
	static bool started;
	double one = 1, sum = 0;

	if (started)
		return;
	started = true;
	free(mem_calloc(1, BUFFER));
	openblas_set_num_threads(1);
	cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, 1, 1, 1, &one, 1, 0,
	    &sum, 1);
}

struct ridge *
ridge_new(struct arena *arena, size_t n, size_t targets)
{
	struct ridge *r = MEM_NEW(arena, 1, struct ridge);
	size_t width = 1 + n + targets;

	start_blas();
	*r = (struct ridge){.n = n, .targets = targets, .width = width,
	    .z = MEM_VECTOR(arena, ROWS * width, double),
	    .M = MEM_VECTOR(arena, width * width, double)};
	return r;
}

/* Add the collected rows to M. */
static void
add_rows(struct ridge *r)
{
	blasint width = (blasint)r->width;

	if (r->rows > 0)
		cblas_dsyrk(CblasRowMajor, CblasUpper, CblasTrans, width,
		    (blasint)r->rows, 1, r->z, width, 1, r->M, width);
	r->rows = 0;
}

void
ridge_add(struct ridge *r, size_t m, const size_t on[], double weight,
    const double *y)
{
	double *z, root = sqrt(weight);

	if (r->rows == ROWS)
		add_rows(r);
	z = r->z + r->rows++ * r->width;
	z[0] = root;
	for (size_t i = 0; i < r->n; i++)
		z[1 + i] = 0;
	for (size_t i = 0; i < m; i++)
		z[1 + on[i]] = root;
	for (size_t k = 0; k < r->targets; k++)
		z[1 + r->n + k] = root * y[k];
}

/* An element of M. */
static double
moment(const struct ridge *r, size_t i, size_t j)
{
	return i < j ? r->M[i * r->width + j] : r->M[j * r->width + i];
}

/* The same with the means subtracted: an element of G, g or total. */
static double
centred(const struct ridge *r, size_t i, size_t j)
{
	return r->fixed ? moment(r, i, j) : moment(r, i, j) -
	    moment(r, i, 0) * moment(r, j, 0) / moment(r, 0, 0);
}

/*
 * Solve A beta = g for the features used[0..m); beta is g before.  Returns how
 * many features are no combinations of others.
 */
static size_t
solve(const struct ridge *r, struct arena *arena, double alpha, size_t m,
    const size_t used[], double *beta)
{
	double *A = MEM_VECTOR(arena, m * m, double);	/* column >= row */
	double *scale = MEM_VECTOR(arena, m, double);
	double *c = MEM_VECTOR(arena, m, double);
	double *work = MEM_VECTOR(arena, 2 * m, double);
	blasint *pivot = MEM_VECTOR(arena, m, blasint);
	blasint n = (blasint)m, rank, info;

	for (size_t i = 0; i < m; i++) {
		size_t f = 1 + used[i];
		double diagonal = centred(r, f, f) + alpha;

		scale[i] = diagonal > rounding * (moment(r, f, f) + alpha) ?
		    1 / sqrt(diagonal) : 0;
	}
	for (size_t i = 0; i < m; i++) {
		A[i * m + i] = scale[i] > 0;
		for (size_t j = i + 1; j < m; j++)
			A[i * m + j] = scale[i] * scale[j] *
			    centred(r, 1 + used[i], 1 + used[j]);
	}
	/* column >= row is the lower triangle in Fortran's order */
	dpstrf_("L", &n, A, &n, pivot, &rank, &rounding, work, &info, 1);
	for (blasint i = 0; i < rank; i++) {
		size_t f = (size_t)pivot[i] - 1;

		c[i] = scale[f] * beta[f];
	}
	cblas_dtrsv(CblasRowMajor, CblasUpper, CblasTrans, CblasNonUnit, rank,
	    A, n, c, 1);
	cblas_dtrsv(CblasRowMajor, CblasUpper, CblasNoTrans, CblasNonUnit,
	    rank, A, n, c, 1);
	for (size_t i = 0; i < m; i++)
		beta[i] = 0;
	for (blasint i = 0; i < rank; i++) {
		size_t f = (size_t)pivot[i] - 1;

		beta[f] = scale[f] * c[i];
	}
	return (size_t)rank;
}

struct ridge_fit
ridge_fit(struct ridge *r, struct arena *arena, size_t k, double alpha,
    size_t m, const size_t used[], double *beta)
{
	size_t y = 1 + r->n + k;
	struct ridge_fit fit = {.r2 = 1};
	double w, total, left;

	add_rows(r);
	w = moment(r, 0, 0);
	total = left = centred(r, y, y);
	for (size_t i = 0; i < m; i++)
		beta[i] = centred(r, y, 1 + used[i]);
	fit.rank = solve(r, arena, alpha, m, used, beta);
	/* left: the squared error */
	fit.intercept = moment(r, y, 0) / w;
	for (size_t i = 0; i < m; i++) {
		size_t f = 1 + used[i];

		fit.intercept -= beta[i] * moment(r, f, 0) / w;
		left -= beta[i] * centred(r, y, f) +
		    alpha * beta[i] * beta[i];
	}
	if (total > 0)
		fit.r2 = 1 - left / total;
	return fit;
}

/* The weighted squared error of a fit with this intercept. */
static double
squared_error(const struct ridge *r, size_t y, double b, const double *beta)
{
	double sum = moment(r, y, y) - 2 * b * moment(r, y, 0) +
	    b * b * moment(r, 0, 0);

	for (size_t i = 0; i < r->n; i++) {
		double row = b * moment(r, 1 + i, 0) - moment(r, y, 1 + i);

		sum += beta[i] * row;
		for (size_t j = 0; j < r->n; j++)
			row += beta[j] * moment(r, 1 + i, 1 + j);
		sum += beta[i] * row;
	}
	return sum;
}

static double
sum_of(size_t n, const double *v)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += v[i];
	return sum;
}

struct ridge_fit
ridge_fit_sum(struct ridge *r, struct arena *arena, size_t k, double intercept,
    double sum, double *beta)
{
	size_t n = r->n, y = 1 + n + k;
	struct ridge_fit fit = {.intercept = intercept, .r2 = 1};
	double *v = MEM_NEW(arena, n, double), held, total;
	size_t *all = MEM_NEW(arena, n, size_t);

	add_rows(r);
	total = centred(r, y, y);
	for (size_t i = 0; i < n; i++) {
		all[i] = i;
		v[i] = 1;
		beta[i] = moment(r, y, 1 + i) - intercept *
		    moment(r, 1 + i, 0);
	}
	r->fixed = true;
	fit.rank = solve(r, arena, 0, n, all, beta);
	solve(r, arena, 0, n, all, v);
	r->fixed = false;
	held = sum_of(n, v);
	for (size_t i = 0; i < n && held == 0; i++)
		v[i] = 1;	/* no sample tells the features apart */
	held = (sum_of(n, beta) - sum) / sum_of(n, v);
	for (size_t i = 0; i < n; i++)
		beta[i] -= held * v[i];
	if (total > 0)
		fit.r2 = 1 - squared_error(r, y, intercept, beta) / total;
	return fit;
}

static size_t
select_forward(struct ridge *r, struct arena *arena, size_t k, size_t m,
    size_t *used)
{
	bool *taken = MEM_NEW(arena, r->n, bool);
	double beta[RIDGE_FORWARD];
	size_t n;

	for (n = 0; n < m && n < r->n; n++) {
		size_t best = r->n;
		float most = 0;

		for (size_t i = 0; i < r->n; i++) {
			struct ridge_fit fit;

			if (taken[i])
				continue;
			used[n] = i;
			fit = ridge_fit(r, arena, k, 0, n + 1, used, beta);
			if (best == r->n || (float)fit.r2 > most) {
				best = i;
				most = (float)fit.r2;
			}
		}
		used[n] = best;
		taken[best] = true;
	}
	return n;
}

struct ranked {
	float size;
	size_t feature;
};

static int
larger_first(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;

	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return (x->feature > y->feature) - (x->feature < y->feature);
}

size_t
ridge_select(struct ridge *r, struct arena *arena, size_t k, size_t m,
    size_t *used)
{
	double *beta = MEM_NEW(arena, r->n, double);
	size_t *all = MEM_NEW(arena, r->n, size_t);
	struct ranked *rank = MEM_NEW(arena, r->n, struct ranked);

	for (size_t i = 0; i < r->n; i++)
		all[i] = i;
	if (m >= r->n) {
		for (size_t i = 0; i < r->n; i++)
			used[i] = i;
		return r->n;
	}
	if (m <= RIDGE_FORWARD)
		return select_forward(r, arena, k, m, used);
	ridge_fit(r, arena, k, 0.01, r->n, all, beta);
	for (size_t i = 0; i < r->n; i++)
		rank[i] = (struct ranked){(float)fabs(beta[i]), i};
	qsort(rank, r->n, sizeof *rank, larger_first);
	for (size_t i = 0; i < m; i++)
		used[i] = rank[i].feature;
	return m;
}
