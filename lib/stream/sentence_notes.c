/* SPDX-License-Identifier: ISC */
#include "stream/sentence_notes.h"

#include "base/mem.h"
#include "stream/block.h"
#include "stream/comment.h"

/* Cut a whole number and the blank after it off *rest. */
static bool
cut_number(struct text *rest, size_t *number)
{
	struct text head = text_cut(rest, ' ');

	return rest->s != NULL && text_to_size(head, number);
}

/* Read "TokenRange 7" or "start_char -7". */
static bool
read_base(struct sentence_note *o, struct text note)
{
	size_t base;
	bool minus;

	o->offsets = text_cut(&note, ' ');
	minus = note.s != NULL && text_starts(note, "-");
	if (minus)
		note = (struct text){note.s + 1, note.n - 1};
	if (note.s == NULL || !text_to_size(note, &base) ||
	    !(text_is(o->offsets, "TokenRange") ||
	    text_is(o->offsets, "start_char")))
		return false;
	o->base = minus ? 0 - base : base;
	return true;
}

/* Take what is behind "# reat.sentence = ". */
static bool
read_note(struct sentence_notes *notes, struct arena *arena, struct text note)
{
	struct sentence_note *o;
	size_t k;

	if (!cut_number(&note, &k) || k == 0 || k > notes->n)
		return false;
	o = &notes->of[k - 1];
	if (text_is(note, "empty"))
		return o->empty = true;
	if (!text_starts(note, "#") && !text_is(note, "text"))
		return read_base(o, note);
	o->comment = mem_widen(arena, o->comment, o->comments, &o->cap,
	    sizeof *o->comment);
	o->comment[o->comments++] = note;
	return true;
}

bool
sentence_notes_read(const struct block *b, struct sentence_notes *notes)
{
	struct text rest = conllu_comment(b, SENTENCES_KEY), raw, key, value;
	struct place at = conllu_comment_place(b, SENTENCES_KEY);

	*notes = (struct sentence_notes){0};
	if (rest.s == NULL)
		return true;
	/* each sentence has words or a note */
	if (!cut_number(&rest, &notes->n) || notes->n == 0 ||
	    notes->n > b->T + conllu_comment_count(b, SENTENCE_KEY))
		return bad(at, SENTENCES_KEY " is malformed, expected the "
		    "output of reat-join");
	notes->id = rest;
	notes->of = MEM_NEW(b->arena, notes->n, struct sentence_note);
	at = b->at;
	rest = conllu_comments(b);
	for (; rest.s != NULL; at.line++) {
		raw = text_cut(&rest, '\n');
		if (!conllu_comment_parts(raw, &key, &value) ||
		    !text_is(key, SENTENCE_KEY))
			continue;
		/* with the blanks at its end */
		value.n = raw.n - (size_t)(value.s - raw.s);
		if (!read_note(notes, b->arena, value))
			return bad(at, SENTENCE_KEY " is malformed, expected "
			    "the output of reat-join");
	}
	return true;
}
