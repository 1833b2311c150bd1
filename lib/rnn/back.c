/* SPDX-License-Identifier: ISC */
/*
 * Back-propagation through time, for texts of different lengths, without
 * padding.
 *
 * The rows.  A row is one step of one text.  rnn_back_lay_out numbers them so
 * that the rows of a step lie together, the longest text first.  Three texts of
 * 4, 2 and 2 words:
 *
 *     step     0       1       2   3        off = 0 3 6 7 8
 *     row     0 1 2   3 4 5   6   7         N = 8 rows, as many as words
 *     text    a b c   a b c   a   a
 *
 * Row off[t] + i is text order[i] at step t of the direction.  The same text's
 * row of the step before is off[t - 1] + i: no text begins later than step 0,
 * and those that end are the last in order.  So a step is one product of all
 * running texts, and the gradient of W_hh is one product over all rows.
 *
 * A word's row is its row in the forward direction.  The reverse direction
 * reads a text of T words from its end: at step t the word T - 1 - t, whose row
 * is input[1][row].
 *
 * Forward, at row r of step t (p with the biases, lanes.h):
 *
 *     q_r = W_hh h_before      (h, c, gate)_r = step(p_input[r], q_r, h_before)
 *
 * Back, from the last step to the first; dh and dc [n][H] go from step to step:
 *
 *     dh += the gradient of h_r from the head or the layer above
 *     dq, dp, dh, dc = back(gate_r, before_r, dh, dc)     dh += W_hh^T dq
 *
 * dS, dA and dO, where the caller has set them, join at their row: dS joins dh,
 * or for S = tanh c it joins dc; dA and dO join dq and dp through the sigmoid.
 *
 * A second product (second.h) goes back between the two: the step back sets its
 * rows of dq, from which the gradient of x is made, and then the other rows.
 *
 * The texts are shared out to the threads of the crew, so that each takes as
 * long, about.  A thread has the rows of its texts in each step, and waits for
 * no other.  But texts share inputs in the first layer:
 *
 *     dp of a row         of the thread that has the row's text
 *     dp of an input      the sum over its rows, from the last step to the
 *                         first, of the thread that has the input
 *
 * Easy to get wrong: pooling gives a gradient to the last state (ends) only at
 * a text's own last step; the texts that end with step t are the rows of step t
 * after the first off[t + 2] - off[t + 1].  before_r is the c of the step
 * before if the cell has c, otherwise the h.  The buffer q holds W_hh h_before
 * after the forward pass and the gradient of q after the backward pass.
 */
#include "rnn/back.h"

#include <string.h>

#include "base/crew.h"
#include "base/err.h"
#include "base/mem.h"
#include "math/lanes.h"
#include "math/packed.h"
#include "math/product.h"

/* ---- forward ---- */

void
rnn_back_forward(struct rnn_back *b, size_t layer)
{
	const struct model *m = b->m;
	size_t H = m->H;
	bool top = layer + 1 == m->layers;
	float *y;

	for (size_t d = 0; d < m->directions; d++) {
		if (layer > 0)
			rnn_back_inputs(b, layer, d, b->y[layer - 1].x);
		rnn_back_run(b, layer, d, NULL);
	}
	if (top && pooling_is(&m->pooling, POOLING_LAST))
		return;
	y = rnn_buffer_want(&b->y[layer], b->N * b->F);
	for (size_t d = 0; d < m->directions; d++)
		for (size_t r = 0; r < b->N; r++)
			memcpy(y + b->input[d][r] * b->F + d * H,
			    b->pass[layer][d].h.x + r * H, H * sizeof *y);
}

/* ---- back ---- */

/* Top layer: set dh of the texts that end with step t to what pooling gives to
 * their last states; they are after those that go on. */
static void
gradient_of_ends(const struct rnn_back *b, size_t d, size_t t,
    struct rnn_share s, float *dh)
{
	size_t H = b->m->H;
	size_t on = t + 1 < b->steps ? rnn_share_end(b, t + 1, b->n) : 0;

	for (size_t i = on > s.from ? on : s.from; i < s.to; i++)
		memcpy(dh + i * H, b->ends.x + i * b->F + d * H,
		    H * sizeof *dh);
}

/* Add to dh [n][H] the gradient of h from pooling or the layer above. */
static void
gradient_of_states(const struct rnn_back *b, size_t layer, size_t d, size_t t,
    struct rnn_share s, float *dh)
{
	size_t H = b->m->H;

	for (size_t i = s.from; i < s.to; i++) {
		const float *dy = b->dy[layer].x + b->input[d][b->off[t] + i] *
		    b->F + d * H;

		lanes_add(H, dy, dh + i * H);
	}
}

/* A direction of a layer that is run back. */
struct going_back {
	struct rnn_back *b;
	size_t layer, d;
	bool begun;		/* before the first step was a state */
	const struct rnn_sweep *sweep;	/* or NULL */
	float *dq;		/* of a step's rows, or NULL: they are kept */
	float *dp;		/* of the rows, or of their inputs */
	float *joined;		/* the part of it from dA and dO, or NULL; with
				 * it, each row has its own dp */
	enum whose {
		ONE,		/* all rows have the same dp, which is not read
				 * by who watches the states */
		ROW,		/* its own dp; summed afterwards */
		INPUT,		/* that of its input; no other row has it */
		STEP,		/* its own, which rows get after the step */
	} whose;
};

/* True if dp of a row is that of its input, as it has no other row. */
static bool
only_row(const struct going_back *g, size_t input)
{
	const uint32_t *begin = g->b->begin + input;

	return g->joined == NULL && begin[1] - begin[0] == 1;
}

/* The place of row i of step t in dp or joined. */
static float *
its(const struct going_back *g, size_t t, size_t i, float *dp)
{
	const struct rnn_back *b = g->b;
	const struct rnn_pass *s = &b->pass[g->layer][g->d];
	size_t row = b->off[t] + i, GH = b->m->G * b->m->H;

	if (g->whose == ROW && only_row(g, s->input[row]))
		return s->dp.x + s->input[row] * GH;
	return dp + GH * (g->whose == ONE ? 0 : g->whose == STEP ? i :
	    g->whose == ROW ? row : s->input[row]);
}

/* Back through the second product of the rows of step t, whose dq has been set
 * by the step back. */
static void
reset_back(const struct going_back *g, size_t t, struct rnn_share some,
    float *dq)
{
	const struct rnn_back *b = g->b;
	const struct rnn_pass *s = &b->pass[g->layer][g->d];
	size_t H = b->m->H, GH = b->m->G * H;

	second_back(&s->second, some.to - some.from, dq + some.from * GH,
	    s->dy.x + (b->off[t] + some.from) * H, b->back.x + some.from * H);
	for (size_t i = some.from; i < some.to; i++)
		rnn_sweep_reset(b, g->layer, g->d, t, i, g->sweep,
		    b->back.x + i * H, b->dh.x + i * H, dq + i * GH,
		    its(g, t, i, g->dp));
}

/* What comes to the states of a step before it goes back. */
static void
arrive(const struct going_back *g, size_t t, struct rnn_share some)
{
	struct rnn_back *b = g->b;
	const struct rnn_sweep *sweep = g->sweep;
	bool top = g->layer + 1 == b->m->layers;

	if (!g->begun && top)
		gradient_of_ends(b, g->d, t, some, b->dh.x);
	for (size_t i = some.from; sweep != NULL && sweep->later != NULL &&
	    i < some.to; i++) {
		struct rnn_step step = rnn_sweep_step(b, g->layer, g->d, t,
		    i);

		sweep->later(sweep->self, &step);
	}
	if (!top || !pooling_is(&b->m->pooling, POOLING_LAST))
		gradient_of_states(b, g->layer, g->d, t, some, b->dh.x);
	if (sweep != NULL && sweep->alone != NULL)
		sweep->alone(sweep->self, g->layer, g->d, t, some.to, b->alone);
}

static void
back_some(void *self, size_t part, size_t parts)
{
	const struct going_back *g = self;
	struct rnn_back *b = g->b;
	struct rnn_pass *s = &b->pass[g->layer][g->d];
	size_t H = b->m->H, GH = b->m->G * H;
	struct rnn_share all = rnn_share_of(b, part, parts);
	float *dh = b->dh.x, *dc = b->dc.x, *back = b->back.x;

	for (size_t t = b->steps; t-- > 0; ) {
		size_t first = b->off[t];
		struct rnn_share some = {all.from, rnn_share_end(b, t, all.to)};
		float *dq = g->dq == NULL ? s->q.x + first * GH : g->dq;

		if (some.to <= some.from)
			continue;
		arrive(g, t, some);
		for (size_t i = some.from; i < some.to; i++) {
			size_t row = first + i;
			float *dp = its(g, t, i, g->dp);

			if (g->whose == ROW || g->whose == STEP)
				memset(dp, 0, GH * sizeof *dp);
			if (s->dS != NULL)
				rnn_sweep_join_state(b, s, row, dh + i * H,
				    dc + i * H);
			rnn_sweep_back(b, g->layer, g->d, t, i, g->sweep,
			    dh + i * H, dc + i * H, dq + i * GH, dp);
			if (g->joined != NULL)
				rnn_sweep_join_gates(b, s, row, dq + i * GH,
				    its(g, t, i, g->joined));
		}
		if (s->second.rows > 0)
			reset_back(g, t, some, dq);
		for (size_t i = some.from; g->whose == STEP && i < some.to; i++)
			b->rows->gradient(b->rows->self, g->d, t, i,
			    g->dp + i * GH);
		if (s->hh == NULL)
			continue;
		if (t == 0 && !g->begun)
			break;
		for (size_t i = some.from; g->whose == STEP && i < some.to &&
		    t > 0; i++)
			b->rows->fetch(b->rows->self, g->d, t - 1, i);
		packed_product(some.to - some.from, H, GH, dq + some.from *
		    GH, s->hh_back, back + some.from * H);
		lanes_add((some.to - some.from) * H, back + some.from * H,
		    dh + some.from * H);
	}
}

/* dp of the inputs: each is the sum over its rows, from the last step to the
 * first.  The first inputs have most rows, so each thread has some of them. */
static void
sum_inputs(void *self, size_t part, size_t parts)
{
	const struct going_back *g = self;
	const struct rnn_back *b = g->b;
	const struct rnn_pass *s = &b->pass[g->layer][g->d];
	size_t GH = b->m->G * b->m->H;

	for (size_t i = part; i < s->inputs; i += parts) {
		float *sum = s->dp.x + i * GH;

		if (only_row(g, i))
			continue;
		memset(sum, 0, GH * sizeof *sum);
		for (size_t k = b->begin[i]; k < b->begin[i + 1]; k++) {
			size_t at = b->its_row[k] * GH;

			lanes_add(GH, g->dp + at, sum);
			if (g->joined != NULL)
				lanes_add(GH, g->joined + at, sum);
		}
	}
}

/* List the rows of each input, from the last step to the first. */
static void
list_rows(struct rnn_back *b, const struct rnn_pass *s)
{
	uint32_t *begin, *row;

	b->begin = mem_grow(b->begin, &b->begin_cap, s->inputs + 2,
	    sizeof *b->begin);
	b->its_row = mem_grow(b->its_row, &b->its_row_cap, b->N,
	    sizeof *b->its_row);
	begin = b->begin;
	row = b->its_row;
	/* begin[i + 2] counts the rows of i; then begin[i + 1] is where they
	 * begin, and goes on to where they end */
	memset(begin, 0, (s->inputs + 2) * sizeof *begin);
	for (size_t r = 0; r < b->N; r++)
		begin[s->input[r] + 2]++;
	for (size_t i = 2; i < s->inputs + 2; i++)
		begin[i] += begin[i - 1];
	for (size_t t = b->steps; t-- > 0; )
		for (size_t r = b->off[t]; r < b->off[t + 1]; r++)
			row[begin[s->input[r] + 1]++] = (uint32_t)r;
}

/* Room for dp, and whose it is. */
static void
prepare_dp(struct going_back *g)
{
	struct rnn_back *b = g->b;
	struct rnn_pass *s = &b->pass[g->layer][g->d];
	size_t GH = b->m->G * b->m->H, numbers;
	bool watched = g->sweep != NULL && g->sweep->later != NULL;
	bool given = g->layer == 0 && b->rows != NULL &&
	    b->rows->gradient != NULL;

	g->whose = given ? STEP : watched && g->layer == 0 ? ONE :
	    s->inputs == b->N ? INPUT : ROW;
	numbers = (g->whose == ONE ? 1 : given ? b->n : b->N) * GH;
	g->dp = rnn_buffer_want(given ? &b->step : g->whose == ROW ? &b->dp :
	    &s->dp, numbers);
	/* back_some sets each row to zero */
	if (g->whose == ROW) {
		rnn_buffer_want(&s->dp, s->inputs * GH);
		list_rows(b, s);
	} else if (g->whose != STEP)
		memset(g->dp, 0, numbers * sizeof *g->dp);
	if (s->dA == NULL && s->dO == NULL)
		return;
	g->joined = g->dp;
	if (g->whose == ROW) {
		g->joined = rnn_buffer_want(&b->joined, numbers);
		memset(g->joined, 0, numbers * sizeof *g->joined);
	}
}

void
rnn_back_run_back(struct rnn_back *b, size_t layer, size_t d,
    const struct rnn_state *start, const struct rnn_state *flow,
    const struct rnn_sweep *sweep)
{
	const struct model *m = b->m;
	size_t numbers = b->n * m->H;
	float *dh = rnn_buffer_want(&b->dh, numbers);
	float *dc = rnn_buffer_want(&b->dc, numbers);
	bool has_c = cells[m->cell].has_c;
	struct going_back g = {.b = b, .layer = layer, .d = d,
	    .begun = start != NULL, .sweep = sweep};

	rnn_buffer_want(&b->back, numbers);
	if (sweep != NULL && sweep->alone != NULL)
		b->alone = mem_grow(b->alone, &b->alone_cap, b->n,
		    sizeof *b->alone);
	if (sweep != NULL || b->rows != NULL)
		g.dq = rnn_buffer_want(&b->dq, numbers * m->G);
	prepare_dp(&g);
	rnn_state_copy(numbers, start == NULL ? NULL : flow->h, dh);
	rnn_state_copy(numbers, start == NULL || !has_c ? NULL : flow->c, dc);
	/* who watches is called in one thread */
	crew_do(sweep == NULL ? b->crew : NULL, back_some, &g);
	if (g.whose == ROW)
		crew_do(b->crew, sum_inputs, &g);
	if (start == NULL)
		return;
	rnn_state_copy(numbers, dh, flow->h);
	if (has_c)
		rnn_state_copy(numbers, dc, flow->c);
}

void
rnn_back_below(struct rnn_back *b, size_t layer, size_t d, float *dy)
{
	const struct rnn_pass *s = &b->pass[layer][d];
	size_t GH = b->m->G * b->m->H, numbers = b->N * b->F;
	float *to = d == 0 ? dy : rnn_buffer_want(&b->row, numbers);

	product_packed(b->crew, b->N, b->F, GH, s->dp.x, s->ih_back, NULL, to);
	if (d == 1)
		lanes_add(numbers, to, dy);
}

void
rnn_back_backward(struct rnn_back *b, size_t layer,
    const struct rnn_sweep *sweep)
{
	for (size_t d = 0; d < b->m->directions; d++) {
		rnn_back_run_back(b, layer, d, NULL, NULL, sweep);
		if (layer > 0)
			rnn_back_below(b, layer, d, rnn_buffer_want(
			    &b->dy[layer - 1], b->N * b->F));
	}
}
