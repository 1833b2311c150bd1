/* SPDX-License-Identifier: ISC */
#include "rnn/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/crew.h"
#include "base/mem.h"
#include "math/packed.h"
#include "rnn/inputs.h"
#include "rnn/lockstep.h"

enum { STEP = 2 };	/* what a step costs beside its rows, in rows */

float *
rnn_buffer_want(struct rnn_buffer *b, size_t n)
{
	/* memset and memcpy need a valid pointer, even for 0 bytes */
	b->x = mem_grow(b->x, &b->cap, n > 0 ? n : 1, sizeof *b->x);
	return b->x;
}

struct rnn_back *
rnn_back_new(const struct model *m)
{
	struct rnn_back *b = mem_calloc(1, sizeof *b);
	size_t GH = m->G * m->H, zeros;

	b->m = m;
	b->arena = mem_arena();
	b->F = m->directions * m->H;
	b->P = model_features(m);
	b->K = cells[m->cell].K;
	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++) {
			struct rnn_pass *s = &b->pass[l][d];

			s->w = &m->layer[l][d];
			s->bias = MEM_VECTOR(b->arena, GH, float);
			if (!cells[m->cell].linear) {
				s->hh = MEM_VECTOR(b->arena,
				    packed_size(GH, m->H), float);
				s->hh_back = MEM_VECTOR(b->arena,
				    packed_size(m->H, GH), float);
			}
			second_new(&s->second, b->arena, m);
			if (l == 0)
				continue;
			s->ih = MEM_VECTOR(b->arena, packed_size(GH, b->F),
			    float);
			s->ih_back = MEM_VECTOR(b->arena,
			    packed_size(b->F, GH), float);
		}
	zeros = (m->G > b->K ? m->G : b->K) * m->H;
	memset(rnn_buffer_want(&b->zero, zeros), 0, zeros * sizeof(float));
	rnn_buffer_want(&b->half, 2 * m->H);
	rnn_back_pack(b);
	return b;
}

static void
free_buffers(struct rnn_buffer *const own[], size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(own[i]->x);
}

void
rnn_back_free(struct rnn_back *b)
{
	struct rnn_buffer *const own[] = {&b->f, &b->df, &b->ends, &b->row,
	    &b->dh, &b->dc, &b->back, &b->dp, &b->joined, &b->dq, &b->step,
	    &b->zero, &b->half};

	for (size_t l = 0; l < b->m->layers; l++) {
		struct rnn_buffer *const its[] = {&b->y[l], &b->dy[l]};

		free_buffers(its, sizeof its / sizeof *its);
		for (size_t d = 0; d < b->m->directions; d++) {
			struct rnn_pass *s = &b->pass[l][d];
			struct rnn_buffer *const kept[] = {&s->p, &s->dp,
			    &s->h, &s->before, &s->c, &s->gate, &s->q,
			    &s->x, &s->dy};

			free_buffers(kept, sizeof kept / sizeof *kept);
		}
	}
	free_buffers(own, sizeof own / sizeof *own);
	free(b->order);
	free(b->off);
	free(b->input[0]);
	free(b->input[1]);
	free(b->argmax);
	free(b->begin);
	free(b->its_row);
	free(b->alone);
	free(b->in);
	mem_free(b->arena);
	free(b);
}

/* The weights of a pass that are packed, and where. */
struct packing {
	const struct rnn_back *b;
	struct rnn_pass *s;
	const float *hh_back;	/* what is packed transposed to s->hh_back */
};

/* Pack the panels of a part. */
static void
pack_some(void *self, size_t part, size_t parts)
{
	const struct packing *k = self;
	const struct rnn_pass *s = k->s;
	size_t H = k->b->m->H, GH = k->b->m->G * H, F = k->b->F;
	const struct {
		size_t n, k;
		const float *W;
		float *to;
		bool transposed;
	} all[] = {
		{GH, H, s->w->weight_hh, s->hh, false},
		{H, GH, k->hh_back, s->hh_back, true},
		{GH, F, s->w->weight_ih, s->ih, false},
		{F, GH, s->w->weight_ih, s->ih_back, true},
	};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t panels = packed_panels(all[i].n);

		if (all[i].to == NULL)
			continue;
		(all[i].transposed ? packed_make_panels_transposed :
		    packed_make_panels)(crew_begin(panels, 1, part, parts),
		    crew_begin(panels, 1, part + 1, parts), all[i].n,
		    all[i].k, all[i].W, all[i].to);
	}
}

void
rnn_back_pack(struct rnn_back *b)
{
	size_t H = b->m->H, GH = b->m->G * H;

	for (size_t l = 0; l < b->m->layers; l++)
		for (size_t d = 0; d < b->m->directions; d++) {
			struct rnn_pass *s = &b->pass[l][d];
			struct packing k = {b, s, s->w->weight_hh};

			inputs_bias(b->m, s->w, s->bias);
			if (s->second.rows > 0) {
				/* on the way back it goes by itself */
				float *others = rnn_buffer_want(&b->back,
				    GH * H);

				second_pack(&s->second, s->w->weight_hh);
				second_others(&s->second, s->w->weight_hh,
				    others);
				k.hh_back = others;
			}
			crew_do(b->crew, pack_some, &k);
		}
}

void
rnn_back_lay_out(struct rnn_back *b, size_t n, const struct rnn_text *text)
{
	size_t steps = 0, N = 0;

	for (size_t i = 0; i < n; i++) {
		steps = text[i].T > steps ? text[i].T : steps;
		N += text[i].T;
	}
	b->n = n;
	b->N = N;
	b->steps = steps;
	b->first = 0;
	b->text = text;
	b->order = mem_grow(b->order, &b->order_cap, n, sizeof *b->order);
	b->off = mem_grow(b->off, &b->off_cap, steps + 2, sizeof *b->off);
	for (size_t d = 0; d < b->m->directions; d++)
		b->input[d] = mem_grow(b->input[d], &b->input_cap[d], N,
		    sizeof *b->input[d]);
	lockstep_sort(n, text, steps, b->order, b->off);
	b->off[0] = 0;
	for (size_t t = 0, running = n; t < steps; t++) {
		while (text[b->order[running - 1]].T <= t)
			running--;
		b->off[t + 1] = b->off[t] + running;
	}
	for (size_t d = 0; d < b->m->directions; d++)
		for (size_t t = 0; t < steps; t++)
			for (size_t i = 0; i < b->off[t + 1] - b->off[t]; i++)
				b->input[d][b->off[t] + i] = (uint32_t)(d == 0 ?
				    b->off[t] + i : b->off[text[b->order[i]].T -
				    1 - t] + i);
}

void
rnn_state_copy(size_t numbers, const float *from, float *to)
{
	if (from != NULL)
		memcpy(to, from, numbers * sizeof *to);
	else
		memset(to, 0, numbers * sizeof *to);
}

/*
 * The end of the share that begins with from, if it costs at most most: a row
 * costs 1, and a step STEP more, since the weights pass through the cache once
 * a step, for one row or for many.
 */
static size_t
share_end(const struct rnn_back *b, size_t from, size_t most)
{
	size_t i = from, cost = 0;

	for (; i < b->n; i++) {
		size_t T = b->text[b->order[i]].T;

		cost += i == from ? (1 + STEP) * T : T;
		if (cost > most)
			break;
	}
	return i;
}

/* The share of a part, if none costs more than most; it ends before the last
 * text if that is too little. */
static struct rnn_share
share_within(const struct rnn_back *b, size_t part, size_t most)
{
	struct rnn_share s = {0, 0};

	for (size_t i = 0; i <= part; i++)
		s = (struct rnn_share){s.to, share_end(b, s.to, most)};
	return s;
}

struct rnn_share
rnn_share_of(const struct rnn_back *b, size_t part, size_t parts)
{
	size_t least = 0, enough = b->N + STEP * b->steps;

	if (parts == 1)
		return (struct rnn_share){0, b->n};
	/* the least cost with which all texts have a part */
	while (least < enough) {
		size_t most = least + (enough - least) / 2;

		if (share_within(b, parts - 1, most).to == b->n)
			enough = most;
		else
			least = most + 1;
	}
	return share_within(b, part, enough);
}

size_t
rnn_share_end(const struct rnn_back *b, size_t t, size_t to)
{
	size_t n = b->off[t + 1] - b->off[t];

	return n < to ? n : to;
}
