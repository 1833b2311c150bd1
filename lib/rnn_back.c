/* SPDX-License-Identifier: ISC */
#include "rnn_back.h"

#include <stdlib.h>
#include <string.h>

#include "blas.h"
#include "dropout.h"
#include "err.h"
#include "lanes.h"
#include "loss.h"
#include "mem.h"

/* Memory that lasts from batch to batch, so that no page is asked for twice. */
struct buffer {
	float *p;
	size_t cap;
};

/* One direction's cache of a forward pass.  K gates: TRACE_*_GATES. */
struct pass {
	struct buffer p;	/* [words][G H] W_ih x, biases added */
	struct buffer h;	/* [N][H] */
	struct buffer before;	/* [N][H] h of the step before */
	struct buffer c;	/* [N][H] LSTM: the cell */
	struct buffer gate;	/* [N][K][H] */
	struct buffer q;	/* [N][G H] W_hh before; then its gradient */
	struct buffer dp;	/* [words][G H] */
	struct buffer across;	/* [H][G H] W_hh transposed */
	uint32_t *word;		/* [N] which distinct word a row reads */
	size_t word_cap;
};

struct rnn_back {
	const struct model *model;
	size_t K;

	/* the batch */
	size_t n, N, steps;	/* texts, rows, steps of the longest text */
	size_t *order;		/* [n] texts, longest first */
	size_t *y;		/* [n] their gold classes, in that order */
	size_t order_cap, y_cap;
	size_t *off;		/* [steps + 1] first row of each step */
	size_t off_cap;
	int32_t *slot;		/* [V + 1] distinct word of a row, or -1 */
	size_t words;
	int32_t *id;		/* [words]; -1 is the zero vector */
	size_t id_cap;

	struct buffer x;	/* [words][D] */
	struct buffer x_mask;	/* [words][D] dropout: 0 or 1 / (1 - p) */
	struct buffer dx;	/* [words][D] */
	struct pass pass[2];
	struct buffer f;	/* [n][directions H] the readouts */
	struct buffer f_mask;
	struct buffer df;
	struct buffer z;	/* [n][rows] logits; then their gradient */
	struct buffer dh, dc;	/* [n][H] */
	struct buffer zero;	/* [H] */
};

static float *
want(struct buffer *b, size_t n)
{
	b->p = mem_grow(b->p, &b->cap, n, sizeof *b->p);
	return b->p;
}

struct rnn_back *
rnn_back_new(const struct model *m)
{
	struct rnn_back *r = calloc(1, sizeof *r);
	int32_t *slot = malloc((m->V + 1) * sizeof *slot);

	if (r == NULL || slot == NULL)
		die("out of memory");
	if (m->layers != 1 || m->pooling != POOLING_LAST)
		die("only models of one layer that read the last state can be "
		    "trained");
	for (size_t i = 0; i <= m->V; i++)
		slot[i] = -1;
	r->model = m;
	r->slot = slot;
	memset(want(&r->zero, m->H), 0, m->H * sizeof(float));
	r->K = m->cell == CELL_GRU ? TRACE_GRU_GATES : TRACE_LSTM_GATES;
	return r;
}

void
rnn_back_free(struct rnn_back *r)
{
	struct buffer *own[] = {&r->x, &r->x_mask, &r->dx, &r->f, &r->f_mask,
	    &r->df, &r->z, &r->dh, &r->dc, &r->zero};

	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		free(own[i]->p);
	for (int d = 0; d < 2; d++) {
		struct pass *s = &r->pass[d];
		struct buffer *its[] = {&s->p, &s->h, &s->before, &s->c,
		    &s->gate, &s->q, &s->dp, &s->across};

		for (size_t i = 0; i < sizeof its / sizeof *its; i++)
			free(its[i]->p);
		free(s->word);
	}
	free(r->order);
	free(r->y);
	free(r->off);
	free(r->slot);
	free(r->id);
	free(r);
}

struct rnn_grad *
rnn_grad_new(struct arena *arena, const struct model *m)
{
	struct rnn_grad *g = MEM_NEW(arena, 1, struct rnn_grad);
	size_t GH = m->G * m->H;

	for (size_t l = 0; l < m->layers; l++)
		for (size_t d = 0; d < m->directions; d++) {
			struct rnn_weights *w = &g->layer[l][d];

			w->in = m->layer[l][d].in;
			w->weight_ih = MEM_VECTOR(arena, GH * w->in, float);
			w->weight_hh = MEM_VECTOR(arena, GH * m->H, float);
			w->bias_ih = MEM_VECTOR(arena, GH, float);
			w->bias_hh = MEM_VECTOR(arena, GH, float);
		}
	g->weight = MEM_VECTOR(arena, m->rows * m->directions * m->H, float);
	g->bias = MEM_VECTOR(arena, m->rows, float);
	return g;
}

/* Order the texts, lay out the rows, and number the distinct words. */
static void
lay_out(struct rnn_back *r, size_t n, const struct rnn_text text[])
{
	size_t steps = 0, N = 0, *at;

	for (size_t i = 0; i < n; i++) {
		steps = text[i].T > steps ? text[i].T : steps;
		N += text[i].T;
	}
	r->n = n;
	r->N = N;
	r->steps = steps;
	r->order = mem_grow(r->order, &r->order_cap, n, sizeof *r->order);
	r->y = mem_grow(r->y, &r->y_cap, n, sizeof *r->y);
	r->off = mem_grow(r->off, &r->off_cap, steps + 2, sizeof *r->off);
	r->id = mem_grow(r->id, &r->id_cap, N, sizeof *r->id);

	/* a counting sort by length; off is the scratch */
	memset(r->off, 0, (steps + 2) * sizeof *r->off);
	at = r->off;
	for (size_t i = 0; i < n; i++)
		at[steps - text[i].T + 1]++;
	for (size_t l = 0; l <= steps; l++)
		at[l + 1] += at[l];
	for (size_t i = 0; i < n; i++)
		r->order[at[steps - text[i].T]++] = i;

	r->off[0] = 0;
	for (size_t t = 0, running = n; t < steps; t++) {
		while (text[r->order[running - 1]].T <= t)
			running--;
		r->off[t + 1] = r->off[t] + running;
	}

	r->words = 0;
	for (size_t d = 0; d < r->model->directions; d++) {
		struct pass *s = &r->pass[d];

		s->word = mem_grow(s->word, &s->word_cap, N, sizeof *s->word);
		for (size_t t = 0; t < steps; t++)
			for (size_t i = 0; i < r->off[t + 1] - r->off[t]; i++) {
				const struct rnn_text *a = &text[r->order[i]];
				int32_t id = a->id[d == 0 ? t : a->T - 1 - t];
				int32_t *slot = &r->slot[id + 1];

				if (*slot < 0) {
					*slot = (int32_t)r->words;
					r->id[r->words++] = id;
				}
				s->word[r->off[t] + i] = (uint32_t)*slot;
			}
	}
	for (size_t u = 0; u < r->words; u++)
		r->slot[r->id[u] + 1] = -1;
}

/* p = W_ih x for every distinct word, and the biases that it can take. */
static void
input_products(struct rnn_back *r, const struct rnn_weights *w, struct pass *s)
{
	const struct model *m = r->model;
	size_t H = m->H, GH = m->G * H;
	size_t both = m->cell == CELL_GRU ? 2 * H : GH;
	float *p = want(&s->p, r->words * GH);

	blas_nt(r->words, GH, w->in, r->x.p, w->weight_ih, 0.0f, p);
	for (size_t u = 0; u < r->words; u++, p += GH) {
		for (size_t j = 0; j < GH; j++)
			p[j] += w->bias_ih[j];
		for (size_t j = 0; j < both; j++)
			p[j] += w->bias_hh[j];
	}
}

static void
forward(struct rnn_back *r, const struct rnn_weights *w, struct pass *s)
{
	const struct model *m = r->model;
	size_t H = m->H, GH = m->G * H, KH = r->K * H;
	float *h = want(&s->h, r->N * H), *before = want(&s->before, r->N * H);
	float *c = m->cell == CELL_LSTM ? want(&s->c, r->N * H) : NULL;
	float *gate = want(&s->gate, r->N * KH);
	float *q = want(&s->q, r->N * GH), *across = want(&s->across, H * GH);

	input_products(r, w, s);
	for (size_t k = 0; k < GH; k++)
		for (size_t j = 0; j < H; j++)
			across[j * GH + k] = w->weight_hh[k * H + j];
	for (size_t t = 0; t < r->steps; t++) {
		size_t first = r->off[t], last = r->off[t + 1];
		size_t n = last - first, up = t > 0 ? r->off[t - 1] : 0;

		if (t == 0) {
			memset(before, 0, n * H * sizeof *before);
			memset(q, 0, n * GH * sizeof *q);
		} else {
			memcpy(before + first * H, h + up * H,
			    n * H * sizeof *h);
			blas_nn(n, GH, H, h + up * H, across, 0.0f,
			    q + first * GH);
		}
		memcpy(h + first * H, before + first * H, n * H * sizeof *h);
		if (c != NULL && t == 0)
			memset(c, 0, n * H * sizeof *c);
		else if (c != NULL)
			memcpy(c + first * H, c + up * H, n * H * sizeof *c);
		for (size_t i = first; i < last; i++) {
			const float *p = s->p.p + s->word[i] * GH;

			if (c == NULL)
				lanes_gru(H, p, q + i * GH,
				    w->bias_hh + 2 * H, h + i * H,
				    gate + i * KH);
			else
				lanes_lstm(H, p, q + i * GH, c + i * H,
				    h + i * H, gate + i * KH);
		}
	}
}

/* g = the sums of the columns of a [n][m]. */
static void
column_sums(size_t n, size_t m, const float *a, float *g)
{
	memset(g, 0, m * sizeof *g);
	for (size_t i = 0; i < n; i++, a += m)
		for (size_t j = 0; j < m; j++)
			g[j] += a[j];
}

/*
 * Logits, loss, and what flows back from them: z becomes dz, df is the
 * gradient of the readouts.
 */
static double
head(struct rnn_back *r, const struct rnn_text text[], const size_t gold[],
    const struct rnn_dropout *drops, struct rnn_grad *g)
{
	const struct model *m = r->model;
	size_t H = m->H, F = m->directions * H, rows = m->rows;
	float *f = want(&r->f, r->n * F), *df = want(&r->df, r->n * F);
	float *z = want(&r->z, r->n * rows);
	double loss;

	for (size_t i = 0; i < r->n; i++)
		for (size_t d = 0; d < m->directions; d++) {
			size_t T = text[r->order[i]].T;
			float *to = f + i * F + d * H;

			if (T == 0)
				memset(to, 0, H * sizeof *to);
			else
				memcpy(to, r->pass[d].h.p +
				    (r->off[T - 1] + i) * H, H * sizeof *to);
		}
	dropout(drops->readout, drops->random, r->n * F, f,
	    want(&r->f_mask, r->n * F));
	blas_nt(r->n, rows, F, f, m->weight, 0.0f, z);
	for (size_t i = 0; i < r->n; i++) {
		r->y[i] = gold[r->order[i]];
		for (size_t k = 0; k < rows; k++)
			z[i * rows + k] += m->bias[k];
	}
	loss = loss_cross_entropy(r->n, rows, z, r->y);
	column_sums(r->n, rows, z, g->bias);
	blas_tn(rows, F, r->n, z, f, 0.0f, g->weight);
	blas_nn(r->n, F, rows, z, m->weight, 0.0f, df);
	dropout_back(drops->readout, r->n * F, r->f_mask.p, df);
	return loss;
}

static void
backward(struct rnn_back *r, size_t d, const struct rnn_weights *w,
    struct rnn_weights *g)
{
	const struct model *m = r->model;
	struct pass *s = &r->pass[d];
	size_t H = m->H, GH = m->G * H, KH = r->K * H;
	float *dh = want(&r->dh, r->n * H), *dc = want(&r->dc, r->n * H);
	float *dq = s->q.p, *dp = want(&s->dp, r->words * GH);
	size_t begun = r->steps > 0 ? r->off[1] : 0;

	memset(dc, 0, r->n * H * sizeof *dc);
	memset(dp, 0, r->words * GH * sizeof *dp);
	for (size_t i = 0; i < r->n; i++)
		memcpy(dh + i * H, r->df.p + (i * m->directions + d) * H,
		    H * sizeof *dh);
	for (size_t t = r->steps; t-- > 0; ) {
		size_t first = r->off[t], n = r->off[t + 1] - first;

		for (size_t i = 0; i < n; i++) {
			size_t row = first + i;
			const float *gate = s->gate.p + row * KH;
			float *to = dp + s->word[row] * GH;

			if (m->cell == CELL_GRU)
				lanes_gru_back(H, gate, s->before.p + row * H,
				    dh + i * H, dq + row * GH, to);
			else
				lanes_lstm_back(H, gate, t == 0 ? r->zero.p :
				    s->c.p + (r->off[t - 1] + i) * H,
				    dh + i * H, dc + i * H, dq + row * GH, to);
		}
		if (t > 0)
			blas_nn(n, H, GH, dq + first * GH, w->weight_hh, 1.0f,
			    dh);
	}
	/* at the first step the state before is zero */
	blas_tn(GH, H, r->N - begun, dq + begun * GH, s->before.p + begun * H,
	    0.0f, g->weight_hh);
	blas_tn(GH, w->in, r->words, dp, r->x.p, 0.0f, g->weight_ih);
	column_sums(r->N, GH, dq, g->bias_hh);
	column_sums(r->words, GH, dp, g->bias_ih);
}

double
rnn_backward(struct rnn_back *r, size_t n, const struct rnn_text text[],
    const size_t gold[], const struct rnn_dropout *drops, bool tuned,
    struct rnn_grad *g)
{
	const struct model *m = r->model;
	double loss;

	lay_out(r, n, text);
	want(&r->x, r->words * m->D);
	for (size_t u = 0; u < r->words; u++)
		model_embed(m, r->id[u], r->x.p + u * m->D);
	dropout(drops->embedding, drops->random, r->words * m->D, r->x.p,
	    want(&r->x_mask, r->words * m->D));
	for (size_t d = 0; d < m->directions; d++)
		forward(r, &m->layer[0][d], &r->pass[d]);
	loss = head(r, text, gold, drops, g);
	for (size_t d = 0; d < m->directions; d++)
		backward(r, d, &m->layer[0][d], &g->layer[0][d]);

	g->words = r->words;
	g->id = r->id;
	g->embedding = NULL;
	if (tuned) {
		float *dx = want(&r->dx, r->words * m->D);

		for (size_t d = 0; d < m->directions; d++)
			blas_nn(r->words, m->D, m->G * m->H, r->pass[d].dp.p,
			    m->layer[0][d].weight_ih, d > 0 ? 1.0f : 0.0f, dx);
		dropout_back(drops->embedding, r->words * m->D, r->x_mask.p,
		    dx);
		g->embedding = dx;
	}
	return loss;
}
