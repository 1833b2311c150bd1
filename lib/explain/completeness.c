/* SPDX-License-Identifier: ISC */
#include "explain/completeness.h"

#include <math.h>

#include "base/err.h"
#include "base/mem.h"

void
completeness_count(struct completeness *c, struct text sent_id, double error)
{
	c->texts++;
	if (!(error > COMPLETENESS_BAR))
		return;
	c->incomplete++;
	if (error <= c->worst)
		return;
	if (c->arena == NULL)
		c->arena = mem_arena();
	mem_reset(c->arena);
	c->worst = error;
	c->worst_id = text_copy(c->arena, sent_id);
}

void
completeness_note(struct completeness *c, bool quiet)
{
	if (c->incomplete == 0)
		return;
	if (!quiet)
		note("%zu of %zu texts are not complete to %g: words and bias "
		    "of %.*s miss its score by %s; -e %g adds nodes",
		    c->incomplete, c->texts, COMPLETENESS_BAR,
		    TEXT_ARGS(c->worst_id), completeness_words(c->arena,
		    c->worst), COMPLETENESS_BAR);
	mem_free(c->arena);
}

const char *
completeness_words(struct arena *arena, double error)
{
	return isinf(error) ? "all of it" : mem_printf(arena,
	    "%.2g of their size", error);
}
