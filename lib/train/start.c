/* SPDX-License-Identifier: ISC */
#include "train/start.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/dict.h"
#include "base/err.h"
#include "base/input.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "math/random.h"
#include "model/initial.h"
#include "model/model.h"
#include "model/open.h"
#include "model/vocabulary.h"
#include "model/parameters.h"
#include "model/write.h"
#include "train/corpus.h"
#include "train/recipe.h"
#include "train/word_vectors.h"

/* Streams of random numbers, one for each use (random.h). */
enum { STREAM_WEIGHTS = 1, STREAM_WORDS = 2 };

enum {
	LIST_LIMIT = 256 << 20,	/* bytes of a word list */
	WORD_LIMIT = 4096,	/* bytes of a word in the vocabulary */
};

/* Set the recipe's network to that of m. */
static void
follow(struct recipe *r, const struct model *m)
{
	r->cell = m->cell;
	r->hidden = m->H;
	r->layers = m->layers;
	r->bidirectional = m->directions == 2;
	r->pooling = m->pooling;
	r->label = m->label;
	r->labels = m->C;
}

bool
start_parent(struct start *s, int *status)
{
	struct recipe *r = s->recipe;
	struct recipe own = *r;
	const struct model *m;
	const char *differs, *name = s->run != NULL ? s->run :
	    r->model.s != NULL ? r->model.s : r->embedding_from.s;
	const struct {
		const char *key;
		struct text value;
	} other[] = {{"model", r->model}, {"vectors", r->vectors},
	    {"vocabulary", r->vocabulary}};

	s->from = NULL;
	if (r->embedding_from.s != NULL)
		for (size_t i = 0; i < sizeof other / sizeof *other; i++)
			if (other[i].value.s != NULL)
				die("%s and embedding_from exclude each other",
				    other[i].key);
	if (name == NULL)
		return true;
	m = s->from = model_open(name, status);
	if (m == NULL)
		return false;
	if ((m->stack.n > 0 || pooling_has(&m->pooling, POOLING_ATTENTION) ||
	    m->multilabel) && r->embedding_from.s == NULL) {
		*status = STATUS_DATA;
		return bad((struct place){m->path, 0}, "this model has %s, "
		    "which reat-train does not train", m->stack.n > 0 ?
		    "modules in its head" : m->multilabel ?
		    "a sigmoid for each label" : "attention");
	}
	*status = STATUS_OK;
	if (m->stream && r->embedding_from.s != NULL)
		die("embedding_from: model %s has no vocabulary", name);
	r->embedding = m->stream ? EMBEDDING_STREAM :
	    r->embedding == EMBEDDING_STREAM ? EMBEDDING_TUNED : r->embedding;
	r->lowercase = m->lowercase;
	s->rows.D = r->dimension = m->D;
	if (s->run != NULL || r->model.s != NULL)
		follow(r, m);
	differs = recipe_differs(&own, r);
	if (s->run != NULL && differs != NULL) {
		*status = STATUS_DATA;
		return bad((struct place){mem_printf(s->arena,
		    "%s/recipe.yaml", s->run), 0}, "%s differs from the "
		    "model in this folder", differs);
	}
	if (own.embedding == EMBEDDING_STREAM && !m->stream)
		die("embedding: stream, but model %s has a vocabulary", name);
	if (s->run != NULL)
		return true;	/* its vocabulary stays as it is */
	r->unknown = m->unknown < 0 ? (struct text){NULL, 0} :
	    dict_text(m->vocabulary, m->unknown);
	r->vocabulary = r->vectors = (struct text){NULL, 0};
	r->train_words = false;
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
settle_labels(struct start *s)
{
	struct recipe *r = s->recipe;
	size_t n = dict_size(s->labels), *count;
	size_t *class = MEM_NEW(s->arena, n, size_t);
	struct place at = {s->train->path, 0};

	if (r->labels == 0) {
		r->label = MEM_NEW(s->arena, n, struct text);
		for (size_t i = 0; i < n; i++)
			r->label[i] = text_copy(s->arena,
			    dict_text(s->labels, (int32_t)i));
		r->labels = n;
		qsort(r->label, n, sizeof *r->label, by_bytes);
	}
	if (r->labels < 2)
		return bad(at, "all texts have the label \"%.*s\", "
		    "expected at least two labels",
		    TEXT_ARGS(r->label[0]));
	for (size_t c = 0; c < r->labels; c++) {
		int32_t k = dict_find(s->labels, r->label[c]);

		if (k != DICT_NONE)
			class[k] = c;
	}
	corpus_map_labels(s->train, class);
	corpus_map_labels(s->dev, class);
	count = MEM_NEW(s->arena, r->labels, size_t);
	for (size_t i = 0; i < s->train->n; i++)
		count[s->train->gold[i]]++;
	for (size_t c = 0; c < r->labels; c++)
		if (count[c] == 0)
			return bad(at, "no text has the label \"%.*s\"",
			    TEXT_ARGS(r->label[c]));
	return true;
}

/* ---- words ---- */

/* Add the words of a file, one per line, in lower case if the recipe has it. */
static bool
read_list(const struct start *s, struct text path, struct dict *words,
    int *status)
{
	const struct recipe *r = s->recipe;
	struct place at = {path.s, 0};
	struct text rest;

	if (!input_whole(s->arena, path.s, LIST_LIMIT, &rest, status))
		return false;
	if (!vocabulary_check(rest, (struct place){path.s, 1})) {
		*status = STATUS_DATA;
		return false;
	}
	while (rest.s != NULL && rest.n > 0) {
		struct text word = text_cut(&rest, '\n');

		at.line++;
		if (word.n > WORD_LIMIT) {
			*status = STATUS_DATA;
			return bad(at, "a word of %zu bytes, the limit is "
			    "%d", word.n, WORD_LIMIT);
		}
		if (word.n > 0)
			dict_add(words, r->lowercase ?
			    utf8_lower(s->arena, word) : word);
	}
	return true;
}

struct counted {
	size_t count;
	int32_t word;
};

/* Most frequent first; of equals the one that occurred first. */
static int
by_count(const void *a, const void *b)
{
	const struct counted *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return x->word < y->word ? -1 : 1;
}

static void
add_train_words(struct start *s, struct dict *vocabulary)
{
	const struct recipe *r = s->recipe;
	const struct corpus *train = s->train;
	size_t n = dict_size(s->words), added = 0;
	struct counted *seen = MEM_NEW(s->arena, n, struct counted);

	for (size_t w = 0; w < n; w++)
		seen[w].word = (int32_t)w;
	for (size_t i = 0; i < train->n; i++)
		for (size_t t = 0; t < train->text[i].T; t++)
			seen[train->text[i].id[t]].count++;
	qsort(seen, n, sizeof *seen, by_count);
	for (size_t k = 0; k < n && seen[k].count >= r->min_count &&
	    (r->limit == 0 || added < r->limit); k++) {
		struct text word = dict_text(s->words, seen[k].word);

		if (word.n > WORD_LIMIT)
			continue;
		dict_add(vocabulary, word);
		added++;
	}
}

static bool
make_vocabulary(struct start *s, struct model *m, int *status)
{
	const struct recipe *r = s->recipe;

	m->vocabulary = dict_new();
	m->unknown = r->unknown.s == NULL ? -1 :
	    dict_add(m->vocabulary, r->unknown);
	if (r->vocabulary.s != NULL && !read_list(s,
	    r->vocabulary, m->vocabulary, status))
		return false;
	if (r->train_words)
		add_train_words(s, m->vocabulary);
	m->V = dict_size(m->vocabulary);
	return m->V > 0 || bad((struct place){s->train->path, 0},
	    "no word is left for the vocabulary: look at the recipe's "
	    "vocabulary, train_words and min_count");
}

/* The model of words that bring their vectors, and the rows of the texts. */
static bool
set_stream(struct start *s, struct model *m)
{
	m->stream = true;
	m->vocabulary = s->words;	/* none */
	m->unknown = -1;
	s->recipe->dimension = s->rows.D;
	return s->rows.D > 0 || bad((struct place){s->train->path, 0}, "no "
	    "text has a word");
}

static void
set_rows(const struct start *s, struct model *m)
{
	m->row = s->rows.row;
	m->V = s->rows.n;
}

/* Replace the words of the texts by rows of the vocabulary. */
static void
map_words(struct start *s, const struct model *m)
{
	size_t n = dict_size(s->words);
	int32_t *row = MEM_NEW(s->arena, n, int32_t);

	for (size_t w = 0; w < n; w++) {
		row[w] = dict_find(m->vocabulary, dict_text(s->words,
		    (int32_t)w));
		if (row[w] == DICT_NONE)
			row[w] = m->unknown;
	}
	corpus_map_words(s->train, row);
	corpus_map_words(s->dev, row);
}

/* Mark the rows of the vocabulary whose words the recipe penalises. */
static bool
mark_words(struct start *s, const struct model *m, int *status)
{
	const struct recipe *r = s->recipe;
	struct dict *words;
	bool *marked, good;

	if (r->penalty_words.s == NULL)
		return true;
	if (r->pooling.n > 1)
		return bad((struct place){r->penalty_words.s, 0},
		    "penalty_words needs pooling of one part, and the model "
		    "has %s", pooling_name(s->arena, &r->pooling));
	words = dict_new();
	good = read_list(s, r->penalty_words, words, status);
	marked = MEM_NEW(s->arena, m->V, bool);
	for (size_t w = 0; good && w < dict_size(words); w++) {
		int32_t row = dict_find(m->vocabulary, dict_text(words,
		    (int32_t)w));

		if (row != DICT_NONE) {
			marked[row] = true;
			s->penalised++;
		}
	}
	dict_free(words);
	if (!good)
		return false;
	s->penalty = (struct penalty){r->penalty, marked};
	*status = STATUS_DATA;
	return s->penalised > 0 || bad((struct place){r->penalty_words.s, 0},
	    "no word of this file is in the vocabulary, so there is nothing "
	    "to penalise");
}

/* ---- numbers ---- */

/* The embedding: vectors, and random numbers for words without one. */
static void
fill_embedding(const struct recipe *r, const struct word_vectors *v,
    struct model *m)
{
	struct random random = random_seeded(r->seed, STREAM_WORDS);

	for (size_t i = 0; i < m->V; i++) {
		float *to = m->embedding_data + i * m->D;

		if (v->has != NULL && v->has[i])
			memcpy(to, v->row + i * m->D, m->D * sizeof *to);
		else
			initial_uniform(&random, r->range, to, m->D);
	}
}

/* All other parameters at random. */
static void
fill_rest(const struct recipe *r, struct model *m)
{
	struct random random = random_seeded(r->seed, STREAM_WEIGHTS);
	struct parameter part[PARAMETERS_MOST];
	size_t n = parameters_of(m->arena, m, part);

	for (size_t k = m->embedding_data != NULL; k < n; k++)
		initial_uniform(&random, 1.0 / sqrt((double)(k + 2 < n ?
		    m->H : model_features(m))), part[k].x, part[k].n);
	for (size_t l = 0; l < m->layers && cells[m->cell].own != NULL; l++)
		initial_decay(&random, m, l);
}

/* model_open checks all numbers of a model but those of the embedding. */
static bool
check_embedding(struct arena *arena, const struct model *from)
{
	float *row = MEM_VECTOR(arena, from->D, float);

	for (size_t i = 0; i < from->V; i++) {
		model_embed(from, (int32_t)i, row);
		for (size_t k = 0; k < from->D; k++)
			if (!isfinite(row[k]))
				return bad((struct place){from->embedding->file,
				    0}, "row %zu of the embedding is not "
				    "finite", i);
	}
	return true;
}

static void
copy_embedding(const struct model *from, struct model *m)
{
	for (size_t i = 0; i < m->V; i++)
		model_embed(from, (int32_t)i, m->embedding_data + i * m->D);
}

/* True if the weights start as those of s->from, not at random. */
static bool
has_weights(const struct start *s)
{
	return s->run != NULL || s->recipe->model.s != NULL;
}

/* Set all settings and sizes but V and the vocabulary. */
static void
set_shape(const struct start *s, struct model *m)
{
	const struct recipe *r = s->recipe;

	m->arena = s->arena;
	m->path = s->path;
	m->cell = (enum cell)r->cell;
	m->lowercase = r->lowercase;
	m->D = r->dimension;
	m->H = r->hidden;
	m->G = cells[m->cell].G;
	m->layers = r->layers;
	m->directions = r->bidirectional ? 2 : 1;
	m->pooling = r->pooling;
	m->label = r->label;
	m->C = r->labels;
	m->rows = has_weights(s) ? s->from->rows : m->C;
}

struct model *
start_model(struct start *s, int *status)
{
	struct recipe *r = s->recipe;
	struct model *m = MEM_NEW(s->arena, 1, struct model);
	struct word_vectors v = {0};
	bool shared = r->embedding_from.s != NULL &&
	    r->embedding == EMBEDDING_FROZEN;

	*status = STATUS_DATA;
	if (!settle_labels(s) || (s->from != NULL &&
	    !check_embedding(s->arena, s->from)))
		return NULL;
	if (s->from != NULL)
		*m = *s->from;
	else if (r->embedding == EMBEDDING_STREAM ? !set_stream(s, m) :
	    !make_vocabulary(s, m, status) || (r->vectors.s != NULL &&
	    !word_vectors_read(s->arena, r->vectors.s, m->vocabulary, &v,
	    status)))
		return NULL;
	if (v.D > 0)
		r->dimension = v.D;
	s->found = v.found;
	if (!mark_words(s, m, status))
		return NULL;
	if (m->stream)
		set_rows(s, m);
	set_shape(s, m);
	parameters_allocate(s->arena, m, !shared && !m->stream);
	if (shared)
		model_share(s->arena, s->from, s->path, s->files);
	else if (s->from != NULL && !m->stream)
		copy_embedding(s->from, m);
	else if (!m->stream)
		fill_embedding(r, &v, m);
	if (has_weights(s)) {
		struct model rest = *m;

		/* all but the embedding, which is set */
		rest.embedding_data = NULL;
		parameters_copy(&rest, s->from);
	} else {
		fill_rest(r, m);
	}
	if (!m->stream)
		map_words(s, m);
	*status = STATUS_OK;
	return m;
}
