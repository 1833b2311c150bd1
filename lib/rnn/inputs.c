/* SPDX-License-Identifier: ISC */
#include "rnn/inputs.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "math/packed.h"
#include "model/model.h"
#include "rnn/memo.h"

enum { X_MOST = 1 << 23 };	/* most floats of x, if D is not more */

struct inputs {
	const struct model *m;
	bool biased;
	struct arena *arena;	/* of ih, bias, x and y */
	float *ih[2];		/* W_ih [G H][D] of each direction, packed */
	float *bias[2];		/* [G H], if biased */
	size_t at_once;		/* words of x and y */
	float *x, *y;		/* [at_once][D], [at_once][G H] */
	struct memo *memo;	/* rows [directions][G H] */
	uint8_t *fault;		/* [V + 1] enum trace_fault; id -1 is first */
	size_t fault_cap;
	unsigned long rows_forgotten;	/* by the model, when these began */
};

void
inputs_bias(const struct model *m, const struct rnn_weights *w, float *b)
{
	for (size_t i = 0; i < m->G * m->H; i++)
		b[i] = i < cells[m->cell].inner * m->H ?
		    w->bias_ih[i] + w->bias_hh[i] : w->bias_ih[i];
}

size_t
inputs_at_once(const struct model *m, size_t most)
{
	size_t fit = X_MOST / m->D;

	return fit == 0 ? 1 : fit < most ? fit : most;
}

struct inputs *
inputs_new(const struct model *m, bool biased)
{
	struct inputs *in = mem_calloc(1, sizeof *in);
	size_t GH = m->G * m->H;

	in->m = m;
	in->biased = biased;
	in->arena = mem_arena();
	for (size_t d = 0; d < m->directions; d++) {
		in->ih[d] = MEM_VECTOR(in->arena, packed_size(GH, m->D), float);
		in->bias[d] = MEM_VECTOR(in->arena, GH, float);
	}
	in->at_once = inputs_at_once(m, MEMO_AT_ONCE);
	in->x = MEM_VECTOR(in->arena, in->at_once * m->D, float);
	in->y = MEM_VECTOR(in->arena, in->at_once * GH, float);
	in->memo = memo_new(m->V, m->directions * GH);
	inputs_pack(in);
	return in;
}

void
inputs_free(struct inputs *in)
{
	memo_free(in->memo);
	mem_free(in->arena);
	free(in->fault);
	free(in);
}

/* Forget all products and faults. */
static void
forget(struct inputs *in)
{
	const struct model *m = in->m;

	memo_clear(in->memo, m->V);
	in->fault = mem_grow(in->fault, &in->fault_cap, m->V + 1,
	    sizeof *in->fault);
	memset(in->fault, 0, (m->V + 1) * sizeof *in->fault);
	in->rows_forgotten = m->rows_forgotten;
}

void
inputs_pack(struct inputs *in)
{
	const struct model *m = in->m;

	for (size_t d = 0; d < m->directions; d++) {
		const struct rnn_weights *w = &m->layer[0][d];

		packed_make(m->G * m->H, m->D, w->weight_ih, in->ih[d]);
		if (in->biased)
			inputs_bias(m, w, in->bias[d]);
	}
	forget(in);
}

static bool
all_finite(size_t n, const float *x)
{
	return lanes_within(n, x, -FLT_MAX, FLT_MAX);
}

static void
blame(struct inputs *in, int32_t id, enum trace_fault fault)
{
	uint8_t *of = &in->fault[id + 1];

	if (*of == TRACE_GOOD)
		*of = (uint8_t)fault;
}

/* Compute the products of n words, at most at_once, into rows of the memo. */
static void
compute_some(struct inputs *in, size_t n, const int32_t id[],
    float *const row[])
{
	size_t D = in->m->D, GH = in->m->G * in->m->H;

	for (size_t i = 0; i < n; i++) {
		model_embed(in->m, id[i], in->x + i * D);
		if (!all_finite(D, in->x + i * D))
			blame(in, id[i], TRACE_EMBEDDING);
	}
	for (size_t d = 0; d < in->m->directions; d++) {
		packed_product(n, GH, D, in->x, in->ih[d], in->y);
		if (in->biased)
			packed_add(n, GH, in->bias[d], in->y);
		for (size_t i = 0; i < n; i++) {
			memcpy(row[i] + d * GH, in->y + i * GH,
			    GH * sizeof *in->y);
			if (!all_finite(GH, in->y + i * GH))
				blame(in, id[i], TRACE_OVERFLOW);
		}
	}
}

static void
compute(void *self, size_t n, const int32_t id[], float *const row[])
{
	struct inputs *in = self;

	for (size_t i = 0, some; i < n; i += some) {
		some = n - i < in->at_once ? n - i : in->at_once;
		compute_some(in, some, id + i, row + i);
	}
}

void
inputs_fill(struct inputs *in, size_t n, const int32_t id[])
{
	if (in->rows_forgotten != in->m->rows_forgotten)
		forget(in);
	memo_fill(in->memo, n, id, compute, in);
}

const float *
inputs_of(const struct inputs *in, size_t d, int32_t id)
{
	return memo_row(in->memo, id) + d * in->m->G * in->m->H;
}

void
inputs_faults(const struct inputs *in, const struct rnn_text *text,
    struct trace *trace)
{
	trace->fault = TRACE_GOOD;
	for (size_t t = 0; t < text->T && trace->fault == TRACE_GOOD; t++) {
		trace->fault = (enum trace_fault)
		    in->fault[text->id[t] < 0 ? 0 : text->id[t] + 1];
		trace->fault_word = t;
	}
}
