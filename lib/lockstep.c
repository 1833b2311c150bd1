/* SPDX-License-Identifier: ISC */
#include "lockstep.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

static int
longer_first(const void *a, const void *b)
{
	const struct rnn_text *const *x = a, *const *y = b;

	if ((*x)->T != (*y)->T)
		return (*x)->T < (*y)->T ? 1 : -1;
	return (*x > *y) - (*x < *y);
}

struct lockstep
lockstep_of(struct arena *arena, size_t n, const struct rnn_text text[])
{
	struct lockstep s = {.n = n, .text = text};
	const struct rnn_text **sorted = MEM_NEW(arena, n,
	    const struct rnn_text *);

	s.order = MEM_NEW(arena, n, size_t);
	s.offset = MEM_NEW(arena, n, size_t);
	for (size_t i = 0; i < n; i++) {
		sorted[i] = &text[i];
		s.offset[i] = s.words;
		s.words += text[i].T;
	}
	s.id = MEM_NEW(arena, s.words, int32_t);
	for (size_t i = 0; i < n; i++)
		if (text[i].T > 0)
			memcpy(s.id + s.offset[i], text[i].id,
			    text[i].T * sizeof *s.id);
	qsort(sorted, n, sizeof(const struct rnn_text *), longer_first);
	for (size_t i = 0; i < n; i++)
		s.order[i] = (size_t)(sorted[i] - text);
	s.longest = n > 0 ? text[s.order[0]].T : 0;
	return s;
}

size_t
lockstep_active(const struct lockstep *s, size_t step, size_t before)
{
	while (before > 0 && s->text[s->order[before - 1]].T <= step)
		before--;
	return before;
}
