/* SPDX-License-Identifier: ISC */
#include "draw/plot.h"

#include <math.h>
#include <stdio.h>

#include "base/display.h"
#include "base/mem.h"
#include "draw/box.h"

struct axis
plot_axis(const struct plot *p, size_t ticks)
{
	double low = p->box[0].low, high = p->box[0].high;

	if (p->max > 0)
		return axis_of(-p->max, p->max, p->root, ticks);
	for (size_t i = 0; i < p->n; i++) {
		const struct box *b = &p->box[i];

		low = fmin(low, p->outliers ? b->value[0] : b->low);
		high = fmax(high, p->outliers ? b->value[b->n - 1] : b->high);
	}
	return axis_around(low, high, p->root, ticks);
}

double
plot_share(const struct axis *a, double median)
{
	return axis_spaced(a, median) / fmax(fabs(axis_spaced(a, a->low)),
	    fabs(axis_spaced(a, a->high)));
}

size_t
plot_keys(const struct plot *p, struct arena *arena, size_t room)
{
	size_t widest = 0;

	for (size_t i = 0; i < p->n; i++) {
		size_t w = display_columns(display_cut(arena, p->box[i].key,
		    room));

		widest = w > widest ? w : widest;
	}
	return widest;
}

size_t
plot_counts(const struct plot *p)
{
	size_t most = 0;

	for (size_t i = 0; i < p->n; i++)
		most = p->box[i].n > most ? p->box[i].n : most;
	return (size_t)snprintf(NULL, 0, "%zu", most);
}

bool
plot_is_outlier(const struct plot *p, const struct box *b, size_t i)
{
	return p->outliers && (i < b->below || i >= b->n - b->above);
}
