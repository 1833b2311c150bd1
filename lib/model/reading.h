/* SPDX-License-Identifier: ISC */
/*
 * reading: how a model's folder is read, step by step.
 *
 * The readers of model.yaml and the vocabulary (settings.h) and of the
 * tensors (weights.h) are steps.  A step returns false if reading must
 * stop: after a fault, unless all faults are wanted.  In that case what could
 * not be read is 0 or NULL in the model, and nothing that depends on it is
 * checked.
 */
#ifndef MODEL_READING_H
#define MODEL_READING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

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

#endif
