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
 * Easy to get wrong: pooling gives a gradient to the last state (ends) only at
 * a text's own last step; the texts that end with step t are the rows of step t
 * after the first off[t + 2] - off[t + 1].  before_r is the c of the step
 * before if the cell has c, otherwise the h.  The buffer q holds W_hh h_before
 * after the forward pass and the gradient of q after the backward pass.
 */
#include "rnn/back.h"

#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "math/hint.h"
#include "math/lanes.h"
#include "math/packed.h"

/* ---- forward ---- */

void
rnn_back_inputs(struct rnn_back *b, size_t layer, size_t d, const float *y)
{
	struct rnn_pass *s = &b->pass[layer][d];
	size_t GH = b->m->G * b->m->H;
	float *p = rnn_buffer_want(&s->p, b->N * GH);

	s->input = b->input[d];
	s->inputs = b->N;
	packed_product(b->N, GH, b->F, y, s->ih, p);
	packed_add(b->N, GH, s->bias, p);
}

/* Set to [n][H] from the state of the step before; NULL is zero. */
static void
copy_state(size_t numbers, const float *from, float *to)
{
	if (from != NULL)
		memcpy(to, from, numbers * sizeof *to);
	else
		memset(to, 0, numbers * sizeof *to);
}

/* Complete q of the rows of a step, if the cell has a second product. */
static void
complete(struct rnn_back *b, struct rnn_pass *s, size_t first, size_t last)
{
	size_t H = b->m->H, GH = b->m->G * H, n = last - first;
	float *x = rnn_buffer_want(&s->x, b->N * H) + first * H;
	float *y = rnn_buffer_want(&s->dy, b->N * H);

	b->in = mem_grow(b->in, &b->in_cap, n, sizeof *b->in);
	for (size_t i = 0; i < n; i++)
		b->in[i] = s->p.x + s->input[first + i] * GH;
	second_product(&s->second, n, b->in, s->before.x + first * H, x, y,
	    s->q.x + first * GH);
}

void
rnn_back_run(struct rnn_back *b, size_t layer, size_t d,
    const struct rnn_state *start)
{
	const struct model *m = b->m;
	struct rnn_pass *s = &b->pass[layer][d];
	size_t H = m->H, GH = m->G * H, KH = b->K * H;
	float *h = rnn_buffer_want(&s->h, b->N * H);
	float *before = rnn_buffer_want(&s->before, b->N * H);
	float *c = cells[m->cell].has_c ? rnn_buffer_want(&s->c, b->N * H) :
	    NULL;
	float *gate = rnn_buffer_want(&s->gate, b->N * KH);
	float *q = rnn_buffer_want(&s->q, b->N * GH);
	const float *last_h = start == NULL ? NULL : start->h;
	float *last_c = start == NULL ? NULL : start->c;

	s->start_c = last_c;
	for (size_t t = 0; t < b->steps; t++) {
		size_t first = b->off[t], last = b->off[t + 1];
		size_t n = last - first;

		copy_state(n * H, last_h, before + first * H);
		copy_state(n * H, last_h, h + first * H);
		if (c != NULL)
			copy_state(n * H, last_c, c + first * H);
		if (last_h != NULL && s->hh != NULL)
			packed_product(n, GH, H, last_h, s->hh,
			    q + first * GH);
		else if (s->hh != NULL)
			memset(q, 0, n * GH * sizeof *q);
		if (s->second.rows > 0)
			complete(b, s, first, last);
		for (size_t i = first; i < last; i++)
			cells[m->cell].step(H, s->p.x + s->input[i] * GH,
			    q + i * GH, s->w->bias_hh, h + i * H,
			    c == NULL ? NULL : c + i * H, gate + i * KH);
		last_h = h + first * H;
		last_c = c == NULL ? NULL : c + first * H;
	}
}

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
gradient_of_ends(const struct rnn_back *b, size_t d, size_t t, float *dh)
{
	size_t H = b->m->H, n = b->off[t + 1] - b->off[t];
	size_t on = t + 1 < b->steps ? b->off[t + 2] - b->off[t + 1] : 0;

	for (size_t i = on; i < n; i++)
		memcpy(dh + i * H, b->ends.x + i * b->F + d * H,
		    H * sizeof *dh);
}

/* Add to dh [n][H] the gradient of h from pooling or the layer above. */
static void
gradient_of_states(const struct rnn_back *b, size_t layer, size_t d, size_t t,
    float *dh)
{
	size_t H = b->m->H, first = b->off[t], n = b->off[t + 1] - first;

	for (size_t i = 0; i < n; i++) {
		const float *dy = b->dy[layer].x + b->input[d][first + i] *
		    b->F + d * H;

		for (size_t j = 0; j < H; j++)
			dh[i * H + j] += dy[j];
	}
}

/* The c before step t of text order[i], or NULL if the cell has none. */
static float *
c_before(const struct rnn_back *b, const struct rnn_pass *s, size_t t, size_t i)
{
	size_t H = b->m->H;

	if (!cells[b->m->cell].has_c)
		return NULL;
	if (t > 0)
		return s->c.x + (b->off[t - 1] + i) * H;
	return s->start_c == NULL ? b->zero.x : s->start_c + i * H;
}

/* Row i of step t of a pass. */
static struct rnn_step
step_of(const struct rnn_back *b, size_t layer, size_t d, size_t t, size_t i)
{
	const struct rnn_pass *s = &b->pass[layer][d];
	size_t H = b->m->H, row = b->off[t] + i;
	float *c = c_before(b, s, t, i);

	return (struct rnn_step){.layer = layer, .d = d, .i = i, .t = t,
	    .flow = {b->dh.x + i * H, b->dc.x + i * H},
	    .now = {s->h.x + row * H, c == NULL ? NULL : s->c.x + row * H},
	    .before = {s->before.x + row * H, c}};
}

/* Add the gradient of the S of a row to that of its state. */
static void
join_state(const struct rnn_back *b, const struct rnn_pass *s, size_t row,
    float *dh, float *dc)
{
	const struct cell_kind *c = &cells[b->m->cell];
	size_t H = b->m->H;
	const float *dS = s->dS + row * H;

	if (c->S == CELL_NO_ROW) {
		for (size_t j = 0; j < H; j++)
			dh[j] += dS[j];
	} else {
		const float *S = s->gate.x + (row * b->K + (size_t)c->S) * H;

		for (size_t j = 0; j < H; j++)
			dc[j] += c->tanh ? dS[j] * (1.0f - S[j] * S[j]) :
			    dS[j];
	}
}

/* Add the gradients of the a and o of a row. */
static void
join_gates(const struct rnn_back *b, const struct rnn_pass *s, size_t row,
    float *dq, float *dp)
{
	const struct cell_kind *c = &cells[b->m->cell];
	size_t H = b->m->H;
	const float *gate = s->gate.x + row * b->K * H;

	if (s->dA != NULL)
		cell_add_carry(c, H, gate, s->dA + row * H, dq, dp);
	if (s->dO != NULL && c->O != CELL_NO_ROW)
		cell_add_sigmoid(c, H, gate, (size_t)c->O, s->dO + row * H, dq,
		    dp);
}

/* The input of the step that half compares a row with: in the first layer the
 * same word's, above it the input zero. */
static const float *
half_input(const struct rnn_back *b, const struct rnn_pass *s, size_t row)
{
	return s->ih == NULL ? s->p.x + s->input[row] * b->m->G * b->m->H :
	    s->bias;
}

/* Row i of step t as it was run. */
static struct lanes_ran
ran(const struct rnn_back *b, const struct rnn_pass *s, size_t t, size_t i)
{
	size_t H = b->m->H, GH = b->m->G * H, row = b->off[t] + i;
	const float *c = c_before(b, s, t, i);

	return (struct lanes_ran){s->p.x + s->input[row] * GH,
	    s->q.x + row * GH, s->gate.x + row * b->K * H,
	    c != NULL ? c : s->before.x + row * H};
}

/* What a sweep compares that row with. */
static struct lanes_ran
compared(const struct rnn_back *b, size_t layer, size_t d, size_t t, size_t i,
    const struct rnn_sweep *sweep)
{
	const float *zero = b->zero.x;

	if (sweep->alone != NULL)
		return (struct lanes_ran){half_input(b, &b->pass[layer][d],
		    b->off[t] + i), zero, b->alone[i], zero};
	if (sweep->reference != NULL)
		return ran(sweep->reference, &sweep->reference->pass[layer][d],
		    t, i);
	return (struct lanes_ran){zero, zero, zero, zero};
}

/*
 * (I + M) / 2 of half.  What the words alone give lies in memory wherever there
 * was room, so that of the next row is fetched meanwhile.
 */
static void
half_back(const struct rnn_back *b, size_t t, size_t i,
    const struct lanes_ran *now, const struct lanes_ran *zero, float *dh,
    float *dc, float *dq, float *dp)
{
	size_t H = b->m->H;
	float *y = b->half.x, *w = y + H;
	bool has_c = cells[b->m->cell].has_c;

	if (b->off[t] + i + 1 < b->off[t + 1])
		hint_fetch(b->alone[i + 1], b->K * H);
	for (size_t j = 0; j < H; j++)
		y[j] = dh[j] *= 0.5f;
	for (size_t j = 0; has_c && j < H; j++)
		w[j] = dc[j] *= 0.5f;
	cells[b->m->cell].secant(H, now, zero, dh, dc, dq, dp);
	for (size_t j = 0; j < H; j++)
		dh[j] += y[j];
	for (size_t j = 0; has_c && j < H; j++)
		dc[j] += w[j];
}

bool
rnn_back_compares(const struct rnn_sweep *sweep)
{
	return sweep != NULL && (sweep->alone != NULL ||
	    sweep->reference != NULL || sweep->lrp != NULL);
}

/* Row i of step t back; dh, dc, dq and dp are its own, as in cell_back. */
static void
step_back(const struct rnn_back *b, size_t layer, size_t d, size_t t, size_t i,
    const struct rnn_sweep *sweep, float *dh, float *dc, float *dq, float *dp)
{
	const struct cell_kind *cell = &cells[b->m->cell];
	struct lanes_ran now = ran(b, &b->pass[layer][d], t, i), zero;

	if (!rnn_back_compares(sweep)) {
		cell->back(b->m->H, now.gate, now.before, dh, dc, dq, dp);
		return;
	}
	zero = compared(b, layer, d, t, i, sweep);
	if (sweep->lrp != NULL)
		cell->lrp(b->m->H, sweep->lrp, &now, &zero, dh, dc, dq, dp);
	else if (sweep->alone != NULL)
		half_back(b, t, i, &now, &zero, dh, dc, dq, dp);
	else
		cell->secant(b->m->H, &now, &zero, dh, dc, dq, dp);
}

/*
 * Back through the second product of the n rows of step t, whose dq has been
 * set by the step back.  dp has one row if it is shared.
 */
static void
reset_back(struct rnn_back *b, size_t layer, size_t d, bool shared, size_t t,
    const struct rnn_sweep *sweep, float *dh, float *dq, float *dp, float *dx)
{
	const struct cell_kind *c = &cells[b->m->cell];
	struct rnn_pass *s = &b->pass[layer][d];
	size_t H = b->m->H, GH = b->m->G * H;
	size_t first = b->off[t], n = b->off[t + 1] - first;

	second_back(&s->second, n, dq, s->dy.x + first * H, dx);
	for (size_t i = 0; i < n; i++, dh += H, dx += H, dq += GH) {
		struct lanes_ran now = ran(b, s, t, i), zero;
		float *its = shared ? dp : dp + s->input[first + i] * GH;

		if (!rnn_back_compares(sweep)) {
			c->reset_back(H, now.gate, now.before, dx, dh, dq,
			    its);
			continue;
		}
		zero = compared(b, layer, d, t, i, sweep);
		if (sweep->lrp != NULL)
			c->reset_lrp(H, sweep->lrp, &now, &zero, dx, dh, dq,
			    its);
		else
			c->reset_secant(H, &now, &zero, dx, dh, dq, its);
	}
}

void
rnn_back_run_back(struct rnn_back *b, size_t layer, size_t d,
    const struct rnn_state *start, const struct rnn_state *flow,
    const struct rnn_sweep *sweep)
{
	const struct model *m = b->m;
	struct rnn_pass *s = &b->pass[layer][d];
	size_t H = m->H, GH = m->G * H, numbers = b->n * H;
	float *dh = rnn_buffer_want(&b->dh, numbers);
	float *dc = rnn_buffer_want(&b->dc, numbers);
	float *back = rnn_buffer_want(&b->back, numbers);
	/* who watches the states does not read dp of the first layer: all rows
	 * share one */
	bool watched = sweep != NULL && sweep->later != NULL;
	bool shared = watched && layer == 0;
	size_t inputs = shared ? 1 : s->inputs;
	float *dp = rnn_buffer_want(&s->dp, inputs * GH);
	bool has_c = cells[m->cell].has_c, top = layer + 1 == m->layers;
	bool half = sweep != NULL && sweep->alone != NULL;

	if (half)
		b->alone = mem_grow(b->alone, &b->alone_cap, b->n,
		    sizeof *b->alone);
	rnn_buffer_want(&b->dq, sweep == NULL ? 0 : b->n * GH);
	copy_state(numbers, start == NULL ? NULL : flow->h, dh);
	copy_state(numbers, start == NULL || !has_c ? NULL : flow->c, dc);
	memset(dp, 0, inputs * GH * sizeof *dp);
	for (size_t t = b->steps; t-- > 0; ) {
		size_t first = b->off[t], n = b->off[t + 1] - first;
		float *dq = sweep == NULL ? s->q.x + first * GH : b->dq.x;

		if (start == NULL && top)
			gradient_of_ends(b, d, t, dh);
		for (size_t i = 0; watched && i < n; i++) {
			struct rnn_step step = step_of(b, layer, d, t, i);

			sweep->later(sweep->self, &step);
		}
		if (!top || !pooling_is(&m->pooling, POOLING_LAST))
			gradient_of_states(b, layer, d, t, dh);
		if (half)
			sweep->alone(sweep->self, layer, d, t, n, b->alone);
		for (size_t i = 0; i < n; i++) {
			size_t row = first + i;
			float *its = shared ? dp : dp + s->input[row] * GH;

			if (s->dS != NULL)
				join_state(b, s, row, dh + i * H, dc + i * H);
			step_back(b, layer, d, t, i, sweep, dh + i * H,
			    dc + i * H, dq + i * GH, its);
			join_gates(b, s, row, dq + i * GH, its);
		}
		if (s->second.rows > 0)
			reset_back(b, layer, d, shared, t, sweep, dh, dq, dp,
			    back);
		if (s->hh == NULL)
			continue;
		if (t == 0 && start == NULL)
			break;
		packed_product(n, H, GH, dq, s->hh_back, back);
		for (size_t i = 0; i < n * H; i++)
			dh[i] += back[i];
	}
	if (start == NULL)
		return;
	copy_state(numbers, dh, flow->h);
	if (has_c)
		copy_state(numbers, dc, flow->c);
}

void
rnn_back_below(struct rnn_back *b, size_t layer, size_t d, float *dy)
{
	const struct rnn_pass *s = &b->pass[layer][d];
	size_t GH = b->m->G * b->m->H, numbers = b->N * b->F;
	float *to = d == 0 ? dy : rnn_buffer_want(&b->row, numbers);

	packed_product(b->N, b->F, GH, s->dp.x, s->ih_back, to);
	for (size_t i = 0; d == 1 && i < numbers; i++)
		dy[i] += to[i];
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
