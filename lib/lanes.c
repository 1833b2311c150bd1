/* SPDX-License-Identifier: ISC */
#include "lanes.h"

#include <stdint.h>
#include <string.h>

#include "cpu.h"

enum { LANES_BLOCK = 16 };

/* rows of n floats each, which lie so far apart. */
static inline void
copy_rows(size_t rows, size_t n, const float *from, size_t from_stride,
    float *to, size_t to_stride)
{
	for (size_t r = 0; r < rows; r++)
		memcpy(to + r * to_stride, from + r * from_stride,
		    n * sizeof *to);
}

#define LANES(name) name##_baseline
#include "lanes.inc"
#undef LANES

#ifdef CPU_X86
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
	void (*gru)(size_t, const float *, const float *, const float *,
	    float *, float *);
	void (*lstm)(size_t, const float *, const float *, float *, float *,
	    float *);
	void (*gru_back)(size_t, const float *, const float *, float *,
	    float *, float *);
	void (*lstm_back)(size_t, const float *, const float *, float *,
	    float *, float *, float *);
	double (*dot)(size_t, const float *, const double *);
	void (*written)(size_t, const float *, const float *, const float *,
	    double *);
	void (*carry)(size_t, const double *, const float *, double *);
	void (*chance)(size_t, double, const double *, const float *,
	    double *, double *);
	void (*chance_back)(size_t, double, double, const double *,
	    const float *, const double *, double *, double *);
	void (*exp)(size_t, const float *, float *);
	void (*tanh)(size_t, const float *, float *);
	void (*sigmoid)(size_t, const float *, float *);
};

#define PATH(suffix) {gru_##suffix, lstm_##suffix, \
	gru_back_##suffix, lstm_back_##suffix, dot_##suffix, \
	written_##suffix, carry_##suffix, chance_##suffix, \
	chance_back_##suffix, exp_##suffix, tanh_##suffix, sigmoid_##suffix}

/* In the order of enum cpu_path. */
static const struct path paths[] = {
	PATH(baseline),
#ifdef CPU_X86
	PATH(v3),
	PATH(v4),
#endif
};

static const struct path *
path(void)
{
	return &paths[cpu_path()];
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

double
lanes_dot(size_t H, const float *W, const double *x)
{
	return path()->dot(H, W, x);
}

void
lanes_written(size_t H, const float *s, const float *a, const float *before,
    double *e)
{
	path()->written(H, s, a, before, e);
}

void
lanes_carry(size_t H, const double *R, const float *after, double *G)
{
	path()->carry(H, R, after, G);
}

void
lanes_chance(size_t H, double q, const double *e, const float *a, double *s,
    double *l)
{
	path()->chance(H, q, e, a, s, l);
}

void
lanes_chance_back(size_t H, double q, double weight, const double *R,
    const float *after, const double *l, double *G, double *x)
{
	path()->chance_back(H, q, weight, R, after, l, G, x);
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
