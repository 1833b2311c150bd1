/* SPDX-License-Identifier: ISC */
#include "stream/spans.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/mem.h"
#include "stream/block.h"
#include "stream/layer.h"
#include "stream/lines.h"

enum { DOC, FIRST, LAST, TAG, COLUMNS };

static const char *const headers[] = {"doc\tfirst\tlast",
    "doc\tfirst\tlast\ttag", NULL};

/* A span; the spans of a document are a list, the newest first. */
struct given {
	size_t first, last;	/* from 1 */
	size_t next;		/* NONE after the oldest */
	size_t line;
	const char *file;	/* NULL: a span of all documents */
	int32_t tag;
};

#define NONE SIZE_MAX

struct document {
	size_t newest;
	bool used;
};

struct spans {
	struct arena *arena;		/* of the paths */
	struct dict *docs, *tags;
	struct document *doc;		/* [dict_size(docs)] */
	struct given *given;		/* [n], those of all documents first */
	size_t n, everywhere;
	const char **file;		/* [files] */
	size_t files, file_cap, doc_cap, given_cap;
};

struct spans *
spans_new(void)
{
	struct spans *s = mem_calloc(1, sizeof *s);

	s->arena = mem_arena();
	s->docs = dict_new();
	s->tags = dict_new();
	return s;
}

void
spans_free(struct spans *s)
{
	mem_free(s->arena);
	dict_free(s->docs);
	dict_free(s->tags);
	free(s->doc);
	free(s->given);
	free(s->file);
	free(s);
}

static void
append(struct spans *s, struct given g)
{
	s->given = mem_grow(s->given, &s->given_cap, s->n + 1,
	    sizeof *s->given);
	s->given[s->n++] = g;
}

bool
spans_add(struct spans *s, size_t first, size_t last)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->given[i].first == first && s->given[i].last == last)
			return false;
	append(s, (struct given){.first = first, .last = last,
	    .tag = dict_add(s->tags, TEXT("_"))});
	s->everywhere = s->n;
	return true;
}

void
spans_add_file(struct spans *s, struct text path)
{
	s->file = mem_grow(s->file, &s->file_cap, s->files + 1,
	    sizeof *s->file);
	s->file[s->files++] = text_copy(s->arena, path).s;
}

/* ---- a file ---- */

static bool
read_id(struct text field, struct place at, const char *name, size_t *id)
{
	return (text_to_size(field, id) && *id > 0) || bad(at, "%s \"%.*s\", "
	    "expected the ID of a word: 1, 2, 3, ...", name, TEXT_ARGS(field));
}

/* Add the span of a line. */
static bool
take(struct spans *s, const struct record *r)
{
	struct text rest = r->text, f[COLUMNS];
	struct given g = {.line = r->at.line, .file = r->at.file};
	struct document *d;
	size_t n = 0, docs = dict_size(s->docs), i;

	f[TAG] = TEXT("_");
	for (; rest.s != NULL; n++) {
		struct text field = text_cut(&rest, '\t');

		if (n < COLUMNS)
			f[n] = field;
	}
	if (n < TAG || n > COLUMNS)
		return bad(r->at, "%zu column%s, expected 3 or 4: doc, first, "
		    "last and tag, separated by tabs", n, text_plural(n));
	if (f[DOC].n == 0 || f[TAG].n == 0)
		return bad(r->at, "column %s is empty", f[DOC].n == 0 ? "doc" :
		    "tag");
	if (!read_id(f[FIRST], r->at, "first", &g.first) ||
	    !read_id(f[LAST], r->at, "last", &g.last))
		return false;
	if (g.first > g.last)
		return bad(r->at, "words %zu to %zu are not in order", g.first,
		    g.last);
	i = (size_t)dict_add(s->docs, f[DOC]);
	s->doc = mem_grow(s->doc, &s->doc_cap, i + 1, sizeof *s->doc);
	d = &s->doc[i];
	if (i == docs)
		*d = (struct document){.newest = NONE};
	g.next = d->newest;
	g.tag = dict_add(s->tags, f[TAG]);
	d->newest = s->n;
	append(s, g);
	return true;
}

static int
read_file(struct spans *s, const char *path)
{
	char *operands[] = {(char *)path, NULL};
	struct lines *in = lines_open(operands, false, NULL);
	struct record r;

	while (lines_next(in, &r)) {
		if (r.text.n == 0 || headers[text_find(r.text, headers)])
			continue;
		r.at.file = path;	/* r's is valid for one call */
		if (!take(s, &r))
			lines_bad(in);
	}
	return lines_close(in);
}

int
spans_open(struct spans *s)
{
	int status = STATUS_OK;

	for (size_t i = 0; i < s->files && status == STATUS_OK; i++)
		status = read_file(s, s->file[i]);
	return status;
}

/* ---- the spans of a block ---- */

/* By words, then in the order in which they were given. */
static int
compare(const void *va, const void *vb)
{
	const struct given *a = *(struct given *const *)va;
	const struct given *b = *(struct given *const *)vb;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->last != b->last)
		return a->last < b->last ? -1 : 1;
	return (a > b) - (a < b);
}

/* Check a span of a block; before is the span before it, or NULL. */
static bool
check(const struct block *b, const struct given *before,
    const struct given *g)
{
	struct place at = g->file != NULL ? (struct place){g->file, g->line} :
	    b->at;

	if (g->last > b->T)
		return bad(at, "words %zu to %zu of text %.*s, which has %zu "
		    "word%s", g->first, g->last, TEXT_ARGS(b->sent_id), b->T,
		    text_plural(b->T));
	return before == NULL || before->first != g->first ||
	    before->last != g->last || bad(at, "words %zu to %zu of text %.*s "
	    "occur twice", g->first, g->last, TEXT_ARGS(b->sent_id));
}

bool
spans_of(struct spans *s, const struct block *b, struct span **span, size_t *n)
{
	int32_t number = dict_find(s->docs, b->sent_id);
	size_t everywhere = b->T > 0 ? s->everywhere : 0, most = everywhere;
	size_t newest = NONE;
	const struct given **g;

	if (number != DICT_NONE) {
		s->doc[number].used = true;
		newest = s->doc[number].newest;
	}
	for (size_t i = newest; i != NONE; i = s->given[i].next)
		most++;
	*span = MEM_NEW(b->arena, most, struct span);
	g = MEM_NEW(b->arena, most, const struct given *);
	for (*n = 0; *n < everywhere; ++*n)
		g[*n] = &s->given[*n];
	for (size_t i = newest; i != NONE; i = s->given[i].next)
		g[(*n)++] = &s->given[i];
	qsort(g, *n, sizeof *g, compare);
	for (size_t i = 0; i < *n; i++) {
		if (!check(b, i > 0 ? g[i - 1] : NULL, g[i]))
			return false;
		(*span)[i] = (struct span){g[i]->first - 1, g[i]->last - 1,
		    dict_text(s->tags, g[i]->tag)};
	}
	return true;
}

/* The number of documents that were not used; *i is the first of them. */
static size_t
count_unused(const struct spans *s, size_t *i)
{
	size_t n = 0;

	for (size_t k = dict_size(s->docs); k-- > 0; )
		if (!s->doc[k].used) {
			*i = k;
			n++;
		}
	return n;
}

bool
spans_all_used(const struct spans *s, bool dropped)
{
	const struct given *g;
	size_t i = 0, n = count_unused(s, &i);

	if (n == 0)
		return true;
	g = &s->given[s->doc[i].newest];
	while (g->next != NONE)
		g = &s->given[g->next];
	return bad((struct place){g->file, g->line}, "no%s block has the "
	    "sent_id %.*s%s", dropped ? " good" : "", TEXT_ARGS(dict_text(
	    s->docs, (int32_t)i)), n == 1 ? "" : mem_printf(s->arena, ", nor "
	    "those of %zu more documents with spans", n - 1));
}
