/* SPDX-License-Identifier: ISC */
/* lucb: bounds against a search in small steps, and which arms are found. */
#include "math/lucb.h"

#include <math.h>

#include "check.h"
#include "math/random.h"

enum { ARMS = 12 };

static double
divergence(double p, double q)
{
	double x = p > 0 ? p * log(p / q) : 0;

	return x + (p < 1 ? (1 - p) * log((1 - p) / (1 - q)) : 0);
}

static void
check_bounds(void)
{
	size_t wrong = 0;

	for (size_t n = 1; n < 2000; n = n * 3 + 1)
		for (size_t k = 0; k <= 10; k++)
			for (double level = .5; level < 20; level *= 3) {
				struct lucb_arm a = {n, n * k / 10};
				double p = lucb_rate(&a), low = p, high = p;

				while (low > 1e-5 && divergence(p, low - 1e-5)
				    <= level / (double)n)
					low -= 1e-5;
				while (high < 1 - 1e-5 && divergence(p, high +
				    1e-5) <= level / (double)n)
					high += 1e-5;
				wrong += fabs(lucb_lower(&a, level) - low) >
				    1e-4;
				wrong += fabs(lucb_upper(&a, level) - high) >
				    1e-4;
			}
	CHECK(wrong == 0, "%zu bounds differ", wrong);
}

struct coins {
	struct lucb_arm arm[ARMS];
	double rate[ARMS];
	struct random random;
	size_t pulls, most;
};

static bool
pull(void *self, size_t i, size_t times)
{
	struct coins *c = self;

	if (times > c->most - c->pulls)
		return false;
	c->pulls += times;
	c->arm[i].n += times;
	for (size_t k = 0; k < times; k++)
		c->arm[i].good += (double)random_unit(&c->random) < c->rate[i];
	return true;
}

static void
check_arms(void)
{
	size_t wrong = 0, pulls = 0, best[3];

	for (uint64_t run = 0; run < 200; run++) {
		struct coins c = {.random = random_seeded(run, 1),
		    .most = 1000000};
		struct lucb l = {c.arm, ARMS, .1, .15, 10, pull, &c};

		for (size_t i = 0; i < ARMS; i++)
			c.rate[i] = (double)((i * 5 + run) % ARMS) / ARMS;
		wrong += !lucb_best(&l, 3, best);
		/* the third best has 9/12; .15 less is allowed */
		for (size_t k = 0; k < 3; k++)
			wrong += c.rate[best[k]] < .75 - .15;
		pulls += c.pulls;
	}
	/* each of 200 runs may be wrong with the probability .1 */
	CHECK(wrong <= 20, "%zu wrong arms", wrong);
	CHECK(pulls / 200 < 3000, "%zu pulls", pulls / 200);
}

static void
check_ends(void)
{
	struct coins c = {.most = 7, .random = random_seeded(1, 1)};
	struct lucb l = {c.arm, ARMS, .1, .15, 10, pull, &c};
	size_t best[ARMS];

	CHECK(!lucb_best(&l, 2, best) && best[0] == 0 && best[1] == 1,
	    "pulls end: the best so far, the first of equals");
	c.most = ARMS;
	CHECK(lucb_best(&l, ARMS, best) && c.pulls == ARMS,
	    "all arms are the best with a pull each");
}

int
main(void)
{
	check_bounds();
	check_arms();
	check_ends();
	return check_done();
}
