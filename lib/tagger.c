/* SPDX-License-Identifier: ISC */
#include "tagger.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "conllu.h"
#include "err.h"
#include "mem.h"
#include "tag_features.h"
#include "tag_model.h"

enum {
	LANES = 16,			/* a row is whole lanes */
	SLOTS = 4 * TAGGER_WORDS,	/* of the hash table */
	FORM_BYTES = 1 << 20,		/* of all forms remembered */
};

/* A word seen before. */
struct known {
	struct text form;
	uint32_t hash;
	bool cased;
	struct tag_word word;
	int16_t *row;		/* [TAG_PLACES][width] sums of weights */
};

struct tagger {
	const struct tag_model *model;
	size_t width;		/* classes, rounded up to LANES */
	struct known *known;	/* [TAGGER_WORDS] */
	size_t n, form_bytes;
	int16_t *rows;		/* [TAGGER_WORDS][TAG_PLACES][width] */
	uint16_t *slot;		/* [SLOTS] known + 1, or 0: free */
	struct arena *forms, *scratch;
	int32_t *score;		/* [width] */
};

struct tagger *
tagger_new(const struct tag_model *model)
{
	struct tagger *g = calloc(1, sizeof *g);

	if (g == NULL)
		die("out of memory");
	g->model = model;
	g->width = (model->classes + LANES - 1) / LANES * LANES;
	g->known = calloc(TAGGER_WORDS, sizeof *g->known);
	g->rows = malloc(TAGGER_WORDS * TAG_PLACES * g->width *
	    sizeof *g->rows);
	g->slot = calloc(SLOTS, sizeof *g->slot);
	g->score = calloc(g->width, sizeof *g->score);
	if (g->known == NULL || g->rows == NULL || g->slot == NULL ||
	    g->score == NULL)
		die("out of memory");
	g->forms = mem_arena();
	g->scratch = mem_arena();
	return g;
}

void
tagger_free(struct tagger *g)
{
	mem_free(g->forms);
	mem_free(g->scratch);
	free(g->known);
	free(g->rows);
	free(g->slot);
	free(g->score);
	free(g);
}

static uint32_t
hash_of(struct text form, bool cased)
{
	uint64_t h = form.n * 2 + cased;

	for (size_t i = 0; i < form.n; i += 8) {
		uint64_t v = 0;
		size_t n = form.n - i < 8 ? form.n - i : 8;

		memcpy(&v, form.s + i, n);
		h = (h ^ v) * 0xff51afd7ed558ccdu;
		h ^= h >> 32;
	}
	return (uint32_t)h;
}

/* The sums of the weights of these features, rounded to what 16 bits hold. */
static void
sum_row(const struct tagger *g, const uint64_t *key, size_t keys,
    int16_t *row)
{
	int32_t sum[TAG_CLASSES + LANES] = {0};

	for (size_t i = 0; i < keys; i++) {
		size_t n;
		const struct tag_weight *w = tag_model_find(g->model, key[i],
		    &n);

		for (size_t k = 0; w != NULL && k < n; k++)
			sum[w[k].class] += tag_model_value(w[k].code);
	}
	for (size_t c = 0; c < g->width; c++) {
		int32_t v = c < g->model->classes ? sum[c] : INT16_MIN;

		row[c] = (int16_t)(v > INT16_MAX ? INT16_MAX :
		    v < INT16_MIN ? INT16_MIN : v);
	}
}

/* Remember a word that is not known yet. */
static struct known *
learn(struct tagger *g, struct text form, bool cased, uint32_t hash)
{
	uint64_t key[TAG_PLACES][TAG_STATIC];
	size_t n[TAG_PLACES];
	struct known *k = &g->known[g->n];

	*k = (struct known){text_copy(g->forms, form), hash, cased, {0},
	    g->rows + g->n * TAG_PLACES * g->width};
	g->n++;
	g->form_bytes += form.n;
	k->word = tag_word(g->scratch, form, cased, key, n);
	mem_reset(g->scratch);
	for (size_t place = 0; place < TAG_PLACES; place++)
		sum_row(g, key[place], n[place], k->row + place * g->width);
	return k;
}

static const struct known *
lookup(struct tagger *g, struct text form, bool cased)
{
	uint32_t hash = hash_of(form, cased);
	size_t i = hash % SLOTS;

	for (; g->slot[i] != 0; i = (i + 1) % SLOTS) {
		const struct known *k = &g->known[g->slot[i] - 1];

		if (k->hash == hash && k->cased == cased &&
		    text_equal(k->form, form))
			return k;
	}
	learn(g, form, cased, hash);
	g->slot[i] = (uint16_t)g->n;
	return &g->known[g->n - 1];
}

static void
forget(struct tagger *g)
{
	memset(g->slot, 0, SLOTS * sizeof *g->slot);
	mem_reset(g->forms);
	g->n = g->form_bytes = 0;
}

/* Word t, or the empty one beyond the sentence's ends. */
static const struct known *
word_at(struct tagger *g, const struct text *form, size_t T, size_t t,
    bool cased)
{
	return lookup(g, t < T ? form[t] : (struct text){"", 0}, cased);
}

/* The best class of the word in the middle of the window. */
static size_t
best_class(struct tagger *g, const struct known *const w[TAG_PLACES],
    size_t left, size_t left2)
{
	const struct tag_word *word[TAG_PLACES];
	const int16_t *row[TAG_PLACES];
	uint64_t key[TAG_DYNAMIC];
	int32_t *score = g->score;
	size_t keys, best = 0;

	for (size_t place = 0; place < TAG_PLACES; place++) {
		word[place] = &w[place]->word;
		row[place] = w[place]->row + place * g->width;
	}
	keys = tag_joined(word, (uint32_t)left, (uint32_t)left2, key);
	for (size_t i = 0; i < g->width; i += LANES)
		for (size_t c = i; c < i + LANES; c++)
			score[c] = row[0][c] + row[1][c] + row[2][c] +
			    row[3][c] + row[4][c];
	for (size_t i = 0; i < keys; i++) {
		size_t n;
		const struct tag_weight *weight = tag_model_find(g->model,
		    key[i], &n);

		for (size_t k = 0; weight != NULL && k < n; k++)
			score[weight[k].class] +=
			    tag_model_value(weight[k].code);
	}
	for (size_t c = 1; c < g->model->classes; c++)
		if (score[c] > score[best])
			best = c;
	return best;
}

/* One sentence of T words. */
static void
tag_sentence(struct tagger *g, const struct text *form, size_t T,
    size_t *class)
{
	const struct known *w[TAG_PLACES] = {NULL};
	size_t none = g->model->classes, left = none, left2 = none;
	bool cased = tag_cased(form, T);

	for (size_t t = 0; t < T; t++) {
		bool full = g->n + TAG_PLACES > TAGGER_WORDS ||
		    g->form_bytes > FORM_BYTES;

		if (full)
			forget(g);
		memmove(w, w + 1, (TAG_PLACES - 1) * sizeof *w);
		for (size_t place = t == 0 || full ? 0 : TAG_RIGHT2;
		    place < TAG_PLACES; place++)
			w[place] = word_at(g, form, T, t + place - TAG_SELF,
			    cased);
		class[t] = best_class(g, w, left, left2);
		left2 = left;
		left = class[t];
	}
}

bool
tagger_sentences(const struct block *b, size_t **first, size_t *n)
{
	struct span *spans = MEM_NEW(b->arena, b->T, struct span);
	size_t count;
	bool chunk = true;

	*n = 0;
	*first = MEM_NEW(b->arena, b->T + 1, size_t);
	if (!conllu_spans(b, "sentence", spans, &count))
		return false;
	for (size_t i = 0; i < count; i++) {
		bool before = chunk;

		chunk = !text_is(spans[i].tag, "_");
		if (chunk || before)
			(*first)[(*n)++] = spans[i].first;
	}
	(*first)[*n] = b->T;
	return true;
}

bool
tagger_tag(struct tagger *g, struct block *b)
{
	struct text *form = MEM_NEW(b->arena, b->T, struct text);
	size_t *class = MEM_NEW(b->arena, b->T, size_t), *first, n;

	if (!tagger_sentences(b, &first, &n))
		return false;
	for (size_t t = 0; t < b->T; t++)
		form[t] = conllu_word(b, t)[CONLLU_FORM];
	for (size_t i = 0; i < n; i++)
		tag_sentence(g, form + first[i], first[i + 1] - first[i],
		    class + first[i]);
	for (size_t t = 0; t < b->T; t++) {
		struct text *column = conllu_word(b, t);

		column[CONLLU_UPOS] = g->model->upos[class[t]];
		column[CONLLU_XPOS] = g->model->xpos[class[t]];
	}
	return true;
}
