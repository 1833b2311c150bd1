/* SPDX-License-Identifier: ISC */
#include "math/rank.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

struct item {
	double value;
	size_t at;
};

static int
compare(const void *va, const void *vb)
{
	const struct item *a = va, *b = vb;

	return a->value < b->value ? -1 : a->value > b->value;
}

double *
rank_centred(struct arena *arena, const double *x, size_t n)
{
	struct item *item = MEM_NEW(arena, n, struct item);
	double *rank = MEM_VECTOR(arena, n, double);

	for (size_t i = 0; i < n; i++)
		item[i] = (struct item){x[i], i};
	qsort(item, n, sizeof *item, compare);
	for (size_t i = 0, j; i < n; i = j) {
		for (j = i + 1; j < n && item[j].value == item[i].value; )
			j++;
		for (size_t k = i; k < j; k++)
			rank[item[k].at] = (double)(i + j - 1) / 2 -
			    (double)(n - 1) / 2;
	}
	return rank;
}

bool
rank_spearman(struct arena *arena, const double *x, const double *y, size_t n,
    double *rho)
{
	double *a = rank_centred(arena, x, n), *b = rank_centred(arena, y, n);
	double ab = 0, aa = 0, bb = 0;

	for (size_t i = 0; i < n; i++) {
		ab += a[i] * b[i];
		aa += a[i] * a[i];
		bb += b[i] * b[i];
	}
	if (n < 2 || aa == 0 || bb == 0)
		return false;
	*rho = ab / sqrt(aa * bb);
	return true;
}
