/* SPDX-License-Identifier: ISC */
/*
 * tag_train: train a perceptron on tagged sentences.
 *
 * In each epoch all sentences are learned in a new random order.  A sentence
 * with upper-case and lower-case letters is learned twice, as it is and as a
 * caseless one (tag_features.h), so that text in lower case is tagged well too.
 * The previous tags of a word are those that the perceptron chose.  A word is
 * learned if its gold class does not have the highest score by a margin; the
 * other class is the best of the others.
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
 * Add the words of a block with their tags.  Returns false with a message if a
 * word has no UPOS or XPOS, a tag contains a blank, or there are more than
 * TAG_CLASSES pairs.
 */
bool tag_train_add(struct tag_train *, const struct block *);

/* The number of words, and the pairs "UPOS XPOS", numbered by class. */
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
