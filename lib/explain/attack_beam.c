/* SPDX-License-Identifier: ISC */
#include "explain/attack_beam.h"

#include <stddef.h>
#include <string.h>

#include "base/dict.h"
#include "base/mem.h"
#include "explain/attack_search.h"

/* A state's changes in text order. */
struct changes {
	struct change {
		size_t t;
		ptrdiff_t now;	/* so wide: a key has no gaps */
	} *of;			/* [n + 1] */
	size_t n;
};

/* True if no state before had these changes and this one. */
static bool
is_new(struct dict *seen, struct changes *c, struct change *key, size_t t,
    int32_t now)
{
	size_t known = dict_size(seen), n = 0;

	for (size_t i = 0; i < c->n && c->of[i].t < t; i++)
		key[n++] = c->of[i];
	key[n].t = t;
	key[n].now = now;
	for (; n < c->n; n++)
		key[n + 1] = c->of[n];
	return (size_t)dict_add(seen, (struct text){(const char *)key,
	    (c->n + 1) * sizeof *key}) == known;
}

/* List what can stand in the place of a word that is kept. */
static void
list_word(struct attack_search *s, struct dict *seen, struct changes *c,
    struct change *key, const int32_t *from, size_t t, bool erase)
{
	int32_t n = (int32_t)s->x->word[t].n;

	for (int32_t k = erase ? -1 : 0; k < n; k++) {
		int32_t now = k < 0 ? ATTACK_ERASED : k;

		if (is_new(seen, c, key, t, now))
			attack_add(s, from, t, now);
	}
}

/* List the children of m states; false if they are too many. */
static bool
list_children(struct attack_search *s, const int32_t *state, size_t m,
    bool erase)
{
	size_t T = s->T;
	struct change *key = MEM_NEW(s->arena, s->to.n + 1, struct change);
	struct changes c = {MEM_NEW(s->arena, s->to.n + 1, struct change), 0};
	struct dict *seen;

	if (!attack_list(s, m * (attack_candidates(s) + T)))
		return false;
	seen = dict_new();
	for (size_t p = 0; p < m; p++) {
		const int32_t *from = state + p * T;
		size_t left = T;

		c.n = 0;
		for (size_t t = 0; t < T; t++) {
			left -= from[t] == ATTACK_ERASED;
			if (from[t] == ATTACK_KEPT)
				continue;
			c.of[c.n].t = t;
			c.of[c.n++].now = from[t];
		}
		for (size_t t = 0; t < T; t++)
			if (from[t] == ATTACK_KEPT)
				list_word(s, seen, &c, key, from, t,
				    erase && left > 1);
	}
	dict_free(seen);
	return true;
}

/* True if a is better: it succeeds, or it is nearer to that. */
static bool
is_better(const struct attack_search *s, const struct attack_variant *a,
    const struct attack_variant *b)
{
	bool yes = attack_succeeds(s, &a->after);
	bool other = attack_succeeds(s, &b->after);

	return yes != other ? yes : a->value > b->value;
}

/* Put the best variants, at most beam, into next, the best first. */
static size_t
select_best(struct attack_search *s, int32_t *next)
{
	size_t m = 0, beam = s->x->beam < s->n ? s->x->beam : s->n;
	const struct attack_variant **best = MEM_NEW(s->arena, beam + 1,
	    const struct attack_variant *);

	for (size_t i = 0; i < s->n; i++) {
		size_t k = m;

		for (; k > 0 && is_better(s, &s->v[i], best[k - 1]); k--)
			best[k] = best[k - 1];
		best[k] = &s->v[i];
		m += m < beam;
	}
	for (size_t k = 0; k < m; k++) {
		memcpy(next + k * s->T, best[k]->from, s->T * sizeof *next);
		next[k * s->T + best[k]->t] = best[k]->now;
	}
	if (m > 0)
		attack_accept(s, best[0]);
	return m;
}

static bool
widen(struct attack_search *s, bool erase)
{
	size_t T = s->T, m = 1, wide = s->x->beam;
	struct arena *keep = mem_arena(), *level = s->arena;
	int32_t *state = MEM_NEW(keep, wide * T, int32_t);
	int32_t *next = MEM_NEW(keep, wide * T, int32_t);
	bool good = true;

	memcpy(state, s->to.change, T * sizeof *state);
	while (!s->to.success && s->to.n < s->x->most) {
		int32_t *last = state;

		mem_reset(level);
		good = list_children(s, state, m, erase) && attack_try(s);
		if (!good || s->n == 0)
			break;
		m = select_best(s, next);
		state = next;
		next = last;
		memcpy(s->to.change, state, T * sizeof *state);
		s->to.n++;
	}
	mem_free(keep);
	return good;
}

bool
attack_erasing(struct attack_search *s)
{
	return widen(s, true);
}

bool
attack_swapping(struct attack_search *s)
{
	return widen(s, false);
}
