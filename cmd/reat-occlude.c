/* SPDX-License-Identifier: ISC */
/* reat-occlude: score words, phrases and clauses by leaving them out. */
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/explainer.h"
#include "explain/explanation.h"
#include "explain/join.h"
#include "explain/omit.h"
#include "explain/owen.h"
#include "explain/source.h"
#include "math/random.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/score.h"

enum { WORDS_MAX = 2048 };	/* of a text, by owen */

struct occluding;

/* How words are taken away: a span alone, or by a method of its own. */
struct method {
	struct option_name is;
	struct rnn_text (*edit)(struct arena *, const struct rnn_text *,
	    const struct span *);
	bool (*score)(struct occluding *, struct explanation *);
};

struct occluding {
	struct explainer x;
	const struct method *method;
	size_t runs;		/* most of owen, for a text */
	uint64_t seed;
	bool sampled;		/* -n or -s was given */
};

/* The spans, or pairs of spans, of a text that are taken away in turn. */
struct taking {
	struct occluding *s;
	const struct explanation *e;
	const struct rnn_text *text;
	const struct join_set *set;	/* [n] */
	double *S;			/* [n][targets] */
};

static struct rnn_text
without(void *self, struct arena *arena, size_t i)
{
	const struct taking *a = self;
	const struct join_set *set = &a->set[i];
	struct rnn_text text = *a->text;

	/* from the end, so that the words before keep their numbers */
	for (size_t k = set->n; k-- > 0; )
		text = a->s->method->edit(arena, &text, &set->span[k]);
	return text;
}

static void
take_scores(void *self, size_t first, size_t some, const float *logit,
    const float *probability)
{
	const struct taking *a = self;
	const struct explanation *e = a->e;
	double *S = a->S + first * e->targets;

	for (size_t j = 0; j < some; j++)
		for (size_t k = 0; k < e->targets; k++)
			*S++ = e->logit[k] - explain_value(e, k,
			    logit + j * e->trace->rows,
			    probability + j * e->trace->C);
	explainer_did(&a->s->x, 0, some, "runs");
}

/* Set S [n][targets]: the score of the text minus the score without set n. */
static void
take_sets(struct occluding *s, const struct explanation *e,
    const struct rnn_text *text, const struct join_set *set, size_t n,
    double *S)
{
	struct taking a = {s, e, text, set, S};

	source_each(s->x.source, text->T, n,
	    &(struct source_user){without, take_scores, &a});
}

/* The same for spans. */
static void
take_away(struct occluding *s, const struct explanation *e,
    const struct rnn_text *text, const struct span *span, size_t n, double *S)
{
	struct join_set *set = MEM_NEW(e->block->arena, n, struct join_set);

	for (size_t i = 0; i < n; i++)
		set[i] = (struct join_set){{span[i]}, 1};
	take_sets(s, e, text, set, n, S);
}

/*
 * Join the spans of the level for each target.  What does not depend on answers
 * is the same for all targets, and is asked once.
 */
static void
join_spans(struct occluding *s, struct explanation *e,
    const struct rnn_text *text)
{
	struct arena *arena = e->block->arena;
	double *S = NULL;

	for (size_t k = 0; k < e->targets; k++) {
		struct join *j = explain_join(e, k, JOIN_WITHOUT);
		const struct join_set *set;
		size_t n;

		while ((n = join_sets(j, &set)) > 0) {
			double *phi = MEM_NEW(arena, n, double);

			if (S == NULL || e->join->rounds) {
				S = MEM_NEW(arena, n * e->targets, double);
				take_sets(s, e, text, set, n, S);
			}
			for (size_t i = 0; i < n; i++)
				phi[i] = S[i * e->targets + k];
			join_take(j, phi);
		}
		explain_joined(e, k, j);
	}
}

static bool
score_spans(struct occluding *s, struct explanation *e)
{
	const struct block *b = e->block;
	size_t T = b->T;
	struct rnn_text text = source_words(s->x.source, b);
	struct span all = {0, T - 1, TEXT("_")};
	struct span *word = MEM_NEW(b->arena, T, struct span);
	double *of_word = MEM_NEW(b->arena, T * e->targets, double);
	double *of_all = MEM_NEW(b->arena, e->targets, double);

	for (size_t t = 0; t < T; t++)
		word[t] = (struct span){t, t, TEXT("_")};
	take_away(s, e, &text, word, T, of_word);
	explain_text(e, of_word);
	for (size_t i = 0; i < e->levels; i++)
		if (score_level(e->level[i].name) == SCORE_WORD)
			e->span[i] = of_word;
		else
			take_away(s, e, &text, e->level[i].span,
			    e->level[i].n, e->span[i]);
	if (e->join != NULL)
		join_spans(s, e, &text);
	/* the bias is the score of the text without all its words */
	if (T > 0)
		take_away(s, e, &text, &all, 1, of_all);
	for (size_t k = 0; k < e->targets; k++)
		e->bias[k] = e->logit[k] - of_all[k];
	return true;
}

/* ---- owen ---- */

/* The sets of words of a text, and their values. */
struct sets {
	struct occluding *s;
	const struct explanation *e;
	const struct rnn_text *text;
	const struct owen *owen;
	bool *keep;			/* [T] */
	double *f;			/* [sets][targets] */
};

static struct rnn_text
keep_set(void *self, struct arena *arena, size_t i)
{
	const struct sets *a = self;
	struct rnn_text to = {0, NULL};
	int32_t *id = MEM_NEW(arena, a->text->T, int32_t);

	owen_set(a->owen, i, a->keep);
	for (size_t t = 0; t < a->text->T; t++)
		if (a->keep[t])
			id[to.T++] = a->text->id[t];
	to.id = id;
	return to;
}

static void
take_values(void *self, size_t first, size_t some, const float *logit,
    const float *probability)
{
	const struct sets *a = self;
	const struct explanation *e = a->e;
	double *f = a->f + first * e->targets;

	for (size_t j = 0; j < some; j++)
		for (size_t k = 0; k < e->targets; k++)
			*f++ = explain_value(e, k,
			    logit + j * e->trace->rows,
			    probability + j * e->trace->C);
	explainer_did(&a->s->x, 0, some, "runs");
}

/* The layers among the levels, those with the fewest spans first: where the
 * spans of each end.  Returns how many. */
static size_t
find_groups(const struct explanation *e, bool **ends)
{
	const struct level **level = MEM_NEW(e->block->arena, e->levels,
	    const struct level *);
	size_t n = 0;

	for (size_t i = 0; i < e->levels; i++) {
		size_t at = n;

		if (score_level(e->level[i].name) != SCORE_LAYER)
			continue;
		for (; at > 0 && level[at - 1]->n > e->level[i].n; at--)
			level[at] = level[at - 1];
		level[at] = &e->level[i];
		n++;
	}
	for (size_t i = 0; i < n; i++) {
		ends[i] = MEM_NEW(e->block->arena, e->block->T, bool);
		for (size_t j = 0; j < level[i]->n; j++)
			ends[i][level[i]->span[j].last] = true;
	}
	return n;
}

static bool
score_owen(struct occluding *s, struct explanation *e)
{
	const struct block *b = e->block;
	struct rnn_text text = source_words(s->x.source, b);
	bool **ends = MEM_NEW(b->arena, e->levels, bool *);
	double *word = MEM_NEW(b->arena, b->T * e->targets, double);
	struct sets a = {s, e, &text, NULL, MEM_NEW(b->arena, b->T, bool),
	    NULL};
	struct owen *owen;

	if (b->T > WORDS_MAX)
		return bad(b->at, "this block has %zu words, the limit for "
		    "-a %s is %d", b->T, s->method->is.name, WORDS_MAX);
	e->note = MEM_NEW(b->arena, e->targets, const char *);
	for (size_t k = 0; k < e->targets; k++)
		e->bias[k] = e->logit[k];
	if (b->T == 0)
		return true;
	owen = owen_new(b->arena, b->T, find_groups(e, ends), ends, s->runs,
	    random_seeded(s->seed, edit_stream(b)));
	a.owen = owen;
	a.f = MEM_NEW(b->arena, owen_sets(owen) * e->targets, double);
	source_each(s->x.source, b->T, owen_sets(owen),
	    &(struct source_user){keep_set, take_values, &a});
	owen_values(owen, e->targets, a.f, word);
	explain_sums(e, word);
	for (size_t k = 0; k < e->targets; k++) {
		e->bias[k] = a.f[k];	/* set 0: no words */
		e->note[k] = owen_orders(owen) == 0 ? "exact" :
		    mem_printf(b->arena, "orders %zu", owen_orders(owen));
	}
	owen_free(owen);
	return true;
}

static const struct method methods[] = {
	{{"omit", "the words are left out (the default)"}, edit_omit,
	    score_spans},
	{{"occlude", "the words' embeddings are set to zero"}, edit_blank,
	    score_spans},
	{{"owen", "Owen values: Shapley values of words in their groups"},
	    NULL, score_owen},
	{{NULL, NULL}, NULL, NULL},
};

static bool
score(void *self, struct explanation *e)
{
	struct occluding *s = self;
	bool good = s->method->score(s, e);

	explainer_did(&s->x, good, 0, "runs");
	return good;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:b:c:Hj:l:m:n:pqr:s:W:X:x:y", "score words, "
	    "phrases and clauses by leaving them out", "[file ...]",
	    .reads = "tok", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: omit (the default) or another that \"list\" lists"},
	    {'l', EXPLAINER_LEVELS},
	    {'m', SOURCE_NAME},
	    {'n', "most runs of a text by owen (4096)"}, {'p', SOURCE_PRINTS},
	    {'r', SOURCE_READS}, {0}},
	    .names = (const struct option_meaning[]){
	    {'n', "runs"}, {'r', "answers"}, {0}}};
	struct occluding s = {.x = explainer_defaults, .method = methods,
	    .runs = 4096, .seed = 1};
	struct output out = output_to(STDOUT_FILENO, "stdout");

	s.x.score = score;
	s.x.self = &s;
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		switch (c) {
		case 'a':
			s.method = option_row(&o, c, methods, sizeof *methods);
			break;
		case 'j':
			s.x.choice.join = option_pick(&o, c, join_kinds);
			break;
		case 'n':
			s.runs = (size_t)option_number(c, 2, 1000000);
			s.sampled = true;
			break;
		case 's':
			s.seed = (uint64_t)option_number(c, 0, 1L << 52);
			s.sampled = true;
			break;
		default: explainer_option(&s.x, c);
		}
	if (s.sampled && s.method->score != score_owen)
		option_usage(&o, "options -n and -s work only with -a owen");
	if (s.x.choice.join != NULL && s.method->edit == NULL)
		option_usage(&o, "option -j does not work with -a %s, which "
		    "has no score for any span", s.method->is.name);
	if (s.method->edit == edit_blank && s.x.from.kind != SOURCE_MODEL)
		option_usage(&o, "option -a: %s needs a model; option -%c has "
		    "no embeddings", s.method->is.name, s.x.from.letter);
	s.x.method = s.method->is.name;
	return output_done(&out, explainer_run(&s.x, &o, argv + optind,
	    &out));
}
