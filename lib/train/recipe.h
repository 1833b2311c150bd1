/* SPDX-License-Identifier: ISC */
/*
 * recipe: all that decides what reat-train makes of its texts.
 *
 * A YAML map with the keys of the table in recipe.c, each of which has a
 * default.  Paths are relative to the working folder.  Written out whole, a
 * recipe gives the same model again.
 */
#ifndef TRAIN_RECIPE_H
#define TRAIN_RECIPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/text.h"

struct arena;
struct output;

enum embedding {
	EMBEDDING_FROZEN,
	EMBEDDING_TUNED,
};

struct recipe {
	/* the network */
	size_t cell;		/* enum cell */
	size_t hidden, layers;
	bool bidirectional;
	size_t pooling;		/* enum pooling */
	struct text *label;	/* [labels]; none: those of the texts, sorted */
	size_t labels;
	struct text model;	/* where the weights start, or none */

	/* words and their vectors */
	bool lowercase;
	struct text unknown;	/* the word for unknown words, or none */
	struct text vocabulary;	/* a file of words, or none */
	bool train_words;	/* and the training texts' */
	size_t min_count, limit;	/* of these; limit 0: none */
	struct text vectors;	/* a file, or none */
	struct text embedding_from;	/* a model, or none */
	size_t dimension;	/* without a file of vectors */
	double range;		/* other words: uniform in -range..range */
	size_t embedding;	/* enum embedding */

	/* training */
	double learning_rate, weight_decay, clip;
	double embedding_dropout, layer_dropout, readout_dropout;
	size_t batch, bucket, epochs, patience, seed;

	/* the files */
	size_t embedding_numbers, numbers;	/* enum number_type */
	bool state;		/* and what it takes to go on */
};

/* The defaults. */
struct recipe recipe_default(void);

/*
 * Change what the file at path says.  False with a message for an unknown key
 * or a value out of range; *status as in input_whole.
 */
bool recipe_read(struct arena *, const char *path, struct recipe *,
    int *status);

void recipe_write(const struct recipe *, struct output *);

/*
 * True if a run whose recipe was written as `run` can go on with r: only the
 * number of epochs may be another.  Else false, and a message that names the
 * first other key, at the place of r.
 */
bool recipe_goes_on(const struct recipe *r, struct text run, struct place at);

/* The first key in which they differ, or NULL. */
const char *recipe_differs(const struct recipe *, const struct recipe *);

#endif
