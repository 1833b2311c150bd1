/* SPDX-License-Identifier: ISC */
#include "gradient.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "lanes.h"
#include "mem.h"
#include "quadrature.h"

/* Words, each as often as it has scales, that are run together. */
enum { ROWS = 512 };

struct gradient {
	struct rnn_delta *delta;
	struct arena *arena;	/* of a group */
};

/* What is run together: parts of texts' paths. */
struct group {
	const struct gradient_method *method;
	size_t n, cap, rows;
	struct rnn_asked *run;		/* [n] */
	const struct gradient_asked **of;	/* [n] whose it is */
	double *weight;			/* [n] in the integral */
};

const struct gradient_method gradient_methods[] = {
	{"ig", "integrated gradients from zero embeddings (the default)",
	    true, false},
	{"gradxinput", "gradient times input", false, false},
	{"grad", "the gradient's length: never negative", false, true},
	{NULL, NULL, false, false},
};

const struct gradient_method *
gradient_method(const char *name)
{
	const struct gradient_method *m = gradient_methods;

	while (m->name != NULL && strcmp(name, m->name) != 0)
		m++;
	return m->name == NULL ? NULL : m;
}

struct gradient *
gradient_new(struct model *m)
{
	struct gradient *g = calloc(1, sizeof *g);

	if (g == NULL)
		die("out of memory");
	g->delta = rnn_delta_new(m);
	g->arena = mem_arena();
	return g;
}

void
gradient_free(struct gradient *g)
{
	rnn_delta_free(g->delta);
	mem_free(g->arena);
	free(g);
}

static void
add_norms(struct gradient *g, const struct gradient_asked *a,
    const float *delta)
{
	size_t T = a->text.T, D = rnn_delta_model(g->delta)->D;
	float *dx = MEM_VECTOR(g->arena, T * D, float);

	rnn_delta_words(g->delta, g->arena, T, delta, dx);
	for (size_t t = 0; t < T; t++) {
		double sum = 0;

		for (size_t i = 0; i < D; i++)
			sum += (double)dx[t * D + i] * (double)dx[t * D + i];
		a->S[t * a->stride] += sqrt(sum);
	}
}

/* S(t) += weight P_t . delta_t */
static void
add_products(struct gradient *g, const struct gradient_asked *a,
    double weight, const float *delta)
{
	const struct model *m = rnn_delta_model(g->delta);
	size_t n = m->directions * m->G * m->H;
	double *x = MEM_VECTOR(g->arena, n, double);

	for (size_t t = 0; t < a->text.T; t++, delta += n) {
		for (size_t i = 0; i < n; i++)
			x[i] = (double)delta[i];
		a->S[t * a->stride] += weight * lanes_dot(n,
		    rnn_delta_product(g->delta, a->text.id[t]), x);
	}
}

/* Run the group and empty it. */
static void
finish(struct gradient *g, struct group *p)
{
	rnn_delta_run(g->delta, g->arena, p->n, p->run);
	for (size_t i = 0; i < p->n; i++)
		if (p->method->norm)
			add_norms(g, p->of[i], p->run[i].delta);
		else
			add_products(g, p->of[i], p->weight[i],
			    p->run[i].delta);
	p->n = p->rows = 0;
}

static void
begin(struct gradient *g, struct group *p)
{
	mem_reset(g->arena);
	p->run = MEM_NEW(g->arena, p->cap, struct rnn_asked);
	p->of = MEM_NEW(g->arena, p->cap, const struct gradient_asked *);
	p->weight = MEM_NEW(g->arena, p->cap, double);
}

/* Put a text at scale q into the group. */
static void
add(struct gradient *g, struct group *p, const struct gradient_asked *a,
    double q, double weight)
{
	if (p->n == p->cap || (p->n > 0 && p->rows + a->text.T > ROWS))
		finish(g, p);
	if (p->n == 0)
		begin(g, p);
	p->run[p->n] = (struct rnn_asked){.text = a->text, .scale = q,
	    .target = a->target};
	p->of[p->n] = a;
	p->weight[p->n++] = weight;
	p->rows += a->text.T;
}

void
gradient_run(struct gradient *g, const struct gradient_method *method,
    size_t nodes, size_t n, const struct gradient_asked asked[])
{
	double node[GRADIENT_NODES_MAX] = {1}, weight[GRADIENT_NODES_MAX] = {1};
	struct group p = {.method = method, .cap = ROWS};

	if (method->path)
		quadrature_nodes(nodes, node, weight);
	for (size_t i = 0; i < n; i++) {
		for (size_t t = 0; t < asked[i].text.T; t++)
			asked[i].S[t * asked[i].stride] = 0;
		for (size_t k = 0; k < (method->path ? nodes : 1); k++)
			add(g, &p, &asked[i], node[k], weight[k]);
	}
	if (p.n > 0)
		finish(g, &p);
}
