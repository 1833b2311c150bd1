/* SPDX-License-Identifier: ISC */
/*
 * perceptron: an averaged multiclass perceptron over sparse features.
 *
 * A feature has a 64-bit key and a weight for each of C classes, 0 at first.
 * An example is a list of features; its score for class c is the sum of their
 * weights for c.  If the best class is not the gold class, the weight of each
 * feature is increased by 1 for gold and decreased by 1 for the guess (Collins
 * 2002).  With w_k the weights after example k, the result is their mean over
 * all N examples,
 *
 *     (w_1 + w_2 + ... + w_N) / N,
 *
 * computed lazily: the sum of a weight is updated only when the weight changes.
 * All numbers are integers, so training gives the same bits on every machine.
 */
#ifndef ANNOTATE_PERCEPTRON_H
#define ANNOTATE_PERCEPTRON_H

#include <stddef.h>
#include <stdint.h>

struct perceptron;

struct perceptron *perceptron_new(size_t classes);
void perceptron_free(struct perceptron *);

/* Add the feature with this key if it is new.  Returns its number. */
uint32_t perceptron_feature(struct perceptron *, uint64_t key);
size_t perceptron_features(const struct perceptron *);
uint64_t perceptron_key(const struct perceptron *, uint32_t feature);

/* Add the weights of these n features to score[C]. */
void perceptron_score(const struct perceptron *, const uint32_t *feature,
    size_t n, int32_t *score);

/*
 * Learn from an example whose class is gold; guess is the class that was
 * chosen.  If they are equal, no weight changes, but the example counts.
 */
void perceptron_learn(struct perceptron *, const uint32_t *feature, size_t n,
    size_t gold, size_t guess);

/* The C mean weights of a feature. */
void perceptron_mean(const struct perceptron *, uint32_t feature,
    double *mean);

#endif
