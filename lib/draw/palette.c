/* SPDX-License-Identifier: ISC */
#include "draw/palette.h"

#include <math.h>
#include <stdlib.h>

#include "base/conf.h"
#include "base/conf_value.h"
#include "base/mem.h"
#include "base/share.h"

static const char *const ansi_names[16] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
	"bright black", "bright red", "bright green", "bright yellow",
	"bright blue", "bright magenta", "bright cyan", "bright white",
};

/* #rrggbb */
static bool
read_colour(const struct conf *c, struct colour *colour)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	unsigned v[6];
	bool good = c->kind == CONF_SCALAR && c->scalar.n == 7 &&
	    c->scalar.s[0] == '#';

	for (int i = 0; i < 6 && good; i++) {
		unsigned k = 0;

		while (digits[k] != '\0' && digits[k] != c->scalar.s[i + 1])
			k++;
		good = digits[k] != '\0';
		v[i] = k < 16 ? k : k - 6;
	}
	if (!good)
		return bad(c->at, "expected a colour, such as '#1f5fa8', in "
		    "quotes");
	*colour = (struct colour){(unsigned char)(16 * v[0] + v[1]),
	    (unsigned char)(16 * v[2] + v[3]),
	    (unsigned char)(16 * v[4] + v[5])};
	return true;
}

static bool
read_ansi(const struct conf *c, int *number)
{
	for (int i = 0; i < 16; i++)
		if (c->kind == CONF_SCALAR &&
		    text_is(c->scalar, ansi_names[i])) {
			*number = i;
			return true;
		}
	return bad(c->at, "expected one of the 16 colours, such as blue or "
	    "bright blue");
}

/* The list of 1 to PALETTE_STOPS values under key, or NULL with a message. */
static const struct conf *
list_at(const struct conf *map, const char *key)
{
	const struct conf *c = conf_get(map, key);

	if (c != NULL && c->kind == CONF_LIST && c->n >= 1 &&
	    c->n <= PALETTE_STOPS)
		return c;
	bad(c == NULL ? map->at : c->at, "%s: expected a list of 1 to %d "
	    "colours", key, PALETTE_STOPS);
	return NULL;
}

/* A number of xterm's fixed colours; the first 16 are the user's theme. */
static bool
read_xterm(const struct conf *c, int *number)
{
	size_t v;

	if (c->kind != CONF_SCALAR || !text_to_size(c->scalar, &v) ||
	    v < 16 || v > 255)
		return bad(c->at, "expected one of the 256 colours, a number "
		    "from 16 to 255");
	*number = (int)v;
	return true;
}

static bool
read_side(const struct conf *map, struct palette *p, enum palette_side side)
{
	static const char *const keys[2][3] = {
		[PALETTE_FOR] = {"for", "256 for", "16 for"},
		[PALETTE_AGAINST] = {"against", "256 against", "16 against"},
	};
	const struct conf *list[3];

	for (int k = 0; k < 3; k++)
		if ((list[k] = list_at(map, keys[side][k])) == NULL)
			return false;
	p->stops[side] = (int)list[0]->n;
	p->xterms[side] = (int)list[1]->n;
	p->ansis[side] = (int)list[2]->n;
	for (size_t i = 0; i < list[0]->n; i++)
		if (!read_colour(list[0]->child[i], &p->stop[side][i]))
			return false;
	for (size_t i = 0; i < list[1]->n; i++)
		if (!read_xterm(list[1]->child[i], &p->xterm[side][i]))
			return false;
	for (size_t i = 0; i < list[2]->n; i++)
		if (!read_ansi(list[2]->child[i], &p->ansi[side][i]))
			return false;
	return true;
}

/* The value under key, or NULL with a message. */
static const struct conf *
value_at(const struct conf *map, const char *key)
{
	const struct conf *c = conf_get(map, key);

	if (c == NULL)
		bad(map->at, "no key \"%s\", expected a colour", key);
	return c;
}

bool
palette_read(struct arena *arena, const char *path, struct palette *p,
    int *status)
{
	static const char *const keys[] = {"neutral", "for", "against",
	    "256 neutral", "256 for", "256 against", "16 for", "16 against",
	    NULL};
	const struct conf *map = conf_read(arena, path, status), *c;

	if (map == NULL)
		return false;
	*status = STATUS_DATA;
	if (map->kind != CONF_MAP)
		return bad(map->at, "no keys, expected neutral, for, ...");
	return conf_known(map, keys) &&
	    (c = value_at(map, "neutral")) != NULL &&
	    read_colour(c, &p->neutral) &&
	    (c = value_at(map, "256 neutral")) != NULL &&
	    read_xterm(c, &p->xterm_neutral) &&
	    read_side(map, p, PALETTE_FOR) &&
	    read_side(map, p, PALETTE_AGAINST);
}

const struct palette *
palette_find(struct arena *arena, const char *name, bool dark)
{
	struct palette *p = MEM_NEW(arena, 1, struct palette);
	int status;

	if (name == NULL)
		name = dark ? "blue-orange-dark" : "blue-orange";
	if (!palette_read(arena, share_find(arena, SHARE_PALETTE, name), p,
	    &status))
		exit(status);
	return p;
}

static unsigned char
mix(unsigned char a, unsigned char b, double share)
{
	return (unsigned char)lround(a + (b - a) * share);
}

/* |share|, at most 1; 0 if the share is NaN. */
static double
size_of(double share)
{
	double size = fabs(share);

	return size > 1 ? 1 : size > 0 ? size : 0;
}

struct colour
palette_colour(const struct palette *p, double share)
{
	enum palette_side side = share < 0 ? PALETTE_AGAINST : PALETTE_FOR;
	double way = size_of(share) * p->stops[side];
	int k = (int)way;	/* mix stops k and k + 1; stop 0 is neutral */
	struct colour a = k == 0 ? p->neutral : p->stop[side][k - 1];
	struct colour b = k < p->stops[side] ? p->stop[side][k] : a;

	way -= k;
	return (struct colour){mix(a.r, b.r, way), mix(a.g, b.g, way),
	    mix(a.b, b.b, way)};
}

/*
 * The step of a share: 1 to n, or 0 for neutral.  The scale from -1 to 1 has
 * 2 n + 1 equal parts, one for each step of both sides and one for neutral.
 */
static int
step(double share, int n)
{
	int k = ((int)(size_of(share) * (2 * n + 1)) + 1) / 2;

	return k > n ? n : k;
}

int
palette_16(const struct palette *p, double share)
{
	enum palette_side side = share < 0 ? PALETTE_AGAINST : PALETTE_FOR;
	int k = step(share, p->ansis[side]);

	return k == 0 ? PALETTE_NONE : p->ansi[side][k - 1];
}

int
palette_256(const struct palette *p, double share)
{
	enum palette_side side = share < 0 ? PALETTE_AGAINST : PALETTE_FOR;
	int k = step(share, p->xterms[side]);

	return k == 0 ? p->xterm_neutral : p->xterm[side][k - 1];
}

int
palette_shade(double share)
{
	int k = (int)lround(size_of(share) * PALETTE_SHADES);

	return share < 0 ? -k : k;
}

struct colour
palette_xterm(int number)
{
	static const struct colour basic[16] = {
		{0, 0, 0}, {205, 0, 0}, {0, 205, 0}, {205, 205, 0},
		{0, 0, 238}, {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
		{127, 127, 127}, {255, 0, 0}, {0, 255, 0}, {255, 255, 0},
		{92, 92, 255}, {255, 0, 255}, {0, 255, 255}, {255, 255, 255},
	};
	static const unsigned char level[6] = {0, 95, 135, 175, 215, 255};
	unsigned char grey;

	if (number < 16)
		return basic[number];
	if (number < 232) {
		number -= 16;
		return (struct colour){level[number / 36],
		    level[number / 6 % 6], level[number % 6]};
	}
	grey = (unsigned char)(8 + 10 * (number - 232));
	return (struct colour){grey, grey, grey};
}

/* WCAG 2.2, relative luminance. */
static double
luminance(struct colour c)
{
	static const double weight[3] = {0.2126, 0.7152, 0.0722};
	const double v[3] = {c.r / 255.0, c.g / 255.0, c.b / 255.0};
	double sum = 0;

	for (int i = 0; i < 3; i++)
		sum += weight[i] * (v[i] <= 0.04045 ? v[i] / 12.92 :
		    pow((v[i] + 0.055) / 1.055, 2.4));
	return sum;
}

double
palette_contrast(struct colour a, struct colour b)
{
	double la = luminance(a) + 0.05, lb = luminance(b) + 0.05;

	return la > lb ? la / lb : lb / la;
}

bool
palette_black_on(struct colour c)
{
	static const struct colour black = {0, 0, 0}, white = {255, 255, 255};

	return palette_contrast(black, c) > palette_contrast(white, c);
}
