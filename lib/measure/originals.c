/* SPDX-License-Identifier: ISC */
#include "measure/originals.h"

#include <stdlib.h>

#include "base/dict.h"
#include "base/mem.h"
#include "base/output.h"

struct originals {
	struct arena *arena;
	struct text model;
	struct dict *names;		/* method, tab, doc */
	struct original *original;	/* [dict_size(names)] */
	double *score;			/* [n] of all */
	size_t cap, n, score_cap;
};

struct originals *
originals_new(void)
{
	struct originals *o = mem_calloc(1, sizeof *o);

	o->arena = mem_arena();
	o->names = dict_new();
	return o;
}

void
originals_free(struct originals *o)
{
	mem_free(o->arena);
	dict_free(o->names);
	free(o->original);
	free(o->score);
	free(o);
}

bool
originals_is_first(struct originals *o, struct text model)
{
	if (o->model.s == NULL)
		o->model = text_copy(o->arena, model);
	return text_equal(o->model, model);
}

struct text
originals_model(const struct originals *o)
{
	return o->model;
}

static int32_t
find(struct originals *o, struct text method, struct text doc,
    int32_t (*in)(struct dict *, struct text))
{
	struct output key = output_to(-1, NULL);
	int32_t i;

	output_text(&key, method);
	output_char(&key, '\t');
	output_text(&key, doc);
	i = in(o->names, (struct text){key.buf, key.n});
	output_done(&key, 0);
	return i;
}

static int32_t
look(struct dict *d, struct text key)
{
	return dict_find(d, key);
}

struct original *
originals_add(struct originals *o, const struct original *x)
{
	size_t i = (size_t)find(o, x->method, x->doc, dict_add);
	struct original *to;

	o->original = mem_grow(o->original, &o->cap, i + 1,
	    sizeof *o->original);
	to = &o->original[i];
	*to = *x;
	to->method = text_copy(o->arena, x->method);
	to->doc = text_copy(o->arena, x->doc);
	to->class = text_copy(o->arena, x->class);
	to->first = o->n;
	o->n += x->T;
	o->score = mem_grow(o->score, &o->score_cap, o->n, sizeof *o->score);
	return to;
}

double *
originals_scores(struct originals *o, const struct original *x)
{
	return o->score + x->first;
}

struct original *
originals_find(struct originals *o, struct text method, struct text doc)
{
	int32_t i = find(o, method, doc, look);

	return i == DICT_NONE ? NULL : &o->original[i];
}

size_t
originals_size(const struct originals *o)
{
	return dict_size(o->names);
}

struct original *
originals_at(struct originals *o, size_t i)
{
	return &o->original[i];
}
