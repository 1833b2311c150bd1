/* SPDX-License-Identifier: ISC */
/*
 * reading: one reading of a model's folder.
 *
 *     open.c        finds the folder and parses model.yaml
 *     settings.c    cell, layers, directions, pooling, labels
 *     vocabulary.c  the words -> V
 *     weights.c     the safetensors files -> D, H, rows and all parameters
 *
 * model_open stops at the first fault; model_open_all, for reat-model check,
 * goes through all of them.  So a reader hands the result of each check to
 * reading_check, and returns at once if that returns false:
 *
 *     if (!reading_check(r, conf_bool(yaml, "lowercase", &m->lowercase)))
 *             return false;
 *
 * If reading goes through all faults, what could not be read is 0 or NULL in
 * the model, and what depends on it is not checked.
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
	bool all_faults;	/* do not stop at a fault */
	bool weights_unread;	/* a file of weights could not be read */
	size_t faults;
	int status;		/* the worst so far */
};

/* Count a fault if not good.  Returns false if reading must stop. */
bool reading_check(struct model_reading *, bool good);

/* The same for a file whose reader returned this status. */
bool reading_check_file(struct model_reading *, bool good, int status);

/* The path of a file that model.yaml names: relative to the folder. */
const char *reading_path(const struct model *, struct text name);

#endif
