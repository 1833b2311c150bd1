/* SPDX-License-Identifier: ISC */
/*
 * A weighted ridge regression from moments.
 *
 * The fit needs only sums over the samples, which ridge_add keeps.  A sample i
 * has the weight w_i, the features x_i, each 0 or 1, and the value y_i:
 *
 *     w = sum w_i             x = sum w_i x_i        xx = sum w_i x_i x_i^T
 *     y = sum w_i y_i         xy = sum w_i y_i x_i   yy = sum w_i y_i^2
 *
 * A feature is 0 or 1, so a sample adds its weight to the rows and columns of
 * the features that are 1.  With the means subtracted, and A = G + alpha I,
 *
 *     G = xx - x x^T / w      g = xy - x y / w
 *     A beta = g              b = (y - beta . x) / w
 *
 *     A = L L^T      L z = g      L^T beta = z       (Cholesky)
 *
 * The squared error of the fit follows from the same sums, and gives R2 without
 * a second pass over the samples:
 *
 *     total = yy - y^2 / w    error = total - beta . g - alpha |beta|^2
 *     R2 = 1 - error / total
 *
 * Easy to get wrong: with alpha 0 a feature may be a combination of others (a
 * word that is in every sample, two spans of the same words).  Then its pivot
 * is only rounding: a pivot below 1e-12 of the diagonal counts as 0, and the
 * feature gets coefficient 0, since the others explain the same.  Values y far
 * from 0 lose digits in yy - y^2 / w, so the caller subtracts a constant first.
 */
#include "math/ridge.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/mem.h"

/* Sums over the samples, weighted (see above). */
struct ridge {
	size_t n, targets;
	double w;
	double *x;		/* [n] */
	double *xx;		/* [n][n], column <= row */
	double *y, *yy;		/* [targets] */
	double *xy;		/* [targets][n] */
};

struct ridge *
ridge_new(struct arena *arena, size_t n, size_t targets)
{
	struct ridge *r = MEM_NEW(arena, 1, struct ridge);

	*r = (struct ridge){.n = n, .targets = targets,
	    .x = MEM_NEW(arena, n, double),
	    .xx = MEM_NEW(arena, n * n, double),
	    .y = MEM_NEW(arena, targets, double),
	    .yy = MEM_NEW(arena, targets, double),
	    .xy = MEM_NEW(arena, targets * n, double)};
	return r;
}

void
ridge_add(struct ridge *r, size_t m, const size_t on[], double weight,
    const double *y)
{
	r->w += weight;
	for (size_t i = 0; i < m; i++) {
		double *row = r->xx + on[i] * r->n;

		r->x[on[i]] += weight;
		for (size_t j = 0; j <= i; j++)
			row[on[j]] += weight;
	}
	for (size_t k = 0; k < r->targets; k++) {
		double *xy = r->xy + k * r->n, wy = weight * y[k];

		r->y[k] += wy;
		r->yy[k] += wy * y[k];
		for (size_t i = 0; i < m; i++)
			xy[on[i]] += wy;
	}
}

/* G[i][j] */
static double
covariance(const struct ridge *r, size_t i, size_t j)
{
	double xx = i > j ? r->xx[i * r->n + j] : r->xx[j * r->n + i];

	return xx - r->x[i] * r->x[j] / r->w;
}

/*
 * Replace A [m][m] by L.  A feature that is a combination of those before it
 * gets the pivot 0, and its column of L is 0.
 */
static void
cholesky(size_t m, double *A)
{
	for (size_t i = 0; i < m; i++) {
		double *row = A + i * m, size = row[i];

		for (size_t j = 0; j <= i; j++) {
			const double *other = A + j * m;
			double sum = row[j];

			for (size_t l = 0; l < j; l++)
				sum -= row[l] * other[l];
			if (j == i)
				row[j] = sum > 1e-12 * size ? sqrt(sum) : 0;
			else
				row[j] = other[j] > 0 ? sum / other[j] : 0;
		}
	}
}

/* Solve L L^T x = b; b is replaced by x. */
static void
solve(size_t m, const double *L, double *b)
{
	for (size_t i = 0; i < m; i++) {
		for (size_t j = 0; j < i; j++)
			b[i] -= L[i * m + j] * b[j];
		b[i] = L[i * m + i] > 0 ? b[i] / L[i * m + i] : 0;
	}
	for (size_t i = m; i-- > 0; ) {
		for (size_t j = i + 1; j < m; j++)
			b[i] -= L[j * m + i] * b[j];
		b[i] = L[i * m + i] > 0 ? b[i] / L[i * m + i] : 0;
	}
}

struct ridge_fit
ridge_fit(const struct ridge *r, struct arena *arena, size_t k, double alpha,
    size_t m, const size_t used[], double *beta)
{
	double *A = MEM_NEW(arena, m * m, double);
	double mean = r->y[k] / r->w, total = r->yy[k] - mean * r->y[k];
	double left = total;
	struct ridge_fit fit = {mean, 1};

	for (size_t i = 0; i < m; i++) {
		for (size_t j = 0; j <= i; j++)
			A[i * m + j] = covariance(r, used[i], used[j]);
		A[i * m + i] += alpha;
		beta[i] = r->xy[k * r->n + used[i]] - r->x[used[i]] * mean;
	}
	cholesky(m, A);
	solve(m, A, beta);
	/* left: the squared error */
	for (size_t i = 0; i < m; i++) {
		double x = r->x[used[i]];

		fit.intercept -= beta[i] * x / r->w;
		left -= beta[i] * (r->xy[k * r->n + used[i]] - x * mean) +
		    alpha * beta[i] * beta[i];
	}
	if (total > 0)
		fit.r2 = 1 - left / total;
	return fit;
}

static size_t
select_forward(const struct ridge *r, struct arena *arena, size_t k, size_t m,
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
ridge_select(const struct ridge *r, struct arena *arena, size_t k, size_t m,
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
