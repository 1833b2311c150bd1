/* SPDX-License-Identifier: ISC */
#include "annotate/entities.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "annotate/rewrite.h"
#include "base/conf.h"
#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"

enum { NAME_MOST = 32 };	/* bytes of a name */

struct entities {
	struct dict *name;
	struct text *text;		/* [size of name] */
};

/* The code points of the bytes 128 to 159 in Windows-1252; 0: a control. */
static const uint16_t windows[32] = {
	0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0,
	0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
};

static bool
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* ---- the map of names ---- */

static bool
check_name(struct text name)
{
	if (name.n == 0 || name.n > NAME_MOST || !is_letter(name.s[0]))
		return false;
	for (size_t i = 1; i < name.n; i++)
		if (!is_letter(name.s[i]) && !is_digit(name.s[i]))
			return false;
	return true;
}

/* The characters are not longer than "&name;", so that no text grows. */
static bool
check_text(struct text name, const struct conf *c)
{
	return c->kind == CONF_SCALAR && c->scalar.n > 0 &&
	    c->scalar.n <= name.n + 2 && !utf8_has_control(c->scalar) &&
	    memchr(c->scalar.s, '\t', c->scalar.n) == NULL;
}

struct entities *
entities_read(struct arena *arena, const struct conf *c)
{
	struct entities *e;

	if (c->kind != CONF_MAP) {
		bad(c->at, "entities: expected a map from names to "
		    "characters: {amp: '&'}");
		return NULL;
	}
	for (size_t i = 0; i < c->n; i++) {
		struct place at = c->child[i]->at;

		if (!check_name(c->key[i])) {
			bad(at, "entities: the name \"%.*s\", expected a "
			    "letter, then letters and digits, at most %d",
			    TEXT_ARGS(c->key[i]), NAME_MOST);
			return NULL;
		}
		if (!check_text(c->key[i], c->child[i])) {
			bad(at, "entities: %.*s: expected characters, without "
			    "controls and at most %zu bytes",
			    TEXT_ARGS(c->key[i]), c->key[i].n + 2);
			return NULL;
		}
	}
	e = mem_calloc(1, sizeof *e);
	e->name = dict_new();
	e->text = MEM_NEW(arena, c->n, struct text);
	for (size_t i = 0; i < c->n; i++)	/* no key occurs twice */
		e->text[dict_add(e->name, c->key[i])] = c->child[i]->scalar;
	return e;
}

void
entities_free(struct entities *e)
{
	if (e == NULL)
		return;
	dict_free(e->name);
	free(e);
}

/* ---- references ---- */

static bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

/* The value of a digit of this base, or -1. */
static int
digit(char c, uint32_t base)
{
	if (is_digit(c))
		return c - '0';
	if (base == 16 && c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (base == 16 && c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/*
 * Read a number and its semicolon; a begins after "&#".  Writes the character
 * to to.  Returns the length of what was read, or 0.
 */
static size_t
read_number(struct text a, char to[4], size_t *bytes)
{
	bool hex = a.n > 0 && (a.s[0] == 'x' || a.s[0] == 'X');
	uint32_t base = hex ? 16 : 10, code = 0;
	size_t i = hex;

	for (; i < a.n && digit(a.s[i], base) >= 0; i++)
		if (code <= 0x10ffff)	/* more stays more */
			code = code * base + (uint32_t)digit(a.s[i], base);
	if (i == (size_t)hex || i == a.n || a.s[i] != ';' || code == 0 ||
	    code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
		return 0;
	if (code >= 0x80 && code < 0xa0 && windows[code - 0x80] != 0)
		code = windows[code - 0x80];
	*bytes = utf8_encode(is_control(code) ? ' ' : code, to);
	return i + 1;
}

/*
 * Read the reference at the start of a, an ampersand.  *character is what it
 * stands for, and can be in to.  Returns the reference's length, or 0.
 */
static size_t
read_reference(const struct entities *e, struct text a, char to[4],
    struct text *character)
{
	size_t i = 1, n;
	int32_t number;

	if (a.n > 1 && a.s[1] == '#') {
		n = read_number((struct text){a.s + 2, a.n - 2}, to,
		    &character->n);
		character->s = to;
		return n == 0 ? 0 : n + 2;
	}
	while (i < a.n && i <= NAME_MOST &&
	    (is_letter(a.s[i]) || is_digit(a.s[i])))
		i++;
	if (i == a.n || a.s[i] != ';')
		return 0;
	number = dict_find(e->name, (struct text){a.s + 1, i - 1});
	if (number == DICT_NONE)
		return 0;
	*character = e->text[number];
	return i + 1;
}

void
entities_apply(const struct entities *e, struct rewrite_buffer *text,
    struct rewrite_buffer *spare)
{
	size_t done = 0, i = 0, n;

	spare->n = 0;
	while (i < text->n) {
		const char *found = memchr(text->s + i, '&', text->n - i);
		struct text character;
		char to[4];

		if (found == NULL)
			break;
		i = (size_t)(found - text->s);
		n = read_reference(e, (struct text){found, text->n - i}, to,
		    &character);
		if (n == 0) {
			i++;
			continue;
		}
		rewrite_copy(spare, text, done, i);
		rewrite_literal(spare, character, (struct rewrite_source){
		    text->source[i].first, text->source[i + n - 1].end});
		done = i += n;
	}
	if (done == 0)
		return;
	rewrite_copy(spare, text, done, text->n);
	rewrite_swap(text, spare);
}
