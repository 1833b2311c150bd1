/* SPDX-License-Identifier: ISC */
#include "lanes.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"

#define LANES(name) name##_baseline
#include "lanes.inc"
#undef LANES

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define X86_PATHS 1

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v3")
#define LANES(name) name##_v3
#include "lanes.inc"
#undef LANES
#pragma GCC pop_options

#pragma GCC push_options
#pragma GCC target("arch=x86-64-v4,prefer-vector-width=512")
#define LANES(name) name##_v4
#include "lanes.inc"
#undef LANES
#pragma GCC pop_options
#endif

struct path {
	const char *name;
	void (*gru)(size_t, const float *, const float *, const float *,
	    float *, float *);
	void (*lstm)(size_t, const float *, const float *, float *, float *,
	    float *);
	void (*gru_back)(size_t, const float *, const float *, float *,
	    float *, float *);
	void (*lstm_back)(size_t, const float *, const float *, float *,
	    float *, float *, float *);
	void (*exp)(size_t, const float *, float *);
	void (*tanh)(size_t, const float *, float *);
	void (*sigmoid)(size_t, const float *, float *);
};

#define PATH(suffix) {#suffix, gru_##suffix, lstm_##suffix, \
	gru_back_##suffix, lstm_back_##suffix, exp_##suffix, \
	tanh_##suffix, sigmoid_##suffix}

/* Best last; a CPU that can do one can do all before it. */
static const struct path paths[] = {
	PATH(baseline),
#ifdef X86_PATHS
	PATH(v3),
	PATH(v4),
#endif
};

/* How many of paths[] this CPU can run. */
static size_t
usable(void)
{
#ifdef X86_PATHS
	__builtin_cpu_init();
	if (__builtin_cpu_supports("avx512f") &&
	    __builtin_cpu_supports("avx512bw") &&
	    __builtin_cpu_supports("avx512cd") &&
	    __builtin_cpu_supports("avx512dq") &&
	    __builtin_cpu_supports("avx512vl"))
		return 3;
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") &&
	    __builtin_cpu_supports("bmi2"))
		return 2;
#endif
	return 1;
}

static const struct path *
path(void)
{
	static const struct path *chosen;
	const char *forced;
	size_t n;

	if (chosen != NULL)
		return chosen;
	n = usable();
	chosen = &paths[n - 1];
	forced = getenv("REAT_CPU");
	if (forced == NULL || forced[0] == '\0')
		return chosen;
	for (size_t i = 0; i < n; i++)
		if (strcmp(forced, paths[i].name) == 0)
			return chosen = &paths[i];
	die("REAT_CPU is \"%s\", expected baseline%s%s on this machine",
	    forced, n > 1 ? ", v3" : "", n > 2 ? ", v4" : "");
}

void
lanes_gru(size_t H, const float *p, const float *q, const float *bias_n,
    float *h, float *gate)
{
	path()->gru(H, p, q, bias_n, h, gate);
}

void
lanes_lstm(size_t H, const float *p, const float *q, float *c, float *h,
    float *gate)
{
	path()->lstm(H, p, q, c, h, gate);
}

void
lanes_gru_back(size_t H, const float *gate, const float *before, float *dh,
    float *dq, float *dp)
{
	path()->gru_back(H, gate, before, dh, dq, dp);
}

void
lanes_lstm_back(size_t H, const float *gate, const float *before, float *dh,
    float *dc, float *dq, float *dp)
{
	path()->lstm_back(H, gate, before, dh, dc, dq, dp);
}

void
lanes_exp(size_t n, const float *x, float *y)
{
	path()->exp(n, x, y);
}

void
lanes_tanh(size_t n, const float *x, float *y)
{
	path()->tanh(n, x, y);
}

void
lanes_sigmoid(size_t n, const float *x, float *y)
{
	path()->sigmoid(n, x, y);
}

const char *
lanes_path(void)
{
	return path()->name;
}
