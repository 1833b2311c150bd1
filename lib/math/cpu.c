/* SPDX-License-Identifier: ISC */
#include "math/cpu.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"

static const char *const names[] = {"baseline", "v3", "v4"};

/* The best path of this machine; it can run all those before it, too. */
static enum cpu_path
best(void)
{
#ifdef CPU_X86
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
#endif
	return CPU_BASELINE;
}

enum cpu_path
cpu_path(void)
{
	static int chosen = -1;
	const char *forced;

	if (chosen >= 0)
		return (enum cpu_path)chosen;
	forced = getenv("REAT_CPU");
	chosen = best();
	if (forced == NULL || forced[0] == '\0')
		return (enum cpu_path)chosen;
	for (int i = 0; i <= chosen; i++)
		if (strcmp(forced, names[i]) == 0) {
			chosen = i;
			return (enum cpu_path)i;
		}
	die("REAT_CPU is \"%s\", expected baseline%s%s on this machine",
	    forced, chosen > 0 ? ", v3" : "", chosen > 1 ? ", v4" : "");
}
