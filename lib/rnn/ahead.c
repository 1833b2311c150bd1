/* SPDX-License-Identifier: ISC */
#include "rnn/ahead.h"

#include <string.h>

#include "base/crew.h"
#include "base/mem.h"
#include "math/packed.h"
#include "math/product.h"

void
rnn_back_inputs(struct rnn_back *b, size_t layer, size_t d, const float *y)
{
	struct rnn_pass *s = &b->pass[layer][d];
	size_t GH = b->m->G * b->m->H;
	float *p = rnn_buffer_want(&s->p, b->N * GH);

	s->input = b->input[d];
	s->inputs = b->N;
	product_packed(b->crew, b->N, GH, b->F, y, s->ih, s->bias, p);
}

/* A direction of a layer that is run. */
struct running {
	struct rnn_back *b;
	size_t layer, d;
	const struct rnn_state *start;
	float *c;		/* of the pass, or NULL */
	float *q;		/* of a step's rows, or NULL: they are kept */
	const struct rnn_rows *rows;	/* that make p, or NULL */
};

/* Set in [n] to p of n rows of step t. */
static void
step_inputs(const struct running *r, size_t t, size_t from, size_t n,
    const float **in)
{
	const struct rnn_back *b = r->b;
	const struct rnn_pass *s = &b->pass[r->layer][r->d];
	size_t GH = b->m->G * b->m->H;

	for (size_t i = 0; i < n; i++) {
		float *p = r->rows == NULL ? s->p.x +
		    s->input[b->off[t] + from + i] * GH : b->step.x + i * GH;

		if (r->rows != NULL)
			r->rows->input(r->rows->self, r->d, t, from + i, p);
		in[i] = p;
	}
}

/* Run the texts of a part. */
static void
run_some(void *self, size_t part, size_t parts)
{
	const struct running *r = self;
	struct rnn_back *b = r->b;
	const struct cell_kind *cell = &cells[b->m->cell];
	struct rnn_pass *s = &b->pass[r->layer][r->d];
	size_t H = b->m->H, GH = b->m->G * H, KH = b->K * H;
	struct rnn_share some = rnn_share_of(b, part, parts);
	const float *last_h = r->start == NULL ? NULL :
	    r->start->h + some.from * H;
	const float *last_c = r->start == NULL || r->c == NULL ? NULL :
	    r->start->c + some.from * H;

	for (size_t t = 0; t < b->steps; t++) {
		size_t end = rnn_share_end(b, t, some.to);
		size_t first = b->off[t] + some.from;
		size_t n = end < some.from ? 0 : end - some.from;
		float *h = s->h.x + first * H, *c = r->c == NULL ? NULL :
		    r->c + first * H;
		float *q = r->q != NULL ? r->q : s->q.x + first * GH;
		float *gate = s->gate.x + first * KH;
		const float **in = b->in + some.from;

		if (n == 0)
			break;
		for (size_t i = 0; r->rows != NULL && i < n; i++)
			r->rows->fetch(r->rows->self, r->d, t, some.from + i);
		rnn_state_copy(n * H, last_h, s->before.x + first * H);
		rnn_state_copy(n * H, last_h, h);
		if (c != NULL)
			rnn_state_copy(n * H, last_c, c);
		if (last_h != NULL && s->hh != NULL)
			packed_product(n, GH, H, last_h, s->hh, q);
		else if (s->hh != NULL)
			memset(q, 0, n * GH * sizeof *q);
		step_inputs(r, t, some.from, n, in);
		if (s->second.rows > 0)
			second_product(&s->second, n, in, s->before.x +
			    first * H, s->x.x + first * H, s->dy.x +
			    first * H, q);
		last_h = h;
		last_c = c;
		for (size_t i = 0; i < n; i++)
			cell->step(H, in[i], q + i * GH, s->w->bias_hh,
			    h + i * H, c == NULL ? NULL : c + i * H,
			    gate + i * KH);
	}
}

void
rnn_back_run(struct rnn_back *b, size_t layer, size_t d,
    const struct rnn_state *start)
{
	struct rnn_pass *s = &b->pass[layer][d];
	size_t H = b->m->H, numbers = b->N * H;
	struct running r = {b, layer, d, start, NULL, NULL,
	    layer == 0 ? b->rows : NULL};

	rnn_buffer_want(&s->h, numbers);
	rnn_buffer_want(&s->before, numbers);
	rnn_buffer_want(&s->gate, b->N * b->K * H);
	if (b->rows != NULL)
		r.q = rnn_buffer_want(&b->dq, b->n * b->m->G * H);
	else
		rnn_buffer_want(&s->q, b->N * b->m->G * H);
	if (r.rows != NULL)
		rnn_buffer_want(&b->step, b->n * b->m->G * H);
	if (cells[b->m->cell].has_c)
		r.c = rnn_buffer_want(&s->c, numbers);
	if (s->second.rows > 0) {
		rnn_buffer_want(&s->x, numbers);
		rnn_buffer_want(&s->dy, numbers);
	}
	b->in = mem_grow(b->in, &b->in_cap, b->n, sizeof *b->in);
	s->start_c = start == NULL ? NULL : start->c;
	crew_do(b->crew, run_some, &r);
}
