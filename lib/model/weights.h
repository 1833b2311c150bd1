/* SPDX-License-Identifier: ISC */
/*
 * weights: the safetensors files of a folder -> struct model, as steps of
 * reading.h.
 */
#ifndef MODEL_WEIGHTS_H
#define MODEL_WEIGHTS_H

#include <stdbool.h>

struct model_reading;

/*
 * The tensors: sizes V, D, H and rows, and all parameters.  The settings and
 * the vocabulary have been read.
 */
bool model_read_weights(struct model_reading *);

#endif
