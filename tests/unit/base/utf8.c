/* SPDX-License-Identifier: ISC */
/* utf8: every code point, and every short sequence of bytes. */
#include "base/utf8.h"

#include <string.h>

#include "base/mem.h"
#include "base/widths.h"
#include "check.h"
#include "math/random.h"

static struct arena *arena;

/* An independent encoder. */
static size_t
encode(uint32_t c, char *to)
{
	unsigned char *p = (unsigned char *)to;

	if (c < 0x80)
		return p[0] = (unsigned char)c, 1;
	if (c < 0x800) {
		p[0] = (unsigned char)(0xc0 | c >> 6);
		p[1] = (unsigned char)(0x80 | (c & 63));
		return 2;
	}
	if (c < 0x10000) {
		p[0] = (unsigned char)(0xe0 | c >> 12);
		p[1] = (unsigned char)(0x80 | (c >> 6 & 63));
		p[2] = (unsigned char)(0x80 | (c & 63));
		return 3;
	}
	p[0] = (unsigned char)(0xf0 | c >> 18);
	p[1] = (unsigned char)(0x80 | (c >> 12 & 63));
	p[2] = (unsigned char)(0x80 | (c >> 6 & 63));
	p[3] = (unsigned char)(0x80 | (c & 63));
	return 4;
}

/* The length of the code point at s by table 3-7 of Unicode, or 0. */
static size_t
well_formed(const unsigned char *s, size_t n)
{
	static const struct { unsigned char a, b, c, d, len; } table[] = {
		{0x01, 0x7f, 0, 0, 1}, {0xc2, 0xdf, 0x80, 0xbf, 2},
		{0xe0, 0xe0, 0xa0, 0xbf, 3}, {0xe1, 0xec, 0x80, 0xbf, 3},
		{0xed, 0xed, 0x80, 0x9f, 3}, {0xee, 0xef, 0x80, 0xbf, 3},
		{0xf0, 0xf0, 0x90, 0xbf, 4}, {0xf1, 0xf3, 0x80, 0xbf, 4},
		{0xf4, 0xf4, 0x80, 0x8f, 4},
	};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		if (s[0] < table[i].a || s[0] > table[i].b || n < table[i].len)
			continue;
		if (table[i].len > 1 &&
		    (s[1] < table[i].c || s[1] > table[i].d))
			continue;
		for (size_t k = 2; k < table[i].len; k++)
			if ((s[k] & 0xc0) != 0x80)
				return 0;
		return table[i].len;
	}
	return 0;
}

static bool
valid(const char *s, size_t n, size_t *offset)
{
	for (size_t i = 0; i < n; ) {
		size_t k = well_formed((const unsigned char *)s + i, n - i);

		*offset = i;
		if (k == 0)
			return false;
		i += k;
	}
	return true;
}

static void
test_code_points(void)
{
	size_t wrong = 0;

	for (uint32_t c = 1; c < 0x110000; c++) {
		char ours[4], theirs[4];
		size_t n, offset;
		uint32_t back;

		if (c >= 0xd800 && c < 0xe000)
			continue;
		n = encode(c, ours);
		wrong += utf8_encode(c, theirs) != n ||
		    memcmp(ours, theirs, n) != 0;
		wrong += !utf8_valid((struct text){ours, n}, &offset);
		wrong += utf8_decode((struct text){ours, n}, &back) != n ||
		    back != c;
		wrong += utf8_count((struct text){ours, n}) != 1;
		for (size_t k = 1; k < n; k++)
			wrong += utf8_valid((struct text){ours, k}, &offset) ||
			    offset != 0;
	}
	CHECK(wrong == 0, "all code points, encoded, decoded and cut");
}

static void
test_bytes(void)
{
	struct random r = random_seeded(5, 5);
	size_t wrong = 0, good = 0;

	for (uint32_t v = 0; v < 1u << 24; v++) {
		unsigned char s[3] = {(unsigned char)(v >> 16),
		    (unsigned char)(v >> 8), (unsigned char)v};
		struct text t = {(char *)s, 3};
		size_t at = 0, offset = 0;
		bool expected = valid(t.s, 3, &at);

		if (utf8_valid(t, &offset) != expected ||
		    (!expected && at != offset))
			wrong++;
	}
	CHECK(wrong == 0, "all sequences of 3 bytes");
	for (int i = 0; i < 1000000; i++) {
		/* pieces of UTF-8, some of them broken, at every alignment */
		char s[40];
		size_t n = 0, at = 0, offset = 0;
		bool expected;

		while (n < 32) {
			uint32_t kind = random_below(&r, 40);

			if (kind == 0)
				s[n++] = (char)random_below(&r, 256);
			else if (kind < 30)
				s[n++] = (char)(1 + random_below(&r, 127));
			else
				n += encode(1 + random_below(&r, 0x10ffff),
				    s + n);
		}
		expected = valid(s, n, &at);
		good += expected;
		if (utf8_valid((struct text){s, n}, &offset) != expected ||
		    (!expected && at != offset))
			wrong++;
	}
	CHECK(wrong == 0 && good > 10000, "10^6 random texts, %zu valid", good);
}

/* Text is checked many bytes at a time: every byte and every control of two
 * bytes, at each place of a long text, and at its end. */
static void
test_long(void)
{
	enum { LENGTH = 150 };
	size_t wrong = 0;

	for (unsigned v = 0; v < 256; v++)
		for (size_t i = 0; i < LENGTH; i++) {
			char s[LENGTH];
			size_t at = 0, offset = 0;
			bool control = (v < 0x20 && v != '\t') || v == 0x7f;
			bool good;

			memset(s, 'a', LENGTH);
			s[i] = (char)v;
			good = valid(s, LENGTH, &at);
			wrong += utf8_valid((struct text){s, LENGTH},
			    &offset) != good || (!good && at != offset);
			if (v < 0x80)
				wrong += utf8_has_control((struct text){s,
				    LENGTH}) != control;
			if (v < 0x80 || v > 0xbf || i == 0)
				continue;
			s[i - 1] = '\xc2';	/* U+0080 to U+00BF */
			wrong += utf8_has_control((struct text){s, LENGTH}) !=
			    (v < 0xa0);
			wrong += utf8_has_control((struct text){s, i + 1}) !=
			    (v < 0xa0);
		}
	CHECK(wrong == 0, "%zu places of a long text", wrong);
}

static void
test_lower(void)
{
	static const struct { const char *from, *to; } table[] = {
		{"", ""}, {"abc", "abc"}, {"ABC xYz9", "abc xyz9"},
		{"\xc3\x89t\xc3\xa9", "\xc3\xa9t\xc3\xa9"},
		{"\xc4\xb0", "i"},			/* I with a dot */
		{"\xc8\xba", "\xe2\xb1\xa5"},		/* U+023A grows */
		{"\xe2\x84\xaa", "k"},			/* the Kelvin sign */
		{"\xce\xa3\xcf\x82", "\xcf\x83\xcf\x82"},	/* sigmas */
		{"\xe1\xba\x9e", "\xc3\x9f"},		/* capital sharp s */
		{"\xf0\x90\x90\x80", "\xf0\x90\x90\xa8"},	/* Deseret */
		{"\xe6\x97\xa5" "A", "\xe6\x97\xa5" "a"},
	};
	size_t wrong = 0, changed = 0;
	struct text t = TEXT("plain");

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		CHECK(text_is(utf8_lower(arena, text_of(table[i].from)),
		    table[i].to), "lower %zu: %s", i, table[i].to);
	CHECK(utf8_lower(arena, t).s == t.s, "lower case is not copied");
	for (uint32_t c = 1; c < 0x110000; c++) {
		char s[8];
		struct text once, twice;
		size_t n, offset;

		if (c >= 0xd800 && c < 0xe000)
			continue;
		n = encode(c, s);
		once = utf8_lower(arena, (struct text){s, n});
		twice = utf8_lower(arena, once);
		wrong += !utf8_valid(once, &offset) || utf8_count(once) != 1 ||
		    once.n > n + 1 || !text_equal(once, twice);
		changed += !text_equal(once, (struct text){s, n});
		if (c % 4096 == 0)
			mem_reset(arena);
	}
	CHECK(wrong == 0 && changed > 1300, "all code points: one each, and "
	    "lower is lower; %zu change", changed);
}

static void
test_width(void)
{
	static const struct { uint32_t c; int width; } table[] = {
		{'a', 1}, {0xe9, 1}, {0x301, 0}, {0x65e5, 2}, {0x1f600, 2},
		{0x200b, 0}, {0x200d, 0}, {0xff21, 2}, {0xff71, 1}, {0xac00, 2},
		{0xad, 1}, {0x600, 1}, {0x903, 1}, {0x2764, 1}, {0x3400, 2},
		/* the parts of a Hangul syllable */
		{0x1112, 2}, {0x1160, 0}, {0x1161, 0}, {0x11ab, 0},
		{0xd7b0, 0},
		/* emoji of Unicode 15, 16 and 17 */
		{0x1fae8, 2}, {0x1fae9, 2}, {0x1fac8, 2},
		{0xe0100, 0}, {0x10ffff, 1},
	};
	size_t columns[3] = {0};

	for (size_t i = 0; i < sizeof table / sizeof *table; i++)
		CHECK(width_of(table[i].c) == table[i].width,
		    "U+%04X takes %d", table[i].c, table[i].width);
	for (uint32_t c = 0x20; c < 0x110000; c++)
		columns[width_of(c)]++;
	CHECK(columns[0] > 2400 && columns[2] > 180000,
	    "%zu code points without a column, %zu with two", columns[0],
	    columns[2]);
}

int
main(void)
{
	arena = mem_arena();
	test_code_points();
	test_bytes();
	test_long();
	test_lower();
	test_width();
	mem_free(arena);
	return check_done();
}
