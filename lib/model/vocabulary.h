/* SPDX-License-Identifier: ISC */
/*
 * vocabulary: the words of vocab.txt, one a line.
 *
 * Other programs write vocabularies in other forms: with counts or numbers, or
 * as JSON.  Read as words, their lines would match no word of a text, and all
 * words would be unknown.  So these forms are refused, with what is right.
 */
#ifndef MODEL_VOCABULARY_H
#define MODEL_VOCABULARY_H

#include <stdbool.h>

#include "base/err.h"
#include "base/text.h"

struct model_reading;

/*
 * Returns false, with a message, if the lines of a file are in a form that no
 * list of words has.  at is the first line.
 */
bool vocabulary_check(struct text lines, struct place at);

/*
 * Read the words of m->vocabulary_file into m->vocabulary, which is empty.  A
 * word's number, from 0, is its row of the embedding.  Sets V.  Returns false
 * if reading must stop (reading.h).
 */
bool vocabulary_read(struct model_reading *);

#endif
