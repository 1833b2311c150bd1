/* SPDX-License-Identifier: ISC */
#include "stream/vector.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "math/lanes.h"
#include "stream/block.h"
#include "stream/misc.h"

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

/* Hexadecimal digits of a float, by the letter before them; 0: decimals. */
static size_t
digits_of(struct text t)
{
	return t.n == 0 ? 0 : t.s[0] == 'x' ? 8 : t.s[0] == 'h' ? 4 : 0;
}

size_t
vector_length(struct text t)
{
	size_t n = t.n > 0, digits = digits_of(t);

	if (digits > 0)
		return (t.n - 1) / digits;
	for (size_t i = 0; i < t.n; i++)
		n += t.s[i] == ',';
	return n;
}

bool
vector_read(struct text t, struct place at, const char *name, size_t n,
    float *v)
{
	struct text rest = t;
	size_t digits = digits_of(t);
	double x;

	if (vector_length(t) != n || (digits > 0 && t.n != 1 + digits * n))
		return bad(at, "%s has %zu numbers%s, expected %zu", name,
		    vector_length(t), digits > 0 && t.n % digits != 1 ?
		    " and a part of one" : "", n);
	if (digits > 0)
		return (digits == 8 ? lanes_from_hex : lanes_from_half)(n,
		    t.s + 1, v) || bad(at, "%s: expected hexadecimal digits "
		    "of finite numbers", name);
	for (size_t i = 0; i < n; i++) {
		struct text field = text_cut(&rest, ',');

		if (!text_to_double(field, &x) || !isfinite((float)x))
			return bad(at, "%s: \"%.*s\", expected a finite number",
			    name, TEXT_ARGS(field));
		v[i] = (float)x;
	}
	return true;
}

const float **
vector_words(struct arena *arena, const struct block *b, size_t *D,
    const char *why)
{
	const float **row = MEM_NEW(arena, b->T, const float *);

	for (size_t t = 0; t < b->T; t++) {
		static const char *const key[] = {VECTOR_KEY, NULL};
		struct place at = conllu_place(b, t);
		struct text value;
		float *v;

		if (!conllu_misc_values(b, t, key, &value))
			return NULL;
		if (value.s == NULL) {
			bad(at, "word %zu, \"%.*s\", has no " VECTOR_KEY " in "
			    "column MISC, and %s; share/convert/encode.py "
			    "writes vectors of words", t + 1,
			    TEXT_ARGS(conllu_word(b, t)[CONLLU_FORM]), why);
			return NULL;
		}
		if (*D == 0 && (*D = vector_length(value)) == 0) {
			bad(at, VECTOR_KEY " has no numbers");
			return NULL;
		}
		/* the words before have D numbers each, so that not more
		 * memory is needed than they have bytes */
		row[t] = v = MEM_VECTOR(arena, *D, float);
		if (!vector_read(value, at, VECTOR_KEY, *D, v))
			return NULL;
	}
	return row;
}
