/* SPDX-License-Identifier: ISC */
/*
 * cpu: which of the compiled paths this machine runs.
 *
 * The loops that take the time are compiled several times and chosen at run
 * time: plain C, x86-64-v3 (AVX2 and FMA), x86-64-v4 (AVX-512).  REAT_CPU
 * (baseline, v3, v4) forces one.  All give the same bits.
 */
#ifndef MATH_CPU_H
#define MATH_CPU_H

enum cpu_path {
	CPU_BASELINE,
	CPU_V3,
	CPU_V4,
};

/* Decided at the first call.  A REAT_CPU that this machine can't run is
 * fatal. */
enum cpu_path cpu_path(void);

/* x86-64 with a compiler that can target v3 and v4 function by function */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define CPU_X86 1
#endif

#endif
