/* SPDX-License-Identifier: ISC */
/* rnn and reat on random models: what must hold for every network. */
#include "explain/reat.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "check.h"
#include "math/random.h"
#include "model/model.h"
#include "rnn/forward.h"
#include "stream/block.h"

enum { V = 9, D = 3, H = 5, C = 3, MOST = 12 };

static struct random rng;
static struct arena *arena;

static float *
numbers(size_t n, double scale)
{
	float *x = MEM_VECTOR(arena, n, float);

	for (size_t i = 0; i < n; i++)
		x[i] = (float)(scale * random_normal(&rng));
	return x;
}

static struct model *
random_model(enum cell cell, struct pooling pooling, size_t layers,
    size_t directions, double input_scale, double bias_scale)
{
	struct model *m = MEM_NEW(arena, 1, struct model);
	size_t G = cells[cell].G, F = directions * H;

	*m = (struct model){.arena = arena, .name = TEXT("random"),
	    .cell = cell, .pooling = pooling, .V = V, .D = D, .H = H, .C = C,
	    .G = G, .layers = layers, .directions = directions, .rows = C,
	    .unknown = -1};
	for (size_t l = 0; l < layers; l++)
		for (size_t d = 0; d < directions; d++) {
			struct rnn_weights *w = &m->layer[l][d];

			w->in = l == 0 ? D : F;
			w->weight_ih = numbers(G * H * w->in, input_scale);
			w->weight_hh = numbers(G * H * H, G > 1 ? 0.7 :
			    0.8 / sqrt(H));
			w->bias_ih = numbers(G * H, bias_scale);
			w->bias_hh = numbers(G * H, bias_scale);
		}
	m->weight = numbers(C * model_features(m), 1);
	m->bias = numbers(C, 1);
	m->embedding_data = numbers(V * D, 1);
	m->label = MEM_NEW(arena, C, struct text);
	return m;
}

/* Scores [T][C] of one text by one method. */
static double *
scores(struct model *m, const char *method, size_t T, const int32_t *id,
    struct trace *trace)
{
	struct rnn *r = rnn_new(m);
	struct rnn_text text = {T, id};
	double *S = MEM_VECTOR(arena, T * C, double);

	rnn_forward(r, arena, 1, &text, RNN_TRACE, trace);
	reat_score(reat_method(method), trace, arena, 0, NULL, T, S);
	rnn_free(r);
	return S;
}

static double
largest_difference(const double *a, const double *b, size_t n)
{
	double most = 0;

	for (size_t i = 0; i < n; i++)
		if (fabs(a[i] - b[i]) > most)
			most = fabs(a[i] - b[i]);
	return most;
}

static void
words(size_t T, int32_t *id)
{
	for (size_t t = 0; t < T; t++)
		id[t] = (int32_t)random_below(&rng, V + 1) - 1;
}

/* Words and bias add up to the logit. */
static void
check_sum(struct model *m, const char *name)
{
	static const char *const methods[] = {"reat", "naive", "shapley"};
	int32_t id[MOST];

	words(MOST, id);
	for (int k = 0; k < 3; k++) {
		struct trace tr;
		double *S = scores(m, methods[k], MOST, id, &tr), worst = 0;

		for (size_t c = 0; c < C; c++) {
			double sum = (double)tr.bias[c];

			for (size_t t = 0; t < MOST; t++)
				sum += S[t * C + c];
			worst = fmax(worst, fabs(sum - (double)tr.logit[c]));
		}
		CHECK(worst < 1e-5, "%s: %s adds up (%g)", name, methods[k],
		    worst);
	}
}

/* Swap the two halves of each row of F numbers. */
static void
swap_halves(float *x, size_t rows)
{
	for (size_t i = 0; i < rows; i++)
		for (size_t j = 0; j < H; j++) {
			float *a = x + i * 2 * H + j, swap = *a;

			*a = a[H];
			a[H] = swap;
		}
}

/* With the directions swapped, the reversed text gives the mirrored scores. */
static void
check_reversal(struct model *m, const char *name)
{
	static const char *const methods[] = {"reat", "naive", "shapley"};
	int32_t id[MOST], reversed[MOST];
	double *S[3];
	struct trace tr;

	words(MOST, id);
	for (size_t t = 0; t < MOST; t++)
		reversed[t] = id[MOST - 1 - t];
	for (int k = 0; k < 3; k++)
		S[k] = scores(m, methods[k], MOST, id, &tr);
	for (size_t l = 0; l < m->layers; l++) {
		struct rnn_weights swap = m->layer[l][0];

		m->layer[l][0] = m->layer[l][1];
		m->layer[l][1] = swap;
		for (size_t d = 0; l > 0 && d < 2; d++)
			swap_halves(m->layer[l][d].weight_ih, m->G * H);
	}
	swap_halves(m->weight, C * m->pooling.n);
	for (int k = 0; k < 3; k++) {
		double *R = scores(m, methods[k], MOST, reversed, &tr);
		double *mirror = MEM_VECTOR(arena, MOST * C, double);

		for (size_t t = 0; t < MOST; t++)
			memcpy(mirror + t * C, R + (MOST - 1 - t) * C,
			    C * sizeof *R);
		CHECK(largest_difference(S[k], mirror, MOST * C) < 1e-5,
		    "%s: %s of the mirrored text", name, methods[k]);
	}
}

/* A text's numbers do not depend on the other texts of its batch. */
static void
check_batch(struct model *m, const char *name)
{
	enum { TEXTS = 30 };
	struct rnn_text text[TEXTS];
	struct trace together[TEXTS], alone;
	struct rnn *r = rnn_new(m);
	size_t different = 0;

	for (size_t i = 0; i < TEXTS; i++) {
		size_t T = random_below(&rng, MOST + 1);
		int32_t *id = MEM_NEW(arena, T, int32_t);

		words(T, id);
		text[i] = (struct rnn_text){T, id};
	}
	rnn_forward(r, arena, TEXTS, text, RNN_TRACE, together);
	for (size_t i = 0; i < TEXTS; i++) {
		rnn_forward(r, arena, 1, &text[i], RNN_TRACE, &alone);
		different += memcmp(alone.logit, together[i].logit,
		    C * sizeof(float)) != 0;
		for (size_t d = 0; d < m->directions; d++)
			different += memcmp(alone.direction[d].S,
			    together[i].direction[d].S,
			    text[i].T * H * sizeof(float)) != 0;
	}
	CHECK(different == 0, "%s: the same bits alone and together", name);
	rnn_free(r);
}

/* Without input weights scores depend only on the place; without biases they
 * are 0. */
static void
check_dead(enum cell cell, const char *name)
{
	struct model *m = random_model(cell,
	    pooling_of(POOLING_LAST), 1, 2, 0, 0.5);
	struct model *mute = random_model(cell,
	    pooling_of(POOLING_LAST), 1, 2, 0, 0);
	int32_t a[MOST], b[MOST];
	struct trace tr;
	double *A, *B, *zero = MEM_VECTOR(arena, MOST * C, double);

	words(MOST, a);
	words(MOST, b);
	A = scores(m, "reat", MOST, a, &tr);
	B = scores(m, "reat", MOST, b, &tr);
	CHECK(memcmp(A, B, MOST * C * sizeof *A) == 0 &&
	    largest_difference(A, zero, MOST * C) > 0,
	    "%s: unseen words score by their place", name);
	A = scores(mute, "shapley", MOST, a, &tr);
	CHECK(largest_difference(A, zero, MOST * C) == 0,
	    "%s: without input and biases nothing is written", name);
}

/* The value of a set of words for each row: absent words write nothing. */
static void
value(const struct trace *tr, unsigned set, double *v)
{
	memset(v, 0, C * sizeof *v);
	for (size_t d = 0; d < tr->directions; d++)
		for (size_t j = 0; j < H; j++) {
			const struct direction *dir = &tr->direction[d];
			double s = 0, o = 1;

			for (size_t k = 0; k < tr->T; k++) {
				size_t t = d == 0 ? k : tr->T - 1 - k;
				size_t at = t * H + j;
				double before = k == 0 ? 0 : (double)dir->S[
				    (d == 0 ? t - 1 : t + 1) * H + j];

				if (set >> t & 1)
					s = (double)dir->A[at] * s +
					    (double)dir->S[at] -
					    (double)dir->A[at] * before;
				o = dir->O == NULL ? 1 : (double)dir->O[at];
			}
			for (size_t c = 0; c < C; c++)
				v[c] += (double)tr->weight[c * tr->directions *
				    H + d * H + j] * o * s;
		}
}

/* Add the marginal values of one order of the words, divided by share. */
static void
one_order(const struct trace *tr, const uint32_t *order, double share,
    double *S)
{
	double before[C], after[C];
	unsigned set = 0;

	value(tr, set, after);
	for (size_t k = 0; k < tr->T; k++) {
		memcpy(before, after, sizeof before);
		set |= 1u << order[k];
		value(tr, set, after);
		for (size_t c = 0; c < C; c++)
			S[order[k] * C + c] += (after[c] - before[c]) / share;
	}
}

/* Visit every order of order[0..n), by Heap's algorithm. */
static void
all_orders(const struct trace *tr, uint32_t *order, size_t n, double share,
    double *S)
{
	if (n == 1) {
		one_order(tr, order, share, S);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		size_t k = n % 2 == 0 ? i : 0;
		uint32_t swap;

		all_orders(tr, order, n - 1, share, S);
		swap = order[k];
		order[k] = order[n - 1];
		order[n - 1] = swap;
	}
}

static void
check_orders(enum cell cell, const char *name)
{
	struct model *m = random_model(cell,
	    pooling_of(POOLING_LAST), 1, 2, 1, 0.5);
	double factorial = 1;

	for (size_t T = 1; T <= 6; T++) {
		uint32_t order[] = {0, 1, 2, 3, 4, 5};
		double *S, *brute = MEM_VECTOR(arena, T * C, double);
		struct trace tr;
		int32_t id[6];

		factorial *= (double)T;
		words(T, id);
		S = scores(m, "shapley", T, id, &tr);
		all_orders(&tr, order, T, factorial, brute);
		CHECK(largest_difference(S, brute, T * C) < 1e-12,
		    "%s: shapley of %zu words is the mean over all orders",
		    name, T);
	}
}

static const struct pooling poolings[] = {
	{1, {POOLING_LAST}}, {1, {POOLING_MEAN}}, {1, {POOLING_MAX}},
	{3, {POOLING_MEAN, POOLING_LAST, POOLING_MAX}}, {1, {POOLING_END}},
};

int
main(void)
{
	arena = mem_arena();
	rng = random_seeded(11, 0);
	for (int cell = CELL_GRU; cell < CELLS; cell++) {
		for (size_t p = 0; p < sizeof poolings / sizeof *poolings; p++)
			for (size_t layers = 1; layers <= 2; layers++) {
				struct model *m = random_model(
				    (enum cell)cell, poolings[p], layers,
				    2, 1, 0.5);

				check_sum(m, cell_names[cell]);
				check_batch(m, cell_names[cell]);
				/* end is no end in the mirror; with hard gates
				 * states repeat, and max takes the first */
				if (!pooling_is(&m->pooling, POOLING_END) &&
				    !(cells[cell].hard && pooling_is(
				    &m->pooling, POOLING_MAX)))
					check_reversal(m, cell_names[cell]);
			}
		check_dead((enum cell)cell, cell_names[cell]);
		check_orders((enum cell)cell, cell_names[cell]);
	}
	mem_free(arena);
	return check_done();
}
