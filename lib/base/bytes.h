/* SPDX-License-Identifier: ISC */
/*
 * bytes: bytes of a file as text, and as numbers.
 *
 * A text has no CRLF, and only valid UTF-8.  A number has its lowest byte
 * first, on every machine.
 */
#ifndef BASE_BYTES_H
#define BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/text.h"

/* Remove the CR of each CRLF from the n bytes at p.  Returns the new length. */
size_t bytes_drop_cr(char *p, size_t n);

/*
 * Check that a text, which begins at this place, is UTF-8 without NUL.  Returns
 * false with a message if it is not.
 */
bool bytes_checked(struct text, struct place at);

/* The 2, 4 or 8 bytes at p, which need not be aligned, as a number.  The
 * compiler makes one load of them. */
static inline uint32_t
bytes_get2(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8;
}

static inline uint32_t
bytes_get4(const unsigned char *p)
{
	return bytes_get2(p) | bytes_get2(p + 2) << 16;
}

static inline uint64_t
bytes_get8(const unsigned char *p)
{
	return bytes_get4(p) | (uint64_t)bytes_get4(p + 4) << 32;
}

/* Set the bytes at p to the lowest 2, 4 or 8 of a number. */
static inline void
bytes_put2(unsigned char *p, uint32_t v)
{
	p[0] = (unsigned char)v;
	p[1] = (unsigned char)(v >> 8);
}

static inline void
bytes_put4(unsigned char *p, uint32_t v)
{
	bytes_put2(p, v);
	bytes_put2(p + 2, v >> 16);
}

static inline void
bytes_put8(unsigned char *p, uint64_t v)
{
	bytes_put4(p, (uint32_t)v);
	bytes_put4(p + 4, (uint32_t)(v >> 32));
}

#endif
