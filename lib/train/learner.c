/* SPDX-License-Identifier: ISC */
#include "train/learner.h"

#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "math/packed.h"
#include "math/product.h"
#include "rnn/back.h"
#include "train/dropout.h"
#include "train/loss.h"

struct rnn_learner {
	const struct model *m;
	struct rnn_back *back;
	struct product *product;

	/* the batch's distinct words */
	size_t words;
	int32_t *id;		/* [words]; -1 is the zero vector */
	int32_t *slot;		/* [V + 1] distinct word of a row, or -1 */
	uint32_t *which[2];	/* [N] distinct word that a row reads */
	size_t *y;		/* [n] gold classes, by length of text */
	size_t id_cap, which_cap[2], y_cap;

	struct rnn_buffer x, x_mask, dx, dx_reverse;	/* [words][D] */
	struct rnn_buffer y_mask[MODEL_LAYERS];	/* [N][F] */
	struct rnn_buffer f_mask;	/* [n][F] */
	struct rnn_buffer z;	/* [n][rows] logits; then their gradient */
};

struct rnn_learner *
rnn_learner_new(const struct model *m)
{
	struct rnn_learner *r = calloc(1, sizeof *r);
	int32_t *slot = malloc((m->V + 1) * sizeof *slot);

	if (r == NULL || slot == NULL)
		die("out of memory");
	for (size_t i = 0; i <= m->V; i++)
		slot[i] = -1;
	r->m = m;
	r->back = rnn_back_new(m);
	r->product = product_new();
	r->slot = slot;
	return r;
}

void
rnn_learner_free(struct rnn_learner *r)
{
	rnn_back_free(r->back);
	product_free(r->product);
	free(r->id);
	free(r->slot);
	free(r->which[0]);
	free(r->which[1]);
	free(r->y);
	free(r->x.x);
	free(r->x_mask.x);
	free(r->dx.x);
	free(r->dx_reverse.x);
	free(r->f_mask.x);
	free(r->z.x);
	for (size_t l = 0; l < r->m->layers; l++)
		free(r->y_mask[l].x);
	free(r);
}

struct rnn_grad *
rnn_grad_new(struct arena *arena, const struct model *m)
{
	struct rnn_grad *g = MEM_NEW(arena, 1, struct rnn_grad);
	struct model s = *m;

	parameters_allocate(arena, &s, false);
	memcpy(g->layer, s.layer, sizeof g->layer);
	g->weight = s.weight;
	g->bias = s.bias;
	return g;
}

size_t
rnn_grad_parts(struct arena *arena, const struct model *m,
    const struct rnn_grad *g, struct parameter part[])
{
	struct model s = *m;	/* its shapes, with g's numbers */

	memcpy(s.layer, g->layer, sizeof s.layer);
	s.weight = g->weight;
	s.bias = g->bias;
	s.embedding_data = NULL;
	return parameters_of(arena, &s, part);
}

/* Number the distinct words. */
static void
number_words(struct rnn_learner *r)
{
	const struct rnn_back *b = r->back;

	r->words = 0;
	r->id = mem_grow(r->id, &r->id_cap, b->N, sizeof *r->id);
	for (size_t d = 0; d < r->m->directions; d++)
		r->which[d] = mem_grow(r->which[d], &r->which_cap[d], b->N,
		    sizeof *r->which[d]);
	for (size_t t = 0; t < b->steps; t++)
		for (size_t row = b->off[t]; row < b->off[t + 1]; row++) {
			int32_t id = b->text[b->order[row - b->off[t]]].id[t];
			int32_t *slot = &r->slot[id + 1];

			if (*slot < 0) {
				*slot = (int32_t)r->words;
				r->id[r->words++] = id;
			}
			r->which[0][row] = (uint32_t)*slot;
		}
	for (size_t row = 0; r->m->directions == 2 && row < b->N; row++)
		r->which[1][row] = r->which[0][b->input[1][row]];
	for (size_t u = 0; u < r->words; u++)
		r->slot[r->id[u] + 1] = -1;
}

/* The first layer's p = W_ih x, one for each distinct word. */
static void
input_products(struct rnn_learner *r, const struct rnn_dropout *drops)
{
	const struct model *m = r->m;
	size_t GH = m->G * m->H, numbers = r->words * m->D;
	float *x = rnn_buffer_want(&r->x, numbers);

	for (size_t u = 0; u < r->words; u++)
		model_embed(m, r->id[u], x + u * m->D);
	dropout(drops->embedding, drops->random, numbers, x,
	    rnn_buffer_want(&r->x_mask, numbers));
	for (size_t d = 0; d < m->directions; d++) {
		struct rnn_pass *s = &r->back->pass[0][d];
		float *p = rnn_buffer_want(&s->p, r->words * GH);

		s->input = r->which[d];
		s->inputs = r->words;
		product_nt(r->product, r->words, GH, m->D, x,
		    s->w->weight_ih, p);
		packed_add(r->words, GH, s->bias, p);
	}
}

/* g = the sums of the columns of a [n][m]. */
static void
column_sums(size_t n, size_t m, const float *restrict a, float *restrict g)
{
	memset(g, 0, m * sizeof *g);
	for (size_t i = 0; i < n; i++, a += m)
		for (size_t j = 0; j < m; j++)
			g[j] += a[j];
}

/* Logits, loss, and what flows back from them to the features. */
static double
head(struct rnn_learner *r, const size_t gold[],
    const struct rnn_dropout *drops, struct rnn_grad *g)
{
	const struct model *m = r->m;
	struct rnn_back *b = r->back;
	size_t n = b->n, F = b->F, rows = m->rows;
	float *f = b->f.x, *df = rnn_buffer_want(&b->df, n * F);
	float *z = rnn_buffer_want(&r->z, n * rows);
	double loss;

	dropout(drops->readout, drops->random, n * F, f,
	    rnn_buffer_want(&r->f_mask, n * F));
	product_nt(r->product, n, rows, F, f, m->weight, z);
	r->y = mem_grow(r->y, &r->y_cap, n, sizeof *r->y);
	for (size_t i = 0; i < n; i++) {
		r->y[i] = gold[b->order[i]];
		for (size_t k = 0; k < rows; k++)
			z[i * rows + k] += m->bias[k];
	}
	loss = loss_cross_entropy(n, rows, z, r->y);
	column_sums(n, rows, z, g->bias);
	product_tn(r->product, rows, F, n, z, f, g->weight);
	product_nn(r->product, n, F, rows, z, m->weight, df);
	dropout_back(drops->readout, n * F, r->f_mask.x, df);
	return loss;
}

/* The gradients of one direction of a layer; x [inputs][in] is what it read. */
static void
sum_pass(struct rnn_learner *r, const struct rnn_pass *s, const float *x,
    struct rnn_weights *g)
{
	const struct rnn_back *b = r->back;
	size_t H = b->m->H, GH = b->m->G * H;
	/* at the first step the state before is zero */
	size_t begun = b->steps > 0 ? b->off[1] : 0;

	product_tn(r->product, GH, H, b->N - begun, s->q.x + begun * GH,
	    s->before.x + begun * H, g->weight_hh);
	product_tn(r->product, GH, g->in, s->inputs, s->dp.x, x,
	    g->weight_ih);
	column_sums(b->N, GH, s->q.x, g->bias_hh);
	column_sums(s->inputs, GH, s->dp.x, g->bias_ih);
}

/* The gradients of a layer above the first, which read y of the one below. */
static void
sum_upper(struct rnn_learner *r, size_t layer, struct rnn_grad *g)
{
	const struct rnn_back *b = r->back;

	for (size_t d = 0; d < r->m->directions; d++)
		sum_pass(r, &b->pass[layer][d], b->y[layer - 1].x,
		    &g->layer[layer][d]);
}

/* dx [words][D] = the sum over directions of dp W_ih. */
static float *
embedding_gradients(struct rnn_learner *r, const struct rnn_dropout *drops)
{
	const struct model *m = r->m;
	size_t GH = m->G * m->H, numbers = r->words * m->D;
	float *dx = rnn_buffer_want(&r->dx, numbers);

	for (size_t d = 0; d < m->directions; d++) {
		float *to = d == 0 ? dx : rnn_buffer_want(&r->dx_reverse,
		    numbers);

		product_nn(r->product, r->words, m->D, GH,
		    r->back->pass[0][d].dp.x, m->layer[0][d].weight_ih, to);
		for (size_t i = 0; d == 1 && i < numbers; i++)
			dx[i] += to[i];
	}
	dropout_back(drops->embedding, numbers, r->x_mask.x, dx);
	return dx;
}

double
rnn_learner_gradients(struct rnn_learner *r, size_t n,
    const struct rnn_text text[], const size_t gold[],
    const struct rnn_dropout *drops, bool tuned, struct rnn_grad *g)
{
	const struct model *m = r->m;
	struct rnn_back *b = r->back;
	size_t numbers;
	double loss;

	rnn_back_pack(b);
	rnn_back_lay_out(b, n, text);
	number_words(r);
	input_products(r, drops);
	numbers = b->N * b->F;
	for (size_t l = 0; l < m->layers; l++) {
		rnn_back_forward(b, l);
		if (l + 1 < m->layers)
			dropout(drops->layer, drops->random, numbers,
			    b->y[l].x, rnn_buffer_want(&r->y_mask[l],
			    numbers));
	}
	rnn_back_pool(b);
	loss = head(r, gold, drops, g);
	rnn_back_unpool(b);
	for (size_t l = m->layers; l-- > 0; ) {
		rnn_back_backward(b, l);
		if (l == 0)
			break;
		sum_upper(r, l, g);
		dropout_back(drops->layer, numbers, r->y_mask[l - 1].x,
		    b->dy[l - 1].x);
	}
	for (size_t d = 0; d < m->directions; d++)
		sum_pass(r, &b->pass[0][d], r->x.x, &g->layer[0][d]);

	g->words = r->words;
	g->id = r->id;
	g->embedding = NULL;
	if (tuned)
		g->embedding = embedding_gradients(r, drops);
	return loss;
}
