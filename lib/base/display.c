/* SPDX-License-Identifier: ISC */
#include "base/display.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/hidden.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/widths.h"

static bool
is_unseen(uint32_t c)
{
	return hidden_control(c) || (hidden_ignorable(c) && !hidden_joins(c));
}

static bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* a with the characters for which unseen is true in another form. */
static struct text
shown(struct arena *arena, struct text a, bool (*unseen)(uint32_t))
{
	char *to = NULL;
	size_t n = 0;

	for (size_t i = 0, k; i < a.n; i += k) {
		uint32_t c;

		k = utf8_decode((struct text){a.s + i, a.n - i}, &c);
		if (to == NULL && unseen(c)) {
			/* U+061C has 2 bytes, and becomes 7: \u{61c} */
			to = mem_alloc(arena, 4 * a.n + 1, 1);
			memcpy(to, a.s, i);
			n = i;
		}
		if (to == NULL)
			continue;
		if (!unseen(c)) {
			memcpy(to + n, a.s + i, k);
			n += k;
		} else if (c < 0x20 || c == 0x7f) {
			n += utf8_encode(c == 0x7f ? 0x2421 : 0x2400 + c,
			    to + n);
		} else {
			n += (size_t)snprintf(to + n, 10, "\\u{%x}",
			    (unsigned)c);
		}
	}
	return to == NULL ? a : (struct text){to, n};
}

struct text
display_clean(struct arena *arena, struct text a)
{
	return shown(arena, a, is_unseen);
}

struct text
display_controls(struct arena *arena, struct text a)
{
	return shown(arena, a, is_control);
}

/* The columns of one grapheme cluster. */
static size_t
cluster_columns(struct text a)
{
	size_t columns = 0;

	for (size_t i = 0; i < a.n; ) {
		uint32_t c;

		i += utf8_decode((struct text){a.s + i, a.n - i}, &c);
		columns += (size_t)width_of(c);
		if (c == 0xfe0f && columns == 1)
			columns = 2;	/* shown as an emoji */
	}
	return columns;
}

size_t
display_columns(struct text a)
{
	size_t columns = 0;

	for (size_t i = 0, k; i < a.n; i += k) {
		k = utf8_cluster((struct text){a.s + i, a.n - i});
		columns += cluster_columns((struct text){a.s + i, k});
	}
	return columns;
}

size_t
display_fitting(struct text a, size_t room)
{
	size_t columns = 0, blank = 0;

	for (size_t i = 0, k; i < a.n; i += k) {
		k = utf8_cluster((struct text){a.s + i, a.n - i});
		if (a.s[i] == ' ' && i > 0 && a.s[i - 1] != ' ')
			blank = i;
		columns += cluster_columns((struct text){a.s + i, k});
		if (columns > room)
			return blank > 0 ? blank : i > 0 ? i : k;
	}
	return a.n;
}

struct text
display_cut(struct arena *arena, struct text a, size_t columns)
{
	struct text clean = display_clean(arena, a);

	if (display_fitting(clean, columns) == clean.n)
		return clean;
	clean.n = display_fitting(clean, columns - 3);
	return text_of(mem_printf(arena, "%.*s...", (int)clean.n, clean.s));
}

const char *
display_number(struct arena *arena, double largest, double v)
{
	int decimals = largest > 0 ? 2 - (int)floor(log10(largest)) : 2;
	char *s;

	if (decimals > 6 || decimals < -4)
		return mem_printf(arena, "%+.2e", v);
	s = mem_printf(arena, "%+.*f", decimals < 0 ? 0 : decimals, v);
	return strspn(s + 1, "0.") == strlen(s + 1) ? s + 1 : s;
}
