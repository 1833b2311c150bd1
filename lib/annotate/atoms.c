/* SPDX-License-Identifier: ISC */
#include "annotate/atoms.h"

#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/dict.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "stream/block.h"

enum {
	FLAGS = 7,			/* of a byte; bit 7 marks the first */
	CACHE_TOKENS = 1 << 14,		/* the most tokens remembered */
	CACHE_BYTES = 4 << 20,		/* the most bytes of flags */
	KEY_LIMIT = 256,		/* longer tokens are not remembered */
};

/* What an atom may name before the colon; the first is the default. */
static const struct subject {
	const char *name;
	int column, other;	/* the value is in one of these, or -1 */
	bool coarse;		/* or it is the coarse tag */
	bool lower;		/* compare the column in lower case */
	bool tag;		/* a tagger sets it */
} subjects[] = {
	{"tag", CONLLU_UPOS, CONLLU_XPOS, true, false, true},
	{"coarse", -1, -1, true, false, true},
	{"upos", CONLLU_UPOS, -1, false, false, true},
	{"xpos", CONLLU_XPOS, -1, false, false, true},
	{"form", CONLLU_FORM, -1, false, false, false},
	{"lower", CONLLU_FORM, -1, false, true, false},
	{"lemma", CONLLU_LEMMA, -1, false, false, false},
	{"deprel", CONLLU_DEPREL, -1, false, false, false},
};

enum { N_SUBJECTS = sizeof subjects / sizeof *subjects };

struct atom {
	const struct subject *subject;
	bool negated;
	struct text *value;	/* [n] */
	size_t n;
};

struct atoms {
	struct arena *arena;
	const struct conf *tags;
	const struct subject *unnamed;	/* of atoms without a name */
	struct dict *source;	/* <...> -> its number */
	struct atom *atom;	/* [dict_size(source)] */
	size_t cap;
	bool used[CONLLU_COLUMNS];	/* by an atom */

	struct dict *seen;	/* the used columns -> a row of flags */
	char *flags;		/* [rows][width] */
	size_t flags_cap;
};

int
atoms_column(struct text name)
{
	for (int k = 0; k < N_SUBJECTS; k++)
		if (text_is(name, subjects[k].name))
			return k;
	return -1;
}

struct atoms *
atoms_new(const struct conf *tags, int column)
{
	struct atoms *a = mem_calloc(1, sizeof *a);

	a->arena = mem_arena();
	a->tags = tags;
	a->unnamed = &subjects[column];
	a->source = dict_new();
	a->seen = dict_new();
	return a;
}

void
atoms_free(struct atoms *a)
{
	if (a == NULL)
		return;
	mem_free(a->arena);
	dict_free(a->source);
	dict_free(a->seen);
	free(a->atom);
	free(a->flags);
	free(a);
}

/* The '>' that closes the atom at source[i], or source.n. */
static size_t
find_end(struct text source, size_t i)
{
	while (++i < source.n && source.s[i] != '>' && source.s[i] != '<')
		if (source.s[i] == '\\')
			i++;
	return i < source.n && source.s[i] == '>' ? i : source.n;
}

/* Cut the name and the colon off "lower:but".  NULL for an unknown name. */
static const struct subject *
cut_name(const struct atoms *a, struct text *body)
{
	size_t n = 0;
	int k;

	while (n < body->n && body->s[n] >= 'a' && body->s[n] <= 'z')
		n++;
	if (n == 0 || n == body->n || body->s[n] != ':')
		return a->unnamed;
	k = atoms_column((struct text){body->s, n});
	if (k < 0)
		return NULL;
	body->s += n + 1;
	body->n -= n + 1;
	return &subjects[k];
}

/* The next value of a body, without its escapes; *i is moved after its '|'. */
static struct text
cut_value(struct arena *arena, struct text body, size_t *i)
{
	char *to = mem_alloc(arena, body.n - *i + 1, 1);
	size_t n = 0, kept = 0;		/* kept: up to the last escape */

	while (*i < body.n && body.s[*i] == ' ')
		++*i;
	for (; *i < body.n && body.s[*i] != '|'; ++*i) {
		if (body.s[*i] == '\\' && *i + 1 < body.n) {
			++*i;
			kept = n + 1;
		}
		to[n++] = body.s[*i];
	}
	++*i;
	while (n > kept && to[n - 1] == ' ')
		n--;
	return (struct text){to, n};
}

/* Check that each \ is before a byte that it may escape. */
static bool
check_escapes(struct text body, struct place at)
{
	for (size_t i = 0; i < body.n; i++)
		if (body.s[i] == '\\' &&
		    (++i == body.n || strchr("|<>:!\\ ", body.s[i]) == NULL))
			return bad(at, "atom <%.*s>: \\ escapes nothing, "
			    "expected \\| \\< \\> \\: \\! or \\\\",
			    TEXT_ARGS(body));
	return true;
}

static bool
parse_atom(struct atoms *a, struct text body, struct place at,
    struct atom *atom)
{
	const struct text whole = body;
	size_t most = 1;

	if (!check_escapes(body, at))
		return false;
	atom->negated = text_starts(body, "!");
	body.s += atom->negated;
	body.n -= atom->negated;
	atom->subject = cut_name(a, &body);
	if (atom->subject == NULL)
		return bad(at, "atom <%.*s>: unknown column, expected tag, "
		    "coarse, upos, xpos, form, lower, lemma or deprel",
		    TEXT_ARGS(whole));
	for (size_t i = 0; i < body.n; i++)
		most += body.s[i] == '|';
	atom->value = MEM_NEW(a->arena, most, struct text);
	for (size_t i = 0; i <= body.n; ) {
		struct text v = cut_value(a->arena, body, &i);

		if (v.n == 0)
			return bad(at, "atom <%.*s>: an empty value, expected "
			    "<NOUN> or <NOUN|ADJ>", TEXT_ARGS(whole));
		if (atom->subject->lower &&
		    !text_equal(v, utf8_lower(a->arena, v)))
			return bad(at, "atom <%.*s>: a capital letter never "
			    "matches lower:, use lower case or form:",
			    TEXT_ARGS(whole));
		atom->value[atom->n++] = v;
	}
	return true;
}

/* Remember which columns the flags depend on. */
static void
note_columns(struct atoms *a, const struct subject *k)
{
	if (k->column >= 0)
		a->used[k->column] = true;
	if (k->other >= 0)
		a->used[k->other] = true;
	if (k->coarse)
		a->used[CONLLU_XPOS] = a->used[CONLLU_UPOS] = true;
}

int32_t
atoms_add(struct atoms *a, struct text source, size_t *i, struct place at)
{
	size_t end = find_end(source, *i);
	struct text all = {source.s + *i, source.n - *i};
	struct text body = {all.s + 1, end - *i - 1};
	struct atom atom = {0};
	int32_t number;

	if (end == source.n) {
		bad(at, "pattern at \"%.*s\": no > closes the atom, expected "
		    "<NOUN>", TEXT_ARGS(all));
		return ATOMS_BAD;
	}
	*i = end + 1;
	number = dict_find(a->source, body);
	if (number != DICT_NONE)
		return number;
	if (!parse_atom(a, body, at, &atom))
		return ATOMS_BAD;
	note_columns(a, atom.subject);
	number = dict_add(a->source, body);
	a->atom = mem_grow(a->atom, &a->cap, (size_t)number + 1,
	    sizeof *a->atom);
	a->atom[number] = atom;
	return number;
}

size_t
atoms_width(const struct atoms *a)
{
	size_t n = dict_size(a->source);

	return n == 0 ? 1 : (n + FLAGS - 1) / FLAGS;
}

bool
atoms_need_tags(const struct atoms *a)
{
	for (size_t i = 0; i < dict_size(a->source); i++)
		if (a->atom[i].subject->tag)
			return true;
	return false;
}

/* Write what matches any n bytes. */
static void
skip(struct output *to, size_t n)
{
	if (n > 0)
		output_printf(to, ".{%zu}", n);
}

void
atoms_class(const struct atoms *a, int32_t number, struct output *to)
{
	size_t width = atoms_width(a);
	size_t k = number < 0 ? 0 : (size_t)number / FLAGS;
	unsigned flag = number < 0 ? 0 : 1u << ((size_t)number % FLAGS);
	unsigned low = k == 0 ? 128 : 0;

	if (width > 1)
		output_string(to, "(?:");
	if (k > 0)
		output_string(to, "[\\x80-\\xff]");
	skip(to, k > 0 ? k - 1 : 0);
	output_char(to, '[');
	for (unsigned v = 0, end; v < 128; v = end + 1) {
		for (end = v; end < 127 && ((end + 1) & flag) == flag; )
			end++;
		if ((v & flag) == flag)
			output_printf(to, "\\x%02x-\\x%02x", low + v,
			    low + end);
		else
			end = v;
	}
	output_char(to, ']');
	skip(to, width - 1 - k);
	if (width > 1)
		output_char(to, ')');
}

/* The coarse tag of a word with these columns, or NULL. */
static struct text
coarse_of(const struct conf *tags, const struct text *column)
{
	struct text tag = column[text_is(column[CONLLU_XPOS], "_") ?
	    CONLLU_UPOS : CONLLU_XPOS];

	for (size_t i = 0; tags != NULL && i < tags->n; i++)
		if (text_equal(tags->key[i], tag))
			return tags->child[i]->scalar;
	return (struct text){NULL, 0};
}

static bool
is_one_of(const struct atom *atom, struct text v)
{
	for (size_t i = 0; i < atom->n; i++)
		if (text_equal(atom->value[i], v))
			return true;
	return false;
}

static bool
holds(const struct atom *atom, const struct text *column, struct text lower,
    struct text coarse)
{
	const struct subject *k = atom->subject;
	bool found = (k->coarse && is_one_of(atom, coarse)) ||
	    (k->lower && is_one_of(atom, lower)) ||
	    (k->column >= 0 && !k->lower &&
	    is_one_of(atom, column[k->column])) ||
	    (k->other >= 0 && is_one_of(atom, column[k->other]));

	return found != atom->negated;
}

/* Compute the flags of a token. */
static void
compute(const struct atoms *a, struct arena *scratch, const struct text *column,
    char *to)
{
	struct text lower = a->used[CONLLU_FORM] ?
	    utf8_lower(scratch, column[CONLLU_FORM]) : (struct text){NULL, 0};
	struct text coarse = coarse_of(a->tags, column);

	memset(to, 0, atoms_width(a));
	to[0] = (char)0x80;
	for (size_t i = 0; i < dict_size(a->source); i++)
		if (holds(&a->atom[i], column, lower, coarse))
			to[i / FLAGS] = (char)(to[i / FLAGS] |
			    1 << (i % FLAGS));
}

/* The used columns, each with a tab after it; NULL if they are too long. */
static struct text
key_of(const struct atoms *a, const struct text *column, char to[KEY_LIMIT])
{
	size_t n = 0;

	for (int c = 0; c < CONLLU_COLUMNS; c++) {
		if (!a->used[c])
			continue;
		if (column[c].n >= KEY_LIMIT - n)
			return (struct text){NULL, 0};
		memcpy(to + n, column[c].s, column[c].n);
		n += column[c].n;
		to[n++] = '\t';
	}
	return (struct text){to, n};
}

void
atoms_encode(struct atoms *a, struct arena *scratch,
    const struct text *column, char *to)
{
	char bytes[KEY_LIMIT];
	struct text key = key_of(a, column, bytes);
	size_t width = atoms_width(a), rows;
	int32_t row;

	if (key.s == NULL) {
		compute(a, scratch, column, to);
		return;
	}
	row = dict_find(a->seen, key);
	if (row != DICT_NONE) {
		memcpy(to, a->flags + (size_t)row * width, width);
		return;
	}
	compute(a, scratch, column, to);
	rows = dict_size(a->seen);
	if (rows == CACHE_TOKENS || (rows + 1) * width > CACHE_BYTES) {
		dict_free(a->seen);
		a->seen = dict_new();
		rows = 0;
	}
	a->flags = mem_grow(a->flags, &a->flags_cap, (rows + 1) * width, 1);
	memcpy(a->flags + rows * width, to, width);
	dict_add(a->seen, key);
}
