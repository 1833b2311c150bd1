/* SPDX-License-Identifier: ISC */
#include "rnn/segments.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/packed.h"
#include "rnn/pool.h"

struct segments {
	struct rnn_back *b;
	const struct rnn_text *text;
	size_t n;		/* segments */
	struct rnn_text part;	/* the words of the segment that is run */
	struct rnn_buffer h[MODEL_LAYERS][2];	/* [n][H] the state before the
				 * segment, in the direction's order */
	struct rnn_buffer c[MODEL_LAYERS][2];
	struct rnn_buffer y[MODEL_LAYERS];	/* [T][F] */
	struct rnn_buffer dy[MODEL_LAYERS];	/* [T][F] */
	struct rnn_buffer flow[2];	/* [H] of h and c */
};

struct segments *
segments_new(struct rnn_back *b)
{
	struct segments *s = mem_calloc(1, sizeof *s);

	s->b = b;
	return s;
}

void
segments_free(struct segments *s)
{
	for (size_t l = 0; l < MODEL_LAYERS; l++) {
		for (size_t d = 0; d < 2; d++) {
			free(s->h[l][d].x);
			free(s->c[l][d].x);
		}
		free(s->y[l].x);
		free(s->dy[l].x);
	}
	free(s->flow[0].x);
	free(s->flow[1].x);
	free(s);
}

/* True if pooling or a layer above reads the states of a layer. */
static bool
keeps_states(const struct segments *s, size_t layer)
{
	const struct model *m = s->b->m;

	return layer + 1 < m->layers || !pooling_is(&m->pooling, POOLING_LAST);
}

/* Make segment i the batch of b. */
static void
take(struct segments *s, size_t i)
{
	size_t T = s->text->T, first = i * SEGMENT_WORDS;

	s->part.T = T - first < SEGMENT_WORDS ? T - first : SEGMENT_WORDS;
	s->part.id = s->text->id + first;
	rnn_back_lay_out(s->b, 1, &s->part);
	s->b->first = first;
}

/* The state at the beginning of the segment that is run, in direction d. */
static struct rnn_state
state(struct segments *s, size_t layer, size_t d)
{
	size_t i = s->b->first / SEGMENT_WORDS, H = s->b->m->H;
	bool has_c = cells[s->b->m->cell].has_c;

	return (struct rnn_state){s->h[layer][d].x + i * H,
	    has_c ? s->c[layer][d].x + i * H : NULL};
}

/* Run one direction of a layer over the segment. */
static void
run(struct segments *s, const struct segments_user *user, size_t layer,
    size_t d)
{
	struct rnn_back *b = s->b;
	struct rnn_pass *pass = &b->pass[layer][d];
	struct rnn_state start = state(s, layer, d);
	size_t GH = b->m->G * b->m->H;

	if (layer > 0)
		rnn_back_inputs(b, layer, d, s->y[layer - 1].x +
		    s->b->first * b->F);
	else {
		pass->input = b->input[d];
		pass->inputs = b->N;
		user->inputs(user->self, d, s->b->first, b->N,
		    rnn_buffer_want(&pass->p, b->N * GH));
	}
	rnn_back_run(b, layer, d, &start);
}

/* Keep the segment's states for the layer above, and its last state as the
 * start of segment next, the one after it in the direction's order; if next is
 * n, it is the feature. */
static void
keep(struct segments *s, size_t layer, size_t d, size_t next)
{
	struct rnn_back *b = s->b;
	const struct rnn_pass *pass = &b->pass[layer][d];
	size_t H = b->m->H, last = (b->N - 1) * H, bytes = H * sizeof(float);

	for (size_t r = 0; keeps_states(s, layer) && r < b->N; r++)
		memcpy(s->y[layer].x + (s->b->first + b->input[d][r]) * b->F +
		    d * H, pass->h.x + r * H, bytes);
	if (next == s->n) {
		if (!keeps_states(s, layer))
			memcpy(b->f.x + d * H, pass->h.x + last, bytes);
		return;
	}
	memcpy(s->h[layer][d].x + next * H, pass->h.x + last, bytes);
	if (cells[b->m->cell].has_c)
		memcpy(s->c[layer][d].x + next * H, pass->c.x + last, bytes);
}

/* One direction of a layer over the whole text. */
static void
run_direction(struct segments *s, const struct segments_user *user,
    size_t layer, size_t d)
{
	size_t H = s->b->m->H, n = s->n;
	size_t begin = (d == 0 ? 0 : n - 1) * H;

	memset(rnn_buffer_want(&s->h[layer][d], n * H) + begin, 0,
	    H * sizeof(float));
	if (cells[s->b->m->cell].has_c)
		memset(rnn_buffer_want(&s->c[layer][d], n * H) + begin, 0,
		    H * sizeof(float));
	for (size_t k = 0; k < n; k++) {
		size_t i = d == 0 ? k : n - 1 - k;

		take(s, i);
		run(s, user, layer, d);
		keep(s, layer, d, k + 1 == n ? n : d == 0 ? i + 1 : i - 1);
	}
}

void
segments_forward(struct segments *s, const struct rnn_text *text,
    const struct segments_user *user)
{
	struct rnn_back *b = s->b;
	const struct model *m = b->m;

	s->text = text;
	s->n = (text->T + SEGMENT_WORDS - 1) / SEGMENT_WORDS;
	rnn_buffer_want(&b->f, b->P);
	for (size_t l = 0; l < m->layers; l++) {
		if (keeps_states(s, l))
			rnn_buffer_want(&s->y[l], text->T * b->F);
		for (size_t d = 0; d < m->directions; d++)
			run_direction(s, user, l, d);
	}
	if (keeps_states(s, m->layers - 1))
		rnn_pool_text(b, text->T, s->y[m->layers - 1].x);
}

const float *
segments_states(const struct segments *s, size_t layer)
{
	return s->y[layer].x;
}

/* ---- back ---- */

/* Back through one direction of a layer. */
static void
back_direction(struct segments *s, const struct segments_user *user,
    size_t layer, size_t d)
{
	struct rnn_back *b = s->b;
	size_t H = b->m->H, n = s->n;
	struct rnn_state flow = {rnn_buffer_want(&s->flow[0], H),
	    rnn_buffer_want(&s->flow[1], H)};

	memset(flow.h, 0, H * sizeof *flow.h);
	memset(flow.c, 0, H * sizeof *flow.c);
	if (layer + 1 == b->m->layers)
		memcpy(flow.h, b->ends.x + d * H, H * sizeof *flow.h);
	for (size_t k = n; k-- > 0; ) {
		struct rnn_state start;

		take(s, d == 0 ? k : n - 1 - k);
		run(s, user, layer, d);
		if (user->reference != NULL) {
			take(user->reference, d == 0 ? k : n - 1 - k);
			run(user->reference, user->reference_user, layer, d);
		}
		if (keeps_states(s, layer))
			memcpy(rnn_buffer_want(&b->dy[layer], b->N * b->F),
			    s->dy[layer].x + s->b->first * b->F,
			    b->N * b->F * sizeof(float));
		start = state(s, layer, d);
		rnn_back_run_back(b, layer, d, &start, &flow, user->sweep);
		if (layer > 0)
			rnn_back_below(b, layer, d, s->dy[layer - 1].x +
			    s->b->first * b->F);
		else if (user->gradient != NULL)
			user->gradient(user->gradient_self, d, b->first, b->N,
			    b->pass[0][d].dp.x);
	}
}

void
segments_back(struct segments *s, const struct segments_user *user)
{
	const struct model *m = s->b->m;
	size_t T = s->text->T, F = s->b->F, top = m->layers - 1;
	struct segments *zero = user->reference;

	rnn_unpool_text(s->b, T, s->y[top].x, rnn_sweep_holds(user->sweep),
	    zero == NULL ? NULL : zero->b, zero == NULL ? NULL :
	    zero->y[top].x, keeps_states(s, top) ?
	    rnn_buffer_want(&s->dy[top], T * F) : NULL);
	for (size_t l = m->layers; l-- > 0; ) {
		if (l > 0)
			rnn_buffer_want(&s->dy[l - 1], T * F);
		for (size_t d = 0; d < m->directions; d++)
			back_direction(s, user, l, d);
	}
}
