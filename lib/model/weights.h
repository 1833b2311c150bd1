/* SPDX-License-Identifier: ISC */
/*
 * weights: the safetensors files of a folder -> struct model.
 */
#ifndef MODEL_WEIGHTS_H
#define MODEL_WEIGHTS_H

#include <stdbool.h>

struct model_reading;

/*
 * Read the tensors, after the settings and the vocabulary.  Sets D, H, rows and
 * all parameters; an embedding stays in the file's number type, and its numbers
 * are checked only if all faults are wanted.  Returns false if reading must
 * stop (reading.h).
 */
bool weights_read(struct model_reading *);

#endif
