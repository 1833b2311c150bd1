/* SPDX-License-Identifier: ISC */
#include "draw/picture_tsv.h"

#include "base/output.h"
#include "base/tsv.h"
#include "draw/picture.h"

static void
begin(struct drawing *d)
{
	if (!d->style->no_header)
		score_write_header(d->out);
}

static void
draw(struct drawing *d, const struct picture *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (picture_shows(p, &p->row[i])) {
			tsv_write_line(d->out, p->row[i].line);
			output_char(d->out, '\n');
		}
}

const struct view view_tsv = {
	.is = {"tsv", "the rows that would be drawn"},
	.palettes = STYLE_NONE,
	.begin = begin,
	.draw = draw,
};
