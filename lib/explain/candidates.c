/* SPDX-License-Identifier: ISC */
#include "explain/candidates.h"

#include "base/dict.h"
#include "base/mem.h"
#include "explain/neighbours.h"
#include "explain/same_tag.h"
#include "explain/source.h"
#include "explain/stop_words.h"
#include "stream/block.h"
#include "stream/synonyms.h"

static bool
is_replaced(const struct candidate_lists *l, struct text form)
{
	return !l->content || !stop_words_has(form);
}

void
candidates_search(const struct candidate_lists *l,
    struct block *const *block, size_t n)
{
	struct arena *arena;
	struct text *form;
	size_t T = 0, m = 0;

	if (l->neighbours == NULL)
		return;
	arena = mem_arena();
	for (size_t i = 0; i < n; i++)
		T += block[i]->T;
	form = MEM_NEW(arena, T, struct text);
	for (size_t i = 0; i < n; i++)
		for (size_t t = 0; t < block[i]->T; t++) {
			form[m] = conllu_word(block[i], t)[CONLLU_FORM];
			m += is_replaced(l, form[m]);
		}
	neighbours_search(l->neighbours, m, form);
	mem_free(arena);
}

/* The candidates of a word; seen has the word and those that are listed. */
struct listing {
	const struct block *b;
	struct source *source;
	size_t t;
	struct text word;
	struct candidates *to;
	size_t cap;
	struct dict *seen;
};

static void
add(struct listing *l, struct same_tag *tags, struct text word, float near)
{
	struct arena *arena = l->b->arena;
	struct text form = synonyms_case(arena, l->word, word);
	size_t n = dict_size(l->seen);

	if ((size_t)dict_add(l->seen, form) < n ||
	    (tags != NULL && !same_tag_keeps(tags, l->b, l->t, form)))
		return;
	l->to->of = mem_widen(arena, l->to->of, l->to->n, &l->cap,
	    sizeof *l->to->of);
	l->to->of[l->to->n++] = (struct candidate){form,
	    source_word_at(l->source, arena, form, l->t), near};
}

static void
list(const struct candidate_lists *l, struct listing *to)
{
	const struct text *column = conllu_word(to->b, to->t);
	const struct neighbour *near = NULL;
	const struct synonym *y = NULL;
	size_t n = 0;

	to->word = column[CONLLU_FORM];
	dict_add(to->seen, to->word);
	while ((y = synonyms_next(l->synonyms, to->word, column[CONLLU_XPOS],
	    y)) != NULL)
		add(to, NULL, y->to, 1);
	if (l->neighbours != NULL)
		near = neighbours_of(l->neighbours, to->word, &n);
	for (size_t i = 0; i < n; i++)
		add(to, l->tags, near[i].form, near[i].near);
}

struct candidates *
candidates_of(const struct candidate_lists *l, struct source *source,
    const struct block *b)
{
	struct candidates *to = MEM_NEW(b->arena, b->T, struct candidates);

	for (size_t t = 0; t < b->T; t++) {
		struct listing one = {.b = b, .source = source, .t = t,
		    .to = &to[t]};

		to[t].fixed = !is_replaced(l, conllu_word(b,
		    t)[CONLLU_FORM]);
		if (to[t].fixed)
			continue;
		one.seen = dict_new();
		list(l, &one);
		dict_free(one.seen);
	}
	return to;
}
