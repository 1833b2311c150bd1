/* SPDX-License-Identifier: ISC */
/*
 * run_folder: the folder that a training run writes, and continues from.
 *
 * It has the model's files (write.h), recipe.yaml, texts.tsv, log.tsv and the
 * checkpoint, state.safetensors.  All are written after each epoch and put in
 * place together (folder.h): a run that is killed leaves the folder of its
 * last whole epoch.  If writing fails, it exits with 2.
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

/* The checkpoint's file. */
extern const char train_state_name[];

struct train_folder {
	const char *path;
	const struct recipe *recipe;
	const struct model_files *files;
	struct output log;	/* log.tsv so far */
	struct output texts;	/* texts.tsv */
	size_t epochs;		/* done before, in the run that is continued */
};

/* The path of the checkpoint in the folder at path, or NULL if it has none. */
const char *train_folder_state(struct arena *, const char *path);

/* The path of the recipe in this folder. */
const char *train_folder_recipe(struct arena *, const char *path);

/*
 * Begin the log; if from is not NULL, with the log of the run in that folder,
 * which has f->epochs.  Returns false with a message if the log cannot be read,
 * or if the log or f->recipe does not agree with the checkpoint; *status as in
 * input_whole.
 */
bool train_folder_begin(struct train_folder *, const char *from, int *status);

/* Add the line of an epoch to the log. */
void train_folder_log(struct train_folder *, const struct train_now *);

/*
 * Write the folder; without a checkpoint if the recipe has state: false.  The
 * numbers of best are written if they have changed since the last call; those
 * of a frozen embedding once.
 */
void train_folder_write(const struct train_folder *, const struct model *best,
    bool changed, const struct checkpoint *);

#endif
