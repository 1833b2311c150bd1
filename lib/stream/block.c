/* SPDX-License-Identifier: ISC */
#include "stream/block.h"

#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"

struct conllu_line *
conllu_insert_line(struct block *b, size_t i)
{
	b->line = mem_widen(b->arena, b->line, b->lines, &b->line_cap,
	    sizeof *b->line);
	memmove(b->line + i + 1, b->line + i,
	    (b->lines - i) * sizeof *b->line);
	b->lines++;
	b->line[i] = (struct conllu_line){0};
	return &b->line[i];
}

static void
push_word(struct block *b, size_t line)
{
	b->word = mem_widen(b->arena, b->word, b->T, &b->word_cap,
	    sizeof *b->word);
	b->word[b->T++] = line;
}

/* v, copied from memory, with the first byte in the lowest place. */
static uint64_t
little_endian(uint64_t v)
{
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	return __builtin_bswap64(v);
#else
	return v;
#endif
}

bool
conllu_comment_parts(struct text raw, struct text *key, struct text *value)
{
	struct text rest = {raw.s + 1, raw.n - 1};

	*key = text_trim(text_cut(&rest, '='));
	if (rest.s == NULL)
		return false;
	*value = text_trim(rest);
	return true;
}

/*
 * Check an ID: 7, 7-8 or 7.1, where expected is the next word.  *word becomes
 * true for a word.  *end is the last word of the last range.
 */
static bool
check_id(struct text id, size_t expected, bool *word, size_t *end,
    struct place at)
{
	struct text rest = id, head;
	size_t a, b = 0;
	char mark = memchr(id.s, '-', id.n) != NULL ? '-' : '.';

	head = text_cut(&rest, mark);
	if (!text_to_size(head, &a) ||
	    (id.n > 1 && id.s[0] == '0' && id.s[1] != '.') ||
	    (rest.s != NULL && !text_to_size(rest, &b)))
		return bad(at, "ID \"%.*s\", expected a number, a range 3-4 "
		    "or an empty node 5.1", TEXT_ARGS(id));
	*word = rest.s == NULL;
	if (*word && a != expected)
		return bad(at, "ID %zu, expected %zu", a, expected);
	if (!*word && mark == '-' && a != expected)
		return bad(at, "range %.*s, expected it to begin at %zu",
		    TEXT_ARGS(id), expected);
	if (!*word && mark == '-' && b < a)
		return bad(at, "range %.*s ends before it begins",
		    TEXT_ARGS(id));
	if (!*word && mark == '-' && a <= *end)
		return bad(at, "range %.*s overlaps the range before it, which "
		    "ends at word %zu", TEXT_ARGS(id), *end);
	if (!*word && mark == '-')
		*end = b;
	return true;
}

static bool
check_controls(struct text t, struct place at)
{
	return !utf8_has_control(t) || bad(at, "a control character in "
	    "\"%.*s\"", TEXT_ARGS(t));
}

/*
 * Split a line at its tabs.  Returns the number of fields; column gets the
 * first CONLLU_COLUMNS of them.
 *
 * The first columns are short, so they are searched 8 bytes at a time: a byte
 * of v is zero where the line has a tab, and only there has found the byte's
 * highest bit.  The last column can be long, and text_cut is faster.
 */
static size_t
split(struct text line, struct text column[])
{
	const uint64_t low = 0x7f7f7f7f7f7f7f7fu, tabs = 0x0909090909090909u;
	struct text rest = line;
	size_t n = 0, start = 0;

	for (size_t i = 0; line.n - i >= 8 && n < CONLLU_COLUMNS - 1; i += 8) {
		uint64_t v, found;

		memcpy(&v, line.s + i, 8);
		v = little_endian(v) ^ tabs;
		found = ~(((v & low) + low) | v | low);
		for (; found != 0 && n < CONLLU_COLUMNS - 1;
		    found &= found - 1) {
			size_t at = i + (size_t)__builtin_ctzll(found) / 8;

			column[n++] = (struct text){line.s + start, at - start};
			start = at + 1;
		}
	}
	rest.s += start;
	rest.n -= start;
	for (; rest.s != NULL; n++) {
		struct text field = text_cut(&rest, '\t');

		if (n < CONLLU_COLUMNS)
			column[n] = field;
	}
	return n;
}

static bool
parse_word(struct block *b, struct text raw, struct place at, size_t *end)
{
	struct conllu_line *line = conllu_insert_line(b, b->lines);
	bool word = false;
	size_t n;

	line->raw = raw;
	line->number = at.line;
	line->column = MEM_NEW(b->arena, CONLLU_COLUMNS, struct text);
	n = split(raw, line->column);
	if (utf8_has_control(raw)) {	/* name the column */
		for (size_t k = 0; k < n && k < CONLLU_COLUMNS; k++)
			if (!check_controls(line->column[k], at))
				return false;
		return check_controls(raw, at);
	}
	for (size_t k = 0; k < n && k < CONLLU_COLUMNS; k++)
		if (line->column[k].n == 0)
			return bad(at, "column %zu is empty, expected _",
			    k + 1);
	if (n != CONLLU_COLUMNS)
		return bad(at, "%zu column%s, expected %d%s", n,
		    text_plural(n), CONLLU_COLUMNS,
		    n < CONLLU_COLUMNS && (raw.s[0] < '0' || raw.s[0] > '9') ?
		    "; if this is text, run reat-tokenize first" : "");
	if (!check_id(line->column[CONLLU_ID], b->T + 1, &word, end, at))
		return false;
	if (word)
		push_word(b, b->lines - 1);
	return true;
}

static bool
parse_comment(struct block *b, struct text raw, struct place at)
{
	struct text key, value, *keep = NULL, *all;

	if (b->lines == 0) {
		struct conllu_line *line = conllu_insert_line(b, 0);

		line->raw = raw;
		line->number = at.line;
	}
	all = &b->line[0].raw;
	all->n = (size_t)(raw.s - all->s) + raw.n;
	if (!check_controls(raw, at))
		return false;
	if (!conllu_comment_parts(raw, &key, &value))
		return true;
	if (text_is(key, "sent_id"))
		keep = &b->sent_id;
	else if (text_is(key, "label"))
		keep = &b->label;
	if (keep == NULL)
		return true;
	if (keep->s != NULL)
		return bad(at, "a second %.*s in this block", TEXT_ARGS(key));
	if (value.n == 0)
		return bad(at, "%.*s is empty", TEXT_ARGS(key));
	if (memchr(value.s, '\t', value.n) != NULL)
		return bad(at, "%.*s contains a tab", TEXT_ARGS(key));
	*keep = value;
	return true;
}

bool
conllu_parse_sentence(struct arena *arena, struct text raw, struct place at,
    struct block *b)
{
	struct text rest = raw;
	size_t end = 0;		/* the last word of the last range */

	*b = (struct block){.arena = arena, .at = at};
	for (; rest.s != NULL && rest.n > 0; at.line++) {
		struct text line = text_cut(&rest, '\n');

		if (line.s[0] == '#' && b->lines > 0 &&
		    b->line[b->lines - 1].column != NULL)
			return bad(at, "a comment after a word, expected "
			    "comments first");
		if (line.s[0] == '#' ? !parse_comment(b, line, at) :
		    !parse_word(b, line, at, &end))
			return false;
	}
	if (end > b->T)
		return bad(b->at, "a range ends at word %zu, but the block has "
		    "%zu words", end, b->T);
	return true;
}

bool
conllu_parse(struct arena *arena, struct text raw, struct place at,
    struct block *b)
{
	if (!conllu_parse_sentence(arena, raw, at, b))
		return false;
	return b->sent_id.s != NULL ||
	    bad(b->at, "a block without # sent_id");
}

struct text
conllu_comments(const struct block *b)
{
	return b->lines > 0 && b->line[0].column == NULL ? b->line[0].raw :
	    (struct text){NULL, 0};
}

struct text *
conllu_word(const struct block *b, size_t t)
{
	return b->line[b->word[t]].column;
}

struct place
conllu_place(const struct block *b, size_t t)
{
	struct place at = b->at;

	at.line = b->line[b->word[t]].number;
	return at;
}

void
conllu_copy(struct arena *arena, const struct block *from, struct block *to)
{
	*to = *from;
	to->arena = arena;
	to->id = NULL;		/* its words are going to change */
	to->line_cap = from->lines + 4;	/* + changed comments */
	to->word_cap = from->T;
	to->line = MEM_NEW(arena, to->line_cap, struct conllu_line);
	to->word = MEM_NEW(arena, to->word_cap, size_t);
	for (size_t i = 0; i < from->lines; i++) {
		to->line[i] = from->line[i];
		if (from->line[i].column == NULL)
			continue;
		to->line[i].column = MEM_NEW(arena, CONLLU_COLUMNS,
		    struct text);
		memcpy(to->line[i].column, from->line[i].column,
		    CONLLU_COLUMNS * sizeof(struct text));
	}
	if (from->T > 0)
		memcpy(to->word, from->word, from->T * sizeof *to->word);
}

void
conllu_write_line(const struct conllu_line *line, struct output *o)
{
	if (line->column == NULL) {
		output_text(o, line->raw);
		return;
	}
	for (int k = 0; k < CONLLU_COLUMNS; k++) {
		if (k > 0)
			output_char(o, '\t');
		output_text(o, line->column[k]);
	}
}

void
conllu_write(const struct block *b, struct output *o)
{
	for (size_t i = 0; i < b->lines; i++) {
		conllu_write_line(&b->line[i], o);
		output_char(o, '\n');
	}
	output_char(o, '\n');
}
