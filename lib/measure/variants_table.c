/* SPDX-License-Identifier: ISC */
#include "measure/variants_table.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/predictions.h"
#include "stream/top.h"

struct variants_table {
	struct arena *arena;
	struct predictions *table;
	size_t *text;		/* [texts] rows of whole texts */
	size_t texts;
	size_t *from;		/* [rows + 1] a row's variants are
				 * variant[from[row]], ... */
	size_t *variant;	/* rows */
};

/* Cut a~b at the last ~.  Returns b, without s if there is none. */
static struct text
cut_last(struct text *a)
{
	size_t n = a->n;
	struct text b;

	while (n > 0 && a->s[n - 1] != '~')
		n--;
	if (n == 0)
		return (struct text){NULL, 0};
	b = (struct text){a->s + n, a->n - n};
	a->n = n - 1;
	return b;
}

bool
variants_range(struct text *ids, size_t *first, size_t *last)
{
	struct text range, head;

	if (ids->n == 0)
		return false;
	range = text_cut(ids, ',');
	head = text_cut(&range, '-');
	if (!text_to_size(head, first) || *first == 0)
		return false;
	*last = *first;
	return range.s == NULL ||
	    (text_to_size(range, last) && *last >= *first);
}

/* 3, or -3, +3, -20%, -1%,5% */
static bool
is_mark(struct text s)
{
	struct top_amount amount;
	size_t number;

	if (!text_starts(s, "-") && !text_starts(s, "+"))
		return text_to_size(s, &number);
	for (s = (struct text){s.s + 1, s.n - 1}; s.s != NULL; )
		if (!top_amount(&amount, text_cut(&s, ',')))
			return false;
	return true;
}

/* Find the text whose variant has this name. */
static bool
find_text(const struct predictions *t, struct text name, size_t *row)
{
	struct text ids = cut_last(&name), mark = cut_last(&name);
	size_t first, last;

	if (ids.s == NULL || mark.s == NULL || !is_mark(mark) ||
	    !predictions_find(t, name, row))
		return false;
	while (ids.n > 0)
		if (!variants_range(&ids, &first, &last))
			return false;
	return true;
}

struct variants_table *
variants_read(const char *path, bool keep_going, int *status)
{
	struct predictions *t = predictions_read(path, keep_going, status);
	struct variants_table *v;
	size_t rows, *of, row;

	if (t == NULL)
		return NULL;
	v = mem_calloc(1, sizeof *v);
	v->arena = mem_arena();
	v->table = t;
	rows = predictions_size(t);
	of = MEM_VECTOR(v->arena, rows, size_t);	/* its text, or rows */
	v->text = MEM_VECTOR(v->arena, rows, size_t);
	v->variant = MEM_VECTOR(v->arena, rows, size_t);
	v->from = MEM_VECTOR(v->arena, rows + 2, size_t);
	memset(v->from, 0, (rows + 2) * sizeof *v->from);
	for (size_t i = 0; i < rows; i++) {
		of[i] = rows;
		if (find_text(t, predictions_doc(t, i), &row)) {
			of[i] = row;
			v->from[row + 2]++;
		} else
			v->text[v->texts++] = i;
	}
	for (size_t i = 2; i < rows + 2; i++)
		v->from[i] += v->from[i - 1];
	for (size_t i = 0; i < rows; i++)
		if (of[i] < rows)
			v->variant[v->from[of[i] + 1]++] = i;
	return v;
}

void
variants_table_free(struct variants_table *v)
{
	predictions_free(v->table);
	mem_free(v->arena);
	free(v);
}

const struct predictions *
variants_predictions(const struct variants_table *v)
{
	return v->table;
}

size_t
variants_texts(const struct variants_table *v)
{
	return v->texts;
}

size_t
variants_text(const struct variants_table *v, size_t i)
{
	return v->text[i];
}

const size_t *
variants_of(const struct variants_table *v, size_t row, size_t *n)
{
	*n = v->from[row + 1] - v->from[row];
	return v->variant + v->from[row];
}

struct text
variants_mark(const struct variants_table *v, size_t row)
{
	struct text name = predictions_doc(v->table, row);

	cut_last(&name);
	return cut_last(&name);
}

struct text
variants_ids(const struct variants_table *v, size_t row)
{
	struct text name = predictions_doc(v->table, row);

	return cut_last(&name);
}
