/* SPDX-License-Identifier: ISC */
/*
 * The text and its spans run in lockstep.  A step has a row for the text, and
 * one for each span that has begun; before its first word a span's part is
 * zero.  Direction 0, of a text of six words:
 *
 *     word          0   1   2   3   4   5
 *     text          o---o---o---o---o---o     the whole states
 *     words 1..2        *---*---o---o---o     their part of them
 *     word  3                   *---o---o     * in the span
 *
 * The product with W_hh is linear, so that of gamma is that of the text less
 * that of beta: one product of all rows gives both, for all spans.
 *
 * After its last word a part fades with the carries of the gates, and it is
 * dropped where nothing of it is left: unless its gates keep all, the time of a
 * text grows with its length.  A part of a GRU can also grow, until it is not
 * finite: it must not be taken for a faded one.
 *
 * Groups of spans bound the memory.  The states of a layer are kept for all
 * words only if a layer above or pooling reads them.
 *
 * Generalised, a span has two rows: its part, and that of the biases, which
 * depends on the span through the Shapley values of the nonlinearities.  Before
 * their first words all spans have the same part of the biases, that of no
 * span: it has a row from the first word of the text on, and a span that begins
 * gets a copy of it.
 *
 * Easy to get wrong: in a layer above, a span has a part of a word's input
 * before its first word if the layer below has two directions.
 */
#include "rnn/contextual.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "math/packed.h"
#include "model/model.h"
#include "rnn/batch.h"
#include "rnn/contextual_pool.h"
#include "rnn/inputs.h"

/* A part whose numbers are all smaller is dropped: states are near 1. */
#define FADED 1e-20f

/* Most spans of a group, and most floats of the states that it keeps. */
enum { GROUP = 256, KEPT = 1 << 22 };

/*
 * What makes p and q of the parts.  Generalised, they have one row of them,
 * LANES_DIVIDED, as the gates are those of the text.
 */
struct maker {
	const float *ih, *hh;	/* packed, [W][F] and [W][H] */
	const float *bias;	/* [W] */
};

struct contextual {
	struct model *m;
	bool thirds;			/* generalised */
	struct rnn_back *weights;	/* packed; it runs nothing */
	size_t first, W;		/* the part of p and q [G H] that parts
					 * have */
	struct maker maker[MODEL_LAYERS][2];
	float *zero;			/* [3][H] beta of no span: p and q, h,
					 * and c */
	struct inputs *inputs;
	struct arena *arena;		/* of the gates of a step of nothing */
	float *none[MODEL_LAYERS][2];	/* [K H] */

	/* the group */
	const struct rnn_text *text;
	const struct rnn_span *span;	/* [spans] */
	size_t spans;
	size_t n;			/* parts: beta of each span; with
					 * thirds, then the bias of each, and
					 * that of no span */
	size_t *order;			/* [spans] as a direction meets them */
	size_t *row;			/* [n] the part of row 1 + i */
	struct rnn_buffer y[MODEL_LAYERS];	/* [T][1 + n][F] */
	struct rnn_buffer last;		/* [1 + n][F] the last states */
	struct rnn_buffer h, c;		/* [1 + n][H] rows of a step: the text,
					 * and the spans in that order */
	struct rnn_buffer x;		/* [1 + n][F] */
	struct rnn_buffer p, q;		/* [G H] of the text, then [n][W] */
	struct rnn_buffer gate;		/* [K H] of the text */
};

bool
contextual_lacks(const struct model *m)
{
	return cells[m->cell].parts == NULL || m->stack.n > 0;
}

/* The rows of a weight [][k] that parts have, packed. */
static const float *
rows_for_parts(const struct contextual *r, size_t k, const float *weight)
{
	float *to = MEM_VECTOR(r->arena, packed_size(r->W, k), float);

	packed_make(r->W, k, weight + r->first * k, to);
	return to;
}

static struct maker
maker_of(const struct contextual *r, size_t layer, const struct rnn_pass *s)
{
	if (!r->thirds)
		return (struct maker){s->ih, s->hh, s->bias};
	return (struct maker){
		layer == 0 ? NULL : rows_for_parts(r, r->weights->F,
		    s->w->weight_ih),
		rows_for_parts(r, r->m->H, s->w->weight_hh),
		s->bias + r->first};
}

struct contextual *
contextual_new(struct model *m, bool generalised)
{
	struct contextual *r = mem_calloc(1, sizeof *r);
	size_t H = m->H, KH = cells[m->cell].K * H;
	const float *zero;

	r->m = m;
	r->thirds = generalised;
	r->weights = rnn_back_new(m);
	r->inputs = inputs_new(m, false);
	r->arena = mem_arena();
	r->first = generalised ? LANES_DIVIDED * H : 0;
	r->W = generalised ? H : m->G * H;
	r->zero = MEM_VECTOR(r->arena, 3 * H, float);
	zero = MEM_VECTOR(r->arena, m->G * H, float);
	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++) {
			const struct rnn_pass *s = &r->weights->pass[l][d];
			float *h = MEM_VECTOR(r->arena, H, float);
			float *c = MEM_VECTOR(r->arena, H, float);

			r->maker[l][d] = maker_of(r, l, s);
			r->none[l][d] = MEM_VECTOR(r->arena, KH, float);
			cells[m->cell].step(H, s->bias, zero, s->w->bias_hh,
			    h, c, r->none[l][d]);
		}
	return r;
}

void
contextual_free(struct contextual *r)
{
	struct rnn_buffer *const own[] = {&r->last, &r->h, &r->c, &r->x, &r->p,
	    &r->q, &r->gate};

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		free(own[i]->x);
	for (size_t l = 0; l < MODEL_LAYERS; l++)
		free(r->y[l].x);
	rnn_back_free(r->weights);
	inputs_free(r->inputs);
	mem_free(r->arena);
	free(r);
}

size_t
contextual_features(const struct contextual *r)
{
	return r->weights->P;
}

/* ---- a layer ---- */

/* True if a layer above or pooling reads the states of all words. */
static bool
keeps(const struct model *m, size_t layer)
{
	return layer + 1 < m->layers || !pooling_is(&m->pooling, POOLING_LAST);
}

/* Where a direction meets a span: a word's distance from its start. */
static size_t
begins(const struct contextual *r, size_t d, size_t k)
{
	return d == 0 ? r->span[k].first : r->text->T - 1 - r->span[k].last;
}

/* Sort the spans of the group: those that the direction meets first. */
static void
sort_spans(struct contextual *r, struct arena *arena, size_t d)
{
	size_t T = r->text->T, *count = MEM_NEW(arena, T + 1, size_t);

	memset(count, 0, (T + 1) * sizeof *count);
	for (size_t k = 0; k < r->spans; k++)
		count[begins(r, d, k) + 1]++;
	for (size_t t = 0; t < T; t++)
		count[t + 1] += count[t];
	for (size_t k = 0; k < r->spans; k++)
		r->order[count[begins(r, d, k)]++] = k;
}

static bool
inside(const struct contextual *r, size_t k, size_t word)
{
	return k < r->spans && r->span[k].first <= word &&
	    word <= r->span[k].last;
}

/* True if a row is the part of the biases. */
static bool
biased(const struct contextual *r, size_t row)
{
	return r->row[row - 1] >= r->spans;
}

/* p or q of the part in a row. */
static float *
its(const struct contextual *r, const struct rnn_buffer *x, size_t row)
{
	return x->x + r->m->G * r->m->H + (row - 1) * r->W;
}

/* Set p or q of the rows to the product of x [rows][k], the text's with all
 * weights. */
static void
multiply(const struct contextual *r, size_t rows, size_t k, const float *x,
    const float *whole, const float *parts, const struct rnn_buffer *to)
{
	size_t GH = r->m->G * r->m->H;

	packed_product(r->thirds ? 1 : rows, GH, k, x, whole, to->x);
	if (r->thirds)
		packed_product(rows - 1, r->W, k, x + k, parts,
		    its(r, to, 1));
}

/* Set p of the first rows of a step. */
static void
read_inputs(struct contextual *r, size_t layer, size_t d, size_t word,
    size_t rows)
{
	const struct rnn_pass *s = &r->weights->pass[layer][d];
	const struct maker *make = &r->maker[layer][d];
	size_t F = r->weights->F, GH = r->m->G * r->m->H, W = r->W;
	const float *P;

	if (layer > 0) {
		const float *y = r->y[layer - 1].x + word * (1 + r->n) * F;

		memcpy(r->x.x, y, F * sizeof *y);
		for (size_t i = 1; i < rows; i++)
			memcpy(r->x.x + i * F, y + (1 + r->row[i - 1]) * F,
			    F * sizeof *y);
		multiply(r, rows, F, r->x.x, s->ih, make->ih, &r->p);
		packed_add(1, GH, s->bias, r->p.x);
		for (size_t i = 1; i < rows; i++)
			if (biased(r, i))
				packed_add(1, W, make->bias, its(r, &r->p, i));
		return;
	}
	P = inputs_of(r->inputs, d, r->text->id[word]);
	lanes_line(GH, 1, P, s->bias, r->p.x);
	for (size_t i = 1; i < rows; i++)
		if (inside(r, r->row[i - 1], word))
			memcpy(its(r, &r->p, i), P + r->first, W * sizeof *P);
		else if (biased(r, i))
			memcpy(its(r, &r->p, i), make->bias, W * sizeof *P);
		else
			memset(its(r, &r->p, i), 0, W * sizeof *P);
}

/* The part of a row. */
static struct lanes_third
third(const struct contextual *r, size_t row)
{
	size_t H = r->m->H;

	return (struct lanes_third){its(r, &r->p, row), its(r, &r->q, row),
	    r->h.x + row * H, r->c.x + row * H};
}

/* Generalised, a step of the spans, whose rows are pairs after that of no
 * span. */
static void
step_thirds(const struct contextual *r, const struct lanes_ran *now,
    const float *bias_hh, size_t rows)
{
	const struct cell_kind *cell = &cells[r->m->cell];
	size_t H = r->m->H;
	struct lanes_third beta = {r->zero, r->zero, r->zero + H,
	    r->zero + 2 * H}, bias = third(r, 1);

	cell->thirds(H, now, bias_hh, &beta, &bias);
	for (size_t i = 2; i < rows; i += 2) {
		beta = third(r, i);
		bias = third(r, i + 1);
		cell->thirds(H, now, bias_hh, &beta, &bias);
	}
}

/* A step of the text and of the parts in the rows after it. */
static void
step(struct contextual *r, size_t layer, size_t d, size_t word, size_t rows)
{
	const struct cell_kind *cell = &cells[r->m->cell];
	const struct rnn_pass *s = &r->weights->pass[layer][d];
	size_t H = r->m->H;
	struct lanes_ran now = {r->p.x, r->q.x, r->gate.x, NULL};
	struct lanes_ran none = {s->bias, NULL, r->none[layer][d], NULL};

	read_inputs(r, layer, d, word, rows);
	multiply(r, rows, H, r->h.x, s->hh, r->maker[layer][d].hh, &r->q);
	cell->step(H, r->p.x, r->q.x, s->w->bias_hh, r->h.x, r->c.x,
	    r->gate.x);
	if (r->thirds) {
		step_thirds(r, &now, s->w->bias_hh, rows);
		return;
	}
	for (size_t i = 1; i < rows; i++)
		cell->parts(H, &now, &none, its(r, &r->p, i), its(r, &r->q, i),
		    inside(r, r->row[i - 1], word), r->h.x + i * H,
		    r->c.x + i * H);
}

/* Copy the states of the rows to where their parts have theirs, [1 + n][F] at
 * to.  Spans without rows have zero, and the biases' part of no span. */
static void
keep(const struct contextual *r, size_t d, size_t rows, float *to)
{
	size_t H = r->m->H, F = r->weights->F, bytes = H * sizeof *to;

	to += d * H;
	memcpy(to, r->h.x, bytes);
	for (size_t k = 0; k < r->n; k++)
		if (k < r->spans)
			memset(to + (1 + k) * F, 0, bytes);
		else
			memcpy(to + (1 + k) * F, r->h.x + H, bytes);
	for (size_t i = 1; i < rows; i++)
		memcpy(to + (1 + r->row[i - 1]) * F, r->h.x + i * H, bytes);
}

/* Add a row for a part, with the state of row from; or zero, if from is 0. */
static size_t
add_row(struct contextual *r, size_t part, size_t from, size_t rows)
{
	size_t H = r->m->H;
	struct rnn_buffer *const state[] = {&r->h, &r->c};

	r->row[rows - 1] = part;
	for (size_t i = 0; i < 2; i++)
		rnn_state_copy(H, from == 0 ? NULL : state[i]->x + from * H,
		    state[i]->x + rows * H);
	return rows + 1;
}

/* Give rows to each span that the direction meets before step t; *next is the
 * first in order that has none.  Returns how many rows there are. */
static size_t
add_rows(struct contextual *r, size_t d, size_t t, size_t *next, size_t rows)
{
	for (; *next < r->spans && begins(r, d, r->order[*next]) <= t;
	    ++*next) {
		rows = add_row(r, r->order[*next], 0, rows);
		if (r->thirds)
			rows = add_row(r, r->spans + r->order[*next], 1, rows);
	}
	return rows;
}

/* False if a number is not finite: such a part has grown. */
static bool
faded(const float *x, size_t n)
{
	for (size_t j = 0; j < n; j++)
		if (!(fabsf(x[j]) < FADED))
			return false;
	return true;
}

/* Take the rows away whose spans are past and whose parts have faded; returns
 * how many rows are left. */
static size_t
drop_rows(struct contextual *r, size_t word, size_t rows)
{
	size_t H = r->m->H, bytes = H * sizeof(float);

	for (size_t i = rows; i-- > 1; ) {
		float *h = r->h.x + i * H, *c = r->c.x + i * H;

		if (inside(r, r->row[i - 1], word) || !faded(h, H) ||
		    !faded(c, H))
			continue;
		rows--;
		r->row[i - 1] = r->row[rows - 1];
		memmove(h, r->h.x + rows * H, bytes);
		memmove(c, r->c.x + rows * H, bytes);
	}
	return rows;
}

/* True if a part is not finite any more, and will not be: the product of the
 * next step carries that to all of its numbers. */
static bool
outgrown(const struct contextual *r, size_t rows)
{
	for (size_t i = 1; i < rows; i++)
		if (!isfinite(r->h.x[i * r->m->H]))
			return true;
	return false;
}

static void
run_direction(struct contextual *r, struct arena *arena, size_t layer,
    size_t d)
{
	size_t T = r->text->T, H = r->m->H, F = r->weights->F;
	size_t rows = 1, next = 0;
	/* the layer below has a part of a span at all words */
	bool above = layer > 0 && r->m->directions == 2;

	sort_spans(r, arena, d);
	memset(r->h.x, 0, H * sizeof(float));
	memset(r->c.x, 0, H * sizeof(float));
	if (r->thirds)
		rows = add_row(r, 2 * r->spans, 0, rows);
	for (size_t t = 0; t < T; t++) {
		size_t word = d == 0 ? t : T - 1 - t;

		rows = add_rows(r, d, above ? T : t, &next, rows);
		step(r, layer, d, word, rows);
		if (!above && !r->thirds)
			rows = drop_rows(r, word, rows);
		if (keeps(r->m, layer))
			keep(r, d, rows, r->y[layer].x + word * (1 + r->n) *
			    F);
		else if (outgrown(r, rows))
			break;	/* the text has no scores */
	}
	if (layer + 1 == r->m->layers)
		keep(r, d, rows, r->last.x);
}

/* ---- the whole ---- */

/* Make room for the group, and run it. */
static void
run_group(struct contextual *r, struct arena *arena, float *beta)
{
	const struct model *m = r->m;
	size_t H = m->H, GH = m->G * H, F = r->weights->F, rows = 1 + r->n;

	r->order = MEM_NEW(arena, r->spans, size_t);
	r->row = MEM_NEW(arena, r->n, size_t);
	rnn_buffer_want(&r->last, rows * F);
	rnn_buffer_want(&r->h, rows * H);
	rnn_buffer_want(&r->c, rows * H);
	rnn_buffer_want(&r->x, rows * F);
	rnn_buffer_want(&r->p, rows * GH);
	rnn_buffer_want(&r->q, rows * GH);
	rnn_buffer_want(&r->gate, cells[m->cell].K * H);
	for (size_t l = 0; l < m->layers; l++) {
		if (keeps(m, l))
			rnn_buffer_want(&r->y[l], r->text->T * rows * F);
		for (size_t d = 0; d < m->directions; d++)
			run_direction(r, arena, l, d);
	}
	contextual_pool(&(struct part_states){m, r->text->T, r->n, F,
	    r->weights->P, r->y[m->layers - 1].x, r->last.x}, arena, beta);
}

void
contextual_run(struct contextual *r, const struct rnn_text *text, size_t n,
    const struct rnn_span span[], float *beta)
{
	size_t kept = 0, most = GROUP, words = text->T * r->weights->F;

	for (size_t l = 0; l < r->m->layers; l++)
		kept += keeps(r->m, l) ? words : 0;
	if (kept > 0 && KEPT / kept < most)
		most = KEPT / kept > 1 ? KEPT / kept : 1;
	r->text = text;
	inputs_fill(r->inputs, text->T, text->id);
	for (size_t i = 0; i < n; i += r->spans) {
		struct arena *scratch = mem_arena();
		size_t P = r->weights->P;
		float *f;

		r->spans = n - i < most ? n - i : most;
		r->n = r->thirds ? 2 * r->spans + 1 : r->spans;
		r->span = span + i;
		f = MEM_NEW(scratch, r->n * P, float);
		run_group(r, scratch, f);
		memcpy(beta + i * P, f, r->spans * P * sizeof *f);
		mem_free(scratch);
	}
}
