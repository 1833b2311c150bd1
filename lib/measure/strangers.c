/* SPDX-License-Identifier: ISC */
#include "measure/strangers.h"

#include <math.h>
#include <stdlib.h>

#include "base/dict.h"
#include "base/mem.h"
#include "base/utf8.h"

struct entry {
	size_t texts, n, last;	/* last: the number of its last text */
	double mean, squares;	/* of |score| (Welford) */
};

struct strangers {
	struct dict *words;
	struct entry *entry;	/* by words */
	size_t cap;
	struct arena *scratch, *arena;
};

struct strangers *
strangers_new(void)
{
	struct strangers *s = mem_calloc(1, sizeof *s);

	s->words = dict_new();
	s->scratch = mem_arena();
	s->arena = mem_arena();
	return s;
}

void
strangers_free(struct strangers *s)
{
	dict_free(s->words);
	free(s->entry);
	mem_free(s->scratch);
	mem_free(s->arena);
	free(s);
}

void
strangers_add(struct strangers *s, struct text word, size_t text,
    double score)
{
	size_t known = dict_size(s->words);
	size_t i = (size_t)dict_add(s->words, utf8_lower(s->scratch, word));
	double off;
	struct entry *e;

	mem_reset(s->scratch);
	if (i == known) {
		s->entry = mem_grow(s->entry, &s->cap, i + 1,
		    sizeof *s->entry);
		s->entry[i] = (struct entry){0};
	}
	e = &s->entry[i];
	e->texts += e->last != text;
	e->last = text;
	off = fabs(score) - e->mean;
	e->mean += off / (double)++e->n;
	e->squares += off * (fabs(score) - e->mean);
}

static int
by_texts(const void *a, const void *b)
{
	const struct summary_word *x = a, *y = b;

	if (x->texts != y->texts)
		return x->texts > y->texts ? -1 : 1;
	return text_compare(x->word, y->word);
}

const struct summary_word *
strangers_list(struct strangers *s, size_t *n)
{
	struct summary_word *word;

	*n = dict_size(s->words);
	word = MEM_NEW(s->arena, *n, struct summary_word);
	for (size_t i = 0; i < *n; i++) {
		const struct entry *e = &s->entry[i];

		word[i] = (struct summary_word){
		    dict_text(s->words, (int32_t)i), e->texts, e->n, e->mean,
		    e->n > 1 ? sqrt(e->squares / (double)(e->n - 1)) : 0};
	}
	qsort(word, *n, sizeof *word, by_texts);
	return word;
}
