/* SPDX-License-Identifier: ISC */
/*
 * A direction of a layer is a recurrence s_t = F_t(s_{t-1}), s_0 = 0; s is h
 * for a GRU, and h and c for an LSTM.  If the words q..r are not there, step
 * r + 1 begins from s_{q-1}:
 *
 *     s_{q-2}   s_{q-1}   s_q   ...   s_r   s_{r+1}
 *     ----o---------o------o---   ---o-------o----
 *                   |                ^
 *                   +--- left out ---+
 *
 * Both scores come from a pass back that carries a vector to the states:
 *
 *     lambda_t = R_t + f_t        f_t = K_{t+1}^T lambda_{t+1}    f_T = 0
 *
 * R_t is what reads s_t at step t (the head, pooling, the layer above), and f_t
 * (flow, back.h) what reads it at later steps.
 *
 * skip.  K_t is the derivative of F_t, so f_t is the gradient.  Without q..r
 * the text has the state s_{q-1} where the model has s_r.  To first order, the
 * rest of the network, which reads that state at later steps, loses
 *
 *     S(q..r) = sum over layers and directions of f_r . (s_r - s_{q-1})
 *
 * What happens inside of the span is exact.  In the reverse direction, s_r and
 * s_{q-1} are s'_q and s'_{r+1}.  What reads h_t at step t is left out with the
 * word.  So R_t has no part in this, except
 *
 *     last   the head reads the last state, not a step: R_T is in f_T
 *     end    so in direction 0.  In direction 1 the head reads the first step:
 *            without q..T, S = the sum above + W (h_T - h'_{q-1}), h'_{q-1}
 *            the state of a text that ends with the word q - 1
 *     mean   h_q .. h_r leave the mean, and the divisor is T - k, k words less:
 *            S = T / (T - k) (the sum above) +
 *                sum over t in q..r of W (h_t - mean) / (T - k)
 *     max    where a unit has its maximum in q..r, the largest value outside
 *            replaces it: S = the sum above + sum of W_j (max_j - other_j)
 *
 *     attention  as the mean, with alpha_t for 1 / T and the sum of alpha over
 *            the words that stay for (T - k) / T
 *
 * W is the gradient of F at the features (df of back.h).  With several parts
 * of pooling each adds its own; the sum above is then not multiplied by
 * T / (T - k), since it is not of the mean alone.
 *
 * half.  K_t = (I + M_t) / 2, M_t the multipliers of F_t between s_{t-1} and
 * the state zero (lanes.h: secants, and products split in halves).  For any K,
 *
 *     S(t) = lambda_t . s_t - f_{t-1} . s_{t-1}
 *
 * telescopes: the sum over t is the sum of R_t . s_t, which is F less its bias
 * in the top layer.  In a layer below it is what the layers above took away
 * from their words as the part of their input.  So, with e_t = f_t . s_t,
 *
 *     S(t) = sum over layers and directions of (e_t - e_{t-1})  +  head
 *     last   R_T is in f_T: no other part
 *     end    so in direction 0; direction 1: head = W . h_T of the word T
 *     mean   head = W . h_t / T          max   head = sum of W_j h_tj, argmax t
 *     attention  head = W . alpha_t h_t, the weights held
 *
 * A head with modules before its output layer has its secant between the
 * features zero and those of the text for W (head_back), so that the sum stays
 * F less F without words.
 *
 * Easy to get wrong: e_t of step T stays, but no e comes before the first step.
 * Whatever the rounding of f is, the same f is in e_t and is taken away again,
 * so the words add up.
 */
#include "rnn/presence.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "math/lanes.h"
#include "model/model.h"
#include "rnn/alone.h"
#include "rnn/pooled.h"

enum { NO_SPAN = -1 };

/* The spans of a text, while they are left out. */
struct leaving {
	const struct rnn_skip *task;
	ptrdiff_t *at[2];	/* [T] the first of a list of spans, by their
				 * first and their last word; or NO_SPAN */
	ptrdiff_t *next[2];	/* [n] the next span of that list */
	size_t *slot;		/* [T] flow of a word where spans are open */
	size_t *open;		/* [T] how many */
};

struct rnn_presence {
	struct passes *passes;
	struct alone *alone;	/* made by the first half */
	int32_t *id;		/* [id_cap] words of a step */
	size_t id_cap;

	/* the pass back */
	struct leaving *leaving;	/* [n] */
	double *const *S;	/* [n] of half */
	struct rnn_buffer flow;	/* [slots][2][H] of words with open spans */
	size_t *spare;		/* slots that are not used, a stack */
	size_t spares, slots, spare_cap;
};

struct rnn_presence *
rnn_presence_new(struct model *m)
{
	struct rnn_presence *r = mem_calloc(1, sizeof *r);

	r->passes = passes_new(m);
	return r;
}

void
rnn_presence_free(struct rnn_presence *r)
{
	if (r->alone != NULL)
		alone_free(r->alone);
	passes_free(r->passes);
	free(r->id);
	free(r->flow.x);
	free(r->spare);
	free(r);
}

void
rnn_presence_forward(struct rnn_presence *r, struct arena *arena, size_t n,
    struct rnn_run run[], struct trace trace[])
{
	passes_forward(r->passes, arena, n, run, trace);
}

/* The number of a step's text. */
static size_t
text_of_step(const struct rnn_presence *r, const struct rnn_step *step)
{
	return r->passes->back->order[step->i];
}

/* The word of a step in the batch, which may be a segment. */
static size_t
word_of_step(const struct rnn_presence *r, const struct rnn_step *step)
{
	const struct rnn_back *b = r->passes->back;

	return step->d == 0 ? step->t :
	    b->text[b->order[step->i]].T - 1 - step->t;
}

/* The product of a flow, h and c [H] each, with a state. */
static double
product(const struct model *m, const struct rnn_state *flow,
    const struct rnn_state *state)
{
	double sum = lanes_along(m->H, flow->h, state->h);

	return cells[m->cell].has_c ?
	    sum + lanes_along(m->H, flow->c, state->c) : sum;
}

/* ---- skip ---- */

/* The flow at the word where span k is opened, in a direction. */
static size_t
opened_at(const struct leaving *l, ptrdiff_t k, size_t d)
{
	return d == 0 ? l->task->span[k].last : l->task->span[k].first;
}

static bool
is_word(const struct leaving *l, ptrdiff_t k)
{
	return l->task->span[k].first == l->task->span[k].last;
}

/* The flow in a slot. */
static struct rnn_state
kept(const struct rnn_presence *r, size_t slot)
{
	size_t H = r->passes->m->H;
	float *h = r->flow.x + slot * 2 * H;

	return (struct rnn_state){h, h + H};
}

/* Keep the flow of a step for the spans that are opened at word t. */
static void
keep(struct rnn_presence *r, struct leaving *l, size_t t,
    const struct rnn_step *step)
{
	size_t H = r->passes->m->H;
	struct rnn_state to;

	if (r->spares == 0) {
		r->spare = mem_grow(r->spare, &r->spare_cap, r->slots + 1,
		    sizeof *r->spare);
		r->spare[r->spares++] = r->slots++;
		rnn_buffer_want(&r->flow, r->slots * 2 * H);
	}
	l->slot[t] = r->spare[--r->spares];
	to = kept(r, l->slot[t]);
	memcpy(to.h, step->flow.h, H * sizeof *to.h);
	memcpy(to.c, step->flow.c, H * sizeof *to.c);
}

/* At each step: + f_r . s_r for the spans that end here in reading order, and
 * - f_r . s_{q-1} for those that begin. */
static void
skip_step(void *self, const struct rnn_step *step)
{
	struct rnn_presence *r = self;
	const struct model *m = r->passes->m;
	struct leaving *l = &r->leaving[text_of_step(r, step)];
	size_t t = r->passes->back->first + word_of_step(r, step);
	size_t d = step->d;
	ptrdiff_t k;
	double now;

	if (l->task->S == NULL)
		return;
	k = l->at[1 - d][t];
	now = k == NO_SPAN ? 0 : product(m, &step->flow, &step->now);
	for (l->open[t] = 0; k != NO_SPAN; k = l->next[1 - d][k]) {
		l->task->S[k] += now;
		if (is_word(l, k))
			l->task->S[k] -= product(m, &step->flow,
			    &step->before);
		else if (l->open[t]++ == 0)
			keep(r, l, t, step);
	}
	for (k = l->at[d][t]; k != NO_SPAN; k = l->next[d][k]) {
		size_t from = opened_at(l, k, d);
		struct rnn_state flow;

		if (is_word(l, k))
			continue;
		flow = kept(r, l->slot[from]);
		l->task->S[k] -= product(m, &flow, &step->before);
		if (--l->open[from] == 0)
			r->spare[r->spares++] = l->slot[from];
	}
}

/* Lay out the lists of a text's spans. */
static void
list_spans(struct arena *arena, size_t T, const struct rnn_skip *task,
    struct leaving *l)
{
	*l = (struct leaving){.task = task};
	if (task->S == NULL)
		return;
	l->slot = MEM_NEW(arena, T, size_t);
	l->open = MEM_NEW(arena, T, size_t);
	for (size_t d = 0; d < 2; d++) {
		l->at[d] = MEM_NEW(arena, T, ptrdiff_t);
		l->next[d] = MEM_NEW(arena, task->n, ptrdiff_t);
		for (size_t t = 0; t < T; t++)
			l->at[d][t] = NO_SPAN;
	}
	for (size_t k = task->n; k-- > 0; ) {
		const size_t end[2] = {task->span[k].first,
		    task->span[k].last};

		for (size_t d = 0; d < 2; d++) {
			l->next[d][k] = l->at[d][end[d]];
			l->at[d][end[d]] = (ptrdiff_t)k;
		}
		task->S[k] = 0;
	}
}

/* The spans that leave no word. */
static void
score_all(size_t T, const struct rnn_skip *task)
{
	for (size_t k = 0; k < task->n; k++)
		if (task->span[k].first == 0 && task->span[k].last + 1 == T)
			task->S[k] = task->whole;
}

void
rnn_presence_skip(struct rnn_presence *r, struct arena *arena,
    struct rnn_run run[], const struct trace trace[],
    const struct rnn_skip task[])
{
	const struct rnn_sweep sweep = {.later = skip_step, .self = r};
	size_t n = r->passes->back->n;
	const size_t *order = r->passes->back->order;

	r->leaving = MEM_NEW(arena, n, struct leaving);
	for (size_t i = 0; i < n; i++)
		list_spans(arena, run[i].text.T, &task[i], &r->leaving[i]);
	passes_back(r->passes, arena, run, trace, &sweep, NULL, NULL);
	for (size_t i = 0; i < n; i++) {
		const struct rnn_skip *a = &task[order[i]];
		size_t T = run[order[i]].text.T;

		if (a->S == NULL || T == 0)
			continue;
		pooled_leave(r->passes, arena, i, T, a->n, a->span, a->S);
		score_all(T, a);
	}
}

/* ---- half ---- */

/* At each step: e_t, given to word t and taken from the word that reads it. */
static void
half_step(void *self, const struct rnn_step *step)
{
	struct rnn_presence *r = self;
	size_t i = text_of_step(r, step);
	size_t t = r->passes->back->first + word_of_step(r, step);
	size_t T = r->passes->run[i].text.T;
	double e;

	if (r->S[i] == NULL)
		return;
	e = product(r->passes->m, &step->flow, &step->now);
	r->S[i][t] += e;
	if (step->d == 0 && t + 1 < T)
		r->S[i][t + 1] -= e;
	else if (step->d == 1 && t > 0)
		r->S[i][t - 1] -= e;
}

/* The steps of words of their own: of n texts, step t of a direction. */
static void
gates_alone(void *self, size_t layer, size_t d, size_t t, size_t n,
    const float *gate[])
{
	struct rnn_presence *r = self;
	const struct rnn_back *b = r->passes->back;

	r->id = mem_grow(r->id, &r->id_cap, n, sizeof *r->id);
	for (size_t i = 0; i < n; i++) {
		const struct rnn_step step = {.d = d, .t = t, .i = i};

		r->id[i] = b->text[b->order[i]].id[word_of_step(r, &step)];
	}
	alone_gates(r->alone, layer, d, n, r->id, gate);
}

void
rnn_presence_half(struct rnn_presence *r, struct arena *arena,
    struct rnn_run run[], const struct trace trace[], double *const S[])
{
	const struct rnn_sweep sweep = {.later = half_step,
	    .alone = gates_alone, .self = r};
	const struct rnn_back *b = r->passes->back;

	if (r->alone == NULL)
		r->alone = alone_new(r->passes->m, r->passes->inputs);
	r->S = S;
	for (size_t i = 0; i < b->n; i++)
		for (size_t t = 0; S[i] != NULL && t < run[i].text.T; t++)
			S[i][t] = 0;
	passes_back(r->passes, arena, run, trace, &sweep, NULL, NULL);
	for (size_t i = 0; i < b->n; i++)
		if (S[b->order[i]] != NULL)
			pooled_read(r->passes, arena, i,
			    run[b->order[i]].text.T, S[b->order[i]]);
}
