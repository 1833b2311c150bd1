/* SPDX-License-Identifier: ISC */
#include "draw/group.h"

#include <string.h>

#include "base/mem.h"

#define ROUNDING 1e-5		/* of a sum of probabilities */

void
group_init(struct group *g)
{
	g->names = mem_arena();
	picture_init(g->open = &g->page[0]);
	picture_init(g->best = &g->page[1]);
}

void
group_free(struct group *g)
{
	mem_free(g->names);
	picture_free(&g->page[0]);
	picture_free(&g->page[1]);
}

static void
draw_best(struct group *g)
{
	g->draw(g->self, g->best);
	picture_clear(g->best);
	g->drawn = true;
}

/* The document is at its end. */
static void
end_document(struct group *g)
{
	if (g->best->n > 0 && !g->spoiled)
		draw_best(g);
	picture_clear(g->best);
	g->spoiled = g->drawn = false;
	g->seen = 0;
}

static bool
drop_group(struct group *g)
{
	g->state = GROUP_DROPPED;
	g->spoiled = true;
	return false;
}

/*
 * For "predicted": the open group is a class of its document.  No class that
 * is still to come has more than what those seen leave of 1.
 */
static bool
compare(struct group *g)
{
	struct picture *p = g->open;
	double prob = (double)p->row[0].score.prob;

	if (g->drawn && prob > g->most)
		return bad(p->row[0].at, "prob %g, but a class of %.*s had %g "
		    "before, expected probabilities that sum to 1", prob,
		    TEXT_ARGS(g->key.doc), g->most);
	g->seen += prob;
	if (!g->drawn && (g->best->n == 0 || prob > g->most)) {
		g->most = prob;
		g->open = g->best;
		g->best = p;
	}
	if (!g->drawn && !g->spoiled && g->most > 1 - g->seen + ROUNDING)
		draw_best(g);
	return true;
}

/* The open group has all its rows. */
static bool
close_group(struct group *g)
{
	struct picture *p = g->open;

	if (!picture_finish(p, &g->choice))
		return drop_group(g);
	g->state = GROUP_CLOSED;
	for (size_t i = 0; i < g->choice.n; i++)
		g->level_found[i] = g->level_found[i] ||
		    picture_has(p, g->choice.level[i]);
	if (strcmp(g->class, "predicted") == 0) {
		g->class_found = true;
		return compare(g);
	} else if (strcmp(g->class, "all") == 0 ||
	    text_is(g->key.class, g->class)) {
		g->class_found = true;
		g->draw(g->self, p);
	}
	return true;
}

/* Equal, or not known. */
static bool
agree(struct text a, struct text b)
{
	return a.s == NULL || b.s == NULL || text_equal(a, b);
}

static bool
same_document(const struct score_row *a, const struct score_row *b)
{
	return agree(a->doc, b->doc) && agree(a->model, b->model) &&
	    agree(a->method, b->method);
}

static bool
is_in_group(const struct group *g, const struct score_row *r)
{
	return g->state != GROUP_NONE && same_document(&g->key, r) &&
	    text_equal(g->key.class, r->class);
}

/*
 * r, of which only the key is looked at, is the first row of another group.
 * False with a message if the group before turns out to be bad.
 */
static bool
open_group(struct group *g, const struct score_row *r)
{
	bool good = g->state != GROUP_OPEN || close_group(g);

	if (!good && !g->keep_going)
		return false;		/* no other is to begin */
	if (g->state != GROUP_NONE && !same_document(&g->key, r))
		end_document(g);
	mem_reset(g->names);
	g->key = (struct score_row){
		.doc = text_copy(g->names, r->doc),
		.class = text_copy(g->names, r->class),
	};
	if (r->model.s != NULL)
		g->key.model = text_copy(g->names, r->model);
	if (r->method.s != NULL)
		g->key.method = text_copy(g->names, r->method);
	picture_clear(g->open);
	g->state = GROUP_OPEN;
	g->any = true;
	if (g->drop_next)
		drop_group(g);
	g->drop_next = false;
	return good;
}

/* Drop the group that a bad line is of, so far as it tells. */
static void
take_bad(struct group *g, struct text line)
{
	struct score_row r;

	score_key(line, &r);
	if (r.class.s == NULL && g->state != GROUP_OPEN) {
		g->drop_next = g->spoiled = true;
		return;
	}
	if (r.class.s != NULL && !is_in_group(g, &r))
		open_group(g, &r);
	if (g->state == GROUP_OPEN)
		drop_group(g);
}

void
group_bad(struct group *g)
{
	take_bad(g, (struct text){NULL, 0});
}

bool
group_line(struct group *g, const struct record *record)
{
	struct score_row r;
	bool good = true;

	if (record->text.n == 0)
		return true;
	if (score_is_header(record->text)) {
		good = group_end(g);
		g->state = GROUP_NONE;
		g->drop_next = false;
		return good;
	}
	if (!score_parse(record->text, record->at, &r)) {
		take_bad(g, record->text);
		return false;
	}
	if (!is_in_group(g, &r))
		good = open_group(g, &r);
	else if (g->state == GROUP_CLOSED)
		return bad(record->at, "a row behind the logit row of %.*s, "
		    "class %.*s, expected all of them together",
		    TEXT_ARGS(r.doc), TEXT_ARGS(r.class));
	if (g->state == GROUP_DROPPED)
		return good;
	if (!picture_add(g->open, &r, record->text, record->at))
		return drop_group(g);
	if (picture_sum(&r) == PICTURE_LOGIT)
		return close_group(g) && good;
	return good;
}

bool
group_end(struct group *g)
{
	bool good = g->state != GROUP_OPEN || close_group(g);

	end_document(g);
	return good;
}
