/* SPDX-License-Identifier: ISC */
/*
 * omit: texts with words left out or blanked.
 *
 * A variant is a new text in the arena; the old one is not touched.  A blank
 * word is -1, whose embedding is zero (model_embed).
 */
#ifndef EXPLAIN_OMIT_H
#define EXPLAIN_OMIT_H

#include <stdbool.h>

#include "rnn/forward.h"

struct arena;
struct span;

/* The text without the words of a span, or with them blanked. */
struct rnn_text edit_omit(struct arena *, const struct rnn_text *,
    const struct span *);
struct rnn_text edit_blank(struct arena *, const struct rnn_text *,
    const struct span *);

/* The spans, of n, that are kept; a word in none of them is left out too. */
struct rnn_text edit_keep(struct arena *, const struct rnn_text *, size_t n,
    const struct span *span, const bool *keep);

#endif
