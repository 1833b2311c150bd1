/* SPDX-License-Identifier: ISC */
/*
 * axis: a scale of numbers with round ones marked.
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
 * An axis from low to high, low < high, with about so many ticks; and one that
 * holds both, whichever they are, and 0 if that is nearer than it is long.
 */
struct axis axis_of(double low, double high, size_t ticks);
struct axis axis_around(double low, double high, size_t ticks);

/* How many ticks there are, and where the i-th is. */
size_t axis_ticks(const struct axis *);
double axis_tick(const struct axis *, size_t i);

/* As a label, in the arena: as many decimals as the step needs. */
const char *axis_label(const struct axis *, struct arena *, double tick);

/* Where v is, 0 at the low end and 1 at the high one, which v is cut at. */
double axis_place(const struct axis *, double v);

#endif
