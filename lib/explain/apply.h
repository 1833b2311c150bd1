/* SPDX-License-Identifier: ISC */
/*
 * apply: a model over a batch of blocks.
 *
 * What every filter with -m does: look the words up in the vocabulary, run the
 * texts forward in lockstep, and check that the results are finite.
 */
#ifndef EXPLAIN_APPLY_H
#define EXPLAIN_APPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "rnn/forward.h"

struct arena;
struct block;

/*
 * Open a model (model_open) and make it ready to run.  Returns NULL and sets
 * *status if that fails.  apply_close frees both.
 */
struct rnn *apply_open(const char *name, int *status);
void apply_close(struct rnn *);

/*
 * Read the vectors that the words bring, if the model is a stream model (for
 * filter.h).  Returns false with a message if the block is bad.
 */
bool apply_read(const struct model *, struct block *);

/*
 * The rows of a block's words in the embedding, [T], in the block's arena; -1
 * is the zero vector.  If the model is lower-case, words are looked up in lower
 * case.  In a stream model the block is one of the last apply_texts.
 */
int32_t *apply_words(const struct model *, const struct block *);

/* The same for one word, in a model with a vocabulary; the arena is for its
 * lower case. */
int32_t apply_word(const struct model *, struct arena *, struct text form);

/*
 * The words of a block that are not in the vocabulary, [T], in the block's
 * arena; NULL if all are.
 */
const bool *apply_unknown(const struct model *, const struct block *);

/*
 * The words of n blocks, [n], in the arena of the first block.  A stream model
 * forgets its rows and takes the vectors of these blocks: call it once a batch.
 */
struct rnn_text *apply_texts(struct model *, struct block **block, size_t n);

/* Run the model over n blocks.  Returns their traces, [n], in that arena. */
struct trace *apply_model(struct rnn *, struct block **block, size_t n,
    enum rnn_want);

/* Returns false with a message if a word has a fault (trace.h) or a logit is
 * not finite; a probability of 0 may have log-odds that are not. */
bool apply_check(const struct block *, const struct trace *);

#endif
