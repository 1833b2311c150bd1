/* SPDX-License-Identifier: ISC */
#include "stream/quotes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/output.h"
#include "base/utf8.h"
#include "stream/block.h"
#include "stream/comment.h"
#include "stream/offsets.h"

bool
quotes_has(struct text form)
{
	return text_is(form, "``") || text_is(form, "''");
}

/* Cut the first n code points of *rest; without s if it has fewer. */
static struct text
cut(struct text *rest, size_t n)
{
	struct text head = {rest->s, 0};
	uint32_t c;

	for (; n > 0; n--) {
		size_t k;

		if (rest->n == 0)
			return (struct text){NULL, 0};
		k = utf8_decode(*rest, &c);
		head.n += k;
		rest->s += k;
		rest->n -= k;
	}
	return head;
}

/* True if a can be in the list: it has no digit and none of its signs. */
static bool
is_plain(struct text a)
{
	for (size_t i = 0; i < a.n; i++)
		if (strchr("|,=0123456789\t ", a.s[i]) != NULL)
			return false;
	return a.n > 0;
}

struct text
quotes_write(const struct block *b)
{
	struct text rest = conllu_comment(b, "text"), made = {NULL, 0};
	struct output o = output_to(-1, NULL);
	size_t at = 0, first, end;	/* code points */

	for (size_t t = 0; t < b->T && rest.s != NULL; t++) {
		const struct text *column = conllu_word(b, t);
		struct text typed;

		if (!quotes_has(column[CONLLU_FORM]) ||
		    !offsets_read(column[CONLLU_MISC], &first, &end) ||
		    first < at || end - first > 2)
			continue;
		if (cut(&rest, first - at).s == NULL)
			break;
		typed = cut(&rest, end - first);
		at = end;
		if (typed.s == NULL)
			break;
		if (text_is(typed, "\"") || !is_plain(typed))
			continue;
		if (o.n > 0)
			output_char(&o, ',');
		output_size(&o, t + 1);
		output_text(&o, typed);
	}
	if (o.n > 0)
		made = text_copy(b->arena, (struct text){o.buf, o.n});
	output_done(&o, 0);
	return made;
}

static int
by_id(const void *a, const void *b)
{
	const struct quote *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

struct quote *
quotes_read(struct arena *arena, struct text value, size_t *n)
{
	struct quote *q = MEM_NEW(arena, value.n / 2 + 1, struct quote);

	*n = 0;
	while (value.s != NULL) {
		struct text typed = text_cut(&value, ','), id = {typed.s, 0};

		while (typed.n > 0 && *typed.s >= '0' && *typed.s <= '9') {
			typed.s++;
			typed.n--;
			id.n++;
		}
		if (is_plain(typed) && text_to_size(id, &q[*n].id))
			q[(*n)++].typed = typed;
	}
	qsort(q, *n, sizeof *q, by_id);
	return q;
}

struct text
quotes_find(const struct quote *q, size_t n, size_t id)
{
	const struct quote key = {.id = id};
	const struct quote *found = n == 0 ? NULL : bsearch(&key, q, n,
	    sizeof *q, by_id);

	return found == NULL ? TEXT("\"") : found->typed;
}
