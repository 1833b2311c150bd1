/* SPDX-License-Identifier: ISC */
#include "stream/surface.h"

#include "base/err.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/misc.h"
#include "stream/offsets.h"

size_t
surface_blanks(struct text a)
{
	size_t n = 0, k;

	while (n < a.n && (k = a.s[n] == '\t' ? 1 :
	    utf8_blank((struct text){a.s + n, a.n - n})) > 0)
		n += k;
	return n;
}

static struct text
from(struct text a, size_t n)
{
	return (struct text){a.s + n, a.n - n};
}

/* The bytes at the start of text that are the form, or 0. */
static size_t
match(struct text form, struct text text)
{
	size_t i = 0, j = 0;

	while (j < form.n) {
		bool begins = ((unsigned char)form.s[j] & 0xc0) != 0x80;
		size_t a = begins ? surface_blanks(from(form, j)) : 0;
		size_t b = begins ? surface_blanks(from(text, i)) : 0;

		if ((a > 0) != (b > 0))
			return 0;
		i += b;
		j += a;
		if (a > 0)
			continue;
		if (i == text.n || text.s[i] != form.s[j])
			return 0;
		i++;
		j++;
	}
	return i;
}

/* The bytes at the start of text that the word has by its offsets, or 0. */
static size_t
length(struct text misc, struct text text)
{
	size_t first, end, n = 0;
	uint32_t code;

	if (!offsets_read(misc, &first, &end))
		return 0;
	for (; first < end && n < text.n; first++)
		n += utf8_decode(from(text, n), &code);
	return first == end ? n : 0;
}

/* Find the next form in the rest of the text. */
static bool
find(const struct block *b, struct surface *s, struct text text,
    struct text *rest)
{
	const struct conllu_line *line = &b->line[s->line];
	struct text form = line->column[CONLLU_FORM];
	size_t n;

	s->gap = (struct text){rest->s, surface_blanks(*rest)};
	*rest = from(*rest, s->gap.n);
	n = match(form, *rest);
	if (n == 0)
		n = length(line->column[CONLLU_MISC], *rest);
	if (n == 0)
		return bad((struct place){b->at.file, line->number},
		    "\"%.*s\" is not at character %zu of # text, expected the "
		    "words of the text in their order", TEXT_ARGS(form),
		    utf8_count((struct text){text.s, text.n - rest->n}));
	s->form = (struct text){rest->s, n};
	*rest = from(*rest, n);
	return true;
}

bool
surface_find(const struct block *b, struct text text,
    struct surface **surface, size_t *n)
{
	struct text rest = text, gap = {"", 0};
	size_t covered = 0, first, last;

	*surface = MEM_NEW(b->arena, b->lines, struct surface);
	*n = 0;
	for (size_t i = 0; i < b->lines; i++) {
		const struct text *column = b->line[i].column;
		struct surface *s = &(*surface)[*n];
		struct text id, head;

		if (column == NULL)
			continue;
		id = column[CONLLU_ID];
		head = text_cut(&id, '-');
		if (!text_to_size(head, &first) || first <= covered)
			continue;	/* an empty node, or in a range */
		if (id.s != NULL && text_to_size(id, &last))
			covered = last;
		*s = (struct surface){i, gap, column[CONLLU_FORM]};
		if (!text_equal(text_trim(s->form), s->form))
			return bad((struct place){b->at.file,
			    b->line[i].number}, "FORM \"%.*s\" has a blank at "
			    "an end", TEXT_ARGS(s->form));
		gap = text_is(conllu_misc_value(column[CONLLU_MISC],
		    "SpaceAfter"), "No") ? TEXT("") : TEXT(" ");
		if (text.s != NULL && !find(b, s, text, &rest))
			return false;
		(*n)++;
	}
	return text.s == NULL || surface_blanks(rest) == rest.n ||
	    bad(conllu_comment_place(b, "text"), "# text goes on after the "
	    "last word, at character %zu",
	    utf8_count((struct text){text.s, text.n - rest.n}));
}
