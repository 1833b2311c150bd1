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
#include "explain/reat.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "math/quadrature.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/layer.h"

enum { NODES_LEAST = 32 };

/*
 * One direction in its own reading order: step k reads word word_at(k).  row()
 * takes k; it is zero before the first step and after the last.
 */
struct reat_reading {
	const struct trace *tr;
	const struct direction *dir;
	size_t d, part;		/* direction; part of the pooling */
	size_t T, H;
	float *zero;		/* [H] */
	double *R;		/* [H] scratch of gated_readout */
};

static size_t
word_at(const struct reat_reading *r, size_t k)
{
	return r->d == 0 ? k : r->T - 1 - k;
}

/* k may be one before the first step, (size_t)-1, or one after the last. */
static const float *
row(const struct reat_reading *r, const float *matrix, size_t k)
{
	return k >= r->T ? r->zero : matrix + word_at(r, k) * r->H;
}

/* M of step k, unit j. */
static double
readout(const struct reat_reading *r, size_t k, size_t j)
{
	size_t t = word_at(r, k);

	switch (r->tr->pooling.part[r->part]) {
	case POOLING_LAST:
		return k + 1 == r->T;
	case POOLING_END:
		return t + 1 == r->T;
	case POOLING_MEAN:
		return 1.0 / (double)r->T;
	case POOLING_MAX:
		return r->dir->argmax[j] == t;
	case POOLING_ATTENTION:
	case POOLING_GIVEN:
		return (double)r->dir->M[t * r->H + j];
	}
	return 0;
}

/* R = M o of step k, unit j. */
static double
gated(const struct reat_reading *r, size_t k, size_t j)
{
	return readout(r, k, j) * (r->dir->O == NULL ? 1 :
	    (double)row(r, r->dir->O, k)[j]);
}

/* True if the head reads only the last step. */
static bool
reads_last(const struct reat_reading *r)
{
	return r->tr->pooling.part[r->part] == POOLING_LAST;
}

/* True if M is the same in all units of a step. */
static bool
reads_steps(const struct reat_reading *r)
{
	enum pooling_kind part = r->tr->pooling.part[r->part];

	return part == POOLING_LAST || part == POOLING_END ||
	    part == POOLING_MEAN;
}

/* R = M o of step k, [H]; for pooling last, zero except at the last step. */
static const double *
gated_readout(const struct reat_reading *r, size_t k)
{
	const float *O = r->dir->O == NULL ? NULL : row(r, r->dir->O, k);
	bool same = reads_steps(r);
	double M;

	if (reads_last(r) && k + 1 != r->T) {
		if (k + 2 == r->T)
			memset(r->R, 0, r->H * sizeof *r->R);
		return r->R;
	}
	M = readout(r, k, 0);
	for (size_t j = 0; j < r->H; j++) {
		if (!same)
			M = readout(r, k, j);
		r->R[j] = M * (O == NULL ? 1 : (double)O[j]);
	}
	return r->R;
}

/* The weights [H] of row i of the output layer. */
static const float *
weights(const struct reat_reading *r, size_t i)
{
	const struct trace *tr = r->tr;

	return tr->weight + ((i * tr->pooling.n + r->part) * tr->directions +
	    r->d) * r->H;
}

/* S[i] += W x for each row of the output layer; x [H] is of this direction. */
static void
add_product(const struct reat_reading *r, const double *x, double *S)
{
	for (size_t i = 0; i < r->tr->rows; i++)
		S[i] += lanes_dot(r->H, weights(r, i), x);
}

/* G of step k from G of step k + 1, in place. */
static void
carry(const struct reat_reading *r, size_t k, double *G)
{
	lanes_carry(r->H, gated_readout(r, k), row(r, r->dir->A, k + 1), G);
}

/* ---- the methods, one direction each ---- */

static void
score_reat(const struct reat_reading *r, struct arena *arena, size_t nodes,
    const struct span *span, size_t n, double *S)
{
	double *G = MEM_VECTOR(arena, r->H, double);
	double *x = MEM_VECTOR(arena, r->H, double);

	(void)nodes, (void)span, (void)n;
	for (size_t k = r->T; k-- > 0; ) {
		lanes_reach(r->H, gated_readout(r, k), row(r, r->dir->A, k + 1),
		    row(r, r->dir->S, k), row(r, r->dir->A, k),
		    row(r, r->dir->S, k - 1), G, x);
		add_product(r, x, S + word_at(r, k) * r->tr->rows);
	}
}

static void
score_naive(const struct reat_reading *r, struct arena *arena, size_t nodes,
    const struct span *span, size_t n, double *S)
{
	double *later = MEM_VECTOR(arena, r->H, double);
	double *h = MEM_VECTOR(arena, (r->T + 1) * r->H, double);
	double *x = MEM_VECTOR(arena, r->H, double);

	(void)nodes, (void)span, (void)n;
	/* h of step k is row k + 1; row 0 is h_0 = 0 */
	for (size_t k = 0; k < r->T; k++)
		for (size_t j = 0; j < r->H; j++)
			h[(k + 1) * r->H + j] = (double)row(r, r->dir->S, k)[j]
			    * (r->dir->O == NULL ? 1 :
			    (double)row(r, r->dir->O, k)[j]);
	for (size_t k = r->T; k-- > 0; ) {
		const double *now = h + (k + 1) * r->H, *before = h + k * r->H;

		for (size_t j = 0; j < r->H; j++) {
			later[j] += readout(r, k, j);
			x[j] = (now[j] - before[j]) * later[j];
		}
		add_product(r, x, S + word_at(r, k) * r->tr->rows);
	}
}

/* The matrices of lanes_shapley, in panels of LANES_UNITS units. */
struct shapley {
	float *s, *a;		/* [panels][T + 1][LANES_UNITS] */
	double *R;		/* [T][LANES_UNITS], of one panel */
	double *l;		/* scratch */
	double *x;		/* [panels][T][LANES_UNITS] */
};

/* Copy states and carries, row after row, into the panels. */
static void
fill_panels(const struct reat_reading *r, const struct shapley *v)
{
	size_t rows = (r->T + 1) * LANES_UNITS;

	for (size_t k = 0; k < r->T; k++) {
		const float *s = row(r, r->dir->S, k);
		const float *a = row(r, r->dir->A, k);

		for (size_t j = 0; j < r->H; j += LANES_UNITS) {
			size_t at = j / LANES_UNITS * rows + k * LANES_UNITS;
			size_t n = r->H - j < LANES_UNITS ? r->H - j :
			    LANES_UNITS;

			/* states one row later: the first is zero */
			memcpy(v->s + at + LANES_UNITS, s + j, n * sizeof *s);
			memcpy(v->a + at, a + j, n * sizeof *a);
		}
	}
}

/* Copy the readouts of the panel that begins with unit j. */
static void
fill_readouts(const struct reat_reading *r, size_t j, double *R)
{
	size_t n = r->H - j < LANES_UNITS ? r->H - j : LANES_UNITS;

	for (size_t k = reads_last(r) ? r->T - 1 : 0; k < r->T; k++)
		for (size_t i = 0; i < n; i++)
			R[k * LANES_UNITS + i] = gated(r, k, j + i);
}

/*
 * The number of nodes for T words.  ceil(T / 2) nodes are exact.  Fewer are
 * enough for long texts: the integrand is steep only near q = 0, within 1 / T,
 * and there the distance of the nodes is about 1 / n^2.  Measured with
 * sst2-lstm on 300 to 10,000 words: with 2 sqrt(T) nodes the error is 2e-8 of
 * the scores' sizes, like that of the trace's own logit; with 32 nodes it is
 * 1e-8 at 300 words and 1e-3 at 1000.
 */
static size_t
default_nodes(size_t T)
{
	size_t exact = (T + 1) / 2;
	size_t enough = (size_t)ceil(2 * sqrt((double)T));

	if (enough < NODES_LEAST)
		enough = NODES_LEAST;
	return exact < 1 ? 1 : exact < enough ? exact : enough;
}

static void
score_shapley(const struct reat_reading *r, struct arena *arena, size_t nodes,
    const struct span *span, size_t n, double *S)
{
	size_t T = r->T, panels = (r->H + LANES_UNITS - 1) / LANES_UNITS;
	size_t count = nodes > 0 ? nodes : default_nodes(T);
	/* nodes that only fill the last group have weight 0 */
	size_t all = (count + LANES_NODES - 1) / LANES_NODES * LANES_NODES;
	size_t rows = T * LANES_UNITS, more = rows + LANES_UNITS;
	double *node = MEM_VECTOR(arena, all, double);
	double *weight = MEM_VECTOR(arena, all, double);
	double *x = MEM_VECTOR(arena, panels * LANES_UNITS, double);
	struct shapley v = {
		.s = MEM_VECTOR(arena, panels * more, float),
		.a = MEM_VECTOR(arena, panels * more, float),
		.R = MEM_VECTOR(arena, rows, double),
		.l = MEM_VECTOR(arena, rows * LANES_NODES, double),
		.x = MEM_VECTOR(arena, panels * rows, double),
	};

	(void)span, (void)n;
	quadrature_nodes(count, node, weight);
	fill_panels(r, &v);
	for (size_t p = 0; p < panels; p++) {
		fill_readouts(r, p * LANES_UNITS, v.R);
		lanes_shapley(T, all, node, weight, v.s + p * more,
		    v.a + p * more, v.R, v.l, v.x + p * rows);
	}
	for (size_t k = 0; k < T; k++) {
		for (size_t p = 0; p < panels; p++)
			memcpy(x + p * LANES_UNITS, v.x + p * rows +
			    k * LANES_UNITS, LANES_UNITS * sizeof *x);
		add_product(r, x, S + word_at(r, k) * r->tr->rows);
	}
}

/* In reading order: s after and before the span, G of its last step. */
static void
score_frozen_omit(const struct reat_reading *r, struct arena *arena,
    size_t nodes, const struct span *span, size_t n, double *S)
{
	double *G = MEM_VECTOR(arena, (r->T + 1) * r->H, double);
	double *x = MEM_VECTOR(arena, r->H, double);

	(void)nodes;
	for (size_t k = r->T; k-- > 0; ) {
		memcpy(G + k * r->H, G + (k + 1) * r->H, r->H * sizeof *G);
		carry(r, k, G + k * r->H);
	}
	for (size_t i = 0; i < n; i++) {
		size_t begin = r->d == 0 ? span[i].first :
		    r->T - 1 - span[i].last;
		size_t end = begin + span[i].last - span[i].first;
		const float *s = row(r, r->dir->S, end);
		const float *before = row(r, r->dir->S, begin - 1);

		for (size_t j = 0; j < r->H; j++)
			x[j] = ((double)s[j] - (double)before[j]) *
			    G[end * r->H + j];
		add_product(r, x, S + i * r->tr->rows);
	}
}

/* ---- the table ---- */

const struct reat_method reat_methods[] = {
	{{"reat", "what the span wrote, carried to the end (eq 14)"},
	    true, false, false, false, score_reat},
	{{"naive", "differences of hidden states (eq 9)"},
	    true, false, false, false, score_naive},
	{{"shapley", "exact Shapley values, gates frozen"},
	    true, false, true, true, score_shapley},
	{{"frozen-omit", "the span deleted, later gates frozen"},
	    false, true, false, true, score_frozen_omit},
	{{NULL, NULL}, false, false, false, false, NULL},
};

const struct reat_method *
reat_method(const char *name)
{
	const struct reat_method *m = reat_methods;

	while (m->is.name != NULL && strcmp(name, m->is.name) != 0)
		m++;
	return m->is.name == NULL ? NULL : m;
}

/* ---- all directions and parts of the pooling ---- */

static size_t
readings(const struct trace *tr)
{
	return tr->T == 0 ? 0 : tr->directions * tr->pooling.n;
}

static struct reat_reading
reading(const struct trace *tr, struct arena *arena, size_t i)
{
	size_t d = i % tr->directions;

	return (struct reat_reading){tr, &tr->direction[d], d,
	    i / tr->directions, tr->T, tr->H, MEM_VECTOR(arena, tr->H, float),
	    MEM_VECTOR(arena, tr->H, double)};
}

void
reat_score(const struct reat_method *m, const struct trace *tr,
    struct arena *arena, size_t nodes, const struct span *span, size_t n,
    double *S)
{
	for (size_t i = 0; i < readings(tr); i++) {
		struct reat_reading r = reading(tr, arena, i);

		m->score(&r, arena, nodes, span, n, S);
	}
}

void
reat_logit(const struct trace *tr, struct arena *arena, double *logit,
    double *size)
{
	for (size_t i = 0; i < tr->rows; i++) {
		logit[i] = (double)tr->bias[i];
		size[i] = fabs(logit[i]);
	}
	for (size_t n = 0; n < readings(tr); n++) {
		struct reat_reading r = reading(tr, arena, n);

		for (size_t j = 0; j < tr->H; j++) {
			double f = 0;

			for (size_t k = reads_last(&r) ? tr->T - 1 : 0;
			    k < tr->T; k++)
				f += gated(&r, k, j) *
				    (double)row(&r, r.dir->S, k)[j];
			for (size_t i = 0; i < tr->rows; i++) {
				double z = (double)weights(&r, i)[j] * f;

				logit[i] += z;
				size[i] += fabs(z);
			}
		}
	}
}
