/* SPDX-License-Identifier: ISC */
/* display, pen, palette, picture, view_ansi: what a terminal gets. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/display.h"
#include "base/err.h"
#include "base/hidden.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "check.h"
#include "draw/ansi.h"
#include "draw/palette.h"
#include "draw/picture.h"

static const char *const palettes[] = {
	"share/palettes/blue-orange.yaml",
	"share/palettes/blue-orange-dark.yaml",
	"share/palettes/paper.yaml",
};

enum { N_PALETTES = sizeof palettes / sizeof *palettes };

static struct arena *arena;

static void
test_columns(void)
{
	static const struct {
		const char *s;
		size_t columns, clusters;
	} samples[] = {
		{"", 0, 0}, {"movie", 5, 5}, {"\xe6\x98\xa0\xe7\x94\xbb", 4, 2},
		{"Cafe\xcc\x81", 4, 4}, {"e\xcc\x81\xcc\xa3", 1, 1},
		{"\xe2\x9d\xa4\xef\xb8\x8f", 2, 1},		/* red heart */
		{"\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa", 2, 1},	/* a flag */
		{"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", 4, 1},
		{"\xf0\x9f\x91\x8d\xf0\x9f\x8f\xbd", 4, 1},	/* skin */
		{"\xcc\x81", 0, 1},
	};

	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct text a = text_of(samples[i].s);
		size_t clusters = 0;

		CHECK(display_columns(a) == samples[i].columns,
		    "columns of sample %zu", i);
		for (size_t k = 0; k < a.n; clusters++)
			k += utf8_cluster((struct text){a.s + k, a.n - k});
		CHECK(clusters == samples[i].clusters,
		    "clusters of sample %zu", i);
	}
}

static void
test_clean(void)
{
	struct text plain = TEXT("caf\xc3\xa9 \xe6\x98\xa0");
	struct text dirty = TEXT("\x1b[2J\a\x7f\xc2\x9b\xe2\x80\xae.");
	struct text emoji = TEXT("\xe2\x9d\xa4\xef\xb8\x8f\xe2\x80\x8d"
	    "\xf0\x9f\x94\xa5");
	struct text a = display_clean(arena, plain);
	char marks[80];
	size_t controls = 0;
	uint32_t c;

	CHECK(a.s == plain.s && a.n == plain.n, "clean text is left alone");
	a = display_clean(arena, dirty);
	CHECK(text_is(a, "\xe2\x90\x9b[2J\xe2\x90\x87\xe2\x90\xa1\\u{9b}"
	    "\\u{202e}."), "controls are shown");
	CHECK(text_is(display_clean(arena, TEXT("a\xe2\x80\x8b"
	    "\xc2\xad\xf3\xa0\x81\xa1")), "a\\u{200b}\\u{ad}\\u{e0061}"),
	    "and characters without a glyph");
	/* 2 bytes become 7; the next object does not lie on the last ones */
	for (size_t i = 0; i < sizeof marks; i += 2)
		memcpy(marks + i, "\xd8\x9c", 2);
	a = display_clean(arena, (struct text){marks, sizeof marks});
	mem_alloc(arena, 64, 1);
	CHECK(a.n == 280 && memcmp(a.s + 273, "\\u{61c}", 7) == 0,
	    "all that they become fits");
	CHECK(display_clean(arena, emoji).s == emoji.s,
	    "joiners and variation selectors stay");
	for (uint32_t code = 1; code < 0x11000; code++) {
		char bytes[4];
		size_t n = utf8_encode(code, bytes);

		if (code >= 0xd800 && code < 0xe000)
			continue;
		a = display_clean(arena, (struct text){bytes, n});
		for (size_t i = 0; i < a.n; ) {
			i += utf8_decode((struct text){a.s + i, a.n - i}, &c);
			controls += hidden_control(c);
		}
	}
	CHECK(controls == 0, "no control of any kind comes through");
}

static void
test_fitting(void)
{
	struct text t = TEXT("one two three");

	CHECK(display_fitting(t, 13) == 13, "all fits");
	CHECK(display_fitting(t, 12) == 7, "up to the last blank");
	CHECK(display_fitting(t, 7) == 7, "to the very end of a word");
	CHECK(display_fitting(t, 6) == 3, "up to the first blank");
	CHECK(display_fitting(t, 2) == 2, "inside a word");
	CHECK(display_fitting(TEXT("e\xcc\x81\xcc\xa3x"), 1) == 5,
	    "marks stay with their letter");
	CHECK(display_fitting(TEXT("\xe6\x98\xa0\xe7\x94\xbb"), 3) == 3,
	    "half a wide letter is none");
	CHECK(display_fitting(TEXT("\xe6\x98\xa0\xe7\x94\xbb"), 1) == 3,
	    "one letter in any case");
}

static void
test_palette(const char *path)
{
	struct palette p;
	struct colour last, black = {0, 0, 0}, white = {255, 255, 255};
	double least = 21;
	bool steady = true;
	int status;

	CHECK(palette_read(arena, path, &p, &status), "%s is read", path);
	last = palette_colour(&p, 0);
	CHECK(memcmp(&last, &p.neutral, sizeof last) == 0, "0 is neutral");
	last = palette_colour(&p, 1);
	CHECK(memcmp(&last, &p.stop[PALETTE_FOR][p.stops[PALETTE_FOR] - 1],
	    sizeof last) == 0, "1 is the last stop");
	for (int side = -1; side <= 1; side += 2) {
		struct colour beyond = palette_colour(&p, side * 1e30);

		last = palette_colour(&p, side);
		CHECK(memcmp(&last, &beyond, sizeof last) == 0 &&
		    palette_256(&p, side) == palette_256(&p, side * 1e30) &&
		    palette_16(&p, side) == palette_16(&p, side * 1e30),
		    "what lies beyond the scale has full colour");
	}
	for (int i = -1000; i <= 1000; i++) {
		struct colour c[3] = {palette_colour(&p, i / 1000.0),
		    palette_xterm(palette_256(&p, i / 1000.0))};
		int basic = palette_16(&p, i / 1000.0);
		double jump = 0;

		c[2] = basic == PALETTE_NONE ? black : palette_xterm(basic);
		for (int k = 0; k < 3; k++) {
			double contrast = palette_contrast(c[k],
			    palette_black_on(c[k]) ? black : white);

			least = contrast < least ? contrast : least;
		}
		if (i > -1000)
			jump = palette_contrast(last, c[0]);
		steady = steady && jump < 1.02;
		last = c[0];
	}
	CHECK(least >= 4.5, "text has WCAG's contrast on all colours: %.2f",
	    least);
	CHECK(steady, "near scores have near colours");
	CHECK(palette_16(&p, 0) == PALETTE_NONE && palette_16(&p, 1) !=
	    palette_16(&p, -1) && palette_256(&p, 1) != palette_256(&p, -1),
	    "for and against differ");
}

/*
 * Colours as a dichromat sees them, in linear light: Vienot, Brettel and
 * Mollon 1999, for missing long (protan) and medium (deutan) cones.
 */
static void
dichromat(struct colour c, bool protan, double seen[3])
{
	static const double matrix[2][3][3] = {
		{{0.29275, 0.70725, 0}, {0.29275, 0.70725, 0},
		    {-0.02234, 0.02234, 1}},
		{{0.11238, 0.88762, 0}, {0.11238, 0.88762, 0},
		    {0.00401, -0.00401, 1}},
	};
	const double v[3] = {pow(c.r / 255.0, 2.2), pow(c.g / 255.0, 2.2),
	    pow(c.b / 255.0, 2.2)};

	for (int i = 0; i < 3; i++) {
		seen[i] = 0;
		for (int k = 0; k < 3; k++)
			seen[i] += matrix[protan][i][k] * v[k];
	}
}

/* The least difference of equally strong scores for and against. */
static double
told_apart(const char *path)
{
	struct palette p;
	double least = 1e9;
	int status;

	palette_read(arena, path, &p, &status);
	for (int i = 2; i <= 20; i++)
		for (int protan = 0; protan < 2; protan++) {
			double a[3], b[3], sum = 0;

			dichromat(palette_colour(&p, i / 20.0), protan, a);
			dichromat(palette_colour(&p, -i / 20.0), protan, b);
			for (int k = 0; k < 3; k++)
				sum += (cbrt(a[k]) - cbrt(b[k])) *
				    (cbrt(a[k]) - cbrt(b[k]));
			least = fmin(least, sqrt(sum) / (i / 20.0));
		}
	return least;
}

static void
test_colour_blind(void)
{
	double safe = told_apart(palettes[0]), dark = told_apart(palettes[1]);
	double paper = told_apart(palettes[2]);

	CHECK(safe > 2 * paper && dark > 2 * paper,
	    "dichromats tell the default's sides apart better than the "
	    "paper's: %.2f, %.2f, %.2f", safe, dark, paper);
}

static struct score_row rows[40];	/* of the picture */
static size_t n_rows;

static void
add_line(const char *line)
{
	struct place at = {"test", 1};

	n_rows += score_parse(text_of(line), at, &rows[n_rows]);
}

static void
add_row(const char *level, size_t first, size_t last, const char *text)
{
	add_line(mem_printf(arena, "d\tc\t%s\t%zu\t%zu\tm\treat\t_\t0.5\t%d"
	    "\t%s", level, first, last, (int)(first % 7) - 3, text));
}

/* A picture of these texts as words, and of their pairs. */
static void
make_picture(struct picture *p, const char *const texts[], size_t n)
{
	struct picture_choice all = {0};

	n_rows = 0;
	for (size_t i = 0; i < n; i++)
		add_row("word", i + 1, i + 1, texts[i]);
	for (size_t i = 0; i + 1 < n; i += 2)
		add_row("pair", i + 1, i + 2, mem_printf(arena, "%s %s",
		    texts[i], texts[i + 1]));
	add_line("d\tc\tlogit\t_\t_\tm\treat\t_\t0.5\t1\t_");
	picture_make(p, rows, n_rows, &all);
}

/* True if no line is wider than width; escape sequences take no columns. */
static bool
is_within(const char *s, size_t n, size_t width)
{
	size_t from = 0;
	char *line = mem_alloc(arena, n + 1, 1);

	for (size_t i = 0; i < n; i++)
		if (s[i] == '\033') {
			while (s[i] != 'm')
				i++;
		} else if (s[i] == '\n') {
			if (display_columns((struct text){line, from}) > width)
				return false;
			from = 0;
		} else {
			line[from++] = s[i];
		}
	return from == 0;
}

static void
draw_one(const struct style *style, const struct picture *p, struct output *o)
{
	struct drawing d;

	drawing_begin(&d, &view_ansi, style, o);
	drawing_add(&d, p);
	drawing_end(&d);
}

static void
test_widths(void)
{
	static const char *const texts[] = {
		"a", "The fight scenes", "incomprehensibilities", "",
		"\xe6\x98\xa0\xe7\x94\xbb \xe3\x81\xaf \xe9\x9d\xa2\xe7\x99\xbd"
		"\xe3\x81\x84\xe9\x9d\xa2\xe7\x99\xbd\xe3\x81\x84\xe3\x81\x84",
		"e\xcc\x81\xcc\xa3" "e\xcc\x81" "e\xcc\x81" "e\xcc\x81",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb ok", "  ", " x ",
		"\x1b[31mred\x1b[0m and \xe2\x80\xae", ".",
	};
	static const char *const words[] = {
		"The", "fight", "scenes", "are", "\xe9\x9d\xa2\xe7\x99\xbd",
		"", "e\xcc\x81\xcc\xa3", "\x1b[31mred", ".", "entertaining",
		"\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb", "!",
	};
	enum { N = sizeof texts / sizeof *texts };
	enum { W = sizeof words / sizeof *words };
	struct picture p;
	struct palette palette;
	bool good = true, same = true;
	int status;

	picture_init(&p);
	palette_read(arena, palettes[0], &palette, &status);
	for (size_t width = 10; width <= 60; width++)
		for (int way = 0; way < 8; way++) {
			struct style style = {
			    .colours = (enum terminal_colours)(way / 2),
			    .width = width, .palette = &palette};
			struct output once = output_to(-1, "once");
			struct output twice = output_to(-1, "twice");

			if (way % 2 == 0)
				make_picture(&p, texts, N);
			else
				make_picture(&p, words, W);
			draw_one(&style, &p, &once);
			draw_one(&style, &p, &twice);
			good = good && is_within(once.buf, once.n, width);
			same = same && once.n == twice.n &&
			    memcmp(once.buf, twice.buf, once.n) == 0;
			free(once.buf);
			free(twice.buf);
		}
	CHECK(good, "no line is wider than 10 to 60 columns");
	CHECK(same, "drawing twice gives the same bytes");
	picture_free(&p);
}

int
main(void)
{
	arena = mem_arena();
	test_columns();
	test_clean();
	test_fitting();
	for (int i = 0; i < N_PALETTES; i++)
		test_palette(palettes[i]);
	test_colour_blind();
	test_widths();
	mem_free(arena);
	return check_done();
}
