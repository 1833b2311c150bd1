/* SPDX-License-Identifier: ISC */
/*
 * recipe: all settings of a training run.
 *
 * A recipe is a YAML map with the keys of the table in recipe.c; each has a
 * default.  Paths are relative to the working folder.  The recipe that a run
 * writes has all keys, and gives the same model again.
 */
#ifndef TRAIN_RECIPE_H
#define TRAIN_RECIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"
#include "model/pooling.h"

struct arena;
struct output;

enum embedding {
	EMBEDDING_FROZEN,
	EMBEDDING_TUNED,
	EMBEDDING_STREAM,	/* none: words bring their vectors */
};

enum { DIMENSION_MAX = 16384 };

struct recipe {
	/* the network */
	size_t cell;		/* enum cell */
	size_t hidden, layers;
	bool bidirectional;
	struct pooling pooling;
	struct text *label;	/* [labels] */
	size_t labels;		/* 0: those of the texts, sorted */
	struct text model;	/* its weights are the start; or NULL */

	/* words and their vectors */
	bool lowercase;
	struct text unknown;	/* the word for unknown words, or NULL */
	struct text vocabulary;	/* a file of words, or NULL */
	bool train_words;	/* add the words of the training texts */
	size_t min_count, limit;	/* of these words; limit 0: no limit */
	struct text vectors;	/* a file, or NULL */
	struct text embedding_from;	/* a model, or NULL */
	size_t dimension;	/* D, without vectors from elsewhere */
	double range;		/* words without a vector: -range..range */
	size_t embedding;	/* enum embedding */

	/* training */
	double learning_rate, weight_decay, clip;
	double word_dropout, word_blank;	/* of a text's words; 0: none */
	double embedding_dropout, layer_dropout, readout_dropout;
	double penalty;		/* of REAT's scores of these words; 0: none */
	struct text penalty_words;	/* a file of words, or NULL */
	size_t batch, bucket, epochs, patience, seed;
	size_t average;		/* the first epoch of the mean; 0: no mean */

	/* the files */
	size_t embedding_numbers, numbers;	/* enum number_type */
	bool state;		/* write a checkpoint */
};

/* The defaults. */
struct recipe recipe_default(void);

/*
 * Set the keys that the file at path has.  Returns false with a message for an
 * unknown key, a value out of range or a key that needs another; *status as in
 * input_whole.
 */
bool recipe_read(struct arena *, const char *path, struct recipe *,
    int *status);

/* Write all keys that have a value, but no average, penalty, word_dropout or
 * word_blank of 0. */
void recipe_write(const struct recipe *, struct output *);

/*
 * Check that a run whose recipe was written as `run` can be continued with r:
 * only the number of epochs may differ.  Returns false with a message at the
 * place of r that names the first other key.
 */
bool recipe_continues(const struct recipe *r, struct text run,
    struct place at);

/* The first key in which the recipes differ, or NULL. */
const char *recipe_differs(const struct recipe *, const struct recipe *);

#endif
