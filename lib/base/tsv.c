/* SPDX-License-Identifier: ISC */
#include "base/tsv.h"

#include "base/output.h"

bool
tsv_fields(struct text line, struct place at, size_t n,
    const char *const names[], struct text *field)
{
	struct text rest = line;
	size_t k = 0;

	while (rest.s != NULL) {
		struct text f = text_cut(&rest, '\t');

		if (k < n)
			field[k] = f;
		k++;
	}
	if (k != n)
		return bad(at, "%zu column%s, expected %zu (%s to %s)", k,
		    k == 1 ? "" : "s", n, names[0], names[n - 1]);
	return true;
}

void
tsv_write(struct output *o, struct text value)
{
	size_t from = 0;

	for (size_t i = 0; i < value.n; i++)
		if (value.s[i] == '\t' || value.s[i] == '\n' ||
		    value.s[i] == '\r') {
			output_bytes(o, value.s + from, i - from);
			output_char(o, ' ');
			from = i + 1;
		}
	output_bytes(o, value.s + from, value.n - from);
}

size_t
tsv_columns(const char *list, const char *const names[], size_t max,
    size_t *which)
{
	struct text rest = text_of(list);
	size_t n = 0;

	while (rest.s != NULL) {
		struct text name = text_cut(&rest, ',');
		size_t k = text_find(name, names);

		if (names[k] == NULL)
			die("option -f: no column \"%.*s\"",
			    TEXT_ARGS(name));
		for (size_t i = 0; i < n; i++)
			if (which[i] == k)
				die("option -f: column %s occurs twice",
				    names[k]);
		if (n == max)
			die("option -f: too many columns, the limit is %zu",
			    max);
		which[n++] = k;
	}
	return n;
}
