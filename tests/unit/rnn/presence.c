/* SPDX-License-Identifier: ISC */
/*
 * presence: half's words add up, for every kind of model; skip is exact where
 * it must be; the numbers do not depend on the batch, nor on segments.
 * tests/golden/presence compares the scores with an independent program.
 */
#include "rnn/presence.h"

#include "base/mem.h"
#include "check.h"
#include "math/random.h"
#include "plain.h"

static struct arena *arena;
static const double coefficient[] = {1.0, -0.5, 0.25};

/* Words, nested and overlapping spans, and the whole text, of T > 0 words. */
static struct rnn_skip
spans(size_t T)
{
	struct rnn_span *span = MEM_NEW(arena, 4 * T, struct rnn_span);
	size_t n = 0;

	for (size_t t = 0; t < T; t++) {
		span[n++] = (struct rnn_span){t, t};
		span[n++] = (struct rnn_span){t, t + 2 < T ? t + 2 : T - 1};
		span[n++] = (struct rnn_span){t / 2, t};
		span[n++] = (struct rnn_span){t, T - 1};
	}
	return (struct rnn_skip){.n = n, .span = span, .whole = 7.5,
	    .S = MEM_NEW(arena, n, double)};
}

/* Both scores of n texts for one target. */
struct scores {
	struct rnn_run *run;
	struct rnn_skip *skip;
	double **half;
};

static struct scores
compute(struct rnn_presence *r, size_t n, const struct rnn_text text[])
{
	struct trace *trace = MEM_NEW(arena, n, struct trace);
	struct scores s = {MEM_NEW(arena, n, struct rnn_run),
	    MEM_NEW(arena, n, struct rnn_skip), MEM_NEW(arena, n, double *)};

	for (size_t i = 0; i < n; i++) {
		s.run[i] = (struct rnn_run){.text = text[i], .scale = 1.0,
		    .target.coefficient = coefficient};
		s.skip[i] = text[i].T == 0 ? (struct rnn_skip){.n = 0} :
		    spans(text[i].T);
		s.half[i] = MEM_NEW(arena, text[i].T, double);
	}
	rnn_presence_forward(r, arena, n, s.run, trace);
	rnn_presence_skip(r, arena, s.run, trace, s.skip);
	rnn_presence_half(r, arena, s.run, trace, s.half);
	return s;
}

/* Of no numbers, a and b can be NULL. */
static bool
equal(const double *a, const double *b, size_t n)
{
	return n == 0 || memcmp(a, b, n * sizeof *a) == 0;
}

static bool
same(const struct scores *a, size_t i, const struct scores *b, size_t j)
{
	return equal(a->skip[i].S, b->skip[j].S, a->skip[i].n) &&
	    equal(a->half[i], b->half[j], a->run[i].text.T);
}

/* The target of the first T words by the plain program. */
static double
plain_target(const struct model *m, const struct rnn_text *text, size_t T)
{
	const struct rnn_text part = {T, text->id};
	double z[PLAIN_LONGEST], value = 0.0;

	plain_logits(m, &part, 1.0, z);
	for (size_t k = 0; k < m->rows; k++)
		value += coefficient[k] * z[k];
	return value;
}

/* How far half's words are from the target less its bias. */
static double
off_sum(const struct model *m, const struct scores *s, size_t i)
{
	double sum = -s->run[i].value;

	for (size_t k = 0; k < m->rows; k++)
		sum += coefficient[k] * (double)m->bias[k];
	for (size_t t = 0; t < s->run[i].text.T; t++)
		sum += s->half[i][t];
	return fabs(sum);
}

/* How far the spans at the end of the text are from their true omission. */
static double
off_ends(const struct model *m, const struct rnn_skip *skip,
    const struct rnn_text *text)
{
	double worst = 0.0;

	for (size_t k = 0; k < skip->n; k++)
		if (skip->span[k].last + 1 == text->T &&
		    skip->span[k].first > 0)
			worst = fmax(worst, fabs(plain_target(m, text,
			    text->T) - plain_target(m, text,
			    skip->span[k].first) - skip->S[k]));
	return worst;
}

static double
off_whole(const struct rnn_skip *skip, size_t T)
{
	double worst = 0.0;

	for (size_t k = 0; k < skip->n; k++)
		if (skip->span[k].first == 0 && skip->span[k].last + 1 == T)
			worst = fmax(worst, fabs(skip->S[k] - 7.5));
	return worst;
}

static void
check_model(struct model shape)
{
	struct random random = random_seeded(17, shape.cell + 2 *
	    shape.directions + 6 * shape.layers);
	struct model *m = plain_model(arena, shape);
	struct rnn_presence *r;
	struct plain_texts a = {.n = PLAIN_TEXTS};
	struct scores s;
	double sum = 0.0, ends = 0.0, whole = 0.0;
	size_t equal = 0;

	plain_randomise(arena, m, &random);
	r = rnn_presence_new(m);
	for (size_t i = 0; i < a.n; i++) {
		a.text[i] = (struct rnn_text){i * 5 % 8, a.id[i]};
		for (size_t t = 0; t < a.text[i].T; t++)
			a.id[i][t] = (int32_t)random_below(&random, 8) - 1;
	}
	s = compute(r, a.n, a.text);
	for (size_t i = 0; i < a.n; i++) {
		struct scores one = compute(r, 1, &a.text[i]);

		equal += same(&one, 0, &s, i);
		sum = fmax(sum, off_sum(m, &s, i));
		ends = fmax(ends, off_ends(m, &s.skip[i], &a.text[i]));
		whole = fmax(whole, off_whole(&s.skip[i], a.text[i].T));
	}
	CHECK(sum < 2e-6, "%s: half's words are off by %.1e",
	    plain_name(arena, m), sum);
	/* in the reverse direction all words before them change */
	CHECK((m->directions == 2 && (m->layers > 1 ||
	    !pooling_is(&m->pooling, POOLING_END))) || ends < 2e-6,
	    "%s: skip of the last words is off by %.1e", plain_name(arena, m),
	    ends);
	CHECK(whole == 0, "%s: skip of all words is what the caller gave",
	    plain_name(arena, m));
	CHECK(equal == a.n, "%s: the same bits by itself as in a batch",
	    plain_name(arena, m));
	rnn_presence_free(r);
}

/* A long text by itself, which is run in segments, and in a batch of two. */
static void
check_segments(struct model shape)
{
	enum { T = 9000 };
	struct random random = random_seeded(18, shape.pooling.n * 10 +
	    shape.pooling.part[0]);
	struct model *m = plain_model(arena, shape);
	int32_t *id = MEM_NEW(arena, T, int32_t);
	const struct rnn_text text[2] = {{T, id}, {3, id}};
	struct rnn_presence *r;
	struct scores alone, both;

	plain_randomise(arena, m, &random);
	r = rnn_presence_new(m);
	for (size_t t = 0; t < T; t++)
		id[t] = (int32_t)random_below(&random, 8) - 1;
	alone = compute(r, 1, text);
	both = compute(r, 2, text);
	CHECK(same(&alone, 0, &both, 0), "%s: segments have the bits of a "
	    "batch", plain_name(arena, m));
	rnn_presence_free(r);
}

int
main(void)
{
	arena = mem_arena();
	plain_kinds(check_model);
	plain_deep_kinds(16, check_segments);
	mem_free(arena);
	return check_done();
}
