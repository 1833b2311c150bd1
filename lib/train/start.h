/* SPDX-License-Identifier: ISC */
/*
 * start: a model as it is before the first step of training.
 *
 * The network is the recipe's, or that of the model from which the recipe
 * starts.  Weights are uniform in -1/sqrt(H)..1/sqrt(H), those of the output
 * layer in -1/sqrt(F)..1/sqrt(F), with F its inputs (PyTorch's defaults); the
 * vectors of words without a given one are uniform in the recipe's range.
 *
 * A stream model has no vocabulary: its rows are those of all texts' words.
 * Otherwise the vocabulary is the unknown word, the words of the recipe's list
 * in its order, then the training texts' words, most frequent first.
 */
#ifndef TRAIN_START_H
#define TRAIN_START_H

#include <stdbool.h>
#include <stddef.h>

#include "train/corpus.h"
#include "train/penalty.h"

struct arena;
struct dict;
struct model;
struct model_files;
struct recipe;

struct start {
	struct arena *arena;	/* of the model and all that it needs */
	struct recipe *recipe;
	const char *run;	/* the folder of the run to continue, or NULL */
	const struct model *from;	/* start_parent's, or NULL */
	const char *path;	/* where the model will be written */
	struct dict *words, *labels;	/* of the texts */
	struct corpus_rows rows;	/* of a stream model */
	struct corpus *train, *dev;
	struct model_files *files;
	struct penalty penalty;	/* the recipe's; weight 0: there is none */
	size_t penalised;	/* rows of the vocabulary that it marks */
	size_t found;		/* words with a vector in the file of vectors */
};

/*
 * Open the model to start from, s->from, and set the recipe's settings of the
 * network to its own.  It is the model of the run to continue, or the recipe's
 * `model` or `embedding_from`; s->from is NULL if there is none.  The recipe of
 * a run must already agree with its model.  Returns false with a message;
 * *status as in input_whole.
 */
bool start_parent(struct start *s, int *status);

/*
 * Make the model for the texts.  Their words and labels, until now numbers of
 * the dictionaries, become rows of the vocabulary and classes.  Sets s->files,
 * the penalty and s->found.  Returns NULL with a message; *status as above.
 */
struct model *start_model(struct start *s, int *status);

#endif
