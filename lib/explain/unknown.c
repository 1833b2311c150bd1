/* SPDX-License-Identifier: ISC */
#include "explain/unknown.h"

#include <unistd.h>

#include "base/err.h"
#include "explain/apply.h"
#include "model/model.h"
#include "stream/block.h"

struct unknown
unknown_start(bool quiet)
{
	return (struct unknown){.on = !quiet && isatty(STDERR_FILENO)};
}

void
unknown_count(struct unknown *u, const struct model *m,
    struct block *const *block, size_t n)
{
	if (!u->on)
		return;
	u->texts += n;
	for (size_t i = 0; i < n; i++) {
		const bool *unknown = apply_unknown(m, block[i]);

		u->words += block[i]->T;
		for (size_t t = 0; unknown != NULL && t < block[i]->T; t++)
			u->unknown += unknown[t];
	}
}

void
unknown_note(const struct unknown *u, const struct model *m)
{
	if (!u->on || (u->texts < 2 && u->unknown == 0))
		return;
	note("%zu text%s, %zu word%s, %zu (%.1f %%) unknown to model %.*s",
	    u->texts, u->texts == 1 ? "" : "s", u->words,
	    u->words == 1 ? "" : "s", u->unknown, u->words == 0 ? 0.0 :
	    100.0 * (double)u->unknown / (double)u->words,
	    TEXT_ARGS(m->name));
}
