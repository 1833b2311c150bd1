/* SPDX-License-Identifier: ISC */
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#include "base/mem.h"

/*
 * Bytes that a loop looks at before it asks whether one was wrong.  The
 * compiler makes vector code of a loop over STEP bytes.  Most text is ASCII,
 * and LONG bytes of it are passed at once.
 */
enum { STEP = 16, LONG = 4 * STEP };

static bool
any(const unsigned char wrong[STEP])
{
	uint64_t half[2];

	memcpy(half, wrong, STEP);
	return (half[0] | half[1]) != 0;
}

/* True if the STEP bytes at s are ASCII without NUL. */
static bool
ascii(const char *s)
{
	const signed char *p = (const signed char *)s;
	unsigned char wrong[STEP];

	for (int i = 0; i < STEP; i++)
		wrong[i] = p[i] <= 0;
	return !any(wrong);
}

/* The larger of two bytes. */
static inline unsigned char
larger(int a, int b)
{
	unsigned char x = (unsigned char)a, y = (unsigned char)b;

	return x > y ? x : y;
}

/* True if all of the LONG bytes at s are printable ASCII. */
static bool
printable(const char *s)
{
	const unsigned char *p = (const unsigned char *)s, *q = p + STEP;
	const unsigned char *r = q + STEP, *t = r + STEP;
	unsigned char wrong[STEP];

	/* the others are above '~' - ' ' if ' ' is subtracted from them */
	for (int i = 0; i < STEP; i++) {
		unsigned char a = larger(p[i] - ' ', q[i] - ' ');
		unsigned char b = larger(r[i] - ' ', t[i] - ' ');

		wrong[i] = larger(a, b) > '~' - ' ';
	}
	return !any(wrong);
}

/* Go on behind the code points that begin before end.  Returns false, and *i is
 * that of the first byte, if one is not valid. */
static bool
valid_to(struct text a, size_t end, size_t *i)
{
	while (*i < end) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n;

		if (a.s[*i] != '\0' && (a.s[*i] & 0x80) == 0) {
			++*i;
			continue;
		}
		n = utf8proc_iterate((const utf8proc_uint8_t *)a.s + *i,
		    (utf8proc_ssize_t)(a.n - *i), &c);
		if (n <= 0 || c <= 0)
			return false;
		*i += (size_t)n;
	}
	return true;
}

bool
utf8_valid(struct text a, size_t *offset)
{
	size_t i = 0;

	while (a.n - i >= STEP) {
		if (a.n - i >= LONG && printable(a.s + i))
			i += LONG;
		else if (ascii(a.s + i))
			i += STEP;
		else if (!valid_to(a, i + STEP, &i))
			goto bad;
	}
	if (valid_to(a, a.n, &i))
		return true;
bad:
	*offset = i;
	return false;
}

size_t
utf8_decode(struct text a, uint32_t *code)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t n;

	n = utf8proc_iterate((const utf8proc_uint8_t *)a.s,
	    (utf8proc_ssize_t)a.n, &c);
	*code = (uint32_t)c;
	return (size_t)n;
}

size_t
utf8_encode(uint32_t c, char to[4])
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)c,
	    (utf8proc_uint8_t *)to);
}

size_t
utf8_blank(struct text a)
{
	uint32_t c;
	size_t n;

	if ((unsigned char)a.s[0] < 0x80)
		return a.s[0] == ' ';
	n = utf8_decode(a, &c);
	return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
	    c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
	    c == 0x3000 ? n : 0;
}

size_t
utf8_count(struct text a)
{
	size_t count = 0;

	for (size_t i = 0; i < a.n; i++)
		count += ((unsigned char)a.s[i] & 0xc0) != 0x80;
	return count;
}

struct text
utf8_lower(struct arena *arena, struct text a)
{
	size_t i = 0, n = 0;
	char *to;

	while (i < a.n && ((a.s[i] & 0x80) == 0) &&
	    !(a.s[i] >= 'A' && a.s[i] <= 'Z'))
		i++;
	if (i == a.n)
		return a;
	/* at most a byte more for a code point (U+023A, from 2 to 3) */
	to = mem_alloc(arena, 2 * a.n + 1, 1);
	for (i = 0; i < a.n; ) {
		uint32_t c;

		if ((a.s[i] & 0x80) == 0) {
			char b = a.s[i++];

			to[n++] = b >= 'A' && b <= 'Z' ? (char)(b + 32) : b;
			continue;
		}
		i += utf8_decode((struct text){a.s + i, a.n - i}, &c);
		n += utf8_encode((uint32_t)utf8proc_tolower(
		    (utf8proc_int32_t)c), to + n);
	}
	return (struct text){to, n};
}

struct text
utf8_upper(struct arena *arena, struct text a, size_t n)
{
	char *to = mem_alloc(arena, 4 * a.n + 1, 1);
	size_t made = 0;

	for (size_t i = 0, k = 0; i < a.n; k++) {
		uint32_t c;

		i += utf8_decode((struct text){a.s + i, a.n - i}, &c);
		if (k < n)
			c = (uint32_t)utf8proc_toupper((utf8proc_int32_t)c);
		made += utf8_encode(c, to + made);
	}
	return (struct text){to, made};
}

size_t
utf8_cluster(struct text a)
{
	utf8proc_int32_t state = 0;
	uint32_t c, next;
	size_t n;

	if (a.n == 1 || ((a.s[0] | a.s[1]) & 0x80) == 0)
		return 1;	/* ASCII: CR LF does not come here */
	n = utf8_decode(a, &c);
	while (n < a.n) {
		size_t k = utf8_decode((struct text){a.s + n, a.n - n}, &next);

		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)c,
		    (utf8proc_int32_t)next, &state))
			break;
		n += k;
		c = next;
	}
	return n;
}

/*
 * True if the STEP bytes at s may contain a control character: C0 except tab,
 * DEL, or C1, whose first byte is that of U+0080 to U+00BF.
 */
static bool
suspect(const char *s)
{
	const unsigned char *p = (const unsigned char *)s;
	unsigned char wrong[STEP];

	for (int i = 0; i < STEP; i++)
		wrong[i] = (unsigned char)(((p[i] < 0x20) & (p[i] != '\t')) |
		    (p[i] == 0x7f) | (p[i] == 0xc2));
	return any(wrong);
}

/* True if a contains a control character that begins in [i, end). */
static bool
control_in(struct text a, size_t i, size_t end)
{
	for (; i < end; i++) {
		unsigned char c = (unsigned char)a.s[i];

		if ((c < 0x20 && c != '\t') || c == 0x7f || (c == 0xc2 &&
		    i + 1 < a.n && (unsigned char)a.s[i + 1] < 0xa0))
			return true;
	}
	return false;
}

int
utf8_direction(uint32_t c)
{
	switch (utf8proc_get_property((utf8proc_int32_t)c)->bidi_class) {
	case UTF8PROC_BIDI_CLASS_L:
		return 1;
	case UTF8PROC_BIDI_CLASS_R:
	case UTF8PROC_BIDI_CLASS_AL:
		return -1;
	default:
		return 0;
	}
}

bool
utf8_has_control(struct text a)
{
	size_t i = 0;

	while (a.n - i >= STEP) {
		if (a.n - i >= LONG && printable(a.s + i)) {
			i += LONG;
			continue;
		}
		if (suspect(a.s + i) && control_in(a, i, i + STEP))
			return true;
		i += STEP;
	}
	return control_in(a, i, a.n);
}
