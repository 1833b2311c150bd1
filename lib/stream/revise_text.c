/* SPDX-License-Identifier: ISC */
/*
 * # text consists of pieces, one for each word, and the gaps between them.
 * MISC has the offsets of the pieces (offsets.h):
 *
 *     # text = It's slow, but funny.
 *
 *     k            1    2     3     4    5     6     7
 *     piece k      It   's    slow  ,    but   funny .
 *     gap k        ""   ""    " "   ""   " "   " "   ""     before piece k
 *
 * The piece of a removed word is cut out.  If words i < j become neighbours,
 * the text between them is the first gap there that is not empty; offsets count
 * code points:
 *
 *     between(i, j) = the first of gap i+1, ..., gap j that is not "", or ""
 *     first'(j)     = end'(i) + |between(i, j)|
 *     end'(j)       = first'(j) + |piece j|
 *
 *     words 3 and 4 are removed: between(2, 5) = " "
 *
 *     # text = It's but funny.
 *
 * So two words touch only if there was no blank between them.  The text before
 * the first word is kept only with this word, and the text after the last word
 * only with that one.
 *
 * All words of a range (3-4) are one piece if the range has offsets and none of
 * its words has.  If one of them changes, the range is removed.  The forms of
 * the words that are kept take the place of its piece, with a blank after a
 * word unless it has SpaceAfter=No.
 *
 * UDPipe and Stanza count from the start of a file, of which # text is one
 * sentence: then the last piece ends after the text, and the first one is its
 * start.  The new offsets are counted from the same base.
 *
 * If offsets are missing, overlap the piece before them or end after the text,
 * the pieces are unknown.  Then the new text is all forms with blanks as in a
 * removed range, and the words lose their offsets (REVISION_NOWHERE).
 *
 * A block that says SpaceAfter=No somewhere says it of a word if and only if
 * the next one follows without a gap.  What follows the text is, after its last
 * words are removed, the first gap there that is not empty.
 *
 * Easy to get wrong: offsets are code points, slices are bytes.  Lines overlap
 * (3-4, 3, 4) and pieces do not: is_piece decides which line counts.
 */
#include "stream/revise_text.h"

#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/misc.h"
#include "stream/offsets.h"

bool
revision_keeps(const struct revision *r, size_t t)
{
	return r->keep == NULL || r->keep[t];
}

bool
revision_replaces(const struct revision *r, size_t t)
{
	return r->form != NULL && r->form[t].s != NULL;
}

struct text
revision_take(struct revision *r)
{
	struct text t = text_copy(r->b->arena,
	    (struct text){r->made.n > 0 ? r->made.buf : "", r->made.n});

	r->made.n = 0;
	return t;
}

/* True if none of the words begin to end - 1 changes. */
static bool
is_unchanged(const struct revision *r, size_t begin, size_t end)
{
	for (size_t t = begin; t < end; t++)
		if (!revision_keeps(r, t) || revision_replaces(r, t))
			return false;
	return true;
}

/* Parse the range "3-4", words *first to *last from 1. */
static bool
parse_words(const struct block *b, struct text id, size_t *first, size_t *last)
{
	struct text rest = id, head = text_cut(&rest, '-');

	return text_to_size(head, first) && text_to_size(rest, last) &&
	    *first > 0 && *first <= *last && *last <= b->T;
}

bool
revision_range(const struct revision *r, struct text id, size_t *a, size_t *b)
{
	return parse_words(r->b, id, a, b) && is_unchanged(r, *a - 1, *b);
}

/* Returns the byte of a that is steps code points after byte from. */
static size_t
advance(struct text a, size_t from, size_t steps)
{
	uint32_t code;

	for (; steps > 0; steps--)
		from += utf8_decode((struct text){a.s + from, a.n - from},
		    &code);
	return from;
}

/*
 * True if the line, whose first word is next, is a piece: a word, or a range
 * with offsets whose words have none.  *end is the word after its last.
 */
static bool
is_piece(const struct block *b, const struct text *column, size_t next,
    size_t *end)
{
	size_t first;

	if (text_to_size(column[CONLLU_ID], end))
		return *end == next + 1;
	if (!parse_words(b, column[CONLLU_ID], &first, end) ||
	    first != next + 1 || !offsets_given(column[CONLLU_MISC]))
		return false;
	for (size_t t = next; t < *end; t++)
		if (offsets_given(conllu_word(b, t)[CONLLU_MISC]))
			return false;
	return true;
}

/* The offset of the first line that has one, or 0. */
static size_t
first_offset(const struct block *b)
{
	size_t first, end;

	for (size_t i = 0; i < b->lines; i++)
		if (b->line[i].column != NULL && offsets_read(
		    b->line[i].column[CONLLU_MISC], &first, &end))
			return first;
	return 0;
}

/*
 * Find the pieces [*n] of a text whose first code point has the offset base.
 * Returns false if they are unknown.
 */
static bool
find_pieces(const struct block *b, struct text text, size_t base,
    struct revision_piece *piece, size_t *n)
{
	size_t codes = utf8_count(text), at = base, byte = 0, next = 0;

	*n = 0;
	for (size_t i = 0; i < b->lines; i++) {
		const struct text *column = b->line[i].column;
		size_t first, end, from, word;

		if (column == NULL || !is_piece(b, column, next, &word))
			continue;
		if (!offsets_read(column[CONLLU_MISC], &first, &end) ||
		    first < at || end - base > codes)
			return false;
		from = advance(text, byte, first - at);
		byte = advance(text, from, end - first);
		piece[(*n)++] = (struct revision_piece){{text.s + from,
		    byte - from}, next, word, column[CONLLU_MISC]};
		next = word;
		at = end;
	}
	return next == b->T;
}

static struct text
between(const char *from, const char *to)
{
	return (struct text){from, (size_t)(to - from)};
}

/*
 * Note for each word whether a blank follows it, as SpaceAfter has it; of a
 * range it is on the range's line.
 */
static void
read_spaces(struct revision_text *r, const struct block *b)
{
	size_t first, last, end = 0;

	for (size_t i = 0; i < b->lines; i++) {
		const struct text *column = b->line[i].column;
		struct text value;
		bool space;

		if (column == NULL)
			continue;
		value = conllu_misc_value(column[CONLLU_MISC], "SpaceAfter");
		space = !text_is(value, "No");
		r->spaces = r->spaces || value.s != NULL;
		if (parse_words(b, column[CONLLU_ID], &first, &last)) {
			end = last;
			r->space[end - 1] = space;
		} else if (text_to_size(column[CONLLU_ID], &first) &&
		    first != end) {
			r->space[first - 1] = space;
		}
	}
}

/* The new text so far. */
struct cut {
	size_t at;		/* its code points */
	bool begun;		/* a word was kept */
	bool gone;		/* the last word was removed */
	size_t last;		/* the last word that was kept */
	struct text gap;	/* the first one that is not empty since then */
};

/* Write a piece, if it is kept, and the gap before it. */
static void
put(struct revision *r, struct cut *c, struct revision_piece p, struct text gap)
{
	if (c->gap.n == 0 && (c->begun || p.begin == 0))
		c->gap = gap;
	c->gone = !revision_keeps(r, p.begin);
	if (c->gone && !c->begun)
		c->gap.n = 0;
	if (c->gone)
		return;
	if (c->begun)
		r->space[c->last] = c->gap.n > 0;
	output_text(&r->made, c->gap);
	output_text(&r->made, p.text);
	r->first[p.begin] = c->at + utf8_count(c->gap);
	r->end[p.end - 1] = c->at = r->first[p.begin] + utf8_count(p.text);
	c->gap.n = 0;
	c->begun = true;
	c->last = p.end - 1;
}

/* Write the forms of a removed range in the place of its piece. */
static void
put_forms(struct revision *r, struct cut *c, struct revision_piece p,
    struct text gap)
{
	bool any = false;

	for (size_t t = p.begin; t < p.end; t++) {
		struct text *column = conllu_word(r->b, t);
		bool stays = revision_keeps(r, t), space = r->space[t];

		put(r, c, (struct revision_piece){revision_replaces(r, t) ?
		    r->form[t] : column[CONLLU_FORM], t, t + 1, p.misc},
		    any && !stays ? TEXT("") : gap);
		if (!stays)
			continue;
		gap = space ? TEXT(" ") : TEXT("");
		any = true;
		column[CONLLU_MISC] = offsets_add(r->b->arena,
		    column[CONLLU_MISC], p.misc);
	}
}

/* Make the new text from pieces [n]. */
static void
cut_text(struct revision *r, struct text old,
    const struct revision_piece *piece, size_t n)
{
	struct cut c = {.gone = true, .gap = {"", 0}};
	const char *end = old.s;	/* of the piece before */

	for (size_t i = 0; i < n; i++) {
		struct revision_piece p = piece[i];
		struct text gap = between(end, p.text.s);

		end = p.text.s + p.text.n;
		if (p.end - p.begin == 1 && revision_replaces(r, p.begin))
			p.text = r->form[p.begin];
		if (p.end - p.begin == 1 || is_unchanged(r, p.begin, p.end))
			put(r, &c, p, gap);
		else
			put_forms(r, &c, p, gap);
	}
	if (!c.gone)
		output_text(&r->made, between(end, old.s + old.n));
	else if (c.begun)
		r->space[c.last] = c.gap.n > 0 || r->space[r->b->T - 1];
}

/* Make the new text from forms; a range that is kept has its own. */
static void
join_forms(struct revision *r)
{
	size_t inside = 0;	/* the last word of a range that is kept */
	size_t a, b, last = 0;
	bool begun = false, blank = false;

	for (size_t i = 0; i < r->b->lines; i++) {
		const struct text *column = r->b->line[i].column;
		struct text form;

		if (column == NULL)
			continue;
		form = column[CONLLU_FORM];
		if (revision_range(r, column[CONLLU_ID], &a, &b)) {
			inside = b;
		} else if (!text_to_size(column[CONLLU_ID], &a) ||
		    a <= inside) {
			continue;	/* empty, a removed range, or within */
		} else if (!revision_keeps(r, a - 1)) {
			blank = blank || (begun && r->space[a - 1]);
			continue;
		} else {
			b = a;
			if (revision_replaces(r, a - 1))
				form = r->form[a - 1];
		}
		if (begun)
			r->space[last] = blank;
		if (blank)
			output_char(&r->made, ' ');
		output_text(&r->made, form);
		last = b - 1;
		blank = r->space[last];
		begun = true;
	}
	if (begun)
		r->space[last] = blank;
}

struct revision_text
revision_read_text(const struct block *b)
{
	struct revision_text r = {.old = conllu_comment(b, "text")};

	r.piece = MEM_NEW(b->arena, b->T, struct revision_piece);
	r.space = MEM_NEW(b->arena, b->T, bool);
	read_spaces(&r, b);
	if (r.old.s == NULL)
		return r;
	r.known = find_pieces(b, r.old, 0, r.piece, &r.pieces);
	if (!r.known) {
		r.base = first_offset(b);
		r.known = find_pieces(b, r.old, r.base, r.piece, &r.pieces);
	}
	return r;
}

void
revise_text(struct revision *r, const struct revision_text *text)
{
	struct block *b = r->b;

	r->first = MEM_NEW(b->arena, b->T, size_t);
	r->end = MEM_NEW(b->arena, b->T, size_t);
	r->space = MEM_NEW(b->arena, b->T, bool);
	for (size_t t = 0; t < b->T; t++) {
		r->first[t] = r->end[t] = REVISION_NOWHERE;
		r->space[t] = text->space[t];
	}
	r->spaces = text->spaces;
	r->base = text->base;
	if (text->known)
		cut_text(r, text->old, text->piece, text->pieces);
	else
		join_forms(r);
	if (text->old.s != NULL)
		conllu_set_comment(b, "text", revision_take(r));
	r->made.n = 0;
}
