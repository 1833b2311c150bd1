/* SPDX-License-Identifier: ISC */
#include "explain/omit.h"

#include <string.h>

#include "base/mem.h"
#include "stream/block.h"
#include "stream/layer.h"

/* Append words first to last of a text to the n words at to. */
static size_t
append(int32_t *to, size_t n, const struct rnn_text *a, size_t first,
    size_t last)
{
	size_t more = last + 1 - first;

	if (more > 0)
		memcpy(to + n, a->id + first, more * sizeof *to);
	return n + more;
}

struct rnn_text
edit_omit(struct arena *arena, const struct rnn_text *a,
    const struct span *span)
{
	size_t n = a->T - (span->last + 1 - span->first);
	int32_t *id = MEM_NEW(arena, n, int32_t);

	append(id, append(id, 0, a, 0, span->first - 1), a, span->last + 1,
	    a->T - 1);
	return (struct rnn_text){n, id};
}

struct rnn_text
edit_blank(struct arena *arena, const struct rnn_text *a,
    const struct span *span)
{
	int32_t *id = MEM_NEW(arena, a->T, int32_t);

	append(id, 0, a, 0, a->T - 1);
	for (size_t t = span->first; t <= span->last; t++)
		id[t] = -1;
	return (struct rnn_text){a->T, id};
}

struct rnn_text
edit_keep(struct arena *arena, const struct rnn_text *a, size_t n,
    const struct span *span, const bool *keep)
{
	size_t T = 0;
	int32_t *id;

	for (size_t i = 0; i < n; i++)
		if (keep[i])
			T += span[i].last + 1 - span[i].first;
	id = MEM_NEW(arena, T, int32_t);
	T = 0;
	for (size_t i = 0; i < n; i++)
		if (keep[i])
			T = append(id, T, a, span[i].first, span[i].last);
	return (struct rnn_text){T, id};
}

uint64_t
edit_stream(const struct block *b)
{
	uint64_t hash = TEXT_HASH;

	for (size_t t = 0; t < b->T; t++) {
		hash = text_hash_on(hash, conllu_word(b, t)[CONLLU_FORM]);
		hash = text_hash_step(hash, '\n');
	}
	return hash;
}
