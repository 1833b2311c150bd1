/* SPDX-License-Identifier: ISC */
/* markup, grid: what pages are made of. */
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "check.h"
#include "draw/grid.h"
#include "draw/markup.h"
#include "draw/palette.h"
#include "draw/picture.h"

static struct arena *arena;

static bool
becomes(void (*write)(struct output *, struct arena *, struct text),
    const char *from, const char *to)
{
	struct output o = output_to(-1, "");
	bool same;

	write(&o, arena, text_of(from));
	same = o.n == strlen(to) && memcmp(o.buf, to, o.n) == 0;
	if (!same)
		printf("# \"%s\" became \"%.*s\"\n", from, (int)o.n, o.buf);
	output_done(&o, 0);
	return same;
}

static void
test_escapes(void)
{
	static const char *const xml[][2] = {
		{"plain caf\xc3\xa9", "plain caf\xc3\xa9"},
		{"<a href=\"x\">'&amp;", "&lt;a href=&quot;x&quot;&gt;&#39;"
		    "&amp;amp;"},
		{"]]>", "]]&gt;"},
		{"\x1b[2J\x7f", "\xe2\x90\x9b[2J\xe2\x90\xa1"},
		{"\xe2\x80\xae" "abc\xc2\x85", "\\u{202e}abc\\u{85}"},
		{"\xef\xbf\xbe\xef\xbf\xbf", "\\u{fffe}\\u{ffff}"},
	};
	static const char *const latex[][2] = {
		{"plain caf\xc3\xa9", "plain caf\xc3\xa9"},
		{"\\input{x}", "\\textbackslash{}input\\{x\\}"},
		{"$5 & 10% #1_2", "\\$5 \\& 10\\% \\#1\\_2"},
		{"~^<>|", "\\textasciitilde{}\\textasciicircum{}"
		    "\\textless\\/\\textgreater\\/\\textbar{}"},
		{"--", "-\\/-\\/"}, {"?`", "?\\/\\textasciigrave{}"},
		{"\"", "\\textquotedbl{}"},
		{"\xe2\x80\x93-", "\\textendash\\/-\\/"},
		{"''", "\\textquotesingle{}\\textquotesingle{}"},
		{"\xe2\x88\x92" "1", "$-$1"},
		{"\xe6\x98\xa0", "\\reatword{}{\\reatchar{6620}"
		    "{\xe6\x98\xa0}}"},
		{"\xf0\x9f\x98\x80", "\\reatword{}{\\reatchar{1F600}"
		    "{\xf0\x9f\x98\x80}}"},
		{"\x1b", "\\reatword{}{\\reatchar{241B}{\xe2\x90\x9b}}"},
		{"a -\xe6\x98\xa0 _", "a \\reatword{}{\\reatknown{002D}{-\\/}"
		    "\\reatchar{6620}{\xe6\x98\xa0}} \\_"},
		{"\xd7\x90", "\\reatword{;script=hebr}{\\reatchar{05D0}"
		    "{\xd7\x90}}"},
		{"\xd8\xa7\xe2\x88\x92", "\\reatword{;script=arab}{"
		    "\\reatchar{0627}{\xd8\xa7}\\reatknown{2212}{$-$}}"},
		{"1,2\xd7\x90(", "\\reatword{;script=hebr}{\\reatright{"
		    "\\reatknown{0031}{1}\\reatknown{002C}{,\\/}"
		    "\\reatknown{0032}{2}}\\reatchar{05D0}{\xd7\x90}"
		    "\\reatknown{0028}{(}}"},
		{"\xe2\x80\xae", "\\textbackslash{}u\\{202e\\}"},
	};

	for (size_t i = 0; i < sizeof xml / sizeof *xml; i++)
		CHECK(becomes(markup_xml, xml[i][0], xml[i][1]),
		    "XML escapes, %zu", i);
	for (size_t i = 0; i < sizeof latex / sizeof *latex; i++)
		CHECK(becomes(markup_latex, latex[i][0], latex[i][1]),
		    "LaTeX escapes, %zu", i);
}

/* WCAG AA for text of any size is 4.5. */
static void
test_contrast(void)
{
	static const char *const palettes[] = {
		"share/palettes/blue-orange.yaml",
		"share/palettes/blue-orange-dark.yaml",
		"share/palettes/paper.yaml",
	};
	static const struct colour black = {0, 0, 0}, white = {255, 255, 255};

	for (size_t i = 0; i < sizeof palettes / sizeof *palettes; i++) {
		struct palette p;
		double worst = 21;
		int status;

		if (!palette_read(arena, palettes[i], &p, &status))
			continue;
		for (int k = -PALETTE_SHADES; k <= PALETTE_SHADES; k++) {
			struct colour c = palette_colour(&p,
			    (double)k / PALETTE_SHADES);
			double ratio = palette_contrast(c,
			    palette_black_on(c) ? black : white);

			worst = ratio < worst ? ratio : worst;
		}
		CHECK(worst >= 4.5, "text can be read on each shade of %s: "
		    "%.2f", palettes[i], worst);
	}
}

static void
test_shades(void)
{
	char name[4];

	CHECK(palette_shade(0) == 0 && palette_shade(-0.03) == 0 &&
	    palette_shade(0.5) == 8 && palette_shade(-1) == -16 &&
	    palette_shade(7) == 16 && palette_shade(-7) == -16,
	    "shares have the nearest shade");
	CHECK(strcmp(markup_shade_name(0, name), "z") == 0 &&
	    strcmp(markup_shade_name(-16, name), "a16") == 0 &&
	    strcmp(markup_shade_name(3, name), "f3") == 0,
	    "shades have names");
}

static struct score_row rows[8];	/* of the picture */
static size_t n_rows;

static void
add(const char *level, int first, int last, const char *score,
    const char *text)
{
	struct place at = {"test", 1};
	const char *ids = first == 0 ? "_\t_" : mem_printf(arena, "%d\t%d",
	    first, last);
	const char *line = mem_printf(arena, "d\tc\t%s\t%s\tm\treat\t_\t0.5"
	    "\t%s\t%s", level, ids, score, text);

	n_rows += score_parse(text_of(line), at, &rows[n_rows]);
}

static void
test_grids(void)
{
	struct picture_choice all = {0};
	struct picture p;
	struct grid *g;
	size_t n;

	picture_init(&p);
	add("word", 1, 1, "1", "a");
	add("word", 2, 2, "-1234.5", "abcdefghij");
	add("pair", 1, 2, "3", "a abcdefghij");
	add("logit", 0, 0, "0", "_");
	picture_make(&p, rows, n_rows, &all);
	g = markup_grids(&p, 4, 4, &n);
	CHECK(n == 1 && g[0].rows == 2 && g[0].T == 4,
	    "levels of the same words are one grid, long words are cut");
	CHECK(text_is(g[0].row[0].word[1], "abcd") &&
	    text_is(g[0].row[1].word[3], "ij"), "the pieces are in order");
	CHECK(!g[0].joined[0] && !g[0].joined[1] && g[0].joined[2] &&
	    g[0].joined[3], "pieces know the word before");
	CHECK(grid_run(&g[0].row[0], 0, 4) == 1 &&
	    grid_run(&g[0].row[0], 1, 4) == 4 &&
	    grid_run(&g[0].row[1], 0, 4) == 4 &&
	    grid_run(&g[0].row[1], 0, 2) == 2, "spans run over columns");
	CHECK(g[0].columns[0] == 2, "a word is as wide as its number");
	CHECK(g[0].ends[0] == 1 && g[0].ends[2] == 0 && g[0].ends[3] == 2,
	    "spans end with their last piece");
	CHECK(grid_band(&g[0], 0, 100, 1, 1) == 4 &&
	    grid_band(&g[0], 0, 3, 1, 1) == 1, "bands: all, and at least one");

	n_rows = 0;
	add("word", 1, 1, "1", "a");
	add("word", 3, 3, "1", "c");
	add("pair", 1, 2, "3", "a b");
	add("logit", 0, 0, "0", "_");
	picture_make(&p, rows, n_rows, &all);
	g = markup_grids(&p, 4, 4, &n);
	CHECK(n == 2 && g[0].T == 3 && g[1].T == 2 &&
	    text_is(g[0].row[0].word[1], "...") &&
	    g[0].row[0].span[1] == NULL,
	    "levels of different words are a grid each, with gaps");
	picture_free(&p);
}

int
main(void)
{
	arena = mem_arena();
	test_escapes();
	test_contrast();
	test_shades();
	test_grids();
	mem_free(arena);
	return check_done();
}
