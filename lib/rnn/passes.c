/* SPDX-License-Identifier: ISC */
/*
 * The forward pass, the target, and the pass back from it.
 *
 *     e_t --> P_t = W_ih e_t --> p_t = q P_t + b --> layers --> logits --> F
 *             once a word               ^                                  |
 *                                       +------ delta_t = dF / dp_t <------+
 *
 * P_t depends on the word's embedding e_t alone; it is computed once (inputs).
 * So a pass at another point between two words needs no product with W_ih:
 * set_input makes p from their P.
 *
 * The pass back begins at the logits z: F = sum of c_k z_k gives dz_k = c_k; a
 * probability p_c gives dz_k = p_c ([k = c] - p_k), over two classes in a
 * contrast and over all otherwise; with several labels, each with its sigmoid,
 * dz_c = p_c (1 - p_c).
 *
 * Easy to get wrong: 1 - p_c must be computed as the sum of the other classes'
 * probabilities, since the difference cancels if p_c is near 1.  The biases are
 * not scaled.
 *
 * A text that is a batch by itself is run in segments if its rows have more
 * than ROWS_MOST floats; otherwise all rows of the batch are run at once.
 */
#include "rnn/passes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/hint.h"
#include "math/lanes.h"
#include "math/packed.h"
#include "model/model.h"
#include "rnn/head.h"
#include "rnn/inputs.h"
#include "rnn/pool.h"
#include "rnn/segments.h"

/* A text whose rows would be more floats (32 MB) is run in segments, which
 * takes about a quarter more time. */
enum { ROWS_MOST = 1 << 23 };

/* Floats of a row that are fetched early: the processor goes on by itself. */
enum { FETCHED = 64 };

struct passes *
passes_new(struct model *m)
{
	struct passes *r = mem_calloc(1, sizeof *r);

	r->m = m;
	r->back = rnn_back_new(m);
	r->inputs = inputs_new(m, false);
	r->segments = segments_new(r->back);
	return r;
}

void
passes_refer(struct passes *r)
{
	r->reference = passes_new(r->m);
}

void
passes_free(struct passes *r)
{
	if (r->reference != NULL)
		passes_free(r->reference);
	segments_free(r->segments);
	rnn_back_free(r->back);
	inputs_free(r->inputs);
	free(r->from.x);
	free(r);
}

/* ---- forward ---- */

/* Copy n words, or none if from is NULL; returns the place after them. */
static int32_t *
put_words(int32_t *to, size_t n, const int32_t *from)
{
	if (from == NULL || n == 0)
		return to;
	memcpy(to, from, n * sizeof *to);
	return to + n;
}

/* Make W_ih e ready for the words of the runs, and for those that they come
 * from. */
static void
fill_inputs(struct passes *r, struct arena *arena, size_t runs,
    const struct rnn_run run[])
{
	int32_t *id = MEM_NEW(arena, 2 * r->back->N, int32_t), *to = id;

	for (size_t i = 0; i < runs; i++) {
		to = put_words(to, run[i].text.T, run[i].text.id);
		to = put_words(to, run[i].text.T, run[i].from);
	}
	inputs_fill(r->inputs, (size_t)(to - id), id);
}

/* Set p [G H] of word t of a run. */
static void
set_input(struct passes *r, size_t d, const struct rnn_run *a, size_t t,
    float *p)
{
	size_t GH = r->m->G * r->m->H;
	const float *b = r->back->pass[0][d].bias;

	if (a->from != NULL) {
		float *from = rnn_buffer_want(&r->from, GH);

		lanes_line(GH, (float)(1 - a->scale), inputs_of(r->inputs, d,
		    a->from[t]), b, from);
		b = from;
	}
	lanes_line(GH, (float)a->scale, inputs_of(r->inputs, d, a->text.id[t]),
	    b, p);
	if (a->shift != NULL)
		a->shift->add(a->shift->self, d, t, p);
}

/* For rnn_rows: */

static const struct rnn_run *
run_of(const struct passes *r, size_t i)
{
	return &r->run[r->back->order[i]];
}

/* The word of text order[i] that direction d reads at step t. */
static size_t
word_of(const struct rnn_run *a, size_t d, size_t t)
{
	return d == 0 ? t : a->text.T - 1 - t;
}

static void
fetch_row(void *self, size_t d, size_t t, size_t i)
{
	const struct passes *r = self;
	const struct rnn_run *a = run_of(r, i);

	hint_fetch(inputs_of(r->inputs, d, a->text.id[word_of(a, d, t)]),
	    FETCHED);
}

static void
row_input(void *self, size_t d, size_t t, size_t i, float *p)
{
	struct passes *r = self;
	const struct rnn_run *a = run_of(r, i);

	set_input(r, d, a, word_of(a, d, t), p);
}

static void
row_gradient(void *self, size_t d, size_t t, size_t i, const float *dp)
{
	const struct passes *r = self;

	r->gradient(r->gradient_self, r->back->order[i], d,
	    word_of(run_of(r, i), d, t), 1, dp);
}

/* Set p of every word, in the word's row; not if rows set it step by step. */
static void
set_inputs(struct passes *r, const struct rnn_run run[])
{
	struct rnn_back *b = r->back;
	size_t GH = r->m->G * r->m->H;

	for (size_t d = 0; d < r->m->directions; d++) {
		struct rnn_pass *s = &b->pass[0][d];
		float *p;

		s->input = b->input[d];
		s->inputs = b->N;
		if (b->rows != NULL)
			continue;
		p = rnn_buffer_want(&s->p, b->N * GH);
		for (size_t t = 0; t < b->steps; t++)
			for (size_t row = b->off[t]; row < b->off[t + 1];
			    row++)
				set_input(r, d, &run[b->order[row -
				    b->off[t]]], t, p + row * GH);
	}
}

/* The same for the words of a segment. */
static void
segment_inputs(void *self, size_t d, size_t first, size_t n, float *p)
{
	struct passes *r = self;
	const struct rnn_run *a = r->run;
	size_t GH = r->m->G * r->m->H;
	int32_t id[2 * SEGMENT_WORDS] = {0}, *to;

	to = put_words(id, n, a->text.id + first);
	to = put_words(to, n, a->from == NULL ? NULL : a->from + first);
	inputs_fill(r->inputs, (size_t)(to - id), id);
	for (size_t t = 0; t < n; t++)
		set_input(r, d, a, first + t, p + t * GH);
}

static bool
in_segments(const struct model *m, size_t n, const struct rnn_run run[])
{
	const struct cell_kind *cell = &cells[m->cell];
	/* p, dp and q; gates; h, h before and c (back.h) */
	size_t row = (3 * m->G + cell->K + 2 + cell->has_c) * m->H *
	    m->directions * m->layers;

	return n == 1 && run[0].text.T > ROWS_MOST / row;
}

/* Run the same texts at scale 0. */
static void
forward_zero(struct passes *r, struct arena *arena, size_t n,
    const struct rnn_run run[])
{
	struct rnn_run *zero = MEM_NEW(arena, n, struct rnn_run);

	for (size_t i = 0; i < n; i++)
		zero[i] = (struct rnn_run){.text = run[i].text, .scale = 0};
	r->zero = MEM_NEW(arena, n, struct trace);
	passes_forward(r->reference, arena, n, zero, r->zero);
}

void
passes_forward(struct passes *r, struct arena *arena, size_t n,
    struct rnn_run run[], struct trace trace[])
{
	struct rnn_text *text = MEM_NEW(arena, n, struct rnn_text);
	struct segments_user user = {.inputs = segment_inputs, .self = r};
	struct rnn_back *b = r->back;
	struct stacked *values = head_values(r->m, arena);
	const float *bias = head_bias(r->m, arena, head_run(r->m, arena,
	    NULL));

	r->run = run;
	r->segmented = in_segments(r->m, n, run);
	r->rows = (struct rnn_rows){fetch_row, row_input, NULL, r};
	b->rows = r->lean && !r->segmented ? &r->rows : NULL;
	for (size_t i = 0; i < n; i++)
		text[i] = run[i].text;
	if (r->segmented)
		segments_forward(r->segments, text, &user);
	else {
		rnn_back_lay_out(b, n, text);
		fill_inputs(r, arena, n, run);
		set_inputs(r, run);
		for (size_t l = 0; l < r->m->layers; l++)
			rnn_back_forward(b, l);
		rnn_pool(b);
	}
	for (size_t i = 0; i < n; i++) {
		struct trace *to = &trace[b->order[i]];

		head_trace(r->m, bias, arena, text[b->order[i]].T, to);
		head_classify(r->m, values, b->f.x + i * b->P, to);
		inputs_faults(r->inputs, &text[b->order[i]], to);
	}
	if (r->reference != NULL)
		forward_zero(r, arena, n, run);
}

/* ---- back ---- */

/* Returns the target's value; dz [rows] receives its gradient at the logits. */
static double
evaluate(const struct model *m, const struct rnn_target *target,
    const struct trace *trace, double *dz)
{
	const float *p = trace->probability;
	size_t c = target->class;
	double value = 0.0, rest = 0.0;

	if (target->coefficient != NULL) {
		for (size_t k = 0; k < m->rows; k++) {
			dz[k] = target->coefficient[k];
			value += dz[k] * (double)trace->logit[k];
		}
		return value;
	}
	/* a sigmoid head: also a contrast, since it has only two classes */
	if (m->rows == 1) {
		dz[0] = (c == 1 ? 1.0 : -1.0) * (double)p[0] * (double)p[1];
		return (double)p[c];
	}
	if (target->contrast) {
		double z = (double)trace->logit[c] -
		    (double)trace->logit[target->against];

		memset(dz, 0, m->rows * sizeof *dz);
		dz[c] = 1 / (1 + exp(-z)) / (1 + exp(z));
		dz[target->against] = -dz[c];
		return 1 / (1 + exp(-z));
	}
	if (m->multilabel) {
		double z = (double)trace->logit[c];

		memset(dz, 0, m->rows * sizeof *dz);
		dz[c] = 1 / (1 + exp(-z)) / (1 + exp(z));
		return (double)p[c];
	}
	for (size_t k = 0; k < m->rows; k++) {
		dz[k] = -(double)p[c] * (double)p[k];
		rest += k == c ? 0.0 : (double)p[k];
	}
	dz[c] = (double)p[c] * rest;	/* 1 - p_c, without cancellation */
	return (double)p[c];
}

/* Set each text's value, and df, its gradient at the features, or what a sweep
 * has for it. */
static void
heads(struct passes *r, struct arena *arena, struct rnn_run run[],
    const struct trace trace[], const struct rnn_sweep *sweep)
{
	const struct model *m = r->m;
	struct rnn_back *b = r->back;
	float *df = rnn_buffer_want(&b->df, b->n * b->P);
	double *dz = MEM_NEW(arena, m->rows, double);
	const struct stacked *none = rnn_sweep_compares(sweep) ? head_run(m,
	    arena, NULL) : NULL;

	for (size_t i = 0; i < b->n; i++, df += b->P) {
		struct rnn_run *a = &run[b->order[i]];
		const float *f = b->f.x + i * b->P, *f0 = r->reference == NULL ?
		    NULL : r->reference->back->f.x + i * b->P;

		a->value = evaluate(m, &a->target, &trace[b->order[i]], dz);
		if (sweep != NULL && sweep->lrp != NULL)
			head_lrp(m, arena, (double)sweep->lrp->epsilon, f, f0,
			    dz, df);
		else
			head_back(m, arena, f, f0 == NULL ? none : head_run(m,
			    arena, f0), dz, df);
	}
}

/* For segments_back: the batch is one run. */
static void
segment_gradient(void *self, size_t d, size_t first, size_t n,
    const float *dp)
{
	const struct passes *r = self;

	r->gradient(r->gradient_self, 0, d, first, n, dp);
}

/* Give what is in back: in both directions, a word's row is that of direction
 * 0. */
static void
give_gradients(const struct passes *r)
{
	const struct rnn_back *b = r->back;
	size_t GH = r->m->G * r->m->H;

	for (size_t d = 0; d < r->m->directions; d++)
		for (size_t t = 0; t < b->steps; t++)
			for (size_t i = 0; i < b->off[t + 1] - b->off[t]; i++)
				r->gradient(r->gradient_self, b->order[i], d,
				    t, 1, b->pass[0][d].dp.x +
				    (b->off[t] + i) * GH);
}

void
passes_back(struct passes *r, struct arena *arena, struct rnn_run run[],
    const struct trace trace[], const struct rnn_sweep *sweep,
    passes_gradient *gradient, void *self)
{
	struct passes *zero = r->reference;
	struct rnn_sweep compare = sweep == NULL ? (struct rnn_sweep){
	    .later = NULL} : *sweep;
	struct segments_user user = {.inputs = segment_inputs, .self = r,
	    .gradient = gradient == NULL ? NULL : segment_gradient,
	    .gradient_self = r}, zero_user;

	if (zero != NULL) {
		compare.reference = zero->back;
		sweep = &compare;
		zero_user = (struct segments_user){.inputs = segment_inputs,
		    .self = zero};
		user.reference = zero->segments;
		user.reference_user = &zero_user;
	}
	user.sweep = sweep;
	r->run = run;
	r->gradient = gradient;
	r->gradient_self = self;
	r->rows.gradient = gradient == NULL ? NULL : row_gradient;
	heads(r, arena, run, trace, sweep);
	if (r->segmented) {
		segments_back(r->segments, &user);
		return;
	}
	rnn_unpool(r->back, rnn_sweep_holds(sweep), zero == NULL ? NULL :
	    zero->back);
	for (size_t l = r->m->layers; l-- > 0; )
		rnn_back_backward(r->back, l, sweep);
	if (gradient != NULL && r->back->rows == NULL)
		give_gradients(r);
}

/* ---- states ---- */

const float *
passes_states(const struct passes *r, size_t layer, size_t i, size_t t)
{
	const struct rnn_back *b = r->back;

	if (r->segmented)
		return segments_states(r->segments, layer) + t * b->F;
	return b->y[layer].x + (b->off[t] + i) * b->F;
}

void
passes_ending(struct passes *r, size_t i, size_t t, float *h)
{
	const struct model *m = r->m;
	struct rnn_back *b = r->back;
	size_t top = m->layers - 1, GH = m->G * m->H;
	const struct rnn_pass *s = &b->pass[top][1];
	struct arena *arena = mem_arena();
	float *p = MEM_VECTOR(arena, GH, float);
	float *q = MEM_VECTOR(arena, GH, float);
	float *c = MEM_VECTOR(arena, m->H, float);
	float *gate = MEM_VECTOR(arena, b->K * m->H, float);

	if (top == 0) {
		const struct rnn_run *run = &r->run[b->order[i]];
		int32_t id = run->text.id[t];

		inputs_fill(r->inputs, 1, &id);
		set_input(r, 1, run, t, p);
	} else {
		packed_product(1, GH, b->F, passes_states(r, top - 1, i, t),
		    s->ih, p);
		packed_add(1, GH, s->bias, p);
	}
	memset(h, 0, m->H * sizeof *h);
	cells[m->cell].step(m->H, p, q, s->w->bias_hh, h, c, gate);
	mem_free(arena);
}
