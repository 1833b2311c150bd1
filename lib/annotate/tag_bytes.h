/* SPDX-License-Identifier: ISC */
/*
 * tag_bytes: the numbers of weights.bin, for its reader and its writer.
 *
 * tag_model.h has the layout.
 */
#ifndef ANNOTATE_TAG_BYTES_H
#define ANNOTATE_TAG_BYTES_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

#define TAG_BYTES_MAGIC "reat-tag"

enum {
	TAG_BYTES_HEADER = 32,
	TAG_BYTES_MOST_BITS = 24,
	TAG_BYTES_BUCKET = 1 << 16,	/* bytes of a bucket, at most */
	TAG_BYTES_LIMIT = 256 << 20,	/* bytes of a file that is read */
};

/* The bucket of a key, one of 2^bits; and its mark, the next 16 bits. */
static inline size_t
tag_bytes_bucket(uint64_t key, unsigned bits)
{
	return bits == 0 ? 0 : (size_t)(key >> (64 - bits));
}

static inline unsigned
tag_bytes_mark(uint64_t key, unsigned bits)
{
	return (unsigned)(key >> (48 - bits) & 0xffff);
}

static inline size_t
tag_bytes_padded(size_t n)
{
	return (n + 7) / 8 * 8;
}

static inline uint64_t
tag_bytes_mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0xff51afd7ed558ccdu;
	return h ^ h >> 32;
}

/* A checksum of n bytes, n a multiple of 8: four independent sums, joined. */
static inline uint64_t
tag_bytes_sum(const unsigned char *p, size_t n)
{
	uint64_t h[4] = {n, n + 1, n + 2, n + 3};
	size_t i = 0;

	for (; i + 32 <= n; i += 32)
		for (size_t k = 0; k < 4; k++)
			h[k] = tag_bytes_mix(h[k],
			    bytes_get8(p + i + 8 * k));
	for (; i < n; i += 8)
		h[0] = tag_bytes_mix(h[0], bytes_get8(p + i));
	return tag_bytes_mix(tag_bytes_mix(tag_bytes_mix(h[0], h[1]), h[2]),
	    h[3]);
}

#endif
