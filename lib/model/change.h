/* SPDX-License-Identifier: ISC */
/*
 * change: other parameters for a model, to see whether explanations notice.
 *
 *     draw=PARTS     draw the parameters of these parts again
 *     shift=SIZE     add one vector to all words, and take its effect away
 *     noise=RADIUS   add random numbers to the vectors of words
 *
 * The equations are in change.c.
 */
#ifndef MODEL_CHANGE_H
#define MODEL_CHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;
struct model;

/*
 * Change m, whose embedding_data is set unless it is a stream model.  The
 * random numbers depend on the seed and on the part.  Returns NULL, or a
 * message in the arena: the key or value is wrong, or m has no such part.
 */
const char *model_change(struct arena *, struct model *m, struct text key,
    struct text value, uint64_t seed);

#endif
