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
#include "base/mem.h"
#include "explain/nodes.h"
#include "math/quadrature.h"

/* A quadrature rule: n nodes of the path and their weights. */
struct rule {
	double *node, *weight;	/* [n]; NULL until the first use */
};

struct gradient {
	struct rnn_delta *delta;
	void (*did)(void *self, size_t steps);
	void *self;
	struct arena *lasting;	/* of the rules */
	struct rule rule[2][NODES_MAX + 1];	/* [denser][n] */
	struct arena *arena;	/* of the group, or of a pass back */
	size_t n;		/* gradient_forward's texts */
	struct rnn_run *run;	/* [n] */
	struct trace *trace;	/* [n] */
};

/* Runs that are computed together. */
struct group {
	size_t n, words;
	struct rnn_run *run;		/* [n] */
	const struct gradient_task **of;	/* [n] gets the result */
	double *weight;			/* [n] of the node */
};

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
	mem_free(g->lasting);
	mem_free(g->arena);
	free(g);
}

/* ---- a path ---- */

/* Run the group and empty it: S(t) += weight P_t . delta_t */
static void
finish(struct gradient *g, struct group *p)
{
	rnn_delta_run(g->delta, g->arena, p->n, p->run, NULL, NULL);
	for (size_t i = 0; i < p->n; i++) {
		const struct gradient_task *a = p->of[i];

		for (size_t t = 0; t < a->text.T; t++)
			a->S[t * a->stride] += p->weight[i] *
			    p->run[i].along[t];
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
	p->weight = MEM_NEW(g->arena, GRADIENT_WORDS, double);
}

/* Add a text at scale q to the group; a full group is run first. */
static void
add(struct gradient *g, struct group *p, const struct gradient_task *a,
    double q, double weight)
{
	if (p->n == GRADIENT_WORDS ||
	    (p->n > 0 && p->words + a->text.T > GRADIENT_WORDS))
		finish(g, p);
	if (p->n == 0)
		begin(g, p);
	p->run[p->n] = (struct rnn_run){.text = a->text, .scale = q,
	    .target = a->target};
	p->of[p->n] = a;
	p->weight[p->n++] = weight;
	p->words += a->text.T;
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

void
gradient_integrate(struct gradient *g, size_t n,
    const struct gradient_task task[])
{
	struct group p = {.n = 0};

	for (size_t i = 0; i < n; i++) {
		const struct rule *r = rule(g, task[i].denser,
		    task[i].nodes);

		for (size_t t = 0; t < task[i].text.T; t++)
			task[i].S[t * task[i].stride] = 0;
		for (size_t k = 0; k < task[i].nodes; k++)
			add(g, &p, &task[i], r->node[k], r->weight[k]);
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
