/* SPDX-License-Identifier: ISC */
/*
 * The forward pass of a batch.
 *
 *     p = W_ih x + b        q = W_hh h_before
 *     h, c, gate = step(p, q, h_before, c_before)        cell.h
 *
 * If the cell has a second product (second.h), it completes q.
 *
 * p does not depend on earlier steps, so it is computed before the steps: in
 * the first layer once for each distinct word (the memo keeps it for later
 * batches), above it as one product over all words of the batch.  A step
 * computes q and the rest.
 *
 * Lockstep.  A step reads one word of each text, so q is one product over the
 * texts.  They are sorted, longest first: three texts a, b, c of 2, 4, 2 words
 *
 *     step      0       1       2   3        order = b a c
 *     row       0 1 2   0 1 2   0   0        active = 3 3 1 1
 *     text      b a c   b a c   b   b
 *
 * The rows h [n][H] are updated in place.  A text that has ended is a row after
 * the active ones: it is no longer touched, so its h stays the final state, and
 * padding is never computed.
 *
 *     in[w]      p of word w; words of all texts are numbered one after the
 *                other (lockstep.h)
 *     h [n][H]   states by row, in the order of the lockstep
 *     results    where h of each step goes: by word, to the layer above or to
 *                pooling; in the top layer also S, A, O, gates, to the traces
 *
 * The order of the work: layers from below, the directions of a layer one after
 * the other, then the head (head.h) text by text.
 *
 * Easy to get wrong: direction 1 reads the words from the end, but everything
 * that is stored by word or in a trace is in text order.  With pooling last the
 * feature of direction 1 is its state after the first word.  The memo may move
 * a row to another word at the next rnn_words, so in[] is valid for one batch.
 */
#include "rnn/forward.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "math/packed.h"
#include "rnn/head.h"
#include "rnn/inputs.h"
#include "rnn/lockstep.h"
#include "rnn/second.h"

/* The weights of one direction of a layer, ready for products. */
struct ready {
	float *hh;		/* W_hh [G H][H], packed; NULL if linear */
	float *ih;		/* W_ih [G H][in], packed */
	float *bias;		/* [G H] inputs_bias */
	struct second second;
};

struct rnn {
	struct model *m;
	struct arena *arena;	/* of layer */
	struct ready layer[MODEL_LAYERS][2];
	struct inputs *inputs;	/* of the first layer */
};

static void
pack(struct rnn *r)
{
	const struct model *m = r->m;
	size_t GH = m->G * m->H;

	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++) {
			const struct rnn_weights *w = &m->layer[l][d];
			struct ready *p = &r->layer[l][d];

			if (!cells[m->cell].linear)
				packed_make(GH, m->H, w->weight_hh, p->hh);
			packed_make(GH, w->in, w->weight_ih, p->ih);
			inputs_bias(m, w, p->bias);
			second_pack(&p->second, w->weight_hh);
		}
}

struct rnn *
rnn_new(struct model *m)
{
	struct rnn *r = mem_calloc(1, sizeof *r);
	size_t GH = m->G * m->H;

	r->m = m;
	r->arena = mem_arena();
	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++) {
			struct ready *p = &r->layer[l][d];

			if (!cells[m->cell].linear)
				p->hh = MEM_VECTOR(r->arena,
				    packed_size(GH, m->H), float);
			p->ih = MEM_VECTOR(r->arena, packed_size(GH,
			    m->layer[l][d].in), float);
			p->bias = MEM_VECTOR(r->arena, GH, float);
			second_new(&p->second, r->arena, m);
		}
	pack(r);
	r->inputs = inputs_new(m, true);
	return r;
}

void
rnn_free(struct rnn *r)
{
	inputs_free(r->inputs);
	mem_free(r->arena);
	free(r);
}

struct model *
rnn_model(const struct rnn *r)
{
	return r->m;
}

void
rnn_forget(struct rnn *r)
{
	pack(r);
	inputs_pack(r->inputs);
}

/* ---- parts ---- */

void
rnn_words(struct rnn *r, size_t n, const int32_t id[])
{
	inputs_fill(r->inputs, n, id);
}

const float *
rnn_word(const struct rnn *r, size_t d, int32_t id)
{
	return inputs_of(r->inputs, d, id);
}

void
rnn_inputs(const struct rnn *r, size_t layer, size_t d, size_t n,
    const float *x, float *p)
{
	const struct ready *w = &r->layer[layer][d];
	size_t GH = r->m->G * r->m->H;

	packed_product(n, GH, r->m->directions * r->m->H, x, w->ih, p);
	packed_add(n, GH, w->bias, p);
}

void
rnn_recurrent(const struct rnn *r, size_t layer, size_t d, size_t n,
    const float *h, float *q)
{
	if (!cells[r->m->cell].linear)
		packed_product(n, r->m->G * r->m->H, r->m->H, h,
		    r->layer[layer][d].hh, q);
}

void
rnn_second(const struct rnn *r, size_t layer, size_t d, size_t n,
    const float *const p[], const float *h, float *x, float *y, float *q)
{
	second_product(&r->layer[layer][d].second, n, p, h, x, y, q);
}

void
rnn_cell(const struct rnn *r, size_t layer, size_t d, const float *p,
    const float *q, float *h, float *c, float *gate)
{
	cells[r->m->cell].step(r->m->H, p, q, r->m->layer[layer][d].bias_hh, h,
	    c, gate);
}

/* ---- one direction of one layer ---- */

/* Where the results of a step go; h and trace may be NULL. */
struct results {
	float *h;		/* [words of all texts][stride], H at each */
	size_t stride;
	struct trace *trace;	/* [n] S, A, O and gate of direction d */
	size_t d;
};

static void
record(const struct model *m, const struct results *to, size_t text, size_t t,
    size_t word, const float *h, const float *gate)
{
	const struct cell_kind *cell = &cells[m->cell];
	size_t H = m->H, bytes = H * sizeof *h;

	if (to->h != NULL)
		memcpy(to->h + word * to->stride, h, bytes);
	if (to->trace == NULL)
		return;

	struct direction *dir = &to->trace[text].direction[to->d];

	memcpy(dir->S + t * H, cell->S == CELL_NO_ROW ? h :
	    gate + (size_t)cell->S * H, bytes);
	memcpy(dir->A + t * H, gate + (size_t)cell->A * H, bytes);
	if (cell->O != CELL_NO_ROW)
		memcpy(dir->O + t * H, gate + (size_t)cell->O * H, bytes);
}

/*
 * Run one direction of a layer; in[w] [G H] is p of word w.  Returns the final
 * states [n][H], in the order of the lockstep.
 */
static const float *
run_direction(const struct rnn *r, struct arena *arena, size_t layer, size_t d,
    const struct lockstep *s, const float *const *in,
    const struct results *to)
{
	const struct model *m = r->m;
	size_t H = m->H, GH = m->G * H;
	size_t K = cells[m->cell].K;
	float *h = MEM_VECTOR(arena, s->n * H, float);
	float *c = MEM_VECTOR(arena, s->n * H, float);
	float *q = MEM_VECTOR(arena, s->n * GH, float);
	float *scratch = MEM_VECTOR(arena, K * H, float);
	const float **p = MEM_NEW(arena, s->n, const float *);
	bool second = cells[m->cell].second < m->G;
	float *x = MEM_VECTOR(arena, second ? s->n * H : 0, float);
	float *y = MEM_VECTOR(arena, second ? s->n * H : 0, float);
	size_t active = s->n;

	for (size_t step = 0; step < s->longest; step++) {
		active = lockstep_active(s, step, active);
		/* The inputs are rows from all over the memo, which is larger
		 * than the near caches: prefetch them while the product runs.
		 * (GCC drops this in a function of its own.) */
		for (size_t i = 0; i < active; i++) {
			p[i] = in[lockstep_word(s, d, s->order[i], step)];
			for (size_t j = 0; j < GH; j += 64 / sizeof **p)
				__builtin_prefetch(p[i] + j);
		}
		/* before the first step h is 0, and so is W_hh h */
		if (step > 0)
			rnn_recurrent(r, layer, d, active, h, q);
		if (step > 0 && second)
			rnn_second(r, layer, d, active, p, h, x, y, q);
		for (size_t i = 0; i < active; i++) {
			size_t k = s->order[i];
			size_t word = lockstep_word(s, d, k, step);
			size_t t = word - s->offset[k];
			float *gate = scratch;

			if (to->trace != NULL &&
			    to->trace[k].direction[d].gate != NULL)
				gate = to->trace[k].direction[d].gate +
				    t * K * H;
			rnn_cell(r, layer, d, p[i], q + i * GH, h + i * H,
			    c + i * H, gate);
			record(m, to, k, t, word, h + i * H, gate);
		}
	}
	return h;
}

/* ---- the whole ---- */

/* Fill in what the model knows, and make room for the numbers wanted. */
static void
prepare(const struct model *m, const float *bias, struct arena *arena,
    size_t T, enum rnn_want want, struct trace *trace)
{
	head_trace(m, bias, arena, T, trace);
	for (size_t d = 0; d < m->directions; d++) {
		struct direction *dir = &trace->direction[d];

		if (pooling_has(&m->pooling, POOLING_MAX))
			dir->argmax = MEM_NEW(arena, m->H, uint32_t);
		if (want == RNN_LOGITS)
			continue;
		dir->S = MEM_VECTOR(arena, T * m->H, float);
		dir->A = MEM_VECTOR(arena, T * m->H, float);
		if (cells[m->cell].O != CELL_NO_ROW)
			dir->O = MEM_VECTOR(arena, T * m->H, float);
		if (pooling_has(&m->pooling, POOLING_ATTENTION))
			dir->M = MEM_VECTOR(arena, T * m->H, float);
		if (want == RNN_GATES)
			dir->gate = MEM_VECTOR(arena, T * m->H *
			    cells[m->cell].K, float);
	}
}

/* Set in[w] for the first layer: rows of the memo. */
static void
inputs_of_words(const struct rnn *r, const struct lockstep *s, size_t d,
    const float **in)
{
	for (size_t w = 0; w < s->words; w++)
		in[w] = rnn_word(r, d, s->id[w]);
}

/* Set in[w] for a layer above: a product with all h of the layer below. */
static void
inputs_of_states(const struct rnn *r, struct arena *arena, size_t layer,
    size_t d, size_t words, const float *h, const float **in)
{
	size_t GH = r->m->G * r->m->H;
	float *p = MEM_VECTOR(arena, words * GH, float);

	rnn_inputs(r, layer, d, words, h, p);
	for (size_t w = 0; w < words; w++)
		in[w] = p + w * GH;
}

void
rnn_forward(struct rnn *r, struct arena *arena, size_t n,
    const struct rnn_text text[], enum rnn_want want, struct trace trace[])
{
	const struct model *m = r->m;
	size_t H = m->H, F = m->directions * H;
	struct lockstep s = lockstep_of(arena, n, text);
	const float **in = MEM_NEW(arena, s.words, const float *);
	size_t P = model_features(m);
	float *feature = MEM_VECTOR(arena, n * P, float), *h = NULL;
	bool last_only = pooling_is(&m->pooling, POOLING_LAST);
	struct stacked *zero = head_run(m, arena, NULL), *values;
	const float *bias = head_bias(m, arena, zero);

	for (size_t i = 0; i < n; i++)
		prepare(m, bias, arena, text[i].T, want, &trace[i]);
	rnn_words(r, s.words, s.id);
	for (size_t i = 0; i < n; i++)
		inputs_faults(r->inputs, &text[i], &trace[i]);
	for (size_t l = 0; l < m->layers; l++) {
		bool top = l + 1 == m->layers;
		float *above = top && last_only ? NULL :
		    MEM_VECTOR(arena, s.words * F, float);

		for (size_t d = 0; d < m->directions; d++) {
			struct results to = {
				.h = above == NULL ? NULL : above + d * H,
				.stride = F, .d = d,
				.trace = top && want != RNN_LOGITS ? trace :
				    NULL,
			};
			const float *last;

			if (l == 0)
				inputs_of_words(r, &s, d, in);
			else
				inputs_of_states(r, arena, l, d, s.words, h,
				    in);
			last = run_direction(r, arena, l, d, &s, in, &to);
			for (size_t i = 0; top && last_only && i < n; i++)
				memcpy(feature + s.order[i] * F + d * H,
				    last + i * H, H * sizeof *last);
		}
		h = above;
	}
	values = head_values(m, arena);
	for (size_t i = 0; i < n; i++) {
		if (!last_only)
			head_pool(m, text[i].T, h + s.offset[i] * F,
			    &trace[i], feature + i * P);
		head_classify(m, values, feature + i * P, &trace[i]);
		if (want != RNN_LOGITS)
			head_linearise(m, arena, zero, values, &trace[i]);
	}
}
