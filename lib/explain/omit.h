/* SPDX-License-Identifier: ISC */
/*
 * omit: texts with words left out or blanked.
 *
 * Each function returns a new text in the arena.  The id of a blanked word is
 * -1, whose embedding is zero (model_embed).
 */
#ifndef EXPLAIN_OMIT_H
#define EXPLAIN_OMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "rnn/forward.h"

struct arena;
struct block;
struct span;

/*
 * The number of a text's stream of random numbers (random.h).  It depends on
 * the words alone: a text has the same samples wherever it occurs.
 */
uint64_t edit_stream(const struct block *);

/* The text without the words of a span; the text with them blanked. */
struct rnn_text edit_omit(struct arena *, const struct rnn_text *,
    const struct span *);
struct rnn_text edit_blank(struct arena *, const struct rnn_text *,
    const struct span *);

/*
 * The text of those of n spans that are kept, keep [n].  A word outside all
 * spans is left out.
 */
struct rnn_text edit_keep(struct arena *, const struct rnn_text *, size_t n,
    const struct span *span, const bool *keep);

#endif
