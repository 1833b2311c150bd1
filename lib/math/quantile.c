/* SPDX-License-Identifier: ISC */
#include "math/quantile.h"

#include <math.h>
#include <stdlib.h>

static int
ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

void
quantile_sort(double *value, size_t n)
{
	qsort(value, n, sizeof *value, ascending);
}

double
quantile(const double *sorted, size_t n, double p)
{
	double place = p * (double)(n - 1), below = floor(place);
	size_t i = (size_t)below;

	return i + 1 < n ? sorted[i] + (place - below) * (sorted[i + 1] -
	    sorted[i]) : sorted[n - 1];
}
