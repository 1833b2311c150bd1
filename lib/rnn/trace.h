/* SPDX-License-Identifier: ISC */
/*
 * trace: the states, gates and logits of one text.
 *
 * Letters: T words, H hidden units, C classes, one or two directions.
 *
 * A trace is everything that scoring needs (reat-trace(5)): the recurrence
 *
 *     s_t = a_t s_{t-1} + e_t,   h_t = o_t s_t
 *
 * as its states S and carries A (and output gates O for an LSTM), the readout
 * M, and the output layer.  forward.h makes a trace from a model; trace_read.h
 * reads one from a block, whichever program printed it.
 */
#ifndef RNN_TRACE_H
#define RNN_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "model/cell.h"
#include "model/pooling.h"

/* One direction of the top layer.  Rows are in text order in both. */
struct direction {
	float *S;		/* [T][H] state: GRU h, LSTM tanh c (cell.h) */
	float *A;		/* [T][H] carry: GRU z, LSTM f */
	float *O;		/* [T][H] output gate, or NULL: 1 */
	float *M;		/* [T][H] readout, with POOLING_GIVEN or
				 * POOLING_ATTENTION */
	uint32_t *argmax;	/* [H] word from 0, with POOLING_MAX */
	float *gate;		/* [T][K][H] with RNN_GATES: all that a step
				   keeps (lanes.h) */
};

/* Why a text has no result. */
enum trace_fault {
	TRACE_GOOD,
	TRACE_EMBEDDING,	/* a number of a word's vector is not finite */
	TRACE_OVERFLOW,		/* W_ih times that vector is not finite */
};

struct trace {
	struct text model;	/* its name */
	enum cell cell;
	struct pooling pooling;
	size_t T, H, C;
	size_t directions;	/* 1 or 2 */
	size_t rows;		/* of the output layer: C, or 1 for a sigmoid */
	bool multilabel;	/* each label has a sigmoid of its own */
	const struct text *label;	/* [C] */
	const float *weight;	/* [rows][parts of pooling][directions][H] */
	const float *bias;	/* [rows] */
	float *logit;		/* [rows] */
	float *probability;	/* [C] */
	size_t predicted;	/* the class with the largest probability */
	bool odds;		/* there are no logits; the rows are ln p of
				 * each class, then ln (1 - p) */
	struct direction direction[2];	/* forward, reverse */
	const bool *unknown;	/* [T] words that the model does not know, or
				 * NULL: none, or nobody has looked */
	enum trace_fault fault;	/* of a word, inputs.h */
	size_t fault_word;	/* from 0 */
};

/*
 * Returns class c's row of the output layer; *sign is 1, or -1 if the logit of
 * c is the negative of that row: the one row z of a sigmoid head is the logit
 * of the second label, and -z that of the first.
 */
size_t trace_row(const struct trace *, size_t c, float *sign);

/*
 * Fill probability and predicted from logit: softmax, or the sigmoid for one
 * row or of each row if multilabel.  The class of the largest logit is
 * predicted, the first of equal ones.
 */
void trace_classify(struct trace *);

#endif
