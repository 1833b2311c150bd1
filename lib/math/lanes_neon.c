/* SPDX-License-Identifier: ISC */
/* lanes_neon: AArch64 Advanced SIMD, four floats at a time. */
#include "math/lanes_path.h"

#ifdef CPU_ARM
#include <arm_neon.h>
#include <math.h>

static inline float32x4_t
load_some(const float *p, size_t n)
{
	float all[4] = {0};

	memcpy(all, p, n * sizeof *all);
	return vld1q_f32(all);
}

static inline void
store_some(float *p, float32x4_t v, size_t n)
{
	float all[4];

	vst1q_f32(all, v);
	memcpy(p, all, n * sizeof *all);
}

#define BITS(a) vreinterpretq_u32_f32(a)
#define FLOATS(a) vreinterpretq_f32_u32(a)

#define LANES(name) name##_neon
#define VEC float32x4_t
#define WIDTH 4
#define SET(c) vdupq_n_f32(c)
#define LOAD(p) vld1q_f32(p)
#define STORE(p, v) vst1q_f32((p), (v))
#define LOAD_SOME(p, n) load_some((p), (n))
#define STORE_SOME(p, v, n) store_some((p), (v), (n))
/* vminq and vmaxq would give NaN if either is NaN */
#define MIN(a, b) vbslq_f32(vcltq_f32((a), (b)), (a), (b))
#define MAX(a, b) vbslq_f32(vcgtq_f32((a), (b)), (a), (b))
#define FMA(a, b, c) vfmaq_f32((c), (a), (b))
#define SQRT(a) vsqrtq_f32(a)
#define POWER(a) FLOATS(vshlq_n_u32(BITS(a), 23))
#define ABS(a) vabsq_f32(a)
#define SIGNED(a, b) FLOATS(vorrq_u32(BITS(a), \
	vandq_u32(vdupq_n_u32(0x80000000u), BITS(b))))
#define DVEC float64x2_t
#define DWIDTH 2
#define DSET(c) vdupq_n_f64(c)
#define DLOAD(p) vld1q_f64(p)
#define DWIDEN(p) vcvt_f64_f32(vld1_f32(p))
#define DSTORE(p, v) vst1q_f64((p), (v))
#define DFMA(a, b, c) vfmaq_f64((c), (a), (b))
#include "lanes.inc"

const struct lanes_path lanes_neon = {KERNELS(RUN_ROW, GIVE_ROW)};
#else
typedef int lanes_neon_is_for_another_machine;
#endif
