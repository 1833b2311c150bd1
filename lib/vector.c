/* SPDX-License-Identifier: ISC */
#include "vector.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "output.h"

void
vector_write(struct output *o, const float *v, size_t n, bool decimals)
{
	if (!decimals) {
		output_hex(o, v, n);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			output_char(o, ',');
		output_float(o, v[i]);
	}
}

static bool
is_hex(struct text t)
{
	return t.n > 0 && t.s[0] == 'x';
}

size_t
vector_length(struct text t)
{
	size_t n = t.n > 0;

	if (is_hex(t))
		return (t.n - 1) / 8;
	for (size_t i = 0; i < t.n; i++)
		n += t.s[i] == ',';
	return n;
}

/*
 * Eight digits at once, each in a byte of its own, the first in the highest.
 * A digit's value is its low four bits, and 9 more for a letter; it was a digit
 * if the value, below 16, gives the same byte when it is written again.
 * wrong gets bits where one was not.
 */
static uint32_t
eight_digits(uint64_t c, uint64_t *wrong)
{
	const uint64_t ones = 0x0101010101010101u;
	uint64_t letter = c >> 6 & ones;
	uint64_t v = (c & 15 * ones) + 9 * letter;
	uint64_t again = v + '0' * ones + ((v + 6 * ones) >> 4 & ones) *
	    ('a' - 10 - '0');

	*wrong |= (again ^ (c | letter << 5)) | (v & 0xf0 * ones);
	v = (v | v >> 4) & 0x00ff00ff00ff00ffu;
	v = (v | v >> 8) & 0x0000ffff0000ffffu;
	return (uint32_t)(v | v >> 16);
}

/* n floats from 8 n digits; false if one is no digit or a float not finite. */
static bool
read_hex(const char *text, size_t n, float *v)
{
	const unsigned char *p = (const unsigned char *)text;
	uint64_t wrong = 0;
	uint32_t infinite = 0;

	for (size_t i = 0; i < n; i++, p += 8) {
		uint64_t c = (uint64_t)p[0] << 56 | (uint64_t)p[1] << 48 |
		    (uint64_t)p[2] << 40 | (uint64_t)p[3] << 32 |
		    (uint64_t)p[4] << 24 | (uint64_t)p[5] << 16 |
		    (uint64_t)p[6] << 8 | (uint64_t)p[7];
		uint32_t bits = eight_digits(c, &wrong);

		/* an exponent of all ones carries into the sign's place */
		infinite |= (bits & 0x7fffffffu) + 0x00800000u;
		memcpy(v + i, &bits, 4);
	}
	return wrong == 0 && infinite >> 31 == 0;
}

bool
vector_read(struct text t, struct place at, const char *name, size_t n,
    float *v)
{
	struct text rest = t;
	double x;

	if (vector_length(t) != n || (is_hex(t) && t.n != 1 + 8 * n))
		return bad(at, "%s has %zu numbers%s, expected %zu", name,
		    vector_length(t), is_hex(t) && t.n % 8 != 1 ?
		    " and a piece of one" : "", n);
	if (is_hex(t))
		return read_hex(t.s + 1, n, v) || bad(at, "%s: not "
		    "hexadecimal digits of finite numbers", name);
	for (size_t i = 0; i < n; i++) {
		struct text field = text_cut(&rest, ',');

		if (!text_to_double(field, &x) || !isfinite((float)x))
			return bad(at, "%s: \"%.*s\", expected a finite number",
			    name, TEXT_ARGS(field));
		v[i] = (float)x;
	}
	return true;
}
