/* SPDX-License-Identifier: ISC */
/*
 * plain: small models, and a second implementation of the network of forward.h,
 * by its equations and in double precision, for the tests of gradients.
 */
#ifndef PLAIN_H
#define PLAIN_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/random.h"
#include "model/model.h"
#include "model/parameters.h"
#include "rnn/forward.h"

enum { PLAIN_LONGEST = 16, PLAIN_TEXTS = 12 };

struct plain_texts {
	size_t n, gold[PLAIN_TEXTS];
	struct rnn_text text[PLAIN_TEXTS];
	int32_t id[PLAIN_TEXTS][PLAIN_LONGEST];
};

/* What a finite difference changes by `by`: the parameter at, or, if p is set,
 * element k of p_t in direction d. */
static struct {
	const float *at;
	bool p;
	size_t t, d, k;
	double by;
} plain_moved;

/* Each part of pooling, and several; the first three are numbered as in
 * tests/golden/train. */
enum { PLAIN_POOLINGS = 6 };
static const struct pooling plain_pooling[PLAIN_POOLINGS] = {
	{1, {POOLING_LAST}}, {1, {POOLING_MEAN}}, {1, {POOLING_MAX}},
	{1, {POOLING_END}}, {2, {POOLING_MEAN, POOLING_MAX}},
	{3, {POOLING_MAX, POOLING_LAST, POOLING_END}},
};

static inline struct model *
plain_model(struct arena *arena, struct model shape)
{
	struct model *m = MEM_NEW(arena, 1, struct model);

	*m = shape;
	m->arena = arena;
	m->C = m->rows > 1 ? m->rows : 2;
	m->G = cells[m->cell].G;
	m->unknown = -1;
	parameters_allocate(arena, m, true);
	return m;
}

static inline const char *
plain_name(struct arena *arena, const struct model *m)
{
	return mem_printf(arena, "%s, directions %zu, layers %zu, %s, rows %zu",
	    cell_names[m->cell], m->directions, m->layers,
	    pooling_name(arena, &m->pooling), m->rows);
}

/* Set all parameters to random numbers.  They are smaller where errors grow
 * from step to step, or states have no limit. */
static inline void
plain_randomise(struct arena *arena, struct model *m, struct random *random)
{
	struct parameter part[PARAMETERS_MOST];
	size_t parts = parameters_of(arena, m, part);
	double size = m->G > 1 && cells[m->cell].high <= 1 ? 0.7 :
	    0.8 / sqrt((double)m->H);

	for (size_t k = 0; k < parts; k++)
		for (size_t i = 0; i < part[k].n; i++)
			part[k].x[i] = (float)(size * random_normal(random));
}

/*
 * Check every kind of small model, for a module of gradients.  For the cells
 * after the LSTM, two layers, two poolings and one row of output are enough.
 */
static inline void
plain_kinds(void (*check)(struct model shape))
{
	struct model s = {.V = 7, .D = 3, .H = 5};

	for (s.cell = CELL_GRU; s.cell < CELL_FOREIGN; s.cell++)
		for (s.directions = 1; s.directions <= 2; s.directions++)
			for (s.layers = 1; s.layers <= (s.cell <= CELL_LSTM ?
			    3 : 2); s.layers++)
				for (size_t p = 0; p < PLAIN_POOLINGS; p +=
				    s.cell <= CELL_LSTM ? 1 : 4)
					for (s.rows = 1; s.rows <= (s.cell <=
					    CELL_LSTM ? 3 : 1); s.rows += 2) {
						s.pooling = plain_pooling[p];
						check(s);
					}
}

/* Check deep models of H units, each with a long text. */
static inline void
plain_deep_kinds(size_t H, void (*check)(struct model shape))
{
	struct model s = {.V = 7, .D = 3, .H = H, .rows = 3};

	for (s.cell = CELL_GRU; s.cell < CELL_FOREIGN; s.cell++)
		for (s.directions = 1; s.directions <= 2; s.directions++)
			for (size_t p = 0; p < PLAIN_POOLINGS; p +=
			    s.cell <= CELL_LSTM ? 1 : 4) {
				s.pooling = plain_pooling[p];
				s.layers = 5 - s.directions;
				check(s);
			}
}

static inline double
plain_value(const float *p)
{
	return (double)*p + (p == plain_moved.at ? plain_moved.by : 0.0);
}

static inline double
plain_sigmoid(double x)
{
	return 1.0 / (1.0 + exp(-x));
}

/* The sigmoid of a cell's gates. */
static inline double
plain_gate(enum cell cell, double x)
{
	return cells[cell].hard ? fmin(1.0, fmax(0.0, x / 6.0 + 0.5)) :
	    plain_sigmoid(x);
}

/* The reset gate before the product: r of n is W_hn (reset h) + b_hn. */
static inline void
plain_reset(const struct model *m, const struct rnn_weights *w,
    const double *p, const double *h, double *r)
{
	size_t H = m->H;

	for (size_t k = 2 * H; cells[m->cell].reset != NULL && k < 3 * H; k++) {
		r[k] = plain_value(&w->bias_hh[k]);
		for (size_t j = 0; j < H; j++)
			r[k] += plain_value(&w->weight_hh[k * H + j]) *
			    plain_gate(m->cell, p[j] + r[j]) * h[j];
	}
}

/* The step of a unit; its rows of p and r = W_hh h + b_hh are H apart. */
static inline void
plain_unit(enum cell cell, size_t H, const double *p, const double *r,
    double *h, double *c)
{
	double a = plain_gate(cell, p[0] + r[0]), b = 0.0;

	if (cells[cell].G > 1)
		b = plain_gate(cell, p[H] + r[H]);
	switch (cell) {
	case CELL_GRU:
	case CELL_GRU_HARD:
		*h = (1.0 - b) * tanh(p[2 * H] + a * r[2 * H]) + b * *h;
		break;
	case CELL_GRU_BEFORE:
	case CELL_GRU_BEFORE_HARD:
		*h = (1.0 - b) * tanh(p[2 * H] + r[2 * H]) + b * *h;
		break;
	case CELL_LSTM:
	case CELL_LSTM_HARD:
		*c = b * *c + a * tanh(p[2 * H] + r[2 * H]);
		*h = plain_gate(cell, p[3 * H] + r[3 * H]) * tanh(*c);
		break;
	case CELL_RNN_TANH:
		*h = tanh(p[0] + r[0]);
		break;
	case CELL_RNN_RELU:
		*h = fmax(p[0] + r[0], 0.0);
		break;
	case CELL_MINGRU:
		*h = (1.0 - a) * *h + a * p[H];
		break;
	case CELL_MINLSTM:
		*h = (a * *h + b * p[2 * H]) / (a + b);
		break;
	case CELL_QRNN:
		*c = b * *c + (1.0 - b) * tanh(p[0]);
		*h = plain_sigmoid(p[2 * H]) * *c;
		break;
	case CELL_RGLRU:
		a = exp(-exp(r[2 * H]) * a);
		*h = a * *h + sqrt(1.0 - a * a) * b * p[2 * H];
		break;
	case CELL_FOREIGN:
		break;
	}
}

/* Run a direction of a layer on q x [T][in]; sets its y [T][directions][H]. */
static inline void
plain_direction(const struct model *m, size_t layer, size_t d, size_t T,
    const double *x, double q, double *y)
{
	const struct rnn_weights *w = &m->layer[layer][d];
	size_t H = m->H, in = w->in;
	double h[PLAIN_LONGEST] = {0}, c[PLAIN_LONGEST] = {0};
	double p[4 * PLAIN_LONGEST], r[4 * PLAIN_LONGEST];

	for (size_t step = 0; step < T; step++) {
		size_t t = d == 0 ? step : T - 1 - step;

		for (size_t k = 0; k < m->G * H; k++) {
			p[k] = plain_value(&w->bias_ih[k]);
			r[k] = plain_value(&w->bias_hh[k]);
			if (plain_moved.p && layer == 0 && plain_moved.t == t &&
			    plain_moved.d == d && plain_moved.k == k)
				p[k] += plain_moved.by;
			for (size_t j = 0; j < in; j++)
				p[k] += plain_value(&w->weight_ih[k * in + j])
				    * q * x[t * in + j];
			for (size_t j = 0; w->weight_hh != NULL && j < H; j++)
				r[k] += plain_value(&w->weight_hh[k * H + j]) *
				    h[j];
		}
		plain_reset(m, w, p, h, r);
		for (size_t j = 0; j < H; j++) {
			plain_unit(m->cell, H, p + j, r + j, &h[j], &c[j]);
			y[(t * m->directions + d) * H + j] = h[j];
		}
	}
}

/* The feature of a part of pooling, unit j, from y [T][F]. */
static inline double
plain_feature(const struct model *m, enum pooling_kind part, size_t T,
    const double *y, size_t j)
{
	size_t F = m->directions * m->H;
	double sum = y[j], top = y[j];

	for (size_t t = 1; t < T; t++) {
		sum += y[t * F + j];
		top = fmax(top, y[t * F + j]);
	}
	return part == POOLING_MEAN ? sum / (double)T :
	    part == POOLING_MAX ? top :
	    part == POOLING_LAST && j >= m->H ? y[j] : y[(T - 1) * F + j];
}

/* Set the logits z [rows] of a text whose embeddings are scaled by q. */
static inline void
plain_logits(const struct model *m, const struct rnn_text *text, double q,
    double *z)
{
	enum { WIDEST = 2 * PLAIN_LONGEST };
	size_t T = text->T, H = m->H, F = m->directions * H;
	size_t P = model_features(m);
	double x[PLAIN_LONGEST * WIDEST] = {0}, y[PLAIN_LONGEST * WIDEST];
	double f[POOLING_PARTS * WIDEST] = {0};

	for (size_t t = 0; t < T; t++)
		for (size_t j = 0; text->id[t] >= 0 && j < m->D; j++)
			x[t * m->D + j] = plain_value(&m->embedding_data[
			    (size_t)text->id[t] * m->D + j]);
	for (size_t l = 0; l < m->layers; l++) {
		for (size_t d = 0; d < m->directions; d++)
			plain_direction(m, l, d, T, x, l == 0 ? q : 1.0, y);
		memcpy(x, y, T * F * sizeof *x);
	}
	for (size_t j = 0; T > 0 && j < P; j++)
		f[j] = plain_feature(m, m->pooling.part[j / F], T, y, j % F);
	for (size_t k = 0; k < m->rows; k++) {
		z[k] = plain_value(&m->bias[k]);
		for (size_t j = 0; j < P; j++)
			z[k] += f[j] * plain_value(&m->weight[k * P + j]);
	}
}

/* The probability of class c, from the logits z. */
static inline double
plain_probability(const struct model *m, const double *z, size_t c)
{
	double all = 0.0;

	if (m->rows == 1)
		return plain_sigmoid(c == 1 ? z[0] : -z[0]);
	for (size_t k = 0; k < m->rows; k++)
		all += exp(z[k]);
	return exp(z[c]) / all;
}

/* ---- tests/golden/train ---- */

/* Read a line "name n numbers" and return n; exits if the name differs. */
static inline size_t
plain_read(FILE *f, const char *name, double *to, size_t max)
{
	char got[64];
	size_t n;

	if (f == NULL || fscanf(f, "%63s %zu", got, &n) != 2 ||
	    strcmp(got, name) != 0 || n > max) {
		printf("Bail out! tests/golden/train: no %s\n", name);
		exit(1);
	}
	for (size_t i = 0; i < n; i++)
		if (fscanf(f, "%lf", &to[i]) != 1)
			exit(1);
	return n;
}

/* The next number of the sequence of generate.py. */
static inline double
plain_next(size_t *x)
{
	*x = (75 * *x + 74) % 65537;
	return ((double)*x / 65536 - 0.5) * 1.5;
}

/* How far the gradient g differs from two numbers of generate.py: its product
 * with the sequence, and its norm. */
static inline double
plain_off(const float *g, size_t n, const double two[2])
{
	double sum = 0.0, norm = 0.0;
	size_t x = 99;

	for (size_t i = 0; i < n; i++) {
		sum += (double)g[i] * plain_next(&x);
		norm += (double)g[i] * (double)g[i];
	}
	return fmax(fabs(sum - two[0]), fabs(sqrt(norm) - two[1]));
}

static inline void
plain_read_texts(FILE *f, double sizes[7], struct plain_texts *a)
{
	double id[PLAIN_LONGEST];

	plain_read(f, "sizes", sizes, 7);
	a->n = PLAIN_TEXTS;
	for (size_t i = 0; i < a->n; i++) {
		a->text[i] = (struct rnn_text){plain_read(f, "text", id,
		    PLAIN_LONGEST), a->id[i]};
		for (size_t t = 0; t < a->text[i].T; t++)
			a->id[i][t] = (int32_t)id[t];
	}
}

/* Read the next model of the file, whose number is given; NULL at the end. */
static inline struct model *
plain_read_model(FILE *f, struct arena *arena, const double sizes[7],
    size_t number)
{
	struct parameter part[PARAMETERS_MOST];
	struct model *m;
	double kind[5];
	size_t parts;

	if (fscanf(f, " %*[m]") == EOF)
		return NULL;
	plain_read(f, "odel", kind, 5);
	m = plain_model(arena, (struct model){
	    .cell = (enum cell)kind[0],
	    .directions = (size_t)kind[1], .layers = (size_t)kind[2],
	    .pooling = plain_pooling[(size_t)kind[3]], .rows = (size_t)kind[4],
	    .V = (size_t)sizes[0], .D = (size_t)sizes[1],
	    .H = (size_t)sizes[2]});
	parts = parameters_of(arena, m, part);
	for (size_t k = 0; k < parts; k++)
		for (size_t i = 0; i < part[k].n; i++)
			part[k].x[i] = (float)plain_next(&number);
	return m;
}

#endif
