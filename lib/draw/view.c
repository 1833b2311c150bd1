/* SPDX-License-Identifier: ISC */
#include "draw/view.h"

#include "base/mem.h"
#include "draw/picture.h"

void
drawing_begin(struct drawing *d, const struct view *view,
    const struct style *style, struct output *out)
{
	*d = (struct drawing){.view = view, .style = style, .out = out,
	    .arena = mem_arena(), .doc_arena = mem_arena()};
	if (view->begin != NULL)
		view->begin(d);
}

void
drawing_add(struct drawing *d, const struct picture *p)
{
	struct text doc = p->row[0].doc;

	d->new_doc = d->n == 0 || !text_equal(d->doc, doc);
	if (d->new_doc) {
		mem_reset(d->doc_arena);
		d->doc = text_copy(d->doc_arena, doc);
	}
	d->view->draw(d, p);
	d->n++;
}

void
drawing_end(struct drawing *d)
{
	if (d->view->end != NULL)
		d->view->end(d);
	mem_free(d->arena);
	mem_free(d->doc_arena);
}
