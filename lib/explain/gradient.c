/* SPDX-License-Identifier: ISC */
/*
 * Integrated gradients are a sum over n nodes q_k with weights w_k.  With P and
 * delta of rnn/delta.h:
 *
 *     S(t) = sum_k w_k x_t . (dF / dx_t)(q_k x) = sum_k w_k P_t . delta_t(q_k)
 *
 * A run is a text at one node, for one target; all runs are independent.  They
 * are put together, whichever text they belong to, into groups of up to
 * GRADIENT_WORDS words, and rnn_delta_run takes a group forward and back:
 *
 *     text 1            text 2                  text 3
 *     q_1 q_2 ... q_n   q_1 q_2 q_3 ... q_n     q_1 q_2 ...
 *     [ group ][ group ]   [ group ][ group ][ group ]
 *
 * ignorm needs the D terms of x_t, and adds up dF / dx_t over the nodes:
 *
 *     v_t = sum_k w_k (dF / dx_t)(q_k x)
 *     ignorm   sqrt(sum_j (x_tj v_tj)^2)         ig   sum_j x_tj v_tj
 *
 * smoothnorm, the length of v_t itself, is made in the same way.
 *
 * A mean over n samples is such a sum, too, with weights 1 / n.  In smoothgrad,
 * every second sample has the opposite noise of the one before it: in their sum
 * all odd orders of the noise are gone.
 *
 * In expected, the paths from m texts have a point each in turn.  A path of r
 * points has one in each of r equal parts of 0..1; where in its part, is one
 * of m equal parts again, another for each path.  So each point is uniform in
 * 0..1, and the mean has far less error than that over independent points:
 *
 *     q = (round + (part + u) / m) / r,    u uniform in 0..1
 *
 * grad and gradxinput need the gradient at x alone.  The states of one forward
 * pass serve a backward pass for each target.
 *
 * Easy to get wrong: the gradient at q x is multiplied with x, not with q x.
 * And the path begins at T words with zero embeddings, F(0), which is not the
 * output for a text without words.
 */
#include "explain/gradient.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/hash.h"
#include "base/mem.h"
#include "explain/nodes.h"
#include "math/quadrature.h"
#include "model/model.h"
#include "rnn/noise.h"

/* A quadrature rule: n nodes of the path and their weights. */
struct rule {
	double *node, *weight;	/* [n]; NULL until the first use */
};

struct gradient {
	struct rnn_delta *delta;
	struct noise *noise;	/* NULL until the first use */
	void (*did)(void *self, size_t steps);
	void *self;
	struct arena *lasting;	/* of the rules */
	struct rule rule[2][NODES_MAX + 1];	/* [denser][n] */
	struct arena *arena;	/* of the group, or of a pass back */
	size_t n;		/* gradient_forward's texts */
	struct rnn_run *run;	/* [n] */
	struct trace *trace;	/* [n] */
};

/* The sums v of some words of a task, for ignorm. */
struct vectors {
	const struct gradient_task *task;
	size_t first, n;	/* the words */
	double *v;		/* [n][D] */
	size_t left;		/* nodes that have not run */
};

/* What adds the noise of a sample. */
struct noisy {
	struct rnn_shift shift;
	struct noise_sample sample;
};

/* Runs that are computed together. */
struct group {
	size_t n, words, D;
	struct rnn_run *run;		/* [n] */
	const struct gradient_task **of;	/* [n] gets the result */
	struct vectors **into;		/* [n] or NULL, for ignorm */
	double *weight;			/* [n] of the node */
	struct noisy *noisy;		/* [n] */
};

enum { VECTORS = 1 << 22 };	/* most numbers of a struct vectors: 32 MB */

struct gradient *
gradient_new(struct model *m, void (*did)(void *self, size_t steps),
    void *self)
{
	struct gradient *g = mem_calloc(1, sizeof *g);

	g->delta = rnn_delta_new(m);
	g->did = did;
	g->self = self;
	g->lasting = mem_arena();
	g->arena = mem_arena();
	return g;
}

void
gradient_free(struct gradient *g)
{
	rnn_delta_free(g->delta);
	noise_free(g->noise);
	mem_free(g->lasting);
	mem_free(g->arena);
	free(g);
}

/* ---- a path ---- */

static struct vectors *
vectors_new(const struct gradient_task *a, size_t first, size_t n, size_t D)
{
	struct vectors *s = mem_calloc(1, sizeof *s);

	*s = (struct vectors){a, first, n, mem_calloc(n * D, sizeof *s->v),
	    a->nodes};
	return s;
}

/* For rnn_delta_run: v_t += weight dF / dx_t */
static void
add_vector(void *self, size_t i, size_t t, const float *dx)
{
	const struct group *p = self;
	const struct vectors *s = p->into[i];
	double *v;

	if (t < s->first || t >= s->first + s->n)
		return;
	v = s->v + (t - s->first) * p->D;
	for (size_t j = 0; j < p->D; j++)
		v[j] += p->weight[i] * (double)dx[j];
}

/* After the last node: set the scores of the words, and free s. */
static void
set_norms(struct gradient *g, struct vectors *s)
{
	const struct model *m = rnn_delta_model(g->delta);
	float *x = MEM_NEW(g->arena, m->D, float);

	for (size_t t = 0; t < s->n; t++) {
		const struct gradient_task *a = s->task;
		size_t at = (s->first + t) * a->stride;
		double sum = 0, squares = 0;

		model_embed(m, a->text.id[s->first + t], x);
		for (size_t j = 0; j < m->D; j++) {
			double v = s->v[t * m->D + j];
			double term = (double)x[j] * v;
			double length = a->samples == NULL ? term : v;

			sum += term;
			squares += length * length;
		}
		a->S[at] = sum;
		a->norm[at] = sqrt(squares);
	}
	free(s->v);
	free(s);
}

/* Run the group and empty it: S(t) += weight P_t . delta_t, or v of ignorm. */
static void
finish(struct gradient *g, struct group *p)
{
	bool norm = p->into[0] != NULL;

	rnn_delta_run(g->delta, g->arena, p->n, p->run,
	    norm ? add_vector : NULL, p);
	for (size_t i = 0; i < p->n; i++) {
		const struct gradient_task *a = p->of[i];

		for (size_t t = 0; !norm && t < a->text.T; t++)
			a->S[t * a->stride] += p->weight[i] *
			    p->run[i].along[t];
		if (norm && --p->into[i]->left == 0)
			set_norms(g, p->into[i]);
	}
	if (g->did != NULL)
		g->did(g->self, p->words);
	p->n = p->words = 0;
}

static void
begin(struct gradient *g, struct group *p)
{
	mem_reset(g->arena);
	p->run = MEM_NEW(g->arena, GRADIENT_WORDS, struct rnn_run);
	p->of = MEM_NEW(g->arena, GRADIENT_WORDS,
	    const struct gradient_task *);
	p->into = MEM_NEW(g->arena, GRADIENT_WORDS, struct vectors *);
	p->weight = MEM_NEW(g->arena, GRADIENT_WORDS, double);
	p->noisy = MEM_NEW(g->arena, GRADIENT_WORDS, struct noisy);
}

/* Add a text at scale q to the group; a full group is run first.  Returns the
 * run, which can be changed. */
static struct rnn_run *
add(struct gradient *g, struct group *p, const struct gradient_task *a,
    struct vectors *into, double q, double weight)
{
	if (p->n == GRADIENT_WORDS ||
	    (p->n > 0 && p->words + a->text.T > GRADIENT_WORDS))
		finish(g, p);
	if (p->n == 0)
		begin(g, p);
	p->run[p->n] = (struct rnn_run){.text = a->text, .scale = q,
	    .target = a->target};
	p->of[p->n] = a;
	p->into[p->n] = into;
	p->weight[p->n] = weight;
	p->words += a->text.T;
	return &p->run[p->n++];
}

static const struct rule *
rule(struct gradient *g, bool denser, size_t n)
{
	struct rule *r = &g->rule[denser][n];

	if (r->node != NULL)
		return r;
	r->node = MEM_NEW(g->lasting, n, double);
	r->weight = MEM_NEW(g->lasting, n, double);
	(denser ? quadrature_denser : quadrature_nodes)(n, r->node, r->weight);
	return r;
}

/* Add the text at all nodes of its path from zero. */
static void
add_path(struct gradient *g, struct group *p, const struct gradient_task *a,
    struct vectors *into)
{
	const struct rule *r = rule(g, a->denser, a->nodes);

	for (size_t k = 0; k < a->nodes; k++)
		add(g, p, a, into, r->node[k], r->weight[k]);
}

static uint64_t
random_key(struct random *random)
{
	uint64_t high = random_bits(random);

	return high << 32 | random_bits(random);
}

/* Let the noise be that of a pool; the runs of another are run first. */
static void
want_pool(struct gradient *g, struct group *p, uint64_t seed, uint64_t number)
{
	if (g->noise == NULL)
		g->noise = noise_new(rnn_delta_model(g->delta));
	if (!noise_is(g->noise, seed, number)) {
		if (p->n > 0)
			finish(g, p);
		noise_pool(g->noise, seed, number);
	}
}

/* Add the text with other noise in each pair of samples, which have opposite
 * noise. */
static void
add_noisy(struct gradient *g, struct group *p, const struct gradient_task *a,
    struct vectors *into)
{
	const struct gradient_samples *s = a->samples;
	struct random random = s->random;
	uint64_t key[2] = {0};

	for (size_t k = 0; k < a->nodes; k++) {
		bool opposite = k % 2 == 1;
		struct rnn_run *run;
		struct noisy *noisy;

		want_pool(g, p, s->seed, k / 2 / NOISE_POOL);
		run = add(g, p, a, into, 1, 1 / (double)a->nodes);
		if (!opposite) {
			key[0] = random_key(&random);
			key[1] = random_key(&random);
		}
		noisy = &p->noisy[run - p->run];
		*noisy = (struct noisy){{noise_add, &noisy->sample}, {g->noise,
		    {key[0], key[1]}, opposite ? -s->deviation :
		    s->deviation}};
		run->shift = &noisy->shift;
	}
}

/* Add the text at points of paths from the background: rounds, in each of which
 * every path has a point, until there are enough. */
static void
add_between(struct gradient *g, struct group *p, const struct gradient_task *a,
    struct vectors *into)
{
	const struct gradient_samples *s = a->samples;
	struct random random = s->random;
	uint32_t *part = mem_calloc(s->texts, sizeof *part);

	for (size_t i = 0; i < s->texts; i++)
		part[i] = (uint32_t)i;
	for (size_t k = 0; k < a->nodes; k++) {
		size_t i = k % s->texts, round = k / s->texts;
		/* rounds of this path */
		size_t rounds = (a->nodes - i + s->texts - 1) / s->texts;
		double v;

		if (i == 0)
			random_shuffle(&random, part, (uint32_t)s->texts);
		v = (part[i] + (double)random_unit(&random)) /
		    (double)s->texts;
		add(g, p, a, into, ((double)round + v) / (double)rounds,
		    1 / (double)a->nodes)->from = s->from[i];
	}
	free(part);
}

/* Add the text at all points of the task. */
static void
add_points(struct gradient *g, struct group *p, const struct gradient_task *a,
    struct vectors *into)
{
	if (a->samples == NULL)
		add_path(g, p, a, into);
	else if (a->samples->from == NULL)
		add_noisy(g, p, a, into);
	else
		add_between(g, p, a, into);
}

void
gradient_integrate(struct gradient *g, size_t n,
    const struct gradient_task task[])
{
	size_t D = rnn_delta_model(g->delta)->D;
	size_t most = D < VECTORS ? VECTORS / D : 1;
	struct group p = {.D = D};

	for (size_t i = 0; i < n; i++) {
		const struct gradient_task *a = &task[i];

		for (size_t t = 0; t < a->text.T; t++)
			a->S[t * a->stride] = 0;
		if (a->norm == NULL)
			add_points(g, &p, a, NULL);
		for (size_t t = 0, some; a->norm != NULL && t < a->text.T;
		    t += some) {
			some = a->text.T - t < most ? a->text.T - t : most;
			add_points(g, &p, a, vectors_new(a, t, some, D));
		}
	}
	if (p.n > 0)
		finish(g, &p);
}

/* ---- the text itself ---- */

void
gradient_forward(struct gradient *g, struct arena *arena, size_t n,
    const struct rnn_text text[], struct trace trace[])
{
	g->n = n;
	g->run = MEM_NEW(arena, n, struct rnn_run);
	g->trace = trace;
	for (size_t i = 0; i < n; i++)
		g->run[i] = (struct rnn_run){.text = text[i], .scale = 1};
	rnn_delta_forward(g->delta, arena, n, g->run, trace);
}

/* For rnn_delta_back: a score is the gradient's length. */
struct lengths {
	const struct gradient_task *task;
	size_t D;
};

static void
set_length(void *self, size_t i, size_t t, const float *dx)
{
	const struct lengths *to = self;
	const struct gradient_task *a = &to->task[i];
	double sum = 0;

	if (a->S == NULL)
		return;
	for (size_t j = 0; j < to->D; j++)
		sum += (double)dx[j] * (double)dx[j];
	a->S[t * a->stride] = sqrt(sum);
}

void
gradient_back(struct gradient *g, bool norm,
    const struct gradient_task task[])
{
	struct lengths to = {task, rnn_delta_model(g->delta)->D};

	mem_reset(g->arena);
	for (size_t i = 0; i < g->n; i++)
		g->run[i].target = task[i].target;
	rnn_delta_back(g->delta, g->arena, g->run, g->trace,
	    norm ? set_length : NULL, &to);
	for (size_t i = 0; !norm && i < g->n; i++)
		for (size_t t = 0; task[i].S != NULL && t < task[i].text.T;
		    t++)
			task[i].S[t * task[i].stride] = g->run[i].along[t];
}
