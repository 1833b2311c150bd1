/* SPDX-License-Identifier: ISC */
/*
 * checkpoint: the state of a training run after an epoch, in a file.
 *
 * A safetensors file of F32 tensors: the weights as they are trained (not the
 * best, not rounded), by their names; Adam's moments as exp_avg.NAME and
 * exp_avg_sq.NAME, PyTorch's words; the weights' mean over epochs as mean.NAME,
 * if the recipe has one; and `training` [6][3], the whole numbers below, each
 * as three floats of 22 bits, lowest first.  __metadata__ holds the recipe.
 */
#ifndef TRAIN_CHECKPOINT_H
#define TRAIN_CHECKPOINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "model/parameters.h"

struct arena;

struct checkpoint {
	uint64_t epoch, steps;	/* done so far */
	uint64_t best_epoch;
	uint64_t right;		/* dev texts that the best epoch has right */
	uint64_t waited;	/* epochs since the best one */
	uint64_t texts;		/* a fingerprint of the texts */
	struct text recipe;	/* as recipe_write writes it */

	/* weights and moments; their numbers are the trainer's own */
	size_t parts;
	struct parameter part[4 * PARAMETERS_MOST];
};

/*
 * Add a parameter to the list, and its moments m and v unless they are NULL.
 * Names lie in the arena.
 */
void checkpoint_add(struct arena *, struct checkpoint *,
    const struct parameter *, float *m, float *v);

/* Exits with 2 if the file cannot be written. */
void checkpoint_write(const struct checkpoint *, const char *path);

/*
 * Read the counters, the recipe, and the numbers of each part listed; all must
 * be finite.  Returns false with a message if the file is not a checkpoint of
 * these parts; *status as in input_whole.
 */
bool checkpoint_read(struct arena *, const char *path, struct checkpoint *,
    int *status);

#endif
