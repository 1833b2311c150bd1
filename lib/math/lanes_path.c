/* SPDX-License-Identifier: ISC */
/* lanes_path: the functions of lanes.h; each calls the path of this machine. */
#include "math/lanes_path.h"

#include "math/cpu.h"

static const struct lanes_path *const paths[] = {
	[CPU_BASELINE] = &lanes_baseline,
#ifdef CPU_X86
	[CPU_V3] = &lanes_v3,
	[CPU_V4] = &lanes_v4,
#endif
#ifdef CPU_ARM
	[CPU_NEON] = &lanes_neon,
#endif
};

#define RUN_FUNCTION(name, parameters, arguments) \
	void \
	lanes_##name parameters \
	{ \
		paths[cpu_path()]->name##_kernel arguments; \
	}
#define GIVE_FUNCTION(type, name, parameters, arguments) \
	type \
	lanes_##name parameters \
	{ \
		return paths[cpu_path()]->name##_kernel arguments; \
	}

KERNELS(RUN_FUNCTION, GIVE_FUNCTION)
