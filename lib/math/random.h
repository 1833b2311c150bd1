/* SPDX-License-Identifier: ISC */
/*
 * random: seeded numbers, the same on every machine.
 *
 * PCG32 (O'Neill 2014, XSH-RR 64/32): a 64-bit state, 32 bits out.  The
 * stream number gives each user (initial weights, shuffling, dropout, a text)
 * a sequence of its own from one seed.
 */
#ifndef MATH_RANDOM_H
#define MATH_RANDOM_H

#include <stddef.h>
#include <stdint.h>

struct random {
	uint64_t state, step;
};

struct random random_seeded(uint64_t seed, uint64_t stream);

uint32_t random_bits(struct random *);

/* Uniform in [0, 1) with 24 bits, and in [0, n) without bias; n > 0. */
float random_unit(struct random *);
uint32_t random_below(struct random *, uint32_t n);

/* Put order[0..n) into random order (Fisher and Yates). */
void random_shuffle(struct random *, uint32_t *order, uint32_t n);

#endif
