/* SPDX-License-Identifier: ISC */
#include "annotate/tree_heads.h"

#include <stdlib.h>

#include "base/mem.h"
#include "stream/block.h"

/*
 * The words of a sentence, T of them, numbered from 0.  Its root has no head.
 * `order` lists a word after its head, so that the way back adds up the words
 * below each word without recursion:
 *
 *     low, high, size of a word  =  of itself and of all words below it
 *
 * The words below it are contiguous if size is high - low + 1.
 */
struct heads {
	size_t T, first;		/* first: in the block */
	size_t *head;			/* [T] */
	size_t root;
	/* the words whose head is h: child[children[h]] to
	 * child[children[h + 1] - 1] */
	size_t *child, *children;
	size_t *order;			/* [T] from the root on */
	size_t reached;			/* how many words are in order */
	size_t *low, *high, *size;	/* [T] */
};

static const size_t NO_WORD = (size_t)-1;

/* Read the head of word t; the root is remembered. */
static bool
read_head(const struct block *b, size_t t, struct heads *h)
{
	const struct text *column = conllu_word(b, h->first + t);
	struct text head = column[CONLLU_HEAD];
	struct place at = conllu_place(b, h->first + t);
	size_t number;

	if (text_is(head, "_"))
		return bad(at, "word %zu has no HEAD; parse the text first, or "
		    "use option -B for bracketed trees", h->first + t + 1);
	if (!text_to_size(head, &number))
		return bad(at, "HEAD \"%.*s\", expected the number of a word, "
		    "or 0 for the root", TEXT_ARGS(head));
	if (number == 0 && h->root != NO_WORD)
		return bad(at, "a second root, word %zu; the first is word %zu",
		    h->first + t + 1, h->first + h->root + 1);
	if (number == 0) {
		h->root = t;
		h->head[t] = NO_WORD;
		return true;
	}
	if (number <= h->first || number > h->first + h->T)
		return bad(at, "HEAD %zu is outside the sentence, which has "
		    "the words %zu to %zu", number, h->first + 1,
		    h->first + h->T);
	h->head[t] = number - 1 - h->first;
	return true;
}

/* Sort the words by their heads. */
static void
find_children(struct arena *arena, struct heads *h)
{
	size_t *next = MEM_NEW(arena, h->T + 1, size_t);

	h->child = MEM_NEW(arena, h->T, size_t);
	h->children = MEM_NEW(arena, h->T + 1, size_t);
	for (size_t t = 0; t < h->T; t++)
		if (t != h->root)
			h->children[h->head[t] + 1]++;
	for (size_t t = 0; t < h->T; t++) {
		h->children[t + 1] += h->children[t];
		next[t] = h->children[t];
	}
	for (size_t t = 0; t < h->T; t++)
		if (t != h->root)
			h->child[next[h->head[t]]++] = t;
}

static void
find_order(struct arena *arena, struct heads *h)
{
	h->order = MEM_NEW(arena, h->T, size_t);
	h->order[h->reached++] = h->root;
	for (size_t i = 0; i < h->reached; i++) {
		size_t t = h->order[i];

		for (size_t k = h->children[t]; k < h->children[t + 1]; k++)
			h->order[h->reached++] = h->child[k];
	}
}

/* A word that the root does not reach depends on a circle: name the circle. */
static bool
report_circle(const struct block *b, struct arena *arena,
    const struct heads *h)
{
	bool *seen = MEM_NEW(arena, h->T, bool);
	size_t t = 0, from;

	for (size_t i = 0; i < h->reached; i++)
		seen[h->order[i]] = true;
	while (seen[t])
		t++;
	for (; !seen[t]; t = h->head[t])
		seen[t] = true;
	from = t;
	t = h->head[t];
	return bad(conllu_place(b, h->first + from), "the heads form a circle: "
	    "word %zu depends on word %zu, and %s", h->first + from + 1,
	    h->first + t + 1, t == from ? "so on itself" :
	    "that one, directly or through others, on the first");
}

static void
find_words_below(struct arena *arena, struct heads *h)
{
	h->low = MEM_NEW(arena, h->T, size_t);
	h->high = MEM_NEW(arena, h->T, size_t);
	h->size = MEM_NEW(arena, h->T, size_t);
	for (size_t t = 0; t < h->T; t++) {
		h->low[t] = h->high[t] = t;
		h->size[t] = 1;
	}
	for (size_t i = h->T; i-- > 1; ) {
		size_t t = h->order[i], to = h->head[t];

		h->size[to] += h->size[t];
		if (h->low[t] < h->low[to])
			h->low[to] = h->low[t];
		if (h->high[t] > h->high[to])
			h->high[to] = h->high[t];
	}
}

/* Preorder: by the first word; of two that begin together, the longer one. */
static int
compare(const void *pa, const void *pb)
{
	const struct tree_node *a = pa, *b = pb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return a->last > b->last ? -1 : a->last < b->last;
}

static void
add_nodes(const struct block *b, const struct heads *h, struct tree *to)
{
	size_t before = to->n;

	for (size_t t = 0; t < h->T; t++) {
		struct text deprel = conllu_word(b,
		    h->first + t)[CONLLU_DEPREL], rest = deprel;
		struct tree_node *node;

		if (h->size[t] != h->high[t] - h->low[t] + 1) {
			to->split++;
			continue;
		}
		node = tree_add_node(to);
		node->label = deprel;
		node->type = text_cut(&rest, ':');
		node->first = h->first + h->low[t];
		node->last = h->first + h->high[t];
		node->leaf = h->size[t] == 1;
	}
	if (to->n > before)
		qsort(to->node + before, to->n - before, sizeof *to->node,
		    compare);
}

bool
tree_add_heads(const struct block *b, size_t first, size_t end,
    struct tree *to)
{
	struct heads h = {.T = end - first, .first = first, .root = NO_WORD};

	if (h.T == 0)
		return true;
	h.head = MEM_NEW(to->arena, h.T, size_t);
	for (size_t t = 0; t < h.T; t++)
		if (!read_head(b, t, &h))
			return false;
	if (h.root == NO_WORD)
		return bad(conllu_place(b, first), "no root in the words %zu "
		    "to %zu: one of them must have HEAD 0", first + 1, end);
	find_children(to->arena, &h);
	find_order(to->arena, &h);
	if (h.reached < h.T)
		return report_circle(b, to->arena, &h);
	find_words_below(to->arena, &h);
	add_nodes(b, &h, to);
	return true;
}
