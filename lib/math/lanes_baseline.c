/* SPDX-License-Identifier: ISC */
/* lanes_baseline: plain C, a float at a time. */
#include "math/lanes_path.h"

#include <math.h>

#include "math/exact.h"

#define LANES(name) name##_baseline
#define VEC float
#define WIDTH 1
#define SET(c) (c)
#define LOAD(p) (*(p))
#define STORE(p, v) (*(p) = (v))
#define LOAD_SOME(p, n) ((void)(n), *(p))
#define STORE_SOME(p, v, n) ((void)(n), *(p) = (v))
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define FMA(a, b, c) exact_fmaf((a), (b), (c))
#define POWER(a) of_bits(bits_of(a) << 23)
#define ABS(a) of_bits(bits_of(a) & 0x7fffffffu)
#define SIGNED(a, b) of_bits(bits_of(a) | (bits_of(b) & 0x80000000u))
#define DVEC double
#define DWIDTH 1
#define DSET(c) ((double)(c))
#define DLOAD(p) (*(p))
#define DWIDEN(p) ((double)*(p))
#define DSTORE(p, v) (*(p) = (v))
#define DFMA(a, b, c) fma((a), (b), (c))
#include "lanes.inc"

const struct lanes_path lanes_baseline = {KERNELS(RUN_ROW, GIVE_ROW)};
