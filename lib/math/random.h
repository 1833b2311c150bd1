/* SPDX-License-Identifier: ISC */
/*
 * random: seeded random numbers, the same on every machine.
 *
 * PCG32 (O'Neill 2014, XSH-RR 64/32): a state of 64 bits, an output of 32 bits.
 * With one seed, each stream number gives a sequence of its own; each use has a
 * stream (initial weights, shuffling, dropout, a text).
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

/* Uniform in [0, 1), with 24 bits. */
float random_unit(struct random *);

/* Uniform in [0, n), without bias; n > 0. */
uint32_t random_below(struct random *, uint32_t n);

/* Standard normal, by a ratio of uniforms (Kinderman and Monahan) with the
 * bounds of Leva, "A fast normal random number generator", 1992. */
double random_normal(struct random *);

/* Shuffle order[0..n) (Fisher and Yates). */
void random_shuffle(struct random *, uint32_t *order, uint32_t n);

#endif
