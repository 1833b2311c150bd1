/* SPDX-License-Identifier: ISC */
#include "math/resample.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "math/quantile.h"
#include "math/random.h"

enum { STREAM_BOOTSTRAP = 21, STREAM_COINS = 22 };

static double
mean(const double *sum, size_t sums)
{
	(void)sums;
	return sum[1] / sum[0];
}

static double
ratio(const double *sum, size_t sums)
{
	(void)sums;
	return sum[1] > 0 ? sum[2] / sum[1] : 0;
}

static double
correlation(const double *sum, size_t sums)
{
	double n = sum[0], xx = sum[3] - sum[1] * sum[1] / n;
	double yy = sum[4] - sum[2] * sum[2] / n;

	(void)sums;
	return xx <= 0 || yy <= 0 ? 0 :
	    (sum[5] - sum[1] * sum[2] / n) / sqrt(xx * yy);
}

const struct statistic statistic_mean = {2, mean};
const struct statistic statistic_ratio = {3, ratio};
const struct statistic statistic_correlation = {CORRELATION_SUMS,
    correlation};

static void
add(const struct statistic *s, const double *text, double *sum)
{
	for (size_t i = 0; i < s->sums; i++)
		sum[i] += text[i];
}

static void
clear(const struct statistic *s, double *sum)
{
	memset(sum, 0, s->sums * sizeof *sum);
}

static double
value_of(const struct statistic *s, const double *a, size_t n)
{
	struct arena *arena = mem_arena();
	double *sum = MEM_NEW(arena, s->sums, double), value;

	for (size_t i = 0; i < n; i++)
		add(s, a + i * s->sums, sum);
	value = s->value(sum, s->sums);
	mem_free(arena);
	return value;
}

/* Set the interval of the statistic of a, minus that of b unless b is NULL. */
static void
bootstrap(const struct statistic *s, const double *a, const double *b,
    size_t n, size_t rounds, uint64_t seed, struct estimate *e)
{
	struct random r = random_seeded(seed, STREAM_BOOTSTRAP);
	struct arena *arena = mem_arena();
	double *value = MEM_VECTOR(arena, rounds, double);
	double *x = MEM_NEW(arena, s->sums, double);
	double *y = MEM_NEW(arena, s->sums, double);

	for (size_t k = 0; k < rounds; k++) {
		clear(s, x);
		clear(s, y);
		for (size_t i = 0; i < n; i++) {
			uint32_t t = random_below(&r, (uint32_t)n);

			add(s, a + t * s->sums, x);
			if (b != NULL)
				add(s, b + t * s->sums, y);
		}
		value[k] = s->value(x, s->sums) -
		    (b != NULL ? s->value(y, s->sums) : 0);
	}
	quantile_sort(value, rounds);
	e->low = quantile(value, rounds, 0.025);
	e->high = quantile(value, rounds, 0.975);
	mem_free(arena);
}

struct estimate
resample_value(const struct statistic *s, const double *a, size_t n,
    size_t rounds, uint64_t seed)
{
	struct estimate e = {.value = value_of(s, a, n)};

	bootstrap(s, a, NULL, n, rounds, seed, &e);
	return e;
}

struct estimate
resample_difference(const struct statistic *s, const double *a,
    const double *b, size_t n, size_t rounds, uint64_t seed)
{
	struct estimate e = {.value = value_of(s, a, n) - value_of(s, b, n)};
	struct random r = random_seeded(seed, STREAM_COINS);
	struct arena *arena = mem_arena();
	double *x = MEM_NEW(arena, s->sums, double);
	double *y = MEM_NEW(arena, s->sums, double);
	size_t as_large = 0;

	bootstrap(s, a, b, n, rounds, seed, &e);
	for (size_t k = 0; k < rounds; k++) {
		uint32_t coins = 0;

		clear(s, x);
		clear(s, y);
		for (size_t i = 0; i < n; i++, coins >>= 1) {
			bool exchange;

			if (i % 32 == 0)
				coins = random_bits(&r);
			exchange = coins & 1;
			add(s, (exchange ? b : a) + i * s->sums, x);
			add(s, (exchange ? a : b) + i * s->sums, y);
		}
		/* with a tolerance, since rounding depends on the coins */
		as_large += fabs(s->value(x, s->sums) -
		    s->value(y, s->sums)) >=
		    fabs(e.value) - 1e-12 * (1 + fabs(e.value));
	}
	e.p = (double)(as_large + 1) / (double)(rounds + 1);
	mem_free(arena);
	return e;
}
