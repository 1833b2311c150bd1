/* SPDX-License-Identifier: ISC */
#include "math/product.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "math/packed.h"

enum {
	DEPTH = 1024,		/* terms of a sum that are packed together */
	ACROSS = 16,		/* columns that are transposed together */
};

/* Scratch memory that is kept from call to call. */
struct scratch {
	float *x;		/* aligned to 64 bytes */
	size_t cap;
};

struct product {
	struct scratch packed, across, sum;
};

struct product *
product_new(void)
{
	struct product *p = mem_calloc(1, sizeof *p);

	return p;
}

void
product_free(struct product *p)
{
	free(p->packed.x);
	free(p->across.x);
	free(p->sum.x);
	free(p);
}

static float *
want(struct scratch *s, size_t n)
{
	if (n <= s->cap)
		return s->x;
	free(s->x);
	s->cap = n + n / 2;
	if (posix_memalign((void **)&s->x, 64, s->cap * sizeof *s->x) != 0)
		die("out of memory (%zu numbers wanted)", s->cap);
	return s->x;
}

void
product_nn(struct product *p, size_t m, size_t n, size_t k, const float *A,
    const float *B, float *C)
{
	float *packed = want(&p->packed, packed_size(n, k));

	packed_make_transposed(n, k, B, packed);
	packed_product(m, n, k, A, packed, C);
}

void
product_nt(struct product *p, size_t m, size_t n, size_t k, const float *A,
    const float *B, float *C)
{
	float *packed = want(&p->packed, packed_size(n, k));

	packed_make(n, k, B, packed);
	packed_product(m, n, k, A, packed, C);
}

/* Set to [m][k] = A [k][m]^T, ACROSS columns of A at a time. */
static void
transpose(size_t m, size_t k, const float *A, float *to)
{
	for (size_t j = 0; j < m; j += ACROSS) {
		size_t width = m - j < ACROSS ? m - j : ACROSS;

		for (size_t i = 0; i < k; i++)
			for (size_t c = 0; c < width; c++)
				to[(j + c) * k + i] = A[i * m + j + c];
	}
}

void
product_tn(struct product *p, size_t m, size_t n, size_t k, const float *A,
    const float *B, float *C)
{
	size_t most = k < DEPTH ? k : DEPTH;
	float *packed = want(&p->packed, packed_size(n, most));
	float *across = want(&p->across, m * most);
	float *sum = k > DEPTH ? want(&p->sum, m * n) : C;

	if (k == 0)
		memset(C, 0, m * n * sizeof *C);
	for (size_t i = 0; i < k; i += DEPTH) {
		size_t depth = k - i < DEPTH ? k - i : DEPTH;

		packed_make_transposed(n, depth, B + i * n, packed);
		transpose(m, depth, A + i * m, across);
		packed_product(m, n, depth, across, packed, i == 0 ? C : sum);
		for (size_t j = 0; i > 0 && j < m * n; j++)
			C[j] += sum[j];
	}
}
