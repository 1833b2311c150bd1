/* SPDX-License-Identifier: ISC */
/*
 * corpus: labelled tok streams, kept whole as numbers.
 *
 * Words and labels get numbers in two dictionaries that the training and the
 * dev texts share.
 */
#ifndef TRAIN_CORPUS_H
#define TRAIN_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rnn/forward.h"

struct arena;
struct dict;

struct corpus {
	const char *path;	/* as given: "-" is standard input */
	size_t n, tokens;
	struct rnn_text *text;	/* [n] word numbers */
	size_t *gold;		/* [n] label numbers */
	size_t cap, gold_cap;
};

/*
 * Read the tok file at path.  Forms are lower-cased on demand.  A block is bad
 * that has no label, or one that is not in the dictionary if labels are locked:
 * then locked says what they are ("the recipe's labels"); NULL adds new ones.
 * Returns the exit status; messages are printed.  Memory is the arena's.
 */
int corpus_read(struct arena *, const char *path, bool lowercase,
    bool keep_going, struct dict *words, struct dict *labels,
    const char *locked, struct corpus *);

/* Exchange each word's number w for row[w]. */
void corpus_map_words(struct corpus *, const int32_t *row);

/* The same for labels. */
void corpus_map_labels(struct corpus *, const size_t *class);

/* A fingerprint of the numbers, going on from that of another corpus or 0. */
uint64_t corpus_hash(const struct corpus *, uint64_t hash);

#endif
