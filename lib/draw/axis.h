/* SPDX-License-Identifier: ISC */
/*
 * axis: a scale of numbers with ticks at round ones.
 */
#ifndef DRAW_AXIS_H
#define DRAW_AXIS_H

#include <stddef.h>

struct arena;

struct axis {
	double low, high;	/* its ends, low < high */
	double step;		/* between two ticks: 1, 2 or 5 times 10^k */
};

/*
 * An axis with about this many ticks.  axis_of: from low to high, low < high.
 * axis_around: low and high, which may be equal, lie on it, and so does 0 if it
 * is closer to them than they are to each other.
 */
struct axis axis_of(double low, double high, size_t ticks);
struct axis axis_around(double low, double high, size_t ticks);

/* The number of ticks, and the value of the i-th. */
size_t axis_ticks(const struct axis *);
double axis_tick(const struct axis *, size_t i);

/* The label of a tick, in the arena, with the decimals that the step needs. */
const char *axis_label(const struct axis *, struct arena *, double tick);

/* The place of v: 0 at the low end or below it, 1 at the high end or above. */
double axis_place(const struct axis *, double v);

#endif
