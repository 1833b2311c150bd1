/* SPDX-License-Identifier: ISC */
/* reat-lime: fit a linear function to the output of a classifier for a text
 * without some of its words, phrases or clauses. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/explainer.h"
#include "explain/explanation.h"
#include "explain/kernel_shap.h"
#include "explain/lime.h"
#include "explain/omit.h"
#include "explain/source.h"
#include "math/random.h"
#include "math/ridge.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/score.h"

enum {
	SPANS_MAX = 2048,	/* of a level; the fit has a matrix [n][n] */
	RUN = 8192,		/* most samples that are run together */
};

struct method {
	struct option_name is;
	bool words;		/* fit the words, and sum them for spans */
	bool shapley;		/* samples of kernel_shap.h */
};

/* The first is the default.  The last has no name. */
static const struct method methods[] = {
	{{"lime", "a linear fit to samples without some words or spans (the "
	    "default)"}, .words = false},
	{{"lime-words", "the same for words; spans are sums of their words"},
	    .words = true},
	{{"kernelshap", "Shapley values by a linear fit with a fixed sum"},
	    .shapley = true},
	{.words = false},
};

struct sampling {
	struct explainer x;
	const struct method *method;
	size_t samples, features;	/* features: most that are fitted */
	uint64_t seed;
	struct arena *arena;		/* of a level */
	struct arena *some;		/* of samples that are run together */
};

/* A division of a text into parts, and its samples. */
struct sampled {
	const struct explanation *e;
	const struct level *level;
	struct rnn_text text;
	bool shapley;
	struct lime lime;
	struct kernel_shap shap;
	double *nothing;		/* [targets] of no words */
	struct ridge *ridge;
};

static bool
next_sample(struct sampled *l, bool *keep, double *weight)
{
	return l->shapley ? kernel_shap_next(&l->shap, keep, weight) :
	    lime_next(&l->lime, keep, weight);
}

/* Samples that are drawn and not yet run. */
struct drawn {
	size_t n, words;
	struct rnn_text *variant;	/* [n] */
	double *weight;			/* [n] */
	size_t **on;			/* [n][kept] the spans that are kept */
	size_t *kept;			/* [n] */
};

/* Draw samples: up to RUN, and until they have SOURCE_WORDS words. */
static struct drawn
draw(struct sampling *s, struct sampled *l)
{
	size_t spans = l->level->n;
	struct drawn d = {.variant = MEM_NEW(s->some, RUN, struct rnn_text),
	    .weight = MEM_NEW(s->some, RUN, double),
	    .on = MEM_NEW(s->some, RUN, size_t *),
	    .kept = MEM_NEW(s->some, RUN, size_t)};
	bool *keep = MEM_NEW(s->some, spans, bool);

	while (d.n < RUN && d.words < SOURCE_WORDS &&
	    next_sample(l, keep, &d.weight[d.n])) {
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
		source_run(s->x.source, d.n, d.variant, logit,
		    probability);
		for (size_t i = 0; i < d.n; i++) {
			for (size_t k = 0; k < e->targets; k++)
				y[k] = explain_value(e, k, logit + i * rows,
				    probability + i * C) - e->logit[k];
			for (size_t k = 0; d.kept[i] == 0 && k < e->targets;
			    k++)
				l->nothing[k] = y[k];
			ridge_add(l->ridge, d.kept[i], d.on[i], d.weight[i],
			    y);
		}
		explainer_did(&s->x, 0, d.n, "samples");
	}
}

/* The fit of the parts of a text; in the arena of a level. */
struct fitted {
	double *S;			/* [n][targets] */
	double *text;			/* [targets] the sums of S */
	double *intercept, *r2;		/* [targets] */
};

/* Fit target k: set used [*m] and beta [*m]. */
static struct ridge_fit
fit_target(struct sampling *s, const struct sampled *l, size_t k, size_t *used,
    size_t *m, double *beta)
{
	*m = ridge_select(l->ridge, s->arena, k, s->features, used);
	if (l->shapley)		/* all features: -n has no number of them */
		return ridge_fit_sum(l->ridge, s->arena, k, l->nothing[k],
		    -l->nothing[k], beta);
	return ridge_fit(l->ridge, s->arena, k, 1, *m, used, beta);
}

/* Sample the n parts of a text and fit them. */
static struct fitted
fit_parts(struct sampling *s, const struct explanation *e,
    const struct rnn_text *text, const struct level *parts)
{
	struct sampled l = {.e = e, .level = parts, .text = *text,
	    .shapley = s->method->shapley};
	struct random random = random_seeded(s->seed, edit_stream(e->block));
	size_t n = parts->n, targets = e->targets, *used;
	struct fitted to;
	double *beta;

	mem_reset(s->arena);
	if (l.shapley)
		l.shap = kernel_shap_begin(s->arena, n, s->samples, random);
	else
		l.lime = lime_begin(s->arena, n, s->samples, random);
	l.nothing = MEM_NEW(s->arena, targets, double);
	l.ridge = ridge_new(s->arena, n, targets);
	sample(s, &l);
	to = (struct fitted){.S = MEM_NEW(s->arena, n * targets, double),
	    .text = MEM_NEW(s->arena, targets, double),
	    .intercept = MEM_NEW(s->arena, targets, double),
	    .r2 = MEM_NEW(s->arena, targets, double)};
	beta = MEM_NEW(s->arena, n, double);
	used = MEM_NEW(s->arena, n, size_t);
	for (size_t k = 0; k < targets; k++) {
		size_t m;
		struct ridge_fit f = fit_target(s, &l, k, used, &m, beta);

		for (size_t j = 0; j < m; j++) {
			to.S[used[j] * targets + k] = beta[j];
			to.text[k] += beta[j];
		}
		to.intercept[k] = f.intercept;
		to.r2[k] = f.r2;
	}
	return to;
}

/* Set the rows text and bias. */
static void
take_sums(struct explanation *e, const struct fitted *f)
{
	for (size_t k = 0; k < e->targets; k++) {
		e->text[k] = f->text[k];
		e->bias[k] = f->intercept[k] + e->logit[k];
	}
}

/* Append the R2 of a level to the notes, "_" if it has no fit: NaN. */
static void
add_notes(struct explanation *e, const double *r2)
{
	for (size_t k = 0; k < e->targets; k++) {
		const char *note = e->note[k] == NULL ? "R2" : e->note[k];

		e->note[k] = isnan(r2[k]) ?
		    mem_printf(e->block->arena, "%s _", note) :
		    mem_printf(e->block->arena, "%s %.4f", note, r2[k]);
	}
}

/* Fit level i, whose spans divide the text. */
static void
fit_level(struct sampling *s, struct explanation *e,
    const struct rnn_text *text, size_t i, bool sums)
{
	const struct level *level = &e->level[i];
	struct fitted f = fit_parts(s, e, text, level);

	memcpy(e->span[i], f.S, level->n * e->targets * sizeof *f.S);
	add_notes(e, f.r2);
	if (sums)
		take_sums(e, &f);
}

/* Divide a text of T words: the span is a part, and so is each other word. */
static struct level
divide(size_t T, const struct span *span, struct span *part)
{
	struct level parts = {.span = part};

	for (size_t t = 0; t < T; t = part[parts.n++].last + 1)
		part[parts.n] = (struct span){t, t == span->first ?
		    span->last : t, TEXT("_")};
	return parts;
}

/* Fit level i, whose spans may overlap: each alone, among the other words. */
static void
fit_each(struct sampling *s, struct explanation *e,
    const struct rnn_text *text, size_t i)
{
	struct arena *arena = e->block->arena;
	struct span *part = MEM_NEW(arena, text->T, struct span);
	double *worst = MEM_NEW(arena, e->targets, double);

	for (size_t k = 0; k < e->targets; k++)
		worst[k] = NAN;
	for (size_t j = 0; j < e->level[i].n; j++) {
		const struct span *span = &e->level[i].span[j];
		struct level parts = divide(text->T, span, part);
		struct fitted f = fit_parts(s, e, text, &parts);

		for (size_t k = 0; k < e->targets; k++) {
			e->span[i][j * e->targets + k] =
			    f.S[span->first * e->targets + k];
			worst[k] = fmin(worst[k], f.r2[k]);
		}
	}
	add_notes(e, worst);
}

/* Fit the words. */
static struct fitted
fit_words(struct sampling *s, const struct explanation *e,
    const struct rnn_text *text)
{
	struct span *word = MEM_NEW(e->block->arena, text->T, struct span);
	struct level words = divide(text->T, &(struct span){0, 0, TEXT("_")},
	    word);

	return fit_parts(s, e, text, &words);
}

static bool
is_spans(const struct level *level)
{
	return score_level(level->name) == SCORE_SPAN;
}

/* Set all levels to the sums of the words of one fit. */
static void
sum_words(struct sampling *s, struct explanation *e,
    const struct rnn_text *text)
{
	struct fitted f = fit_words(s, e, text);

	explain_sums(e, f.S);
	take_sums(e, &f);
	add_notes(e, f.r2);
}

/* Fit each level for itself. */
static void
fit_levels(struct sampling *s, struct explanation *e,
    const struct rnn_text *text)
{
	bool sums = false;

	for (size_t i = 0; i < e->levels; i++)
		if (is_spans(&e->level[i]))
			fit_each(s, e, text, i);
		else {
			fit_level(s, e, text, i, !sums);
			sums = true;
		}
	if (!sums) {
		struct fitted f = fit_words(s, e, text);

		take_sums(e, &f);
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

/* Check that no fit has more than SPANS_MAX parts. */
static bool
check_sizes(const struct sampling *s, const struct explanation *e)
{
	const struct block *b = e->block;

	if (s->method->words)
		return b->T <= SPANS_MAX || bad(b->at, "this block has %zu "
		    "words, the limit for -a %s is %d", b->T,
		    s->method->is.name, SPANS_MAX);
	for (size_t i = 0; i < e->levels; i++) {
		const struct level *level = &e->level[i];

		if (is_spans(level) && b->T > SPANS_MAX)
			return bad(b->at, "this block has %zu words, the limit "
			    "for level span is %d", b->T, SPANS_MAX);
		if (level->n > SPANS_MAX && !is_spans(level))
			return bad(b->at, "level %.*s has %zu spans, the limit "
			    "is %d", TEXT_ARGS(level->name), level->n,
			    SPANS_MAX);
	}
	return true;
}

static bool
score(void *self, struct explanation *e)
{
	struct sampling *s = self;
	const struct block *b = e->block;
	struct rnn_text text;

	if (!check_sizes(s, e))
		return false;
	e->note = MEM_NEW(b->arena, e->targets, const char *);
	if (b->T == 0) {
		explain_nothing(e);
		return true;
	}
	text = source_words(s->x.source, b);
	(s->method->words ? sum_words : fit_levels)(s, e, &text);
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
	struct options o = {"a:b:c:Hl:m:n:pqr:s:W:X:x:y", "score words, "
	    "phrases and clauses by a linear fit", "[file ...]",
	    .reads = "tok", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: lime (the default) or another that \"list\" lists"},
	    {'l', EXPLAINER_LEVELS},
	    {'n', "samples (5000), and the most features"},
	    {'y', "the target is the logit instead of the probability"},
	    {'m', SOURCE_NAME}, {'p', SOURCE_PRINTS},
	    {'r', SOURCE_READS}, {0}},
	    .arguments = (const struct option_meaning[]){{'n', "N[,K]"},
	    {0}},
	    .names = (const struct option_meaning[]){
	    {'n', "samples"}, {'r', "answers"}, {'y', "logit"}, {0}}};
	struct sampling s = {.x = explainer_defaults, .method = methods,
	    .samples = 5000, .features = SPANS_MAX, .seed = 1};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	int status;

	s.x.score = score;
	s.x.self = &s;
	s.x.choice.probability = true;
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			s.method = option_row(&o, c, methods,
			    sizeof *methods);
			break;
		case 'n': read_numbers(&s); break;
		case 's':
			s.seed = (uint64_t)option_number(c, 0, 1L << 52);
			break;
		case 'y': s.x.choice.probability = false; break;
		default: explainer_option(&s.x, c);
		}
	if (s.method->shapley && s.features < SPANS_MAX)
		option_usage(&o, "option -n: %s has a score for each span, "
		    "and no number of them", s.method->is.name);
	s.x.method = s.method->is.name;
	s.arena = mem_arena();
	s.some = mem_arena();
	status = explainer_run(&s.x, &o, argv + optind, &out);
	mem_free(s.arena);
	mem_free(s.some);
	return output_done(&out, status);
}
