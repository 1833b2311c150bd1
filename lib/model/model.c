/* SPDX-License-Identifier: ISC */
#include "model/model.h"

#include <string.h>

#include "base/dict.h"
#include "base/mem.h"

void
model_close(struct model *m)
{
	dict_free(m->vocabulary);
	mem_free(m->arena);
}

size_t
model_features(const struct model *m)
{
	return m->pooling.n * m->directions * m->H;
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
