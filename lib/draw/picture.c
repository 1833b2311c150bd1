/* SPDX-License-Identifier: ISC */
#include "draw/picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *const picture_sums[PICTURE_SUMS] = {
	[PICTURE_TEXT] = "text",
	[PICTURE_BIAS] = "bias",
	[PICTURE_LOGIT] = "logit",
};

void
picture_init(struct picture *p)
{
	*p = (struct picture){.arena = mem_arena()};
}

void
picture_clear(struct picture *p)
{
	mem_reset(p->arena);
	if (p->cap > 4096) {		/* a giant has passed */
		free(p->row);
		p->row = NULL;
		p->cap = 0;
	}
	*p = (struct picture){.arena = p->arena, .row = p->row,
	    .cap = p->cap};
}

void
picture_free(struct picture *p)
{
	free(p->row);
	mem_free(p->arena);
}

enum picture_sum
picture_sum(const struct score_row *r)
{
	int k = 0;

	while (k < PICTURE_SUMS && !text_is(r->level, picture_sums[k]))
		k++;
	return (enum picture_sum)k;
}

/* A slice of from as the same slice of its copy to. */
static void
move(struct text *t, struct text from, struct text to)
{
	t->s = to.s + (t->s - from.s);
}

static void
copy_row(struct arena *arena, struct picture_row *r,
    const struct score_row *row, struct text line)
{
	struct score_row *s = &r->score;

	r->line = text_copy(arena, line);
	*s = *row;
	move(&s->doc, line, r->line);
	move(&s->class, line, r->line);
	move(&s->level, line, r->line);
	move(&s->model, line, r->line);
	move(&s->method, line, r->line);
	move(&s->tag, line, r->line);
	move(&s->text, line, r->line);
}

bool
picture_add(struct picture *p, const struct score_row *row,
    struct text line, struct place at)
{
	struct picture_row *r;

	p->bytes += line.n + sizeof *r;
	if (p->bytes > PICTURE_LIMIT)
		return bad(at, "more than %d MiB of rows of one document and "
		    "class, expected at most that", PICTURE_LIMIT >> 20);
	p->row = mem_grow(p->row, &p->cap, p->n + 1, sizeof *p->row);
	r = &p->row[p->n];
	r->at = at;
	copy_row(p->arena, r, row, line);
	if ((picture_sum(&r->score) == PICTURE_SUMS) != (r->score.first > 0))
		return bad(at, "level %.*s with first %s, expected %s",
		    TEXT_ARGS(r->score.level),
		    r->score.first > 0 ? "and last" : "_",
		    r->score.first > 0 ? "_" : "word ids");
	if (p->n > 0 && r->score.prob != p->row[0].score.prob)
		return bad(at, "prob %g, expected %g as in the rows before",
		    (double)r->score.prob, (double)p->row[0].score.prob);
	p->n++;
	return true;
}

/* The level of this name among those so far, or NULL. */
static struct picture_level *
find(const struct picture *p, struct text name)
{
	for (size_t i = 0; i < p->levels; i++)
		if (text_equal(p->level[i].name, name))
			return &p->level[i];
	return NULL;
}

/* Count the spans of each level, in the order of their first rows. */
static bool
count_levels(struct picture *p)
{
	p->level = MEM_NEW(p->arena, PICTURE_LEVELS, struct picture_level);
	for (size_t i = 0; i < p->n; i++) {
		struct picture_row *r = &p->row[i];
		enum picture_sum sum = picture_sum(&r->score);
		struct picture_level *level;

		if (sum < PICTURE_SUMS) {
			if (p->sum[sum] != NULL)
				return bad(r->at, "a second row of level %s, "
				    "expected one", picture_sums[sum]);
			p->sum[sum] = r;
			continue;
		}
		level = find(p, r->score.level);
		if (level == NULL && p->levels == PICTURE_LEVELS)
			return bad(r->at, "more than %d levels",
			    PICTURE_LEVELS);
		if (level == NULL) {
			level = &p->level[p->levels++];
			level->name = r->score.level;
		}
		level->n++;
	}
	return true;
}

static int
by_first(const void *a, const void *b)
{
	const struct picture_row *x = *(struct picture_row *const *)a;
	const struct picture_row *y = *(struct picture_row *const *)b;

	if (x->score.first != y->score.first)
		return x->score.first < y->score.first ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* Hand the spans to their levels, sort them, look for overlaps. */
static bool
fill_levels(struct picture *p)
{
	for (size_t i = 0; i < p->levels; i++) {
		p->level[i].span = MEM_NEW(p->arena, p->level[i].n,
		    struct picture_row *);
		p->level[i].n = 0;
	}
	for (size_t i = 0; i < p->n; i++) {
		struct picture_level *level = find(p, p->row[i].score.level);

		if (level != NULL)
			level->span[level->n++] = &p->row[i];
	}
	for (size_t i = 0; i < p->levels; i++) {
		struct picture_level *level = &p->level[i];

		qsort(level->span, level->n, sizeof *level->span, by_first);
		for (size_t k = 1; k < level->n; k++) {
			const struct score_row *a = &level->span[k - 1]->score;
			const struct score_row *b = &level->span[k]->score;

			if (b->first <= a->last)
				return bad(level->span[k]->at, "%.*s %zu to "
				    "%zu overlaps %zu to %zu, expected spans "
				    "apart", TEXT_ARGS(b->level), b->first,
				    b->last, a->first, a->last);
		}
	}
	return true;
}

/* Keep the levels that are wanted, in the order in which they are. */
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

/* What is missing from text + bias = logit: 0 if rounding explains it. */
static double
find_rest(const struct picture *p)
{
	double v[PICTURE_SUMS], rest, size = 1;

	for (int k = 0; k < PICTURE_SUMS; k++) {
		if (p->sum[k] == NULL)
			return 0;
		v[k] = (double)p->sum[k]->score.score;
		size += fabs(v[k]);
	}
	rest = v[PICTURE_LOGIT] - v[PICTURE_TEXT] - v[PICTURE_BIAS];
	return fabs(rest) > 1e-3 * size ? rest : 0;
}

bool
picture_finish(struct picture *p, const struct picture_choice *choice)
{
	const struct picture_row *end = &p->row[p->n - 1];

	if (!count_levels(p) || !fill_levels(p))
		return false;
	if (p->sum[PICTURE_LOGIT] == NULL)
		return bad(end->at, "the rows of %.*s, class %.*s, end here, "
		    "expected their logit row", TEXT_ARGS(end->score.doc),
		    TEXT_ARGS(end->score.class));
	if (choice->level != NULL)
		choose(p, choice);
	for (size_t i = 0; i < p->levels; i++)
		for (size_t k = 0; k < p->level[i].n; k++)
			p->largest = fmax(p->largest,
			    fabs((double)p->level[i].span[k]->score.score));
	p->rest = find_rest(p);
	p->full = choice->full > 0 ? choice->full : p->largest;
	return true;
}

size_t
picture_totals(const struct picture *p,
    struct picture_total to[PICTURE_TOTALS])
{
	size_t n = 0;

	for (int k = 0; k < PICTURE_SUMS; k++)
		if (p->sum[k] != NULL)
			to[n++] = (struct picture_total){picture_sums[k],
			    (double)p->sum[k]->score.score};
	if (p->rest != 0)
		to[n++] = (struct picture_total){"rest", p->rest};
	return n;
}

bool
picture_has(const struct picture *p, struct text level)
{
	return find(p, level) != NULL;
}

bool
picture_shows(const struct picture *p, const struct score_row *r)
{
	return picture_sum(r) < PICTURE_SUMS || picture_has(p, r->level);
}
