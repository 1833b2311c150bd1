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
	return (struct unknown){.on = !quiet && isatty(STDERR_FILENO),
	    .quiet = quiet};
}

static void
count_labels(struct unknown *u, const struct model *m,
    struct block *const *block, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct text label = block[i]->label;

		if (label.s == NULL ||
		    text_index(m->label, m->C, label) < m->C)
			continue;
		if (u->labels++ == 0)
			u->label = text_copy(m->arena, label);
	}
}

void
unknown_count(struct unknown *u, const struct model *m,
    struct block *const *block, size_t n)
{
	if (!u->quiet)
		count_labels(u, m, block, n);
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

static void
note_labels(const struct unknown *u, const struct model *m)
{
	note("label \"%.*s\" is no class of model %.*s, which has %s; it is "
	    "the first of %zu such label%s", TEXT_ARGS(u->label),
	    TEXT_ARGS(m->name), text_list(m->arena, m->label, m->C, ", "),
	    u->labels, text_plural(u->labels));
}

void
unknown_note(const struct unknown *u, const struct model *m)
{
	if (u->labels > 0)
		note_labels(u, m);
	if (!u->on || (u->texts < 2 && u->unknown == 0))
		return;
	note("%zu text%s, %zu word%s, %zu (%.1f %%) unknown to model %.*s",
	    u->texts, text_plural(u->texts), u->words,
	    text_plural(u->words), u->unknown, u->words == 0 ? 0.0 :
	    100.0 * (double)u->unknown / (double)u->words,
	    TEXT_ARGS(m->name));
}
