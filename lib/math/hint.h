/* SPDX-License-Identifier: ISC */
/*
 * hint: what a compiler is told about the loop that follows.
 *
 *     HINT_UNROLL(n)     it has at most n rounds: write them out
 *     HINT_INDEPENDENT   no round reads what another writes: vectorise it
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
