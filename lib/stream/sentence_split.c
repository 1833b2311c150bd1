/* SPDX-License-Identifier: ISC */
#include "stream/sentence_split.h"

#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/id_shift.h"
#include "stream/layer.h"
#include "stream/misc.h"
#include "stream/offsets.h"
#include "stream/sentence_notes.h"
#include "stream/surface.h"

struct split {
	struct block *b;
	size_t *first, n;	/* of conllu_sentences */
	size_t *line;		/* [n + 1] the first line of each */
	struct sentence_notes notes;
	struct text text;	/* of the document */
	size_t at, byte;	/* a place in text: its offset, its byte */
	struct output made;
};

/* Forget the notes if there are more or fewer sentences now. */
static void
compare(struct split *s, bool *changed)
{
	const struct block *b = s->b;
	size_t full = 0;
	bool lines = b->lines > 0 && b->line[b->lines - 1].column != NULL;

	for (size_t i = 0; i < s->notes.n; i++)
		full += !s->notes.of[i].empty;
	if (s->notes.of != NULL && full == s->n && (s->n > 0 || !lines))
		return;
	*changed = *changed || s->notes.of != NULL;
	s->notes.of = NULL;
	s->notes.n = 0;
	if (s->n == 0) {
		/* a sentence without words */
		s->n = 1;
		s->first = MEM_NEW(b->arena, 2, size_t);
	}
}

/* ---- comments ---- */

static void
put_raw(struct split *s, struct text raw)
{
	output_text(&s->made, raw);
	output_char(&s->made, '\n');
}

/* Write the key of a comment, its "=" and a blank. */
static void
put_key(struct split *s, const char *key)
{
	output_printf(&s->made, "# %s = ", key);
}

/* True if a sentence brings the document's label. */
static bool
is_labelled(const struct split *s)
{
	const struct sentence_note *of = s->notes.of;
	struct text key, value;

	for (size_t i = 0; i < s->notes.n; i++)
		for (size_t k = 0; k < of[i].comments; k++)
			if (conllu_comment_parts(of[i].comment[k], &key,
			    &value) && text_is(key, "label") &&
			    text_equal(value, s->b->label))
				return true;
	return false;
}

/* Write the document's comments that are no sentence's. */
static void
put_document(struct split *s)
{
	static const char *const ours[] = {"sent_id", "text", "label",
	    SENTENCES_KEY, NULL};
	struct text rest = conllu_comments(s->b), raw, key, value;

	while (rest.s != NULL) {
		raw = text_cut(&rest, '\n');
		if (!conllu_comment_parts(raw, &key, &value) ||
		    (ours[text_find(key, ours)] == NULL &&
		    !text_starts(key, SENTENCE_KEY)))
			put_raw(s, raw);
	}
	if (s->b->label.s != NULL && !is_labelled(s)) {
		put_key(s, "label");
		put_raw(s, s->b->label);
	}
}

/* The value of an id of a sentence, in this document. */
static void
put_id(struct split *s, struct text raw, struct text value, size_t number)
{
	struct text id = s->b->sent_id, then = s->notes.id;
	bool variant = id.n > then.n && text_equal(then,
	    (struct text){id.s, then.n});

	if (text_equal(id, then)) {
		put_raw(s, raw);
	} else if (variant) {
		output_text(&s->made, (struct text){raw.s,
		    (size_t)(value.s - raw.s) + value.n});
		put_raw(s, (struct text){id.s + then.n, id.n - then.n});
	} else {
		output_text(&s->made, (struct text){raw.s,
		    (size_t)(value.s - raw.s)});
		output_text(&s->made, id);
		if (number > 0)
			output_printf(&s->made, "-%zu", number);
		output_char(&s->made, '\n');
	}
}

/* Cut the first character that is no blank off *a; without s there is none. */
static struct text
cut_character(struct text *a)
{
	size_t from = surface_blanks(*a), n = 0;
	uint32_t code;

	*a = (struct text){a->s + from, a->n - from};
	if (a->n == 0)
		return (struct text){NULL, 0};
	n = utf8_decode(*a, &code);
	*a = (struct text){a->s + n, a->n - n};
	return (struct text){a->s - n, n};
}

/* True if the texts differ only in blanks. */
static bool
is_alike(struct text a, struct text b)
{
	struct text c;

	do {
		c = cut_character(&a);
		if (!text_equal(c, cut_character(&b)))
			return false;
	} while (c.s != NULL);
	return true;
}

/* Write the comments of sentence number; slice is its text. */
static void
put_noted(struct split *s, const struct sentence_note *o, size_t number,
    struct text slice)
{
	struct text key, value;

	for (size_t i = 0; i < o->comments; i++) {
		struct text raw = o->comment[i];
		bool pair = text_starts(raw, "#") &&
		    conllu_comment_parts(raw, &key, &value);

		if (text_is(raw, "text") || (pair && !o->empty &&
		    text_is(key, "text") && !is_alike(value, slice))) {
			put_key(s, "text");
			put_raw(s, slice);
		} else if (pair && text_is(key, "label")) {
			if (text_equal(value, s->b->label))
				put_raw(s, raw);
		} else if (pair && text_is(key, "sent_id")) {
			put_id(s, raw, value, number);
		} else if (pair && text_is(key, "newdoc id")) {
			put_id(s, raw, value, 0);
		} else {
			put_raw(s, raw);
		}
	}
}

/* Write the comments of a sentence of a document that was not joined. */
static void
put_new(struct split *s, size_t number, struct text slice)
{
	struct text id = s->b->sent_id;

	if (number == 1 && conllu_comment(s->b, "newdoc id").s == NULL) {
		put_key(s, "newdoc id");
		put_raw(s, id);
	}
	if (number == 1)
		put_document(s);
	put_key(s, "sent_id");
	output_text(&s->made, id);
	output_printf(&s->made, "-%zu\n", number);
	put_key(s, "text");
	put_raw(s, slice);
}

/* ---- lines ---- */

/* The word with which a line begins the next sentence, or SIZE_MAX. */
static size_t
begins(const struct conllu_line *line, size_t next)
{
	struct text id = line->column[CONLLU_ID], head = text_cut(&id, '-');
	size_t word, k;

	if (text_to_size(head, &word))
		return word - 1;
	return id_empty(head, &word, &k) && conllu_misc_value(
	    line->column[CONLLU_MISC], "sentence").s != NULL ? next : SIZE_MAX;
}

/* Find the first line of each sentence. */
static bool
find_lines(struct split *s)
{
	const struct block *b = s->b;
	size_t k = 0, t = 0, last;

	s->line = MEM_NEW(b->arena, s->n + 1, size_t);
	s->line[0] = b->lines;	/* if there are only comments */
	for (size_t i = 0; i < b->lines; i++) {
		struct text id;

		if (b->line[i].column == NULL)
			continue;
		if (k < s->n && (begins(&b->line[i], t) == s->first[k] ||
		    k == 0))
			s->line[k++] = i;
		t += t < b->T && b->word[t] == i;
		id = b->line[i].column[CONLLU_ID];
		text_cut(&id, '-');
		if (id.s != NULL && text_to_size(id, &last) &&
		    last > s->first[k])
			return bad((struct place){b->at.file,
			    b->line[i].number}, "the range %.*s is in two "
			    "sentences",
			    TEXT_ARGS(b->line[i].column[CONLLU_ID]));
	}
	s->line[s->n] = b->lines;
	return true;
}

/* The byte of the text at this offset, which only rises; false if none is. */
static bool
advance(struct split *s, size_t offset, const char **at)
{
	uint32_t code;

	while (s->at < offset && s->byte < s->text.n) {
		s->byte += utf8_decode((struct text){s->text.s + s->byte,
		    s->text.n - s->byte}, &code);
		s->at++;
	}
	*at = s->text.s + s->byte;
	return s->at == offset;
}

/* The first and the last offset of the lines; false if there are none. */
static bool
bounds(const struct split *s, size_t from, size_t to, size_t *start,
    size_t *stop)
{
	size_t first, end;

	*start = SIZE_MAX;
	*stop = 0;
	for (size_t i = from; i < to; i++) {
		const struct text *column = s->b->line[i].column;

		if (column == NULL ||
		    !offsets_read(column[CONLLU_MISC], &first, &end))
			continue;
		*start = first < *start ? first : *start;
		*stop = end > *stop ? end : *stop;
	}
	return *start < *stop;
}

/*
 * Find # text.  Offsets that end after it count from elsewhere, and the first
 * is its start.
 */
static void
find_text(struct split *s)
{
	size_t first, end;

	s->text = conllu_comment(s->b, "text");
	if (s->text.s != NULL && bounds(s, 0, s->b->lines, &first, &end) &&
	    end > utf8_count(s->text))
		s->at = first;
}

/* The forms of sentence k. */
static struct text
join_forms(const struct split *s, size_t k)
{
	struct block part = *s->b;
	struct output o = output_to(-1, NULL);
	struct surface *word;
	struct text forms;
	size_t n;

	part.line += s->line[k];
	part.lines = s->line[k + 1] - s->line[k];
	if (surface_find(&part, (struct text){NULL, 0}, &word, &n))
		for (size_t i = 0; i < n; i++) {
			output_text(&o, word[i].gap);
			output_text(&o, word[i].form);
		}
	forms = text_copy(part.arena, (struct text){o.n > 0 ? o.buf : "", o.n});
	output_done(&o, 0);
	return forms;
}

/* The text of sentence k: a part of # text, or its forms. */
static struct text
find_slice(struct split *s, size_t k)
{
	size_t first, end;
	const char *from, *to;

	if (s->text.s == NULL ||
	    !bounds(s, s->line[k], s->line[k + 1], &first, &end) ||
	    !advance(s, first, &from) || !advance(s, end, &to))
		return join_forms(s, k);
	return (struct text){from, (size_t)(to - from)};
}

/* Change the columns of a line of sentence k back. */
static bool
restore(struct split *s, const struct id_shift *shift,
    const struct sentence_note *o, struct conllu_line *line)
{
	struct arena *arena = s->b->arena;
	struct text *misc = &line->column[CONLLU_MISC], none = {NULL, 0};
	struct place at = {s->b->at.file, line->number};
	size_t first, end;

	*misc = conllu_misc_change(arena, *misc, "sentence", none);
	if (o != NULL && !text_is(o->offsets, "TokenRange"))
		*misc = conllu_misc_change(arena, *misc, "TokenRange", none);
	if (o != NULL && o->offsets.s != NULL &&
	    offsets_read(*misc, &first, &end))
		*misc = offsets_change(arena, *misc, first + o->base,
		    end + o->base);
	return id_shift_line(shift, arena, line->column, at);
}

/* The last K of the empty nodes WORD.K among these lines, or 0. */
static size_t
last_empty(const struct split *s, size_t from, size_t to, size_t word)
{
	size_t most = 0, w, k;

	for (size_t i = from; i < to; i++)
		if (id_empty(s->b->line[i].column[CONLLU_ID], &w, &k) &&
		    w == word && k > most)
			most = k;
	return most;
}

/* Write the lines of sentence k.  *empty is that of id_shift. */
static bool
put_lines(struct split *s, size_t k, const struct sentence_note *o,
    size_t *empty)
{
	struct id_shift shift = {.before = s->first[k], .empty = *empty,
	    .T = s->first[k + 1] - s->first[k], .back = true};

	*empty = last_empty(s, s->line[k], s->line[k + 1], s->first[k + 1]);
	for (size_t i = s->line[k]; i < s->line[k + 1]; i++) {
		if (!restore(s, &shift, o, &s->b->line[i]))
			return false;
		conllu_write_line(&s->b->line[i], &s->made);
		output_char(&s->made, '\n');
	}
	return true;
}

/* Write all sentences to s->made. */
static bool
put_all(struct split *s)
{
	size_t n = s->notes.of != NULL ? s->notes.n : s->n, empty = 0;

	for (size_t i = 0, k = 0; i < n; i++) {
		const struct sentence_note *o = s->notes.of == NULL ? NULL :
		    &s->notes.of[i];
		struct text slice = {"", 0};

		if (o == NULL || !o->empty)
			slice = find_slice(s, k);
		if (o == NULL)
			put_new(s, i + 1, slice);
		else
			put_noted(s, o, i + 1, slice);
		if (o != NULL && i == 0)
			put_document(s);
		if ((o == NULL || !o->empty) && !put_lines(s, k++, o, &empty))
			return false;
		output_char(&s->made, '\n');
	}
	return true;
}

bool
sentence_split(struct block *b, struct output *o, bool *changed)
{
	struct split s = {.b = b, .made = output_to(-1, NULL)};
	bool good;

	if (!conllu_sentences(b, &s.first, &s.n) ||
	    !sentence_notes_read(b, &s.notes))
		return false;
	compare(&s, changed);
	good = find_lines(&s);
	if (good) {
		find_text(&s);
		good = put_all(&s);
	}
	if (good)
		output_bytes(o, s.made.buf, s.made.n);
	output_done(&s.made, 0);
	return good;
}
