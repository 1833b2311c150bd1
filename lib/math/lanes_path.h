/* SPDX-License-Identifier: ISC */
/*
 * lanes_path: the functions that each CPU path of lanes.h has.
 *
 * lanes.inc has the loops once, written in a few operations.  One file a path
 * (lanes_baseline.c, lanes_v3.c, ...) defines the operations, includes
 * lanes.inc and exports its functions as a struct lanes_path.  The Makefile
 * compiles each of these files for the instructions of its path, whatever the
 * compiler and CFLAGS are.  lanes_path.c calls the path that cpu.h chooses.
 */
#ifndef MATH_LANES_PATH_H
#define MATH_LANES_PATH_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "math/cpu.h"
#include "math/lanes.h"
#include "math/hint.h"

enum { LANES_BLOCK = 16 };	/* partial sums of lanes_dot */

/*
 * Every kernel: its name, its parameters, and its arguments.  A new loop of
 * lanes.inc needs a row here and its prototype in lanes.h: the table of paths
 * and the functions of lanes.h are made from these rows.  A RUN returns
 * nothing, a GIVE(type, ...) a value.
 */
#define STEP_KERNEL(RUN, name) \
	RUN(name, (size_t H, const float *p, const float *q, \
	    const float *bias_hh, float *h, float *c, float *gate), \
	    (H, p, q, bias_hh, h, c, gate))
#define BACK_KERNEL(RUN, name) \
	RUN(name, (size_t H, const float *gate, const float *before, \
	    float *dh, float *dc, float *dq, float *dp), \
	    (H, gate, before, dh, dc, dq, dp))
#define SECANT_KERNEL(RUN, name) \
	RUN(name, (size_t H, const struct lanes_ran *now, \
	    const struct lanes_ran *zero, float *dh, float *dc, float *dq, \
	    float *dp), (H, now, zero, dh, dc, dq, dp))
#define LRP_KERNEL(RUN, name) \
	RUN(name, (size_t H, const struct lanes_rule *rule, \
	    const struct lanes_ran *now, const struct lanes_ran *zero, \
	    float *dh, float *dc, float *dq, float *dp), \
	    (H, rule, now, zero, dh, dc, dq, dp))
#define PARTS_KERNEL(RUN, name) \
	RUN(name, (size_t H, const struct lanes_ran *now, \
	    const struct lanes_ran *none, const float *p, const float *q, \
	    bool inside, float *h, float *c), \
	    (H, now, none, p, q, inside, h, c))

#define THIRDS_KERNEL(RUN, name) \
	RUN(name, (size_t H, const struct lanes_ran *now, \
	    const float *bias_hh, const struct lanes_third *beta, \
	    const struct lanes_third *bias), (H, now, bias_hh, beta, bias))

#define RESET_KERNEL(RUN, name) \
	RUN(name, (size_t H, const float *p, const float *q, \
	    const float *h, float *x), (H, p, q, h, x))
#define RESET_BACK_KERNEL(RUN, name) \
	RUN(name, (size_t H, const float *gate, const float *before, \
	    const float *dx, float *dh, float *dq, float *dp), \
	    (H, gate, before, dx, dh, dq, dp))
#define RESET_SECANT_KERNEL(RUN, name) \
	RUN(name, (size_t H, const struct lanes_ran *now, \
	    const struct lanes_ran *zero, const float *dx, float *dh, \
	    float *dq, float *dp), (H, now, zero, dx, dh, dq, dp))
#define RESET_LRP_KERNEL(RUN, name) \
	RUN(name, (size_t H, const struct lanes_rule *rule, \
	    const struct lanes_ran *now, const struct lanes_ran *zero, \
	    const float *dx, float *dh, float *dq, float *dp), \
	    (H, rule, now, zero, dx, dh, dq, dp))

/* Cells whose gates are sigmoids, or hard. */
#define GATED_KERNELS(RUN, hard) \
	STEP_KERNEL(RUN, gru##hard) \
	STEP_KERNEL(RUN, gru_before##hard) \
	STEP_KERNEL(RUN, lstm##hard) \
	BACK_KERNEL(RUN, gru_back##hard) \
	BACK_KERNEL(RUN, gru_before_back##hard) \
	BACK_KERNEL(RUN, lstm_back##hard) \
	SECANT_KERNEL(RUN, gru_secant##hard) \
	SECANT_KERNEL(RUN, gru_before_secant##hard) \
	SECANT_KERNEL(RUN, lstm_secant##hard) \
	RESET_KERNEL(RUN, gru_reset##hard) \
	RESET_BACK_KERNEL(RUN, gru_reset_back##hard) \
	RESET_SECANT_KERNEL(RUN, gru_reset_secant##hard) \
	PARTS_KERNEL(RUN, gru_parts##hard) \
	PARTS_KERNEL(RUN, lstm_parts##hard)

#define KERNELS(RUN, GIVE) \
	GATED_KERNELS(RUN, ) \
	GATED_KERNELS(RUN, _hard) \
	STEP_KERNEL(RUN, rnn_tanh) \
	STEP_KERNEL(RUN, rnn_relu) \
	STEP_KERNEL(RUN, mingru) \
	STEP_KERNEL(RUN, minlstm) \
	STEP_KERNEL(RUN, qrnn) \
	STEP_KERNEL(RUN, rglru) \
	BACK_KERNEL(RUN, rnn_tanh_back) \
	BACK_KERNEL(RUN, rnn_relu_back) \
	BACK_KERNEL(RUN, mingru_back) \
	BACK_KERNEL(RUN, minlstm_back) \
	BACK_KERNEL(RUN, qrnn_back) \
	BACK_KERNEL(RUN, rglru_back) \
	SECANT_KERNEL(RUN, rnn_tanh_secant) \
	SECANT_KERNEL(RUN, rnn_relu_secant) \
	SECANT_KERNEL(RUN, mingru_secant) \
	SECANT_KERNEL(RUN, minlstm_secant) \
	SECANT_KERNEL(RUN, qrnn_secant) \
	SECANT_KERNEL(RUN, rglru_secant) \
	LRP_KERNEL(RUN, gru_lrp) \
	LRP_KERNEL(RUN, gru_before_lrp) \
	LRP_KERNEL(RUN, lstm_lrp) \
	LRP_KERNEL(RUN, rnn_lrp) \
	LRP_KERNEL(RUN, mingru_lrp) \
	LRP_KERNEL(RUN, minlstm_lrp) \
	LRP_KERNEL(RUN, qrnn_lrp) \
	LRP_KERNEL(RUN, rglru_lrp) \
	RESET_LRP_KERNEL(RUN, gru_reset_lrp) \
	THIRDS_KERNEL(RUN, gru_thirds) \
	THIRDS_KERNEL(RUN, lstm_thirds) \
	RUN(adam, (size_t n, const struct lanes_adam *a, const float *g, \
	    float *x, float *m, float *v), (n, a, g, x, m, v)) \
	RUN(add, (size_t n, const float *x, float *to), (n, x, to)) \
	RUN(line, (size_t n, float q, const float *P, const float *b, \
	    float *p), (n, q, P, b, p)) \
	GIVE(double, along, (size_t n, const float *P, const float *d), \
	    (n, P, d)) \
	GIVE(double, dot, (size_t H, const float *W, const double *x), \
	    (H, W, x)) \
	RUN(dots, (size_t rows, size_t H, const float *W, const double *x, \
	    double *y), (rows, H, W, x, y)) \
	RUN(carry, (size_t H, const double *R, const float *after, double *G), \
	    (H, R, after, G)) \
	RUN(reach, (size_t H, const double *R, const float *after, \
	    const float *s, const float *a, const float *before, double *G, \
	    double *x), (H, R, after, s, a, before, G, x)) \
	RUN(shapley, (size_t T, size_t nodes, const double *q, \
	    const double *weight, const float *s, const float *a, \
	    const double *R, double *l, double *x), \
	    (T, nodes, q, weight, s, a, R, l, x)) \
	RUN(to_hex, (size_t n, const float *v, char *to), (n, v, to)) \
	GIVE(bool, from_hex, (size_t n, const char *from, float *v), \
	    (n, from, v)) \
	GIVE(bool, from_half, (size_t n, const char *from, float *v), \
	    (n, from, v)) \
	GIVE(bool, within, (size_t n, const float *v, float least, \
	    float most), (n, v, least, most)) \
	RUN(exp, (size_t n, const float *x, float *y), (n, x, y)) \
	RUN(tanh, (size_t n, const float *x, float *y), (n, x, y)) \
	RUN(sigmoid, (size_t n, const float *x, float *y), (n, x, y))

#define RUN_MEMBER(name, parameters, arguments) \
	void (*name##_kernel)parameters;
#define GIVE_MEMBER(type, name, parameters, arguments) \
	type (*name##_kernel)parameters;

struct lanes_path {
	KERNELS(RUN_MEMBER, GIVE_MEMBER)
};

/* The functions of one path: {KERNELS(RUN_ROW, GIVE_ROW)} */
#define RUN_ROW(name, parameters, arguments) LANES(name),
#define GIVE_ROW(type, name, parameters, arguments) LANES(name),

extern const struct lanes_path lanes_baseline;
#ifdef CPU_X86
extern const struct lanes_path lanes_v3, lanes_v4;
#endif
#ifdef CPU_ARM
extern const struct lanes_path lanes_neon;
#endif

/* ---- bits, for every path ---- */

static inline uint32_t
bits_of(float x)
{
	uint32_t bits;

	memcpy(&bits, &x, 4);
	return bits;
}

static inline float
of_bits(uint32_t bits)
{
	float x;

	memcpy(&x, &bits, 4);
	return x;
}

/* The eight digits of bits, one in each byte, the first in the highest byte. */
static inline uint64_t
hex_digits(uint32_t bits)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t v = bits, letter;

	v = (v | v << 16) & 0x0000ffff0000ffffu;
	v = (v | v << 8) & 0x00ff00ff00ff00ffu;
	v = (v | v << 4) & 15 * ones;
	letter = (v + 6 * ones) >> 4 & ones;
	/* 'a' - 10 is '0' + 39 */
	return v + '0' * ones + letter + (letter << 1) + (letter << 2) +
	    (letter << 5);
}

/*
 * The number with these eight digits.  The value of a digit is its low four
 * bits, plus 9 if it is a letter.  To check a digit, its value is written again
 * and compared; where they differ, or the value is above 15, bits of wrong are
 * set.
 */
static inline uint32_t
hex_value(uint64_t c, uint64_t *wrong)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t letter = c >> 6 & ones;
	uint64_t v = (c & 15 * ones) + letter + (letter << 3), high;

	high = (v + 6 * ones) >> 4 & ones;
	high = v + '0' * ones + high + (high << 1) + (high << 2) + (high << 5);
	*wrong |= (high ^ (c | letter << 5)) | (v & 0xf0 * ones);
	v = (v | v >> 4) & 0x00ff00ff00ff00ffu;
	v = (v | v >> 8) & 0x0000ffff0000ffffu;
	return (uint32_t)(v | v >> 16);
}

/* The number whose highest byte is the first byte in memory. */
static inline uint64_t
bytes_reversed(uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return v;
#else
	return __builtin_bswap64(v);
#endif
}

/*
 * The operations in which lanes.inc is written.  A VEC is WIDTH floats:
 *
 *     MIN, MAX    a < b (a > b) ? a : b; so b if one is NaN
 *     FMA         a b + c, rounded once
 *     POWER       the low 9 bits, moved to the place of sign and exponent
 *     ABS         |a|
 *     SQRT        the square root, rounded once
 *     SIGNED      a with the sign of b, for a >= 0
 *     LOAD_SOME   the first n < WIDTH floats, and zeros
 *     STORE_SOME  writes only the first n
 *     TO_HEX      HEX_WIDTH floats to digits; a path can leave out these three
 *     FROM_HEX    and back; not 0 if that is wrong
 *
 * Where a VEC is one float, the SOME are never used.  DVEC is the same for
 * DWIDTH doubles; DWIDEN loads as many floats.
 */

#endif
