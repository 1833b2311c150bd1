/* SPDX-License-Identifier: ISC */
#include "apply.h"

#include <math.h>

#include "conllu.h"
#include "err.h"
#include "mem.h"

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

void
apply_model(struct rnn *r, struct block **block, size_t n, enum rnn_want want)
{
	const struct model *m = rnn_model(r);
	struct arena *arena = block[0]->arena;
	struct rnn_text *text = MEM_NEW(arena, n, struct rnn_text);
	struct trace *trace = MEM_NEW(arena, n, struct trace);

	for (size_t i = 0; i < n; i++)
		text[i] = (struct rnn_text){block[i]->T,
		    model_words(m, block[i])};
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
