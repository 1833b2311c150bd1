/* SPDX-License-Identifier: ISC */
#include "explain/source.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "explain/apply.h"
#include "explain/outside.h"
#include "model/model.h"
#include "rnn/variants.h"
#include "stream/block.h"
#include "stream/vector.h"

struct source {
	struct rnn *rnn;		/* the model, or NULL */
	struct variants *variants;	/* NULL before the first */
	struct outside *outside;	/* whoever else, or NULL */
	struct arena *group;
};

struct source *
source_open(const struct source_choice *c, struct output *out, int *status)
{
	bool model = c->kind == SOURCE_MODEL;
	struct rnn *rnn = model ? apply_open(c->what, status) : NULL;
	struct source *s;

	if (model && rnn == NULL)
		return NULL;
	s = mem_calloc(1, sizeof *s);
	s->rnn = rnn;
	s->group = mem_arena();
	if (!model)
		s->outside = outside_open(c, out);
	return s;
}

struct source *
source_open_replacing(const struct source_choice *c, struct output *out,
    int *status)
{
	struct source *s = source_open(c, out, status);

	if (s == NULL || s->rnn == NULL || !rnn_model(s->rnn)->stream)
		return s;
	bad((struct place){rnn_model(s->rnn)->path, 0}, "this model takes "
	    "vectors of words from the texts, and a replacement has none: "
	    "write variants without -m, fill their " VECTOR_KEY ", and run "
	    "reat-predict");
	*status = source_close(s, STATUS_SYSTEM);
	return NULL;
}

int
source_close(struct source *s, int status)
{
	if (s->variants != NULL)
		variants_free(s->variants);
	if (s->rnn != NULL)
		apply_close(s->rnn);
	if (s->outside != NULL)
		status = outside_close(s->outside, status);
	mem_free(s->group);
	free(s);
	return status;
}

struct rnn *
source_rnn(const struct source *s)
{
	return s->rnn;
}

/* A trace has what a command says of a text: probabilities. */
static struct trace *
ask_texts(struct source *s, struct block **block, size_t n)
{
	struct arena *arena = block[0]->arena;
	struct trace *trace = MEM_NEW(arena, n, struct trace);
	float *logit, *probability, *bias;
	const struct probabilities *table;

	for (size_t i = 0; i < n; i++)
		outside_ask(s->outside, block[i]);
	table = outside_header(s->outside);
	bias = MEM_NEW(arena, 2 * table->C, float);
	logit = MEM_NEW(arena, n * 2 * table->C, float);
	probability = MEM_NEW(arena, n * table->C, float);
	outside_answers(s->outside, logit, probability);
	for (size_t i = 0; i < n; i++) {
		struct trace *t = &trace[i];

		*t = (struct trace){.model = outside_name(s->outside),
		    .T = block[i]->T, .C = table->C, .rows = 2 * table->C,
		    .odds = true,
		    .label = table->label, .bias = bias,
		    .logit = logit + i * 2 * table->C,
		    .probability = probability + i * table->C};
		for (size_t c = 1; c < t->C; c++)
			if (t->probability[c] > t->probability[t->predicted])
				t->predicted = c;
	}
	return trace;
}

struct trace *
source_texts(struct source *s, struct block **block, size_t n,
    enum rnn_want want)
{
	return s->rnn != NULL ? apply_model(s->rnn, block, n, want) :
	    ask_texts(s, block, n);
}

struct rnn_text
source_words(struct source *s, const struct block *b)
{
	int32_t *id;

	if (s->rnn != NULL)
		return (struct rnn_text){b->T,
		    apply_words(rnn_model(s->rnn), b)};
	outside_begin(s->outside, b);
	id = MEM_NEW(b->arena, b->T, int32_t);
	for (size_t t = 0; t < b->T; t++)
		id[t] = (int32_t)t;
	return (struct rnn_text){b->T, id};
}

int32_t
source_word(struct source *s, struct arena *arena, struct text form)
{
	return s->rnn != NULL ? apply_word(rnn_model(s->rnn), arena, form) :
	    outside_word(s->outside, form);
}

int32_t
source_word_at(struct source *s, struct arena *arena, struct text form,
    size_t t)
{
	return s->rnn != NULL ? apply_word(rnn_model(s->rnn), arena, form) :
	    outside_word_at(s->outside, form, t);
}

void
source_run(struct source *s, size_t n,
    const struct rnn_text text[], float *logit, float *probability)
{
	if (s->rnn == NULL) {
		for (size_t i = 0; i < n; i++)
			outside_ask_variant(s->outside, &text[i]);
		outside_answers(s->outside, logit, probability);
		return;
	}
	if (s->variants == NULL)
		s->variants = variants_new(s->rnn);
	variants_run(s->variants, n, text, logit, probability);
}

void
source_each(struct source *s, size_t T, size_t n,
    const struct source_user *user)
{
	size_t C = s->rnn != NULL ? rnn_model(s->rnn)->C :
	    outside_header(s->outside)->C;
	size_t rows = s->rnn != NULL ? rnn_model(s->rnn)->rows : 2 * C;
	size_t some = T < SOURCE_WORDS ? SOURCE_WORDS / (T + 1) + 1 : 1;

	for (size_t i = 0; i < n; i += some) {
		struct rnn_text *variant;
		float *logit, *probability;

		some = n - i < some ? n - i : some;
		mem_reset(s->group);
		variant = MEM_NEW(s->group, some, struct rnn_text);
		logit = MEM_NEW(s->group, some * rows, float);
		probability = MEM_NEW(s->group, some * C, float);
		for (size_t j = 0; j < some; j++)
			variant[j] = user->make(user->self, s->group, i + j);
		source_run(s, some, variant, logit, probability);
		user->take(user->self, i, some, logit, probability);
	}
}
