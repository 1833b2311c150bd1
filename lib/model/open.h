/* SPDX-License-Identifier: ISC */
/*
 * open: a name or a folder -> struct model (reat-model(5)).
 */
#ifndef MODEL_OPEN_H
#define MODEL_OPEN_H

#include <stddef.h>

#include "base/text.h"

struct model;

/*
 * Read the model with this name or path (share_look).  Returns NULL with a
 * message if it is not there or has a fault; *status as in input_whole.
 * model_close frees it.
 */
struct model *model_open(const char *name, int *status);

/* The same for a folder, with this text in the place of its model.yaml. */
struct model *model_open_described(const char *folder, struct text yaml,
    int *status);

/*
 * The same, but do not stop at the first fault: print a message for each, and
 * count them in *faults.  Returns as much of the model as could be read, never
 * NULL; what is not known is 0 or NULL (unknown is -1).  A model with faults is
 * only for looking at.
 */
struct model *model_open_all(const char *name, size_t *faults, int *status);

#endif
