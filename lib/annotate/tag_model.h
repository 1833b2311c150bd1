/* SPDX-License-Identifier: ISC */
/*
 * tag_model: a tagger as a folder, small and checked.
 *
 *     tagger.yaml    reat: 1, weights: weights.bin, tags: ["NOUN NN", ...],
 *                    and how it was trained: epochs, seed, words
 *     weights.bin    sparse weights, little-endian:
 *
 *         0   "reat-tag"               16  bits B, at most 24
 *         8   1, the version           20  bytes of all rows
 *         12  classes C, at most 255   24  checksum of what follows (64 bits)
 *         32  2^B + 1 offsets into the rows, not descending
 *         ..  rows, then zeros to a multiple of 8
 *
 * A feature's key has 64 bits.  Its first B choose the bucket, the next 16
 * are kept: a row is these 16 bits, a count n in a byte, and n pairs of a
 * class and a code, a byte each.  Code q, from -127 to 127, is the weight
 * q |q| / 4 on a scale of its own: averaged weights are many small ones and a
 * few large.
 *
 * Nothing in a folder is believed: reading checks the lengths, the order of
 * the buckets and the checksum; rows are checked when they are looked up, and a
 * class that is none is never chosen.  A model lives in the arena it was read
 * into.
 */
#ifndef ANNOTATE_TAG_MODEL_H
#define ANNOTATE_TAG_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

enum {
	TAG_CLASSES = 255,		/* at most */
	TAG_MODEL_BYTES = 3900000,	/* a written weights.bin, at most */
	TAG_KEYS = 64,			/* looked up at once, at most */
	TAG_SCORES = 256,		/* room for any class a byte can name */
};

struct tag_model {
	size_t classes;
	struct text *upos, *xpos;	/* [classes] */
	unsigned bits;
	const unsigned char *bucket;	/* 2^bits + 1 offsets, 4 bytes each */
	const unsigned char *rows;
};

/*
 * Read a folder.  False, with a message, if a file can't be read
 * (STATUS_SYSTEM in *status) or is wrong (STATUS_DATA).
 */
bool tag_model_read(struct arena *, const char *folder, struct tag_model *,
    int *status);

/*
 * The weights of n features: adds the value of each one's weight for class c
 * to score[c].  n is at most TAG_KEYS.
 */
void tag_model_add(const struct tag_model *, const uint64_t *key, size_t n,
    int32_t score[TAG_SCORES]);

/* These features will be asked for soon. */
void tag_model_expect(const struct tag_model *, const uint64_t *key,
    size_t n);

/* The value of a code. */
static inline int
tag_model_value(signed char code)
{
	return code * (code < 0 ? -code : code) / 4;
}

#endif
