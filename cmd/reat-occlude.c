/* SPDX-License-Identifier: ISC */
/* reat-occlude: score words, phrases and clauses by leaving them out. */
#include <stddef.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/explainer.h"
#include "explain/explanation.h"
#include "explain/omit.h"
#include "explain/source.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/score.h"

/* How a span is taken away. */
static const struct method {
	struct option_name is;
	struct rnn_text (*edit)(struct arena *, const struct rnn_text *,
	    const struct span *);
} methods[] = {
	{{"omit", "the words are left out (the default)"}, edit_omit},
	{{"occlude", "the words' embeddings are set to zero"}, edit_blank},
	{{NULL, NULL}, NULL},
};

struct occluding {
	struct explainer x;
	const struct method *method;
};

/* The spans of a text that are taken away, one at a time. */
struct taking {
	struct occluding *s;
	const struct explanation *e;
	const struct rnn_text *text;
	const struct span *span;	/* [n] */
	double *S;			/* [n][targets] */
};

static struct rnn_text
without(void *self, struct arena *arena, size_t i)
{
	const struct taking *a = self;

	return a->s->method->edit(arena, a->text, &a->span[i]);
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

/* Set S [n][targets]: the score of the text minus the score without span n. */
static void
take_away(struct occluding *s, const struct explanation *e,
    const struct rnn_text *text, const struct span *span, size_t n, double *S)
{
	struct taking a = {s, e, text, span, S};

	source_each(s->x.source, text->T, n,
	    &(struct source_user){without, take_scores, &a});
}

static bool
score(void *self, struct explanation *e)
{
	struct occluding *s = self;
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
	/* the bias is the score of the text without all its words */
	if (T > 0)
		take_away(s, e, &text, &all, 1, of_all);
	for (size_t k = 0; k < e->targets; k++)
		e->bias[k] = e->logit[k] - of_all[k];
	explainer_did(&s->x, 1, 0, "runs");
	return true;
}

int
main(int argc, char *argv[])
{
	struct options o = {"a:b:c:Hl:m:pqr:W:X:x:y", "score words, phrases "
	    "and clauses by leaving them out", "[file ...]",
	    .reads = "tok", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: omit (the default) or another that \"list\" lists"},
	    {'l', EXPLAINER_LEVELS},
	    {'m', SOURCE_NAME}, {'p', SOURCE_PRINTS},
	    {'r', SOURCE_READS}, {'x', SOURCE_COMMAND}, {0}},
	    .arguments = (const struct option_meaning[]){{'x', "COMMAND"},
	    {0}},
	    .names = (const struct option_meaning[]){
	    {'r', "answers"}, {'x', "command"}, {0}}};
	struct occluding s = {.x = explainer_defaults, .method = methods};
	struct output out = output_to(STDOUT_FILENO, "stdout");

	s.x.score = score;
	s.x.self = &s;
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		if (c == 'a')
			s.method = option_row(&o, c, methods, sizeof *methods);
		else
			explainer_option(&s.x, c);
	if (s.method->edit == edit_blank && s.x.from.kind != SOURCE_MODEL)
		option_usage(&o, "option -a: %s needs a model; option -%c has "
		    "no embeddings", s.method->is.name, s.x.from.letter);
	s.x.method = s.method->is.name;
	return output_done(&out, explainer_run(&s.x, &o, argv + optind,
	    &out));
}
