/* SPDX-License-Identifier: ISC */
#include "annotate/tree.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

struct tree_node *
tree_add_node(struct tree *t)
{
	t->node = mem_widen(t->arena, t->node, t->n, &t->node_cap,
	    sizeof *t->node);
	t->node[t->n] = (struct tree_node){0};
	return &t->node[t->n++];
}

struct tree_word *
tree_add_word(struct tree *t)
{
	t->word = mem_widen(t->arena, t->word, t->T, &t->word_cap,
	    sizeof *t->word);
	t->word[t->T] = (struct tree_word){0};
	return &t->word[t->T++];
}

/* What parsers and tokenizers write in several ways, in lower case. */
static const struct spelling {
	const char *found, *plain;
} spellings[] = {
	{"-lrb-", "("}, {"-rrb-", ")"}, {"-lsb-", "["}, {"-rsb-", "]"},
	{"-lcb-", "{"}, {"-rcb-", "}"}, {"\\/", "/"}, {"\\*", "*"},
	{"``", "\""}, {"''", "\""}, {"`", "'"},
	{"\u201c", "\""}, {"\u201d", "\""}, {"\u2018", "'"}, {"\u2019", "'"},
	{"\u2013", "--"}, {"\u2014", "--"}, {"\u2026", "..."},
};

/* The word in lower case with the plain spellings, in the arena. */
static struct text
plain(struct arena *arena, struct text word)
{
	struct text a = utf8_lower(arena, word);
	char *to = mem_alloc(arena, a.n + 1, 1);	/* none is longer */
	size_t n = 0;

	while (a.n > 0) {
		const struct spelling *s = spellings;
		const struct spelling *end = s + sizeof spellings / sizeof *s;
		size_t from = 1, k = 1;
		const char *put = a.s;

		while (s < end && !text_starts(a, s->found))
			s++;
		if (s < end) {
			from = strlen(s->found);
			put = s->plain;
			k = strlen(put);
		}
		memcpy(to + n, put, k);
		n += k;
		a.s += from;
		a.n -= from;
	}
	return (struct text){to, n};
}

bool
tree_same_word(struct arena *arena, struct text a, struct text b)
{
	return text_equal(a, b) || text_equal(plain(arena, a), plain(arena, b));
}
