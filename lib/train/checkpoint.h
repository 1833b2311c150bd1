/* SPDX-License-Identifier: ISC */
/*
 * checkpoint: where a training run stands after an epoch, in a file.
 *
 * A safetensors file of F32 tensors: the weights as they are trained (not the
 * best, not rounded), by their names; Adam's moments as exp_avg.NAME and
 * exp_avg_sq.NAME, PyTorch's words; and `training` [6][3], the whole numbers
 * below, each in three floats of 22 bits, lowest first.  __metadata__ holds the
 * recipe.
 */
#ifndef TRAIN_CHECKPOINT_H
#define TRAIN_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "model/parameters.h"

struct arena;

/* PyTorch's names of Adam's moments; the second are never negative. */
#define CHECKPOINT_MEANS "exp_avg."
#define CHECKPOINT_SQUARES "exp_avg_sq."

struct checkpoint {
	uint64_t epoch, steps;	/* done */
	uint64_t best_epoch;	/* with this many of the dev texts right */
	uint64_t right;
	uint64_t waited;	/* epochs since */
	uint64_t texts;		/* a fingerprint of the texts */
	struct text recipe;	/* as recipe_write gives it */

	/* what is kept; the numbers are the trainer's own */
	size_t parts;
	struct parameter part[3 * PARAMETERS_MOST];
};

/* Exits with 2 if that fails. */
void checkpoint_write(const struct checkpoint *, const char *path);

/*
 * Read the numbers, the recipe, and the parts that are listed into their place.
 * False with a message if the file is no checkpoint of these parts; *status as
 * in input_whole.
 */
bool checkpoint_read(struct arena *, const char *path, struct checkpoint *,
    int *status);

#endif
