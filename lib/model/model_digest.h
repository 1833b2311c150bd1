/* SPDX-License-Identifier: ISC */
/*
 * model_digest: a number that tells models apart.
 *
 * It is made of the contents of model.yaml, the words of the vocabulary and the
 * tensors of the weights' files (digest.h): not of the folder's name, nor of
 * blanks, comments and the order of bytes in the files.
 */
#ifndef MODEL_MODEL_DIGEST_H
#define MODEL_MODEL_DIGEST_H

#include <stdint.h>

struct model;

/* The digest of a model that model_open returned.  It reads all weights. */
uint64_t model_digest(const struct model *);

#endif
