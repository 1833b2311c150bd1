/* SPDX-License-Identifier: ISC */
#include "revise_text.h"

#include <string.h>

#include "conllu.h"
#include "mem.h"
#include "utf8.h"

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

bool
revision_range(const struct revision *r, struct text id, size_t *a, size_t *b)
{
	struct text rest = id, head = text_cut(&rest, '-');

	if (!text_to_size(head, a) || !text_to_size(rest, b) || *a == 0 ||
	    *b > r->b->T)
		return false;
	for (size_t t = *a - 1; t < *b; t++)
		if (!revision_keeps(r, t) || revision_replaces(r, t))
			return false;
	return true;
}

/* "7:12", within n code points and not before least. */
static bool
parse_range(struct text value, size_t least, size_t n, size_t *first,
    size_t *end)
{
	struct text rest = value, head;

	if (value.s == NULL)
		return false;
	head = text_cut(&rest, ':');
	return rest.s != NULL && text_to_size(head, first) &&
	    text_to_size(rest, end) && *first >= least && *end >= *first &&
	    *end <= n;
}

/* The byte of a that is steps code points behind byte from. */
static size_t
advance(struct text a, size_t from, size_t steps)
{
	uint32_t code;

	for (; steps > 0; steps--)
		from += utf8_decode((struct text){a.s + from, a.n - from},
		    &code);
	return from;
}

/* The words' pieces of a text; false if TokenRange does not tell them. */
static bool
find_pieces(const struct block *b, struct text text, struct text *piece)
{
	size_t n = utf8_count(text), at = 0, byte = 0;

	for (size_t t = 0; t < b->T; t++) {
		size_t first, end, from;

		if (!parse_range(conllu_misc(b, t, "TokenRange"), at, n,
		    &first, &end))
			return false;
		from = advance(text, byte, first - at);
		byte = advance(text, from, end - first);
		piece[t] = (struct text){text.s + from, byte - from};
		at = end;
	}
	return true;
}

static struct text
between(const char *from, const char *to)
{
	return (struct text){from, (size_t)(to - from)};
}

/* Make the text of its pieces. */
static void
cut_text(struct revision *r, struct text old, const struct text *piece)
{
	size_t at = 0;			/* code points so far */
	bool begun = false;		/* a word is kept */
	bool gone = true;		/* the last one went */
	struct text gap = {"", 0};	/* what parted the words since */
	const char *end = old.s;	/* of the last piece */

	for (size_t t = 0; t < r->b->T; t++) {
		struct text word = revision_replaces(r, t) ? r->form[t] :
		    piece[t];

		if (gap.n == 0 && (begun || t == 0))
			gap = between(end, piece[t].s);
		end = piece[t].s + piece[t].n;
		gone = !revision_keeps(r, t);
		if (gone && !begun)
			gap.n = 0;
		if (gone)
			continue;
		output_text(&r->made, gap);
		output_text(&r->made, word);
		r->first[t] = at + utf8_count(gap);
		r->end[t] = at = r->first[t] + utf8_count(word);
		gap.n = 0;
		begun = true;
	}
	if (!gone)
		output_text(&r->made, between(end, old.s + old.n));
}

/* Make the text of the forms; of a range that stays, its own. */
static void
join_forms(struct revision *r)
{
	size_t inside = 0;	/* words to come of a range that stays */
	size_t a, b;
	bool begun = false, blank = false;

	for (size_t i = 0; i < r->b->lines; i++) {
		const struct text *column = r->b->line[i].column;
		bool space;
		struct text id;

		if (column == NULL)
			continue;
		id = column[CONLLU_ID];
		space = !text_is(conllu_misc_value(column[CONLLU_MISC],
		    "SpaceAfter"), "No");
		if (revision_range(r, id, &a, &b)) {
			inside = b - a + 1;
		} else if (!text_to_size(id, &a)) {
			continue;	/* an empty node, a range that goes */
		} else if (inside > 0) {
			inside--;
			continue;
		} else if (!revision_keeps(r, a - 1)) {
			blank = blank || (begun && space);
			continue;
		}
		if (blank)
			output_char(&r->made, ' ');
		output_text(&r->made, inside == 0 && revision_replaces(r,
		    a - 1) ? r->form[a - 1] : column[CONLLU_FORM]);
		blank = space;
		begun = true;
	}
}

void
revise_text(struct revision *r)
{
	struct block *b = r->b;
	struct text old = conllu_comment(b, "text");
	struct text *piece = MEM_NEW(b->arena, b->T, struct text);

	r->first = MEM_NEW(b->arena, b->T, size_t);
	r->end = MEM_NEW(b->arena, b->T, size_t);
	if (old.s == NULL)
		return;
	r->known = find_pieces(b, old, piece);
	if (r->known)
		cut_text(r, old, piece);
	else
		join_forms(r);
	conllu_set_comment(b, "text", revision_take(r));
}
