/* SPDX-License-Identifier: ISC */
#include "base/tsv.h"

#include <string.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"

bool
tsv_fields(struct text line, struct place at, size_t n,
    const char *const names[], const char *(*hint)(struct text line),
    struct text *field)
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
		return bad(at, "%zu column%s, expected %zu (%s to %s)%s", k,
		    text_plural(k), n, names[0], names[n - 1],
		    hint == NULL ? "" : hint(line));
	return true;
}

/* Write a value that has control characters. */
static void
write_clean(struct output *o, struct text value)
{
	struct arena *arena = mem_arena();
	char *s = mem_copy(arena, value.s, value.n);

	for (size_t i = 0; i < value.n; i++)
		if (s[i] == '\t' || s[i] == '\n' || s[i] == '\r')
			s[i] = ' ';
	value.s = s;
	output_text(o, display_controls(arena, value));
	mem_free(arena);
}

void
tsv_write(struct output *o, struct text value)
{
	if (value.n > 0 && (utf8_has_control(value) ||
	    memchr(value.s, '\t', value.n) != NULL))
		write_clean(o, value);
	else
		output_text(o, value);
}

void
tsv_write_line(struct output *o, struct text line)
{
	struct text rest = line;

	if (!utf8_has_control(line)) {
		output_text(o, line);
		return;
	}
	while (rest.s != NULL) {
		tsv_write(o, text_cut(&rest, '\t'));
		if (rest.s != NULL)
			output_char(o, '\t');
	}
}
