/* SPDX-License-Identifier: ISC */
/*
 * packed: the path of this machine and the baseline give the bits of a chain of
 * fmaf, for many sizes and for numbers that are hard to round: few bits (sums
 * are often the middle between two floats), wide ranges, subnormals, overflow.
 */
#include "math/packed_path.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "math/random.h"

enum { M = 35, N = 37, K = 410 };

/* A float of these bits, with an exponent from low to low + range - 1. */
static float
number(struct random *r, uint32_t mask, int low, int range)
{
	uint32_t bits = random_bits(r) & (0x80000000u | mask);
	int e = low + (int)random_below(r, (uint32_t)range);
	float x;

	bits |= e < -126 ? 0 : (uint32_t)(e + 127) << 23;
	memcpy(&x, &bits, sizeof x);
	return random_below(r, 50) == 0 ? 0 : x;
}

/*
 * 1 + 2^-23 or 1 - 2^-23, with any sign.  If their product, 1 - 2^-46, is added
 * to an even number from 2^24 to 2^25, the double is a middle, but the sum is
 * not.
 */
static float
edge(struct random *r)
{
	float x = random_below(r, 2) == 0 ? 0x1.000002p0f : 0x1.fffffcp-1f;

	return random_below(r, 2) == 0 ? x : -x;
}

static bool
same(const float *A, const float *W, const float *C, size_t m, size_t n,
    size_t k)
{
	size_t wrong = 0;

	for (size_t i = 0; i < m; i++)
		for (size_t j = 0; j < n; j++) {
			float sum = 0;

			for (size_t l = 0; l < k; l++)
				sum = fmaf(A[i * k + l], W[j * k + l], sum);
			wrong += memcmp(&sum, &C[i * n + j], sizeof sum) != 0 &&
			    !(isnan(sum) && isnan(C[i * n + j]));
		}
	return wrong == 0;
}

/* By the tiles of the baseline, whatever this machine has. */
static void
product_baseline(size_t m, size_t n, size_t k, const float *A, const float *P,
    float *C)
{
	for (size_t i = 0; i < m; i += packed_baseline.rows)
		for (size_t p = 0; p < packed_panels(n);
		    p += packed_baseline.wide) {
			size_t from = p * PACKED_LANES;
			size_t wide = packed_panels(n) - p;
			struct packed_tile t = {k, n - from, A + i * k,
			    P + from * k, C + i * n + from, n};

			packed_baseline.multiply(&t, m - i <
			    packed_baseline.rows ? m - i :
			    packed_baseline.rows, wide < packed_baseline.wide ?
			    wide : packed_baseline.wide);
		}
}

static const struct {
	const char *name;
	uint32_t a, w;		/* bits of the significand */
	int low, range;		/* exponents; 0: all but the first are edge */
} kinds[] = {
	{"24 bits", 0x7fffff, 0x7fffff, -8, 8},
	{"weights of 11 bits", 0x7fffff, 0x7fe000, -8, 8},
	{"few bits", 0x600000, 0x7fff00, -12, 24},
	{"a wide range", 0x7fffff, 0x7fffff, -45, 90},
	{"small products", 0x7fffff, 0x7fffff, -70, 20},
	{"at the limit of small products", 0x7fffff, 0x7fe000, -51, 2},
	{"subnormals", 0x7fffff, 0x7fffff, -130, 140},
	{"overflow", 0x7fffff, 0x7fffff, 60, 5},
	{"edges", 0x7fffff, 0x7fffff, 12, 0},
};

/* Fill to [m][k] with numbers of kind i. */
static void
fill(struct random *r, size_t m, size_t k, uint32_t mask, size_t i, float *to)
{
	for (size_t j = 0; j < m * k; j++)
		to[j] = kinds[i].range == 0 && j % k > 0 ? edge(r) :
		    number(r, mask, kinds[i].low, kinds[i].range == 0 ? 1 :
		    kinds[i].range);
}

int
main(void)
{
	static const size_t sizes[][3] = {{1, 1, 0}, {1, 1, 1}, {2, 16, 7},
	    {9, 17, 150}, {M, N, K}};
	struct random r = random_seeded(1, 1);
	struct arena *arena = mem_arena();
	float *A = MEM_VECTOR(arena, M * K, float);
	float *W = MEM_VECTOR(arena, N * K, float);
	float *P = MEM_VECTOR(arena, packed_size(N, K), float);
	float *C = MEM_VECTOR(arena, M * N, float);

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
			size_t m = sizes[s][0], n = sizes[s][1];
			size_t k = sizes[s][2];

			fill(&r, m, k, kinds[i].a, i, A);
			fill(&r, n, k, kinds[i].w, i, W);
			packed_make(n, k, W, P);
			packed_product(m, n, k, A, P, C);
			CHECK(same(A, W, C, m, n, k), "%s, %zu x %zu x %zu",
			    kinds[i].name, m, n, k);
			memset(C, 1, m * n * sizeof *C);
			product_baseline(m, n, k, A, P, C);
			CHECK(same(A, W, C, m, n, k),
			    "%s, %zu x %zu x %zu, baseline", kinds[i].name, m,
			    n, k);
		}
	mem_free(arena);
	return check_done();
}
