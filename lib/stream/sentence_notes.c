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

/* Read "reat.sentence.K.N"; the order of the notes is that of the lines. */
static bool
read_key(struct text key, size_t *k)
{
	struct text head;
	size_t n = sizeof SENTENCE_KEY - 1;

	key = (struct text){key.s + n, key.n - n};
	head = text_cut(&key, '.');
	return key.s != NULL && text_to_size(head, k) && text_to_size(key, &n);
}

/* Take a note. */
static bool
read_note(struct sentence_notes *notes, struct arena *arena, struct text key,
    struct text note)
{
	struct sentence_note *o;
	size_t k;

	if (!read_key(key, &k) || k == 0 || k > notes->n)
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
	struct text all = conllu_comments(b);
	size_t lines = 1;
	struct place at = conllu_comment_place(b, SENTENCES_KEY);

	*notes = (struct sentence_notes){0};
	if (rest.s == NULL)
		return true;
	for (size_t i = 0; i < all.n; i++)
		lines += all.s[i] == '\n';
	/* each sentence has words or a note */
	if (!cut_number(&rest, &notes->n) || notes->n == 0 ||
	    notes->n > b->T + lines)
		return bad(at, SENTENCES_KEY " is malformed, expected the "
		    "output of reat-join");
	notes->id = rest;
	notes->of = MEM_NEW(b->arena, notes->n, struct sentence_note);
	at = b->at;
	for (rest = all; rest.s != NULL; at.line++) {
		raw = text_cut(&rest, '\n');
		if (!conllu_comment_parts(raw, &key, &value) ||
		    !text_starts(key, SENTENCE_KEY))
			continue;
		/* with the blanks at its end */
		value.n = raw.n - (size_t)(value.s - raw.s);
		if (!read_note(notes, b->arena, key, value))
			return bad(at, "%.*s is malformed, expected the output "
			    "of reat-join", TEXT_ARGS(key));
	}
	return true;
}
