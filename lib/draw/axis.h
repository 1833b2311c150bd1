/* SPDX-License-Identifier: ISC */
/*
 * axis: a scale of numbers with ticks at round ones.
 */
#ifndef DRAW_AXIS_H
#define DRAW_AXIS_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

struct axis {
	double low, high;	/* its ends, low < high */
	bool root;		/* see axis_spaced */
	double step;		/* 1, 2 or 5 times 10^k.  The ticks are i step,
				 * or with root i |i| step, for integers i */
};

/*
 * An axis with about the given number of ticks, or about 3 if it is less.
 * axis_of: from low to high, low < high.  axis_around: low and high, which may
 * be equal, lie on it, and so does 0 if it is closer to them than they are to
 * each other; with root, 0 always does.
 */
struct axis axis_of(double low, double high, bool root, size_t ticks);
struct axis axis_around(double low, double high, bool root, size_t ticks);

/*
 * v, or with root sign(v) sqrt(|v|): places on the axis are proportional to it.
 * So a root axis shows small values and large ones side by side, like a
 * logarithmic axis, but it also has 0 and negative values.
 */
double axis_spaced(const struct axis *, double v);

/* The number of ticks, and the value of the i-th. */
size_t axis_ticks(const struct axis *);
double axis_tick(const struct axis *, size_t i);

/* The label of a tick, in the arena, with the decimals that the step needs. */
const char *axis_label(const struct axis *, struct arena *, double tick);

/* The place of v: 0 at the low end or below it, 1 at the high end or above. */
double axis_place(const struct axis *, double v);

#endif
