/* SPDX-License-Identifier: ISC */
#include "draw/picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/display.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/output.h"

void
picture_init(struct picture *p)
{
	*p = (struct picture){.arena = mem_arena()};
}

void
picture_free(struct picture *p)
{
	mem_free(p->arena);
}

/* The level of this name, or NULL. */
static struct picture_level *
find(const struct picture *p, struct text name)
{
	for (size_t i = 0; i < p->levels; i++)
		if (text_equal(p->level[i].name, name))
			return &p->level[i];
	return NULL;
}

/* Find the sums, and count the spans of each level. */
static bool
count_levels(struct picture *p)
{
	p->level = MEM_NEW(p->arena, PICTURE_LEVELS, struct picture_level);
	for (size_t i = 0; i < p->n; i++) {
		const struct score_row *row = &p->row[i];
		enum score_level sum = row->kind;
		struct picture_level *level;

		if (sum < SCORE_SUMS) {
			p->sum[sum] = row;
			continue;
		}
		level = find(p, row->level);
		if (level == NULL && p->levels == PICTURE_LEVELS)
			return bad(row->at, "too many levels, the limit is %d",
			    PICTURE_LEVELS);
		if (level == NULL) {
			level = &p->level[p->levels++];
			level->name = row->level;
		}
		level->n++;
	}
	return true;
}

static int
by_first(const void *a, const void *b)
{
	const struct score_row *x = *(struct score_row *const *)a;
	const struct score_row *y = *(struct score_row *const *)b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->last > y->last) - (x->last < y->last);
}

/* The row to draw: a copy whose double quotes are as typed, or the row. */
static const struct score_row *
unquote(const struct picture *p, const struct score_row *row)
{
	struct text rest = row->text;
	struct output o = output_to(-1, NULL);
	struct score_row *to;
	size_t id = row->first;
	bool any = false;

	while (rest.s != NULL)
		any = quotes_has(text_cut(&rest, ' ')) || any;
	if (!any)
		return row;
	for (rest = row->text; rest.s != NULL; id++) {
		struct text word = text_cut(&rest, ' ');

		output_text(&o, quotes_has(word) ? quotes_find(p->quote,
		    p->quotes, id) : word);
		output_string(&o, rest.s != NULL ? " " : "");
	}
	to = MEM_NEW(p->arena, 1, struct score_row);
	*to = *row;
	to->text = text_copy(p->arena, (struct text){o.buf, o.n});
	output_done(&o, 0);
	return to;
}

/* Give the spans to their levels and sort them. */
static void
fill_levels(struct picture *p)
{
	for (size_t i = 0; i < p->levels; i++) {
		p->level[i].span = MEM_NEW(p->arena, p->level[i].n,
		    const struct score_row *);
		p->level[i].n = 0;
	}
	for (size_t i = 0; i < p->n; i++) {
		struct picture_level *level = find(p, p->row[i].level);

		if (level != NULL)
			level->span[level->n++] = unquote(p,
			    &p->row[i]);
	}
	for (size_t i = 0; i < p->levels; i++)
		qsort(p->level[i].span, p->level[i].n,
		    sizeof *p->level[i].span, by_first);
}

/* Keep the chosen levels, in the order of the choice. */
static void
choose(struct picture *p, const struct picture_choice *choice)
{
	struct picture_level *kept = MEM_NEW(p->arena, PICTURE_LEVELS,
	    struct picture_level);
	size_t n = 0;

	for (size_t i = 0; i < choice->n; i++) {
		struct picture_level *level = find(p, choice->level[i]);

		if (level != NULL)
			kept[n++] = *level;
	}
	p->level = kept;
	p->levels = n;
}

/*
 * Divide the spans of a level among levels of its name in which none overlap:
 * each span goes to the first level whose last span ends before it.  Append
 * these levels to the n levels at to.  Returns how many there are then, or
 * PICTURE_LEVELS + 1 if there are too many.
 */
static size_t
divide(struct arena *arena, const struct picture_level *from,
    struct picture_level *to, size_t n)
{
	size_t first = n;

	for (size_t k = 0; k < from->n; k++) {
		const struct score_row *row = from->span[k];
		size_t i = first;

		while (i < n && to[i].span[to[i].n - 1]->last >= row->first)
			i++;
		if (i == PICTURE_LEVELS)
			return PICTURE_LEVELS + 1;
		if (i == n)
			to[n++] = (struct picture_level){.name = from->name,
			    .span = MEM_NEW(arena, from->n - k,
			    const struct score_row *)};
		to[i].span[to[i].n++] = row;
	}
	return n;
}

/* Divide the level "span", if there is one, into levels whose spans do not
 * overlap. */
static bool
divide_spans(struct picture *p)
{
	struct picture_level *to = MEM_NEW(p->arena, PICTURE_LEVELS,
	    struct picture_level);
	size_t n = 0;

	for (size_t i = 0; i < p->levels && n <= PICTURE_LEVELS; i++)
		if (score_level(p->level[i].name) == SCORE_SPAN)
			n = divide(p->arena, &p->level[i], to, n);
		else if (n++ < PICTURE_LEVELS)
			to[n - 1] = p->level[i];
	if (n > PICTURE_LEVELS)
		return bad(p->row[0].at, "too many spans overlap, the limit "
		    "is %d lines; choose levels with -l", PICTURE_LEVELS);
	p->level = to;
	p->levels = n;
	return true;
}

static bool
is_numbered(struct text name)
{
	return name.n > 0 && name.s[name.n - 1] >= '0' &&
	    name.s[name.n - 1] <= '9';
}

/* The place of a level in pictures: those of the chunker first. */
static size_t
rank(const struct picture_level *level)
{
	static const char *const order[] = {"word", "phrase", "clause",
	    "sentence", NULL};

	return text_find(level->name, order);
}

/* Sort the levels, and leave those of one rank in their order. */
static void
arrange(struct picture *p)
{
	for (size_t i = 1; i < p->levels; i++) {
		struct picture_level level = p->level[i];
		size_t k = i;

		for (; k > 0 && rank(&p->level[k - 1]) > rank(&level); k--)
			p->level[k] = p->level[k - 1];
		p->level[k] = level;
	}
}

/* True if the levels have the same spans with the same scores. */
static bool
repeats(const struct picture_level *a, const struct picture_level *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (a->span[i]->first != b->span[i]->first ||
		    a->span[i]->last != b->span[i]->last ||
		    a->span[i]->score != b->span[i]->score)
			return false;
	return true;
}

/* Leave out each level that repeats one before it. */
static void
drop_repeats(struct picture *p)
{
	size_t n = 0;

	for (size_t i = 0; i < p->levels; i++) {
		size_t k = 0;

		while (k < n && !repeats(&p->level[k], &p->level[i]))
			k++;
		if (k == n)
			p->level[n++] = p->level[i];
		else
			p->same = mem_printf(p->arena, "%s%s%s = %s", p->same,
			    *p->same == '\0' ? "" : ", ",
			    text_copy(p->arena, p->level[i].name).s,
			    text_copy(p->arena, p->level[k].name).s);
	}
	p->levels = n;
}

/* Keep the words and the numbered levels, if there are any. */
static void
choose_numbered(struct picture *p)
{
	size_t n = 0;
	bool any = false;

	for (size_t i = 0; i < p->levels; i++)
		any = any || is_numbered(p->level[i].name);
	for (size_t i = 0; any && i < p->levels; i++)
		if (is_numbered(p->level[i].name) ||
		    score_level(p->level[i].name) == SCORE_WORD)
			p->level[n++] = p->level[i];
	p->levels = any ? n : p->levels;
}

/* logit - text - bias, or 0 if it is as small as a rounding error. */
static double
find_rest(const struct picture *p)
{
	double v[SCORE_SUMS], rest, size = 1;

	for (int k = 0; k < SCORE_SUMS; k++) {
		if (p->sum[k] == NULL)
			return 0;
		v[k] = (double)p->sum[k]->score;
		size += fabs(v[k]);
	}
	rest = v[SCORE_LOGIT] - v[SCORE_TEXT] - v[SCORE_BIAS];
	return fabs(rest) > 1e-3 * size ? rest : 0;
}

/* The first unknown word from id on, as an index; unknowns if there is none. */
static size_t
find_unknown(const struct picture *p, size_t id)
{
	size_t low = 0, high = p->unknowns;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (p->unknown[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* Look for unknown words in the spans. */
static void
mark_unknown(struct picture *p)
{
	p->unknown = remark_words(p->arena, &p->remark, &p->unknowns);
	for (size_t i = 0; p->unknowns > 0 && i < p->levels; i++)
		for (size_t k = 0; k < p->level[i].n && !p->marked; k++) {
			const struct score_row *r = p->level[i].span[k];
			size_t at = find_unknown(p, r->first);

			p->marked = at < p->unknowns &&
			    p->unknown[at] <= r->last;
		}
}

static bool
is_word(const struct picture_level *level)
{
	return score_level(level->name) == SCORE_WORD;
}

/* The largest |score| of the levels that are words, or of the others. */
static double
largest(const struct picture *p, bool words)
{
	double most = 0;

	for (size_t i = 0; i < p->levels; i++)
		for (size_t k = 0; k < p->level[i].n &&
		    is_word(&p->level[i]) == words; k++)
			most = fmax(most,
			    fabs((double)p->level[i].span[k]->score));
	return most;
}

/* Without scores other than 0 there is no scale, whatever full is. */
static void
set_scales(struct picture *p, bool one, double full)
{
	double words = largest(p, true), others = largest(p, false);
	double most = fmax(words, others), least = fmin(words, others);

	if (most == 0)
		return;
	if (!one && full == 0 && least > 0 && least < .8 * most) {
		p->scale[p->scales++] = (struct picture_scale){"word", words,
		    words};
		p->scale[p->scales++] = (struct picture_scale){"others",
		    others, others};
		return;
	}
	/* the decimals of a scale that the user has set are those of all
	 * pictures: two or more */
	p->scale[p->scales++] = full == 0 ? (struct picture_scale){NULL, most,
	    most} : (struct picture_scale){NULL, full, fmin(full, 1)};
}

bool
picture_make(struct picture *p, const struct score_row *row, size_t n,
    const struct picture_choice *choice)
{
	mem_reset(p->arena);
	*p = (struct picture){.arena = p->arena, .row = row, .n = n,
	    .same = ""};
	if (!count_levels(p))
		return false;
	p->remark = p->sum[SCORE_LOGIT] == NULL ? remark_none :
	    remark_read(p->sum[SCORE_LOGIT]->text);
	p->quote = quotes_read(p->arena, p->remark.quotes, &p->quotes);
	fill_levels(p);
	if (choice->level != NULL)
		choose(p, choice);
	else if (choice->tree)
		choose_numbered(p);
	else
		arrange(p);
	if (choice->level == NULL && !choice->tree && !choice->repeats)
		drop_repeats(p);
	if (!divide_spans(p))
		return false;
	mark_unknown(p);
	set_scales(p, choice->one_scale, choice->full);
	p->rest = find_rest(p);
	return true;
}

/* A total has the decimals of the last scale. */
static struct picture_total
total(const struct picture *p, const char *name, double v)
{
	return (struct picture_total){name, picture_number(p, p->scales == 0 ?
	    NULL : &p->scale[p->scales - 1], v)};
}

size_t
picture_totals(const struct picture *p,
    struct picture_total to[PICTURE_TOTALS])
{
	size_t n = 0;

	for (int k = 0; k < SCORE_SUMS; k++)
		if (p->sum[k] != NULL)
			to[n++] = total(p, k == SCORE_TEXT &&
			    !score_is_sum(p->sum[k]) ? "whole text" :
			    text_copy(p->arena, p->sum[k]->level).s,
			    (double)p->sum[k]->score);
	if (p->rest != 0)
		to[n++] = total(p, "rest", p->rest);
	return n;
}

const struct picture_scale *
picture_scale(const struct picture *p, const struct score_row *row)
{
	if (p->scales == 0)
		return NULL;
	return &p->scale[row->kind == SCORE_WORD ? 0 : p->scales - 1];
}

double
picture_share(const struct picture *p, const struct score_row *row)
{
	const struct picture_scale *scale = picture_scale(p, row);

	return scale == NULL ? 0 : (double)row->score / scale->full;
}

const char *
picture_number(const struct picture *p, const struct picture_scale *scale,
    double v)
{
	return display_number(p->arena, scale == NULL ? 0 : scale->unit, v);
}

const char *
picture_score(const struct picture *p, const struct score_row *row)
{
	return picture_number(p, picture_scale(p, row), (double)row->score);
}

bool
picture_unknown(const struct picture *p, size_t id)
{
	size_t at = find_unknown(p, id);

	return at < p->unknowns && p->unknown[at] == id;
}

enum remark_outcome
picture_outcome(const struct picture *p)
{
	return remark_outcome(&p->remark, p->row[0].class);
}

struct text
picture_verdict(const struct picture *p)
{
	return remark_verdict(p->arena, &p->remark, p->row[0].class);
}

bool
picture_shows(const struct picture *p, const struct score_row *r)
{
	return r->kind < SCORE_SUMS || find(p, r->level) != NULL;
}
