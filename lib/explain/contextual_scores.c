/* SPDX-License-Identifier: ISC */
#include "explain/contextual_scores.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/mem.h"
#include "explain/explanation.h"
#include "model/model.h"
#include "rnn/trace.h"
#include "stream/block.h"

enum { LONG = 512 };		/* words of a text that is tried first */

/* Set S [rows] to what the output layer reads of features [P]. */
static void
read_features(const struct trace *tr, size_t P, const float *feature, double *S)
{
	for (size_t k = 0; k < tr->rows; k++) {
		S[k] = 0;
		for (size_t j = 0; j < P; j++)
			S[k] += (double)tr->weight[k * P + j] *
			    (double)feature[j];
	}
}

/* Set to [n][targets] to the scores of n spans. */
static void
score_spans(struct contextual *r, const struct explanation *e,
    const struct rnn_text *text, struct arena *arena, size_t n,
    const struct rnn_span *span, double *to)
{
	size_t P = contextual_features(r), rows = e->trace->rows;
	float *beta = MEM_VECTOR(arena, n * P, float);
	double *S = MEM_NEW(arena, n * rows, double);

	if (text->T > 0)
		contextual_run(r, text, n, span, beta);
	for (size_t i = 0; i < n; i++)
		read_features(e->trace, P, beta + i * P, S + i * rows);
	explain_targets(e, n, S, to);
}

/* Join the spans for target k: a run of the text for each round. */
static void
join_spans(struct contextual *r, struct explanation *e,
    const struct rnn_text *text, size_t k, struct arena *arena)
{
	struct join *j = explain_join(e, k, JOIN_ALONE);

	for (;;) {
		struct rnn_span *span;
		double *to, *phi;
		size_t n;

		mem_reset(arena);
		span = explain_round(j, arena, &n);
		if (n == 0)
			break;
		to = MEM_NEW(arena, n * e->targets, double);
		phi = MEM_NEW(arena, n, double);
		score_spans(r, e, text, arena, n, span, to);
		for (size_t i = 0; i < n; i++)
			phi[i] = to[i * e->targets + k];
		join_take(j, phi);
	}
	explain_joined(e, k, j);
}

/* In a long text the part of all words can grow until it is not finite, and
 * then the text has no scores: to find this out takes one span, not all. */
static bool
grows(struct contextual *r, const struct explanation *e,
    const struct rnn_text *text, struct arena *arena)
{
	struct rnn_span whole = {0, text->T - 1};
	double *to = MEM_NEW(arena, e->targets, double), sum = 0;

	score_spans(r, e, text, arena, 1, &whole, to);
	for (size_t k = 0; k < e->targets; k++)
		sum += 0 * to[k];
	return sum != 0;	/* NaN */
}

void
contextual_explain(struct contextual *r, struct explanation *e,
    const struct rnn_text *text)
{
	struct arena *arena = mem_arena();
	size_t all, n;
	const struct rnn_span *level = explain_spans(e, arena, &all);
	struct rnn_span *span = MEM_NEW(arena, all + 1, struct rnn_span);
	double *to, *one;
	bool lost;

	e->grows = "the part of a span grows from word to word, too far in a "
	    "text as long as this one; explain its sentences, or take -a skip";
	/* the whole text, after the others */
	n = all + 1;
	memcpy(span, level, all * sizeof *span);
	span[all] = (struct rnn_span){0, text->T > 0 ? text->T - 1 : 0};
	to = MEM_NEW(arena, n * e->targets, double);
	one = MEM_NEW(arena, n, double);
	lost = text->T > LONG && grows(r, e, text, arena);
	if (lost)
		for (size_t i = 0; i < n * e->targets; i++)
			to[i] = NAN;
	else
		score_spans(r, e, text, arena, n, span, to);
	for (size_t k = 0; k < e->targets; k++) {
		for (size_t i = 0; i < n; i++)
			one[i] = to[i * e->targets + k];
		e->bias[k] = e->logit[k] - one[all];
		explain_take_spans(e, k, one);
	}
	for (size_t k = 0; e->join != NULL && !lost && k < e->targets; k++)
		join_spans(r, e, text, k, arena);
	mem_free(arena);
}
