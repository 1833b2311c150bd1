/* SPDX-License-Identifier: ISC */
/*
 * The recurrence and its readout, for every cell (eq 9, 10, 14 and 20 of
 * the paper):
 *
 *     s_t = a_t s_{t-1} + e_t,  s_0 = 0     what word t wrote is
 *                                           e_t = s_t - a_t s_{t-1}
 *     R_t = M_t o_t                         how the head reads step t
 *     G_t = R_t + a_{t+1} G_{t+1}           how much of e_t survives to be read
 *
 *     reat         S(t) = W (e_t G_t)
 *     naive        S(t) = W ((h_t - h_{t-1}) sum_{k>=t} M_k),  h = o s
 *     frozen-omit  S(q..r) = W ((s_r - s_{q-1}) G_r)
 *
 * shapley is the exact Shapley value of the game in which an absent word has
 * e = 0 and a = 1, gates frozen.  The game is a sum of products over words, so
 * the average over all orders is an integral over the chance q of being
 * present, and the integrand a polynomial of degree T - 1 in q:
 *
 *     s_t(q) = (1 - q (1 - a_t)) s_{t-1}(q) + q e_t
 *     l_t(q) = e_t - (1 - a_t) s_{t-1}(q)
 *     G_t(q) = R_t + (1 - q (1 - a_{t+1})) G_{t+1}(q)
 *     shapley      S(t) = W integral_0^1 l_t(q) G_t(q) dq
 *
 * reat, naive and shapley telescope: their words add up to the head's features,
 * and so with the bias to the logit, for any a.  That tests the arithmetic and
 * proves nothing about the merit.
 *
 * Easy to get wrong: for an LSTM the paper's eq 20 divides by the output gate.
 * With s = tanh c and the gate in the readout nothing is divided.
 */
#include "reat.h"

#include <string.h>

#include "conllu.h"
#include "mem.h"
#include "quadrature.h"
#include "trace.h"

enum { NODES_DEFAULT = 32 };

/*
 * One direction in its own reading order: step k reads word t, s(k) and so on
 * are rows [H] at step k.
 */
struct reat_reading {
	const struct trace *tr;
	const struct direction *dir;
	size_t d, T, H;
};

static size_t
word_at(const struct reat_reading *r, size_t k)
{
	return r->d == 0 ? k : r->T - 1 - k;
}

static const float *
row(const struct reat_reading *r, const float *matrix, size_t k)
{
	return matrix == NULL ? NULL : matrix + word_at(r, k) * r->H;
}

/* M of step k, [H]. */
static void
readout(const struct reat_reading *r, size_t k, double *M)
{
	size_t t = word_at(r, k);

	for (size_t j = 0; j < r->H; j++)
		switch (r->tr->pooling) {
		case POOLING_LAST:
			M[j] = k + 1 == r->T;
			break;
		case POOLING_MEAN:
			M[j] = 1.0 / (double)r->T;
			break;
		case POOLING_MAX:
			M[j] = r->dir->argmax[j] == t;
			break;
		case POOLING_GIVEN:
			M[j] = (double)r->dir->M[t * r->H + j];
			break;
		}
}

/* R = M o of step k, [H]. */
static void
gated_readout(const struct reat_reading *r, size_t k, double *R)
{
	const float *o = row(r, r->dir->O, k);

	readout(r, k, R);
	for (size_t j = 0; o != NULL && j < r->H; j++)
		R[j] *= (double)o[j];
}

/* S[row] += W x for a vector x [H] of this direction. */
static void
add_product(const struct reat_reading *r, const double *x, double scale,
    double *S)
{
	size_t H = r->H, F = r->tr->directions * H;

	for (size_t i = 0; i < r->tr->rows; i++) {
		const float *W = r->tr->weight + i * F + r->d * H;
		double sum = 0;

		for (size_t j = 0; j < H; j++)
			sum += (double)W[j] * x[j];
		S[i] += scale * sum;
	}
}

/* e of step k: what it wrote. */
static void
written(const struct reat_reading *r, size_t k, double *e)
{
	const float *s = row(r, r->dir->S, k), *a = row(r, r->dir->A, k);
	const float *before = k == 0 ? NULL : row(r, r->dir->S, k - 1);

	for (size_t j = 0; j < r->H; j++)
		e[j] = (double)s[j] - (before == NULL ? 0 :
		    (double)a[j] * (double)before[j]);
}

/* G of step k from G of step k + 1, in place; R is scratch. */
static void
carry(const struct reat_reading *r, size_t k, double *R, double *G)
{
	const float *a = k + 1 == r->T ? NULL : row(r, r->dir->A, k + 1);

	gated_readout(r, k, R);
	for (size_t j = 0; j < r->H; j++)
		G[j] = R[j] + (a == NULL ? 0 : (double)a[j] * G[j]);
}

/* ---- the methods, one direction each ---- */

static void
score_reat(const struct reat_reading *r, struct arena *arena, size_t nodes,
    const struct span *span, size_t n, double *S)
{
	double *G = MEM_VECTOR(arena, r->H, double);
	double *R = MEM_VECTOR(arena, r->H, double);
	double *e = MEM_VECTOR(arena, r->H, double);

	(void)nodes, (void)span, (void)n;
	for (size_t k = r->T; k-- > 0; ) {
		carry(r, k, R, G);
		written(r, k, e);
		for (size_t j = 0; j < r->H; j++)
			e[j] *= G[j];
		add_product(r, e, 1, S + word_at(r, k) * r->tr->rows);
	}
}

static void
score_naive(const struct reat_reading *r, struct arena *arena, size_t nodes,
    const struct span *span, size_t n, double *S)
{
	double *M = MEM_VECTOR(arena, r->H, double);
	double *later = MEM_VECTOR(arena, r->H, double);
	double *x = MEM_VECTOR(arena, r->H, double);

	(void)nodes, (void)span, (void)n;
	for (size_t k = r->T; k-- > 0; ) {
		const float *s = row(r, r->dir->S, k);
		const float *o = row(r, r->dir->O, k);

		readout(r, k, M);
		for (size_t j = 0; j < r->H; j++) {
			later[j] += M[j];
			x[j] = (double)s[j] * (o == NULL ? 1 : (double)o[j]);
		}
		if (k > 0) {
			s = row(r, r->dir->S, k - 1);
			o = row(r, r->dir->O, k - 1);
			for (size_t j = 0; j < r->H; j++)
				x[j] -= (double)s[j] *
				    (o == NULL ? 1 : (double)o[j]);
		}
		for (size_t j = 0; j < r->H; j++)
			x[j] *= later[j];
		add_product(r, x, 1, S + word_at(r, k) * r->tr->rows);
	}
}

/* The integrand of shapley at q, times weight; l is [T][H]. */
static void
shapley_node(const struct reat_reading *r, double q, double weight, double *l,
    double *s, double *G, double *R, double *S)
{
	size_t H = r->H;

	memset(s, 0, H * sizeof *s);
	for (size_t k = 0; k < r->T; k++) {
		const float *a = row(r, r->dir->A, k);
		double *lk = l + k * H;

		written(r, k, lk);
		for (size_t j = 0; j < H; j++) {
			/* s(q) + q (e - (1 - a) s(q)) = s(q) + q l */
			lk[j] -= (1 - (double)a[j]) * s[j];
			s[j] += q * lk[j];
		}
	}
	memset(G, 0, H * sizeof *G);
	for (size_t k = r->T; k-- > 0; ) {
		const float *a = k + 1 == r->T ? NULL :
		    row(r, r->dir->A, k + 1);
		double *lk = l + k * H;

		gated_readout(r, k, R);
		for (size_t j = 0; j < H; j++) {
			if (a != NULL)
				G[j] *= 1 - q * (1 - (double)a[j]);
			G[j] += R[j];
			lk[j] *= G[j];
		}
		add_product(r, lk, weight, S + word_at(r, k) * r->tr->rows);
	}
}

static void
score_shapley(const struct reat_reading *r, struct arena *arena, size_t nodes,
    const struct span *span, size_t n, double *S)
{
	size_t count = nodes > 0 ? nodes : reat_nodes(r->T);
	double *node = MEM_VECTOR(arena, count, double);
	double *weight = MEM_VECTOR(arena, count, double);
	double *l = MEM_VECTOR(arena, r->T * r->H, double);
	double *s = MEM_VECTOR(arena, r->H, double);
	double *G = MEM_VECTOR(arena, r->H, double);
	double *R = MEM_VECTOR(arena, r->H, double);

	(void)span, (void)n;
	quadrature_nodes(count, node, weight);
	for (size_t i = 0; i < count; i++)
		shapley_node(r, node[i], weight[i], l, s, G, R, S);
}

/* In reading order a span ends at its later step: G there, s around it. */
static void
score_frozen_omit(const struct reat_reading *r, struct arena *arena,
    size_t nodes, const struct span *span, size_t n, double *S)
{
	double *G = MEM_VECTOR(arena, r->T * r->H, double);
	double *R = MEM_VECTOR(arena, r->H, double);
	double *x = MEM_VECTOR(arena, r->H, double);

	(void)nodes;
	for (size_t k = r->T; k-- > 0; ) {
		double *Gk = G + k * r->H;

		if (k + 1 < r->T)
			memcpy(Gk, Gk + r->H, r->H * sizeof *Gk);
		carry(r, k, R, Gk);
	}
	for (size_t i = 0; i < n; i++) {
		size_t begin = r->d == 0 ? span[i].first :
		    r->T - 1 - span[i].last;
		size_t end = begin + span[i].last - span[i].first;
		const float *s = row(r, r->dir->S, end);
		const float *before = begin == 0 ? NULL :
		    row(r, r->dir->S, begin - 1);

		for (size_t j = 0; j < r->H; j++)
			x[j] = ((double)s[j] - (before == NULL ? 0 :
			    (double)before[j])) * G[end * r->H + j];
		add_product(r, x, 1, S + i * r->tr->rows);
	}
}

/* ---- the table ---- */

const struct reat_method reat_methods[] = {
	{"reat", "what the span wrote, carried to the end (eq 14)",
	    true, false, false, score_reat},
	{"naive", "differences of hidden states (eq 9)",
	    true, false, false, score_naive},
	{"shapley", "exact Shapley values, gates frozen",
	    true, false, true, score_shapley},
	{"frozen-omit", "the span deleted, later gates frozen",
	    false, true, false, score_frozen_omit},
	{NULL, NULL, false, false, false, NULL},
};

const struct reat_method *
reat_method(const char *name)
{
	const struct reat_method *m = reat_methods;

	while (m->name != NULL && strcmp(name, m->name) != 0)
		m++;
	return m->name == NULL ? NULL : m;
}

void
reat_score(const struct reat_method *m, const struct trace *tr,
    struct arena *arena, size_t nodes, const struct span *span, size_t n,
    double *S)
{
	for (size_t d = 0; tr->T > 0 && d < tr->directions; d++) {
		struct reat_reading r = {tr, &tr->direction[d], d, tr->T,
		    tr->H};

		m->score(&r, arena, nodes, span, n, S);
	}
}

size_t
reat_nodes(size_t T)
{
	size_t exact = (T + 1) / 2;

	return exact < 1 ? 1 : exact < NODES_DEFAULT ? exact : NODES_DEFAULT;
}
