/* SPDX-License-Identifier: ISC */
#include "draw/axis.h"

#include <math.h>

#include "base/mem.h"

/* The round number closest to rough. */
static double
round_step(double rough)
{
	double power = pow(10, floor(log10(rough)));
	double digit = rough / power;

	return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 :
	    10);
}

/* down and up: floor and ceil that ignore rounding errors of a quotient. */
static double
down(double quotient)
{
	return floor(quotient + 1e-9);
}

static double
up(double quotient)
{
	return ceil(quotient - 1e-9);
}

double
axis_spaced(const struct axis *a, double v)
{
	return a->root ? copysign(sqrt(fabs(v)), v) : v;
}

struct axis
axis_of(double low, double high, bool root, size_t ticks)
{
	struct axis a = {.low = low, .high = high, .root = root};
	double length = axis_spaced(&a, high) - axis_spaced(&a, low);
	/* one label alone is no scale */
	double part = length / (double)(ticks > 2 ? ticks : 3);

	a.step = round_step(root ? part * part : part);
	return a;
}

struct axis
axis_around(double low, double high, bool root, size_t ticks)
{
	if (low > 0 && (root || low < high - low))
		low = 0;
	if (high < 0 && (root || -high < high - low))
		high = 0;
	if (!(high > low)) {
		double room = low == 0 ? 1 : fabs(low) / 2;

		low -= room;
		high += room;
	}
	return axis_of(low, high, root, ticks);
}

/* v in units of the distance between two ticks. */
static double
in_steps(const struct axis *a, double v)
{
	return axis_spaced(a, v) / axis_spaced(a, a->step);
}

size_t
axis_ticks(const struct axis *a)
{
	double last = down(in_steps(a, a->high)) - up(in_steps(a, a->low));

	return last >= 0 ? (size_t)last + 1 : 0;
}

double
axis_tick(const struct axis *a, size_t i)
{
	double k = up(in_steps(a, a->low)) + (double)i;

	/* + 0: no negative zero */
	return (a->root ? k * fabs(k) : k) * a->step + 0;
}

const char *
axis_label(const struct axis *a, struct arena *arena, double tick)
{
	int decimals = -(int)floor(log10(a->step) + 1e-9);

	if (decimals > 6 || decimals < -6)
		return mem_printf(arena, "%g", tick);
	return mem_printf(arena, "%.*f", decimals > 0 ? decimals : 0, tick);
}

double
axis_place(const struct axis *a, double v)
{
	double low = axis_spaced(a, a->low), high = axis_spaced(a, a->high);
	double place = (axis_spaced(a, v) - low) / (high - low);

	/* NaN if the axis is too short for doubles */
	return !(place > 0) ? 0 : place > 1 ? 1 : place;
}
