/* SPDX-License-Identifier: ISC */
/*
 * apply: a model over a batch of blocks.
 *
 * What every filter with -m does: words to rows, one forward pass in lockstep,
 * and a look whether the numbers are numbers.
 */
#ifndef EXPLAIN_APPLY_H
#define EXPLAIN_APPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rnn/forward.h"

struct block;

/*
 * Open a model (model_open) and make it ready, or NULL with *status; close
 * both.
 */
struct rnn *apply_open(const char *name, int *status);
void apply_close(struct rnn *);

/*
 * The rows of a block's words in the embedding, after lower-casing if the model
 * wants that, [T], in the block's arena; -1 is the zero vector.
 */
int32_t *apply_words(const struct model *, const struct block *);

/* block[i]->data becomes its struct trace, in the block's arena. */
void apply_model(struct rnn *, struct block **block, size_t n, enum rnn_want);

/* False, with a message, if the block's logits are not finite. */
bool apply_check(const struct block *);

#endif
