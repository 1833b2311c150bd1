/* SPDX-License-Identifier: ISC */
/*
 * flip: what a model predicts for a text with one word replaced.
 *
 * The variants of a text run together and share their beginnings (variants.h).
 * flip_pairs counts, for each pair of words, how many variants flip: have
 * another predicted class than their text.
 */
#ifndef EXPLAIN_FLIP_H
#define EXPLAIN_FLIP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct block;
struct flip_pairs;
struct flipper;
struct output;
struct source_choice;
struct trace;

struct flip {
	/* the variant: word number, from 0, and its new form */
	size_t word;
	struct text form;

	/* set by flip_run: the predicted class and its probability */
	size_t predicted;
	float probability;
	bool finite;		/* its logits are; if not, nothing is set */
};

/*
 * Open a source (source.h); returns NULL and sets *status if that fails.
 * flip_close returns the status, as source_close.
 */
struct flipper *flip_open(const struct source_choice *, struct output *,
    int *status);
int flip_close(struct flipper *, int status);

/* Run the model over n blocks; returns their traces, [n], in the arena of the
 * first. */
struct trace *flip_texts(struct flipper *, struct block **, size_t n);

/* Predict n variants of a block, whose trace this is. */
void flip_run(struct flipper *, const struct block *, const struct trace *,
    size_t n, struct flip flip[]);

/* True if the variant flips; the trace is the text's. */
bool flip_is(const struct flip *, const struct trace *);

struct flip_pairs *flip_pairs_new(void);
void flip_pairs_free(struct flip_pairs *);

/* Count n variants of a block.  Pairs are compared in lower case. */
void flip_pairs_add(struct flip_pairs *, const struct block *,
    const struct trace *, size_t n, const struct flip flip[]);

/* Write a swap: the word of a block and its new form, terribly=extremely. */
void flip_write(const struct block *, size_t word, struct text form,
    struct output *);

/*
 * Write a row "_" for all variants, then a row for each pair, those that flip
 * most first: pair, variants, flips, texts with a variant, texts with a flip.
 */
void flip_pairs_write(const struct flip_pairs *, bool header,
    struct output *);

#endif
