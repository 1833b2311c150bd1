/* SPDX-License-Identifier: ISC */
/*
 * perceptron: an averaged multiclass perceptron over sparse features.
 *
 * A feature is a 64-bit key and has a weight for each of C classes, 0 until
 * it is first changed.  An example is a list of features; its score for class
 * c is the sum of their weights for c.  When the best class is not the gold
 * one, each feature's weight goes up by 1 for gold and down by 1 for the
 * guess (Collins 2002).  With w_k the weights after example k, what is kept
 * in the end is their mean over all N examples,
 *
 *     (w_1 + w_2 + ... + w_N) / N,
 *
 * computed lazily: a weight's running total is brought up to date only when
 * the weight changes.  All of it is integers, so training gives the same bits
 * on every machine.
 */
#ifndef ANNOTATE_PERCEPTRON_H
#define ANNOTATE_PERCEPTRON_H

#include <stddef.h>
#include <stdint.h>

struct perceptron;

struct perceptron *perceptron_new(size_t classes);
void perceptron_free(struct perceptron *);

/* The number of the feature with this key, which is added if it is new. */
uint32_t perceptron_feature(struct perceptron *, uint64_t key);
size_t perceptron_features(const struct perceptron *);
uint64_t perceptron_key(const struct perceptron *, uint32_t feature);

/* Add the weights of these n features to score[C]. */
void perceptron_score(const struct perceptron *, const uint32_t *feature,
    size_t n, int32_t *score);

/*
 * The example just scored had class gold, and guess was the best; the weights
 * stay if the two are one.
 */
void perceptron_learn(struct perceptron *, const uint32_t *feature, size_t n,
    size_t gold, size_t guess);

/* The mean weights of one feature, all C of them. */
void perceptron_mean(const struct perceptron *, uint32_t feature,
    double *mean);

#endif
