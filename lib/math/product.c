/* SPDX-License-Identifier: ISC */
#include "math/product.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/crew.h"
#include "base/err.h"
#include "base/mem.h"
#include "math/lanes.h"
#include "math/packed.h"
#include "math/transpose.h"

enum {
	DEPTH = 1024,		/* terms of a sum that are packed together */
	BLOCK = 16,		/* rows of A that are transposed together */
	ROWS = 4,		/* of C, which one thread computes together */
	TURNED = 48,		/* rows of A^T that are made, and then used:
				 * they stay in the second cache */
	SMALL = 1 << 18,	/* terms: one thread is done before another
				 * is awake */
};

/* Scratch memory that is kept from call to call. */
struct scratch {
	float *x;		/* aligned to 64 bytes */
	size_t cap;
};

struct product {
	struct crew *crew;
	struct scratch packed, across, sum;
};

struct product *
product_new(struct crew *crew)
{
	struct product *p = mem_calloc(1, sizeof *p);

	p->crew = crew;
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

/* Room for n numbers; a valid pointer, even for 0. */
static float *
want(struct scratch *s, size_t n)
{
	if (n <= s->cap && s->x != NULL)
		return s->x;
	free(s->x);
	s->cap = n + n / 2 + 1;
	if (posix_memalign((void **)&s->x, 64, s->cap * sizeof *s->x) != 0)
		die("out of memory (%zu numbers wanted)", s->cap);
	return s->x;
}

/*
 * C [m][n], or a piece of its sum.  The threads pack B together, panels of it
 * each; then each computes rows of C, for which it needs all panels.
 */
struct task {
	size_t m, n, k;
	const float *A, *B;
	void (*pack)(size_t first, size_t last, size_t n, size_t k,
	    const float *W, float *to);
	const float *packed;
	float *to;		/* the same, if it is to be packed */
	bool tn;		/* A is [k][m] */
	float *across;		/* [parts][TURNED][k] for rows of A^T, if tn */
	float *a;		/* A's columns are added to it, or NULL */
	const float *b;		/* is added to each row, or NULL */
	float *C;		/* where the product goes */
	float *total;		/* C is added to it, or NULL */
};

static void
pack(void *self, size_t part, size_t parts)
{
	const struct task *t = self;
	size_t panels = packed_panels(t->n);

	t->pack(crew_begin(panels, 1, part, parts),
	    crew_begin(panels, 1, part + 1, parts), t->n, t->k, t->B,
	    t->to);
}

/* Set to [rows][k] = columns of A [k][m] from first on, and add them to a. */
static void
turn(const struct task *t, size_t first, size_t rows, float *to)
{
	for (size_t i = 0; i < t->k; i += BLOCK) {
		size_t n = t->k - i < BLOCK ? t->k - i : BLOCK;
		const float *A = t->A + i * t->m + first;

		transpose(n, rows, A, t->m, to + i, t->k);
		for (size_t r = 0; r < n && t->a != NULL; r++)
			lanes_add(rows, A + r * t->m, t->a + first);
	}
}

static void
multiply(void *self, size_t part, size_t parts)
{
	const struct task *t = self;
	size_t n = t->n, k = t->k;
	size_t first = crew_begin(t->m, ROWS, part, parts);
	size_t last = crew_begin(t->m, ROWS, part + 1, parts);

	for (size_t i = first; t->tn && i < last; i += TURNED) {
		size_t rows = last - i < TURNED ? last - i : TURNED;
		float *across = t->across + part * TURNED * k;

		turn(t, i, rows, across);
		packed_product(rows, n, k, across, t->packed, t->C + i * n);
	}
	if (!t->tn)
		packed_product(last - first, n, k, t->A + first * k,
		    t->packed, t->C + first * n);
	if (t->b != NULL)
		packed_add(last - first, n, t->b, t->C + first * n);
	for (size_t i = first * n; t->total != NULL && i < last * n; i++)
		t->total[i] += t->C[i];
}

static void
compute(struct product *p, struct task *t)
{
	struct crew *crew = t->m * t->n * t->k < SMALL ? NULL : p->crew;

	t->packed = t->to = want(&p->packed, packed_size(t->n, t->k));
	crew_do(crew, pack, t);
	crew_do(crew, multiply, t);
}

void
product_nn(struct product *p, size_t m, size_t n, size_t k, const float *A,
    const float *B, float *C)
{
	struct task t = {.m = m, .n = n, .k = k, .A = A, .B = B, .C = C,
	    .pack = packed_make_panels_transposed};

	compute(p, &t);
}

void
product_nt(struct product *p, size_t m, size_t n, size_t k, const float *A,
    const float *B, const float *b, float *C)
{
	struct task t = {.m = m, .n = n, .k = k, .A = A, .B = B, .b = b,
	    .C = C, .pack = packed_make_panels};

	compute(p, &t);
}

void
product_packed(struct crew *crew, size_t m, size_t n, size_t k,
    const float *A, const float *packed, const float *b, float *C)
{
	struct task t = {.m = m, .n = n, .k = k, .A = A, .packed = packed,
	    .b = b, .C = C};

	crew_do(crew, multiply, &t);
}

void
product_tn(struct product *p, size_t m, size_t n, size_t k, const float *A,
    const float *B, float *a, float *C)
{
	size_t most = k < DEPTH ? k : DEPTH;
	struct task t = {.m = m, .n = n, .C = C, .a = a, .tn = true,
	    .pack = packed_make_panels_transposed,
	    .across = want(&p->across, crew_size(p->crew) * TURNED * most)};
	float *sum = k > DEPTH ? want(&p->sum, m * n) : NULL;

	if (k == 0)
		memset(C, 0, m * n * sizeof *C);
	for (size_t i = 0; i < k; i += DEPTH) {
		t.k = k - i < DEPTH ? k - i : DEPTH;
		t.A = A + i * m;
		t.B = B + i * n;
		compute(p, &t);
		t.C = sum;
		t.total = C;
	}
}
