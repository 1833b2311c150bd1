/* SPDX-License-Identifier: ISC */
/*
 * noise: normal noise on the vectors of words, as the first layer sees it.
 *
 * A word's vector with noise s of standard deviation d gives p_t + d W_ih s.
 * The product costs as much as a step of the network, and the D normal numbers
 * of s cost nearly as much again.  So noise comes from a pool of vectors z,
 * whose products are made once, and the noise of a word is a sum of four of
 * them, each from another quarter of the pool, with random signs:
 *
 *     s = (+- z_a +- z_b +- z_c +- z_d) / 2
 *
 * Each number of s is again standard normal, and independent of the others;
 * the words of a text and its samples have other vectors and other signs, which
 * makes them uncorrelated.  New numbers from sums of old ones with orthogonal
 * weights are Wallace's: "Fast pseudorandom generators for normal and
 * exponential variates", 1996.  A mean over samples has what a mean over the
 * pool has in common, therefore a pool should serve NOISE_POOL samples at most.
 */
#ifndef RNN_NOISE_H
#define RNN_NOISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct model;
struct noise;

enum { NOISE_POOL = 1024 };	/* vectors */

/* A sample of a text: word t has the noise of its key and t. */
struct noise_sample {
	struct noise *noise;
	uint64_t key[2];
	double deviation;	/* negative: the opposite noise */
};

/* The model must outlive it. */
struct noise *noise_new(const struct model *);
void noise_free(struct noise *);

/* Make the pool of a seed and a number; true if it is the pool already. */
void noise_pool(struct noise *, uint64_t seed, uint64_t number);
bool noise_is(const struct noise *, uint64_t seed, uint64_t number);

/* For passes.h (struct rnn_shift): p [G H] += W_ih s of word t, direction d;
 * self is a struct noise_sample. */
void noise_add(void *self, size_t d, size_t t, float *p);

#endif
