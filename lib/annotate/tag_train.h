/* SPDX-License-Identifier: ISC */
/*
 * tag_train: a perceptron from tagged sentences.
 *
 * Each sentence that has upper-case and lower-case letters is learned twice
 * an epoch, as it is and as if it had no case, so that text all in lower case
 * is tagged well too.  The order is shuffled anew in every epoch; the tags
 * before a word are those that the perceptron itself gave.  A word is learned
 * when its tag is not the best by a margin, against the best of the others.
 */
#ifndef ANNOTATE_TAG_TRAIN_H
#define ANNOTATE_TAG_TRAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct block;
struct dict;
struct perceptron;
struct tag_train;

struct tag_train *tag_train_new(void);
void tag_train_free(struct tag_train *);

/*
 * Take the words of a block with their tags.  False with a message for a word
 * without UPOS or XPOS, a tag that is no tag, or more than TAG_CLASSES pairs.
 */
bool tag_train_add(struct tag_train *, const struct block *);

/* How many words there are, and the pairs "UPOS XPOS" by their classes. */
size_t tag_train_words(const struct tag_train *);
const struct dict *tag_train_tags(const struct tag_train *);

/*
 * Train.  Calls progress after each epoch with its number and the share of
 * words that were tagged right.  The caller frees the result.
 */
struct perceptron *tag_train_run(struct tag_train *, long epochs,
    uint64_t seed, void (*progress)(void *self, long epoch, double right),
    void *self);

#endif
