/* SPDX-License-Identifier: ISC */
/* product: compared with sums in double precision, for many sizes. */
#include "math/product.h"

#include <math.h>

#include "base/mem.h"
#include "check.h"
#include "math/random.h"
#include "normal.h"

enum kind { NN, NT, TN };

static const char *const names[] = {"nn", "nt", "tn"};

/* The largest error, relative to the sum of the sizes of the terms. */
static double
off(enum kind kind, size_t m, size_t n, size_t k)
{
	struct arena *arena = mem_arena();
	struct random random = random_seeded(1, m + n + k);
	struct product *p = product_new();
	float *A = MEM_VECTOR(arena, m * k, float);
	float *B = MEM_VECTOR(arena, n * k, float);
	float *C = MEM_VECTOR(arena, m * n, float);
	double worst = 0.0;

	for (size_t i = 0; i < m * k; i++)
		A[i] = (float)normal(&random);
	for (size_t i = 0; i < n * k; i++)
		B[i] = (float)normal(&random);
	for (size_t i = 0; i < m * n; i++)
		C[i] = 7.0f;	/* must be overwritten */
	(kind == NN ? product_nn : kind == NT ? product_nt : product_tn)(p, m,
	    n, k, A, B, C);
	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < n; j++) {
			double sum = 0.0, size = 1e-9;

			for (size_t l = 0; l < k; l++) {
				double a = (double)(kind == TN ? A[l * m + i] :
				    A[i * k + l]);
				double b = (double)(kind == NT ? B[j * k + l] :
				    B[l * n + j]);

				sum += a * b;
				size += fabs(a * b);
			}
			worst = fmax(worst, fabs(sum - (double)C[i * n + j]) /
			    size);
		}
	product_free(p);
	mem_free(arena);
	return worst;
}

int
main(void)
{
	static const size_t sizes[][3] = {{1, 1, 1}, {3, 17, 5}, {50, 2, 33},
	    {31, 48, 1024}, {9, 20, 1025}, {17, 5, 2500}, {4, 4, 0}};

	for (enum kind kind = NN; kind <= TN; kind++)
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
			double worst = off(kind, sizes[i][0], sizes[i][1],
			    sizes[i][2]);

			CHECK(worst < 3e-7, "%s %zu %zu %zu: off by %.1e",
			    names[kind], sizes[i][0], sizes[i][1],
			    sizes[i][2], worst);
		}
	return check_done();
}
