/* SPDX-License-Identifier: ISC */
#include "model/model.h"

#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"

void
model_close(struct model *m)
{
	dict_free(m->vocabulary);
	free(m->row);
	mem_free(m->arena);
}

size_t
model_features(const struct model *m)
{
	return m->pooling.n * m->directions * m->H;
}

size_t
model_columns(const struct model *m)
{
	return m->stack.n == 0 ? model_features(m) :
	    m->stack.module[m->stack.n - 1].out;
}

void
model_forget_rows(struct model *m)
{
	m->V = 0;
	m->rows_forgotten++;
}

void
model_add_row(struct model *m, const float *row)
{
	if (m->V == INT32_MAX)
		die("more than %d words at once", INT32_MAX);
	m->row = mem_grow(m->row, &m->row_cap, m->V + 1, sizeof *m->row);
	m->row[m->V++] = row;
}

void
model_embed(const struct model *m, int32_t id, float *to)
{
	if (id < 0)
		memset(to, 0, m->D * sizeof *to);
	else if (m->stream)
		memcpy(to, m->row[id], m->D * sizeof *to);
	else if (m->embedding_data != NULL)
		memcpy(to, m->embedding_data + (size_t)id * m->D,
		    m->D * sizeof *to);
	else
		tensor_floats(m->embedding, (size_t)id * m->D, m->D, to);
}
