/* SPDX-License-Identifier: ISC */
/*
 * The gradient of the mean loss of n texts.  With f [P] the features of a text,
 * z = W f + b its logits and y its gold class:
 *
 *     loss = 1/n sum over texts  -log p[y],       p = softmax(z)
 *     dz = (p - onehot(y)) / n;   with one row  dz = (sigmoid(z) - y) / n
 *     dW = sum dz f^T     db = sum dz     df = W^T dz
 *
 * back.h takes df through the layers and steps to dp and dq, the gradients of
 * p = W_ih x + b and of q = W_hh h_before.  The rest is sums of products:
 *
 *     dW_hh = sum over rows    dq h_before^T    db_hh = sum over rows    dq
 *     dW_ih = sum over inputs  dp x^T           db_ih = sum over inputs  dp
 *     dx = W_ih^T dp, the sum of both directions
 *
 * A row is one word of one text; back.h orders rows by step, longer texts
 * first.  Above the first layer an input is a row, and x is y of the layer
 * below.  In the first layer equal words have equal x and p, so an input is a
 * distinct word: p is computed once for it, and dp is summed over its rows.
 *
 *     texts     a b a c   b a             6 words, 3 of them distinct
 *     rows      a b | b a | a | c         steps 1, 2, 3, 4
 *     which     0 1 | 1 0 | 0 | 2         row -> distinct word
 *     id        a b c                     x, p, dp have 3 rows
 *
 * Dropout multiplies x, the outputs y between layers, and f by masks, each
 * element 0 or 1 / (1 - rate).  The gradient is multiplied by the same mask.
 *
 * Easy to get wrong: dp and dq differ where the step itself adds b_hh (the n
 * of a GRU), so db_ih and db_hh differ too.  The first step's rows have
 * h_before = 0; they add to db_hh, but not to dW_hh.  And z is in the order of
 * back.h, so the gold classes must follow it.
 */
#include "train/learner.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/crew.h"
#include "base/mem.h"
#include "math/lanes.h"
#include "math/product.h"
#include "math/random.h"
#include "rnn/back.h"
#include "rnn/pool.h"
#include "train/penalty.h"

struct learner {
	const struct model *m;
	const struct penalty *penalty;	/* or NULL */
	struct crew *crew;
	struct arena *arena;	/* of a batch's penalty */
	struct rnn_back *back;
	struct product *product;

	/* the batch's distinct words */
	size_t words;
	int32_t *id;		/* [words]; -1 is the zero vector */
	int32_t *slot;		/* [V + 1] distinct word of a row, or -1 */
	uint32_t *which[2];	/* [N] the distinct word of a row */
	size_t *y;		/* [n] gold classes, by length of text */
	size_t id_cap, which_cap[2], y_cap;

	struct rnn_buffer x, x_mask, dx, dx_reverse;	/* [words][D] */
	struct rnn_buffer y_mask[MODEL_LAYERS];	/* [N][F] */
	struct rnn_buffer f_mask;	/* [n][P] */
	struct rnn_buffer z;	/* [n][rows] logits; then their gradient */
};

/* ---- the learner and its gradients ---- */

struct learner *
learner_new(const struct model *m, const struct penalty *penalty,
    struct crew *crew)
{
	struct learner *r = mem_calloc(1, sizeof *r);
	int32_t *slot = mem_calloc(m->V + 1, sizeof *slot);

	for (size_t i = 0; i <= m->V; i++)
		slot[i] = -1;
	r->m = m;
	r->penalty = penalty;
	r->arena = mem_arena();
	r->crew = crew;
	r->back = rnn_back_new(m);
	r->back->crew = crew;
	r->product = product_new(crew);
	r->slot = slot;
	return r;
}

void
learner_free(struct learner *r)
{
	rnn_back_free(r->back);
	product_free(r->product);
	mem_free(r->arena);
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

struct learner_grad *
learner_grad_new(struct arena *arena, const struct model *m)
{
	struct learner_grad *g = MEM_NEW(arena, 1, struct learner_grad);
	struct model s = *m;

	parameters_allocate(arena, &s, false);
	memcpy(g->layer, s.layer, sizeof g->layer);
	g->weight = s.weight;
	g->bias = s.bias;
	return g;
}

size_t
learner_grad_parts(struct arena *arena, const struct model *m,
    const struct learner_grad *g, struct parameter part[])
{
	struct model s = *m;	/* its shapes, with g's numbers */

	memcpy(s.layer, g->layer, sizeof s.layer);
	s.weight = g->weight;
	s.bias = g->bias;
	s.embedding_data = NULL;
	return parameters_of(arena, &s, part);
}

/* ---- dropout ---- */

/* Multiply x [n] by a random mask, which is kept in mask; not if rate is 0. */
static void
drop(double rate, struct random *random, size_t n, float *x, float *mask)
{
	float scale = (float)(1.0 / (1.0 - rate));

	if (rate <= 0.0)
		return;
	for (size_t i = 0; i < n; i++) {
		mask[i] = (double)random_unit(random) < rate ? 0.0f : scale;
		x[i] *= mask[i];
	}
}

static void
drop_back(double rate, size_t n, const float *mask, float *dx)
{
	if (rate <= 0.0)
		return;
	for (size_t i = 0; i < n; i++)
		dx[i] *= mask[i];
}

/* ---- cross-entropy ---- */

/* One text: z is replaced by the gradient of its loss, times scale. */
static double
softmax_loss(size_t rows, float *z, size_t gold, double scale)
{
	double sum = 0.0, top = (double)z[0], at = (double)z[gold];

	/* without fmax: gcc 12 for AArch64 crashes on that loop */
	for (size_t k = 1; k < rows; k++)
		top = (double)z[k] > top ? (double)z[k] : top;
	for (size_t k = 0; k < rows; k++)
		sum += exp((double)z[k] - top);
	for (size_t k = 0; k < rows; k++)
		z[k] = (float)((exp((double)z[k] - top) / sum -
		    (k == gold ? 1.0 : 0.0)) * scale);
	return log(sum) + top - at;
}

static double
sigmoid_loss(float *z, size_t gold, double scale)
{
	double right = gold == 1 ? (double)*z : -(double)*z;
	double wrong = 1.0 / (1.0 + exp(right));	/* 1 - p[gold] */

	*z = (float)(scale * (gold == 1 ? -wrong : wrong));
	/* log(1 + exp(-right)), without overflow */
	return right > 0.0 ? log1p(exp(-right)) : log1p(exp(right)) - right;
}

/* Returns the mean loss; z [n][rows] is replaced by its gradient. */
static double
cross_entropy(size_t n, size_t rows, float *z, const size_t gold[])
{
	double loss = 0.0;

	for (size_t i = 0; i < n; i++, z += rows)
		loss += rows > 1 ?
		    softmax_loss(rows, z, gold[i], 1.0 / (double)n) :
		    sigmoid_loss(z, gold[i], 1.0 / (double)n);
	return loss / (double)n;
}

/* ---- the first layer's inputs ---- */

/* Number the distinct words of the batch, in the order of rows. */
static void
number_words(struct learner *r)
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

static void
embed(void *self, size_t part, size_t parts)
{
	const struct learner *r = self;
	size_t D = r->m->D, end = crew_begin(r->words, 1, part + 1, parts);

	for (size_t u = crew_begin(r->words, 1, part, parts); u < end; u++)
		model_embed(r->m, r->id[u], r->x.x + u * D);
}

/* The first layer's p = W_ih x, one for each distinct word. */
static void
input_products(struct learner *r, const struct learner_dropout *drops)
{
	const struct model *m = r->m;
	size_t GH = m->G * m->H, numbers = r->words * m->D;
	float *x = rnn_buffer_want(&r->x, numbers);

	crew_do(r->crew, embed, r);
	drop(drops->embedding, drops->random, numbers, x,
	    rnn_buffer_want(&r->x_mask, numbers));
	for (size_t d = 0; d < m->directions; d++) {
		struct rnn_pass *s = &r->back->pass[0][d];
		float *p = rnn_buffer_want(&s->p, r->words * GH);

		s->input = r->which[d];
		s->inputs = r->words;
		product_nt(r->product, r->words, GH, m->D, x,
		    s->w->weight_ih, s->bias, p);
	}
}

/* ---- from features to the loss, and the sums of gradients ---- */

/* g = the sums of the columns of a [n][m]. */
static void
column_sums(size_t n, size_t m, const float *a, float *g)
{
	memset(g, 0, m * sizeof *g);
	for (size_t i = 0; i < n; i++)
		lanes_add(m, a + i * m, g);
}

/* Logits, their loss, the gradients of W and b, and df. */
static double
head(struct learner *r, const size_t gold[],
    const struct learner_dropout *drops, struct learner_grad *g)
{
	const struct model *m = r->m;
	struct rnn_back *b = r->back;
	size_t n = b->n, P = b->P, rows = m->rows;
	float *f = b->f.x, *df = rnn_buffer_want(&b->df, n * P);
	float *z = rnn_buffer_want(&r->z, n * rows);
	double loss;

	drop(drops->readout, drops->random, n * P, f,
	    rnn_buffer_want(&r->f_mask, n * P));
	product_nt(r->product, n, rows, P, f, m->weight, m->bias, z);
	r->y = mem_grow(r->y, &r->y_cap, n, sizeof *r->y);
	for (size_t i = 0; i < n; i++)
		r->y[i] = gold[b->order[i]];
	loss = cross_entropy(n, rows, z, r->y);
	memset(g->bias, 0, rows * sizeof *g->bias);
	product_tn(r->product, rows, P, n, z, f, g->bias, g->weight);
	product_nn(r->product, n, P, rows, z, m->weight, df);
	drop_back(drops->readout, n * P, r->f_mask.x, df);
	return loss;
}

/* The gradients of one direction of a layer; x [inputs][in] are its inputs. */
static void
sum_pass(struct learner *r, const struct rnn_pass *s, const float *x,
    struct rnn_weights *g)
{
	const struct rnn_back *b = r->back;
	size_t H = b->m->H, GH = b->m->G * H;
	/* in the rows of the first step h_before is zero */
	size_t begun = b->steps > 0 ? b->off[1] : 0;
	bool linear = cells[b->m->cell].linear;

	/* a product adds its rows to the bias, too */
	if (!linear || cells[b->m->cell].own != NULL)
		column_sums(linear ? b->N : begun, GH, s->q.x, g->bias_hh);
	if (!linear)
		product_tn(r->product, GH, H, b->N - begun, s->q.x +
		    begun * GH, s->before.x + begun * H, g->bias_hh,
		    g->weight_hh);
	/* the rows of a second product have read x, which is zero there */
	if (s->second.rows > 0)
		product_tn(r->product, s->second.rows, H, b->N - begun,
		    s->dy.x + begun * H, s->x.x + begun * H, NULL,
		    g->weight_hh + (GH - s->second.rows) * H);
	memset(g->bias_ih, 0, GH * sizeof *g->bias_ih);
	product_tn(r->product, GH, g->in, s->inputs, s->dp.x, x, g->bias_ih,
	    g->weight_ih);
}

/* The gradients of a layer above the first; x is y of the layer below. */
static void
sum_upper(struct learner *r, size_t layer, struct learner_grad *g)
{
	const struct rnn_back *b = r->back;

	for (size_t d = 0; d < r->m->directions; d++)
		sum_pass(r, &b->pass[layer][d], b->y[layer - 1].x,
		    &g->layer[layer][d]);
}

/* dx [words][D] = the sum over directions of dp W_ih. */
static float *
embedding_gradients(struct learner *r, const struct learner_dropout *drops)
{
	const struct model *m = r->m;
	size_t GH = m->G * m->H, numbers = r->words * m->D;
	float *dx = rnn_buffer_want(&r->dx, numbers);

	for (size_t d = 0; d < m->directions; d++) {
		float *to = d == 0 ? dx : rnn_buffer_want(&r->dx_reverse,
		    numbers);

		product_nn(r->product, r->words, m->D, GH,
		    r->back->pass[0][d].dp.x, m->layer[0][d].weight_ih, to);
		if (d == 1)
			lanes_add(numbers, to, dx);
	}
	drop_back(drops->embedding, numbers, r->x_mask.x, dx);
	return dx;
}

double
learner_gradients(struct learner *r, size_t n,
    const struct rnn_text text[], const size_t gold[],
    const struct learner_dropout *drops, bool tuned, struct learner_grad *g)
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
			drop(drops->layer, drops->random, numbers,
			    b->y[l].x, rnn_buffer_want(&r->y_mask[l],
			    numbers));
	}
	rnn_pool(b);
	loss = head(r, gold, drops, g);
	if (r->penalty != NULL) {
		mem_reset(r->arena);
		loss += penalty_gradients(r->penalty, r->arena, b, g->weight);
	}
	rnn_unpool(b, false, NULL);
	for (size_t l = m->layers; l-- > 0; ) {
		rnn_back_backward(b, l, NULL);
		if (l == 0)
			break;
		sum_upper(r, l, g);
		drop_back(drops->layer, numbers, r->y_mask[l - 1].x,
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
