/* SPDX-License-Identifier: ISC */
#include "rnn/second.h"

#include <string.h>

#include "base/mem.h"
#include "math/packed.h"
#include "model/model.h"

void
second_new(struct second *s, struct arena *arena, const struct model *m)
{
	size_t rows = (m->G - cells[m->cell].second) * m->H;

	*s = (struct second){.m = m, .rows = rows};
	if (rows == 0)
		return;
	s->w = MEM_VECTOR(arena, packed_size(rows, m->H), float);
	s->back = MEM_VECTOR(arena, packed_size(m->H, rows), float);
}

/* The first element of those rows in a row of G H. */
static size_t
begin(const struct second *s)
{
	return cells[s->m->cell].second * s->m->H;
}

void
second_pack(struct second *s, const float *weight_hh)
{
	const float *from;

	if (s->rows == 0)
		return;
	from = weight_hh + begin(s) * s->m->H;
	packed_make(s->rows, s->m->H, from, s->w);
	packed_make_transposed(s->m->H, s->rows, from, s->back);
}

void
second_product(const struct second *s, size_t n, const float *const p[],
    const float *h, float *x, float *y, float *q)
{
	size_t H = s->m->H, GH = s->m->G * H;

	for (size_t i = 0; i < n; i++)
		cells[s->m->cell].reset(H, p[i], q + i * GH, h + i * H,
		    x + i * H);
	packed_product(n, s->rows, H, x, s->w, y);
	for (size_t i = 0; i < n; i++)
		memcpy(q + i * GH + begin(s), y + i * s->rows,
		    s->rows * sizeof *q);
}

void
second_back(const struct second *s, size_t n, const float *dq, float *y,
    float *dx)
{
	size_t GH = s->m->G * s->m->H;

	for (size_t i = 0; i < n; i++)
		memcpy(y + i * s->rows, dq + i * GH + begin(s),
		    s->rows * sizeof *y);
	packed_product(n, s->m->H, s->rows, y, s->back, dx);
}

void
second_others(const struct second *s, const float *weight_hh, float *to)
{
	size_t H = s->m->H;

	memcpy(to, weight_hh, begin(s) * H * sizeof *to);
	memset(to + begin(s) * H, 0, s->rows * H * sizeof *to);
}
