/* SPDX-License-Identifier: ISC */
/*
 * The penalty of n texts, with S(t, c) REAT's score of word t for row c of the
 * output layer (eq 14 and 20 of the paper; reat.c) and w the recipe's penalty:
 *
 *     E = w/n sum over texts, marked words t and rows c of S(t, c)^2
 *
 * It is for all classes alike, whatever the gold class is: a penalised word is
 * to have no score that somebody could be shown.
 *
 * The scores are a closed form of the states and gates of one direction, in its
 * reading order:
 *
 *     e_t = s_t - a_t s_{t-1}       G_t = M_t o_t + a_{t+1} G_{t+1}
 *     x_t = e_t G_t                 S(t, c) = W_c x_t
 *
 * so the gradient of E is one pass in that order.  u_tc = 2 w/n S(t, c) is
 * dE / dS(t, c), v_t = W^T u_t is dE / dx_t, and Gamma_t is dE / dG_t.  For
 * unmarked words u and v are zero.
 *
 *                G_0 <-- a_1 -- G_1 <-- a_2 -- G_2        scores, backwards
 *                 |              |              |
 *     v_0 e_0 --> Gamma_0 -----> Gamma_1 -----> Gamma_2   gradients, forwards
 *
 *     Gamma_t = v_t e_t + a_t Gamma_{t-1}        do_t = M_t Gamma_t
 *     ds_t    = v_t G_t - a_{t+1} v_{t+1} G_{t+1}
 *     da_t    = Gamma_{t-1} G_t - v_t G_t s_{t-1}
 *     dW_c    = sum over marked t of u_tc x_t
 *
 * back.c takes ds, da and do on through the network.  M is constant: for max
 * pooling it changes only where two words have the same maximum.
 *
 * Pooling has one part (start.c).  Dropout of the head's features is not part
 * of the scores: it would blank them, too.
 */
#include "train/penalty.h"

#include <string.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "model/model.h"

/* One direction of the top layer; rows are those of its pass. */
struct reading {
	const struct rnn_pass *pass;
	float *dS, *dA, *dO;	/* [N][H] */
	double *G;		/* [T][H] of the text */
};

/* A text with marked words. */
struct text_penalty {
	const struct penalty *penalty;
	const struct rnn_back *b;
	size_t i;		/* it is text order[i] */
	size_t T;
	size_t marks;
	size_t *mark;		/* [T] number of a marked word, or NO_MARK */
	double *x, *v;		/* [marks][F] */
};

static const size_t NO_MARK = (size_t)-1;

/* ---- states and gates of step k, reading order ---- */

static size_t
row_of(const struct text_penalty *p, size_t k)
{
	return p->b->off[k] + p->i;
}

static size_t
word_at(const struct text_penalty *p, size_t d, size_t k)
{
	return d == 0 ? k : p->T - 1 - k;
}

/* Row g of gate[], or NULL if there is none. */
static const float *
gate(const struct text_penalty *p, const struct reading *r, int g, size_t k)
{
	if (g == CELL_NO_ROW)
		return NULL;
	return r->pass->gate.x + (row_of(p, k) * p->b->K + (size_t)g) *
	    p->b->m->H;
}

static const float *
carry(const struct text_penalty *p, const struct reading *r, size_t k)
{
	return gate(p, r, cells[p->b->m->cell].A, k);
}

/* s of step k; zero before the first step, k = -1. */
static const float *
state(const struct text_penalty *p, const struct reading *r, size_t k)
{
	const float *s;

	if (k >= p->T)
		return p->b->zero.x;
	s = gate(p, r, cells[p->b->m->cell].S, k);
	return s != NULL ? s : r->pass->h.x + row_of(p, k) * p->b->m->H;
}

/* M of step k, unit j. */
static double
readout(const struct text_penalty *p, size_t d, size_t k, size_t j)
{
	const struct rnn_back *b = p->b;

	switch (b->m->pooling.part[0]) {
	case POOLING_LAST:
		return k + 1 == p->T;
	case POOLING_END:
		return word_at(p, d, k) + 1 == p->T;
	case POOLING_MEAN:
		return 1.0 / (double)p->T;
	case POOLING_MAX:
		return b->argmax[p->i * b->F + d * b->m->H + j] ==
		    word_at(p, d, k);
	case POOLING_ATTENTION:	/* not trained (start.c) */
	case POOLING_GIVEN:
		break;
	}
	return 0;
}

/* ---- scores ---- */

/* Set G of all steps, and x of the marked words. */
static void
decompose(const struct text_penalty *p, const struct reading *r, size_t d)
{
	size_t H = p->b->m->H;
	int o = cells[p->b->m->cell].O;

	for (size_t k = p->T; k-- > 0; ) {
		const float *out = gate(p, r, o, k), *a = carry(p, r, k);
		const float *s = state(p, r, k), *before = state(p, r, k - 1);
		const float *later = k + 1 < p->T ? carry(p, r, k + 1) : NULL;
		double *G = r->G + k * H;
		size_t mark = p->mark[word_at(p, d, k)];

		for (size_t j = 0; j < H; j++) {
			G[j] = readout(p, d, k, j) * (out == NULL ? 1 :
			    (double)out[j]);
			if (later != NULL)
				G[j] += (double)later[j] * G[H + j];
			if (mark != NO_MARK)
				p->x[mark * p->b->F + d * H + j] = G[j] *
				    ((double)s[j] - (double)a[j] *
				    (double)before[j]);
		}
	}
}

/* From x of the marked words: the penalty, v, and the gradient of W. */
static double
score(const struct text_penalty *p, float *weight)
{
	const struct model *m = p->b->m;
	size_t F = p->b->F;
	double scale = p->penalty->weight / (double)p->b->n, sum = 0;

	for (size_t i = 0; i < p->marks; i++) {
		const double *x = p->x + i * F;
		double *v = p->v + i * F;

		for (size_t c = 0; c < m->rows; c++) {
			const float *W = m->weight + c * F;
			double S = lanes_dot(F, W, x), u = 2 * scale * S;

			sum += scale * S * S;
			for (size_t j = 0; j < F; j++) {
				v[j] += u * (double)W[j];
				weight[c * F + j] += (float)(u * x[j]);
			}
		}
	}
	return sum;
}

/* ---- gradients ---- */

/* Set the rows of dS, dA and dO of the text. */
static void
differentiate(const struct text_penalty *p, const struct reading *r, size_t d,
    double *Gamma)
{
	size_t H = p->b->m->H;

	memset(Gamma, 0, H * sizeof *Gamma);
	for (size_t k = 0; k < p->T; k++) {
		size_t row = row_of(p, k) * H, mark = p->mark[word_at(p, d, k)];
		const float *s = state(p, r, k), *before = state(p, r, k - 1);
		const float *a = carry(p, r, k);
		const double *G = r->G + k * H, *v = mark == NO_MARK ? NULL :
		    p->v + mark * p->b->F + d * H;
		float *dS = r->dS + row, *dA = r->dA + row;
		float *earlier = k == 0 ? NULL : r->dS + row_of(p, k - 1) * H;

		for (size_t j = 0; j < H; j++) {
			double de = v == NULL ? 0 : v[j] * G[j];
			double e = (double)s[j] - (double)a[j] *
			    (double)before[j];

			dA[j] = (float)(Gamma[j] * G[j] - de *
			    (double)before[j]);
			dS[j] = (float)de;
			if (earlier != NULL)
				earlier[j] -= (float)(de * (double)a[j]);
			Gamma[j] = (v == NULL ? 0 : v[j] * e) + (double)a[j] *
			    Gamma[j];
			r->dO[row + j] = (float)(readout(p, d, k, j) *
			    Gamma[j]);
		}
	}
}

/* Number the marked words of text order[i]; returns how many. */
static size_t
find_marks(const struct penalty *penalty, const struct rnn_text *text,
    size_t *mark)
{
	size_t marks = 0;

	for (size_t t = 0; t < text->T; t++) {
		int32_t id = text->id[t];

		mark[t] = id >= 0 && penalty->marked[id] ? marks++ : NO_MARK;
	}
	return marks;
}

/* Make room for the gradients of all rows, which are zero. */
static void
begin(struct arena *arena, const struct rnn_back *b, struct reading r[2])
{
	for (size_t d = 0; d < b->m->directions; d++) {
		size_t numbers = b->N * b->m->H;

		r[d].dS = MEM_VECTOR(arena, numbers, float);
		r[d].dA = MEM_VECTOR(arena, numbers, float);
		r[d].dO = MEM_VECTOR(arena, numbers, float);
		r[d].G = MEM_VECTOR(arena, b->steps * b->m->H, double);
	}
}

double
penalty_gradients(const struct penalty *penalty, struct arena *arena,
    struct rnn_back *b, float *weight)
{
	size_t H = b->m->H;
	struct rnn_pass *top = b->pass[b->m->layers - 1];
	struct reading r[2] = {{.pass = &top[0]}, {.pass = &top[1]}};
	double *Gamma = MEM_VECTOR(arena, H, double), sum = 0;
	size_t *mark = MEM_NEW(arena, b->steps, size_t);

	for (size_t i = 0; i < b->n; i++) {
		const struct rnn_text *text = &b->text[b->order[i]];
		struct text_penalty p = {penalty, b, i, text->T,
		    find_marks(penalty, text, mark), mark, NULL, NULL};

		if (p.marks == 0)
			continue;
		if (r[0].dS == NULL)
			begin(arena, b, r);
		p.x = MEM_VECTOR(arena, p.marks * b->F, double);
		p.v = MEM_VECTOR(arena, p.marks * b->F, double);
		for (size_t d = 0; d < b->m->directions; d++)
			decompose(&p, &r[d], d);
		sum += score(&p, weight);
		for (size_t d = 0; d < b->m->directions; d++)
			differentiate(&p, &r[d], d, Gamma);
	}
	for (size_t d = 0; d < b->m->directions; d++) {
		top[d].dS = r[d].dS;
		top[d].dA = r[d].dA;
		top[d].dO = r[d].dO;
	}
	return sum;
}
