/* SPDX-License-Identifier: ISC */
/*
 * model: a network in memory: its sizes, vocabulary and weights.
 *
 * open.h reads one from a folder, write.h writes one to a folder.
 *
 * Tensors carry PyTorch's names, shapes and gate order:
 *     rnn.weight_ih_l0 [G H][D]   rnn.weight_hh_l0 [G H][H]
 *     rnn.bias_ih_l0 [G H]        rnn.bias_hh_l0 [G H]
 *     ..._l0_reverse for the second direction, ..._l1 for the layer above
 *     embedding.weight [V][D]     output.weight [rows][columns]   output.bias
 * G = 3 (GRU: r z n) or 4 (LSTM: i f g o): cells[] (cell.h).  Cells that are
 * linear in the state have no ..._hh; the RG-LRU has rnn.decay_l0 [H].
 */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "model/attention.h"
#include "model/cell.h"
#include "model/pooling.h"
#include "model/safetensors.h"
#include "model/stack.h"

struct arena;
struct conf;
struct dict;

enum { MODEL_LAYERS = 16 };	/* most layers */

/* What model.yaml and import say if words bring their vectors. */
#define MODEL_STREAM "stream"

/* The parameters of one direction of one layer; missing biases are zero. */
struct rnn_weights {
	size_t in;		/* D, or directions H above the first layer */
	float *weight_ih;	/* [G H][in] */
	float *weight_hh;	/* [G H][H]; NULL if the cell is linear */
	float *bias_ih;		/* [G H] */
	float *bias_hh;		/* [G H]; only the cell's own rows if linear */
};

struct model {
	struct arena *arena;
	const char *path;	/* the folder */
	struct text name;	/* last component of the path */
	const struct conf *yaml;	/* its model.yaml, if it was read */
	enum cell cell;
	struct pooling pooling;
	size_t V, D, H, C, G;	/* words, columns of the embedding, units,
				 * classes, rows of weights a unit */
	size_t layers, directions;
	size_t rows;		/* of the output: C, or 1 for a sigmoid head */
	bool multilabel;	/* each label has a sigmoid of its own */
	struct text *label;	/* [C] */
	bool lowercase;
	int32_t unknown;	/* its row, or -1: the zero vector */
	struct dict *vocabulary;
	const char *vocabulary_file;
	struct tensor *tensor;	/* [tensors] of all files; used is set in those
				 * that are part of the model */
	size_t tensors;
	const struct tensor *embedding;	/* [V][D], in the file's number type */
	float *embedding_data;	/* [V][D] for training and writing, or NULL */

	/*
	 * A stream model has no vocabulary: words bring their vectors.  These
	 * are rows that have numbers, as the words of a vocabulary have them,
	 * until model_forget_rows; V counts them.
	 */
	bool stream;
	const float **row;	/* [V] the vectors [D], somebody else's */
	size_t row_cap;
	unsigned long rows_forgotten;	/* how often */

	struct rnn_weights layer[MODEL_LAYERS][2];
	struct attention attention;	/* of pooling attention */
	struct stack stack;	/* between the features and the output */
	double epsilon;		/* of all norms */
	float *weight;		/* [rows][model_columns] */
	float *bias;		/* [rows] */
};

/* Free a model that model_open returned. */
void model_close(struct model *);

/* How many features pooling gives: parts of the pooling, times directions H. */
size_t model_features(const struct model *);

/* How many numbers the output layer reads: the features, or what the last
 * module of the stack gives. */
size_t model_columns(const struct model *);

/* Forget the rows of a stream model; give it the next one. */
void model_forget_rows(struct model *);
void model_add_row(struct model *, const float *row);

/* Copy row id of the embedding (zeros for -1) to to [D]. */
void model_embed(const struct model *, int32_t id, float *to);

#endif
