/* SPDX-License-Identifier: ISC */
/* reat-lime: fit a linear function to the output of a classifier for a text
 * without some of its words, phrases or clauses. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/apply.h"
#include "explain/explainer.h"
#include "explain/explanation.h"
#include "explain/lime.h"
#include "explain/omit.h"
#include "math/random.h"
#include "math/ridge.h"
#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "rnn/variants.h"
#include "stream/block.h"
#include "stream/level.h"

enum {
	SPANS_MAX = 2048,	/* of a level; the fit has a matrix [n][n] */
	RUN = 8192,		/* most samples that are run together */
};

struct sampling {
	struct explainer x;
	size_t samples, features;	/* features: most that are fitted */
	uint64_t seed;
	struct arena *arena;		/* of a level */
	struct arena *some;		/* of samples that are run together */
};

/* A level of a text and its samples. */
struct sampled {
	const struct explanation *e;
	const struct level *level;
	struct rnn_text text;
	struct lime lime;
	struct ridge *ridge;
};

/* The stream of random numbers depends on the words alone: a text has the same
 * samples wherever it occurs. */
static uint64_t
stream_of(const struct block *b)
{
	uint64_t hash = TEXT_HASH;

	for (size_t t = 0; t < b->T; t++) {
		hash = text_hash_on(hash, conllu_word(b, t)[CONLLU_FORM]);
		hash = text_hash_step(hash, '\n');
	}
	return hash;
}

/* Samples that are drawn and not yet run. */
struct drawn {
	size_t n, words;
	struct rnn_text *variant;	/* [n] */
	double *weight;			/* [n] */
	size_t **on;			/* [n][kept] the spans that are kept */
	size_t *kept;			/* [n] */
};

/* Draw samples: up to RUN, and until they have VARIANTS_WORDS words. */
static struct drawn
draw(struct sampling *s, struct sampled *l)
{
	size_t spans = l->level->n;
	struct drawn d = {.variant = MEM_NEW(s->some, RUN, struct rnn_text),
	    .weight = MEM_NEW(s->some, RUN, double),
	    .on = MEM_NEW(s->some, RUN, size_t *),
	    .kept = MEM_NEW(s->some, RUN, size_t)};
	bool *keep = MEM_NEW(s->some, spans, bool);

	while (d.n < RUN && d.words < VARIANTS_WORDS &&
	    lime_next(&l->lime, keep, &d.weight[d.n])) {
		size_t m = 0;

		for (size_t i = 0; i < spans; i++)
			m += keep[i];
		d.kept[d.n] = m;
		d.on[d.n] = MEM_NEW(s->some, m, size_t);
		m = 0;
		for (size_t i = 0; i < spans; i++)
			if (keep[i])
				d.on[d.n][m++] = i;
		d.variant[d.n] = edit_keep(s->some, &l->text, spans,
		    l->level->span, keep);
		d.words += d.variant[d.n++].T;
	}
	return d;
}

/* Run all samples of a level and add them to the fit. */
static void
sample(struct sampling *s, struct sampled *l)
{
	const struct explanation *e = l->e;
	size_t rows = e->trace->rows, C = e->trace->C;
	double *y = MEM_NEW(s->arena, e->targets, double);

	for (;;) {
		struct drawn d;
		float *logit, *probability;

		mem_reset(s->some);
		d = draw(s, l);
		if (d.n == 0)
			return;
		logit = MEM_NEW(s->some, d.n * rows, float);
		probability = MEM_NEW(s->some, d.n * C, float);
		variants_run(explainer_variants(&s->x), d.n, d.variant, logit,
		    probability);
		for (size_t i = 0; i < d.n; i++) {
			for (size_t k = 0; k < e->targets; k++)
				y[k] = explain_value(e, k, logit + i * rows,
				    probability + i * C) - e->logit[k];
			ridge_add(l->ridge, d.kept[i], d.on[i], d.weight[i],
			    y);
		}
		explainer_did(&s->x, 0, d.n, "samples");
	}
}

/* Fit level i.  The first level also gives the rows text and bias. */
static void
fit(struct sampling *s, struct sampled *l, struct explanation *e, size_t i)
{
	size_t n = l->level->n;
	double *beta = MEM_NEW(s->arena, n, double);
	size_t *used = MEM_NEW(s->arena, n, size_t);

	for (size_t k = 0; k < e->targets; k++) {
		double *S = e->span[i] + k, text = 0;
		size_t m = ridge_select(l->ridge, s->arena, k, s->features,
		    used);
		struct ridge_fit f = ridge_fit(l->ridge, s->arena, k, 1, m,
		    used, beta);

		for (size_t j = 0; j < m; j++) {
			S[used[j] * e->targets] = beta[j];
			text += beta[j];
		}
		e->note[k] = mem_printf(e->block->arena, "%s %.4f",
		    i == 0 ? "R2" : e->note[k], f.r2);
		if (i > 0)
			continue;
		e->text[k] = text;
		e->bias[k] = f.intercept + e->logit[k];
	}
}

/* Explain a block without words: the bias is the whole score. */
static void
explain_nothing(struct explanation *e)
{
	for (size_t k = 0; k < e->targets; k++) {
		e->bias[k] = e->logit[k];
		e->note[k] = "_";
	}
}

static bool
score(void *self, struct explanation *e)
{
	struct sampling *s = self;
	const struct block *b = e->block;
	struct rnn_text text = {b->T, NULL};

	for (size_t i = 0; i < e->levels; i++)
		if (e->level[i].n > SPANS_MAX)
			return bad(b->at, "level %.*s has %zu spans, the limit "
			    "is %d", TEXT_ARGS(e->level[i].name),
			    e->level[i].n, SPANS_MAX);
	e->note = MEM_NEW(b->arena, e->targets, const char *);
	if (b->T == 0) {
		explain_nothing(e);
		return true;
	}
	text.id = apply_words(rnn_model(s->x.rnn), b);
	for (size_t i = 0; i < e->levels; i++) {
		struct sampled l = {.e = e, .level = &e->level[i],
		    .text = text};

		mem_reset(s->arena);
		l.lime = lime_begin(s->arena, l.level->n, s->samples,
		    random_seeded(s->seed, stream_of(b)));
		l.ridge = ridge_new(s->arena, l.level->n, e->targets);
		sample(s, &l);
		fit(s, &l, e, i);
	}
	explainer_did(&s->x, 1, 0, "samples");
	return true;
}

/* -n SAMPLES[,FEATURES] */
static void
read_numbers(struct sampling *s)
{
	char *comma = strchr(optarg, ',');

	if (comma != NULL)
		*comma = '\0';
	s->samples = (size_t)option_number('n', 2, 100000000);
	if (comma == NULL)
		return;
	optarg = comma + 1;
	s->features = (size_t)option_number('n', 1, SPANS_MAX);
}

int
main(int argc, char *argv[])
{
	struct options o = {"b:c:Hl:m:n:qs:y", "score words, phrases and "
	    "clauses by a linear fit", "[file ...]",
	    .reads = "tok", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'n', "samples (5000), and the most features"},
	    {'y', "the target is the logit instead of the probability"}, {0}},
	    .arguments = (const struct option_meaning[]){{'n', "N[,K]"}, {0}}};
	struct sampling s = {.x = explainer_defaults, .samples = 5000,
	    .features = SPANS_MAX, .seed = 1};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	int status;

	s.x.method = "lime";
	s.x.score = score;
	s.x.self = &s;
	s.x.choice.probability = true;
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'n': read_numbers(&s); break;
		case 's':
			s.seed = (uint64_t)option_number(c, 0, 1L << 52);
			break;
		case 'y': s.x.choice.probability = false; break;
		default: explainer_option(&s.x, c);
		}
	s.arena = mem_arena();
	s.some = mem_arena();
	status = explainer_run(&s.x, &o, argv + optind, &out);
	mem_free(s.arena);
	mem_free(s.some);
	return output_done(&out, status);
}
