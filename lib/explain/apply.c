/* SPDX-License-Identifier: ISC */
#include "explain/apply.h"

#include <math.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "model/open.h"
#include "stream/block.h"
#include "stream/vector.h"

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

bool
apply_read(const struct model *m, struct block *b)
{
	size_t D = m->D;

	if (!m->stream)
		return true;
	b->vector = vector_words(b->arena, b, &D, mem_printf(b->arena,
	    "model %.*s takes each word's vector from it", TEXT_ARGS(m->name)));
	return b->vector != NULL;
}

/* The stream model's rows become the vectors of these blocks. */
static void
take_rows(struct model *m, struct block **block, size_t n)
{
	model_forget_rows(m);
	for (size_t i = 0; i < n; i++) {
		block[i]->row = m->V;
		for (size_t t = 0; t < block[i]->T; t++)
			model_add_row(m, block[i]->vector[t]);
	}
}

int32_t *
apply_words(const struct model *m, const struct block *b)
{
	int32_t *id = MEM_NEW(b->arena, b->T, int32_t);
	struct text *key = MEM_NEW(b->arena, b->T, struct text);

	for (size_t t = 0; m->stream && t < b->T; t++)
		id[t] = (int32_t)(b->row + t);
	if (m->stream)
		return id;
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

int32_t
apply_word(const struct model *m, struct arena *arena, struct text form)
{
	int32_t id = dict_find(m->vocabulary, m->lowercase ?
	    utf8_lower(arena, form) : form);

	return id == DICT_NONE ? m->unknown : id;
}

const bool *
apply_unknown(const struct model *m, const struct block *b)
{
	const int32_t *id = m->stream ? NULL : b->id != NULL ? b->id :
	    apply_words(m, b);
	bool *unknown = NULL;

	if (id == NULL)
		return NULL;
	for (size_t t = 0; t < b->T; t++) {
		if (id[t] != m->unknown)
			continue;
		if (unknown == NULL)
			unknown = MEM_NEW(b->arena, b->T, bool);
		unknown[t] = true;
	}
	return unknown;
}

struct rnn_text *
apply_texts(struct model *m, struct block **block, size_t n)
{
	struct rnn_text *text = MEM_NEW(block[0]->arena, n, struct rnn_text);

	if (m->stream)
		take_rows(m, block, n);
	for (size_t i = 0; i < n; i++) {
		block[i]->id = apply_words(m, block[i]);
		text[i] = (struct rnn_text){block[i]->T, block[i]->id};
	}
	return text;
}

struct trace *
apply_model(struct rnn *r, struct block **block, size_t n, enum rnn_want want)
{
	struct arena *arena = block[0]->arena;
	struct trace *trace = MEM_NEW(arena, n, struct trace);

	rnn_forward(r, arena, n, apply_texts(rnn_model(r), block, n), want,
	    trace);
	return trace;
}

/* By fault: what a word has. */
static const char *const fault_of[] = {
	[TRACE_EMBEDDING] = "a vector with a number that is not finite",
	[TRACE_OVERFLOW] = "a vector whose product with the input weights "
	    "overflows single precision",
};

bool
apply_check(const struct block *b, const struct trace *t)
{
	if (t->fault != TRACE_GOOD)
		return bad(b->at, "word %zu, \"%.*s\", has %s in model %.*s",
		    t->fault_word + 1, TEXT_ARGS(conllu_word(b,
		    t->fault_word)[CONLLU_FORM]), fault_of[t->fault],
		    TEXT_ARGS(t->model));
	for (size_t row = 0; row < t->rows && !t->odds; row++)
		if (!isfinite(t->logit[row]))
			return bad(b->at, "model %.*s gives a logit that is "
			    "not finite", TEXT_ARGS(t->model));
	return true;
}
