/* SPDX-License-Identifier: ISC */
/*
 * For each size k the candidates are the rules of the beam, of k - 1 words,
 * with one word more.  lucb_best finds the beam's best of them with few
 * samples.  Then each is sampled until one of these is sure:
 *
 *     it is an anchor    its rate is at least 1 - tolerance, and its lower
 *                        bound at least that less SLACK
 *     it is none         the rate is less, and its upper bound is less than
 *                        that plus SLACK
 *
 * The first size with an anchor ends the search; of several the one with the
 * highest rate is taken, then the first.
 *
 * A sample in which the words of another rule happen to be there is a sample of
 * that rule, too: so a new candidate begins with what is known.
 *
 * The authors' program takes samples of coverage; with replacement by UNK it is
 * known.  It never returns the rule without words, because it stops to sample
 * before it could be sure; here that rule is tried like any other.
 */
#include "explain/anchor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/mem.h"
#include "explain/source.h"
#include "math/lucb.h"
#include "rnn/trace.h"

#define DELTA 0.1		/* the authors' for texts */
#define DIFFERENCE 0.15
#define SLACK 0.05
enum { BATCH = 100 };

/* The samples so far. */
struct samples {
	const struct reduce *x;
	struct anchor_search how;
	bool *in;		/* [n][T] words that are there */
	bool *stays;		/* [n] the prediction stays */
	size_t n, cap, stays_cap;
	bool finite;
};

/* The rules of a size. */
struct rules {
	struct samples *s;
	bool *in;		/* [n][T] */
	struct lucb_arm *arm;	/* [n] */
	size_t n;
};

/* ---- samples ---- */

/* Word t of sample i. */
static bool *
there(const struct samples *s, size_t i, size_t t)
{
	return &s->in[i * s->x->text.T + t];
}

static struct rnn_text
make(void *self, struct arena *arena, size_t i)
{
	const struct samples *s = self;
	size_t T = s->x->text.T;
	int32_t *id = MEM_NEW(arena, T, int32_t);

	for (size_t t = 0; t < T; t++)
		id[t] = *there(s, s->n + i, t) ? s->x->text.id[t] :
		    s->how.unk;
	return (struct rnn_text){T, id};
}

static void
take(void *self, size_t first, size_t some, const float *logit,
    const float *probability)
{
	struct samples *s = self;
	const struct trace *t = s->x->trace;

	for (size_t i = 0; i < some; i++) {
		struct verdict v = verdict_of(t, logit + i * t->rows,
		    probability + i * t->C);

		s->finite = s->finite && v.finite;
		s->stays[s->n + first + i] = v.predicted == t->predicted;
	}
	s->x->did(s->x->self, some);
}

/* Sample a rule and count it; false if there would be too many samples. */
static bool
sample(struct samples *s, const bool *rule, struct lucb_arm *arm, size_t times)
{
	size_t T = s->x->text.T;

	if (times > s->x->most - s->n || !s->finite)
		return false;
	s->in = mem_grow(s->in, &s->cap, (s->n + times) * T, sizeof *s->in);
	s->stays = mem_grow(s->stays, &s->stays_cap, s->n + times,
	    sizeof *s->stays);
	for (size_t i = s->n; i < s->n + times; i++)
		for (size_t t = 0; t < T; t++)
			*there(s, i, t) = rule[t] ||
			    random_below(&s->how.random, 2) == 1;
	source_each(s->x->source, T, times,
	    &(struct source_user){make, take, s});
	for (size_t i = s->n; i < s->n + times; i++)
		arm->good += s->stays[i];
	arm->n += times;
	s->n += times;
	return true;
}

/* Count the samples so far that fulfil a rule of k words. */
static struct lucb_arm
count(const struct samples *s, const size_t *word, size_t k)
{
	struct lucb_arm arm = {.n = 0};

	for (size_t i = 0; i < s->n; i++) {
		bool fulfils = true;

		for (size_t w = 0; w < k && fulfils; w++)
			fulfils = *there(s, i, word[w]);
		arm.n += fulfils;
		arm.good += fulfils && s->stays[i];
	}
	return arm;
}

/* ---- rules ---- */

/* Add a rule of k words, if it is not seen yet. */
static void
add_rule(struct rules *r, struct dict *seen, const bool *in, size_t more,
    size_t *word)
{
	size_t T = r->s->x->text.T, k = 0;
	bool *to = r->in + r->n * T;

	memcpy(to, in, T * sizeof *to);
	to[more] = true;
	if ((size_t)dict_add(seen, (struct text){(const char *)to, T}) != r->n)
		return;
	for (size_t t = 0; t < T; t++)
		if (to[t])
			word[k++] = t;
	r->arm[r->n++] = count(r->s, word, k);
}

/* The rules of m others with one word more. */
static struct rules
extend(struct samples *s, struct arena *arena, const bool *rule, size_t m)
{
	size_t T = s->x->text.T;
	struct rules r = {.s = s, .in = MEM_NEW(arena, m * T * T, bool),
	    .arm = MEM_NEW(arena, m * T, struct lucb_arm)};
	size_t *word = MEM_NEW(arena, T, size_t);
	struct dict *seen = dict_new();

	for (size_t k = 0; k < m; k++)
		for (size_t t = 0; t < T; t++)
			if (!rule[k * T + t])
				add_rule(&r, seen, rule + k * T, t, word);
	dict_free(seen);
	return r;
}

static bool
pull(void *self, size_t i, size_t times)
{
	struct rules *r = self;

	return sample(r->s, r->in + i * r->s->x->text.T, &r->arm[i], times);
}

/* Sample rule i until it is sure; false if the samples end before. */
static bool
make_sure(struct rules *r, size_t i, double level, bool *is_anchor)
{
	const struct lucb_arm *arm = &r->arm[i];
	double least = 1 - r->s->how.tolerance;

	while (arm->n == 0 || (lucb_rate(arm) >= least ?
	    lucb_lower(arm, level) < least - SLACK :
	    lucb_upper(arm, level) >= least + SLACK))
		if (!pull(r, i, BATCH))
			return false;
	*is_anchor = lucb_rate(arm) >= least;
	return true;
}

/* ---- the search ---- */

/* The best rule so far. */
struct best {
	struct anchor *to;
	double lower;
};

static void
consider(struct best *best, const struct rules *r, size_t i, size_t size,
    double level, bool is_anchor)
{
	const struct lucb_arm *arm = &r->arm[i];
	struct anchor *to = best->to;
	double lower;

	if (arm->n == 0)
		return;
	lower = lucb_lower(arm, level);
	if (is_anchor ? to->rule.complete && lucb_rate(arm) <= to->precision :
	    to->rule.complete || lower <= best->lower)
		return;
	best->lower = lower;
	to->rule.found = true;
	to->rule.complete = is_anchor;
	to->rule.n = size;
	to->precision = lucb_rate(arm);
	to->coverage = ldexp(1, -(int)size);
	memcpy(to->rule.in, r->in + i * r->s->x->text.T, r->s->x->text.T);
}

/* Look for an anchor among the rules of a size, and put the best of them into
 * rule [beam][T], *m.  False if the samples end. */
static bool
try_size(struct rules *r, size_t size, struct best *best, bool *rule,
    size_t *m)
{
	size_t T = r->s->x->text.T, beam = r->s->how.beam;
	double level = log((1 + (double)(beam - 1) * (double)T) / DELTA);
	size_t top = beam < r->n ? beam : r->n;
	size_t *index = MEM_NEW(r->s->x->arena, top, size_t);
	struct lucb l = {r->arm, r->n, DELTA, DIFFERENCE, BATCH, pull, r};
	bool goes_on = lucb_best(&l, top, index);

	for (size_t k = 0; k < top; k++) {
		bool is_anchor = false;

		goes_on = goes_on && make_sure(r, index[k], level, &is_anchor);
		consider(best, r, index[k], size, level, is_anchor);
		memcpy(rule + k * T, r->in + index[k] * T, T);
	}
	*m = top;
	return goes_on;
}

struct anchor
anchor_find(const struct reduce *x, struct anchor_search how)
{
	size_t T = x->text.T, m = 1;
	struct samples s = {.x = x, .how = how, .finite = true};
	struct anchor to = {.rule = {.in = MEM_NEW(x->arena, T, bool)}};
	struct best best = {&to, -1};
	bool *rule = MEM_NEW(x->arena, how.beam * T, bool);
	struct arena *scratch = mem_arena();
	struct rules r = {&s, rule, MEM_NEW(x->arena, 1, struct lucb_arm), 1};
	bool goes_on = try_size(&r, 0, &best, rule, &m);

	for (size_t size = 1; goes_on && !to.rule.complete && size <= T;
	    size++) {
		mem_reset(scratch);
		r = extend(&s, scratch, rule, m);
		goes_on = try_size(&r, size, &best, rule, &m);
	}
	mem_free(scratch);
	free(s.in);
	free(s.stays);
	to.rule.variants = s.n;
	to.rule.finite = s.finite;
	return to;
}
