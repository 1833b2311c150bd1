/* SPDX-License-Identifier: ISC */
/*
 * The tree is agglomerative, after Singh, Murphy and Yu, "Hierarchical
 * interpretations for neural network predictions", 2019.  They let groups grow
 * by those neighbours whose phi(group, neighbour) - phi(group) is over a
 * percentile, which is a number to choose, and several groups at a time.  Here
 * one pair is joined at a time, and the phi of both is subtracted: the result
 * has no threshold and is a binary tree.  Of equal pairs the first is joined.
 */
#include "explain/join.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "stream/score.h"

enum { TREE_MOST = 2048, PAIRS_MOST = 256 };

const struct join_kind join_tree = {
	{"tree", "a hierarchy: neighbours that interact most are joined"},
	.rounds = true, .most = TREE_MOST,
};

const struct join_kind join_adjacent = {
	{"adjacent", "the interactions of neighbours"},
	.rounds = false,
};

const struct join_kind join_pairs = {
	{"pairs", "the interactions of all pairs"},
	.apart = true, .most = PAIRS_MOST,
};

const void *const join_kinds[] = {&join_tree, &join_adjacent, &join_pairs,
    NULL};
const void *const join_touching[] = {&join_tree, &join_adjacent, NULL};

/* A span that is not yet joined with another, in a list from left to right. */
struct part {
	struct span span;
	double phi;
	double both;		/* phi of this and the next */
	struct part *prev, *next;
};

struct found {
	struct span span;
	double score;
};

struct join {
	struct arena *arena;
	const struct join_kind *kind;
	enum join_phi what;
	struct part *part;	/* [n] in the list: those that are left */
	size_t n;

	/* the round */
	struct join_set *set;	/* [sets] */
	double **to;		/* [sets] where the answer goes, in a tree */
	size_t sets;

	struct found *found;	/* [m] */
	size_t m;
};

static void
ask(struct join *j, const struct part *a, const struct part *b, double *to)
{
	bool touch = a->span.last + 1 == b->span.first;
	struct join_set *set = &j->set[j->sets];

	*set = (struct join_set){{a->span, b->span}, 2};
	if (touch) {
		set->span[0].last = b->span.last;
		set->n = 1;
	}
	j->to[j->sets++] = to;
}

/* How many sets the first round has, which is the largest. */
static size_t
count_sets(const struct join_kind *kind, size_t n)
{
	if (n < 2)
		return 0;
	return kind->apart ? n * (n - 1) / 2 : n - 1;
}

struct join *
join_new(struct arena *arena, const struct join_kind *kind,
    enum join_phi what, size_t n, const struct span *span, const double *phi,
    size_t stride)
{
	struct join *j = MEM_NEW(arena, 1, struct join);
	size_t sets = count_sets(kind, n);

	*j = (struct join){.arena = arena, .kind = kind, .what = what,
	    .n = n,
	    .part = MEM_NEW(arena, n, struct part),
	    .set = MEM_NEW(arena, sets + 1, struct join_set),
	    .to = MEM_NEW(arena, sets + 1, double *),
	    .found = MEM_NEW(arena, sets, struct found)};
	for (size_t i = 0; i < n; i++)
		j->part[i] = (struct part){span[i], phi[i * stride], 0,
		    i > 0 ? &j->part[i - 1] : NULL,
		    i + 1 < n ? &j->part[i + 1] : NULL};
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n && (kind->apart || k == i + 1);
		    k++)
			ask(j, &j->part[i], &j->part[k], &j->part[i].both);
	return j;
}

size_t
join_sets(const struct join *j, const struct join_set **set)
{
	*set = j->set;
	return j->sets;
}

/* I(a, b), from their phi and that of both. */
static double
interaction(const struct join *j, const struct part *a, const struct part *b,
    double both)
{
	double sum = a->phi + b->phi - both;

	return j->what == JOIN_WITHOUT ? sum : -sum;
}

/* ---- tree ---- */

/* The size of the interaction of a part and the next. */
static double
strength(const struct join *j, const struct part *a)
{
	return fabs(interaction(j, a, a->next, a->both));
}

/* The part that is joined with the next one. */
static struct part *
find_strongest(const struct join *j)
{
	struct part *best = &j->part[0];

	for (struct part *p = best; p->next != NULL; p = p->next)
		if (strength(j, p) > strength(j, best))
			best = p;
	return best;
}

/* Join the pair of this round, and ask for both sides of it. */
static void
grow(struct join *j)
{
	struct part *a = find_strongest(j), *b = a->next;

	a->span.last = b->span.last;
	a->phi = a->both;
	a->next = b->next;
	if (a->next != NULL)
		a->next->prev = a;
	j->found[j->m] = (struct found){a->span, a->phi};
	j->found[j->m].span.tag = text_of(mem_printf(j->arena, "%zu",
	    j->m + 1));
	j->m++;
	if (a->prev != NULL)
		ask(j, a->prev, a, &a->prev->both);
	if (a->next != NULL)
		ask(j, a, a->next, &a->both);
}

/* ---- adjacent, pairs ---- */

/* "2+3-4" */
static struct text
name_pair(struct join *j, const struct span *a, const struct span *b)
{
	const struct span *span[2] = {a, b};
	const char *name[2];

	for (int i = 0; i < 2; i++)
		name[i] = span[i]->first == span[i]->last ?
		    mem_printf(j->arena, "%zu", span[i]->first + 1) :
		    mem_printf(j->arena, "%zu-%zu", span[i]->first + 1,
		    span[i]->last + 1);
	return text_of(mem_printf(j->arena, "%s+%s", name[0], name[1]));
}

static void
list_pairs(struct join *j, const double *phi)
{
	for (size_t i = 0; i < j->n; i++)
		for (size_t k = i + 1; k < j->n && (j->kind->apart ||
		    k == i + 1); k++) {
			const struct part *a = &j->part[i], *b = &j->part[k];

			j->found[j->m] = (struct found){{a->span.first,
			    b->span.last, name_pair(j, &a->span, &b->span)},
			    interaction(j, a, b, phi[j->m])};
			j->m++;
		}
}

/* ---- both ---- */

void
join_take(struct join *j, const double *phi)
{
	size_t sets = j->sets;

	j->sets = 0;
	if (!j->kind->rounds) {
		list_pairs(j, phi);
		return;
	}
	for (size_t i = 0; i < sets; i++)
		*j->to[i] = phi[i];
	grow(j);
}

static int
by_words(const void *pa, const void *pb)
{
	const struct span *a = &((const struct found *)pa)->span;
	const struct span *b = &((const struct found *)pb)->span;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return a->last < b->last ? -1 : a->last > b->last;
}

struct level
join_level(struct join *j, double **score)
{
	struct level level = {.name = text_of(score_levels[SCORE_SPAN]),
	    .span = MEM_NEW(j->arena, j->m, struct span), .n = j->m};

	*score = MEM_NEW(j->arena, j->m, double);
	qsort(j->found, j->m, sizeof *j->found, by_words);
	for (size_t i = 0; i < j->m; i++) {
		level.span[i] = j->found[i].span;
		(*score)[i] = j->found[i].score;
	}
	return level;
}
