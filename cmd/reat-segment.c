/* SPDX-License-Identifier: ISC */
/* reat-segment: add the maximal scoring segments of the words as two levels. */
#include <float.h>
#include <math.h>
#include <unistd.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/option.h"
#include "base/output.h"
#include "base/tsv.h"
#include "math/maximal.h"
#include "stream/score.h"
#include "stream/score_read.h"

static const struct side {
	const char *level, *tag;
	double sign;
} sides[] = {{"for", "+", 1}, {"against", "-", -1}};

enum { SIDES = sizeof sides / sizeof *sides };

struct segmenting {
	struct output *out;
	struct arena *arena;	/* of a run */
};

/* The words of a run, and the spans of one level of it. */
struct words {
	const struct score_row **row;	/* [n] */
	double *score;			/* [n] */
	size_t n;
	struct maximal *segment;	/* [n] scratch */
};

static struct words
find_words(struct arena *arena, const struct score_doc *d)
{
	struct words w = {.row = MEM_NEW(arena, d->n,
	    const struct score_row *), .score = MEM_NEW(arena, d->n, double),
	    .segment = MEM_NEW(arena, d->n, struct maximal)};

	for (size_t i = 0; i < d->n; i++)
		if (d->row[i].kind == SCORE_WORD)
			w.row[w.n++] = &d->row[i];
	/* a whole run has the words 1, 2, 3, ... in any order */
	for (size_t i = 0; i < w.n; i++)
		while (w.row[i]->first != i + 1) {
			const struct score_row *other = w.row[i];

			w.row[i] = w.row[other->first - 1];
			w.row[other->first - 1] = other;
		}
	for (size_t i = 0; i < w.n; i++)
		w.score[i] = (double)w.row[i]->score;
	return w;
}

/* The texts of words first to last, with blanks between. */
static struct text
join(struct segmenting *s, const struct words *w, size_t first, size_t last)
{
	struct output made = output_to(-1, NULL);
	struct text text;

	for (size_t t = first; t <= last; t++) {
		if (t > first)
			output_char(&made, ' ');
		output_text(&made, w->row[t]->text);
	}
	text = text_copy(s->arena, (struct text){made.buf, made.n});
	output_done(&made, STATUS_OK);
	return text;
}

/* Write a span of a level; the other columns are those of its first word. */
static void
write_span(struct segmenting *s, const struct words *w,
    const struct side *side, const struct maximal *m, const char *tag)
{
	struct score_row row = *w->row[m->first];
	struct score_shared shared = score_shared(s->arena, &row);

	row.level = text_of(side->level);
	row.last = m->last + 1;
	row.tag = text_of(tag);
	row.score = (float)m->sum;
	row.text = join(s, w, m->first, m->last);
	score_write(s->out, &shared, &row);
}

/* Write a level: the segments, and each other word as a span of its own. */
static void
write_side(struct segmenting *s, const struct words *w,
    const struct side *side)
{
	size_t n = maximal_segments(w->n, w->score, side->sign, w->segment);
	size_t next = 0;

	for (size_t t = 0; t < w->n; t++)
		if (next < n && w->segment[next].first == t) {
			write_span(s, w, side, &w->segment[next], side->tag);
			t = w->segment[next++].last;
		} else
			write_span(s, w, side, &(struct maximal){t, t,
			    w->score[t]}, "_");
}

/* True for a row of an earlier run. */
static bool
is_ours(const struct score_row *row)
{
	for (size_t k = 0; k < SIDES; k++)
		if (text_is(row->level, sides[k].level))
			return true;
	return false;
}

/* False with a message if a sum of words may not fit into a float. */
static bool
check_sums(const struct score_doc *d, const struct words *w)
{
	double size = 0;

	for (size_t t = 0; t < w->n; t++)
		size += fabs(w->score[t]);
	return size <= (double)FLT_MAX || bad(d->at, "the sum of the words' "
	    "scores, without signs, is %g and does not fit into a float",
	    size);
}

/* Write a run, and its segments before its sums. */
static bool
segment(struct segmenting *s, const struct score_doc *d)
{
	struct words w;
	bool written = false;

	mem_reset(s->arena);
	w = find_words(s->arena, d);
	if (!check_sums(d, &w))
		return false;
	for (size_t i = 0; i < d->n; i++) {
		if (d->row[i].kind < SCORE_SUMS && !written) {
			for (size_t k = 0; k < SIDES; k++)
				write_side(s, &w, &sides[k]);
			written = true;
		}
		if (is_ours(&d->row[i]))
			continue;
		tsv_write_line(s->out, d->row[i].line);
		output_char(s->out, '\n');
	}
	return true;
}

int
main(int argc, char *argv[])
{
	struct options o = {"H", "add the maximal scoring segments of the "
	    "words", "[file ...]", .reads = "score", .writes = "score",
	    .meanings = (const struct option_meaning[]){
	    {'k', "keep going after a bad document"}, {0}}};
	struct output out = output_to(STDOUT_FILENO, "stdout");
	struct segmenting s = {.out = &out};
	bool headless = false;
	struct score_reader *r;
	struct score_doc d;
	int status;

	for (int c; (c = option_next(&o, argc, argv)) != -1; )
		headless = headless || c == 'H';
	if (!headless)
		score_write_header(&out);
	s.arena = mem_arena();
	r = score_reader_open(argv + optind, (struct score_reading){
	    .whole = true, .every_word = true, .runs = true,
	    .keep_going = o.keep_going, .flush = &out});
	while (score_next(r, &d))
		if (!d.bad && !segment(&s, &d))
			score_reader_bad(r);
	status = score_reader_status(r);
	score_reader_close(r);
	mem_free(s.arena);
	return output_done(&out, status);
}
