/* SPDX-License-Identifier: ISC */
#include "rnn/lockstep.h"

#include <string.h>

#include "base/mem.h"

void
lockstep_sort(size_t n, const struct rnn_text text[], size_t longest,
    size_t *order, size_t *at)
{
	/* at[l]: where the next text that is l shorter than the longest goes */
	memset(at, 0, (longest + 2) * sizeof *at);
	for (size_t i = 0; i < n; i++)
		at[longest - text[i].T + 1]++;
	for (size_t l = 0; l <= longest; l++)
		at[l + 1] += at[l];
	for (size_t i = 0; i < n; i++)
		order[at[longest - text[i].T]++] = i;
}

struct lockstep
lockstep_of(struct arena *arena, size_t n, const struct rnn_text text[])
{
	struct lockstep s = {.n = n, .text = text};

	s.order = MEM_NEW(arena, n, size_t);
	s.offset = MEM_NEW(arena, n, size_t);
	for (size_t i = 0; i < n; i++) {
		s.offset[i] = s.words;
		s.words += text[i].T;
		s.longest = text[i].T > s.longest ? text[i].T : s.longest;
	}
	s.id = MEM_NEW(arena, s.words, int32_t);
	for (size_t i = 0; i < n; i++)
		if (text[i].T > 0)
			memcpy(s.id + s.offset[i], text[i].id,
			    text[i].T * sizeof *s.id);
	lockstep_sort(n, text, s.longest, s.order,
	    MEM_NEW(arena, s.longest + 2, size_t));
	return s;
}

size_t
lockstep_active(const struct lockstep *s, size_t step, size_t before)
{
	while (before > 0 && s->text[s->order[before - 1]].T <= step)
		before--;
	return before;
}
