/* SPDX-License-Identifier: ISC */
#include "stream/revise.h"

#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/layer.h"
#include "stream/misc.h"
#include "stream/offsets.h"
#include "stream/revise_heads.h"
#include "stream/revise_text.h"
#include "stream/trace_keys.h"
#include "stream/vector.h"

/* Correct SpaceAfter=No of a line whose last word is t, from 0. */
static void
set_space(struct revision *r, struct text *misc, size_t t)
{
	struct arena *arena = r->b->arena;
	struct text old = conllu_misc_value(*misc, "SpaceAfter");

	if (!r->spaces || r->space[t] != text_is(old, "No"))
		return;
	if (r->space[t])
		*misc = conllu_misc_change(arena, *misc, "SpaceAfter",
		    (struct text){NULL, 0});
	else if (old.s != NULL)
		*misc = conllu_misc_change(arena, *misc, "SpaceAfter",
		    TEXT("No"));
	else
		*misc = conllu_misc_append(arena, *misc, "SpaceAfter",
		    TEXT("No"));
}

/* Correct the offsets, if the line has them; it has words a to b from 1. */
static void
set_offsets(struct revision *r, struct text *misc, size_t a, size_t b)
{
	size_t first = r->first[a - 1], end = r->end[b - 1];

	if (first == REVISION_NOWHERE || end == REVISION_NOWHERE)
		*misc = offsets_remove(r->b->arena, *misc);
	else
		*misc = offsets_change(r->b->arena, *misc, r->base + first,
		    r->base + end);
}

/*
 * Change the columns of a line.  Returns false if the line is removed.  *within
 * is the last word of a range that is kept, whose line has SpaceAfter.
 */
static bool
revise_line(struct revision *r, struct text *column, size_t *within)
{
	struct text id = column[CONLLU_ID];
	size_t a, b;

	if (text_to_size(id, &a)) {
		if (!revision_keeps(r, a - 1))
			return false;
		if (revision_replaces(r, a - 1)) {
			column[CONLLU_FORM] = r->form[a - 1];
			column[CONLLU_LEMMA] = TEXT("_");
			/* the vector is the old word's */
			column[CONLLU_MISC] = conllu_misc_change(r->b->arena,
			    column[CONLLU_MISC], VECTOR_KEY,
			    (struct text){NULL, 0});
		}
		set_offsets(r, &column[CONLLU_MISC], a, a);
		if (a > *within)
			set_space(r, &column[CONLLU_MISC], a - 1);
	} else if (revision_range(r, id, &a, &b)) {
		set_offsets(r, &column[CONLLU_MISC], a, b);
		set_space(r, &column[CONLLU_MISC], b - 1);
		*within = b;
	} else if (memchr(id.s, '-', id.n) != NULL ||
	    revision_id(r, id).s == NULL) {
		return false;
	}
	column[CONLLU_ID] = revision_id(r, id);
	return true;
}

static void
revise_lines(struct revision *r)
{
	struct block *b = r->b;
	size_t lines = 0, words = 0, t = 0, within = 0;

	for (size_t i = 0; i < b->lines; i++) {
		bool is_word = t < b->T && b->word[t] == i;

		t += is_word;
		if (b->line[i].column != NULL &&
		    !revise_line(r, b->line[i].column, &within))
			continue;
		if (is_word)
			b->word[words++] = lines;
		b->line[lines++] = b->line[i];
	}
	b->lines = lines;
	b->T = words;
}

struct revise_source {
	const char **layer;	/* [layers] */
	size_t layers;
	struct revision_text text;
};

struct revise_source *
revise_read(struct block *b)
{
	struct revise_source *s = MEM_NEW(b->arena, 1, struct revise_source);
	struct text *layer;

	trace_strip(b);
	s->layers = conllu_layers(b, &layer);
	s->layer = MEM_NEW(b->arena, s->layers, const char *);
	for (size_t i = 0; i < s->layers; i++)
		s->layer[i] = mem_copy(b->arena, layer[i].s, layer[i].n);
	s->text = revision_read_text(b);
	return s;
}

void
revise_copy(const struct revise_source *s, struct block *b, const bool *keep,
    const struct text *form)
{
	struct revision r = {.b = b, .keep = keep, .form = form,
	    .made = output_to(-1, NULL)};
	size_t next = 0;

	r.id = MEM_NEW(b->arena, b->T, size_t);
	for (size_t t = 0; t < b->T; t++)
		r.id[t] = revision_keeps(&r, t) ? ++next : 0;
	for (size_t i = 0; i < s->layers; i++)
		conllu_begin_chunks(b, s->layer[i], keep);
	revise_text(&r, &s->text);
	revise_heads(&r);
	revise_lines(&r);
	output_done(&r.made, 0);
}

void
revise(struct block *b, const bool *keep, const struct text *form)
{
	revise_copy(revise_read(b), b, keep, form);
}

struct block
revise_variant(struct arena *arena, const struct block *b, size_t k,
    const bool *keep, const struct text *form)
{
	struct output id = output_to(-1, NULL);
	struct block v;

	conllu_copy(arena, b, &v);
	revise(&v, keep, form);
	output_text(&id, b->sent_id);
	output_printf(&id, "~%zu", k);
	v.sent_id = text_copy(arena, (struct text){id.buf, id.n});
	conllu_set_comment(&v, "sent_id", v.sent_id);
	conllu_add_comment(&v, "reat.source", b->sent_id);
	output_done(&id, 0);
	return v;
}
