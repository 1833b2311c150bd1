/* SPDX-License-Identifier: ISC */
#include "draw/markup.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/display.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "draw/grid.h"
#include "draw/picture.h"

/* A character and what is written for it; NULL ends the list. */
struct escape {
	uint32_t c;
	const char *as;
};

static const struct escape xml_escapes[] = {
	{'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"},
	{'\'', "&#39;"}, {0xfffe, "\\u{fffe}"}, {0xffff, "\\u{ffff}"},
	{0, NULL},
};

/*
 * \/ separates characters that fonts would join into one sign, -- << ?` and the
 * like; in LuaTeX, {} does not.  Quotes are macros, because the fonts of LuaTeX
 * and XeTeX replace those of ASCII by others.
 */
static const struct escape latex_escapes[] = {
	{'#', "\\#"}, {'$', "\\$"}, {'%', "\\%"}, {'&', "\\&"}, {'_', "\\_"},
	{'{', "\\{"}, {'}', "\\}"}, {'\\', "\\textbackslash{}"},
	{'~', "\\textasciitilde{}"}, {'^', "\\textasciicircum{}"},
	{'<', "\\textless\\/"}, {'>', "\\textgreater\\/"},
	{'|', "\\textbar{}"}, {'"', "\\textquotedbl{}"},
	{'\'', "\\textquotesingle{}"}, {'`', "\\textasciigrave{}"},
	{'-', "-\\/"}, {',', ",\\/"}, {'!', "!\\/"}, {'?', "?\\/"},
	{0x2013, "\\textendash\\/"}, {0x2018, "\\textquoteleft\\/"},
	{0x2019, "\\textquoteright\\/"}, {0x2212, "$-$"}, {0, NULL},
};

static const char *
find(const struct escape *e, uint32_t c)
{
	while (e->as != NULL && e->c != c)
		e++;
	return e->as;
}

void
markup_xml(struct output *o, struct arena *arena, struct text a)
{
	a = display_clean(arena, a);
	for (size_t i = 0, n; i < a.n; i += n) {
		const char *as;
		uint32_t c;

		n = utf8_decode((struct text){a.s + i, a.n - i}, &c);
		as = find(xml_escapes, c);
		if (as != NULL)
			output_string(o, as);
		else
			output_bytes(o, a.s + i, n);
	}
}

/* True if LaTeX has the letter in encoding T1 or TS1, and reads it as UTF-8. */
static bool
latex_knows(uint32_t c)
{
	static const struct {
		uint32_t first, last;
	} known[] = {
		{0x20, 0x7e}, {0xa1, 0xac}, {0xae, 0x107}, {0x10a, 0x10f},
		{0x111, 0x113}, {0x116, 0x11b}, {0x11e, 0x11f}, {0x122, 0x123},
		{0x12a, 0x12b}, {0x12e, 0x131}, {0x136, 0x137}, {0x139, 0x13e},
		{0x141, 0x148}, {0x14a, 0x14d}, {0x150, 0x15b}, {0x15e, 0x165},
		{0x16a, 0x16b}, {0x16e, 0x173}, {0x178, 0x17e},
		{0x218, 0x21b}, {0x2013, 0x2014}, {0x2018, 0x201a},
		{0x201c, 0x201e}, {0x2020, 0x2022}, {0x2026, 0x2026},
		{0x2030, 0x2030}, {0x2039, 0x203a}, {0x20ac, 0x20ac},
		{0x2122, 0x2122}, {0x2212, 0x2212},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (c >= known[i].first && c <= known[i].last)
			return true;
	return false;
}

/* Write a character that LaTeX knows. */
static void
latex_known(struct output *o, struct text letter, uint32_t c)
{
	const char *as = find(latex_escapes, c);

	if (as != NULL)
		output_string(o, as);
	else
		output_text(o, letter);
}

/*
 * True for a character that is written from left to right, even inside a word
 * that is written from right to left.
 */
static bool
is_rightward(uint32_t c)
{
	return utf8_direction(c) > 0 || (c >= '0' && c <= '9') ||
	    (c >= 0x660 && c <= 0x669) || (c >= 0x6f0 && c <= 0x6f9);
}

/*
 * Returns the end of the left-to-right run that begins at byte i, including
 * neutral characters inside it; i if no run begins there.
 */
static size_t
rightward(struct text a, size_t i)
{
	size_t end = i, begin = i, n;
	uint32_t c;

	for (; i < a.n; i += n) {
		n = utf8_decode((struct text){a.s + i, a.n - i}, &c);
		if (is_rightward(c))
			end = i + n;
		else if (end == begin || utf8_direction(c) < 0)
			break;
	}
	return end;
}

/* Write a word, which has no blanks. */
static void
latex_word(struct output *o, struct text a)
{
	const char *script = "";	/* of a word from right to left */
	bool known = true;
	size_t end = 0;			/* of the left-to-right run at i */
	uint32_t c;

	for (size_t i = 0; i < a.n; ) {
		i += utf8_decode((struct text){a.s + i, a.n - i}, &c);
		known = known && latex_knows(c);
		if (utf8_direction(c) < 0)
			script = c <= 0x5ff || (c >= 0xfb1d && c <= 0xfb4f) ?
			    ";script=hebr" : ";script=arab";
	}
	if (!known)
		output_printf(o, "\\reatword{%s}{", script);
	for (size_t i = 0, n; i < a.n; i += n) {
		if (*script != '\0' && i >= end &&
		    (end = rightward(a, i)) > i)
			output_string(o, "\\reatright{");
		n = utf8_decode((struct text){a.s + i, a.n - i}, &c);
		if (!known)
			output_printf(o, "\\reat%s{%04X}{", latex_knows(c) ?
			    "known" : "char", (unsigned)c);
		latex_known(o, (struct text){a.s + i, n}, c);
		if (!known)
			output_char(o, '}');
		if (i + n == end)
			output_char(o, '}');
	}
	if (!known)
		output_char(o, '}');
}

void
markup_latex(struct output *o, struct arena *arena, struct text a)
{
	struct text rest = display_clean(arena, a);

	while (rest.s != NULL) {
		latex_word(o, text_cut(&rest, ' '));
		if (rest.s != NULL)
			output_char(o, ' ');
	}
}

struct text
markup_minus(struct arena *arena, const char *number)
{
	struct text to = {mem_alloc(arena, 3 * strlen(number) + 1, 1), 0};
	char *end = (char *)to.s;

	for (; *number != '\0'; number++)
		if (*number == '-')
			end += utf8_encode(0x2212, end);
		else
			*end++ = *number;
	to.n = (size_t)(end - to.s);
	return to;
}

struct text
markup_score(const struct picture *p, const struct score_row *row)
{
	return markup_minus(p->arena, picture_score(p, row));
}

const char *
markup_shade_name(int k, char to[4])
{
	if (k == 0)
		snprintf(to, 4, "z");
	else
		snprintf(to, 4, "%c%d", k < 0 ? 'a' : 'f',
		    (k < 0 ? -k : k) % 100);
	return to;
}

const char *
markup_shade(const struct picture *p, const struct score_row *row, char to[4])
{
	return markup_shade_name(palette_shade(picture_share(p, row)), to);
}

void
markup_shades(const struct palette *p, struct shade to[SHADES])
{
	for (int k = -PALETTE_SHADES; k <= PALETTE_SHADES; k++, to++) {
		struct colour c = palette_colour(p,
		    (double)k / PALETTE_SHADES);

		markup_shade_name(k, to->name);
		to->colour = c;
		snprintf(to->hex, sizeof to->hex, "#%02x%02x%02x", c.r, c.g,
		    c.b);
		to->black = palette_black_on(c);
	}
}

struct grid *
markup_grids(const struct picture *p, size_t widest, size_t small, size_t *n)
{
	struct grid *g = MEM_NEW(p->arena, p->levels + 1, struct grid);

	*n = 1;
	if (!grid_join(&g[0], p)) {
		for (size_t i = 0; i < p->levels; i++)
			grid_alone(&g[i], p, i);
		*n = p->levels;
	}
	for (size_t k = 0; k < *n; k++) {
		grid_cut(&g[k], p, widest);
		grid_widen(&g[k], p, small, false);
	}
	return g;
}
