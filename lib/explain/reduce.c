/* SPDX-License-Identifier: ISC */
/*
 * Sets of k of T words have a number, in the order of their words:
 *
 *     0: 1 2    1: 1 3    2: 1 4    3: 2 3    4: 2 4    5: 3 4
 *
 * Those with word 1 come first; there are as many as sets of k - 1 of the other
 * T - 1 words.  So a set is made from its number, and neighbours in this order
 * share their beginnings, which are then run once (variants.h).
 */
#include "explain/reduce.h"

#include <string.h>

#include "base/dict.h"
#include "base/mem.h"
#include "explain/source.h"
#include "rnn/trace.h"

/* Numbered sets of words, of which the best is searched. */
struct search {
	const struct reduce *x;
	bool keeps;		/* the set alone, or the text without it */
	size_t size;		/* words of a set */
	void (*set)(const struct search *, size_t i, bool *in);
	const bool *parent;	/* [beam][T] of reduce_beam: sets with a word
				 * more */
	const size_t *child;	/* [sets] parent T + the word that it lacks */

	/* what came; either of both */
	struct verdict *verdict;	/* [sets] or NULL */
	bool any, finite;
	size_t best;
	struct verdict after;
};

/* ---- the variants ---- */

static struct rnn_text
make(void *self, struct arena *arena, size_t i)
{
	const struct search *s = self;
	const struct rnn_text *text = &s->x->text;
	bool *in = MEM_NEW(arena, text->T, bool);
	int32_t *id = MEM_NEW(arena, text->T, int32_t);
	size_t n = 0;

	s->set(s, i, in);
	for (size_t t = 0; t < text->T; t++)
		if (in[t] == s->keeps)
			id[n++] = text->id[t];
	return (struct rnn_text){n, id};
}

/* True if the set is what is searched for. */
static bool
serves(const struct search *s, const struct verdict *v)
{
	return (v->predicted == s->x->trace->predicted) == s->keeps;
}

static bool
is_better(const struct search *s, const struct verdict *v)
{
	if (!s->any)
		return true;
	return s->keeps ? v->stays > s->after.stays :
	    v->stays < s->after.stays;
}

static void
take(void *self, size_t first, size_t some, const float *logit,
    const float *probability)
{
	struct search *s = self;
	const struct trace *t = s->x->trace;

	for (size_t i = 0; i < some; i++) {
		struct verdict v = verdict_of(t, logit + i * t->rows,
		    probability + i * t->C);

		s->finite = s->finite && v.finite;
		if (s->verdict != NULL)
			s->verdict[first + i] = v;
		if (!serves(s, &v) || !is_better(s, &v))
			continue;
		s->any = true;
		s->best = first + i;
		s->after = v;
	}
	s->x->did(s->x->self, some);
}

/* Run n sets. */
static void
run(struct search *s, size_t n)
{
	s->any = false;
	source_each(s->x->source, s->x->text.T, n,
	    &(struct source_user){make, take, s});
}

/* ---- exact ---- */

/* T over k, or more than most if it is more. */
static size_t
binomial(size_t T, size_t k, size_t most)
{
	double x = 1;

	for (size_t i = 0; i < k; i++)
		x = x * (double)(T - i) / (double)(i + 1);
	return x > (double)most ? most + 1 : (size_t)(x + 0.5);
}

static void
set_of_words(const struct search *s, size_t i, bool *in)
{
	size_t T = s->x->text.T, k = s->size;

	for (size_t t = 0; k > 0; t++) {
		/* the sets that have word t; i is less than all there are */
		size_t with = binomial(T - t - 1, k - 1, s->x->most);

		if (i < with) {
			in[t] = true;
			k--;
		} else
			i -= with;
	}
}

static void
set_of_neighbours(const struct search *s, size_t i, bool *in)
{
	for (size_t t = i; t < i + s->size; t++)
		in[t] = true;
}

static struct reduced
start(const struct reduce *x)
{
	return (struct reduced){.complete = true, .finite = true,
	    .in = MEM_NEW(x->arena, x->text.T, bool)};
}

/* Try the sets of 1, 2, ... words. */
static struct reduced
try_sizes(const struct reduce *x, struct search *s)
{
	struct reduced to = start(x);
	size_t T = x->text.T;

	for (s->size = 1; s->size <= T && s->finite; s->size++) {
		size_t n = s->set == set_of_words ?
		    binomial(T, s->size, x->most) : T + 1 - s->size;

		if (n > x->most - to.variants) {
			to.complete = false;
			break;
		}
		run(s, n);
		to.variants += n;
		if (!s->any)
			continue;
		s->set(s, s->best, to.in);
		to.found = true;
		to.n = s->size;
		to.after = s->after;
		break;
	}
	to.finite = s->finite;
	return to;
}

struct reduced
reduce_sets(const struct reduce *x, bool keeps)
{
	struct search s = {.x = x, .keeps = keeps, .finite = true,
	    .set = set_of_words};

	return try_sizes(x, &s);
}

struct reduced
reduce_spans(const struct reduce *x, bool keeps)
{
	struct search s = {.x = x, .keeps = keeps, .finite = true,
	    .set = set_of_neighbours};

	return try_sizes(x, &s);
}

/* ---- beam ---- */

static void
set_of_child(const struct search *s, size_t i, bool *in)
{
	size_t T = s->x->text.T, k = s->child[i];

	memcpy(in, s->parent + k / T * T, T * sizeof *in);
	in[k % T] = false;
}

/* List the children of m sets, each once; returns how many. */
static size_t
list_children(const struct reduce *x, const bool *parent, size_t m,
    size_t *child)
{
	size_t T = x->text.T, n = 0;
	struct dict *seen = dict_new();
	char *key = MEM_NEW(x->arena, T, char);

	for (size_t k = 0; k < m * T; k++) {
		const bool *in = parent + k / T * T;

		if (!in[k % T])
			continue;
		for (size_t t = 0; t < T; t++)
			key[t] = in[t] && t != k % T ? 'x' : '-';
		if ((size_t)dict_add(seen, (struct text){key, T}) == n)
			child[n++] = k;
	}
	dict_free(seen);
	return n;
}

/* The best of the children that serve, which become the m parents. */
static size_t
choose(struct search *s, size_t n, size_t beam, bool *parent)
{
	size_t m = 0, T = s->x->text.T;

	for (; m < beam; m++) {
		size_t best = n;

		for (size_t i = 0; i < n; i++)
			if (serves(s, &s->verdict[i]) && (best == n ||
			    s->verdict[i].stays > s->verdict[best].stays))
				best = i;
		if (best == n)
			break;
		s->set(s, best, parent + m * T);
		s->verdict[best].predicted = s->x->trace->C;	/* taken */
	}
	return m;
}

struct reduced
reduce_beam(const struct reduce *x, size_t beam)
{
	size_t T = x->text.T, m = 1;
	struct search s = {.x = x, .keeps = true, .finite = true,
	    .set = set_of_child};
	struct reduced to = start(x);
	bool *parent = MEM_NEW(x->arena, beam * T, bool);
	bool *next = MEM_NEW(x->arena, beam * T, bool);
	size_t *child = MEM_NEW(x->arena, beam * T, size_t);
	struct verdict *verdict = MEM_NEW(x->arena, beam * T, struct verdict);

	for (size_t t = 0; t < T; t++)
		parent[t] = to.in[t] = true;
	to.n = T;
	to.found = true;
	to.after = verdict_of(x->trace, x->trace->logit,
	    x->trace->probability);
	s.child = child;
	s.verdict = verdict;
	while (to.n > 1) {
		bool *last = parent;
		size_t n = list_children(x, parent, m, child);

		if (n > x->most - to.variants) {
			to.complete = false;
			break;
		}
		s.parent = parent;
		run(&s, n);
		to.variants += n;
		if (!s.any || !s.finite)
			break;
		s.set(&s, s.best, to.in);
		to.n--;
		to.after = s.after;
		m = choose(&s, n, beam, next);
		parent = next;
		next = last;
	}
	to.finite = s.finite;
	return to;
}
