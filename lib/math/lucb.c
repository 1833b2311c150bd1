/* SPDX-License-Identifier: ISC */
/*
 * J are the top arms by their rates so far:
 *
 *     rate   |-----x-----|                  J: its lower bounds count
 *                  |---x---|
 *     - - - - - - - - - - - - - - - - -
 *              |----x-----|                 the others: their upper bounds
 *                 |-x-|
 *
 * The weakest of J, with the lowest lower bound, and the strongest of the
 * others, with the highest upper bound, are pulled until these bounds are
 * within the tolerance.
 */
#include "math/lucb.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

enum { HALVINGS = 16 };		/* an error of 2^-16 */

/* Rates of exactly 0 and 1 would have no logarithm. */
static double
inside(double p)
{
	return fmin(1 - 1e-16, fmax(1e-7, p));
}

static double
divergence(double p, double q)
{
	p = inside(p);
	q = inside(q);
	return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q));
}

double
lucb_rate(const struct lucb_arm *a)
{
	return (double)a->good / (double)a->n;
}

/* The bound in a direction, by halving: kl is at least 2 (p - q)^2. */
static double
bound(const struct lucb_arm *a, double level, double direction)
{
	double p = lucb_rate(a), most = level / (double)a->n;
	double near = p, far = p + direction * sqrt(most / 2);

	far = fmin(1, fmax(0, far));
	for (int i = 0; i < HALVINGS; i++) {
		double q = (near + far) / 2;

		if (divergence(p, q) > most)
			far = q;
		else
			near = q;
	}
	return far;
}

double
lucb_upper(const struct lucb_arm *a, double level)
{
	return bound(a, level, 1);
}

double
lucb_lower(const struct lucb_arm *a, double level)
{
	return bound(a, level, -1);
}

/* The level in round t. */
static double
level_of(const struct lucb *l, size_t t)
{
	double x = log(405.5 * (double)l->n * pow((double)t, 1.1) / l->delta);

	return x + log(x);
}

struct ranked {
	double rate;
	size_t i;
};

static int
by_rate(const void *pa, const void *pb)
{
	const struct ranked *a = pa, *b = pb;

	if (a->rate != b->rate)
		return a->rate > b->rate ? -1 : 1;
	return a->i < b->i ? -1 : a->i > b->i;
}

static void
rank(const struct lucb *l, struct ranked *r)
{
	for (size_t i = 0; i < l->n; i++)
		r[i] = (struct ranked){l->arm[i].n > 0 ?
		    lucb_rate(&l->arm[i]) : 0, i};
	qsort(r, l->n, sizeof *r, by_rate);
}

/* Pull until the bounds are near, with scratch r [n]. */
static bool
search(struct lucb *l, size_t top, struct ranked *r)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->arm[i].n == 0 && !l->pull(l->self, i, 1))
			return false;
	for (size_t t = 1; l->n > top; t++) {
		double level = level_of(l, t), low = 2, high = -1;
		size_t weak = 0, strong = 0;

		rank(l, r);
		for (size_t k = 0; k < l->n; k++) {
			const struct lucb_arm *a = &l->arm[r[k].i];
			double q = (k < top ? lucb_lower : lucb_upper)(a,
			    level);

			if (k < top && q < low) {
				low = q;
				weak = r[k].i;
			} else if (k >= top && q > high) {
				high = q;
				strong = r[k].i;
			}
		}
		if (high - low <= l->tolerance)
			break;
		if (!l->pull(l->self, strong, l->batch) ||
		    !l->pull(l->self, weak, l->batch))
			return false;
	}
	return true;
}

bool
lucb_best(struct lucb *l, size_t top, size_t *best)
{
	struct ranked *r = mem_calloc(l->n, sizeof *r);
	bool done = search(l, top, r);

	rank(l, r);
	for (size_t k = 0; k < top; k++)
		best[k] = r[k].i;
	free(r);
	return done;
}
