/* SPDX-License-Identifier: ISC */
/*
 * Many variants of a text share their beginnings, so they share steps.
 *
 * The variants are sorted by their words, so that those with the same beginning
 * lie side by side, as in a trie whose nodes are beginnings.  The walk goes
 * down one word a step and keeps a row of states for each node, not for each
 * text:
 *
 *     text          step 0   1      2       shared   node at step 0, 1, 2
 *     a bad         a        bad    (end)   0        0  0
 *     a bad film    a        bad    film    2        0  0  0
 *     a film        a        film           1        0  1
 *     bad film      bad      film           0        1  2
 *
 * Texts 0 to 2 have one node at step 0: the word "a" is read once.  For the T
 * variants of a text that lack one word each, about T^2 / 2 steps are computed
 * instead of T^2.
 *
 *     shared     number of words at the beginning that equal those of the text
 *                before it
 *     node[i]    the node of text i at the step before
 *     parent     the nodes of the step before that continue, each once,
 *                ascending
 *     from[j]    the index in parent of node j's parent
 *
 * branch() makes the nodes of step k: a text begins a new node if it shares at
 * most k words with the text before it.  keep_parents() moves the states of the
 * parents to the front, so that W_hh h is one product of their rows; then
 * rnn_cell makes the states of each node from those of its parent.
 *
 * Easy to get wrong: keep_parents works in place, which is right only because
 * the parents ascend.  The nodes of step k exist during step k alone, so
 * read_out takes the features of a text at its last step.  In a bidirectional
 * model the upper layers read both directions of the layer below, and a
 * beginning has only one: such models run each variant whole (run_unshared),
 * and so do those with attention, whose weights depend on all words.
 * Mean and maximum are taken along the path, in double, as in head.h.
 */
#include "rnn/variants.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "rnn/head.h"

enum {
	SLICE = 512,		/* texts of one walk */
	UNSHARED = 120,		/* texts of one call of rnn_forward */
};

struct variants {
	struct rnn *rnn;
	struct arena *arena, *slice;
};

/* A text, its words in the order in which a direction reads them. */
struct reading {
	const int32_t *id;	/* [T] */
	size_t T;
	size_t text;		/* its index among the n of variants_run */
	size_t shared;		/* words in common with the text before it */
};

/* The states of a layer at one step, a row for each node, and room for those of
 * the next step. */
struct states {
	float *h, *c;		/* [nodes][H]; c if the cell has it */
	float *next_h, *next_c;
};

/* One direction over a slice of sorted texts; a node is a beginning. */
struct walk {
	struct rnn *rnn;
	const struct model *m;
	size_t d, n;
	const struct reading *text;	/* [n] */
	size_t *node;		/* [n] the node of a text, or where it ended */
	size_t nodes, parents;
	size_t *parent;		/* [parents] nodes of the step before */
	size_t *from;		/* [nodes] index in parent */
	int32_t *id;		/* [nodes] the last word of the beginning */
	struct states layer[MODEL_LAYERS];
	float *p, *q, *gate;	/* [nodes][G H], [parents][G H], [K][H] */
	const float **in;	/* [nodes] the input of the step */
	float *x, *y;		/* [nodes][H] if there is a second product */
	double *pool, *next_pool;	/* [nodes][parts][H] sum or maximum so
					 * far, or what end reads */
	float *feature;		/* [all texts][P] the result */
};

struct variants *
variants_new(struct rnn *r)
{
	struct variants *v = mem_calloc(1, sizeof *v);

	v->rnn = r;
	v->arena = mem_arena();
	v->slice = mem_arena();
	return v;
}

void
variants_free(struct variants *v)
{
	mem_free(v->arena);
	mem_free(v->slice);
	free(v);
}

/* ---- sorting ---- */

static size_t
common(const struct reading *a, const struct reading *b)
{
	size_t k = 0;

	while (k < a->T && k < b->T && a->id[k] == b->id[k])
		k++;
	return k;
}

static int
by_words(const void *a, const void *b)
{
	const struct reading *x = a, *y = b;
	size_t k = common(x, y);

	if (k < x->T && k < y->T)
		return x->id[k] < y->id[k] ? -1 : 1;
	return (x->T > y->T) - (x->T < y->T);
}

/* The texts as direction d reads them, sorted. */
static struct reading *
sort(struct arena *arena, size_t d, size_t n, const struct rnn_text text[])
{
	struct reading *r = MEM_NEW(arena, n, struct reading);

	for (size_t i = 0; i < n; i++) {
		int32_t *id;

		r[i] = (struct reading){text[i].id, text[i].T, i, 0};
		if (d == 0)
			continue;
		id = MEM_NEW(arena, text[i].T, int32_t);
		for (size_t t = 0; t < text[i].T; t++)
			id[t] = text[i].id[text[i].T - 1 - t];
		r[i].id = id;
	}
	qsort(r, n, sizeof *r, by_words);
	for (size_t i = 1; i < n; i++)
		r[i].shared = common(&r[i - 1], &r[i]);
	return r;
}

/* ---- walking ---- */

/* Make the nodes of step k: the distinct beginnings of k + 1 words. */
static void
branch(struct walk *w, size_t k)
{
	w->nodes = w->parents = 0;
	for (size_t i = 0; i < w->n; i++) {
		const struct reading *r = &w->text[i];

		if (r->T <= k)
			continue;
		/* the text before may have ended, and then shared <= k; in
		 * this order no earlier text shares more than it does */
		if (w->nodes == 0 || r->shared <= k) {
			if (w->parents == 0 ||
			    w->parent[w->parents - 1] != w->node[i])
				w->parent[w->parents++] = w->node[i];
			w->from[w->nodes] = w->parents - 1;
			w->id[w->nodes++] = r->id[k];
		}
		w->node[i] = w->nodes - 1;
	}
}

/* Move the parents' rows to the front, in place: parent[i] >= i. */
static void
keep_parents(const struct walk *w, float *row)
{
	size_t H = w->m->H;

	for (size_t i = 0; row != NULL && i < w->parents; i++)
		if (w->parent[i] != i)
			memcpy(row + i * H, row + w->parent[i] * H,
			    H * sizeof *row);
}

/* The second product is of a node, not of its parent: from[j] <= j. */
static void
second(struct walk *w, size_t l)
{
	size_t GH = w->m->G * w->m->H;

	for (size_t j = w->nodes; j-- > 0; ) {
		if (w->from[j] != j)
			memcpy(w->q + j * GH, w->q + w->from[j] * GH,
			    GH * sizeof *w->q);
	}
	rnn_second(w->rnn, l, w->d, w->nodes, w->in, w->layer[l].next_h, w->x,
	    w->y, w->q);
}

/* One step of layer l: from the states of the parents to those of the nodes. */
static void
step(struct walk *w, size_t l)
{
	struct states *s = &w->layer[l], old = *s;
	size_t H = w->m->H, GH = w->m->G * H;

	keep_parents(w, s->h);
	keep_parents(w, s->c);
	rnn_recurrent(w->rnn, l, w->d, w->parents, s->h, w->q);
	if (l > 0)
		rnn_inputs(w->rnn, l, w->d, w->nodes, w->layer[l - 1].h, w->p);
	for (size_t j = 0; j < w->nodes; j++) {
		w->in[j] = l > 0 ? w->p + j * GH : rnn_word(w->rnn, w->d,
		    w->id[j]);
		memcpy(s->next_h + j * H, s->h + w->from[j] * H,
		    H * sizeof *s->h);
		if (s->c != NULL)
			memcpy(s->next_c + j * H, s->c + w->from[j] * H,
			    H * sizeof *s->c);
	}
	if (w->x != NULL)
		second(w, l);
	for (size_t j = 0; j < w->nodes; j++)
		rnn_cell(w->rnn, l, w->d, w->in[j], w->q + (w->x != NULL ? j :
		    w->from[j]) * GH, s->next_h + j * H, s->c == NULL ? NULL :
		    s->next_c + j * H, w->gate);
	*s = (struct states){old.next_h, old.next_c, old.h, old.c};
}

/* The pool of a part after step k, from that before the step, and h [H]. */
static void
pool_step(const struct walk *w, enum pooling_kind part, size_t k,
    const double *before, const float *h, double *to)
{
	for (size_t i = 0; i < w->m->H; i++) {
		double x = (double)h[i];

		if (part == POOLING_MEAN)
			to[i] = before[i] + x;
		else if (part == POOLING_MAX)
			to[i] = x > before[i] ? x : before[i];
		else	/* end reads the first step of direction 1 */
			to[i] = part == POOLING_END && w->d == 1 && k > 0 ?
			    before[i] : x;
	}
}

/* Add the h of step k to the pool of each node's path. */
static void
pool(struct walk *w, size_t k)
{
	size_t H = w->m->H, n = w->m->pooling.n;
	const float *h = w->layer[w->m->layers - 1].h;
	double *swap = w->pool;

	for (size_t j = 0; j < w->nodes; j++)
		for (size_t i = 0; i < n; i++)
			pool_step(w, w->m->pooling.part[i], k, w->pool +
			    (w->parent[w->from[j]] * n + i) * H, h + j * H,
			    w->next_pool + (j * n + i) * H);
	w->pool = w->next_pool;
	w->next_pool = swap;
}

/* Set the features of the texts whose last step is k. */
static void
read_out(struct walk *w, size_t k)
{
	const struct pooling *pooling = &w->m->pooling;
	size_t H = w->m->H, F = w->m->directions * H, n = pooling->n;
	const float *h = w->layer[w->m->layers - 1].h;

	for (size_t i = 0; i < w->n; i++) {
		float *to = w->feature + w->text[i].text * n * F + w->d * H;

		if (w->text[i].T != k + 1)
			continue;
		if (pooling_is(pooling, POOLING_LAST)) {
			memcpy(to, h + w->node[i] * H, H * sizeof *to);
			continue;
		}
		for (size_t p = 0; p < n; p++, to += F) {
			const double *pool = w->pool + (w->node[i] * n + p) *
			    H;
			bool mean = pooling->part[p] == POOLING_MEAN;

			for (size_t j = 0; j < H; j++)
				to[j] = (float)(mean ? pool[j] /
				    (double)(k + 1) : pool[j]);
		}
	}
}

/* Make room for a slice of n texts; row 0 is the empty beginning: zero. */
static void
make_room(struct walk *w, struct arena *arena)
{
	size_t H = w->m->H, GH = w->m->G * H, n = w->n, parts;

	w->node = MEM_NEW(arena, n, size_t);
	w->parent = MEM_NEW(arena, n, size_t);
	w->from = MEM_NEW(arena, n, size_t);
	w->id = MEM_NEW(arena, n, int32_t);
	for (size_t l = 0; l < w->m->layers; l++) {
		struct states *s = &w->layer[l];

		s->h = MEM_VECTOR(arena, n * H, float);
		s->next_h = MEM_VECTOR(arena, n * H, float);
		if (!cells[w->m->cell].has_c)
			continue;
		s->c = MEM_VECTOR(arena, n * H, float);
		s->next_c = MEM_VECTOR(arena, n * H, float);
	}
	if (w->m->layers > 1)
		w->p = MEM_VECTOR(arena, n * GH, float);
	w->q = MEM_VECTOR(arena, n * GH, float);
	w->gate = MEM_VECTOR(arena, cells[w->m->cell].K * H, float);
	w->in = MEM_NEW(arena, n, const float *);
	if (cells[w->m->cell].second < w->m->G) {
		w->x = MEM_VECTOR(arena, n * H, float);
		w->y = MEM_VECTOR(arena, n * H, float);
	}
	if (pooling_is(&w->m->pooling, POOLING_LAST))
		return;
	parts = w->m->pooling.n;
	w->pool = MEM_VECTOR(arena, n * parts * H, double);
	w->next_pool = MEM_VECTOR(arena, n * parts * H, double);
	for (size_t i = 0; i < parts * H; i++)
		w->pool[i] = w->m->pooling.part[i / H] == POOLING_MAX ?
		    -HUGE_VAL : 0;
}

static void
walk_slice(struct variants *v, size_t d, size_t n, const struct reading text[],
    float *feature)
{
	struct walk w = {.rnn = v->rnn, .m = rnn_model(v->rnn), .d = d,
	    .n = n, .text = text, .feature = feature};
	size_t longest = 0;

	mem_reset(v->slice);
	make_room(&w, v->slice);
	for (size_t i = 0; i < n; i++)
		longest = text[i].T > longest ? text[i].T : longest;
	for (size_t k = 0; k < longest; k++) {
		branch(&w, k);
		for (size_t l = 0; l < w.m->layers; l++)
			step(&w, l);
		if (!pooling_is(&w.m->pooling, POOLING_LAST))
			pool(&w, k);
		read_out(&w, k);
	}
}

/* ---- the whole ---- */

/* A trace whose logits and probabilities are those of text i. */
static struct trace
results(const struct model *m, size_t i, float *logit, float *probability)
{
	return (struct trace){.C = m->C, .rows = m->rows,
	    .multilabel = m->multilabel,
	    .logit = logit + i * m->rows,
	    .probability = probability + i * m->C};
}

static void
run_shared(struct variants *v, size_t n, const struct rnn_text text[],
    float *logit, float *probability)
{
	const struct model *m = rnn_model(v->rnn);
	size_t P = model_features(m), words = 0;
	float *feature = MEM_VECTOR(v->arena, n * P, float);
	struct stacked *values;
	int32_t *id;

	for (size_t i = 0; i < n; i++)
		words += text[i].T;
	id = MEM_NEW(v->arena, words, int32_t);
	words = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t t = 0; t < text[i].T; t++)
			id[words++] = text[i].id[t];
	rnn_words(v->rnn, words, id);
	for (size_t d = 0; d < m->directions; d++) {
		struct reading *r = sort(v->arena, d, n, text);

		for (size_t i = 0; i < n; i += SLICE)
			walk_slice(v, d, n - i < SLICE ? n - i : SLICE, r + i,
			    feature);
	}
	values = head_values(m, v->arena);
	for (size_t i = 0; i < n; i++) {
		struct trace to = results(m, i, logit, probability);

		head_classify(m, values, feature + i * P, &to);
	}
}

static void
run_unshared(struct variants *v, size_t n, const struct rnn_text text[],
    float *logit, float *probability)
{
	const struct model *m = rnn_model(v->rnn);
	struct trace trace[UNSHARED];

	for (size_t i = 0; i < n; i += UNSHARED) {
		size_t some = n - i < UNSHARED ? n - i : UNSHARED;

		mem_reset(v->slice);
		rnn_forward(v->rnn, v->slice, some, text + i, RNN_LOGITS,
		    trace);
		for (size_t k = 0; k < some; k++) {
			struct trace to = results(m, i + k, logit,
			    probability);

			memcpy(to.logit, trace[k].logit,
			    m->rows * sizeof *to.logit);
			memcpy(to.probability, trace[k].probability,
			    m->C * sizeof *to.probability);
		}
	}
}

void
variants_run(struct variants *v, size_t n, const struct rnn_text text[],
    float *logit, float *probability)
{
	const struct model *m = rnn_model(v->rnn);

	mem_reset(v->arena);
	if ((m->directions > 1 && m->layers > 1) ||
	    pooling_has(&m->pooling, POOLING_ATTENTION))
		run_unshared(v, n, text, logit, probability);
	else
		run_shared(v, n, text, logit, probability);
}
