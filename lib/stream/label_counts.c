/* SPDX-License-Identifier: ISC */
#include "stream/label_counts.h"

#include <stdbool.h>
#include <stdlib.h>

#include "base/dict.h"
#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"

enum { NOTES_MOST = 4, SHOWN_MOST = 20 };

struct label_counts {
	struct dict *label;
	size_t count[LABEL_COUNTS_MOST];
	struct place first[LABEL_COUNTS_MOST];	/* where it occurred first */
	size_t texts;
	bool many;		/* more than LABEL_COUNTS_MOST labels */
};

struct label_counts *
label_counts_new(void)
{
	struct label_counts *c = mem_calloc(1, sizeof *c);

	c->label = dict_new();
	return c;
}

void
label_counts_free(struct label_counts *c)
{
	dict_free(c->label);
	free(c);
}

void
label_counts_add(struct label_counts *c, struct text label, struct place at)
{
	int32_t k;

	c->texts++;
	if (c->many)
		return;
	k = dict_find(c->label, label);
	if (k == DICT_NONE) {
		c->many = dict_size(c->label) == LABEL_COUNTS_MOST;
		if (c->many)
			return;
		k = dict_add(c->label, label);
		c->first[k] = at;
	}
	c->count[k]++;
}

size_t
label_counts_of(const struct label_counts *c, struct text label)
{
	int32_t k = c->many ? DICT_NONE : dict_find(c->label, label);

	return k == DICT_NONE ? 0 : c->count[k];
}

static const char *
texts(size_t n)
{
	return n == 1 ? "text" : "texts";
}

/*
 * Note a label that differs only in letter case from one that more texts have,
 * or as many and that occurred before it.
 */
static bool
note_case(const struct label_counts *c, const struct text *lower, size_t k)
{
	for (size_t i = 0; i < dict_size(c->label); i++) {
		struct text a = dict_text(c->label, (int32_t)k);
		struct text b = dict_text(c->label, (int32_t)i);

		if (i == k || !text_equal(lower[i], lower[k]) ||
		    c->count[i] < c->count[k] ||
		    (c->count[i] == c->count[k] && i > k))
			continue;
		note("%s:%zu: label \"%.*s\" (%zu %s) and label \"%.*s\" (%zu "
		    "%s) differ only in letter case", c->first[k].file,
		    c->first[k].line, TEXT_ARGS(a), c->count[k],
		    texts(c->count[k]), TEXT_ARGS(b), c->count[i],
		    texts(c->count[i]));
		return true;
	}
	return false;
}

/* Note a label of one text among many. */
static bool
note_single(const struct label_counts *c, size_t k)
{
	size_t others = dict_size(c->label) - 1;

	if (c->count[k] != 1 || others == 0 ||
	    c->texts - 1 < LABEL_COUNTS_MANY * others)
		return false;
	note("%s:%zu: only this text has the label \"%.*s\", of %zu texts; %s",
	    c->first[k].file, c->first[k].line,
	    TEXT_ARGS(dict_text(c->label, (int32_t)k)), c->texts,
	    c->first[k].line == 1 ? "is it a header?" : "is it a slip?");
	return true;
}

void
label_counts_notes(const struct label_counts *c)
{
	struct arena *arena = mem_arena();
	size_t n = c->many ? 0 : dict_size(c->label), notes = 0;
	struct text *lower = MEM_NEW(arena, n, struct text);

	for (size_t k = 0; k < n; k++)
		lower[k] = utf8_lower(arena, dict_text(c->label, (int32_t)k));
	for (size_t k = 0; k < n && notes < NOTES_MOST; k++)
		notes += note_case(c, lower, k) || note_single(c, k);
	mem_free(arena);
}

struct counted {
	struct text label;
	size_t count;
};

static int
by_bytes(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	return text_compare(x->label, y->label);
}

void
label_counts_write(const struct label_counts *c, struct output *o)
{
	struct arena *arena = mem_arena();
	size_t n = dict_size(c->label);
	struct counted *sorted = MEM_NEW(arena, n, struct counted);

	for (size_t k = 0; k < n; k++)
		sorted[k] = (struct counted){dict_text(c->label, (int32_t)k),
		    c->count[k]};
	qsort(sorted, n, sizeof *sorted, by_bytes);
	if (c->many)
		output_printf(o, "more than %d labels", LABEL_COUNTS_MOST);
	for (size_t k = 0; !c->many && k < n && k < SHOWN_MOST; k++)
		output_printf(o, "%s%.*s %zu", k > 0 ? ", " : "",
		    TEXT_ARGS(sorted[k].label), sorted[k].count);
	if (!c->many && n > SHOWN_MOST)
		output_printf(o, " and %zu more", n - SHOWN_MOST);
	mem_free(arena);
}
