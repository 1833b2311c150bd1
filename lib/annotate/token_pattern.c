/* SPDX-License-Identifier: ISC */
/*
 * Regular expressions over tokens, run by an engine for bytes.
 *
 * A set with 8 atoms has 2 bytes a token.  With f0 .. f7 for the flags, and 1
 * and 0 for bit 7, a token is
 *
 *     1 f6 f5 f4 f3 f2 f1 f0   0 0 0 0 0 0 0 f7
 *
 * and a pattern is translated piece by piece, from left to right:
 *
 *     <f1>        (?:[\x82-\x83\x86-\x87...].{1})     byte 1 has bits 7 and 1
 *     <f7>        (?:[\x80-\xff][\x01-\x01\x03...])    byte 2 has bit 0
 *     .           (?:[\x80-\xff].{1})
 *     <f1>+       the same as <f1>, then +
 *     (   ^   $   (?:   \A   \z
 *
 * An atom of several bytes is a group of its own, so that a quantifier after it
 * repeats the token and not its last byte.  Each begins with a byte that has
 * bit 7, so a match begins with a token, and ends with one.
 *
 * Easy to get wrong: the number of bytes depends on all atoms of the level, so
 * a pattern is translated twice (token_pattern.h).  $ is \z, because PCRE2's $
 * also matches before a last \n, and flags may be this byte.  ( is (?:, because
 * the rules of a level are joined and numbers of groups would shift.  Of ? and
 * +, the first after an item repeats it, the second makes that lazy or
 * possessive, and a third is an error: enum before.
 */
#include "annotate/token_pattern.h"

#include <stdint.h>
#include <stdlib.h>

#include "annotate/atoms.h"
#include "base/output.h"

/* The piece before the next byte, for the quantifiers. */
enum before {
	BEFORE_NOTHING,		/* nothing to repeat */
	BEFORE_ITEM,		/* an atom or a group */
	BEFORE_COUNTED,		/* an item with a quantifier */
};

struct scan {
	struct atoms *atoms;
	struct text pattern;
	struct place at;
	size_t i;		/* the next byte */
	struct output *to;
	enum before before;
	size_t depth;		/* groups that are open */
};

/* Longest first. */
static const struct opener {
	const char *from, *to;
} openers[] = {
	{"(?<=", "(?<="}, {"(?<!", "(?<!"}, {"(?:", "(?:"}, {"(?=", "(?="},
	{"(?!", "(?!"},
};

static struct text
rest(const struct scan *s)
{
	return (struct text){s->pattern.s + s->i, s->pattern.n - s->i};
}

static bool
wrong(const struct scan *s, const char *what)
{
	return bad(s->at, "pattern at \"%.*s\": %s", TEXT_ARGS(rest(s)), what);
}

static bool
open_group(struct scan *s)
{
	size_t n = sizeof openers / sizeof *openers;

	s->before = BEFORE_NOTHING;
	s->depth++;
	for (size_t k = 0; k < n; k++)
		if (text_starts(rest(s), openers[k].from)) {
			output_string(s->to, openers[k].to);
			s->i += text_of(openers[k].from).n;
			return true;
		}
	if (text_starts(rest(s), "(?") || text_starts(rest(s), "(*"))
		return wrong(s, "no such group, expected ( (?: (?= (?! (?<= "
		    "or (?<!");
	output_string(s->to, "(?:");	/* what it matched is not used */
	s->i++;
	return true;
}

static bool
close_group(struct scan *s)
{
	if (s->depth == 0)
		return wrong(s, "no group is open");
	s->depth--;
	s->before = BEFORE_ITEM;
	output_char(s->to, s->pattern.s[s->i++]);
	return true;
}

/* Read * + or ?: a quantifier, or what makes one lazy or possessive. */
static bool
quantify(struct scan *s)
{
	char c = s->pattern.s[s->i];

	if (s->before == BEFORE_NOTHING || (s->before == BEFORE_COUNTED &&
	    c == '*'))
		return wrong(s, "nothing to repeat, expected an atom or a "
		    "group before it");
	s->before = s->before == BEFORE_ITEM ? BEFORE_COUNTED : BEFORE_NOTHING;
	output_char(s->to, c);
	s->i++;
	return true;
}

/* Read {n}, {n,} or {n,m}; blanks inside are ignored. */
static bool
count(struct scan *s)
{
	struct text body = rest(s), low, high;
	size_t n, m = 0;
	const char *p = s->pattern.s + s->i;

	while (body.n > 0 && *p != '}') {
		p++;
		body.n--;
	}
	if (s->before != BEFORE_ITEM)
		return wrong(s, "nothing to repeat, expected an atom or a "
		    "group before it");
	if (body.n == 0)
		return wrong(s, "no } closes it, expected {2}, {2,} or {2,3}");
	body = (struct text){s->pattern.s + s->i + 1,
	    (size_t)(p - s->pattern.s) - s->i - 1};
	high = body;
	low = text_trim(text_cut(&high, ','));
	if (!text_to_size(low, &n) || n > 65535 || (high.s != NULL &&
	    text_trim(high).n > 0 && (!text_to_size(text_trim(high), &m) ||
	    m > 65535 || m < n)))
		return wrong(s, "not a count, expected {2}, {2,} or {2,3} up "
		    "to 65535");
	output_printf(s->to, "{%zu", n);
	if (high.s != NULL) {
		output_char(s->to, ',');
		if (text_trim(high).n > 0)
			output_size(s->to, m);
	}
	output_char(s->to, '}');
	s->before = BEFORE_COUNTED;
	s->i = (size_t)(p - s->pattern.s) + 1;
	return true;
}

static bool
atom(struct scan *s)
{
	int32_t number = atoms_add(s->atoms, s->pattern, &s->i, s->at);

	if (number == ATOMS_BAD)
		return false;
	atoms_class(s->atoms, number, s->to);
	s->before = BEFORE_ITEM;
	return true;
}

/* Read | ^ $ or . */
static bool
plain(struct scan *s)
{
	char c = s->pattern.s[s->i++];

	s->before = c == '.' ? BEFORE_ITEM : BEFORE_NOTHING;
	switch (c) {
	case '.':
		atoms_class(s->atoms, ATOMS_ANY, s->to);
		break;
	case '^':
		output_string(s->to, "\\A");
		break;
	case '$':
		output_string(s->to, "\\z");	/* a flag byte may be \n */
		break;
	default:
		output_char(s->to, c);
	}
	return true;
}

static bool
blank(struct scan *s)
{
	s->i++;
	return true;
}

static const struct {
	const char *bytes;
	bool (*read)(struct scan *);
} readers[] = {
	{"<", atom}, {"(", open_group}, {")", close_group}, {"*+?", quantify},
	{"{", count}, {"|^$.", plain}, {" \n", blank},
};

/* Read the next piece of the pattern. */
static bool
step(struct scan *s)
{
	char c = s->pattern.s[s->i];

	for (size_t k = 0; k < sizeof readers / sizeof *readers; k++)
		for (const char *p = readers[k].bytes; *p != '\0'; p++)
			if (*p == c)
				return readers[k].read(s);
	return wrong(s, "not allowed outside an atom, expected <NOUN> or one "
	    "of ( ) | * + ? { } ^ $ .");
}

bool
token_pattern_translate(struct atoms *atoms, struct text pattern,
    struct place at, struct output *to)
{
	struct scan s = {atoms, pattern, at, 0, to, BEFORE_NOTHING, 0};

	if (text_trim(pattern).n == 0)
		return bad(at, "an empty pattern, expected atoms such as "
		    "<NOUN>");
	while (s.i < pattern.n)
		if (!step(&s))
			return false;
	return s.depth == 0 || bad(at, "pattern \"%.*s\": %zu ) missing at "
	    "its end", TEXT_ARGS(pattern), s.depth);
}

size_t
token_pattern_origin(struct atoms *atoms, struct text pattern, size_t offset)
{
	struct output to = output_to(-1, "a pattern");
	struct scan s = {atoms, pattern, {0}, 0, &to, BEFORE_NOTHING, 0};
	size_t last = 0;

	while (s.i < pattern.n && to.n <= offset) {
		last = s.i;
		if (!step(&s))
			break;
	}
	free(to.buf);
	return last;
}
