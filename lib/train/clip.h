/* SPDX-License-Identifier: ISC */
/*
 * clip: limit the norm of a batch's gradients.
 *
 *     g = g min(1, most / |g|),   |g| the root of the sum of all squares
 *
 * A word without a row in the embedding has no part in the norm.  The squares
 * are summed as doubles, in an order that no machine changes.
 */
#ifndef TRAIN_CLIP_H
#define TRAIN_CLIP_H

#include <stddef.h>

#include "model/parameters.h"

struct learner_grad;

/* g has its numbers in part [parts], and rows [D] of the embedding or none. */
void clip_gradients(double most, size_t parts, const struct parameter part[],
    const struct learner_grad *g, size_t D);

#endif
