/* SPDX-License-Identifier: ISC */
/*
 * blas: print a table of our float products and OpenBLAS's sgemm, each in
 * GFLOP/s of CPU time (clock.h), with one thread.  packed.h packs the weights
 * before the clock starts, as in a run; OpenBLAS packs them at each call.
 * Exits with 1 if a product differs from OpenBLAS's by more than rounding.
 */
#include <cblas.h>
#include <math.h>
#include <stdio.h>

#include "base/mem.h"
#include "clock.h"
#include "math/packed.h"
#include "math/product.h"
#include "math/random.h"

/* How a product is stored: C [m][n] = A B. */
struct kind {
	const char *name;
	CBLAS_TRANSPOSE A, B;
	void (*ours)(void *);
};

struct work {
	const struct kind *kind;
	struct product *product;
	size_t m, n, k;
	float *A, *B, *packed, *C;
};

static void
packed(void *self)
{
	struct work *w = self;

	packed_product(w->m, w->n, w->k, w->A, w->packed, w->C);
}

static void
nt(void *self)
{
	struct work *w = self;

	product_nt(w->product, w->m, w->n, w->k, w->A, w->B, NULL, w->C);
}

static void
tn(void *self)
{
	struct work *w = self;

	product_tn(w->product, w->m, w->n, w->k, w->A, w->B, NULL, w->C);
}

static void
theirs(void *self)
{
	struct work *w = self;
	CBLAS_TRANSPOSE A = w->kind->A, B = w->kind->B;
	size_t across = A == CblasTrans ? w->m : w->k;
	size_t down = B == CblasTrans ? w->k : w->n;

	cblas_sgemm(CblasRowMajor, A, B, (blasint)w->m, (blasint)w->n,
	    (blasint)w->k, 1, w->A, (blasint)across, w->B, (blasint)down, 0,
	    w->C, (blasint)w->n);
}

static const struct kind
	recurrent = {"recurrent product", CblasNoTrans, CblasTrans, packed},
	inputs = {"inputs, training", CblasNoTrans, CblasTrans, nt},
	gradient = {"weight gradient", CblasTrans, CblasNoTrans, tn},
	large = {"large product", CblasNoTrans, CblasTrans, packed};

/* GRUs of H 150 and 1024; batches of texts of 20 words. */
static const struct {
	const struct kind *kind;
	size_t m, n, k;
} rows[] = {
	{&recurrent, 1, 450, 150}, {&recurrent, 5, 450, 150},
	{&recurrent, 50, 450, 150}, {&recurrent, 240, 450, 150},
	{&recurrent, 5, 3072, 1024}, {&recurrent, 50, 3072, 1024},
	{&inputs, 1000, 450, 300}, {&inputs, 1000, 3072, 1024},
	{&gradient, 450, 300, 100}, {&gradient, 450, 300, 1000},
	{&gradient, 3072, 1024, 1000}, {&large, 960, 960, 960},
};

static float *
matrix(struct arena *arena, struct random *random, size_t n)
{
	float *x = MEM_VECTOR(arena, n, float);

	for (size_t i = 0; i < n; i++)
		x[i] = random_unit(random) - 0.5f;
	return x;
}

/* The largest difference of both products. */
static double
difference(struct work *w, struct arena *arena)
{
	size_t size = w->m * w->n;
	float *ours = MEM_VECTOR(arena, size, float);
	double worst = 0;

	w->kind->ours(w);
	for (size_t i = 0; i < size; i++)
		ours[i] = w->C[i];
	theirs(w);
	for (size_t i = 0; i < size; i++)
		worst = fmax(worst, fabs((double)ours[i] - (double)w->C[i]));
	return worst;
}

int
main(void)
{
	struct arena *arena = mem_arena();
	struct random random = random_seeded(1, 1);
	struct product *product = product_new(NULL);
	int status = 0;

	openblas_set_num_threads(1);
	printf("%s, %s\nproduct\tm\tn\tk\tours\tOpenBLAS\tratio\n",
	    openblas_get_config(), openblas_get_corename());
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t m = rows[i].m, n = rows[i].n, k = rows[i].k;
		struct work w = {rows[i].kind, product, m, n, k,
		    .A = matrix(arena, &random, m * k),
		    .B = matrix(arena, &random, n * k),
		    .packed = MEM_VECTOR(arena, packed_size(n, k), float),
		    .C = MEM_VECTOR(arena, m * n, float)};
		double flops = 2e-9 * (double)m * (double)n * (double)k;
		double ours, blas, off;

		packed_make(n, k, w.B, w.packed);
		off = difference(&w, arena);
		ours = flops / clock_time(w.kind->ours, &w);
		blas = flops / clock_time(theirs, &w);
		printf("%s\t%zu\t%zu\t%zu\t%.1f\t%.1f\t%.2f\n", w.kind->name,
		    m, n, k, ours, blas, ours / blas);
		if (!(off < 1e-6 * (double)k)) {
			fprintf(stderr, "blas: %s: they differ by %g\n",
			    w.kind->name, off);
			status = 1;
		}
		mem_reset(arena);
	}
	product_free(product);
	mem_free(arena);
	return status;
}
