/* SPDX-License-Identifier: ISC */
#include "stream/sentence_join.h"

#include <stdlib.h>

#include "base/input.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/id_shift.h"
#include "stream/misc.h"
#include "stream/offsets.h"
#include "stream/sentence_notes.h"
#include "stream/surface.h"

struct sentence_join {
	struct arena *arena;	/* of id and label */
	struct text id, label;
	struct output text, comments, words;
	size_t sentences;
	size_t notes;		/* of this sentence */
	size_t T;
	size_t empty;		/* of the empty nodes T.1, T.2, ... the last */
	size_t codes;		/* code points of text */
	bool blank;		/* one is to follow, if no offset says more */

	/* The last sentence with offsets: from first to end in its file.  The
	 * offset end is at is in text. */
	bool placed;
	size_t first, end, is;
};

struct sentence_join *
sentence_join_new(void)
{
	struct sentence_join *j = mem_calloc(1, sizeof *j);

	j->arena = mem_arena();
	j->text = output_to(-1, NULL);
	j->comments = output_to(-1, NULL);
	j->words = output_to(-1, NULL);
	return j;
}

void
sentence_join_free(struct sentence_join *j)
{
	mem_free(j->arena);
	output_done(&j->text, 0);
	output_done(&j->comments, 0);
	output_done(&j->words, 0);
	free(j);
}

void
sentence_join_begin(struct sentence_join *j, struct text id)
{
	struct arena *arena = j->arena;
	struct output text = j->text, comments = j->comments, words = j->words;

	text.n = comments.n = words.n = 0;
	mem_reset(arena);
	*j = (struct sentence_join){.arena = arena, .text = text,
	    .comments = comments, .words = words,
	    .id = text_copy(arena, id)};
}

/* ---- the place of each word in the text ---- */

/* A word or a range of the sentence. */
struct spot {
	struct surface s;
	struct text *misc;
	struct place at;
	size_t first, end;	/* in the document's text */
};

/* How a sentence has its offsets. */
struct given {
	bool any, ranges;	/* some, and TokenRange */
	size_t base;		/* to be subtracted, modulo 2^64 */
};

static bool
has_range(struct text misc)
{
	return conllu_misc_value(misc, "TokenRange").s != NULL;
}

/* Read the offsets as first and end. */
static bool
read_offsets(struct spot *spot, size_t n, struct given *given)
{
	for (size_t i = 0; i < n; i++) {
		given->any = given->any || offsets_given(*spot[i].misc);
		given->ranges = given->ranges || has_range(*spot[i].misc);
	}
	for (size_t i = 0; given->any && i < n; i++) {
		struct text misc = *spot[i].misc;

		if (!offsets_read(misc, &spot[i].first, &spot[i].end) ||
		    (given->ranges && !has_range(misc)))
			return bad(spot[i].at, "\"%.*s\" has no %s with two "
			    "numbers, and another word of the sentence has; "
			    "give them to all words or to none",
			    TEXT_ARGS(spot[i].s.form), given->ranges ?
			    "TokenRange" : "start_char and end_char");
		if (i > 0 && spot[i].first < spot[i - 1].end)
			return bad(spot[i].at, "offset %zu is before %zu, the "
			    "end of the word before it", spot[i].first,
			    spot[i - 1].end);
	}
	return true;
}

/* Find the first offset of the sentence in the document's text. */
static bool
find_start(struct sentence_join *j, const struct spot *spot, size_t n,
    struct given *given, size_t *start)
{
	size_t first = spot[0].first;

	*start = j->codes + (j->blank && j->codes > 0);
	if (!given->any)
		return true;
	if (j->placed && first < j->end && first > j->first)
		return bad(spot[0].at, "offset %zu is before %zu, the end of "
		    "the sentence before it", first, j->end);
	if (j->placed && first >= j->end) {
		if (first - j->end > INPUT_LIMIT)
			return bad(spot[0].at, "offset %zu is too far behind "
			    "%zu, the end of the sentence before it", first,
			    j->end);
		if (j->is + (first - j->end) >= j->codes)
			*start = j->is + (first - j->end);
	}
	if (spot[n - 1].end - first > INPUT_LIMIT)
		return bad(spot[n - 1].at, "offset %zu is too far behind %zu, "
		    "the start of the sentence", spot[n - 1].end, first);
	given->base = first - *start;
	j->placed = true;
	j->first = first;
	j->end = spot[n - 1].end;
	j->is = j->end - given->base;
	return true;
}

/* Count first and end in the document's text. */
static void
place(struct spot *spot, size_t n, const struct given *given, size_t start)
{
	for (size_t i = 0, at = start; i < n; i++) {
		struct spot *p = &spot[i];

		if (given->any) {
			p->first -= given->base;
			p->end -= given->base;
			continue;
		}
		p->first = at + (i > 0 ? utf8_count(p->s.gap) : 0);
		at = p->end = p->first + utf8_count(p->s.form);
	}
}

static void
put_blanks(struct sentence_join *j, size_t n)
{
	while (n-- > 0)
		output_char(&j->text, ' ');
}

/*
 * Write the text of a word; *at is the end of the one before it.  Where there
 * were several blanks in the file, the text of a sentence can have one.
 */
static bool
put_word(struct sentence_join *j, const struct spot *p, size_t *at)
{
	size_t gap = p->first - *at, range = p->end - p->first, more, i = 0;
	size_t codes = utf8_count(p->s.form);

	while (i < p->s.form.n && p->s.form.s[i] != ' ')
		i++;
	if (codes > range || (codes < range && i == p->s.form.n))
		return bad(p->at, "\"%.*s\" has %zu character%s, but from its "
		    "first offset to its last there are %zu",
		    TEXT_ARGS(p->s.form), codes, text_plural(codes), range);
	more = range - codes;
	if (*at > 0 && utf8_count(p->s.gap) == gap)
		output_text(&j->text, p->s.gap);
	else
		put_blanks(j, gap);
	output_text(&j->text, (struct text){p->s.form.s, i});
	put_blanks(j, more);
	output_text(&j->text, (struct text){p->s.form.s + i, p->s.form.n - i});
	*at = p->end;
	return true;
}

/* Write the offsets of all lines, and TokenRange where there were none. */
static bool
set_offsets(const struct block *b, struct spot *spot, size_t n,
    const struct given *given)
{
	size_t first, end;

	for (size_t i = 0, k = 0; i < b->lines; i++) {
		struct place at = {b->at.file, b->line[i].number};
		struct text *misc;
		bool is_spot;

		if (b->line[i].column == NULL)
			continue;
		misc = &b->line[i].column[CONLLU_MISC];
		is_spot = k < n && spot[k].s.line == i;
		/* it would go with those that are added */
		if (!is_spot && (given->any ? !given->ranges &&
		    has_range(*misc) : offsets_given(*misc)))
			return bad(at, "offsets that the words in the text do "
			    "not have; give them to these, too, or to none");
		/* also of words in a range, and of empty nodes */
		if (given->any && offsets_read(*misc, &first, &end)) {
			/* 07, or a key twice, would not come back */
			if (!text_equal(offsets_change(b->arena, *misc, first,
			    end), *misc))
				return bad(at, "an offset occurs twice or "
				    "begins with 0; expected each once, as "
				    "7");
			*misc = offsets_change(b->arena, *misc,
			    first - given->base, end - given->base);
		}
		if (!is_spot)
			continue;
		if (!given->ranges)
			*misc = conllu_misc_append(b->arena, *misc,
			    "TokenRange", text_of(mem_printf(b->arena,
			    "%zu:%zu", spot[k].first, spot[k].end)));
		k++;
	}
	return true;
}

/* Add the text of a sentence with words.  *slice is the text's part. */
static bool
add_text(struct sentence_join *j, const struct block *b, struct given *given,
    struct text *slice)
{
	struct surface *s;
	struct spot *spot;
	size_t n, start, at = j->codes, from;

	if (!surface_find(b, conllu_comment(b, "text"), &s, &n))
		return false;
	spot = MEM_NEW(b->arena, n, struct spot);
	for (size_t i = 0; i < n; i++) {
		const struct conllu_line *line = &b->line[s[i].line];

		spot[i] = (struct spot){.s = s[i],
		    .misc = &line->column[CONLLU_MISC],
		    .at = {b->at.file, line->number}};
	}
	if (!read_offsets(spot, n, given) ||
	    !find_start(j, spot, n, given, &start))
		return false;
	place(spot, n, given, start);
	put_blanks(j, start - at);
	from = j->text.n;
	at = start;
	for (size_t i = 0; i < n; i++)
		if (!put_word(j, &spot[i], &at))
			return false;
	j->codes = at;
	j->blank = !text_is(conllu_misc_value(*spot[n - 1].misc,
	    "SpaceAfter"), "No");
	*slice = (struct text){j->text.buf + from, j->text.n - from};
	return set_offsets(b, spot, n, given);
}

/* ---- lines and comments ---- */

static bool
add_lines(struct sentence_join *j, struct block *b)
{
	struct id_shift shift = {.before = j->T, .empty = j->empty, .T = b->T};
	size_t t = 0, word, k;

	if (b->T > 0)
		j->empty = 0;
	for (size_t i = 0; i < b->lines; i++) {
		const struct conllu_line *line = &b->line[i];
		struct place at = {b->at.file, line->number};
		struct text id, *misc;
		bool is_word = t < b->T && b->word[t] == i;

		if (line->column == NULL)
			continue;
		id = line->column[CONLLU_ID];
		misc = &line->column[CONLLU_MISC];
		if (conllu_misc_value(*misc, "sentence").s != NULL)
			return bad(at, "MISC has the key sentence, which only "
			    "joined documents have; expected a sentence");
		if (text_starts(*misc, "|"))
			return bad(at, "MISC begins with |, expected a key");
		if (id_empty(id, &word, &k)) {
			if (word != t)
				return bad(at, "the empty node %.*s is after "
				    "word %zu", TEXT_ARGS(id), t);
			if (word == b->T && k > j->empty)
				j->empty = k;
			is_word = word == 0 && j->T > 0;
		}
		if (is_word)
			*misc = conllu_misc_append(b->arena, *misc,
			    "sentence", t == 0 ? TEXT("B-S") : TEXT("I-S"));
		t += is_word && t < b->T && b->word[t] == i;
		if (!id_shift_line(&shift, b->arena, line->column, at))
			return false;
		conllu_write_line(line, &j->words);
		output_char(&j->words, '\n');
	}
	j->T += b->T;
	return true;
}

/* Begin the next note of this sentence. */
static void
begin_comment(struct sentence_join *j)
{
	output_printf(&j->comments, "# " SENTENCE_KEY "%zu.%zu = ",
	    j->sentences, ++j->notes);
}

static void
add_comments(struct sentence_join *j, const struct block *b,
    const struct given *given, struct text slice)
{
	struct text rest = conllu_comments(b);
	bool found = false;	/* # text */

	if (b->T == 0) {
		begin_comment(j);
		output_string(&j->comments, "empty\n");
	}
	if (given->any) {
		begin_comment(j);
		output_string(&j->comments, given->ranges ? "TokenRange " :
		    "start_char ");
		/* it is negative if text was added before */
		if (given->base > SIZE_MAX / 2)
			output_char(&j->comments, '-');
		output_size(&j->comments, given->base > SIZE_MAX / 2 ?
		    0 - given->base : given->base);
		output_char(&j->comments, '\n');
	}
	while (rest.s != NULL) {
		struct text raw = text_cut(&rest, '\n'), key, value;
		bool text = !found && conllu_comment_parts(raw, &key, &value) &&
		    text_is(key, "text");

		found = found || text;
		begin_comment(j);
		if (text && b->T > 0 && text_equal(value, slice) &&
		    raw.n == value.n + 9 && text_starts(raw, "# text = "))
			output_string(&j->comments, "text");
		else
			output_text(&j->comments, raw);
		output_char(&j->comments, '\n');
	}
}

bool
sentence_join_add(struct sentence_join *j, struct block *b)
{
	struct given given = {0};
	struct text slice = {NULL, 0};

	j->sentences++;
	j->notes = 0;
	if (b->label.s != NULL && j->label.s == NULL)
		j->label = text_copy(j->arena, b->label);
	if (b->label.s != NULL && !text_equal(b->label, j->label))
		return bad(conllu_comment_place(b, "label"), "label %.*s, but "
		    "the document has the label %.*s already",
		    TEXT_ARGS(b->label), TEXT_ARGS(j->label));
	if (conllu_comment_count(b, "text") > 1)
		return bad(b->at, "a second # text in this sentence");
	if (b->T == 0 && b->lines > 0 &&
	    b->line[b->lines - 1].column != NULL)
		return bad(b->at, "a sentence with empty nodes and no word");
	if (b->T > 0 && !add_text(j, b, &given, &slice))
		return false;
	add_comments(j, b, &given, slice);
	if (!add_lines(j, b))
		return false;
	return j->text.n + j->comments.n + j->words.n <
	    INPUT_LIMIT - j->id.n - j->label.n - 200 ||
	    bad(b->at, "the document %.*s has more than 64 MiB, up to this "
	    "sentence", TEXT_ARGS(j->id));
}

/* ---- the document ---- */

static void
put_comment(struct output *o, const char *key, struct text value)
{
	output_printf(o, "# %s = ", key);
	output_text(o, value);
	output_char(o, '\n');
}

static struct text
content(const struct output *o)
{
	return (struct text){o->n > 0 ? o->buf : "", o->n};
}

void
sentence_join_write(const struct sentence_join *j, struct output *o)
{
	put_comment(o, "sent_id", j->id);
	put_comment(o, "text", content(&j->text));
	if (j->label.s != NULL)
		put_comment(o, "label", j->label);
	output_printf(o, "# " SENTENCES_KEY " = %zu ", j->sentences);
	output_text(o, j->id);
	output_char(o, '\n');
	output_text(o, content(&j->comments));
	output_text(o, content(&j->words));
	output_char(o, '\n');
}
