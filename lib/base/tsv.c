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

/*
 * True if a value can be written as it is.  A control character is below 0x20,
 * 0x7f or begins with 0xc2, and few values have any of these.
 */
static bool
is_clean(struct text value)
{
	bool suspect = false;

	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.s[i];

		suspect |= c < 0x20 || c == 0x7f || c == 0xc2;
	}
	return !suspect || (!utf8_has_control(value) &&
	    memchr(value.s, '\t', value.n) == NULL);
}

struct text
tsv_field(struct arena *arena, struct text value)
{
	char *s;

	if (is_clean(value))
		return value;
	s = mem_copy(arena, value.s, value.n);
	for (size_t i = 0; i < value.n; i++)
		if (s[i] == '\t' || s[i] == '\n' || s[i] == '\r')
			s[i] = ' ';
	return display_controls(arena, (struct text){s, value.n});
}

void
tsv_write(struct output *o, struct text value)
{
	struct arena *arena;

	if (is_clean(value)) {
		output_text(o, value);
		return;
	}
	arena = mem_arena();
	output_text(o, tsv_field(arena, value));
	mem_free(arena);
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
