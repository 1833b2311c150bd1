/* SPDX-License-Identifier: ISC */
/*
 * gradient: ignorm of a text whose vectors do not fit is that of all vectors at
 * once, and the numbers do not depend on the other tasks.
 */
#include "explain/gradient.h"

#include "base/mem.h"
#include "check.h"
#include "math/quadrature.h"
#include "math/random.h"
#include "plain.h"

enum { D = 2048, LONG = 5000, SHORT = 7, NODES = 3 };

static struct arena *arena;
static const double coefficient[] = {1.0, -0.5, 0.25};

static struct model *
random_model(size_t directions)
{
	struct model *m = plain_model(arena, (struct model){.cell = CELL_GRU,
	    .layers = 1, .directions = directions, .V = 50, .D = D, .H = 3,
	    .rows = 3, .pooling = pooling_of(POOLING_LAST)});
	struct parameter part[PARAMETERS_MOST];
	size_t parts = parameters_of(arena, m, part);
	struct random random = random_seeded(7, 1);

	for (size_t k = 0; k < parts; k++)
		for (size_t i = 0; i < part[k].n; i++)
			part[k].x[i] = (float)(0.1 * random_normal(&random));
	return m;
}

static struct rnn_text
text(size_t T)
{
	int32_t *id = MEM_NEW(arena, T, int32_t);

	for (size_t t = 0; t < T; t++)
		id[t] = (int32_t)(t * t % 51) - 1;
	return (struct rnn_text){T, id};
}

static struct gradient_task
task(struct rnn_text text, bool norm)
{
	return (struct gradient_task){.text = text,
	    .target.coefficient = coefficient, .nodes = NODES, .stride = 1,
	    .S = MEM_NEW(arena, text.T, double),
	    .norm = norm ? MEM_NEW(arena, text.T, double) : NULL};
}

/* The vectors of a text, by rnn_delta_run. */
struct vectors {
	double weight;
	double (*v)[D];		/* [T] */
};

static void
add(void *self, size_t i, size_t t, const float *dx)
{
	struct vectors *to = self;

	(void)i;
	for (size_t j = 0; j < D; j++)
		to->v[t][j] += to->weight * (double)dx[j];
}

/* Set to [T] the norms of a text, from the vectors of all its words. */
static void
literal(struct model *m, struct rnn_text text, double *to)
{
	struct rnn_delta *r = rnn_delta_new(m);
	struct vectors all = {.v = mem_calloc(text.T, sizeof *all.v)};
	double node[NODES], weight[NODES];

	quadrature_nodes(NODES, node, weight);
	for (size_t k = 0; k < NODES; k++) {
		struct rnn_run run = {.text = text, .scale = node[k],
		    .target.coefficient = coefficient};

		all.weight = weight[k];
		rnn_delta_run(r, arena, 1, &run, add, &all);
	}
	for (size_t t = 0; t < text.T; t++) {
		double squares = 0;

		for (size_t j = 0; text.id[t] >= 0 && j < D; j++) {
			double x = (double)m->embedding_data[
			    (size_t)text.id[t] * D + j] * all.v[t][j];

			squares += x * x;
		}
		to[t] = sqrt(squares);
	}
	free(all.v);
	rnn_delta_free(r);
}

int
main(void)
{
	arena = mem_arena();
	for (size_t directions = 1; directions <= 2; directions++) {
		struct model *m = random_model(directions);
		struct gradient *g = gradient_new(m, NULL, NULL);
		struct gradient_task a[] = {task(text(SHORT), true),
		    task(text(LONG), true), task(text(0), true),
		    task(text(SHORT), true)};
		struct gradient_task signed_task = task(text(LONG), false);
		double *want = MEM_NEW(arena, LONG, double), worst = 0;

		gradient_integrate(g, 4, a);
		gradient_integrate(g, 1, &signed_task);
		literal(m, a[1].text, want);
		CHECK(memcmp(want, a[1].norm, LONG * sizeof *want) == 0,
		    "%zu directions: a text in parts", directions);
		literal(m, a[0].text, want);
		CHECK(memcmp(want, a[0].norm, SHORT * sizeof *want) == 0 &&
		    memcmp(want, a[3].norm, SHORT * sizeof *want) == 0,
		    "%zu directions: beside a long text", directions);
		for (size_t t = 0; t < LONG; t++)
			worst = fmax(worst, fabs(a[1].S[t] -
			    signed_task.S[t]));
		CHECK(worst < 1e-5, "%zu directions: the sums are those of ig, "
		    "within %g", directions, worst);
		gradient_free(g);
	}
	mem_free(arena);
	return check_done();
}
