/* SPDX-License-Identifier: ISC */
/* lime and ridge: which samples are drawn; the fit is the best one. */
#include "explain/lime.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "math/ridge.h"

enum { MOST = 600 };	/* samples; more than ridge.c adds at once */

static struct arena *arena;

/* Few parts: every subset comes once, and the weights add up to the samples. */
static void
check_all(void)
{
	struct lime l = lime_begin(arena, 4, 1000, random_seeded(1, 2));
	bool keep[4], seen[16] = {false}, first = true;
	double weight, removed[5] = {0};
	size_t n = 0, twice = 0;

	for (; lime_next(&l, keep, &weight); n++) {
		size_t subset = 0, m = 0;
		double d;

		for (size_t i = 0; i < 4; i++) {
			subset |= (size_t)keep[i] << i;
			m += keep[i];
		}
		if (n == 0)
			first = m == 4;
		twice += seen[subset];
		seen[subset] = true;
		d = 100 * (1 - sqrt((double)m / 4)) / 25;
		removed[4 - m] += weight / exp(-d * d / 2);
	}
	CHECK(n == 16 && twice == 0, "16 subsets of 4");
	CHECK(first && fabs(removed[0] - 1) < 1e-12, "the whole is first");
	for (size_t r = 1; r <= 4; r++)
		CHECK(fabs(removed[r] - 999.0 / 4) < 1e-9,
		    "%zu left out: %g of 999 samples", r, removed[r]);
}

/* Many parts: the number left out is uniform, and so is the choice. */
static void
check_drawn(void)
{
	enum { PARTS = 20, SAMPLES = 40001 };
	struct lime l = lime_begin(arena, PARTS, SAMPLES, random_seeded(1, 2));
	bool keep[PARTS], first = false;
	size_t n = 0, removed[PARTS + 1] = {0}, part[PARTS] = {0};
	double weight, most = 0, least = SAMPLES, worst = 0;

	for (; lime_next(&l, keep, &weight); n++) {
		size_t r = 0;

		for (size_t i = 0; i < PARTS; i++) {
			r += !keep[i];
			part[i] += !keep[i];
		}
		if (n == 0)
			first = r == 0 && weight == 1;
		removed[r]++;
	}
	CHECK(n == SAMPLES && first && removed[0] == 1,
	    "%d samples, the whole is the first", SAMPLES);
	for (size_t r = 1; r <= PARTS; r++) {
		most = fmax(most, (double)removed[r]);
		least = fmin(least, (double)removed[r]);
	}
	/* 2000 each, and a standard deviation of 44 */
	CHECK(most < 2000 + 200 && least > 2000 - 200,
	    "each number left out comes %g to %g times", least, most);
	for (size_t i = 0; i < PARTS; i++)
		worst = fmax(worst, fabs((double)part[i] / SAMPLES -
		    0.525));
	CHECK(worst < 0.015, "each part is left out as often (%g)", worst);
}

/* Random samples: feature 3 equals feature 2, and feature 0 is always there. */
struct samples {
	size_t n, features;
	size_t m[MOST], on[MOST][MOST];
	double x[MOST][MOST], y[MOST], weight[MOST];
};

static struct ridge *
make(struct samples *s, struct random *random)
{
	struct ridge *r = ridge_new(arena, s->features, 1);

	for (size_t k = 0; k < s->n; k++) {
		s->m[k] = 0;
		for (size_t i = 0; i < s->features; i++) {
			bool on = i == 0 || random_below(random, 2) == 1;

			if (i == 3)
				on = s->x[k][2] > 0;
			s->x[k][i] = on;
			if (on)
				s->on[k][s->m[k]++] = i;
		}
		s->y[k] = random_normal(random);
		s->weight[k] = 0.1 + (double)random_unit(random);
		ridge_add(r, s->m[k], s->on[k], s->weight[k], &s->y[k]);
	}
	return r;
}

/* The derivatives of the sum are 0 at its minimum; R2 is the right one. */
static void
check_fit(struct samples *s, struct ridge *r, double alpha)
{
	size_t used[MOST];
	double beta[MOST], left[MOST], worst = 0, slope = 0, mean = 0, all = 0;
	double rest = 0, total = 0, constant, twin;
	size_t rank = s->features - (alpha > 0 ? 0 : 2);
	struct ridge_fit fit;

	for (size_t i = 0; i < s->features; i++)
		used[i] = s->features - 1 - i;
	fit = ridge_fit(r, arena, 0, alpha, s->features, used, beta);
	for (size_t k = 0; k < s->n; k++) {
		left[k] = s->y[k] - fit.intercept;
		for (size_t i = 0; i < s->features; i++)
			left[k] -= beta[i] * s->x[k][used[i]];
		slope += s->weight[k] * left[k];
		mean += s->weight[k] * s->y[k];
		all += s->weight[k];
	}
	worst = fabs(slope);
	for (size_t i = 0; i < s->features; i++) {
		slope = -alpha * beta[i];
		for (size_t k = 0; k < s->n; k++)
			slope += s->weight[k] * left[k] * s->x[k][used[i]];
		worst = fmax(worst, fabs(slope));
	}
	for (size_t k = 0; k < s->n; k++) {
		double d = s->y[k] - mean / all;

		rest += s->weight[k] * left[k] * left[k];
		total += s->weight[k] * d * d;
	}
	CHECK(worst < 1e-9, "%zu features, alpha %g: the sum is the least "
	    "(%.1e)", s->features, alpha, worst);
	CHECK(fabs(fit.r2 - (1 - rest / total)) < 1e-9,
	    "%zu features, alpha %g: R2 is %g", s->features, alpha, fit.r2);
	constant = beta[s->features - 1];
	twin = fmin(fabs(beta[s->features - 3]), fabs(beta[s->features - 4]));
	CHECK(fit.rank == rank && (alpha > 0 || (constant == 0 && twin == 0)),
	    "%zu features, alpha %g: the rank is %zu, and the others are 0",
	    s->features, alpha, fit.rank);
}

static void
check_constant(void)
{
	struct ridge *r = ridge_new(arena, 2, 1);
	size_t on[] = {0, 1};
	double beta[2], y = 0;
	struct ridge_fit fit;

	ridge_add(r, 2, on, 1, &y);
	ridge_add(r, 1, on, 1, &y);
	ridge_add(r, 0, on, 1, &y);
	fit = ridge_fit(r, arena, 0, 1, 2, on, beta);
	CHECK(fit.r2 == 1 && fit.intercept == 0 && beta[0] == 0 &&
	    beta[1] == 0, "a model that never changes: every coefficient is 0");
}

int
main(void)
{
	static struct samples s;
	static const size_t sizes[][2] = {{64, 9}, {MOST, 200}};
	struct random random = random_seeded(3, 4);

	arena = mem_arena();
	check_all();
	check_drawn();
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		struct ridge *r;

		s.n = sizes[i][0];
		s.features = sizes[i][1];
		r = make(&s, &random);
		check_fit(&s, r, 1);
		check_fit(&s, r, 0.01);
		check_fit(&s, r, 0);
	}
	check_constant();
	mem_free(arena);
	return check_done();
}
