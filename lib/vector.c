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

/* 0..15, or 255 for what is no digit. */
static unsigned
digit(char c)
{
	static const unsigned char value[256] = {
		['0'] = 1, ['1'] = 2, ['2'] = 3, ['3'] = 4, ['4'] = 5,
		['5'] = 6, ['6'] = 7, ['7'] = 8, ['8'] = 9, ['9'] = 10,
		['a'] = 11, ['b'] = 12, ['c'] = 13, ['d'] = 14, ['e'] = 15,
		['f'] = 16, ['A'] = 11, ['B'] = 12, ['C'] = 13, ['D'] = 14,
		['E'] = 15, ['F'] = 16,
	};

	return value[(unsigned char)c] - 1u;
}

/* n floats from 8 n digits; false if one is no digit or a float not finite. */
static bool
read_hex(const char *p, size_t n, float *v)
{
	uint32_t wrong = 0;

	for (size_t i = 0; i < n; i++, p += 8) {
		uint32_t bits = 0, d;

		for (int k = 0; k < 8; k++) {
			d = digit(p[k]);
			wrong |= d;
			bits = bits << 4 | (d & 15);
		}
		if ((bits & 0x7f800000u) == 0x7f800000u)
			return false;
		memcpy(v + i, &bits, 4);
	}
	return wrong < 16;
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
