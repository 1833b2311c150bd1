/* SPDX-License-Identifier: ISC */
/* reat-occlude: score words, phrases and clauses by leaving them out. */
#include <stddef.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "explain/apply.h"
#include "explain/explainer.h"
#include "explain/explanation.h"
#include "explain/omit.h"
#include "model/model.h"
#include "rnn/forward.h"
#include "rnn/trace.h"
#include "rnn/variants.h"
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
	struct arena *arena;		/* of variants that are run together */
};

/* Set S [n][targets]: the score of the text minus the score without span n. */
static void
take_away(struct occluding *s, const struct explanation *e,
    const struct rnn_text *text, const struct span *span, size_t n, double *S)
{
	const struct trace *tr = e->trace;
	size_t some = text->T < VARIANTS_WORDS ?
	    VARIANTS_WORDS / (text->T + 1) + 1 : 1;

	for (size_t i = 0; i < n; i += some) {
		struct rnn_text *variant;
		float *logit, *probability;

		some = n - i < some ? n - i : some;
		mem_reset(s->arena);
		variant = MEM_NEW(s->arena, some, struct rnn_text);
		logit = MEM_NEW(s->arena, some * tr->rows, float);
		probability = MEM_NEW(s->arena, some * tr->C, float);
		for (size_t j = 0; j < some; j++)
			variant[j] = s->method->edit(s->arena, text,
			    &span[i + j]);
		variants_run(explainer_variants(&s->x), some, variant, logit,
		    probability);
		for (size_t j = 0; j < some; j++)
			for (size_t k = 0; k < e->targets; k++)
				*S++ = e->logit[k] - explain_value(e, k,
				    logit + j * tr->rows,
				    probability + j * tr->C);
		explainer_did(&s->x, 0, some, "runs");
	}
}

static bool
score(void *self, struct explanation *e)
{
	struct occluding *s = self;
	const struct block *b = e->block;
	size_t T = b->T;
	struct rnn_text text = {T, apply_words(rnn_model(s->x.rnn), b)};
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
	struct options o = {"a:b:c:Hl:m:qy", "score words, phrases and clauses "
	    "by leaving them out", "[file ...]",
	    .reads = "tok", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'a', "method: omit (the default) or another that \"list\" lists"},
	    {'l', EXPLAINER_LEVELS},
	    {0}}};
	struct occluding s = {.x = explainer_defaults, .method = methods};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	int status;

	s.x.score = score;
	s.x.self = &s;
	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		if (c == 'a')
			s.method = option_row(&o, c, methods, sizeof *methods);
		else
			explainer_option(&s.x, c);
	s.x.method = s.method->is.name;
	s.arena = mem_arena();
	status = explainer_run(&s.x, &o, argv + optind, &out);
	mem_free(s.arena);
	return output_done(&out, status);
}
