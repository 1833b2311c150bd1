/* SPDX-License-Identifier: ISC */
/* nodes: the first number of nodes, and when to stop. */
#include "explain/nodes.h"

#include <math.h>

#include "check.h"

/* Simulate an error that falls by a factor with each node, but not below a
 * floor.  Returns true if it meets the tolerance. */
static bool
enough(double factor, double floor, double tolerance, struct nodes *p,
    int *tries)
{
	double error;

	*p = (struct nodes){nodes_first(tolerance), nodes_most(10),
	    HUGE_VAL, 0};
	*tries = 0;
	do {
		error = fmax(pow(factor, (double)p->n), floor);
		++*tries;
	} while (nodes_more(p, error, tolerance, 1e-6));
	return p->error <= tolerance;
}

static void
test_when_to_stop(void)
{
	struct nodes p;
	int tries;

	CHECK(nodes_first(1e-7) == 14 && nodes_first(0.5) == 8 &&
	    nodes_first(0) == 16, "the first number of nodes");
	CHECK(enough(0.1, 0, 1e-7, &p, &tries) && tries == 1 && p.n == 14,
	    "enough at once");
	CHECK(enough(0.5, 0, 1e-7, &p, &tries) && tries == 2 && p.n <= 27,
	    "enough at the second try: %zu nodes", p.n);
	CHECK(!enough(0.5, 2e-7, 1e-7, &p, &tries) && p.n < 64,
	    "stops at the floor with %zu nodes", p.n);
	CHECK(!enough(1, 0, 1e-4, &p, &tries) && p.n == NODES_MAX,
	    "an error that does not fall: %d tries", tries);
	CHECK(!enough(0.1, 1e-9, 0, &p, &tries), "nothing meets 0");
	CHECK(enough(0.1, 0, 0.5, &p, &tries) && tries == 1, "8 for 0.5");
	CHECK(nodes_most(0) == 1024 && nodes_most(2048) == 1024 &&
	    nodes_most(20000) == 104 && nodes_most(1000000) == 16,
	    "a long text has fewer nodes");
}

int
main(void)
{
	test_when_to_stop();
	return check_done();
}
