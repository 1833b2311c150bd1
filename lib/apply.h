/* SPDX-License-Identifier: ISC */
/*
 * apply: a model over a batch of blocks.
 *
 * What every filter with -m does: words to rows, one forward pass in lockstep,
 * and a look whether the numbers are numbers.
 */
#ifndef APPLY_H
#define APPLY_H

#include <stddef.h>

#include "rnn.h"

struct block;

/*
 * block[i]->data becomes its struct trace, in the block's arena.  A block
 * whose logits are not finite gets bad, with a message.
 */
void apply_model(struct rnn *, struct block **block, size_t n, enum rnn_want);

#endif
