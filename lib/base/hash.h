/* SPDX-License-Identifier: ISC */
/*
 * hash: a keyed hash for the tables of this process.
 *
 * Words of the input are keys of hash tables.  If the hash were known, someone
 * could write words that all have the same one, and a table of n words would
 * take n^2 steps.  So the hash is SipHash (Aumasson and Bernstein, 2012) with a
 * random key for each process.
 *
 * A hash differs from run to run.  It chooses a slot of a table and nothing
 * else: no output and no order may depend on it.  text_hash (text.h) is always
 * the same.
 */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>

#include "base/text.h"

/* The hash of a text, SipHash-1-3 with the key of this process. */
uint64_t hash_text(struct text);

/* A quicker hash of a number, for numbers that are hashes already. */
uint64_t hash_number(uint64_t);

/* The same two with the key given. */
uint64_t hash_siphash(const uint64_t key[2], struct text);
uint64_t hash_number_keyed(const uint64_t key[2], uint64_t);

#endif
