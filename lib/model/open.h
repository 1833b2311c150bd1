/* SPDX-License-Identifier: ISC */
/*
 * open: a name or a folder -> struct model (reat-model(5)).
 */
#ifndef MODEL_OPEN_H
#define MODEL_OPEN_H

#include <stddef.h>

struct model;

/*
 * Read the model with this name or path (share_look).  NULL with a message if
 * there is none or it is bad, *status as in input_whole.  Memory is a new arena
 * of the model's.
 */
struct model *model_open(const char *name, int *status);

/*
 * The same, but for all faults rather than the first: a message for each, and
 * their number in *faults.  The model is as much of it as could be read: if
 * there are faults, to be looked at, not to be used.  What the faults leave
 * unknown is 0 or NULL (unknown is -1).
 */
struct model *model_open_all(const char *name, size_t *faults, int *status);

#endif
