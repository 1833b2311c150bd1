/* SPDX-License-Identifier: ISC */
/*
 * settings: model.yaml and the vocabulary -> struct model, as steps of
 * reading.h.
 */
#ifndef MODEL_SETTINGS_H
#define MODEL_SETTINGS_H

#include <stdbool.h>

struct model_reading;

/* Everything of model.yaml but the names of files. */
bool model_read_settings(struct model_reading *);

/* The vocabulary that model.yaml names, and the row of unknown words. */
bool model_read_vocabulary(struct model_reading *);

/* m->vocabulary_file: a word a line, whose number, from 0, is its row. */
bool model_read_words(struct model_reading *);

#endif
