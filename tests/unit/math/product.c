/* SPDX-License-Identifier: ISC */
/* product: compared with OpenBLAS in double precision, for many sizes. */
#include "math/product.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "base/crew.h"
#include "base/mem.h"
#include "check.h"
#include "math/random.h"

enum kind { NN, NT, TN };

static const char *const names[] = {"nn", "nt", "tn"};

/* Set x [n] to random numbers, and to a copy in double and to their sizes. */
static void
fill(struct random *random, size_t n, float *x, double *copy, double *size)
{
	for (size_t i = 0; i < n; i++) {
		x[i] = (float)random_normal(random);
		copy[i] = (double)x[i];
		size[i] = fabs(copy[i]);
	}
}

static void
dgemm(enum kind kind, size_t m, size_t n, size_t k, const double *A,
    const double *B, double *C)
{
	size_t across = kind == TN ? m : k, down = kind == NT ? k : n;

	cblas_dgemm(CblasRowMajor, kind == TN ? CblasTrans : CblasNoTrans,
	    kind == NT ? CblasTrans : CblasNoTrans, (blasint)m, (blasint)n,
	    (blasint)k, 1, A, (blasint)(across > 0 ? across : 1), B,
	    (blasint)(down > 0 ? down : 1), 0, C, (blasint)n);
}

static void
compute(struct product *p, enum kind kind, size_t m, size_t n, size_t k,
    const float *A, const float *B, float *C)
{
	switch (kind) {
	case NN: product_nn(p, m, n, k, A, B, C); break;
	case NT: product_nt(p, m, n, k, A, B, NULL, C); break;
	case TN: product_tn(p, m, n, k, A, B, NULL, C); break;
	}
}

/* True if crews of 2, 3 and 7 threads give the bytes of one thread. */
static bool
same(enum kind kind, size_t m, size_t n, size_t k)
{
	struct arena *arena = mem_arena();
	struct random random = random_seeded(2, m + n + k);
	float *A = MEM_VECTOR(arena, m * k, float);
	float *B = MEM_VECTOR(arena, n * k, float);
	float *C[] = {MEM_VECTOR(arena, m * n, float),
	    MEM_VECTOR(arena, m * n, float)};
	static const size_t sizes[] = {1, 2, 3, 7};
	bool equal = true;

	for (size_t i = 0; i < m * k; i++)
		A[i] = random_unit(&random) - 0.5f;
	for (size_t i = 0; i < n * k; i++)
		B[i] = random_unit(&random) - 0.5f;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct crew *crew = crew_new(sizes[i]);
		struct product *p = product_new(crew);

		compute(p, kind, m, n, k, A, B, C[i > 0]);
		equal = equal && memcmp(C[0], C[i > 0],
		    m * n * sizeof(float)) == 0;
		product_free(p);
		crew_free(crew);
	}
	mem_free(arena);
	return equal;
}

/* The largest error, relative to the sum of the sizes of the terms. */
static double
off(enum kind kind, size_t m, size_t n, size_t k)
{
	struct arena *arena = mem_arena();
	struct random random = random_seeded(1, m + n + k);
	struct product *p = product_new(NULL);
	float *A = MEM_VECTOR(arena, m * k, float);
	float *B = MEM_VECTOR(arena, n * k, float);
	float *C = MEM_VECTOR(arena, m * n, float);
	double *a = MEM_VECTOR(arena, m * k, double);
	double *b = MEM_VECTOR(arena, n * k, double);
	double *sum = MEM_VECTOR(arena, m * n, double);
	double *as = MEM_VECTOR(arena, m * k, double);
	double *bs = MEM_VECTOR(arena, n * k, double);
	double *size = MEM_VECTOR(arena, m * n, double);
	double worst = 0.0;

	fill(&random, m * k, A, a, as);
	fill(&random, n * k, B, b, bs);
	for (size_t i = 0; i < m * n; i++)
		C[i] = 7.0f;	/* must be overwritten */
	compute(p, kind, m, n, k, A, B, C);
	dgemm(kind, m, n, k, a, b, sum);
	dgemm(kind, m, n, k, as, bs, size);
	for (size_t i = 0; i < m * n; i++)
		worst = fmax(worst, fabs(sum[i] - (double)C[i]) /
		    (size[i] + 1e-9));
	product_free(p);
	mem_free(arena);
	return worst;
}

/* True if tn adds the columns of A to a, row by row, with any crew. */
static bool
adds(size_t m, size_t k)
{
	struct arena *arena = mem_arena();
	struct random random = random_seeded(3, m + k);
	float *A = MEM_VECTOR(arena, m * k, float);
	float *B = MEM_VECTOR(arena, k, float), *C = MEM_VECTOR(arena, m,
	    float);
	float *sum = MEM_VECTOR(arena, m, float), *a = MEM_VECTOR(arena, m,
	    float);
	bool equal = true;

	for (size_t i = 0; i < m * k; i++)
		A[i] = random_unit(&random) - 0.5f;
	for (size_t j = 0; j < m; j++)
		sum[j] = 0.25f;
	for (size_t i = 0; i < k; i++)
		for (size_t j = 0; j < m; j++)
			sum[j] += A[i * m + j];
	for (size_t threads = 1; threads <= 3; threads++) {
		struct crew *crew = crew_new(threads);
		struct product *p = product_new(crew);

		for (size_t j = 0; j < m; j++)
			a[j] = 0.25f;
		product_tn(p, m, 1, k, A, B, a, C);
		equal = equal && memcmp(a, sum, m * sizeof *a) == 0;
		product_free(p);
		crew_free(crew);
	}
	mem_free(arena);
	return equal;
}

int
main(void)
{
	static const size_t sizes[][3] = {{1, 1, 1}, {3, 17, 5}, {50, 2, 33},
	    {31, 48, 1024}, {9, 20, 1025}, {17, 5, 2500}, {4, 4, 0},
	    {200, 150, 1100}};

	for (enum kind kind = NN; kind <= TN; kind++)
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			double worst = off(kind, sizes[i][0], sizes[i][1],
			    sizes[i][2]);

			CHECK(worst < 5e-7, "%s %zu %zu %zu: off by %.1e",
			    names[kind], sizes[i][0], sizes[i][1],
			    sizes[i][2], worst);
			CHECK(same(kind, sizes[i][0], sizes[i][1],
			    sizes[i][2]), "%s %zu %zu %zu: the bytes do not "
			    "depend on threads", names[kind], sizes[i][0],
			    sizes[i][1], sizes[i][2]);
		}
	CHECK(adds(5, 3) && adds(130, 50) && adds(600, 2100),
	    "tn adds the columns of A, row by row");
	return check_done();
}
