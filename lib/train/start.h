/* SPDX-License-Identifier: ISC */
/*
 * start: a model before its first step.
 *
 * The network is the recipe's, or another model's where the recipe names one
 * to start from.  Weights are uniform in -1/sqrt(H)..1/sqrt(H), those of the
 * output layer in -1/sqrt(F)..1/sqrt(F), F its inputs (PyTorch's defaults);
 * words without a vector are uniform in the recipe's range.
 *
 * The vocabulary: the unknown word, the words of the recipe's list in its
 * order, then the training texts' words, most frequent first.
 */
#ifndef TRAIN_START_H
#define TRAIN_START_H

#include <stdbool.h>

#include <stddef.h>

struct arena;
struct corpus;
struct dict;
struct model;
struct model_files;
struct recipe;

/* What a model is made of. */
struct model_init {
	struct arena *arena;	/* its memory */
	struct recipe *recipe;
	const char *run;	/* the folder of a run that goes on, or NULL */
	const struct model *from;	/* where it starts, or NULL */
	const char *path;	/* where it will be written */
	struct dict *words, *labels;	/* of the texts */
	struct corpus *train, *dev;
	struct model_files *files;
	size_t found;		/* words that the file of vectors has */
};

/*
 * If there is a run that goes on, or the recipe starts from a model or from a
 * model's embedding, open that and bring the recipe into line with it; that of
 * a run must be in line with its model.  False with a message, *status as in
 * input_whole; b->from is NULL if there is none.
 */
bool model_init_parent(struct model_init *b, int *status);

/*
 * Make the model for the texts, whose words and labels are still those of the
 * dictionaries, and turn them into its rows and classes.  Settles the files and
 * counts found.  NULL with a message; *status as above.
 */
struct model *model_init(struct model_init *b, int *status);

#endif
