/* SPDX-License-Identifier: ISC */
#include "model.h"

#include <string.h>

#include "conllu.h"
#include "dict.h"
#include "mem.h"
#include "utf8.h"

void
model_close(struct model *m)
{
	dict_free(m->vocabulary);
	mem_free(m->arena);
}

int32_t
model_word(const struct model *m, struct arena *arena, struct text form)
{
	int32_t row = dict_find(m->vocabulary, m->lowercase ?
	    utf8_lower(arena, form) : form);

	return row == DICT_NONE ? m->unknown : row;
}

int32_t *
model_words(const struct model *m, const struct block *b)
{
	int32_t *id = MEM_NEW(b->arena, b->T, int32_t);

	for (size_t t = 0; t < b->T; t++)
		id[t] = model_word(m, b->arena,
		    conllu_word(b, t)[CONLLU_FORM]);
	return id;
}

void
model_embed(const struct model *m, int32_t id, float *to)
{
	if (id < 0)
		memset(to, 0, m->D * sizeof *to);
	else if (m->embedding_data != NULL)
		memcpy(to, m->embedding_data + (size_t)id * m->D,
		    m->D * sizeof *to);
	else
		tensor_floats(m->embedding, (size_t)id * m->D, m->D, to);
}

int32_t
model_class(const struct model *m, struct text label)
{
	for (size_t c = 0; c < m->C; c++)
		if (text_equal(m->label[c], label))
			return (int32_t)c;
	return -1;
}
