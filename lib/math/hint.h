/* SPDX-License-Identifier: ISC */
/*
 * hint: pragmas for the compiler about the loop that follows.
 *
 *     HINT_UNROLL(n)     unroll it completely; it has at most n iterations
 *     HINT_INDEPENDENT   vectorise it; no iteration reads what another writes
 */
#ifndef MATH_HINT_H
#define MATH_HINT_H

#define HINT_PRAGMA(words) _Pragma(#words)
#ifdef __clang__
#define HINT_UNROLL(n) HINT_PRAGMA(clang loop unroll(full))
#define HINT_INDEPENDENT HINT_PRAGMA(clang loop vectorize(assume_safety))
#else
#define HINT_UNROLL(n) HINT_PRAGMA(GCC unroll n)
#define HINT_INDEPENDENT HINT_PRAGMA(GCC ivdep)
#endif

#endif
