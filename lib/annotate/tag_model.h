/* SPDX-License-Identifier: ISC */
/*
 * tag_model: read a tagger's folder; look the weights of features up.
 *
 *     tagger.yaml    reat: 1, weights: weights.bin, tags: ["NOUN NN", ...],
 *                    and the settings of the training: epochs, seed, words
 *     weights.bin    sparse weights, little-endian:
 *
 *         0   "reat-tag"               16  bits B, at most 24
 *         8   1, the version           20  bytes of all rows
 *         12  classes C, at most 255   24  checksum of what follows (64 bits)
 *         32  2^B + 1 offsets into the rows, not descending
 *         ..  rows, then zeros to a multiple of 8
 *
 * A row is 16 bits of a feature's key, its mark; a count n, a byte; and n pairs
 * of a class and a code, a byte each.  Code q, from -127 to 127, stands for the
 * weight q |q| / 4 in a unit of the file's own.
 *
 * A folder may be hostile: reading checks the lengths, the order of the buckets
 * and the checksum; rows are checked when they are used.  tag_model.c has the
 * picture.  A model is in the arena of its reader.
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
	TAG_MODEL_BYTES = 3900000,	/* most of a weights.bin written here */
	TAG_KEYS = 64,			/* most in one call */
	TAG_SCORES = 256,		/* a place for each value of a byte */
};

struct tag_model {
	size_t classes;
	struct text *upos, *xpos;	/* [classes] */
	unsigned bits;
	const unsigned char *bucket;	/* 2^bits + 1 offsets, 4 bytes each */
	const unsigned char *rows;
};

/*
 * Read a folder.  Returns false with a message if a file cannot be read
 * (*status is STATUS_SYSTEM) or is wrong (STATUS_DATA).
 */
bool tag_model_read(struct arena *, const char *folder, struct tag_model *,
    int *status);

/*
 * Add to score[c] the weights for class c of the features with these n keys, at
 * most TAG_KEYS.
 */
void tag_model_add(const struct tag_model *, const uint64_t *key, size_t n,
    int32_t score[TAG_SCORES]);

/* Prefetch the offsets of features that will be added soon. */
void tag_model_expect(const struct tag_model *, const uint64_t *key,
    size_t n);

/* The weight that a code stands for. */
static inline int
tag_model_value(signed char code)
{
	return code * (code < 0 ? -code : code) / 4;
}

#endif
