/* SPDX-License-Identifier: ISC */
/*
 * corpus: labelled tok streams in memory, words and labels as numbers.
 *
 * The numbers are those of two dictionaries, which the training and the dev
 * texts share.
 */
#ifndef TRAIN_CORPUS_H
#define TRAIN_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rnn/forward.h"

struct arena;
struct dict;
struct label_counts;
struct output;

/* The vectors of the words of all corpora, if words bring them. */
struct corpus_rows {
	size_t D;		/* 0: the first word decides */
	const float **row;	/* [n] */
	size_t n, cap;
};

struct corpus {
	const char *path;	/* as given; "-" is standard input */
	size_t n, tokens;	/* texts, and words in all */
	struct rnn_text *text;	/* [n] word numbers */
	size_t *gold;		/* [n] label numbers */
	size_t cap, gold_cap;
	struct label_counts *counts;	/* as they are read */
};

/*
 * Read the tok file at path, with its words in lower case if wanted.  If locked
 * is NULL, new labels are added to the dictionary.  Otherwise only labels that
 * are already in it are accepted, and locked names them for messages ("the
 * recipe's labels").  A block without a label is bad.  If rows is not NULL,
 * words bring their vectors, which are added to it, and a word's number is that
 * of its row; no word is added to the dictionary.  Returns the exit status,
 * with messages.  The words of the texts are in the arena.  The arrays of the
 * struct are on the heap; both programs keep them until they end.
 */
int corpus_read(struct arena *, const char *path, bool lowercase,
    bool keep_going, struct dict *words, struct corpus_rows *rows,
    struct dict *labels, const char *locked, struct corpus *);

/* Replace each word's number w by row[w]. */
void corpus_map_words(struct corpus *, const int32_t *row);

/* Replace each label's number by its class. */
void corpus_map_labels(struct corpus *, const size_t *class);

/*
 * Write rows "set key value" about the texts: their number, words, the longest,
 * words that are unknown (whose number is unknown), and each class's texts.
 * Call it after the words and labels were mapped.
 */
void corpus_describe(const struct corpus *, const char *set,
    const struct text label[], size_t labels, int32_t unknown,
    struct output *);

/* A fingerprint of the numbers; hash is 0, or that of another corpus. */
uint64_t corpus_hash(const struct corpus *, uint64_t hash);

#endif
