/* SPDX-License-Identifier: ISC */
/*
 * delta: the gradients of a target equal finite differences of the plain
 * network and PyTorch's gradients (tests/golden/train), for every kind of
 * model; they do not depend on the batch.
 */
#include "rnn/delta.h"

#include "base/mem.h"
#include "check.h"
#include "explain/gradient.h"
#include "math/lanes.h"
#include "math/random.h"
#include "plain.h"

static struct arena *arena;

/* ---- finite differences ---- */

static double
plain_target(const struct model *m, const struct rnn_run *a)
{
	double z[PLAIN_LONGEST], value = 0.0;

	plain_logits(m, &a->text, a->scale, z);
	if (a->target.coefficient == NULL)
		return plain_probability(m, z, a->target.class);
	for (size_t k = 0; k < m->rows; k++)
		value += a->target.coefficient[k] * z[k];
	return value;
}

/* What rnn_delta_run gives: dx [T][D] of each text. */
struct given {
	float *dx[PLAIN_TEXTS];
	size_t D;
};

static void
take(void *self, size_t i, size_t t, const float *dx)
{
	struct given *to = self;

	memcpy(to->dx[i] + t * to->D, dx, to->D * sizeof *dx);
}

/* Compute n runs; returns their dx. */
static struct given
gradients(struct rnn_delta *r, size_t n, struct rnn_run run[])
{
	struct given to = {.D = rnn_delta_model(r)->D};

	for (size_t i = 0; i < n; i++)
		to.dx[i] = MEM_VECTOR(arena, run[i].text.T * to.D, float);
	rnn_delta_run(r, arena, n, run, take, &to);
	return to;
}

/*
 * The largest error of dx [T][D], against W_ih^T times finite differences at p;
 * *largest receives the largest element.
 */
static double
off(const struct model *m, const struct rnn_run *a, const float *dx,
    double *largest)
{
	const double step = 1e-5;
	double worst = 0.0, up, down, exact[PLAIN_LONGEST];

	plain_moved.p = true;
	for (size_t t = 0; t < a->text.T; t++, dx += m->D) {
		memset(exact, 0, sizeof exact);
		for (size_t d = 0; d < m->directions; d++)
			for (size_t k = 0; k < m->G * m->H; k++) {
				plain_moved.t = t;
				plain_moved.d = d;
				plain_moved.k = k;
				plain_moved.by = step;
				up = plain_target(m, a);
				plain_moved.by = -step;
				down = plain_target(m, a);
				for (size_t j = 0; j < m->D; j++)
					exact[j] += (up - down) / (2.0 * step) *
					    (double)m->layer[0][d].weight_ih[k *
					    m->D + j];
			}
		for (size_t j = 0; j < m->D; j++) {
			worst = fmax(worst, fabs(exact[j] - (double)dx[j]));
			*largest = fmax(*largest, fabs(exact[j]));
		}
	}
	plain_moved.p = false;
	return worst;
}

/* along, P . delta, is dx . embedding: the largest error. */
static double
off_words(const struct model *m, const struct rnn_run *a, const float *dx)
{
	double worst = 0.0;

	for (size_t t = 0; t < a->text.T; t++) {
		double by_input = 0.0;

		for (size_t j = 0; a->text.id[t] >= 0 && j < m->D; j++)
			by_input += (double)dx[t * m->D + j] *
			    (double)m->embedding_data[(size_t)a->text.id[t] *
			    m->D + j];
		worst = fmax(worst, fabs(by_input - a->along[t]));
	}
	return worst;
}

/* Set n runs, with the texts of a; scales and targets alternate. */
static void
make_runs(const struct model *m, const struct plain_texts *a, size_t n,
    const double *coefficient, struct rnn_run run[])
{
	for (size_t i = 0; i < n; i++) {
		run[i] = (struct rnn_run){.text = a->text[i],
		    .scale = (double)(i % 4 + 1) / 4.0};
		if (i % 2 == 0)
			run[i].target.coefficient = coefficient;
		else
			run[i].target.class = i / 2 % m->C;
	}
}

static void
check_model(struct model shape)
{
	static const double coefficient[] = {1.0, -0.5, 0.25};
	struct random random = random_seeded(12, shape.cell + 2 *
	    shape.directions + 6 * shape.layers);
	struct model *m = plain_model(arena, shape);
	struct rnn_delta *r;
	struct rnn_run run[PLAIN_TEXTS], along[PLAIN_TEXTS], one;
	struct given given, alone;
	struct plain_texts a = {.n = PLAIN_TEXTS};
	double worst = 0.0, largest = 0.0, value = 0.0, words = 0.0;
	size_t same = 0;

	plain_randomise(arena, m, &random);
	r = rnn_delta_new(m);
	for (size_t i = 0; i < a.n; i++) {
		a.text[i] = (struct rnn_text){i * 5 % 8, a.id[i]};
		for (size_t t = 0; t < a.text[i].T; t++)
			a.id[i][t] = (int32_t)random_below(&random, 8) - 1;
	}
	make_runs(m, &a, a.n, coefficient, run);
	given = gradients(r, a.n, run);
	make_runs(m, &a, a.n, coefficient, along);
	rnn_delta_run(r, arena, a.n, along, NULL, NULL);
	for (size_t i = 0; i < a.n; i++) {
		value = fmax(value, fabs(run[i].value -
		    plain_target(m, &run[i])));
		worst = fmax(worst, off(m, &run[i], given.dx[i], &largest));
		words = fmax(words, off_words(m, &along[i], given.dx[i]));
	}
	CHECK(value < 1e-6, "%s: F is off by %.1e", plain_name(arena, m),
	    value);
	CHECK(worst < 1e-6 * fmax(1, largest) && largest > 1e-3,
	    "%s: dx is off by %.1e (largest %.2g)", plain_name(arena, m),
	    worst, largest);
	CHECK(words < 1e-6, "%s: along is off by %.1e", plain_name(arena, m),
	    words);
	for (size_t i = 0; i < a.n; i++) {
		one = run[i];
		alone = gradients(r, 1, &one);
		same += one.value == run[i].value && memcmp(alone.dx[0],
		    given.dx[i], one.text.T * m->D * sizeof(float)) == 0;
	}
	CHECK(same == a.n, "%s: the same bits by itself as in a batch",
	    plain_name(arena, m));
	rnn_delta_free(r);
}

/* ---- other points than a text's own vectors ---- */

/* A point (1 - q) f + q e, as a shift of zero vectors. */
struct point {
	const struct model *m;
	const int32_t *e, *f;
	double q;
};

static void
add_word(const struct model *m, int32_t id, double q, float *x)
{
	for (size_t j = 0; id >= 0 && j < m->D; j++)
		x[j] += (float)q * m->embedding_data[(size_t)id * m->D + j];
}

static void
add_point(void *self, size_t d, size_t t, float *p)
{
	const struct point *a = self;
	size_t D = a->m->D;
	const float *W = a->m->layer[0][d].weight_ih;
	float *x = MEM_VECTOR(arena, D, float);

	add_word(a->m, a->e[t], a->q, x);
	add_word(a->m, a->f[t], 1 - a->q, x);
	for (size_t i = 0; i < a->m->G * a->m->H; i++) {
		double sum = 0.0;

		for (size_t j = 0; j < D; j++)
			sum += (double)W[i * D + j] * (double)x[j];
		p[i] += (float)sum;
	}
}

/*
 * A point between two texts of T words, and the same point as a shift of zero
 * vectors, have the same value and dx; along is dx . (e - f).  A long text is
 * run in segments, and has the bits of a batch; gradients of so many steps are
 * too large to compare otherwise.
 */
static void
check_point(struct model *m, size_t T, struct random *random)
{
	int32_t *e = MEM_NEW(arena, T, int32_t);
	int32_t *f = MEM_NEW(arena, T, int32_t);
	int32_t *zero = MEM_NEW(arena, T, int32_t);
	struct point at = {m, e, f, 0.25};
	struct rnn_shift shift = {add_point, &at};
	struct rnn_delta *r = rnn_delta_new(m);
	struct rnn_run run[2], two[2];
	struct given dx, moved, both;
	double off = 0.0, along = 0.0, largest = 1.0;

	for (size_t t = 0; t < T; t++) {
		e[t] = (int32_t)random_below(random, 8) - 1;
		f[t] = (int32_t)random_below(random, 8) - 1;
		zero[t] = -1;
	}
	run[0] = (struct rnn_run){.text = {T, e}, .scale = at.q, .from = f,
	    .target.class = 1};
	run[1] = (struct rnn_run){.text = {T, zero}, .scale = 0.5,
	    .shift = &shift, .target.class = 1};
	memcpy(two, run, sizeof two);
	dx = gradients(r, 1, &run[0]);
	moved = gradients(r, 1, &run[1]);
	both = gradients(r, 2, two);
	CHECK(memcmp(dx.dx[0], both.dx[0], T * m->D * sizeof(float)) == 0 &&
	    memcmp(moved.dx[0], both.dx[1], T * m->D * sizeof(float)) == 0,
	    "%s: points of %zu words have the bits of a batch",
	    plain_name(arena, m), T);
	rnn_delta_run(r, arena, 1, run, NULL, NULL);
	for (size_t t = 0; t < T; t++) {
		float *way = MEM_VECTOR(arena, m->D, float);
		double sum = 0.0;

		add_word(m, e[t], 1, way);
		add_word(m, f[t], -1, way);
		for (size_t j = 0; j < m->D; j++) {
			size_t at_j = t * m->D + j;

			sum += (double)way[j] * (double)dx.dx[0][at_j];
			largest = fmax(largest, fabs((double)dx.dx[0][at_j]));
			off = fmax(off, fabs((double)dx.dx[0][at_j] -
			    (double)moved.dx[0][at_j]));
		}
		along = fmax(along, fabs(sum - run[0].along[t]));
	}
	off = fmax(off, fabs(run[0].value - run[1].value));
	CHECK(T > 10 || (off < 2e-6 * largest && along < 2e-6 * largest),
	    "%s: a point of %zu words is off by %.1e, along by %.1e "
	    "(largest %.2g)", plain_name(arena, m), T, off, along, largest);
	rnn_delta_free(r);
}

static void
check_points(struct model shape)
{
	struct random random = random_seeded(17, shape.pooling.part[0]);
	struct model *m = plain_model(arena, shape);

	plain_randomise(arena, m, &random);
	check_point(m, m->H < 10 ? 6 : 2500, &random);
}

/* ---- other properties ---- */

/* At q = 1 the target's value is rnn_forward's logit, to the bit. */
static void
check_forward(void)
{
	struct random random = random_seeded(13, 0);
	struct model *m = plain_model(arena, (struct model){.V = 7, .D = 3,
	    .H = 21, .cell = CELL_LSTM, .directions = 2, .layers = 2,
	    .rows = 3, .pooling = pooling_of(POOLING_MEAN)});
	static const double second[] = {0.0, 1.0, 0.0};
	int32_t id[5] = {3, -1, 0, 3, 6};
	struct rnn_run run = {.text = {5, id}, .scale = 1.0,
	    .target = {.coefficient = second}};
	struct trace trace;
	struct rnn_delta *r;
	struct rnn *forward;

	plain_randomise(arena, m, &random);
	r = rnn_delta_new(m);
	forward = rnn_new(m);
	rnn_forward(forward, arena, 1, &run.text, RNN_LOGITS, &trace);
	rnn_delta_run(r, arena, 1, &run, NULL, NULL);
	CHECK(run.value == (double)trace.logit[1],
	    "F is the logit that rnn_forward finds");
	run.target = (struct rnn_target){.class = 2};
	rnn_delta_run(r, arena, 1, &run, NULL, NULL);
	CHECK(run.value == (double)trace.probability[2],
	    "F is the probability that rnn_forward finds");
	rnn_free(forward);
	rnn_delta_free(r);
}

/*
 * Without carry and recurrent product, equal words have equal states.  Max
 * pooling must choose the first in text order, in both directions.
 */
static void
check_ties(void)
{
	struct random random = random_seeded(14, 0);
	struct model *m = plain_model(arena, (struct model){.V = 7, .D = 3,
	    .H = 5, .directions = 2, .layers = 1, .rows = 2,
	    .pooling = pooling_of(POOLING_MAX)});
	static const double first[] = {1.0, 0.0};
	int32_t id[3] = {2, 2, 2};
	struct rnn_run run = {.text = {3, id}, .scale = 1.0,
	    .target = {.coefficient = first}};
	struct rnn_delta *r;
	struct given given;
	size_t zeros = 0, others = 0;

	plain_randomise(arena, m, &random);
	for (size_t d = 0; d < 2; d++) {
		struct rnn_weights *w = &m->layer[0][d];

		memset(w->weight_hh, 0, m->G * m->H * m->H * sizeof(float));
		for (size_t j = 0; j < m->H; j++)
			w->bias_ih[m->H + j] = -1e4f;
	}
	r = rnn_delta_new(m);
	given = gradients(r, 1, &run);
	for (size_t j = 0; j < m->D; j++)
		others += given.dx[0][j] != 0.0f;
	for (size_t j = m->D; j < 3 * m->D; j++)
		zeros += fabsf(given.dx[0][j]) < 1e-30f;
	CHECK(zeros == 2 * m->D && others == m->D,
	    "max: the gradient is that of the first of equal words");
	rnn_delta_free(r);
}

/* -a grad: lengths of a text of more words than are multiplied at once. */
static void
check_lengths(void)
{
	enum { T = 700 };
	static const double first[] = {1.0, 0.0};
	struct random random = random_seeded(15, 0);
	struct model *m = plain_model(arena, (struct model){.V = 7, .D = 3,
	    .H = 5, .directions = 2, .layers = 1, .rows = 2,
	    .pooling = pooling_of(POOLING_MEAN)});
	struct rnn_run run = {.scale = 1.0, .target.coefficient = first};
	struct rnn_run along;
	struct gradient_task norms;
	struct given given;
	struct trace trace;
	struct gradient *g;
	struct rnn_delta *r;
	double worst = 0.0, S[T];
	int32_t id[T];

	plain_randomise(arena, m, &random);
	g = gradient_new(m, NULL, NULL);
	r = rnn_delta_new(m);
	for (size_t t = 0; t < T; t++)
		id[t] = (int32_t)random_below(&random, 7);
	run.text = (struct rnn_text){T, id};
	along = run;
	rnn_delta_run(r, arena, 1, &along, NULL, NULL);
	given = gradients(r, 1, &run);
	CHECK(off_words(m, &along, given.dx[0]) < 1e-6, "dx of %d words", T);
	norms = (struct gradient_task){.text = run.text,
	    .target = run.target, .S = S, .stride = 1};
	gradient_forward(g, arena, 1, &run.text, &trace);
	gradient_back(g, true, &norms);
	for (size_t t = 0; t < T; t++) {
		double sum = 0.0;

		for (size_t i = 0; i < m->D; i++)
			sum += (double)given.dx[0][t * m->D + i] *
			    (double)given.dx[0][t * m->D + i];
		worst = fmax(worst, fabs(S[t] - sqrt(sum)));
	}
	CHECK(worst == 0.0 && S[T - 1] > 0.0, "lengths of %d words", T);
	gradient_free(g);
	rnn_delta_free(r);
}

/* A long text by itself, which is run in segments, and in a batch of two. */
static void
check_segments(struct model shape)
{
	enum { T = 2500 };
	static const struct lanes_rule lrp = {1e-3f, 0};
	static const struct rnn_rule rules[] = {{NULL, false}, {&lrp, false},
	    {NULL, true}};
	struct random random = random_seeded(16, shape.pooling.part[0]);
	struct model *m = plain_model(arena, shape);
	struct rnn_delta *r;
	struct given one, two;
	int32_t *id = MEM_NEW(arena, T, int32_t);
	struct rnn_run alone, both[2];

	plain_randomise(arena, m, &random);
	r = rnn_delta_new(m);
	for (size_t t = 0; t < T; t++)
		id[t] = (int32_t)random_below(&random, 8) - 1;
	alone = (struct rnn_run){.text = {T, id}, .scale = 0.5,
	    .target.class = 1};
	both[0] = alone;
	both[1] = (struct rnn_run){.text = {3, id}, .scale = 1.0,
	    .target.class = 0};
	one = gradients(r, 1, &alone);
	two = gradients(r, 2, both);
	CHECK(alone.value == both[0].value && memcmp(one.dx[0], two.dx[0],
	    T * m->D * sizeof(float)) == 0,
	    "%s: dx in segments has the bits of a batch",
	    plain_name(arena, m));
	rnn_delta_free(r);
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
		r = rnn_delta_ruled(m, &rules[i]);
		rnn_delta_run(r, arena, 1, &alone, NULL, NULL);
		rnn_delta_run(r, arena, 2, both, NULL, NULL);
		CHECK(memcmp(alone.along, both[0].along, T *
		    sizeof(double)) == 0, "%s, rule %zu: along in segments "
		    "has the bits of a batch", plain_name(arena, m), i);
		rnn_delta_free(r);
	}
}

/* ---- PyTorch ---- */

static void
check_golden_model(FILE *f, struct model *m, const struct plain_texts *a,
    const double *scales, size_t n)
{
	static const double coefficient[] = {0.5, -0.5, -1.5};
	struct rnn_run run[PLAIN_TEXTS];
	struct rnn_delta *r = rnn_delta_new(m);
	struct given given;
	double value = 0.0, words = 0.0;

	make_runs(m, a, n, coefficient, run);
	for (size_t i = 0; i < n; i++)
		run[i].scale = scales[i];
	given = gradients(r, n, run);
	for (size_t i = 0; i < n; i++) {
		size_t numbers = run[i].text.T * m->D;
		double expected[3];

		plain_read(f, "asked", expected, 3);
		value = fmax(value, fabs(run[i].value - expected[0]));
		words = fmax(words, plain_off(given.dx[i], numbers,
		    expected + 1));
	}
	CHECK(value < 1e-6 && words < 1e-6,
	    "PyTorch's %s: F is off by %.1e, dx by %.1e",
	    plain_name(arena, m), value, words);
	rnn_delta_free(r);
}

static void
check_golden(void)
{
	FILE *f = fopen("tests/golden/train/delta.txt", "r");
	double sizes[7], scales[PLAIN_TEXTS];
	struct plain_texts a = {0};
	struct model *m;
	size_t number = 0;

	plain_read_texts(f, sizes, &a);
	plain_read(f, "scales", scales, PLAIN_TEXTS);
	while ((m = plain_read_model(f, arena, sizes, ++number)) != NULL)
		check_golden_model(f, m, &a, scales, (size_t)sizes[6]);
	CHECK(number == 49, "48 models of PyTorch's");
	fclose(f);
}

int
main(void)
{
	arena = mem_arena();
	plain_kinds(check_model);
	check_forward();
	check_ties();
	check_lengths();
	plain_deep_kinds(61, check_segments);
	plain_kinds(check_points);
	check_points((struct model){.V = 7, .D = 3, .H = 61, .rows = 3,
	    .cell = CELL_LSTM, .directions = 2, .layers = 2,
	    .pooling = plain_pooling[1]});
	check_golden();
	mem_free(arena);
	return check_done();
}
