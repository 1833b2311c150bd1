/* SPDX-License-Identifier: ISC */
/*
 * A text is a tree of groups; the leaves are its words.
 *
 *     text      [The fight scenes are fun]        [but it grows tedious]
 *     phrase    [The fight scenes] [are] [fun]    [but] [it] [grows] [tedious]
 *
 * Let the groups on the way to word t be U_0 (the text), U_1, ..., U_k = {t},
 * and c_i the children of U_i.  A coalition of t is, for each i < k, a subset
 * S_i of the children of U_i other than U_{i+1}:
 *
 *     phi_t = sum over S_0 ... S_{k-1} of
 *             prod_i |S_i|! (c_i - 1 - |S_i|)! / c_i!
 *             (f(S_0 + ... + S_{k-1} + t) - f(S_0 + ... + S_{k-1}))
 *
 * With one group this is the Shapley value; in a tree of pairs it is what the
 * Partition explainer of shap computes.  Another reading: phi_t is the mean of
 * what t adds to the words before it, over all orders of the words in which
 * each group stays together.
 *
 * visit() goes through all coalitions, in the same way twice.  The first time
 * it collects the sets, each once, in a dictionary of their bits; the second
 * time their values are known and are summed up.  If there are too many sets,
 * some orders are drawn instead, and each is used in both directions: in
 * either, what the words add sums up to f(text) - f().
 *
 * Easy to get wrong: a group with one child is that child, and needs no set of
 * its own.
 *
 * Source: Owen, "Values of games with a priori unions", 1977; Lundberg, the
 * Partition explainer of shap 0.51; Castro, Gomez and Tejada, "Polynomial
 * calculation of the Shapley value based on sampling", 2009.
 */
#include "explain/owen.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/mem.h"

struct group {
	size_t first, last;	/* words */
	size_t n;		/* children; 0: a word */
	struct group *child;	/* [n] */
};

struct owen {
	size_t T;
	struct group text;
	size_t orders;
	struct random random;
	struct dict *sets;	/* their bits, as bytes */
	bool *in;		/* [T] the set that is looked up */
	char *bits;		/* [T / 8 + 1] of it */
	uint32_t *order;	/* [T] */

	/* the second time; the first time f is NULL */
	size_t targets;
	const double *f;	/* [sets][targets] */
	double *S;		/* [T][targets] */
};

/* ---- the tree ---- */

/* True if a group of level k or of one before it ends with word t. */
static bool
is_end(bool *const *ends, size_t k, size_t t)
{
	for (size_t i = 0; i <= k; i++)
		if (ends[i][t])
			return true;
	return false;
}

/* Divide a group by the levels from k on, and by words after the last. */
static void
divide(struct arena *arena, struct group *g, size_t k, size_t levels,
    bool *const *ends)
{
	size_t n = 0, first = g->first;

	if (g->first == g->last)
		return;
	for (size_t t = g->first; t <= g->last; t++)
		n += t == g->last || k == levels || is_end(ends, k, t);
	if (n == 1) {
		divide(arena, g, k + 1, levels, ends);
		return;
	}
	g->child = MEM_NEW(arena, n, struct group);
	for (size_t t = g->first; t <= g->last; t++) {
		if (t < g->last && k < levels && !is_end(ends, k, t))
			continue;
		g->child[g->n] = (struct group){.first = first, .last = t};
		divide(arena, &g->child[g->n++], k < levels ? k + 1 : k,
		    levels, ends);
		first = t + 1;
	}
}

/* 2^n, or much if that is more. */
static double
power(size_t n)
{
	return n < 64 ? (double)((uint64_t)1 << n) : 1e20;
}

/* The most sets of a group that are looked up for one set around it. */
static double
count(const struct group *g)
{
	double sum = power(g->n);

	for (size_t i = 0; i < g->n; i++)
		if (g->child[i].n > 0)
			sum += power(g->n - 1) * count(&g->child[i]);
	return sum;
}

/* ---- sets ---- */

/* The number of the set in o->in. */
static size_t
look_up(struct owen *o)
{
	struct text key = {o->bits, o->T / 8 + 1};

	memset(o->bits, 0, key.n);
	for (size_t t = 0; t < o->T; t++)
		if (o->in[t])
			o->bits[t / 8] |= (char)(1 << t % 8);
	return (size_t)(o->f == NULL ? dict_add(o->sets, key) :
	    dict_find(o->sets, key));
}

static void
put(struct owen *o, const struct group *g, bool in)
{
	for (size_t t = g->first; t <= g->last; t++)
		o->in[t] = in;
}

/* Word t adds the difference of two sets, with this weight. */
static void
add(struct owen *o, size_t t, double weight, size_t without, size_t with)
{
	size_t n = o->targets;

	for (size_t k = 0; o->f != NULL && k < n; k++)
		o->S[t * n + k] += weight * (o->f[with * n + k] -
		    o->f[without * n + k]);
}

/* |S|! (c - 1 - |S|)! / c! for |S| = s */
static double
share(size_t c, size_t s)
{
	double w = 1 / (double)c;

	for (size_t i = 0; i < s; i++)
		w *= (double)(i + 1) / (double)(c - 1 - i);
	return w;
}

static void visit(struct owen *, const struct group *, double weight);

/* Child i joins the set, in which are this many of its siblings. */
static void
join(struct owen *o, const struct group *g, size_t i, double weight)
{
	const struct group *child = &g->child[i];
	size_t without, with;

	if (child->n > 0) {
		visit(o, child, weight);
		return;
	}
	without = look_up(o);
	o->in[child->first] = true;
	with = look_up(o);
	o->in[child->first] = false;
	add(o, child->first, weight, without, with);
}

/* All coalitions of the words of a group; the set has no word of it. */
static void
visit(struct owen *o, const struct group *g, double weight)
{
	size_t others = g->n - 1;

	for (size_t i = 0; i < g->n; i++)
		for (uint64_t S = 0; S < (uint64_t)1 << others; S++) {
			size_t s = 0;

			for (size_t j = 0; j < others; j++) {
				bool in = S >> j & 1;

				put(o, &g->child[j + (j >= i)], in);
				s += in;
			}
			put(o, &g->child[i], false);
			join(o, g, i, weight * share(g->n, s));
		}
	put(o, g, false);
}

/* ---- orders ---- */

/* Draw an order of the words of a group, in which each group is together. */
static void
draw(struct owen *o, struct arena *scratch, const struct group *g,
    uint32_t **to)
{
	uint32_t *order;

	if (g->n == 0) {
		*(*to)++ = (uint32_t)g->first;
		return;
	}
	order = MEM_NEW(scratch, g->n, uint32_t);
	for (size_t i = 0; i < g->n; i++)
		order[i] = (uint32_t)i;
	random_shuffle(&o->random, order, (uint32_t)g->n);
	for (size_t i = 0; i < g->n; i++)
		draw(o, scratch, &g->child[order[i]], to);
}

/* The words join in this order, or from its end. */
static void
follow(struct owen *o, bool backwards)
{
	size_t without = 0;

	for (size_t i = 0; i < o->T; i++) {
		size_t t = o->order[backwards ? o->T - 1 - i : i], with;

		o->in[t] = true;
		with = look_up(o);
		add(o, t, 1 / (double)o->orders, without, with);
		without = with;
	}
	memset(o->in, 0, o->T * sizeof *o->in);
}

/* Go through all coalitions, or through the orders. */
static void
go(struct owen *o)
{
	struct random random = o->random;
	struct arena *scratch;

	if (o->orders == 0) {
		if (o->text.n == 0)	/* one word */
			add(o, 0, 1, 0, 1);
		else
			visit(o, &o->text, 1);
		return;
	}
	scratch = mem_arena();
	for (size_t i = 0; i < o->orders; i += 2) {
		uint32_t *to = o->order;

		mem_reset(scratch);
		draw(o, scratch, &o->text, &to);
		follow(o, false);
		follow(o, true);
	}
	mem_free(scratch);
	o->random = random;	/* the same orders the next time */
}

/* ---- the whole ---- */

struct owen *
owen_new(struct arena *arena, size_t T, size_t levels, bool *const *ends,
    size_t runs, struct random random)
{
	struct owen *o = MEM_NEW(arena, 1, struct owen);

	*o = (struct owen){.T = T, .text = {.first = 0, .last = T - 1},
	    .random = random, .sets = dict_new(),
	    .in = MEM_NEW(arena, T, bool),
	    .bits = MEM_NEW(arena, T / 8 + 1, char),
	    .order = MEM_NEW(arena, T, uint32_t)};
	divide(arena, &o->text, 0, levels, ends);
	if (count(&o->text) > (double)runs)
		o->orders = runs / T < 2 ? 2 : runs / T / 2 * 2;
	look_up(o);
	put(o, &o->text, true);
	look_up(o);
	put(o, &o->text, false);
	go(o);
	return o;
}

void
owen_free(struct owen *o)
{
	dict_free(o->sets);
}

size_t
owen_orders(const struct owen *o)
{
	return o->orders;
}

size_t
owen_sets(const struct owen *o)
{
	return dict_size(o->sets);
}

void
owen_set(const struct owen *o, size_t i, bool *keep)
{
	struct text bits = dict_text(o->sets, (int32_t)i);

	for (size_t t = 0; t < o->T; t++)
		keep[t] = bits.s[t / 8] >> t % 8 & 1;
}

void
owen_values(struct owen *o, size_t targets, const double *f, double *S)
{
	o->targets = targets;
	o->f = f;
	o->S = S;
	go(o);
}
