/* SPDX-License-Identifier: ISC */
#include "draw/plot_tsv.h"

#include "base/output.h"
#include "base/tsv.h"
#include "draw/box.h"

static void
draw(const struct style *style, const struct plot *p, struct output *o)
{
	if (!style->no_header)
		output_string(o, "key\tn\tmin\tlow\tq1\tmedian\tq3\thigh\tmax"
		    "\toutliers\n");
	for (size_t i = 0; i < p->n; i++) {
		const struct box *b = &p->box[i];
		const double v[] = {b->value[0], b->low, b->q1, b->median,
		    b->q3, b->high, b->value[b->n - 1]};

		tsv_write(o, b->key);
		output_printf(o, "\t%zu", b->n);
		for (size_t k = 0; k < sizeof v / sizeof *v; k++)
			output_printf(o, "\t%.9g", v[k]);
		output_printf(o, "\t%zu\n", b->below + b->above);
	}
}

const struct plot_view plot_tsv = {
	.is = {"tsv", "the numbers that are drawn"},
	.palettes = STYLE_NONE,
	.draw = draw,
};
