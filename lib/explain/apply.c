/* SPDX-License-Identifier: ISC */
#include "explain/apply.h"

#include <math.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/open.h"
#include "stream/block.h"

struct rnn *
apply_open(const char *name, int *status)
{
	struct model *m = model_open(name, status);

	return m == NULL ? NULL : rnn_new(m);
}

void
apply_close(struct rnn *r)
{
	struct model *m = rnn_model(r);

	rnn_free(r);
	model_close(m);
}

int32_t *
apply_words(const struct model *m, const struct block *b)
{
	int32_t *id = MEM_NEW(b->arena, b->T, int32_t);
	struct text *key = MEM_NEW(b->arena, b->T, struct text);

	for (size_t t = 0; t < b->T; t++) {
		struct text form = conllu_word(b, t)[CONLLU_FORM];

		key[t] = m->lowercase ? utf8_lower(b->arena, form) : form;
	}
	dict_find_each(m->vocabulary, b->T, key, id);
	for (size_t t = 0; t < b->T; t++)
		if (id[t] == DICT_NONE)
			id[t] = m->unknown;
	return id;
}

void
apply_model(struct rnn *r, struct block **block, size_t n, enum rnn_want want)
{
	const struct model *m = rnn_model(r);
	struct arena *arena = block[0]->arena;
	struct rnn_text *text = MEM_NEW(arena, n, struct rnn_text);
	struct trace *trace = MEM_NEW(arena, n, struct trace);

	for (size_t i = 0; i < n; i++)
		text[i] = (struct rnn_text){block[i]->T,
		    apply_words(m, block[i])};
	rnn_forward(r, arena, n, text, want, trace);
	for (size_t i = 0; i < n; i++)
		block[i]->data = &trace[i];
}

bool
apply_check(const struct block *b)
{
	const struct trace *t = b->data;

	for (size_t row = 0; row < t->rows; row++)
		if (!isfinite(t->logit[row]))
			return bad(b->at, "model %.*s gives a logit that is "
			    "not finite", TEXT_ARGS(t->model));
	return true;
}
