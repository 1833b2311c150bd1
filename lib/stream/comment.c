/* SPDX-License-Identifier: ISC */
#include "stream/comment.h"

#include <string.h>

#include "base/mem.h"
#include "stream/block.h"

/* The walk over the comments of a block. */
struct walk {
	const struct block *b;
	size_t i;		/* the comment is in b->line[i] */
	struct text raw, rest;	/* the comment, and those after it there */
	size_t number;		/* its line in the file, or 0 */
};

/* Go on to the next comment; false if there is none. */
static bool
next_comment(struct walk *w)
{
	const struct conllu_line *line = &w->b->line[w->i];

	if (w->raw.s != NULL && w->rest.s != NULL) {
		w->number += w->number > 0;
	} else {
		if (w->raw.s != NULL)
			w->i++, line++;
		if (w->i == w->b->lines || line->column != NULL)
			return false;
		w->rest = line->raw;
		w->number = line->number;
	}
	w->raw = text_cut(&w->rest, '\n');
	return true;
}

/* Find the first comment with this key. */
static bool
find_comment(const struct block *b, const char *key, struct walk *w,
    struct text *value)
{
	struct text k;

	*w = (struct walk){.b = b};
	while (next_comment(w))
		if (conllu_comment_parts(w->raw, &k, value) &&
		    text_is(k, key))
			return true;
	return false;
}

struct text
conllu_comment(const struct block *b, const char *key)
{
	struct walk w;
	struct text value;

	if (!find_comment(b, key, &w, &value))
		return (struct text){NULL, 0};
	return value;
}

struct place
conllu_comment_place(const struct block *b, const char *key)
{
	struct place at = b->at;
	struct walk w;
	struct text value;

	if (find_comment(b, key, &w, &value) && w.number > 0)
		at.line = w.number;
	return at;
}

bool
conllu_comment_values(const struct block *b, const char *const name[],
    struct text value[])
{
	struct walk w = {.b = b};
	struct text key, found;
	size_t i;

	for (i = 0; name[i] != NULL; i++)
		value[i] = (struct text){NULL, 0};
	while (next_comment(&w)) {
		if (!conllu_comment_parts(w.raw, &key, &found) ||
		    name[i = text_find(key, name)] == NULL)
			continue;
		if (value[i].s != NULL)
			return bad(conllu_comment_place(b, name[i]),
			    "%s occurs twice in this block", name[i]);
		value[i] = found;
	}
	return true;
}

size_t
conllu_comment_count(const struct block *b, const char *key)
{
	struct walk w = {.b = b};
	struct text k, value;
	size_t n = 0;

	while (next_comment(&w))
		n += conllu_comment_parts(w.raw, &k, &value) &&
		    text_is(k, key);
	return n;
}

/* The number of b->line[] that are comments. */
static size_t
comment_lines(const struct block *b)
{
	size_t i = 0;

	while (i < b->lines && b->line[i].column == NULL)
		i++;
	return i;
}

void
conllu_add_comment(struct block *b, const char *key, struct text value)
{
	size_t at = comment_lines(b), size = strlen(key) + value.n + 5, k;
	char *raw = mem_alloc(b->arena, size + 1, 1);

	k = strlen(key);
	memcpy(raw, "# ", 2);
	memcpy(raw + 2, key, k);
	memcpy(raw + 2 + k, " = ", 3);
	if (value.n > 0)
		memcpy(raw + 5 + k, value.s, value.n);
	conllu_insert_line(b, at)->raw = (struct text){raw, size};
	for (size_t t = 0; t < b->T; t++)
		b->word[t]++;
}

/* The comments [from, to) of what is in line, as a line of their own. */
static struct conllu_line
part(const struct conllu_line *line, const char *from, const char *to)
{
	struct conllu_line p = {.raw = {from, (size_t)(to - from)}};
	struct text before = {line->raw.s, (size_t)(from - line->raw.s)};

	for (p.number = line->number; before.n > 0 && p.number > 0;
	    p.number++)
		text_cut(&before, '\n');
	return p;
}

/* Put n lines in the place of b->line[i]. */
static void
replace_line(struct block *b, size_t i, const struct conllu_line *by, size_t n)
{
	for (size_t k = 1; k < n; k++)
		conllu_insert_line(b, i);
	memcpy(b->line + i, by, n * sizeof *by);
	for (size_t t = 0; t < b->T; t++)
		b->word[t] += n - 1;
}

/* Make the comment a line of its own.  Returns its index. */
static size_t
single_out(struct block *b, const struct walk *w)
{
	const struct conllu_line *line = &b->line[w->i];
	const char *s = line->raw.s, *end = s + line->raw.n;
	struct conllu_line by[3];
	size_t n = 0, i = w->i + (w->raw.s > s);

	if (w->raw.s > s)
		by[n++] = part(line, s, w->raw.s - 1);
	by[n++] = (struct conllu_line){.raw = w->raw, .number = w->number};
	if (w->rest.s != NULL)
		by[n++] = part(line, w->rest.s, end);
	replace_line(b, w->i, by, n);
	return i;
}

void
conllu_set_comment(struct block *b, const char *key, struct text value)
{
	struct walk w;
	struct text old, *raw;
	size_t i, n;
	char *made;

	if (!find_comment(b, key, &w, &old) || text_equal(old, value))
		return;
	i = single_out(b, &w);
	raw = &b->line[i].raw;
	n = (size_t)(old.s - raw->s);	/* the bytes before the value */
	while (value.n == 0 && raw->s[n - 1] != '=')
		n--;
	made = mem_alloc(b->arena, n + value.n + 2, 1);
	memcpy(made, raw->s, n);
	if (value.n > 0 && old.n == 0 && made[n - 1] == '=')
		made[n++] = ' ';
	if (value.n > 0)
		memcpy(made + n, value.s, value.n);
	*raw = (struct text){made, n + value.n};
}

/* True if the comment is dropped. */
static bool
is_dropped(const struct walk *w, const char *prefix)
{
	struct text key, value;

	return conllu_comment_parts(w->raw, &key, &value) &&
	    text_starts(key, prefix);
}

/* Put the comments of by in the place of the first n lines, all comments. */
static void
replace_comments(struct block *b, size_t n, const struct block *by)
{
	size_t rest = b->lines - n, lines = by->lines + rest;
	struct conllu_line *old = b->line;

	if (lines > b->line_cap) {
		b->line = MEM_NEW(b->arena, lines, struct conllu_line);
		b->line_cap = lines;
	}
	if (rest > 0)
		memmove(b->line + by->lines, old + n, rest * sizeof *old);
	if (by->lines > 0)
		memcpy(b->line, by->line, by->lines * sizeof *old);
	for (size_t t = 0; t < b->T; t++)
		b->word[t] = b->word[t] + lines - b->lines;
	b->lines = lines;
}

/*
 * Comments that are kept and were neighbours remain one line.  The new lines
 * are made apart: there can be more of them than before.
 */
void
conllu_drop_comments(struct block *b, const char *prefix)
{
	struct block kept = {.arena = b->arena};
	struct conllu_line *to = NULL;
	struct walk w = {.b = b};
	size_t last = 0;
	bool any = false;

	while (!any && next_comment(&w))
		any = is_dropped(&w, prefix);
	if (!any)
		return;
	w = (struct walk){.b = b};
	while (next_comment(&w)) {
		if (is_dropped(&w, prefix)) {
			to = NULL;
		} else if (to != NULL && w.i == last) {
			to->raw.n = (size_t)(w.raw.s - to->raw.s) + w.raw.n;
		} else {
			to = conllu_insert_line(&kept, kept.lines);
			to->raw = w.raw;
			to->number = w.number;
			last = w.i;
		}
	}
	replace_comments(b, comment_lines(b), &kept);
}
