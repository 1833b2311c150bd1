/* SPDX-License-Identifier: ISC */
/*
 * cell: the kinds of recurrent cells, a row of cells[] each.
 *
 * All that differs between cells is in this table.  What runs, trains, traces
 * or imports a network reads the row, and does not compare with CELL_GRU.
 *
 * A cell must have the form that the scores need (reat.c):
 *
 *     s_t = a_t s_{t-1} + e_t,   h_t = o_t s_t
 *
 * with a and o in 0 to 1.  Its row names the rows of gate[] that are S, A and
 * O: s is h, c or tanh(c).  o is the sigmoid of the same row of p + q, and so
 * is a, unless the cell has carry_back; or a is zero: then nothing is carried.
 * If gates are hard, x / 6 + 1 / 2, cut to 0 to 1, stands for the sigmoid.
 *
 * In most cells a and e depend on the state, through q.  In those that are
 * linear in the state they depend on p alone: then q is not read, and there is
 * no W_hh.  So the gates stay as they are if another word is left out, and what
 * the scores assume is true.
 *
 * s is in low to high.  Where this is more than -1 to 1, products with it can
 * overflow.  Such a step must give an infinite h if its input or its state is
 * not finite: then the features and the logits are not finite, either, and the
 * text has no result.  The other cells need no such test, since weights.c
 * refuses weights with which -1 to 1 can overflow.
 *
 * tests/unit/model/cell.c checks this for each row of the table, and that the
 * step back is the derivative of the step.
 */
#ifndef MODEL_CELL_H
#define MODEL_CELL_H

#include <stdbool.h>
#include <stddef.h>

enum cell {
	CELL_GRU,
	CELL_LSTM,
	CELL_GRU_BEFORE,	/* the reset gate before the product */
	CELL_RNN_TANH,
	CELL_RNN_RELU,
	CELL_MINGRU,
	CELL_MINLSTM,
	CELL_QRNN,
	CELL_RGLRU,
	CELL_GRU_HARD,		/* the first three with hard gates */
	CELL_LSTM_HARD,
	CELL_GRU_BEFORE_HARD,
	CELL_FOREIGN,		/* not known: not in cells[] */
};

enum {
	CELLS = CELL_FOREIGN,	/* rows of cells[] */
	CELL_GATES_MOST = 6,	/* rows of gate[] that reat-trace -g prints */
	CELL_NO_ROW = -1,
};

/*
 * A step of one text.
 *
 *     p        [G][H] W_ih x + b_ih, and + b_hh in the rows before inner
 *     q        [G][H] W_hh h
 *     bias_hh  [G][H] a step reads its rows from inner on
 *     h, c     [H] replaced; c only if has_c
 *     gate     [K][H] what the step keeps for the traces and the step back
 */
typedef void cell_step(size_t H, const float *p, const float *q,
    const float *bias_hh, float *h, float *c, float *gate);

/*
 * The same step backwards.  before [H] is the c that the step began with if
 * has_c, otherwise the h.  dh [H] comes in as the gradient of the new h and
 * becomes that of the old one, without what flows through q; dc [H] likewise
 * if has_c.  dq [G][H] is set to the gradient of q; that of p is added to
 * dp [G][H].  A linear cell sets dq only if it has a parameter of its own: to
 * the gradient of bias_hh.
 */
typedef void cell_back(size_t H, const float *gate, const float *before,
    float *dh, float *dc, float *dq, float *dp);

/*
 * The same step backwards by the multipliers between two runs of the step
 * (lanes.h), and by relevance.  dh and dc come in as those of the new state and
 * become those of the old one, without what flows through q; dq is set and dp
 * added to as in cell_back.  A linear cell does not set dq.
 */
struct lanes_rule;
struct lanes_ran;

typedef void cell_secant(size_t H, const struct lanes_ran *now,
    const struct lanes_ran *zero, float *dh, float *dc, float *dq, float *dp);
typedef void cell_lrp(size_t H, const struct lanes_rule *,
    const struct lanes_ran *now, const struct lanes_ran *zero, float *dh,
    float *dc, float *dq, float *dp);

/* The part of a span of words in a step, and that of the biases (lanes.h). */
struct lanes_third;

typedef void cell_thirds(size_t H, const struct lanes_ran *now,
    const float *bias_hh, const struct lanes_third *beta,
    const struct lanes_third *bias);
typedef void cell_parts(size_t H, const struct lanes_ran *now,
    const struct lanes_ran *none, const float *p, const float *q, bool inside,
    float *h, float *c);

/*
 * The gradient dA [H] of a step's a, which is not the sigmoid of its row: added
 * to dq and dp.
 */
typedef void cell_carry_back(size_t H, const float *gate, const float *dA,
    float *dq, float *dp);

/*
 * The second product of a cell's step.  In such a cell the rows of q from
 * second on are not W_hh h but W_hh x: reset sets x [H] from the other rows,
 * and q is complete after this product.  Backwards, back, secant and lrp leave
 * out what flows through x.  Then dx [H] is W_hh^T of the rows dq from second
 * on, and reset_back, reset_secant or reset_lrp adds what it gives to dh, dq
 * and dp.  If h is zero, x must be zero.
 */
typedef void cell_reset(size_t H, const float *p, const float *q,
    const float *h, float *x);
typedef void cell_reset_back(size_t H, const float *gate, const float *before,
    const float *dx, float *dh, float *dq, float *dp);
typedef void cell_reset_secant(size_t H, const struct lanes_ran *now,
    const struct lanes_ran *zero, const float *dx, float *dh, float *dq,
    float *dp);
typedef void cell_reset_lrp(size_t H, const struct lanes_rule *,
    const struct lanes_ran *now, const struct lanes_ran *zero,
    const float *dx, float *dh, float *dq, float *dp);

/*
 * A row of gate[] that reat-trace -g prints, under MISC keys of the two
 * directions; trace_keys.c lists them too, so that trace_strip removes them.
 */
struct cell_gate {
	const char *key[2];
	size_t row;
};

struct cell_kind {
	const char *noun;	/* in messages: "a GRU" */
	size_t G;		/* rows of weights a unit, in PyTorch's order */
	size_t K;		/* rows of gate[] */
	bool has_c;		/* there is a state c beside h */
	bool tanh;		/* s is tanh(c), not c */
	bool hard;		/* its gates are hard */
	bool linear;		/* in the state: no W_hh, q is not read */
	const char *own;	/* if linear: its own parameter, which is the
				 * rows of bias_hh from inner on; or NULL */
	size_t inner;		/* from this row on the step reads b_hh */
	size_t second;		/* rows of the second product; G: it has none */
	bool guessed;		/* PyTorch has it, so import can mean it */
	float low, high;	/* of s */
	int S, A, O;		/* rows of gate[]; CELL_NO_ROW: S = h, O = 1 */
	struct cell_gate gates[CELL_GATES_MOST];	/* ends with NULL */
	cell_step *step;
	cell_back *back;
	cell_secant *secant;
	cell_lrp *lrp;
	cell_parts *parts;	/* or NULL: the cell has none */
	cell_thirds *thirds;	/* the same */
	cell_carry_back *carry_back;	/* or NULL */
	cell_reset *reset;	/* these only if it has a second product */
	cell_reset_back *reset_back;
	cell_reset_secant *reset_secant;
	cell_reset_lrp *reset_lrp;
};

extern const struct cell_kind cells[CELLS];

/* Add the gradient dA [H] of a step's a to that of q (unless the cell is
 * linear) and p. */
void cell_add_carry(const struct cell_kind *, size_t H, const float *gate,
    const float *dA, float *dq, float *dp);

/* The same for row k of gate[], the sigmoid of row k of p + q. */
void cell_add_sigmoid(const struct cell_kind *, size_t H, const float *gate,
    size_t k, const float *d, float *dq, float *dp);

/* Names in model.yaml, recipes and reat.cell: "gru", "lstm", ..., NULL. */
extern const char *const cell_names[];

#endif
