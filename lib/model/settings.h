/* SPDX-License-Identifier: ISC */
/*
 * settings: model.yaml and the vocabulary -> struct model.
 *
 * Each function returns false if reading must stop (reading.h).
 */
#ifndef MODEL_SETTINGS_H
#define MODEL_SETTINGS_H

#include <stdbool.h>

struct model_reading;

/*
 * Read all of model.yaml but the names of files.  Sets cell, G, layers,
 * directions, pooling, lowercase, label and C.
 */
bool settings_read(struct model_reading *);

/* Read the vocabulary that model.yaml names, and find the unknown word. */
bool settings_read_vocabulary(struct model_reading *);

#endif
