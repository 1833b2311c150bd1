/* SPDX-License-Identifier: ISC */
#include "math/cpu.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static const char *const names[CPU_PATHS] = {
	[CPU_BASELINE] = "baseline",
#if defined CPU_X86
	[CPU_V3] = "v3", [CPU_V4] = "v4",
#elif defined CPU_ARM
	[CPU_NEON] = "neon",
#endif
};

/* The best path of this machine. */
static enum cpu_path
best(void)
{
#if defined CPU_X86
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512cd") &&
	    __builtin_cpu_supports("avx512dq") &&
	    __builtin_cpu_supports("avx512vl"))
		return CPU_V4;
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
	    __builtin_cpu_supports("bmi2"))
		return CPU_V3;
	return CPU_BASELINE;
#else
	return (enum cpu_path)(CPU_PATHS - 1);
#endif
}

/* "baseline, v3": the paths up to that one, for a message. */
static const char *
list(enum cpu_path last)
{
	static char all[64];

	for (int i = 0; i <= (int)last; i++) {
		size_t n = strlen(all);

		snprintf(all + n, sizeof all - n, "%s%s", i > 0 ? ", " : "",
		    names[i]);
	}
	return all;
}

enum cpu_path
cpu_path(void)
{
	static atomic_int chosen = -1;	/* any thread may be the first */
	const char *forced;
	int top = chosen;

	if (top >= 0)
		return (enum cpu_path)top;
	forced = getenv("REAT_CPU");
	top = (int)best();
	if (forced == NULL || forced[0] == '\0') {
		chosen = top;
		return (enum cpu_path)top;
	}
	for (int i = 0; i <= top; i++)
		if (strcmp(forced, names[i]) == 0) {
			chosen = i;
			return (enum cpu_path)i;
		}
	die("REAT_CPU is \"%s\", expected %s on this machine", forced,
	    list((enum cpu_path)top));
}

const char *
cpu_path_name(void)
{
	return names[cpu_path()];
}
