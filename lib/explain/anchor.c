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
 * that rule, too: so a new candidate begins with what is known.  The samples
 * are bits, 64 of them in a number for each word:
 *
 *                 sample 0 1 2 ..      the rule "not bad" and another word:
 *     The                0 0 1         word_n = bits(not) & bits(bad) & bits(n)
 *     film               1 0 0         samples   ones of word_n
 *     not                1 1 0         good      ones of word_n & stays
 *
 * A candidate is a rule of the beam and a word: its words are not copied.  Two
 * rules with one word more are the same if they differ in one word each, and
 * add the other's.
 *
 * The authors' program takes samples of coverage; with replacement by UNK it is
 * known.  It never returns the rule without words, because it stops to sample
 * before it could be sure; here that rule is tried like any other.
 */
#include "explain/anchor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "explain/source.h"
#include "math/lucb.h"
#include "rnn/trace.h"

#define DELTA 0.1		/* the authors' for texts */
#define DIFFERENCE 0.15
#define SLACK 0.05
enum { BATCH = 100 };

/* The samples so far.  Sample i is bit i % 64 of row i / 64. */
struct samples {
	const struct reduce *x;
	struct anchor_search how;
	uint64_t *in;		/* [rows][T] words that are there */
	uint64_t *stays;	/* [rows] the prediction stays */
	size_t n, cap, stays_cap;
	bool finite;
};

/* A rule of the beam with one word more; without words, both are 0. */
struct candidate {
	uint32_t rule, word;
};

/* The candidates of a size. */
struct rules {
	struct samples *s;
	const bool *rule;		/* [beam][T] */
	struct candidate *candidate;	/* [n] */
	struct lucb_arm *arm;		/* [n] */
	size_t n, size;
	bool *in;			/* [T] scratch of words_of */
};

/* ---- samples ---- */

static bool
is_set(uint64_t row, size_t i)
{
	return row >> i % 64 & 1;
}

static void
set(uint64_t *row, size_t i, bool is)
{
	*row = (*row & ~((uint64_t)1 << i % 64)) | (uint64_t)is << i % 64;
}

static struct rnn_text
make(void *self, struct arena *arena, size_t i)
{
	const struct samples *s = self;
	size_t T = s->x->text.T, at = s->n + i;
	const uint64_t *in = s->in + at / 64 * T;
	int32_t *id = MEM_NEW(arena, T, int32_t);

	for (size_t t = 0; t < T; t++)
		id[t] = is_set(in[t], at) ? s->x->text.id[t] : s->how.unk;
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
		size_t at = s->n + first + i;

		s->finite = s->finite && v.finite;
		set(&s->stays[at / 64], at, v.predicted == t->predicted);
	}
	s->x->did(s->x->self, some);
}

/* Sample a rule and count it; false if there would be too many samples. */
static bool
sample(struct samples *s, const bool *rule, struct lucb_arm *arm, size_t times)
{
	size_t T = s->x->text.T, rows = (s->n + times + 63) / 64;

	if (times > s->x->most - s->n || !s->finite)
		return false;
	s->in = mem_grow(s->in, &s->cap, rows * T, sizeof *s->in);
	s->stays = mem_grow(s->stays, &s->stays_cap, rows, sizeof *s->stays);
	for (size_t i = s->n; i < s->n + times; i++)
		for (size_t t = 0; t < T; t++)
			set(&s->in[i / 64 * T + t], i, rule[t] ||
			    random_below(&s->how.random, 2) == 1);
	source_each(s->x->source, T, times,
	    &(struct source_user){make, take, s});
	for (size_t i = s->n; i < s->n + times; i++)
		arm->good += is_set(s->stays[i / 64], i);
	arm->n += times;
	s->n += times;
	return true;
}

static size_t
ones(uint64_t x)
{
	x -= x >> 1 & 0x5555555555555555u;
	x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
	x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
	return (size_t)(x * 0x0101010101010101u >> 56);
}

/* ---- rules ---- */

/* Count, for n candidates of one rule, the samples so far that fulfil them. */
static void
count(const struct samples *s, const bool *rule, size_t n,
    const struct candidate *candidate, struct lucb_arm *arm)
{
	size_t T = s->x->text.T;

	for (size_t row = 0; row * 64 < s->n; row++) {
		const uint64_t *in = s->in + row * T;
		size_t left = s->n - row * 64;
		uint64_t all = left < 64 ? ((uint64_t)1 << left) - 1 :
		    UINT64_MAX;

		for (size_t t = 0; t < T; t++)
			all &= rule[t] ? in[t] : UINT64_MAX;
		for (size_t i = 0; i < n && all != 0; i++) {
			uint64_t with = all & in[candidate[i].word];

			arm[i].n += ones(with);
			arm[i].good += ones(with & s->stays[row]);
		}
	}
}

/* If rule b has one word that rule a has not, set same for it: a with it is b
 * with a word more. */
static void
find_same(size_t T, const bool *a, const bool *b, bool *same)
{
	size_t more = 0, word = 0;

	for (size_t t = 0; t < T && more < 2; t++)
		if (b[t] && !a[t]) {
			word = t;
			more++;
		}
	if (more == 1)
		same[word] = true;
}

/* The rules of m others with one word more. */
static struct rules
extend(struct samples *s, struct arena *arena, const bool *rule, size_t m,
    size_t size)
{
	size_t T = s->x->text.T;
	struct rules r = {s, rule, MEM_NEW(arena, m * T, struct candidate),
	    MEM_NEW(arena, m * T, struct lucb_arm), 0, size,
	    MEM_NEW(arena, T, bool)};
	bool *same = MEM_NEW(arena, T, bool);

	memset(r.arm, 0, m * T * sizeof *r.arm);
	for (size_t k = 0; k < m; k++) {
		size_t first = r.n;

		memset(same, 0, T * sizeof *same);
		for (size_t other = 0; other < k; other++)
			find_same(T, rule + k * T, rule + other * T, same);
		for (size_t t = 0; t < T; t++)
			if (!rule[k * T + t] && !same[t])
				r.candidate[r.n++] = (struct candidate){
				    (uint32_t)k, (uint32_t)t};
		count(s, rule + k * T, r.n - first, r.candidate + first,
		    r.arm + first);
	}
	return r;
}

/* The words of candidate i, [T], until the next call. */
static const bool *
words_of(const struct rules *r, size_t i)
{
	size_t T = r->s->x->text.T;

	memcpy(r->in, r->rule + r->candidate[i].rule * T, T * sizeof *r->in);
	if (r->size > 0)
		r->in[r->candidate[i].word] = true;
	return r->in;
}

static bool
pull(void *self, size_t i, size_t times)
{
	struct rules *r = self;

	return sample(r->s, words_of(r, i), &r->arm[i], times);
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
consider(struct best *best, const struct rules *r, size_t i, double level,
    bool is_anchor)
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
	to->rule.n = r->size;
	to->precision = lucb_rate(arm);
	to->coverage = ldexp(1, -(int)r->size);
	memcpy(to->rule.in, words_of(r, i), r->s->x->text.T);
}

/* Look for an anchor among the rules of a size, and put the best of them into
 * next [beam][T], *m.  False if the samples end. */
static bool
try_size(struct rules *r, struct best *best, bool *next, size_t *m)
{
	size_t T = r->s->x->text.T, beam = r->s->how.beam;
	double level = log((1 + (double)(beam - 1) * (double)T) / DELTA);
	size_t top = beam < r->n ? beam : r->n;
	size_t *index = mem_calloc(top, sizeof *index);
	struct lucb l = {r->arm, r->n, DELTA, DIFFERENCE, BATCH, pull, r};
	bool goes_on = lucb_best(&l, top, index);

	for (size_t k = 0; k < top; k++) {
		bool is_anchor = false;

		goes_on = goes_on && make_sure(r, index[k], level, &is_anchor);
		consider(best, r, index[k], level, is_anchor);
		memcpy(next + k * T, words_of(r, index[k]), T * sizeof *next);
	}
	free(index);
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
	struct arena *scratch = mem_arena();
	bool *rule = mem_calloc(how.beam * T, sizeof *rule);
	bool *next = mem_calloc(how.beam * T, sizeof *next), *swap;
	struct candidate none = {0, 0};
	struct lucb_arm arm = {.n = 0};
	struct rules r = {&s, rule, &none, &arm, 1, 0,
	    MEM_NEW(scratch, T, bool)};
	bool goes_on = try_size(&r, &best, next, &m);

	for (size_t size = 1; goes_on && !to.rule.complete && size <= T;
	    size++) {
		swap = rule;
		rule = next;
		next = swap;
		mem_reset(scratch);
		r = extend(&s, scratch, rule, m, size);
		goes_on = try_size(&r, &best, next, &m);
	}
	mem_free(scratch);
	free(rule);
	free(next);
	free(s.in);
	free(s.stays);
	to.rule.variants = s.n;
	to.rule.finite = s.finite;
	return to;
}
