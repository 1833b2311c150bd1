/* SPDX-License-Identifier: ISC */
/*
 * reduce: few words of a text that keep its prediction, or carry it.
 *
 *     the text         The fight scenes are fun but it grows tedious   negative
 *     reduction                                        tedious         negative
 *     sufficient                                       tedious         negative
 *     flip             The fight scenes are fun but it grows           positive
 *
 *     reduction   beam search: word after word is removed, always the one
 *                 without which the class keeps the highest probability, as
 *                 long as the class is predicted (Feng et al. 2018)
 *     sets        exact: of all sets of words with the fewest words, the best.
 *                 Alone it keeps the prediction, or without it the prediction
 *                 changes
 *     spans       the same of neighbouring words
 *
 * All ask for variants of the text, and end when they would need more than they
 * may have.
 */
#ifndef EXPLAIN_REDUCE_H
#define EXPLAIN_REDUCE_H

#include <stdbool.h>
#include <stddef.h>

#include "explain/verdict.h"
#include "rnn/forward.h"

struct arena;
struct source;
struct trace;

/* A text, and what a search may cost. */
struct reduce {
	struct arena *arena;
	struct source *source;
	const struct trace *trace;	/* of the text, T > 0 */
	struct rnn_text text;		/* source_words */
	size_t most;			/* variants, at most */
	void (*did)(void *self, size_t variants);	/* were run */
	void *self;
};

struct reduced {
	bool found;
	bool complete;		/* the search was not ended by most */
	bool *in;		/* [T] the words of the set, if found */
	size_t n;		/* how many */
	struct verdict after;	/* of the text with these words alone, or
				 * without them */
	size_t variants;	/* that were run */
	bool finite;		/* all logits were */
};

/* Remove words, with the best beam texts of each length. */
struct reduced reduce_beam(const struct reduce *, size_t beam);

/*
 * The fewest words, at least one, that alone keep the prediction (keeps), or
 * without which it changes.  Of sets with equal size the best is where the
 * class has the highest probability, or the lowest; then the first.  The sizes
 * are tried from 1 on: T words have 2^T sets, and T (T + 1) / 2 spans.
 */
struct reduced reduce_sets(const struct reduce *, bool keeps);
struct reduced reduce_spans(const struct reduce *, bool keeps);

#endif
