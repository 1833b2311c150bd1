/* SPDX-License-Identifier: ISC */
/*
 * digest: XXH64 of bytes that arrive in pieces.
 *
 * XXH64 with seed 0 (Yann Collet, github.com/Cyan4973/xxHash, the specification
 * in doc/xxhash_spec.md): 64 bits that differ if bytes were lost, added or
 * changed by accident.  Nobody is kept from making another stream with the same
 * digest.  xxhsum -H64 prints the same number.
 */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct digest {
	uint64_t lane[4];
	uint64_t n;		/* bytes so far */
	unsigned char rest[32];	/* the last n % 32 of them */
};

void digest_begin(struct digest *);
void digest_add(struct digest *, const void *p, size_t n);

/* The bytes of a text and a NUL, so that "ab", "c" is not "a", "bc". */
void digest_text(struct digest *, struct text);

/* The n floats, little-endian on every machine. */
void digest_floats(struct digest *, const float *, size_t n);

/* The digest so far; more may be added after it. */
uint64_t digest_value(const struct digest *);

#endif
