/* SPDX-License-Identifier: ISC */
#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
	LIST_LIMIT = 20,	/* names in a message */
	NEAR_LIMIT = 64,	/* bytes of a misspelt word */
};

struct text
text_of(const char *string)
{
	return (struct text){string, string == NULL ? 0 : strlen(string)};
}

bool
text_equal(struct text a, struct text b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

bool
text_is(struct text a, const char *string)
{
	/* most comparisons end here */
	if (a.n > 0 && string != NULL && *string != *a.s)
		return false;
	return a.s != NULL && text_equal(a, text_of(string));
}

bool
text_starts(struct text a, const char *prefix)
{
	size_t n = strlen(prefix);

	return a.n >= n && (n == 0 || memcmp(a.s, prefix, n) == 0);
}

bool
text_ends(struct text a, const char *end)
{
	size_t n = strlen(end);

	return a.n >= n && (n == 0 || memcmp(a.s + a.n - n, end, n) == 0);
}

struct text
text_copy(struct arena *arena, struct text a)
{
	return (struct text){mem_copy(arena, a.s, a.n), a.n};
}

struct text
text_cut(struct text *rest, char separator)
{
	struct text field = *rest;
	const char *p = field.n == 0 ? NULL :
	    memchr(field.s, separator, field.n);

	if (p == NULL) {
		*rest = (struct text){NULL, 0};
		return field;
	}
	field.n = (size_t)(p - field.s);
	rest->s = p + 1;
	rest->n -= field.n + 1;
	return field;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t';
}

struct text
text_trim(struct text a)
{
	while (a.n > 0 && blank(a.s[0])) {
		a.s++;
		a.n--;
	}
	while (a.n > 0 && blank(a.s[a.n - 1]))
		a.n--;
	return a;
}

bool
text_to_size(struct text a, size_t *value)
{
	size_t v = 0;

	if (a.n == 0)
		return false;
	for (size_t i = 0; i < a.n; i++) {
		size_t digit = (size_t)(unsigned char)a.s[i] - '0';

		if (digit > 9 || v > (SIZE_MAX - digit) / 10)
			return false;
		v = 10 * v + digit;
	}
	*value = v;
	return true;
}

size_t
text_digits(char to[], size_t value)
{
	size_t n = 1;

	for (size_t v = value; v > 9; v /= 10)
		n++;
	for (size_t i = n; i > 0; value /= 10)
		to[--i] = (char)('0' + value % 10);
	return n;
}

/*
 * A number without an exponent and of at most 15 digits: digits and a power of
 * ten are exact in double, so their quotient is what strtod returns.  False if
 * a is anything else.
 */
static bool
short_number(struct text a, double *value)
{
	static const double ten[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8,
	    1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	bool minus = a.n > 0 && a.s[0] == '-', point = false;
	size_t digits = 0, after = 0;
	uint64_t v = 0;

	for (size_t i = minus; i < a.n; i++) {
		unsigned digit = (unsigned)(unsigned char)a.s[i] - '0';

		if (digit <= 9 && digits < 15) {
			v = 10 * v + digit;
			digits++;
			after += point;
		} else if (a.s[i] == '.' && !point) {
			point = true;
		} else {
			return false;
		}
	}
	if (digits == 0)
		return false;
	*value = (double)v / ten[after];
	if (minus)
		*value = -*value;
	return true;
}

bool
text_to_double(struct text a, double *value)
{
	char copy[512], *end;	/* longer than any number */
	double v;

	if (short_number(a, value))
		return true;
	/* strtod also takes blanks, hexadecimal, nan and inf */
	if (a.n == 0 || a.n >= sizeof copy)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (strchr("0123456789+-.eE", a.s[i]) == NULL || a.s[i] == '\0')
			return false;
	memcpy(copy, a.s, a.n);
	copy[a.n] = '\0';
	v = strtod(copy, &end);
	if (*end != '\0' || !isfinite(v))
		return false;
	*value = v;
	return true;
}

int
text_compare(struct text a, struct text b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n == 0 ? 0 : memcmp(a.s, b.s, n);

	if (c != 0)
		return c;
	return (a.n > b.n) - (a.n < b.n);
}

size_t
text_find(struct text a, const char *const name[])
{
	size_t i = 0;

	while (name[i] != NULL && !text_is(a, name[i]))
		i++;
	return i;
}

size_t
text_index(const struct text name[], size_t n, struct text a)
{
	size_t i = 0;

	while (i < n && !text_equal(name[i], a))
		i++;
	return i;
}

/* Append a name to a list: the separator, then the name. */
static const char *
append(struct arena *arena, const char *list, const char *separator,
    struct text name)
{
	return mem_printf(arena, "%s%s%.*s", list, separator, TEXT_ARGS(name));
}

const char *
text_list(struct arena *arena, const struct text name[], size_t n,
    const char *last)
{
	const char *list = "";

	for (size_t i = 0; i < n; i++) {
		if (i == LIST_LIMIT)
			return append(arena, list, ", ", TEXT("..."));
		list = append(arena, list, i == 0 ? "" : i + 1 < n ? ", " :
		    last, name[i]);
	}
	return list;
}

const char *
text_names(struct arena *arena, const char *const name[], const char *last)
{
	size_t n = 0;
	struct text *text;

	while (name[n] != NULL)
		n++;
	text = MEM_NEW(arena, n, struct text);
	for (size_t i = 0; i < n; i++)
		text[i] = text_of(name[i]);
	return text_list(arena, text, n, last);
}

/*
 * The edits between two texts of at most NEAR_LIMIT bytes, where no byte is
 * edited twice ("optimal string alignment").  Row i of the table has the edits
 * between the first i bytes of a and the first j of b; three rows are kept.
 */
static size_t
edits(struct text a, struct text b)
{
	size_t row[3][NEAR_LIMIT + 1];

	for (size_t i = 0; i <= a.n; i++)
		for (size_t j = 0; j <= b.n; j++) {
			size_t *here = &row[i % 3][j], *up;

			if (i == 0 || j == 0) {
				*here = i + j;
				continue;
			}
			up = row[(i - 1) % 3];
			*here = up[j - 1] + (a.s[i - 1] != b.s[j - 1]);
			if (up[j] + 1 < *here)
				*here = up[j] + 1;
			if (here[-1] + 1 < *here)
				*here = here[-1] + 1;
			if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] &&
			    a.s[i - 2] == b.s[j - 1] &&
			    row[(i - 2) % 3][j - 2] + 1 < *here)
				*here = row[(i - 2) % 3][j - 2] + 1;
		}
	return row[a.n % 3][b.n];
}

const char *
text_plural(size_t n)
{
	return n == 1 ? "" : "s";
}

const char *
text_nearest(struct text word, const char *const name[])
{
	size_t least = word.n < 6 ? 2 : word.n / 3 + 1;	/* not near */
	const char *nearest = NULL;

	if (word.n > NEAR_LIMIT)
		return NULL;
	for (; *name != NULL; name++) {
		struct text n = text_of(*name);
		size_t d = n.n > NEAR_LIMIT ? least : edits(word, n);

		if (d < least) {
			least = d;
			nearest = *name;
		}
	}
	return nearest;
}

uint64_t
text_hash_on(uint64_t hash, struct text a)
{
	for (size_t i = 0; i < a.n; i++)
		hash = text_hash_step(hash, (unsigned char)a.s[i]);
	return hash;
}

uint64_t
text_hash(struct text a)
{
	return text_hash_on(TEXT_HASH, a);
}
