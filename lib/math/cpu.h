/* SPDX-License-Identifier: ISC */
/*
 * cpu: which of the compiled paths this machine runs.
 *
 * The loops that take the time are compiled several times and chosen at run
 * time: baseline for any machine (plain C; SSE2 on x86-64); on x86-64 also v3
 * (AVX2 and FMA) and v4 (AVX-512); on AArch64 also neon.  REAT_CPU forces one
 * by its name.  All give the same bits.
 */
#ifndef MATH_CPU_H
#define MATH_CPU_H

#include <float.h>

#if defined(__x86_64__) && defined(__GNUC__)
#define CPU_X86 1
#elif defined(__aarch64__) && defined(__GNUC__)
#define CPU_ARM 1
#endif

/* In the order of speed: a machine that runs one runs those before it. */
enum cpu_path {
	CPU_BASELINE,
#if defined CPU_X86
	CPU_V3,
	CPU_V4,
#elif defined CPU_ARM
	CPU_NEON,
#endif
	CPU_PATHS
};

/*
 * The path to run, decided at the first call.  Exits with 2 if REAT_CPU names a
 * path that this machine cannot run.
 */
enum cpu_path cpu_path(void);

/* The name of that path. */
const char *cpu_path_name(void);

/*
 * The compiler must do float arithmetic in float.  With wider intermediate
 * results the bits would differ from those of other machines.  The Makefile
 * sets the flags that a machine needs.
 */
_Static_assert(FLT_EVAL_METHOD == 0, "float arithmetic in float, not wider");

#endif
