/* SPDX-License-Identifier: ISC */
#include "base/form.h"

#include "base/mem.h"
#include "base/utf8.h"

/* The value of a hexadecimal digit, or -1. */
static int
digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decode a name or a value; without s if a % is not followed by two digits. */
static struct text
decode(struct arena *arena, struct text coded)
{
	char *to = mem_alloc(arena, coded.n + 1, 1);
	size_t n = 0;

	for (size_t i = 0; i < coded.n; i++) {
		int high, low;

		if (coded.s[i] != '%') {
			to[n++] = coded.s[i] == '+' ? ' ' : coded.s[i];
			continue;
		}
		if (coded.n - i < 3)
			return (struct text){NULL, 0};
		high = digit(coded.s[i + 1]);
		low = digit(coded.s[i + 2]);
		if (high < 0 || low < 0)
			return (struct text){NULL, 0};
		to[n++] = (char)(high * 16 + low);
		i += 2;
	}
	return (struct text){to, n};
}

const char *
form_read(struct arena *arena, struct text form, struct form_field field[],
    size_t n)
{
	struct text rest = form;

	for (size_t i = 0; i < n; i++)
		field[i].value = (struct text){NULL, 0};
	while (rest.s != NULL && rest.n > 0) {
		struct text coded = text_cut(&rest, '&');
		struct text name = decode(arena, text_cut(&coded, '='));
		struct text value = decode(arena, coded.s == NULL ? TEXT("") :
		    coded);
		size_t at = 0, offset;

		if (name.s == NULL || value.s == NULL)
			return "a % without two hexadecimal digits";
		while (at < n && !text_is(name, field[at].name))
			at++;
		if (at == n)
			return "an unknown field";
		if (field[at].value.s != NULL)
			return "a field occurs twice";
		if (!utf8_valid(value, &offset))
			return "a value that is not UTF-8";
		field[at].value = value;
	}
	return NULL;
}
