/* SPDX-License-Identifier: ISC */
#include "draw/axis.h"

#include <math.h>

#include "base/mem.h"

/* The round number closest to length / ticks. */
static double
round_step(double length, size_t ticks)
{
	double rough = length / (double)(ticks > 0 ? ticks : 1);
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

struct axis
axis_of(double low, double high, size_t ticks)
{
	return (struct axis){low, high, round_step(high - low, ticks)};
}

struct axis
axis_around(double low, double high, size_t ticks)
{
	if (low > 0 && low < high - low)
		low = 0;
	if (high < 0 && -high < high - low)
		high = 0;
	if (!(high > low)) {
		double room = low == 0 ? 1 : fabs(low) / 2;

		low -= room;
		high += room;
	}
	return axis_of(low, high, ticks);
}

size_t
axis_ticks(const struct axis *a)
{
	double last = down(a->high / a->step) - up(a->low / a->step);

	return last >= 0 ? (size_t)last + 1 : 0;
}

double
axis_tick(const struct axis *a, size_t i)
{
	/* + 0: no negative zero */
	return (up(a->low / a->step) + (double)i) * a->step + 0;
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
	double place = (v - a->low) / (a->high - a->low);

	/* NaN if the axis is too short for doubles */
	return !(place > 0) ? 0 : place > 1 ? 1 : place;
}
