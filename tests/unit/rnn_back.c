/* SPDX-License-Identifier: ISC */
/*
 * Gradients against finite differences of a plain double-precision forward
 * pass, and gradients and 50 steps of Adam against PyTorch
 * (tests/golden/train).
 */
#include "rnn_back.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "adam.h"
#include "check.h"
#include "mem.h"
#include "random.h"

enum { TEXTS = 12, PARTS = 11, LONGEST = 16 };

static struct arena *arena;

/* The parameters of a model of one layer, and their gradients. */
static struct part {
	const char *name;
	float *x, *g;
	size_t n;
} part[PARTS];

struct texts {
	size_t n, gold[TEXTS];
	struct rnn_text text[TEXTS];
	int32_t id[TEXTS][LONGEST];
};

static struct model *
new_model(enum cell cell, size_t directions, size_t V, size_t D, size_t H,
    size_t C, size_t rows)
{
	struct model *m = MEM_NEW(arena, 1, struct model);
	struct rnn_grad *shapes;

	m->arena = arena;
	m->cell = cell;
	m->pooling = POOLING_LAST;
	m->V = V;
	m->D = D;
	m->H = H;
	m->C = C;
	m->rows = rows;
	m->G = cell == CELL_GRU ? 3 : 4;
	m->layers = 1;
	m->directions = directions;
	m->unknown = -1;
	m->layer[0][0].in = m->layer[0][1].in = D;
	m->embedding_data = MEM_VECTOR(arena, V * D, float);
	shapes = rnn_grad_new(arena, m);
	memcpy(m->layer, shapes->layer, sizeof m->layer);
	m->weight = shapes->weight;
	m->bias = shapes->bias;
	return m;
}

static size_t
name_parts(struct model *m, struct rnn_grad *g)
{
	size_t n = 0, GH = m->G * m->H;

	part[n++] = (struct part){"embedding.weight", m->embedding_data, NULL,
	    m->V * m->D};
	for (size_t d = 0; d < m->directions; d++) {
		struct rnn_weights *w = &m->layer[0][d], *b = &g->layer[0][d];
		const char *end = d == 1 ? "_reverse" : "";

		part[n++] = (struct part){mem_printf(arena,
		    "rnn.weight_ih_l0%s", end), w->weight_ih, b->weight_ih,
		    GH * m->D};
		part[n++] = (struct part){mem_printf(arena,
		    "rnn.weight_hh_l0%s", end), w->weight_hh, b->weight_hh,
		    GH * m->H};
		part[n++] = (struct part){mem_printf(arena,
		    "rnn.bias_ih_l0%s", end), w->bias_ih, b->bias_ih, GH};
		part[n++] = (struct part){mem_printf(arena,
		    "rnn.bias_hh_l0%s", end), w->bias_hh, b->bias_hh, GH};
	}
	part[n++] = (struct part){"output.weight", m->weight, g->weight,
	    m->rows * m->directions * m->H};
	part[n++] = (struct part){"output.bias", m->bias, g->bias, m->rows};
	return n;
}

/* The gradient of the whole embedding, from the rows of a batch. */
static void
spread(const struct model *m, const struct rnn_grad *g, float *to)
{
	memset(to, 0, m->V * m->D * sizeof *to);
	for (size_t u = 0; u < g->words; u++)
		if (g->id[u] >= 0)
			memcpy(to + (size_t)g->id[u] * m->D,
			    g->embedding + u * m->D, m->D * sizeof *to);
}

/* ---- the plain forward pass ---- */

/* The model's parameters in double, with the one that is moved. */
static struct {
	const float *at;
	double by;
} moved;

static double
v(const float *p)
{
	return (double)*p + (p == moved.at ? moved.by : 0.0);
}

static double
sigmoid(double x)
{
	return 1.0 / (1.0 + exp(-x));
}

/* One direction over one text; the last state into h. */
static void
plain_rnn(const struct model *m, size_t d, const struct rnn_text *text,
    double *h)
{
	const struct rnn_weights *w = &m->layer[0][d];
	size_t H = m->H;
	double c[LONGEST] = {0}, p[4 * LONGEST], q[4 * LONGEST];

	memset(h, 0, H * sizeof *h);
	for (size_t t = 0; t < text->T; t++) {
		int32_t id = text->id[d == 0 ? t : text->T - 1 - t];

		for (size_t k = 0; k < m->G * H; k++) {
			p[k] = v(&w->bias_ih[k]);
			q[k] = v(&w->bias_hh[k]);
			for (size_t j = 0; id >= 0 && j < m->D; j++)
				p[k] += v(&w->weight_ih[k * m->D + j]) *
				    v(&m->embedding_data[(size_t)id * m->D +
				    j]);
			for (size_t j = 0; j < H; j++)
				q[k] += v(&w->weight_hh[k * H + j]) * h[j];
		}
		for (size_t j = 0; j < H; j++) {
			double a = sigmoid(p[j] + q[j]);
			double b = sigmoid(p[H + j] + q[H + j]);
			size_t k = 2 * H + j;

			if (m->cell == CELL_GRU) {
				h[j] = (1.0 - b) * tanh(p[k] + a * q[k]) +
				    b * h[j];
				continue;
			}
			c[j] = b * c[j] + a * tanh(p[k] + q[k]);
			h[j] = sigmoid(p[H + k] + q[H + k]) * tanh(c[j]);
		}
	}
}

static double
plain_loss(const struct model *m, const struct texts *a)
{
	double sum = 0.0;

	for (size_t i = 0; i < a->n; i++) {
		double h[2 * LONGEST], z[LONGEST], all = 0.0;

		for (size_t d = 0; d < m->directions; d++)
			plain_rnn(m, d, &a->text[i], h + d * m->H);
		for (size_t k = 0; k < m->rows; k++) {
			z[k] = v(&m->bias[k]);
			for (size_t j = 0; j < m->directions * m->H; j++)
				z[k] += h[j] * v(&m->weight[k *
				    m->directions * m->H + j]);
			all += exp(z[k]);
		}
		sum -= m->rows > 1 ? log(exp(z[a->gold[i]]) / all) :
		    log(sigmoid(a->gold[i] == 1 ? z[0] : -z[0]));
	}
	return sum / (double)a->n;
}

static void
check_differences(enum cell cell, size_t directions, size_t rows)
{
	struct random random = random_seeded(11, cell + 2 * directions);
	struct model *m = new_model(cell, directions, 7, 3, 5,
	    rows > 1 ? rows : 2, rows);
	struct rnn_back *back = rnn_back_new(m);
	struct rnn_grad *g = rnn_grad_new(arena, m);
	struct texts a = {.n = 6};
	size_t parts = name_parts(m, g);
	const char *which = mem_printf(arena, "%s, %zu direction%s, %zu row%s",
	    cell_names[cell], directions, directions > 1 ? "s" : "", rows,
	    rows > 1 ? "s" : "");
	double loss;

	for (size_t k = 0; k < parts; k++)
		for (size_t i = 0; i < part[k].n; i++)
			part[k].x[i] = (float)(0.7 * random_normal(&random));
	for (size_t i = 0; i < a.n; i++) {
		/* an empty text and words without a row, too */
		a.text[i] = (struct rnn_text){i * 5 % 8, a.id[i]};
		a.gold[i] = random_below(&random, (uint32_t)m->C);
		for (size_t t = 0; t < a.text[i].T; t++)
			a.id[i][t] = (int32_t)random_below(&random, 8) - 1;
	}
	loss = rnn_backward(back, a.n, a.text, a.gold,
	    &(struct rnn_dropout){0}, true, g);
	CHECK(fabs(loss - plain_loss(m, &a)) < 1e-6, "%s: the loss", which);
	part[0].g = MEM_VECTOR(arena, part[0].n, float);
	spread(m, g, part[0].g);
	for (size_t k = 0; k < parts; k++) {
		double worst = 0.0, largest = 0.0;

		for (size_t i = 0; i < part[k].n; i++) {
			const double step = 1e-5;
			double up, down;

			moved.at = &part[k].x[i];
			moved.by = step;
			up = plain_loss(m, &a);
			moved.by = -step;
			down = plain_loss(m, &a);
			moved.at = NULL;
			worst = fmax(worst, fabs((up - down) / (2.0 * step) -
			    (double)part[k].g[i]));
			largest = fmax(largest, fabs((double)part[k].g[i]));
		}
		CHECK(worst < 1e-6 && largest > 1e-4,
		    "%s: %s is off by %.1e (largest %.2g)", which,
		    part[k].name, worst, largest);
	}
	rnn_back_free(back);
}

/* ---- PyTorch ---- */

/* Read a line "name n numbers"; the name must be the expected one. */
static size_t
read_line(FILE *f, const char *name, double *to, size_t max)
{
	char got[64];
	size_t n;

	if (fscanf(f, "%63s %zu", got, &n) != 2 || strcmp(got, name) != 0 ||
	    n > max) {
		printf("Bail out! golden.txt: no %s\n", name);
		exit(1);
	}
	for (size_t i = 0; i < n; i++)
		if (fscanf(f, "%lf", &to[i]) != 1)
			exit(1);
	return n;
}

static double
furthest(const double *a, const float *b, size_t n)
{
	double worst = 0.0;

	for (size_t i = 0; i < n; i++)
		worst = fmax(worst, fabs(a[i] - (double)b[i]));
	return worst;
}

/* Train as generate.py did; how far from its losses? */
static double
follow(struct model *m, const struct texts *a, size_t parts, bool tuned,
    struct rnn_grad *g, const double *sizes, const double *rates,
    const double *losses)
{
	struct rnn_back *back = rnn_back_new(m);
	struct adam adam[PARTS];
	size_t batch = (size_t)sizes[6];
	double worst = 0.0;

	for (size_t k = 0; k < parts; k++)
		adam[k] = adam_new(arena, part[k].x, part[k].n);
	for (size_t step = 0; step < (size_t)sizes[5]; step++) {
		size_t at = step * batch % a->n;
		struct adam_step s = {rates[0], rates[1], step + 1};

		worst = fmax(worst, fabs(losses[step] - rnn_backward(back,
		    batch, a->text + at, a->gold + at,
		    &(struct rnn_dropout){0}, tuned, g)));
		for (size_t k = 1; k < parts; k++)
			adam_update(&adam[k], part[k].g, s);
		if (tuned)
			adam_update_rows(&adam[0], m->D, g->id, g->words,
			    g->embedding, s);
	}
	rnn_back_free(back);
	return worst;
}

static void
check_model(FILE *f, const struct texts *a, const double *sizes,
    const double *rates)
{
	double number[256], kind[2], loss;
	struct model *m;
	struct rnn_back *back;
	struct rnn_grad *g;
	size_t parts;
	const char *which;
	float *start[PARTS], *all;

	read_line(f, "model", kind, 2);
	m = new_model(kind[0] > 0.0 ? CELL_LSTM : CELL_GRU, (size_t)kind[1],
	    (size_t)sizes[0], (size_t)sizes[1], (size_t)sizes[2],
	    (size_t)sizes[3], (size_t)sizes[3]);
	which = mem_printf(arena, "PyTorch's %s, %zu directions",
	    cell_names[m->cell], m->directions);
	back = rnn_back_new(m);
	g = rnn_grad_new(arena, m);
	parts = name_parts(m, g);
	part[0].g = MEM_VECTOR(arena, part[0].n, float);
	all = MEM_VECTOR(arena, PARTS * 256, float);
	read_line(f, "loss", &loss, 1);
	for (size_t k = 0; k < parts; k++) {
		double *grad = MEM_NEW(arena, 256, double);

		read_line(f, part[k].name, number, 256);
		start[k] = MEM_VECTOR(arena, part[k].n, float);
		for (size_t i = 0; i < part[k].n; i++)
			part[k].x[i] = start[k][i] = (float)number[i];
		read_line(f, mem_printf(arena, "%s.grad", part[k].name),
		    grad, 256);
		for (size_t i = 0; i < part[k].n; i++)
			all[k * 256 + i] = (float)grad[i];
	}
	CHECK(fabs(rnn_backward(back, a->n, a->text, a->gold,
	    &(struct rnn_dropout){0}, true, g) - loss) < 1e-6,
	    "%s: the loss", which);
	spread(m, g, part[0].g);
	for (size_t k = 0; k < parts; k++) {
		for (size_t i = 0; i < part[k].n; i++)
			number[i] = (double)all[k * 256 + i];
		loss = furthest(number, part[k].g, part[k].n);
		CHECK(loss < 1e-6, "%s: %s is off by %.1e", which,
		    part[k].name, loss);
	}
	for (int tuned = 0; tuned < 2; tuned++) {
		for (size_t k = 0; k < parts; k++)
			memcpy(part[k].x, start[k],
			    part[k].n * sizeof *start[k]);
		read_line(f, tuned ? "tuned" : "frozen", number, 256);
		loss = follow(m, a, parts, tuned, g, sizes, rates, number);
		CHECK(loss < 1e-4, "%s: 50 steps of Adam, %s, losses are off "
		    "by %.1e", which, tuned ? "tuned" : "frozen", loss);
	}
	rnn_back_free(back);
}

static void
check_golden(void)
{
	FILE *f = fopen("tests/golden/train/golden.txt", "r");
	double sizes[7], rates[2], gold[TEXTS], ids[LONGEST];
	struct texts a = {.n = TEXTS};

	if (f == NULL) {
		CHECK(f != NULL, "tests/golden/train/golden.txt is there");
		return;
	}
	read_line(f, "sizes", sizes, 7);
	read_line(f, "rates", rates, 2);
	read_line(f, "gold", gold, TEXTS);
	for (size_t i = 0; i < a.n; i++) {
		a.gold[i] = (size_t)gold[i];
		a.text[i].T = read_line(f, "text", ids, LONGEST);
		a.text[i].id = a.id[i];
		for (size_t t = 0; t < a.text[i].T; t++)
			a.id[i][t] = (int32_t)ids[t];
	}
	for (int k = 0; k < 4; k++)
		check_model(f, &a, sizes, rates);
	fclose(f);
}

/* The share of zeros is the rate, and equal seeds give equal losses. */
static void
check_dropout(void)
{
	struct model *m = new_model(CELL_GRU, 2, 7, 3, 5, 2, 2);
	struct rnn_back *back = rnn_back_new(m);
	struct rnn_grad *g = rnn_grad_new(arena, m);
	struct random random = random_seeded(3, 0);
	int32_t id[3] = {1, 2, 3};
	struct rnn_text text = {3, id};
	size_t gold = 1, parts = name_parts(m, g);
	double loss[3];

	for (size_t k = 0; k < parts; k++)
		for (size_t i = 0; i < part[k].n; i++)
			part[k].x[i] = (float)random_normal(&random);
	for (int i = 0; i < 3; i++) {
		random = random_seeded(i < 2 ? 5 : 6, 0);
		loss[i] = rnn_backward(back, 1, &text, &gold,
		    &(struct rnn_dropout){0.5, 0.5, &random}, true, g);
	}
	CHECK(loss[0] == loss[1], "dropout: one seed, one loss");
	CHECK(loss[0] != loss[2], "dropout: another seed, another loss");
	rnn_back_free(back);
}

int
main(void)
{
	arena = mem_arena();
	for (size_t directions = 1; directions <= 2; directions++)
		for (size_t rows = 1; rows <= 3; rows++) {
			check_differences(CELL_GRU, directions, rows);
			check_differences(CELL_LSTM, directions, rows);
		}
	check_golden();
	check_dropout();
	mem_free(arena);
	return check_done();
}
