/* SPDX-License-Identifier: ISC */
#include "explain/presence_scores.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "explain/explanation.h"
#include "explain/join.h"
#include "rnn/trace.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/level.h"
#include "stream/score.h"

/* The scores of one text for one target; without a target, all is NULL. */
struct scores {
	struct explanation *e;
	double *word;		/* [T][targets] of the additive methods */
	double *half;		/* [T] or NULL */
	struct rnn_skip skip;	/* S is NULL if not computed */
};

/* Set the bias of each target to its value for a text without words. */
static void
set_bias(struct explanation *e)
{
	struct arena *arena = e->block->arena;
	struct trace none = *e->trace;

	none.logit = MEM_VECTOR(arena, none.rows, float);
	none.probability = MEM_VECTOR(arena, none.C, float);
	memcpy(none.logit, none.bias, none.rows * sizeof *none.bias);
	trace_classify(&none);
	for (size_t k = 0; k < e->targets; k++)
		e->bias[k] = explain_value(e, k, none.logit,
		    none.probability);
}

/* All spans of all levels, for skip. */
static struct rnn_skip
all_spans(struct arena *arena, const struct explanation *e)
{
	struct rnn_skip skip = {.n = 0};

	skip.span = explain_spans(e, arena, &skip.n);
	skip.S = MEM_NEW(arena, skip.n, double);
	return skip;
}

/* Each word as a span, for mix. */
static struct rnn_skip
all_words(struct arena *arena, const struct explanation *e)
{
	struct rnn_span *span = MEM_NEW(arena, e->trace->T, struct rnn_span);

	for (size_t t = 0; t < e->trace->T; t++)
		span[t] = (struct rnn_span){t, t};
	return (struct rnn_skip){.n = e->trace->T, .span = span,
	    .S = MEM_NEW(arena, e->trace->T, double)};
}

/* Set the words of target k: half, or mix. */
static void
take_words(const struct presence_method *method, const struct scores *s,
    size_t k)
{
	const struct explanation *e = s->e;
	size_t T = e->trace->T;
	double rest = e->logit[k] - e->bias[k], size = 0;

	for (size_t t = 0; method->skip && t < T; t++) {
		rest -= s->skip.S[t];
		size += fabs(s->skip.S[t]);
	}
	for (size_t t = 0; t < T; t++) {
		double *to = &s->word[t * e->targets + k], b;

		*to = s->half[t];
		if (!method->skip)
			continue;
		b = s->skip.S[t];
		b += size > 0 ? rest * (fabs(b) / size) : rest / (double)T;
		*to += method->weight * (b - *to);
	}
}

/* The spans of the next round of a join; S is NULL after the last. */
static struct rnn_skip
next_round(struct arena *arena, const struct scores *s, size_t k,
    const struct join *j)
{
	struct rnn_skip skip = {.whole = s->e->logit[k] - s->e->bias[k]};

	skip.span = explain_round(j, arena, &skip.n);
	skip.S = skip.n > 0 ? MEM_NEW(arena, skip.n, double) : NULL;
	return skip;
}

/* Join the spans of n texts for target k: a pass back for each round. */
static void
join_texts(struct rnn_presence *r, size_t n, struct scores *s, size_t k,
    struct rnn_run run[], const struct trace trace[])
{
	struct arena *arena = mem_arena(), *round = mem_arena();
	struct join **j = MEM_NEW(arena, n, struct join *);
	bool more;

	for (size_t i = 0; i < n; i++)
		if (k < s[i].e->targets)
			j[i] = explain_join(s[i].e, k, JOIN_WITHOUT);
	do {
		struct rnn_skip *skip;

		mem_reset(round);
		skip = MEM_NEW(round, n, struct rnn_skip);
		more = false;
		for (size_t i = 0; i < n; i++)
			if (j[i] != NULL) {
				skip[i] = next_round(round, &s[i], k, j[i]);
				more = more || skip[i].n > 0;
			}
		if (more)
			rnn_presence_skip(r, round, run, trace, skip);
		for (size_t i = 0; i < n; i++)
			if (skip[i].n > 0)
				join_take(j[i], skip[i].S);
	} while (more);
	for (size_t i = 0; i < n; i++)
		if (j[i] != NULL)
			explain_joined(s[i].e, k, j[i]);
	mem_free(round);
	mem_free(arena);
}

/* True if the spans are to be joined; it is the same for all texts. */
static bool
joins(size_t n, const struct scores *s)
{
	for (size_t i = 0; i < n; i++)
		if (s[i].e->targets > 0)
			return s[i].e->join != NULL;
	return false;
}

/* Compute target k of n texts. */
static void
score(struct rnn_presence *r, struct arena *arena,
    const struct presence_method *method, size_t n, struct scores *s,
    size_t k, struct rnn_run run[], const struct trace trace[])
{
	struct rnn_skip *skip = MEM_NEW(arena, n, struct rnn_skip);
	double **half = MEM_NEW(arena, n, double *);

	for (size_t i = 0; i < n; i++) {
		struct explanation *e = s[i].e;

		if (k >= e->targets)
			continue;
		run[i].target = explain_target(e, k);
		skip[i] = s[i].skip;
		skip[i].whole = e->logit[k] - e->bias[k];
		half[i] = s[i].half;
	}
	if (method->half)
		rnn_presence_half(r, arena, run, trace, half);
	if (method->skip)
		rnn_presence_skip(r, arena, run, trace, skip);
	for (size_t i = 0; i < n; i++)
		if (k < s[i].e->targets && method->half)
			take_words(method, &s[i], k);
		else if (k < s[i].e->targets)
			explain_take_spans(s[i].e, k, s[i].skip.S);
	if (joins(n, s))
		join_texts(r, n, s, k, run, trace);
}

void
presence_explain(struct rnn_presence *r, struct arena *arena,
    const struct presence_method *method, size_t n,
    struct explanation *const e[], struct rnn_run run[],
    const struct trace trace[])
{
	struct scores *s = MEM_NEW(arena, n, struct scores);
	size_t targets = 0;

	for (size_t i = 0; i < n; i++) {
		s[i].e = e[i];
		if (e[i]->targets == 0)
			continue;	/* a bad block */
		set_bias(e[i]);
		if (method->half) {
			s[i].half = MEM_NEW(arena, e[i]->trace->T, double);
			s[i].word = MEM_NEW(arena, e[i]->trace->T *
			    e[i]->targets, double);
		}
		if (method->skip)
			s[i].skip = method->half ? all_words(arena, e[i]) :
			    all_spans(arena, e[i]);
		if (e[i]->targets > targets)
			targets = e[i]->targets;
	}
	for (size_t k = 0; k < targets; k++)
		score(r, arena, method, n, s, k, run, trace);
	for (size_t i = 0; i < n; i++)
		if (s[i].word != NULL)
			explain_sums(e[i], s[i].word);
}
