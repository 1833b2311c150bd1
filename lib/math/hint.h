/* SPDX-License-Identifier: ISC */
/*
 * hint: what the compiler and the processor may do.
 *
 *     HINT_UNROLL(n)     unroll the loop that follows completely; it has at
 *                        most n iterations
 *     HINT_INDEPENDENT   vectorise the loop that follows; no iteration reads
 *                        what another writes
 *     HINT_LOADED(v)     keep a vector of x86 in its register: gcc loads it
 *                        again for each use in a small tile, which can take
 *                        twice as long
 *     hint_fetch         bring memory that is read soon into the cache
 */
#ifndef MATH_HINT_H
#define MATH_HINT_H

#include <stddef.h>

#define HINT_LOADED(vector) __asm__("" : "+v"(vector))
#define HINT_PRAGMA(words) _Pragma(#words)
#ifdef __clang__
#define HINT_UNROLL(n) HINT_PRAGMA(clang loop unroll(full))
#define HINT_INDEPENDENT HINT_PRAGMA(clang loop vectorize(assume_safety))
#else
#define HINT_UNROLL(n) HINT_PRAGMA(GCC unroll n)
#define HINT_INDEPENDENT HINT_PRAGMA(GCC ivdep)
#endif

/* n floats at x.  A line of the cache is 64 bytes on most machines. */
static inline void
hint_fetch(const float *x, size_t n)
{
	for (size_t i = 0; i < n; i += 64 / sizeof *x)
		__builtin_prefetch(x + i);
}

#endif
