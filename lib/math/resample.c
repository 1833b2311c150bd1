/* SPDX-License-Identifier: ISC */
#include "math/resample.h"

#include <math.h>
#include <stdbool.h>

#include "base/mem.h"
#include "math/quantile.h"
#include "math/random.h"

enum { STREAM_BOOTSTRAP = 21, STREAM_COINS = 22 };

static double
mean_of(const struct sample *a, size_t n)
{
	double num = 0, den = 0;

	for (size_t i = 0; i < n; i++) {
		num += a[i].num;
		den += a[i].den;
	}
	return num / den;
}

/* Set the interval of the average of a, minus that of b unless b is NULL. */
static void
bootstrap(const struct sample *a, const struct sample *b, size_t n,
    size_t rounds, uint64_t seed, struct estimate *e)
{
	struct random r = random_seeded(seed, STREAM_BOOTSTRAP);
	struct arena *arena = mem_arena();
	double *mean = MEM_VECTOR(arena, rounds, double);

	for (size_t k = 0; k < rounds; k++) {
		struct sample x = {0, 0}, y = {0, 0};

		for (size_t i = 0; i < n; i++) {
			uint32_t t = random_below(&r, (uint32_t)n);

			x.num += a[t].num;
			x.den += a[t].den;
			y.num += b != NULL ? b[t].num : 0;
			y.den += b != NULL ? b[t].den : 1;
		}
		mean[k] = x.num / x.den - y.num / y.den;
	}
	quantile_sort(mean, rounds);
	e->low = quantile(mean, rounds, 0.025);
	e->high = quantile(mean, rounds, 0.975);
	mem_free(arena);
}

struct estimate
resample_mean(const struct sample *a, size_t n, size_t rounds, uint64_t seed)
{
	struct estimate e = {.value = mean_of(a, n)};

	bootstrap(a, NULL, n, rounds, seed, &e);
	return e;
}

struct estimate
resample_difference(const struct sample *a, const struct sample *b, size_t n,
    size_t rounds, uint64_t seed)
{
	struct estimate e = {.value = mean_of(a, n) - mean_of(b, n)};
	struct random r = random_seeded(seed, STREAM_COINS);
	size_t as_large = 0;

	bootstrap(a, b, n, rounds, seed, &e);
	for (size_t k = 0; k < rounds; k++) {
		struct sample x = {0, 0}, y = {0, 0};
		uint32_t coins = 0;

		for (size_t i = 0; i < n; i++, coins >>= 1) {
			const struct sample *p, *q;
			bool exchange;

			if (i % 32 == 0)
				coins = random_bits(&r);
			exchange = coins & 1;
			p = exchange ? &b[i] : &a[i];
			q = exchange ? &a[i] : &b[i];
			x.num += p->num;
			x.den += p->den;
			y.num += q->num;
			y.den += q->den;
		}
		/* with a tolerance, since rounding depends on the coins */
		as_large += fabs(x.num / x.den - y.num / y.den) >=
		    fabs(e.value) - 1e-12 * (1 + fabs(e.value));
	}
	e.p = (double)(as_large + 1) / (double)(rounds + 1);
	return e;
}
