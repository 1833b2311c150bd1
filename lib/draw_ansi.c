/* SPDX-License-Identifier: ISC */
#include "draw_ansi.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "display.h"
#include "mem.h"
#include "output.h"
#include "pen.h"
#include "picture.h"

enum {
	MARGIN = 2,		/* blanks on both sides of a label */
	PAD = 1,		/* painted blanks at both ends of a span */
	GAP = 1,		/* between two spans */
	SCALE_COLUMNS = 33,	/* odd, so that 0 has a column */
};

static bool
is_there(struct text t)
{
	return t.n > 0 && !text_is(t, "_");
}

static void
heading(struct pen *pen, const struct score_row *r)
{
	struct text class = text_copy(pen->arena, r->class);

	pen->gap = 2;
	pen_text(pen, PEN_STRONG, r->doc, 0);
	pen_string(pen, PEN_STRONG, mem_printf(pen->arena, "%s %.4f",
	    class.s, (double)r->prob));
	if (is_there(r->model))
		pen_text(pen, PEN_FAINT, r->model, 0);
	if (is_there(r->method))
		pen_text(pen, PEN_FAINT, r->method, 0);
	pen_end(pen);
}

/* One level after the other, each broken where its own spans allow it. */
static void
level_lines(struct pen *pen, const struct picture_level *level,
    size_t indent)
{
	size_t next = 1;	/* the word that should come */

	pen_begin(pen, level->name, indent);
	for (size_t i = 0; i < level->n; i++) {
		const struct score_row *r = &level->span[i]->score;

		if (r->first > next)
			pen_string(pen, PEN_FAINT, "...");
		pen_text(pen, PEN_PAINTED, r->text, (double)r->score);
		next = r->last + 1;
	}
	pen_end(pen);
}

/*
 * All levels together, broken at the same words, which then stand below each
 * other.  That takes levels that hold the same words 1 to T, and each word on
 * a line.
 */
struct bands {
	size_t T;
	struct text **word;	/* [levels][T] */
	size_t *columns;	/* [T] the widest of a word on any level */
	size_t *ends;		/* [T] how many levels have a span end here */
};

/* How many words the level has, or 0 if its texts do not tell them apart. */
static size_t
count_words(const struct picture_level *level)
{
	size_t next = 1;

	for (size_t i = 0; i < level->n; i++) {
		const struct score_row *r = &level->span[i]->score;
		size_t blanks = 0;

		for (size_t k = 0; k < r->text.n; k++)
			blanks += r->text.s[k] == ' ';
		if (r->first != next || r->last - r->first != blanks)
			return 0;
		next = r->last + 1;
	}
	return next - 1;
}

static void
split_words(struct bands *b, struct arena *arena,
    const struct picture_level *level, struct text *word)
{
	size_t t = 0;

	for (size_t i = 0; i < level->n; i++) {
		struct text rest = level->span[i]->score.text;

		for (; rest.s != NULL; t++) {
			size_t w;

			word[t] = display_clean(arena, text_cut(&rest, ' '));
			w = display_columns(word[t]);
			if (w > b->columns[t])
				b->columns[t] = w;
		}
		b->ends[t - 1]++;
	}
}

/* False if the picture does not allow it. */
static bool
make_bands(struct bands *b, const struct picture *p, size_t room)
{
	*b = (struct bands){.T = p->levels == 0 ? 0 :
	    count_words(&p->level[0])};
	for (size_t i = 1; i < p->levels; i++)
		if (count_words(&p->level[i]) != b->T)
			return false;
	if (b->T == 0)
		return false;
	b->word = MEM_NEW(p->arena, p->levels, struct text *);
	b->columns = MEM_NEW(p->arena, b->T, size_t);
	b->ends = MEM_NEW(p->arena, b->T, size_t);
	for (size_t i = 0; i < p->levels; i++) {
		b->word[i] = MEM_NEW(p->arena, b->T, struct text);
		split_words(b, p->arena, &p->level[i], b->word[i]);
	}
	for (size_t t = 0; t < b->T; t++)
		if (b->columns[t] + 2 * PAD > room)
			return false;
	return true;
}

/*
 * Where the band that begins with word t ends (the first word behind it): as
 * far as it fits, but rather, if that leaves the line half full, where spans
 * of many levels end.
 */
static size_t
band_end(const struct bands *b, size_t t, size_t room)
{
	size_t used = 0, best = t + 1, ends = 0;

	for (; t < b->T; t++) {
		used += b->columns[t] + 2 * PAD;
		if (used > room)
			return best;
		if (used < room / 2 || b->ends[t] >= ends) {
			best = t + 1;
			ends = used < room / 2 ? 0 : b->ends[t];
		}
		used += GAP;
	}
	return b->T;
}

/* Words t to end of a level, of which span k is the first. */
static size_t
band_line(struct pen *pen, const struct bands *b, const struct text *word,
    const struct picture_level *level, size_t k, size_t t, size_t end)
{
	while (t < end) {
		const struct score_row *r = &level->span[k]->score;
		size_t stop = r->last < end ? r->last : end;
		struct output text = output_to(-1, "");
		size_t columns = 0;

		for (; t < stop; t++) {
			size_t w = display_columns(word[t]);
			size_t after = t + 1 == stop ? 0 : GAP + 2 * PAD;

			output_text(&text, word[t]);
			after += b->columns[t] - w;
			columns += w + after;
			for (size_t i = 0; i < after; i++)
				output_char(&text, ' ');
		}
		pen_put(pen, text_copy(pen->arena, (struct text){text.buf,
		    text.n}), columns, (double)r->score, r->last > end);
		output_done(&text, 0);
		if (r->last <= end)
			k++;
	}
	pen_end(pen);
	return k;
}

static void
draw_bands(struct pen *pen, const struct bands *b, const struct picture *p,
    size_t indent)
{
	size_t *span = MEM_NEW(p->arena, p->levels, size_t), end;

	for (size_t t = 0; t < b->T; t = end) {
		end = band_end(b, t, pen->width - indent);
		if (t > 0 && p->levels > 1)
			output_char(pen->o, '\n');
		for (size_t i = 0; i < p->levels; i++) {
			pen_begin(pen, p->levels > 1 || t == 0 ?
			    p->level[i].name : TEXT(""), indent);
			span[i] = band_line(pen, b, b->word[i], &p->level[i],
			    span[i], t, end);
		}
		if (end == b->T && t > 0 && p->levels > 1)
			output_char(pen->o, '\n');
	}
}

/* text + bias = logit, and what is missing if that is not so. */
static void
sums_line(struct pen *pen, const struct picture *picture, size_t indent)
{
	double v[PICTURE_SUMS] = {0}, rest, size = 1;
	int known = 0;

	pen_begin(pen, TEXT("sums"), indent);
	pen->gap = 2;
	for (int k = 0; k < PICTURE_SUMS; k++) {
		if (picture->sum[k] == NULL)
			continue;
		v[k] = (double)picture->sum[k]->score.score;
		pen_string(pen, PEN_BARE, mem_printf(pen->arena, "%s %s",
		    picture_sums[k], pen_number(pen, v[k])));
		size += fabs(v[k]);
		known++;
	}
	rest = v[PICTURE_LOGIT] - v[PICTURE_TEXT] - v[PICTURE_BIAS];
	if (known == PICTURE_SUMS && fabs(rest) > 1e-3 * size)
		pen_string(pen, PEN_BARE, mem_printf(pen->arena, "rest %s",
		    pen_number(pen, rest)));
	pen_end(pen);
}

/* against -3.16 [the colours] +3.16 for */
static void
scale_line(struct pen *pen, size_t indent)
{
	const char *low = pen_number(pen, -pen->full);
	const char *high = pen_number(pen, pen->full);
	size_t taken = strlen(low) + strlen(high) + 2, room;
	bool words;

	pen_begin(pen, TEXT("scale"), indent);
	pen->gap = 1;
	room = pen_room(pen);
	words = room >= taken + strlen("against  for") + 3;
	if (words) {
		taken += strlen("against  for");
		pen_string(pen, PEN_BARE, "against");
	}
	pen_string(pen, PEN_BARE, low);
	room = room < taken + 3 ? 3 : (room - taken - 1) | 1;
	if (pen->colours == TERMINAL_PLAIN)
		pen_string(pen, PEN_BARE, "to");
	else
		pen_scale(pen, room < SCALE_COLUMNS ? room : SCALE_COLUMNS);
	pen_string(pen, PEN_BARE, high);
	if (words)
		pen_string(pen, PEN_BARE, "for");
	pen_end(pen);
}

static size_t
widest_label(const struct picture *p)
{
	size_t widest = strlen("scale");

	for (size_t i = 0; i < p->levels; i++) {
		size_t w = display_columns(display_clean(p->arena,
		    p->level[i].name));

		widest = w > widest ? w : widest;
	}
	return widest;
}

void
draw_ansi(const struct draw_ansi *style, const struct picture *p,
    struct output *o)
{
	struct pen pen = {
		.colours = style->colours, .width = style->width,
		.palette = style->palette, .o = o, .arena = p->arena,
		.full = p->full, .largest = p->largest,
	};
	size_t indent = MARGIN + widest_label(p) + MARGIN;
	bool colour = style->colours != TERMINAL_PLAIN;
	struct bands bands;

	heading(&pen, &p->row[0].score);
	pen.pad = colour ? PAD : 0;
	pen.gap = colour ? GAP : 2;
	if (colour && indent <= style->width / 3 &&
	    make_bands(&bands, p, style->width - indent))
		draw_bands(&pen, &bands, p, indent);
	else
		for (size_t i = 0; i < p->levels; i++)
			level_lines(&pen, &p->level[i], indent);
	sums_line(&pen, p, indent);
	if (p->largest > 0)
		scale_line(&pen, indent);
	pen_free(&pen);
}
