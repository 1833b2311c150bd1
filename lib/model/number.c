/* SPDX-License-Identifier: ISC */
#include "model/number.h"

#include <string.h>

#include "base/bytes.h"

const char *const number_names[] = {"F32", "F16", "BF16", NULL};
const size_t number_sizes[] = {4, 2, 2, 8};

enum number_type
number_type_of(struct text name)
{
	size_t i = text_find(name, number_names);

	return i < NUMBERS_WRITTEN ? (enum number_type)i :
	    text_is(name, "F64") ? NUMBER_F64 : NUMBER_OTHER;
}

static float
float_of_bits(uint32_t bits)
{
	float v;

	memcpy(&v, &bits, 4);
	return v;
}

static uint32_t
bits_of_float(float v)
{
	uint32_t bits;

	memcpy(&bits, &v, 4);
	return bits;
}

/* binary16: 1 sign, 5 exponent (bias 15), 10 fraction bits */
static float
float_of_f16(uint32_t half)
{
	uint32_t sign = (half & 0x8000u) << 16;
	uint32_t exponent = (half >> 10) & 31, fraction = half & 0x3ffu;

	if (exponent == 31)
		return float_of_bits(sign | 0x7f800000u | fraction << 13);
	if (exponent > 0)
		return float_of_bits(sign | (exponent + 112) << 23 |
		    fraction << 13);
	return float_of_bits(sign | bits_of_float((float)fraction * 0x1p-24f));
}

/* To nearest, ties to even; what is too large becomes infinity. */
static uint32_t
f16_of_float(float v)
{
	uint32_t bits = bits_of_float(v), sign = bits >> 16 & 0x8000u;
	uint32_t size = bits & 0x7fffffffu;

	if (size > 0x7f800000u)
		return sign | 0x7e00u;
	if (size >= 0x477ff000u)
		return sign | 0x7c00u;
	if (size < 0x38800000u)		/* subnormal: adding 2^-1 rounds */
		return sign | (bits_of_float(float_of_bits(size) + 0.5f) -
		    0x3f000000u);
	size += 0xfffu + (size >> 13 & 1);
	return sign | (size - 0x38000000u) >> 13;
}

static uint32_t
bf16_of_float(float v)
{
	uint32_t bits = bits_of_float(v);

	if ((bits & 0x7fffffffu) > 0x7f800000u)
		return bits >> 16 | 0x40u;
	return (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
}

void
number_write(enum number_type type, const float *x, size_t n,
    unsigned char *to)
{
	switch (type) {
	case NUMBER_F32:
		for (size_t i = 0; i < n; i++)
			bytes_put4(to + 4 * i, bits_of_float(x[i]));
		break;
	case NUMBER_F16:
		for (size_t i = 0; i < n; i++)
			bytes_put2(to + 2 * i, f16_of_float(x[i]));
		break;
	case NUMBER_BF16:
		for (size_t i = 0; i < n; i++)
			bytes_put2(to + 2 * i, bf16_of_float(x[i]));
		break;
	case NUMBER_F64:
	case NUMBER_OTHER:
		break;
	}
}

bool
number_round(enum number_type type, size_t n, float *x)
{
	const uint32_t exponent = 0x7f800000u;
	uint32_t special = 0;

	for (size_t i = 0; i < n && type == NUMBER_F16; i++)
		x[i] = float_of_f16(f16_of_float(x[i]));
	for (size_t i = 0; i < n && type == NUMBER_BF16; i++)
		x[i] = float_of_bits(bf16_of_float(x[i]) << 16);
	for (size_t i = 0; i < n; i++)
		special |= (bits_of_float(x[i]) & exponent) == exponent;
	return special == 0;
}

static double
double_of_bits(uint64_t bits)
{
	double v;

	memcpy(&v, &bits, 8);
	return v;
}

void
number_read(enum number_type type, const unsigned char *p, size_t n, float *to)
{
	switch (type) {
	case NUMBER_F32:
		for (size_t i = 0; i < n; i++)
			to[i] = float_of_bits(bytes_get4(p + 4 * i));
		break;
	case NUMBER_F16:
		for (size_t i = 0; i < n; i++)
			to[i] = float_of_f16(bytes_get2(p + 2 * i));
		break;
	case NUMBER_BF16:
		for (size_t i = 0; i < n; i++)
			to[i] = float_of_bits(bytes_get2(p + 2 * i) << 16);
		break;
	case NUMBER_F64:
		for (size_t i = 0; i < n; i++)
			to[i] = (float)double_of_bits(bytes_get8(p + 8 * i));
		break;
	case NUMBER_OTHER:
		break;
	}
}

void
number_read_double(enum number_type type, const unsigned char *p, size_t n,
    double *to)
{
	float v;

	for (size_t i = 0; i < n; i++)
		if (type == NUMBER_F64) {
			to[i] = double_of_bits(bytes_get8(p + 8 * i));
		} else {
			number_read(type, p + i * number_sizes[type], 1, &v);
			to[i] = (double)v;
		}
}
