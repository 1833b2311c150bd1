/* SPDX-License-Identifier: ISC */
#include "explain/relevance.h"

#include <stdlib.h>

#include "base/mem.h"
#include "explain/explanation.h"
#include "math/lanes.h"
#include "model/model.h"
#include "rnn/delta.h"
#include "rnn/trace.h"

struct relevance {
	struct relevance_method method;
	struct lanes_rule rule;
	struct rnn_delta *delta;
	struct rnn_run *run;	/* [n] of the last forward pass */
	struct trace *trace;	/* [n] */
};

struct relevance *
relevance_new(struct model *m, const struct relevance_method *method,
    double epsilon)
{
	struct relevance *r = mem_calloc(1, sizeof *r);

	r->method = *method;
	r->rule = (struct lanes_rule){(float)epsilon, (float)method->gate};
	r->delta = rnn_delta_ruled(m, &(struct rnn_rule){method->lrp ?
	    &r->rule : NULL, method->reference});
	return r;
}

void
relevance_free(struct relevance *r)
{
	rnn_delta_free(r->delta);
	free(r);
}

void
relevance_forward(struct relevance *r, struct arena *arena, size_t n,
    const struct rnn_text *text, struct trace *trace)
{
	r->run = MEM_NEW(arena, n, struct rnn_run);
	r->trace = trace;
	for (size_t i = 0; i < n; i++)
		r->run[i] = (struct rnn_run){.text = text[i], .scale = 1};
	rnn_delta_forward(r->delta, arena, n, r->run, trace);
}

/* Take the words of target k of text i, word [T][targets], and the bias. */
static void
take(const struct relevance *r, size_t i, struct explanation *e, size_t k,
    double *word)
{
	double sum = 0;

	for (size_t t = 0; t < r->run[i].text.T; t++)
		sum += word[t * e->targets + k] = r->run[i].along[t];
	if (r->method.lrp)
		e->bias[k] = e->logit[k] - sum;
	else {
		const struct trace *zero = rnn_delta_zero(r->delta, i);

		e->bias[k] = explain_value(e, k, zero->logit,
		    zero->probability);
	}
}

void
relevance_explain(struct relevance *r, struct arena *arena, size_t n,
    struct explanation *const e[])
{
	double **word = MEM_NEW(arena, n, double *);
	size_t targets = 0;

	for (size_t i = 0; i < n; i++) {
		if (r->method.lrp)
			e[i]->grows = "a sum near zero gives its terms large "
			    "parts, and they grow from word to word; raise -E, "
			    "or take -a deeplift or half";
		word[i] = MEM_NEW(arena, r->run[i].text.T * e[i]->targets,
		    double);
		if (e[i]->targets > targets)
			targets = e[i]->targets;
	}
	for (size_t k = 0; k < targets; k++) {
		for (size_t i = 0; i < n; i++)
			if (k < e[i]->targets)
				r->run[i].target = explain_target(e[i], k);
		rnn_delta_back(r->delta, arena, r->run, r->trace, NULL, NULL);
		for (size_t i = 0; i < n; i++)
			if (k < e[i]->targets)
				take(r, i, e[i], k, word[i]);
	}
	for (size_t i = 0; i < n; i++)
		if (e[i]->targets > 0)
			explain_sums(e[i], word[i]);
}
