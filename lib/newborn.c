/* SPDX-License-Identifier: ISC */
#include "newborn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "corpus.h"
#include "dict.h"
#include "err.h"
#include "input.h"
#include "mem.h"
#include "model.h"
#include "model_write.h"
#include "parts.h"
#include "random.h"
#include "recipe.h"
#include "utf8.h"
#include "vectors.h"

/* Streams of random numbers: each use has its own (random.h). */
enum { STREAM_WEIGHTS = 1, STREAM_WORDS = 2 };

enum { LIST_LIMIT = 256 << 20 };	/* bytes of a word list */

bool
newborn_parent(struct recipe *r, const struct model **from, int *status)
{
	const struct model *m;

	*from = NULL;
	if (r->model.s != NULL && r->embedding_from.s != NULL)
		die("both model and embedding_from, expected one of them");
	if (r->model.s == NULL && r->embedding_from.s == NULL)
		return true;
	m = *from = model_open(r->model.s != NULL ? r->model.s :
	    r->embedding_from.s, status);
	if (m == NULL)
		return false;
	*status = STATUS_OK;
	r->lowercase = m->lowercase;
	r->unknown = m->unknown < 0 ? (struct text){NULL, 0} :
	    dict_text(m->vocabulary, m->unknown);
	r->vocabulary = r->vectors = (struct text){NULL, 0};
	r->train_words = false;
	r->dimension = m->D;
	if (r->model.s == NULL)
		return true;
	if (m->layers != 1 || m->pooling != POOLING_LAST)
		die("%s: cannot be trained, expected one layer and pooling "
		    "last", m->path);
	r->cell = m->cell;
	r->hidden = m->H;
	r->bidirectional = m->directions == 2;
	r->label = m->label;
	r->labels = m->C;
	return true;
}

/* ---- labels ---- */

static int
by_bytes(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

/* The classes: the recipe's labels, or those of the texts in byte order. */
static bool
settle_labels(struct arena *arena, struct recipe *r, const struct dict *labels,
    struct corpus *train, struct corpus *dev)
{
	size_t n = dict_size(labels);
	size_t *class = MEM_NEW(arena, n, size_t);
	size_t *count;

	if (r->labels == 0) {
		r->label = MEM_NEW(arena, n, struct text);
		for (size_t i = 0; i < n; i++)
			r->label[i] = text_copy(arena, dict_text(labels,
			    (int32_t)i));
		r->labels = n;
		qsort(r->label, n, sizeof *r->label, by_bytes);
	}
	if (r->labels < 2)
		return bad((struct place){train->path, 0}, "only texts of the "
		    "label \"%.*s\", expected at least two labels",
		    TEXT_ARGS(r->label[0]));
	for (size_t c = 0; c < r->labels; c++) {
		int32_t k = dict_find(labels, r->label[c]);

		if (k != DICT_NONE)
			class[k] = c;
	}
	corpus_map_labels(train, class);
	corpus_map_labels(dev, class);
	count = MEM_NEW(arena, r->labels, size_t);
	for (size_t i = 0; i < train->n; i++)
		count[train->gold[i]]++;
	for (size_t c = 0; c < r->labels; c++)
		if (count[c] == 0)
			return bad((struct place){train->path, 0},
			    "no text has the label \"%.*s\"",
			    TEXT_ARGS(r->label[c]));
	return true;
}

/* ---- words ---- */

static bool
read_list(struct arena *arena, const struct recipe *r, struct dict *vocabulary,
    int *status)
{
	struct text rest;

	if (!input_whole(arena, r->vocabulary.s, LIST_LIMIT, &rest, status))
		return false;
	while (rest.s != NULL && rest.n > 0) {
		struct text word = text_cut(&rest, '\n');

		if (word.n > 0)
			dict_add(vocabulary, r->lowercase ?
			    utf8_lower(arena, word) : word);
	}
	return true;
}

struct counted {
	size_t count;
	int32_t word;
};

/* Most frequent first, and of equals the one that came first. */
static int
by_count(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return x->word < y->word ? -1 : 1;
}

static void
add_train_words(struct arena *arena, const struct recipe *r,
    const struct dict *words, const struct corpus *train,
    struct dict *vocabulary)
{
	size_t n = dict_size(words), added = 0;
	struct counted *seen = MEM_NEW(arena, n, struct counted);

	for (size_t w = 0; w < n; w++)
		seen[w].word = (int32_t)w;
	for (size_t i = 0; i < train->n; i++)
		for (size_t t = 0; t < train->text[i].T; t++)
			seen[train->text[i].id[t]].count++;
	qsort(seen, n, sizeof *seen, by_count);
	for (size_t k = 0; k < n && seen[k].count >= r->min_count &&
	    (r->limit == 0 || added < r->limit); k++, added++)
		dict_add(vocabulary, dict_text(words, seen[k].word));
}

static bool
make_vocabulary(struct arena *arena, const struct recipe *r,
    const struct dict *words, const struct corpus *train, struct model *m,
    int *status)
{
	m->vocabulary = dict_new();
	m->unknown = r->unknown.s == NULL ? -1 :
	    dict_add(m->vocabulary, r->unknown);
	if (r->vocabulary.s != NULL &&
	    !read_list(arena, r, m->vocabulary, status))
		return false;
	if (r->train_words)
		add_train_words(arena, r, words, train, m->vocabulary);
	m->V = dict_size(m->vocabulary);
	return m->V > 0 || bad((struct place){train->path, 0},
	    "no words for a vocabulary");
}

static void
uniform(struct random *random, double range, float *x, size_t n)
{
	for (size_t i = 0; i < n; i++)
		x[i] = (float)((2.0 * (double)random_unit(random) - 1.0) *
		    range);
}

/* The first embedding: vectors, and random numbers for other words. */
static void
fill_embedding(const struct recipe *r, const struct vectors *v,
    struct model *m)
{
	struct random random = random_seeded(r->seed, STREAM_WORDS);

	for (size_t i = 0; i < m->V; i++) {
		float *to = m->embedding_data + i * m->D;

		if (v->has != NULL && v->has[i])
			memcpy(to, v->row + i * m->D, m->D * sizeof *to);
		else
			uniform(&random, r->range, to, m->D);
	}
	if (v->has != NULL)
		note("%zu of %zu words have a vector", v->found, m->V);
}

static void
fill_rest(const struct recipe *r, struct model *m)
{
	struct random random = random_seeded(r->seed, STREAM_WEIGHTS);
	struct part part[PARTS_MOST];
	size_t n = parts_of(m->arena, m, part);

	for (size_t k = m->embedding_data != NULL; k < n; k++)
		uniform(&random, 1.0 / sqrt((double)(k + 2 < n ? m->H :
		    m->directions * m->H)), part[k].x, part[k].n);
}

static void
copy_embedding(const struct model *from, struct model *m)
{
	for (size_t i = 0; i < m->V; i++)
		model_embed(from, (int32_t)i, m->embedding_data + i * m->D);
}

struct model *
newborn(struct arena *arena, struct recipe *r, const struct model *from,
    const char *path, struct dict *words, struct dict *labels,
    struct corpus *train, struct corpus *dev, struct model_files *files,
    int *status)
{
	struct model *m = MEM_NEW(arena, 1, struct model);
	struct vectors v = {0};
	bool shared = r->embedding_from.s != NULL &&
	    r->embedding == EMBEDDING_FROZEN;
	int32_t *row;

	*status = STATUS_DATA;
	if (!settle_labels(arena, r, labels, train, dev))
		return NULL;
	if (from != NULL)
		*m = *from;
	m->arena = arena;
	if (from == NULL && (!make_vocabulary(arena, r, words, train, m,
	    status) || (r->vectors.s != NULL && !vectors_read(arena,
	    r->vectors.s, m->vocabulary, &v, status))))
		return NULL;
	if (v.D > 0)
		r->dimension = v.D;
	m->path = path;
	m->cell = (enum cell)r->cell;
	m->lowercase = r->lowercase;
	m->D = r->dimension;
	m->H = r->hidden;
	m->G = m->cell == CELL_GRU ? 3 : 4;
	m->layers = 1;
	m->directions = r->bidirectional ? 2 : 1;
	m->pooling = POOLING_LAST;
	m->label = r->label;
	m->C = r->labels;
	m->rows = r->model.s != NULL ? from->rows : m->C;
	parts_allocate(arena, m, !shared);
	if (shared)
		model_share(arena, from, path, files);
	else if (from != NULL)
		copy_embedding(from, m);
	else
		fill_embedding(r, &v, m);
	if (r->model.s != NULL) {
		struct model rest = *m, own = *from;

		rest.embedding_data = own.embedding_data = NULL;
		parts_copy(&rest, &own);
	} else {
		fill_rest(r, m);
	}
	row = MEM_NEW(arena, dict_size(words), int32_t);
	for (size_t w = 0; w < dict_size(words); w++) {
		row[w] = dict_find(m->vocabulary, dict_text(words,
		    (int32_t)w));
		if (row[w] == DICT_NONE)
			row[w] = m->unknown;
	}
	corpus_map_words(train, row);
	corpus_map_words(dev, row);
	*status = STATUS_OK;
	return m;
}
