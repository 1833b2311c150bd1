/* SPDX-License-Identifier: ISC */
#include "rnn/sweep.h"

#include "math/hint.h"
#include "math/lanes.h"

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

struct rnn_step
rnn_sweep_step(const struct rnn_back *b, size_t layer, size_t d, size_t t,
    size_t i)
{
	const struct rnn_pass *s = &b->pass[layer][d];
	size_t H = b->m->H, row = b->off[t] + i;
	float *c = c_before(b, s, t, i);

	return (struct rnn_step){.layer = layer, .d = d, .i = i, .t = t,
	    .flow = {b->dh.x + i * H, b->dc.x + i * H},
	    .now = {s->h.x + row * H, c == NULL ? NULL : s->c.x + row * H},
	    .before = {s->before.x + row * H, c}};
}

void
rnn_sweep_join_state(const struct rnn_back *b, const struct rnn_pass *s,
    size_t row, float *dh, float *dc)
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

void
rnn_sweep_join_gates(const struct rnn_back *b, const struct rnn_pass *s,
    size_t row, float *dq, float *dp)
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

/* Number i of a buffer, or NULL: rows of a caller are not kept. */
static const float *
kept(const struct rnn_buffer *x, size_t i)
{
	return x->x == NULL ? NULL : x->x + i;
}

/* Row i of step t as it was run. */
static struct lanes_ran
ran(const struct rnn_back *b, const struct rnn_pass *s, size_t t, size_t i)
{
	size_t H = b->m->H, GH = b->m->G * H, row = b->off[t] + i;
	const float *c = c_before(b, s, t, i);

	return (struct lanes_ran){kept(&s->p, s->input[row] * GH),
	    kept(&s->q, row * GH), s->gate.x + row * b->K * H,
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
rnn_sweep_compares(const struct rnn_sweep *sweep)
{
	return sweep != NULL && (sweep->alone != NULL ||
	    sweep->reference != NULL || sweep->lrp != NULL);
}

bool
rnn_sweep_holds(const struct rnn_sweep *sweep)
{
	return sweep != NULL && (sweep->alone != NULL || sweep->lrp != NULL);
}

void
rnn_sweep_back(const struct rnn_back *b, size_t layer, size_t d, size_t t,
    size_t i, const struct rnn_sweep *sweep, float *dh, float *dc, float *dq,
    float *dp)
{
	const struct cell_kind *cell = &cells[b->m->cell];
	struct lanes_ran now = ran(b, &b->pass[layer][d], t, i), zero;

	if (!rnn_sweep_compares(sweep)) {
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

void
rnn_sweep_reset(const struct rnn_back *b, size_t layer, size_t d, size_t t,
    size_t i, const struct rnn_sweep *sweep, const float *dx, float *dh,
    float *dq, float *dp)
{
	const struct cell_kind *cell = &cells[b->m->cell];
	size_t H = b->m->H;
	struct lanes_ran now = ran(b, &b->pass[layer][d], t, i), zero;

	if (!rnn_sweep_compares(sweep)) {
		cell->reset_back(H, now.gate, now.before, dx, dh, dq, dp);
		return;
	}
	zero = compared(b, layer, d, t, i, sweep);
	if (sweep->lrp != NULL)
		cell->reset_lrp(H, sweep->lrp, &now, &zero, dx, dh, dq, dp);
	else
		cell->reset_secant(H, &now, &zero, dx, dh, dq, dp);
}
