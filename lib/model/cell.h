/* SPDX-License-Identifier: ISC */
/*
 * cell: the kinds of recurrent cells, a row of cells[] each; kinds of heads.
 *
 * What differs between cells stands in this table and nowhere else: a program
 * that runs, trains, traces or guesses a network reads the row and does not
 * ask which cell it is.
 *
 * A cell must have the form that the scores need (reat.h):
 *
 *     s_t = a_t s_{t-1} + e_t,   h_t = o_t s_t
 *
 * so its row says which of the rows that a step keeps are S, A and O.
 */
#ifndef MODEL_CELL_H
#define MODEL_CELL_H

#include <stdbool.h>
#include <stddef.h>

enum cell {
	CELL_GRU,
	CELL_LSTM,
	CELL_FOREIGN,		/* a trace without reat.cell; not in cells[] */
};

enum {
	CELLS = CELL_FOREIGN,	/* rows of cells[] */
	CELL_GATES_MOST = 6,	/* the largest K */
	CELL_NO_ROW = -1,
};

/*
 * A step of one text.  The shapes are those of lanes.h:
 *
 *     p, q     [G][H] W_ih x + b and W_hh h
 *     bias_hh  [G][H] whole; a step reads the rows from inner on
 *     h, c     [H] replaced; c only if has_c
 *     gate     [K][H] what the step keeps
 */
typedef void cell_step(size_t H, const float *p, const float *q,
    const float *bias_hh, float *h, float *c, float *gate);

/*
 * The same step backwards.  before [H] is c of the step before if has_c, else
 * h; dh, dc [H] are replaced; dq [G][H] is set, dp [G][H] is added to.
 */
typedef void cell_back(size_t H, const float *gate, const float *before,
    float *dh, float *dc, float *dq, float *dp);

/* One row of gate[] as reat-trace -g prints it: MISC keys of two directions. */
struct cell_gate {
	const char *key[2];
	size_t row;
};

struct cell_kind {
	const char *noun;	/* in messages: "a GRU" */
	size_t G;		/* rows of weights a unit: PyTorch's order */
	size_t K;		/* rows that a step keeps in gate[] */
	bool has_c;		/* a state c beside h */
	size_t inner;		/* from this row on b_hh is not added to W_ih x:
				 * it stands inside the step */
	int S, A, O;		/* rows of gate[]; without one S is h, O is 1 */
	struct cell_gate gates[CELL_GATES_MOST];	/* until key is NULL */
	cell_step *step;
	cell_back *back;
};

extern const struct cell_kind cells[CELLS];

/* Their names in model.yaml, recipes and reat.cell: "gru", "lstm", NULL. */
extern const char *const cell_names[];

enum pooling {
	POOLING_LAST,		/* the last word in reading order */
	POOLING_MEAN,
	POOLING_MAX,
	POOLING_GIVEN,		/* M stands in the trace */
};

extern const char *const pooling_names[];	/* "last", "mean", "max" */

#endif
