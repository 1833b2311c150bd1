/* SPDX-License-Identifier: ISC */
/*
 * model_read: what model_open and model_open_all are made of.
 *
 * The readers of model.yaml and the vocabulary (model_read.c) and of the
 * tensors (model_read_weights.c) are steps.  A step is false if there is no
 * use in going on: after a fault, unless all of them are wanted.  Then what
 * could not be read is 0 or NULL in the model, and nothing that depends on it
 * is checked.
 */
#ifndef MODEL_READ_H
#define MODEL_READ_H

#include <stdbool.h>
#include <stddef.h>

#include "text.h"

struct conf;
struct model;

struct model_reading {
	struct model *m;
	const struct conf *yaml;
	bool all;		/* go on after a fault */
	bool unread;		/* some file of weights could not be read */
	size_t faults;
	int status;		/* the worst */
};

/*
 * Count the fault if this is not good.  A file's reader has a status of its
 * own.
 */
bool model_step(struct model_reading *, bool good);
bool model_step_file(struct model_reading *, bool good, int status);

/* A path in model.yaml is relative to the folder. */
const char *model_inside(const struct model *, struct text name);

/* m->vocabulary_file: a word a line, whose number, from 0, is its row. */
bool model_read_words(struct model_reading *);

/* The tensors; the settings and the vocabulary are there. */
bool model_read_weights(struct model_reading *);

#endif
