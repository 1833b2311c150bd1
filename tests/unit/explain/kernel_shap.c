/* SPDX-License-Identifier: ISC */
/* kernel_shap: which subsets come, and the mass of their weights. */
#include "explain/kernel_shap.h"

#include <math.h>

#include "base/mem.h"
#include "check.h"

enum { PARTS = 12 };

static struct arena *arena;

/* What came: the weights and the number of the subsets of each size. */
struct came {
	size_t all, wrong, of_size[PARTS + 1];
	double weight[PARTS + 1];
};

static struct came
run(size_t n, size_t samples)
{
	struct kernel_shap k = kernel_shap_begin(arena, n, samples,
	    random_seeded(1, 2));
	bool keep[PARTS], last[PARTS];
	struct came c = {.all = 0};
	double weight;

	for (; kernel_shap_next(&k, keep, &weight); c.all++) {
		size_t m = 0, same = 0;

		for (size_t i = 0; i < n; i++) {
			m += keep[i];
			same += c.all > 0 && keep[i] == last[i];
		}
		/* the empty one is first, and has no weight; a complement
		 * follows its subset */
		c.wrong += (m == 0) != (c.all == 0) || (weight > 0) != (m > 0);
		c.wrong += c.all % 2 == 0 && 2 * m != n && same > 0;
		c.of_size[m]++;
		c.weight[m] += weight;
		for (size_t i = 0; i < n; i++)
			last[i] = keep[i];
	}
	CHECK(c.wrong == 0, "%zu parts, %zu samples", n, samples);
	return c;
}

static double
mass(size_t n, size_t m)
{
	return (double)(n - 1) / ((double)m * (double)(n - m));
}

static void
check_all(void)
{
	static const size_t subsets[] = {1, 7, 21, 35, 35, 21, 7};
	struct came c = run(7, 126);

	CHECK(c.all == 127, "all subsets but the whole: %zu", c.all);
	for (size_t m = 0; m < 7; m++)
		CHECK(c.of_size[m] == subsets[m], "%zu of size %zu",
		    c.of_size[m], m);
	for (size_t m = 1; m < 7; m++)
		CHECK(fabs(c.weight[m] - mass(7, m)) < 1e-12,
		    "mass %g of size %zu", c.weight[m], m);
	c = run(1, 10);
	CHECK(c.all == 1, "one part: only the text without it");
	c = run(2, 10);
	CHECK(c.all == 3 && c.of_size[1] == 2, "two parts");
}

/* Too few samples: sizes 1 and 11 come whole, the others are drawn. */
static void
check_drawn(void)
{
	struct came c = run(PARTS, 1000);
	double sum = 0, all = 0;

	CHECK(c.all == 1001, "%zu subsets", c.all);
	for (size_t m = 1; m < PARTS; m++) {
		sum += c.weight[m];
		all += mass(PARTS, m);
		CHECK(c.of_size[m] > 0, "size %zu", m);
	}
	CHECK(fabs(sum - all) < 1e-9, "the mass of all: %g, %g", sum, all);
	CHECK(c.of_size[1] == PARTS && c.of_size[PARTS - 1] == PARTS,
	    "the ends are whole");
	CHECK(fabs(c.weight[1] - mass(PARTS, 1)) < 1e-12, "their mass");
	CHECK(fabs(c.weight[6] - mass(PARTS, 6)) < 0.06, "mass of 6: %g",
	    c.weight[6]);
	c = run(PARTS, 2);
	CHECK(c.all == 3, "few samples");
}

int
main(void)
{
	arena = mem_arena();
	check_all();
	check_drawn();
	mem_free(arena);
	return check_done();
}
