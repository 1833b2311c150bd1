/* SPDX-License-Identifier: ISC */
#include "explain/integrals.h"

#include <math.h>

#include "base/err.h"
#include "base/mem.h"
#include "explain/source.h"
#include "model/model.h"
#include "stream/block.h"

/*
 * Set the bias of every target to its value for a text of the same length whose
 * embeddings are all zero.  All these texts are prefixes of the longest one, so
 * source_run computes them together.
 */
static void
run_baselines(struct source *source, struct arena *arena, size_t n,
    struct explained *x)
{
	const struct model *m = rnn_model(source_rnn(source));
	struct rnn_text *blank = MEM_NEW(arena, n, struct rnn_text);
	float *logit = MEM_NEW(arena, n * m->rows, float);
	float *probability = MEM_NEW(arena, n * m->C, float);
	size_t longest = 0;
	int32_t *id;

	for (size_t i = 0; i < n; i++)
		longest = x[i].text.T > longest ? x[i].text.T : longest;
	id = MEM_NEW(arena, longest, int32_t);
	for (size_t t = 0; t < longest; t++)
		id[t] = -1;
	for (size_t i = 0; i < n; i++)
		blank[i] = (struct rnn_text){x[i].text.T, id};
	source_run(source, n, blank, logit, probability);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < x[i].e.targets; k++)
			x[i].e.bias[k] = explain_value(&x[i].e, k,
			    logit + i * m->rows, probability + i * m->C);
}

/*
 * The error of completeness of target k (nodes.h), by the scores of ig; NaN if
 * one of them is not finite, which explain_write refuses.  Below *rounding,
 * more nodes may not help: the logits are floats.
 */
static double
missed(const struct explained *x, size_t k, double *rounding)
{
	double logit = x->e.logit[k], zero = x->e.bias[k];
	double sum = zero - logit, size = 0;

	for (size_t t = 0; t < x->text.T; t++) {
		sum += x->word[t * x->e.targets + k];
		size += fabs(x->word[t * x->e.targets + k]);
	}
	/* some units in the last place of two floats */
	*rounding = fmax(1e-6, 8 * 6e-8 * (fabs(logit) + fabs(zero)) / size);
	if (!isfinite(sum))
		return NAN;
	return size > 0 ? fabs(sum) / size : sum != 0 ? HUGE_VAL : 0;
}

struct gradient_task
explained_task(const struct explained *x, size_t k)
{
	return (struct gradient_task){.text = x->text,
	    .target = explain_target(&x->e, k), .S = x->word + k,
	    .norm = x->norm == NULL ? NULL : x->norm + k,
	    .stride = x->e.targets};
}

/*
 * Make the tasks of n blocks, and return how many: one for every target, with
 * the first number of nodes; or, again, those that need more nodes.
 */
static size_t
make_tasks(const struct integrals *s, size_t n, const struct explained *x,
    bool again, struct gradient_task *task)
{
	size_t tasks = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < x[i].e.targets; k++) {
			struct nodes *ig = &x[i].ig[k];
			double error, rounding;

			error = again ? missed(&x[i], k, &rounding) : 0;
			if (!again)
				*ig = (struct nodes){s->nodes,
				    nodes_most(x[i].text.T), HUGE_VAL, 0};
			else if (!nodes_more(ig, error, s->tolerance, rounding))
				continue;
			task[tasks] = explained_task(&x[i], k);
			task[tasks].nodes = ig->n;
			task[tasks++].denser = s->tolerance >= 0;
		}
	return tasks;
}

/* Take the scores of a block from its integrals: those of ig and the bias add
 * up to the logit, those of ignorm do not. */
static void
take(struct explained *x)
{
	for (size_t k = 0; k < x->e.targets; k++) {
		double rounding;

		x->ig[k].error = missed(x, k, &rounding);
		if (x->norm != NULL)
			x->e.bias[k] = 0;
	}
	explain_sums(&x->e, x->norm != NULL ? x->norm : x->word);
}

void
integrals_run(const struct integrals *s, struct gradient *gradient,
    struct source *source, struct arena *arena, size_t n, struct explained x[])
{
	struct gradient_task *task;
	size_t all = 0, left;

	for (size_t i = 0; i < n; i++)
		all += x[i].e.targets;
	task = MEM_NEW(arena, all, struct gradient_task);
	run_baselines(source, arena, n, x);
	left = make_tasks(s, n, x, false, task);
	while (left > 0) {
		gradient_integrate(gradient, left, task);
		left = s->tolerance < 0 ? 0 :
		    make_tasks(s, n, x, true, task);
	}
	for (size_t i = 0; i < n; i++)
		take(&x[i]);
}

/* Why there was no attempt with more nodes, for a message. */
static const char *
why_not_more(struct block *b, const struct nodes *ig)
{
	if (nodes_rounding(ig))
		return ": too small for single precision";
	if (ig->most < NODES_MAX)
		return mem_printf(b->arena, ": more nodes would take too long "
		    "for a text of %zu words", b->T);
	return "";
}

bool
integrals_check(const struct integrals *s, struct block *b,
    const struct explained *x)
{
	/* false for NaN, which explain_write refuses */
	for (size_t k = 0; s->tolerance >= 0 && k < x->e.targets; k++)
		if (x->ig[k].error > s->tolerance)
			return bad(b->at, "integrated gradients of class %.*s "
			    "miss the score by %s with %zu nodes, the limit is "
			    "%g%s", TEXT_ARGS(x->e.target[k].class),
			    nodes_error(b->arena, x->ig[k].error),
			    x->ig[k].n, s->tolerance,
			    why_not_more(b, &x->ig[k]));
	return true;
}

double
integrals_error(const struct explained *x)
{
	double error = 0;

	for (size_t k = 0; k < x->e.targets; k++)
		error = fmax(error, x->ig[k].error);
	return error;
}
