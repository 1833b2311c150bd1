/* SPDX-License-Identifier: ISC */
#include "rnn/alone.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "model/model.h"
#include "rnn/inputs.h"
#include "rnn/memo.h"

struct alone {
	const struct model *m;
	const struct inputs *inputs;
	size_t KH;		/* floats that a step keeps */
	struct memo *memo;	/* rows [directions][K H] */
	unsigned long rows_forgotten;	/* by the model, when it began */
	struct arena *arena;	/* of what follows */
	float *bias[2];		/* [G H] of the first layer */
	float *gate[MODEL_LAYERS][2];	/* [K H]; not of the first layer */
	float *p, *q;		/* [G H] scratch; q is zero */
	float *h, *c;		/* [H] scratch */
};

/* Set gate to what a step from the state zero keeps; p has the biases. */
static void
step(struct alone *a, const struct rnn_weights *w, const float *p, float *gate)
{
	size_t H = a->m->H;

	memset(a->h, 0, H * sizeof *a->h);
	memset(a->c, 0, H * sizeof *a->c);
	cells[a->m->cell].step(H, p, a->q, w->bias_hh, a->h, a->c, gate);
}

struct alone *
alone_new(const struct model *m, const struct inputs *inputs)
{
	struct alone *a = mem_calloc(1, sizeof *a);
	size_t GH = m->G * m->H;

	a->m = m;
	a->inputs = inputs;
	a->KH = cells[m->cell].K * m->H;
	a->memo = memo_new(m->V, m->directions * a->KH);
	a->rows_forgotten = m->rows_forgotten;
	a->arena = mem_arena();
	a->p = MEM_VECTOR(a->arena, GH, float);
	a->q = MEM_VECTOR(a->arena, GH, float);
	a->h = MEM_VECTOR(a->arena, m->H, float);
	a->c = MEM_VECTOR(a->arena, m->H, float);
	memset(a->q, 0, GH * sizeof *a->q);
	for (size_t d = 0; d < m->directions; d++) {
		a->bias[d] = MEM_VECTOR(a->arena, GH, float);
		inputs_bias(m, &m->layer[0][d], a->bias[d]);
		for (size_t l = 1; l < m->layers; l++) {
			const struct rnn_weights *w = &m->layer[l][d];

			a->gate[l][d] = MEM_VECTOR(a->arena, a->KH, float);
			inputs_bias(m, w, a->p);
			step(a, w, a->p, a->gate[l][d]);
		}
	}
	return a;
}

void
alone_free(struct alone *a)
{
	memo_free(a->memo);
	mem_free(a->arena);
	free(a);
}

static void
compute(void *self, size_t n, const int32_t id[], float *const row[])
{
	struct alone *a = self;

	for (size_t i = 0; i < n; i++)
		for (size_t d = 0; d < a->m->directions; d++) {
			lanes_line(a->m->G * a->m->H, 1.0f,
			    inputs_of(a->inputs, d, id[i]), a->bias[d], a->p);
			step(a, &a->m->layer[0][d], a->p,
			    row[i] + d * a->KH);
		}
}

void
alone_gates(struct alone *a, size_t layer, size_t d, size_t n,
    const int32_t id[], const float *gate[])
{
	if (a->rows_forgotten != a->m->rows_forgotten)
		memo_clear(a->memo, a->m->V);
	a->rows_forgotten = a->m->rows_forgotten;
	if (layer == 0)
		memo_fill(a->memo, n, id, compute, a);
	for (size_t i = 0; i < n; i++)
		gate[i] = layer > 0 ? a->gate[layer][d] :
		    memo_row(a->memo, id[i]) + d * a->KH;
}
