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

int32_t *
model_words(const struct model *m, const struct block *b)
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
