/* SPDX-License-Identifier: ISC */
/*
 * run_folder: what a training run leaves, and finds when it goes on.
 *
 * The model's files (write.h), recipe.yaml, log.tsv and
 * state.safetensors, all written anew after each epoch and put in place
 * together (folder.h): a run that is killed leaves the folder of its last whole
 * epoch.  Failures exit with 2.
 */
#ifndef TRAIN_RUN_FOLDER_H
#define TRAIN_RUN_FOLDER_H

#include <stdbool.h>

#include "base/output.h"

struct arena;
struct checkpoint;
struct model;
struct model_files;
struct recipe;
struct train_now;

struct train_folder {
	const char *path;
	const struct recipe *recipe;
	const struct model_files *files;
	struct output log;	/* log.tsv so far */
	size_t epochs;		/* in it when this run began */
};

/* The state that a run left in the folder at path, or NULL: none. */
const char *train_folder_state(struct arena *, const char *path);

/* The recipe that it left there. */
const char *train_folder_recipe(struct arena *, const char *path);

/*
 * Begin the log, or go on with that of the run in the folder at from, of which
 * f->epochs are done.  False with a message if that can't be read, or it or
 * f->recipe does not fit the state; *status as in input_whole.
 */
bool train_folder_begin(struct train_folder *, const char *from, int *status);

/* The log's line of an epoch. */
void train_folder_log(struct train_folder *, const struct train_now *);

/* Write all of it; no state is kept if the recipe says so. */
void train_folder_write(const struct train_folder *, const struct model *best,
    const struct checkpoint *);

#endif
