/* SPDX-License-Identifier: ISC */
#include "explain/vector.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/output.h"
#include "math/lanes.h"

void
vector_write(struct output *o, const float *v, size_t n, bool decimals)
{
	if (!decimals) {
		output_char(o, 'x');
		lanes_to_hex(n, v, output_room(o, 8 * n));
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

bool
vector_read(struct text t, struct place at, const char *name, size_t n,
    float *v)
{
	struct text rest = t;
	double x;

	if (vector_length(t) != n || (is_hex(t) && t.n != 1 + 8 * n))
		return bad(at, "%s has %zu numbers%s, expected %zu", name,
		    vector_length(t), is_hex(t) && t.n % 8 != 1 ?
		    " and a part of one" : "", n);
	if (is_hex(t))
		return lanes_from_hex(n, t.s + 1, v) || bad(at, "%s: expected "
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
